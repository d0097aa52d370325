/** What the tokens of `ui/tokens.css` are worth in the theme that shows now, for what knows no custom properties. */

const style = () => getComputedStyle(document.documentElement)

export const token = (name: string): string => style().getPropertyValue(name).trim()

const pen = document.createElement('canvas').getContext('2d')

/** A colour of the theme that shows now, as six digits. The element that asks for it is what resolves `light-dark()`. */
export function colour(name: string): string {
  if (!pen) return '#808080'
  const asks = document.documentElement.appendChild(document.createElement('i'))
  asks.style.color = `var(${name})`
  pen.fillStyle = getComputedStyle(asks).color
  asks.remove()
  return pen.fillStyle
}

/** The tokens say it themselves, whoever chose: the system or a person. */
export const isDark = (): boolean => style().colorScheme === 'dark'

/** Calls back when the theme has changed; gives back how to stop that. */
export function watchTheme(changed: () => void): () => void {
  let last = isDark()
  const look = () => {
    if (isDark() === last) return
    last = isDark()
    changed()
  }
  const system = matchMedia('(prefers-color-scheme: dark)')
  const chosen = new MutationObserver(look)
  system.addEventListener('change', look)
  chosen.observe(document.documentElement, { attributeFilter: ['data-theme'] })
  return () => {
    system.removeEventListener('change', look)
    chosen.disconnect()
  }
}
