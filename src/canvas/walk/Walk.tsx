/** The request that is traced, on the picture: numbers at the cards, a dot that travels along the hops, and where and of what it dies. */
import { ViewportPortal } from '@xyflow/react'
import { useEffect, useLayoutEffect, useMemo, useRef } from 'react'
import type { Id } from '../../core/base/id'
import type { Point } from '../../core/model/design'
import { deathOf } from '../../core/trace/death'
import type { Trace } from '../../core/trace/outcome'
import { placeOfStep, traceOf } from '../../store/derived/understand'
import { store } from '../../store/state/store'
import { useDesigner } from '../../store/state/use'
import { Icon } from '../../ui/icons'
import type { Picture } from '../flow'
import { litBy, numberOf, restAt, type Stop, stopsOf, wayTo } from './walk'
import './walk.css'

export default function Walk({ picture }: { picture: Picture }) {
  const trace = useDesigner((s) => (s.strip === 'trace' ? traceOf(s) : null))
  if (!trace) return null
  return <Walked trace={trace} picture={picture} />
}

function Walked({ trace, picture }: { trace: Trace; picture: Picture }) {
  const shown = useDesigner((s) => Math.min(s.step, trace.steps.length - 1))
  // Places depend on the picture as well: where a card went, its number goes.
  const placed = useMemo(() => places(trace, picture), [trace, picture])
  const stops = useMemo(() => stopsOf(trace, placed), [trace, placed])
  useDimmed(trace, placed, picture)
  return (
    <ViewportPortal>
      {/* The list of steps says all this in words. */}
      <div className="walk" aria-hidden="true">
        {stops.map((stop) => (
          <Number key={stop.node} stop={stop} shown={shown} trace={trace} picture={picture} />
        ))}
        <Dot
          shown={shown}
          way={wayTo(shown, placed, picture)}
          rest={restAt(shown, placed, picture)}
          dead={trace.steps[shown]?.ok === false}
        />
      </div>
    </ViewportPortal>
  )
}

function places(trace: Trace, _picture: Picture) {
  const all = trace.steps.map((_, step) => placeOfStep(store.getState(), step))
  return (step: number) => all[step] ?? { node: null, hop: null }
}

function Number({ stop, shown, trace, picture }: { stop: Stop; shown: number; trace: Trace; picture: Picture }) {
  const card = picture.byId.get(stop.node)
  if (!card) return null
  const { x, y } = card.position
  const now = stop.steps.includes(shown)
  const reached = (stop.steps[0] ?? 0) <= shown
  const died = stop.dead && trace.steps.find((step, index) => !step.ok && stop.steps.includes(index))
  return (
    <>
      <span
        className={`walk-number${now ? ' now' : ''}${stop.dead ? ' dead' : ''}${reached ? '' : ' not'}`}
        style={{ transform: `translate(${x}px, ${y + 14}px) translate(-75%, 0)` }}
      >
        {numberOf(stop, shown)}
      </span>
      {died && reached && (
        <span
          className="walk-death"
          style={{ transform: `translate(${x}px, ${y + (card.height ?? 0) + 6}px)`, maxWidth: Math.max(220, card.width ?? 0) }}
        >
          <Icon name="error" size="s" />
          {deathOf(died, trace)}
        </span>
      )}
    </>
  )
}

/** As long as `--m-hop`. */
const hopTime = 600
const still = () => matchMedia('(prefers-reduced-motion: reduce)').matches

function Dot({ shown, way, rest, dead }: { shown: number; way: readonly Point[]; rest: Point | null; dead: boolean }) {
  const dot = useRef<HTMLSpanElement>(null)
  const latest = useRef(way)
  latest.current = way
  // Only a new step sets it going: a card that is moved takes it along.
  useLayoutEffect(() => {
    const points = latest.current
    if (still() || points.length < 2 || shown < 0) return
    const travel = dot.current?.animate(
      points.map(({ x, y }) => ({ transform: at({ x, y }) })),
      { duration: hopTime, easing: 'cubic-bezier(0.2, 0, 0, 1)' },
    )
    return () => travel?.cancel()
  }, [shown])
  if (!rest) return null
  return (
    <span ref={dot} className={`packet${dead ? ' dead' : ''}`} style={{ transform: at(rest) }}>
      {dead && <Icon name="close" size="s" />}
    </span>
  )
}

const at = ({ x, y }: Point): string => `translate(${x}px, ${y}px) translate(-50%, -50%)`

/** What the request does not come by steps back. The attribute is React Flow's and React's own business nowhere. */
function useDimmed(trace: Trace, placed: ReturnType<typeof places>, picture: Picture): void {
  const lit = useMemo(() => litBy(trace, placed), [trace, placed])
  useEffect(() => {
    const canvas = document.querySelector('.canvas')
    if (!canvas || picture.cards.length === 0) return
    const marked = [...canvas.querySelectorAll<HTMLElement>('.react-flow__node, .react-flow__edge, .hop-place')].filter(
      (element) => !lit.has(idOf(element)),
    )
    for (const element of marked) element.dataset.walk = 'off'
    return () => {
      for (const element of marked) delete element.dataset.walk
    }
  }, [lit, picture])
}

const idOf = (element: HTMLElement): Id => element.dataset.id ?? element.querySelector<HTMLElement>('[data-hop]')?.dataset.hop ?? ''
