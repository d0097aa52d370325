/** The head of the page: what is open, what can be taken back, and what can be opened. */

import { setName } from '../../store/actions/actions'
import { stepWord } from '../../store/actions/narrate'
import { perform, titleOf } from '../../store/actions/registry'
import { openPanel, setView } from '../../store/actions/view'
import { type DialogId, designOf, type SaveState, type View } from '../../store/state/store'
import { useDesigner } from '../../store/state/use'
import { savedWord } from '../../store/words/saved'
import { useWords } from '../../store/words/words'
import { Icon, type IconName } from '../../ui/icons'
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
      <Opens panel="designs" icon="designs" name={words.designs.title} spelled />
      <Opens panel="gallery" icon="gallery" name={words.gallery} spelled />
      <Opens panel="addFlow" icon="type" name={words.addFlow} spelled />
      <Opens panel="import" icon="download" name={words.importYaml} spelled />
      <Opens panel="lessons" icon="lesson" name={words.lessons} spelled />
      <Dropping />
      <Opens panel="versions" icon="history" name={words.versions.title} />
      <Opens panel="share" icon="link" name={words.sharing.title} />
      <i className="sep" />
      <Language />
      <Theme />
      <button type="button" className="b icon" aria-label={words.help} title={`${words.help} (?)`} onClick={() => openPanel('help')}>
        <Icon name="help" />
      </button>
    </header>
  )
}

/** Opens a dialog. `spelled`: its name is beside the picture where there is room. */
function Opens({ panel, icon, name, spelled = false }: { panel: DialogId; icon: IconName; name: string; spelled?: boolean }) {
  const open = () => openPanel(panel)
  return spelled ? (
    <button type="button" className="b" title={name} onClick={open}>
      <Icon name={icon} />
      <span>{name}</span>
    </button>
  ) : (
    <button type="button" className="b icon" aria-label={name} title={name} onClick={open}>
      <Icon name={icon} />
    </button>
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
