/** The head of the page: what is open, what can be taken back, and what can be opened. */

import { setName } from '../../store/actions/actions'
import { perform, titleOf } from '../../store/actions/deeds'
import { stepWord } from '../../store/actions/narrate'
import { openPanel, setView } from '../../store/actions/view'
import { designOf, type SaveState, type View } from '../../store/state/store'
import { useDesigner } from '../../store/state/use'
import { useWords } from '../../store/words/words'
import { Icon } from '../../ui/icons'
import type { Word } from '../../words/kind'
import Dropping from '../dialogs/Dropping'
import { Language, Mark, Theme } from './HeadParts'
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
      <button type="button" className="b" title={words.designs.title} onClick={() => openPanel('designs')}>
        <Icon name="designs" />
        <span>{words.designs.title}</span>
      </button>
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
      <button
        type="button"
        className="b icon"
        aria-label={words.versions.title}
        title={words.versions.title}
        onClick={() => openPanel('versions')}
      >
        <Icon name="history" />
      </button>
      <button
        type="button"
        className="b icon"
        aria-label={words.sharing.title}
        title={words.sharing.title}
        onClick={() => openPanel('share')}
      >
        <Icon name="link" />
      </button>
      <i className="sep" />
      <Language />
      <Theme />
      <button type="button" className="b icon" aria-label={words.help} title={`${words.help} (?)`} onClick={() => openPanel('help')}>
        <Icon name="help" />
      </button>
    </header>
  )
}

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

const savedWord: Record<SaveState, Word> = {
  untouched: 'untouched',
  saving: 'saving',
  saved: 'saved',
  full: 'savedFull',
  off: 'savedOff',
}
const usual: readonly SaveState[] = ['untouched', 'saving', 'saved']

/** As wide as the longest of the usual words, whichever it says: a button beside it must not move from under the pointer. */
function Saved() {
  const words = useWords()
  const saved = useDesigner((s) => s.saved)
  const bad = !usual.includes(saved)
  return (
    <span className={`saved${bad ? ' bad' : ''}`} title={words[savedWord[saved]]}>
      <Icon name={bad ? 'warn' : 'check'} size="s" className={bad ? 'warn-text' : 'ok-text'} />
      <span className="saved-words">
        {(bad ? [saved] : usual).map((state) => (
          <span key={state} className={state === saved ? undefined : 'kept'}>
            {words[savedWord[state]]}
          </span>
        ))}
      </span>
    </span>
  )
}

function Undo() {
  const words = useWords()
  const last = useDesigner((s) => (s.history.past.length > 0 ? s.history.label : null))
  const next = useDesigner((s) => s.history.future[0]?.label ?? null)
  const more = (label: string | null) => (label ? `: ${stepWord(words, label)}` : '')
  return (
    <>
      <button
        type="button"
        className="b icon"
        aria-label={words.undo}
        title={titleOf('undo', words, more(last))}
        disabled={last === null}
        onClick={() => perform('undo')}
      >
        <Icon name="undo" />
      </button>
      <button
        type="button"
        className="b icon"
        aria-label={words.redo}
        title={titleOf('redo', words, more(next))}
        disabled={next === null}
        onClick={() => perform('redo')}
      >
        <Icon name="redo" />
      </button>
    </>
  )
}

const views: readonly [View, Word][] = [
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
