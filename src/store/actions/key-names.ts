/** Keys as they are written in the list of actions: `Mod+Shift+Z`. `Mod` is Ctrl, on a Mac Cmd. */

const mac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform)

const words: Record<string, string> = { ArrowLeft: '←', ArrowRight: '→', ArrowUp: '↑', ArrowDown: '↓', ContextMenu: 'Menu' }

/** A key as a person reads it: `Ctrl+Shift+Z`, `⌘Z`, arrows as arrows. */
export const keyWord = (key: string): string =>
  key
    .split('+')
    .map((part) => (part === 'Mod' ? (mac ? '⌘' : 'Ctrl') : (words[part] ?? part)))
    .filter((part) => part !== '')
    .join('+') || '+'

/** Whether a pressed key is this one. Digits go by their place: Shift+1 is another letter on each keyboard. */
export function isKey(event: KeyboardEvent, key: string): boolean {
  const parts = key === '+' ? ['+'] : key.split('+')
  const last = parts.at(-1) ?? ''
  const modifier = mac ? event.metaKey : event.ctrlKey
  if (modifier !== parts.includes('Mod') || event.altKey !== parts.includes('Alt') || (mac ? event.ctrlKey : event.metaKey)) return false
  if (last === '?' || last === '+' || last === '-') return event.key === last
  if (event.shiftKey !== parts.includes('Shift')) return false
  if (/^\d$/.test(last)) return event.code === `Digit${last}`
  if (last === 'Space') return event.key === ' '
  return last.length === 1 ? event.key.toUpperCase() === last : event.key === last
}
