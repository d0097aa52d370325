import type { Theme } from '../core/figure/colours'

/** The theme that the page has now: the one that was chosen, else the system's. */
export function themeNow(): Theme {
  const { theme } = document.documentElement.dataset
  if (theme === 'light' || theme === 'dark') return theme
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
}
