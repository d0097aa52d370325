/** The head of the page: what is open, what can be taken back, and what can be opened. */

import '../store/later-words'
import type { Lang } from '../core/text'
import { openPanel, setLang, setName, setTheme, setView } from '../store/actions'
import { perform, titleOf } from '../store/deeds'
import { stepWord } from '../store/narrate'
import { designOf, type SaveState, type State, type View } from '../store/store'
import { useDesigner } from '../store/use'
import { loadWords, useWords } from '../store/words'
import { Icon, type IconName } from '../ui/icons'
import type { Words } from '../words/en'
import Dropping from './Dropping'
import './header.css'

export default function Header() {
  const words = useWords()
  return (
    <header className="head">
      <h1 className="brand">
        <Mark />
        <span>{words.product}</span>
      </h1>
      <i className="sep" />
      <Name />
      <Saved />
      <i className="sep" />
      <Undo />
      <span className="grow" />
      <Views />
      <span className="grow" />
      <button type="button" className="b" title={words.gallery} onClick={() => openPanel('gallery')}>
        <Icon name="gallery" />
        <span>{words.gallery}</span>
      </button>
      <button type="button" className="b" title={words.addFlow} onClick={() => openPanel('addFlow')}>
        <Icon name="type" />
        <span>{words.addFlow}</span>
      </button>
      <button type="button" className="b" title={words.importYaml} onClick={() => openPanel('import')}>
        <Icon name="download" />
        <span>{words.importYaml}</span>
      </button>
      <button type="button" className="b" title={words.lessons} onClick={() => openPanel('lessons')}>
        <Icon name="lesson" />
        <span>{words.lessons}</span>
      </button>
      <Dropping />
      <i className="sep" />
      <Language />
      <Theme />
      <button type="button" className="b icon" aria-label={words.help} title={`${words.help} (?)`} onClick={() => openPanel('help')}>
        <Icon name="help" />
      </button>
    </header>
  )
}

const Mark = () => (
  <svg viewBox="0 0 22 22" aria-hidden="true">
    <rect width="22" height="22" rx="5.5" fill="var(--accent)" />
    <path d="M4 11h3.6M14.6 11H18" stroke="var(--on-accent)" strokeWidth="1.6" strokeLinecap="round" />
    <path d="M8.6 17V9.4a2.5 2.5 0 0 1 5 0V17" fill="none" stroke="var(--on-accent)" strokeWidth="1.6" strokeLinecap="round" />
    <circle cx="11.1" cy="11" r="1.5" fill="var(--mark-2)" />
  </svg>
)

function Name() {
  const words = useWords()
  const name = useDesigner((s) => designOf(s).name)
  return (
    <input
      className="docname"
      aria-label={words.designName}
      title={words.designName}
      value={name}
      size={Math.min(
        28,
        Math.max(
          8,
          [...name].reduce((n, letter) => n + (letter > '\u2e80' ? 2 : 1), 1),
        ),
      )}
      spellCheck={false}
      onChange={(event) => setName(event.currentTarget.value)}
      onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
    />
  )
}

const savedWord: Record<SaveState, keyof Words> = {
  untouched: 'untouched',
  saving: 'saving',
  saved: 'saved',
  full: 'savedFull',
  off: 'savedOff',
}

function Saved() {
  const words = useWords()
  const saved = useDesigner((s) => s.saved)
  const bad = saved === 'full' || saved === 'off'
  return (
    <span className={`saved${bad ? ' bad' : ''}`} title={words[savedWord[saved]]}>
      <Icon name={bad ? 'warn' : 'check'} size="s" className={bad ? 'warn-text' : 'ok-text'} />
      <span>{words[savedWord[saved]]}</span>
    </span>
  )
}

function Undo() {
  const words = useWords()
  const lang = useDesigner((s) => s.lang)
  const last = useDesigner((s) => (s.history.past.length > 0 ? s.history.label : null))
  const next = useDesigner((s) => s.history.future[0]?.label ?? null)
  const more = (label: string | null) => (label ? `: ${stepWord(words, label)}` : '')
  return (
    <>
      <button
        type="button"
        className="b icon"
        aria-label={words.undo}
        title={titleOf('undo', lang, more(last))}
        disabled={last === null}
        onClick={() => perform('undo')}
      >
        <Icon name="undo" />
      </button>
      <button
        type="button"
        className="b icon"
        aria-label={words.redo}
        title={titleOf('redo', lang, more(next))}
        disabled={next === null}
        onClick={() => perform('redo')}
      >
        <Icon name="redo" />
      </button>
    </>
  )
}

const views: readonly [View, keyof Words][] = [
  ['both', 'viewBoth'],
  ['canvas', 'viewCanvas'],
  ['code', 'viewCode'],
]

function Views() {
  const words = useWords()
  const view = useDesigner((s) => s.view)
  return (
    <fieldset className="segments views">
      <legend className="unseen">{words.view}</legend>
      {views.map(([id, word]) => (
        <label key={id}>
          <input type="radio" name="view" value={id} checked={view === id} onChange={() => setView(id)} />
          {words[word]}
        </label>
      ))}
    </fieldset>
  )
}

const speak = (lang: Lang) => void loadWords(lang).then(() => setLang(lang))

function Language() {
  const words = useWords()
  const lang = useDesigner((s) => s.lang)
  return (
    <span className="chosen">
      <select
        className="plain"
        aria-label={words.language}
        title={words.language}
        value={lang}
        onChange={(event) => speak(event.currentTarget.value as Lang)}
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

const themes: Record<State['theme'], { next: State['theme']; icon: IconName; word: keyof Words }> = {
  system: { next: 'light', icon: 'system', word: 'themeSystem' },
  light: { next: 'dark', icon: 'sun', word: 'themeLight' },
  dark: { next: 'system', icon: 'moon', word: 'themeDark' },
}

function Theme() {
  const words = useWords()
  const { next, icon, word } = themes[useDesigner((s) => s.theme)]
  return (
    <button type="button" className="b icon" aria-label={words[word]} title={words[word]} onClick={() => setTheme(next)}>
      <Icon name={icon} />
    </button>
  )
}
