/** A trace as the road that a class sees: the stops, and what is on the wire between them. Pure. */
import type { Layer, StepAt, Trace } from '../../core/trace/outcome'
import { sameAt } from '../../core/trace/ref'

export interface Stop {
  kind: StepAt['kind']
  /** Without its namespace. */
  name: string
  /** What is on the wire behind it; null where the road ends. */
  wire: readonly Layer[] | null
  /** The request dies here. */
  dead: boolean
}

/** The stops of a walk in order; the last one is where it was going, also where it did not get there. */
export function roadOf({ steps }: Pick<Trace, 'steps'>): Stop[] {
  const stops: (Stop & { at: StepAt; to: string | null })[] = []
  for (const { at, ok, wire, to } of steps) {
    let stop = stops.at(-1)
    if (!stop || !sameAt(stop.at, at)) {
      stop = { at, kind: at.kind, name: at.name, wire: null, dead: false, to: null }
      stops.push(stop)
    }
    if (to) Object.assign(stop, { wire, to: to.host })
    if (!ok) stop.dead = true
  }
  const last = stops.at(-1)
  const road = stops.map(({ kind, name, wire, dead }): Stop => ({ kind, name, wire, dead }))
  return last?.to && last.kind !== 'host' ? [...road, { kind: 'host', name: last.to, wire: null, dead: false }] : road
}
