/** The seam between pod and sidecar: the app's hop. It says what the app speaks, and lets it be chosen. */
import { useId } from 'react'
import { flushSync } from 'react-dom'
import type { AppHop, Design, Speaks } from '../core/design'
import * as change from '../core/edit'
import { pick, select, setCall } from '../store/actions'
import { findingsOn } from '../store/select'
import { designOf } from '../store/store'
import { useDesigner } from '../store/use'
import { hopLabel, useText, useWords } from '../store/words'
import { Bubble, LevelIcon, worst } from './Badge'
import type { CardData } from './flow'
import { Picker } from './Picker'
import { toggled } from './selection'

const speaks = ['HTTP', 'HTTPS', 'TCP'] as const

export function Seam({ data }: { data: CardData }) {
  const words = useWords()
  const { node, app, docked, says } = data
  if (!app || !docked) return <div className="seam none">–</div>
  return <AppSeam app={app} label={hopLabel(words, node, docked, app.call.speaks)} says={says} />
}

function AppSeam({ app, label, says }: { app: AppHop; label: string; says: readonly string[] }) {
  const words = useWords()
  const tip = useId()
  const findings = useDesigner((s) => findingsOn(s, app.id))
  const selected = useDesigner((s) => s.selected.includes(app.id))
  const pointed = useDesigner((s) => s.pointed.includes(app.id))
  const alone = useDesigner((s) => s.selected.length === 1 && s.selected[0] === app.id)
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
      {alone && <SaysPicker app={app} />}
      <Bubble id={tip} says={words.appSaysHere} findings={findings} />
    </div>
  )
}

function SaysPicker({ app }: { app: AppHop }) {
  const words = useWords()
  const text = useText()
  const design = useDesigner(designOf)
  const options = speaks.map((value) => {
    const refused = value === app.call.speaks ? null : refusal(design, app, value)
    return { value, says: refused ? text(refused) : words[`speaks${value}`], off: refused !== null }
  })
  return <Picker hop={app.id} name={words.appSays} head={words.appSaysHere} value={app.call.speaks} options={options} onChoose={(value) => setCall(app.id, callOf(app, value as Speaks))} />
}

/** Another protocol takes its own usual port; TCP keeps the one that was typed. */
const callOf = (app: AppHop, value: Speaks) => ({ speaks: value, ...(app.call.port !== undefined && value === 'TCP' && { port: app.call.port }) })

function refusal(design: Design, app: AppHop, value: Speaks) {
  const result = change.setCall(design, app.id, callOf(app, value))
  return 'refused' in result ? result.refused : null
}
