/** What a person chose for this browser: language, theme, sizes of panes. `public/theme.js` reads the first two before the first paint. */
import type { Lang } from '../../core/base/text'
import type { Words } from '../../words/kind'
import { firstWordsIn } from '../words/words'
import { type State, store } from './store'

/** Storage may be forbidden; then a choice lasts as long as the page. */
export function remembered(key: string): string | null {
  try {
    return localStorage.getItem(`egress.${key}`)
  } catch {
    return null
  }
}

export function remember(key: string, value: string): void {
  try {
    localStorage.setItem(`egress.${key}`, value)
  } catch {
    // Nothing is lost but the choice itself.
  }
}

const firstLang = (): Lang => {
  const chosen = remembered('lang')
  if (chosen === 'zh' || chosen === 'en') return chosen
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en'
}

/** The strip is as it was left; a first visit finds it closed. */
const firstStrip = (): State['strip'] => {
  const open = remembered('strip.open')
  return open === 'problems' || open === 'trace' ? open : null
}

const firstTheme = (): State['theme'] => {
  const chosen = remembered('theme')
  return chosen === 'light' || chosen === 'dark' ? chosen : 'system'
}

function show({ lang, theme }: Pick<State, 'lang' | 'theme'>): void {
  const root = document.documentElement
  root.lang = lang === 'zh' ? 'zh-CN' : 'en'
  if (theme === 'system') delete root.dataset.theme
  else root.dataset.theme = theme
}

/** Takes up the choices, with the words that they need, and from now on shows and remembers every new one. */
export async function settle(): Promise<void> {
  const words = await firstWordsIn(firstLang())
  // What comes later brings its own words (`withWords`).
  store.setState({ lang: firstLang(), words: words as Words, theme: firstTheme(), strip: firstStrip() })
  show(store.getState())
  store.subscribe((state, before) => {
    // The hint is for a first visit: whoever closed it does not see it again.
    if (state.hint && !before.hint && remembered('hint') === 'closed') store.setState({ hint: false })
    else if (before.hint && !state.hint && state.id === before.id) remember('hint', 'closed')
    if (state.strip !== before.strip) remember('strip.open', state.strip ?? '')
    if (state.lang === before.lang && state.theme === before.theme) return
    show(state)
    remember('lang', state.lang)
    remember('theme', state.theme)
  })
}
