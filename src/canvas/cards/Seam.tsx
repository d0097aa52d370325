/** The seam between pod and sidecar: the app's hop. It says what the app speaks, and lets it be chosen. */
import { useId } from 'react'
import { flushSync } from 'react-dom'
import type { AppHop } from '../../core/model/design'
import { pick, select } from '../../store/actions/view'
import { useFindingsOn } from '../../store/derived/late'
import { useDesigner } from '../../store/state/use'
import { hopLabel, useWords } from '../../store/words/words'
import type { CardData } from '../flow'
import { pickers } from '../late'
import { toggled } from '../selection'
import { Bubble, LevelIcon, worst } from './Badge'

export function Seam({ data }: { data: CardData }) {
  const words = useWords()
  const { node, app, docked, says } = data
  if (!app || !docked) return <div className="seam none">–</div>
  return <AppSeam app={app} label={hopLabel(words, node, docked, app.call.speaks)} says={says} />
}

function AppSeam({ app, label, says }: { app: AppHop; label: string; says: readonly string[] }) {
  const words = useWords()
  const tip = useId()
  const findings = useFindingsOn(app.id)
  const selected = useDesigner((s) => s.selected.includes(app.id))
  const pointed = useDesigner((s) => s.pointed.includes(app.id))
  const alone = useDesigner((s) => s.selected.length === 1 && s.selected[0] === app.id)
  const SaysPicker = useDesigner((s) => pickers.of(s)?.SaysPicker ?? null)
  const level = worst(findings)
  return (
    <div className={`seam ${app.call.speaks.toLowerCase()}${selected ? ' selected' : ''}${pointed ? ' pointed' : ''}`}>
      <button
        type="button"
        className="seam-button nopan nodrag nokey"
        data-hop={app.id}
        aria-label={label}
        aria-describedby={tip}
        aria-haspopup="listbox"
        aria-pressed={selected}
        onClick={(event) => {
          event.stopPropagation()
          if (event.shiftKey || event.ctrlKey || event.metaKey) return select(toggled(app.id))
          flushSync(() => select([app.id]))
          pick(app.id)
        }}
      >
        {says.slice(0, 2).map((word) => (
          <span className="says" key={word}>
            {word}
          </span>
        ))}
        {says.length > 2 && <span className="says">+{says.length - 2}</span>}
        {level && <LevelIcon level={level} />}
      </button>
      {alone && SaysPicker && <SaysPicker app={app} />}
      <Bubble id={tip} says={words.appSaysHere} findings={findings} />
    </div>
  )
}
