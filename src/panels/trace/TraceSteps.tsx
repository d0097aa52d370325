/** The steps of a request, side by side as it walks: who, what is decided, what is on the wire, and the lines that decided it. */
import { type KeyboardEvent, useEffect, useRef } from 'react'
import { deathOf } from '../../core/trace/death'
import type { Trace, TraceStep } from '../../core/trace/outcome'
import { fullName } from '../../core/trace/ref'
import { jump } from '../../store/actions/jump'
import { lineOf } from '../../store/derived/lines'
import { spanOf } from '../../store/derived/understand'
import { store } from '../../store/state/store'
import { useDesigner } from '../../store/state/use'
import { fill, useWords } from '../../store/words/words'
import { type FirstIcon, Icon } from '../../ui/first-icons'
import { Icon as AnyIcon } from '../../ui/icons'
import { strokes } from '../../ui/Wire'
import { Said } from '../Said'
import { Layers, layerStyle } from './Layers'
import { factsOf } from './trace-words'

export function TraceSteps({ trace, onChoose }: { trace: Trace; onChoose(step: number): void }) {
  const { strip: words } = useWords()
  const chosen = useDesigner((s) => s.step)
  const list = useRef<HTMLOListElement>(null)
  useEffect(() => {
    const step = list.current?.children[chosen]
    // Behind the last step is what is seen of it all.
    if (step === list.current?.lastElementChild) list.current?.nextElementSibling?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
    else step?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [chosen])
  const walk = (event: KeyboardEvent) => {
    const to = {
      ArrowRight: chosen + 1,
      ArrowDown: chosen + 1,
      ArrowLeft: chosen - 1,
      ArrowUp: chosen - 1,
      Home: 0,
      End: trace.steps.length - 1,
    }[event.key]
    if (to === undefined || to < 0 || to >= trace.steps.length) return
    event.preventDefault()
    event.stopPropagation()
    onChoose(to)
    const next = list.current?.children[to]?.querySelector<HTMLElement>('.leg-go')
    next?.focus({ preventScroll: true })
  }
  const died = trace.steps.findIndex((step) => !step.ok)
  return (
    <ol className="legs" ref={list} aria-label={words.steps} onKeyDown={walk}>
      {trace.steps.map((step, index) => (
        // A step has no other name than its place in the walk.
        <Leg key={index} step={step} index={index} chosen={index === chosen} dead={index === died} trace={trace} onChoose={onChoose} />
      ))}
    </ol>
  )
}

interface LegProps {
  step: TraceStep
  index: number
  chosen: boolean
  dead: boolean
  trace: Trace
  onChoose(step: number): void
}

function Leg({ step, index, chosen, dead, trace, onChoose }: LegProps) {
  const { strip: words } = useWords()
  const { kind, name } = step.at
  return (
    <li className={`leg${dead ? ' dead' : ''}${chosen ? ' chosen' : ''}`} aria-current={chosen ? 'step' : undefined}>
      <header>
        <button type="button" className="leg-go" tabIndex={chosen ? 0 : -1} onClick={() => onChoose(index)}>
          <span className={`step-number${dead ? ' dead' : ''}`}>{index + 1}</span>
          <Icon name={kind as FirstIcon} size="s" />
          <b title={fullName(step.at)}>{kind === 'sidecar' ? words.sidecar : name}</b>
          <small>{words.stage[step.stage]}</small>
        </button>
        <Run step={step} />
      </header>
      <p>
        <Said text={step.says} />
      </p>
      {dead && (
        <span className="flagtag">
          <Icon name="error" size="s" />
          <span className="unseen">{words.dies}: </span>
          {deathOf(step, trace)}
        </span>
      )}
      {step.wire.length > 0 && <Layers wire={step.wire} />}
      <Facts step={step} />
      <Because step={step} />
    </li>
  )
}

/** The stretch behind a step, drawn as the hop is on the canvas. */
function Run({ step }: { step: TraceStep }) {
  const style = step.to && layerStyle(step.wire[0])
  return (
    <svg className={`run ${style ?? ''}`} preserveAspectRatio="none" aria-hidden="true">
      {style ? strokes(style, 'M0 5H400') : <path className="run-inside" d="M0 5H400" />}
    </svg>
  )
}

function Facts({ step }: { step: TraceStep }) {
  const { strip: words } = useWords()
  const facts = factsOf(step, words)
  if (facts.length === 0) return null
  return (
    <dl className="facts">
      {facts.map(({ word, value }) => (
        <div key={word}>
          <dt>{word}</dt>
          <dd title={value}>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function Because({ step }: { step: TraceStep }) {
  const { strip: words } = useWords()
  const { because } = step
  const line = useDesigner((s) => lineOf(s, because))
  if (!because) return null
  const { kind, name } = because.of
  return (
    <button
      type="button"
      className="linkish because"
      aria-label={fill(words.decided, { kind, name, n: line ?? '?' })}
      onClick={() => jump([], spanOf(store.getState(), because), true)}
    >
      <AnyIcon name="code" size="s" />
      {kind} · {fill(words.line, { n: line ?? '?' })}
    </button>
  )
}
