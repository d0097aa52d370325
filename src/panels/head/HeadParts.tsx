/** Parts of the page's head that presenter mode has as well. */
import type { Lang } from '../../core/base/text'
import { setTheme } from '../../store/actions/view'
import type { State } from '../../store/state/store'
import { useDesigner } from '../../store/state/use'
import { chooseLang } from '../../store/words/choose-lang'
import { useWords } from '../../store/words/words'
import { Icon, type IconName } from '../../ui/icons'
import type { Word } from '../../words/kind'

export const Mark = () => (
  <svg viewBox="0 0 22 22" aria-hidden="true">
    <rect width="22" height="22" rx="5.5" fill="var(--accent)" />
    <path d="M4 11h3.6M14.6 11H18" stroke="var(--on-accent)" strokeWidth="1.6" strokeLinecap="round" />
    <path d="M8.6 17V9.4a2.5 2.5 0 0 1 5 0V17" fill="none" stroke="var(--on-accent)" strokeWidth="1.6" strokeLinecap="round" />
    <circle cx="11.1" cy="11" r="1.5" fill="var(--mark-2)" />
  </svg>
)

export function Language() {
  const words = useWords()
  const lang = useDesigner((s) => s.lang)
  return (
    <span className="chosen">
      <select
        className="plain"
        aria-label={words.language}
        title={words.language}
        value={lang}
        onChange={(event) => void chooseLang(event.currentTarget.value as Lang)}
      >
        <option value="en">English</option>
        <option value="zh" lang="zh-CN">
          中文
        </option>
      </select>
      <Icon name="down" size="s" />
    </span>
  )
}

const themes: Record<State['theme'], { next: State['theme']; icon: IconName; word: Word }> = {
  system: { next: 'light', icon: 'system', word: 'themeSystem' },
  light: { next: 'dark', icon: 'sun', word: 'themeLight' },
  dark: { next: 'system', icon: 'moon', word: 'themeDark' },
}

export function Theme() {
  const words = useWords()
  const { next, icon, word } = themes[useDesigner((s) => s.theme)]
  return (
    <button type="button" className="b icon" aria-label={words[word]} title={words[word]} onClick={() => setTheme(next)}>
      <Icon name={icon} />
    </button>
  )
}
