/** A trace as the canvas draws it: at which cards it stops, in which order, where it dies. Pure. */

import type { Id } from '../../core/base/id'
import { pointAt, type Run } from '../../core/figure/route'
import type { Point } from '../../core/model/design'
import type { Trace } from '../../core/trace/outcome'
import type { Picture } from '../flow'

export interface Stop {
  node: Id
  /** Steps at it, from 0. */
  steps: readonly number[]
  dead: boolean
}

export interface Place {
  node: Id | null
  hop: Id | null
}

/** The cards in the order in which the request comes to them; a card that it comes back to is one stop. */
export function stopsOf(trace: Pick<Trace, 'steps'>, placeOf: (step: number) => Place): Stop[] {
  const stops = new Map<Id, { steps: number[]; dead: boolean }>()
  trace.steps.forEach(({ ok }, step) => {
    const { node } = placeOf(step)
    if (!node) return
    const stop = stops.get(node) ?? { steps: [], dead: false }
    stops.set(node, stop)
    stop.steps.push(step)
    if (!ok) stop.dead = true
  })
  return [...stops].map(([node, stop]) => ({ node, ...stop }))
}

/** `3`, or `2–4` for several steps in a row; while one of them is shown, that one. */
export function numberOf({ steps }: Stop, shown: number): string {
  if (steps.includes(shown)) return String(shown + 1)
  const [first = 0, last = first] = [steps[0], steps.at(-1)]
  return first === last ? String(first + 1) : `${first + 1}–${last + 1}`
}

/** Nodes and hops that the request comes by. */
export function litBy(trace: Pick<Trace, 'steps'>, placeOf: (step: number) => Place): Set<Id> {
  return new Set(trace.steps.flatMap((_, step) => Object.values(placeOf(step)) as (Id | null)[]).filter((id) => id !== null))
}

/** Points along the stretch that leads to a step, from the card before; empty where it stays at its card. */
export function wayTo(step: number, placeOf: (step: number) => Place, picture: Picture): Point[] {
  const [before, now] = [step > 0 ? placeOf(step - 1) : null, placeOf(step)]
  if (!before?.node || !now.node || before.node === now.node) return []
  const wire = picture.wires.find(({ id, target }) => id === before.hop && target === now.node)
  const [from, to] = [picture.byId.get(before.node), picture.byId.get(now.node)]
  if (!from || !to) return []
  if (!wire?.data) return [middle(from), middle(to)]
  const run: Run = {
    from: { x: from.position.x + (from.width ?? 0), y: from.position.y + (from.handles?.[1]?.y ?? 0) + wire.data.leave },
    to: { x: to.position.x, y: to.position.y + (to.handles?.[0]?.y ?? 0) + wire.data.arrive },
    bend: wire.data.bend,
  }
  return Array.from({ length: samples + 1 }, (_, index) => pointAt(run, index / samples))
}

const samples = 24

const middle = ({ position, width = 0, height = 0 }: Picture['cards'][number]): Point => ({
  x: position.x + width / 2,
  y: position.y + height / 2,
})

/** Where the dot rests while a step is shown: where the stretch to it ended, or at the left of its card. */
export function restAt(step: number, placeOf: (step: number) => Place, picture: Picture): Point | null {
  const { node } = placeOf(step)
  if (!node) return null
  let first = step
  while (first > 0 && placeOf(first - 1).node === node) first--
  const end = wayTo(first, placeOf, picture).at(-1)
  const card = picture.byId.get(node)
  if (end) return end
  return card ? middle(card) : null
}
