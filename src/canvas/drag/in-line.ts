/** With what a card is in line where a drag holds it. */
import type { Id } from '../../core/base/id'
import { type Design, nodeOf, type Point } from '../../core/model/design'
import { move } from '../../core/model/edit'
import { boxesOf } from '../../core/model/layout'
import { type Aligned, aligned } from '../../core/model/room'

const within = 5
const none: Aligned = { by: { x: 0, y: 0 }, lines: [] }

/** The card that a drag began with leads: its pod, where it is a sidecar. */
export function inLine(design: Design, dragged: ReadonlyMap<Id, Point>): Aligned {
  const lead = [...dragged.keys()].find((id) => nodeOf(design, id)?.kind !== 'sidecar')
  const boxes = boxesOf(move(design, Object.fromEntries(dragged)))
  const box = boxes.find(({ id }) => id === lead)?.box
  if (!box) return none
  return aligned(
    box,
    boxes.flatMap(({ id, box: other }) => (dragged.has(id) ? [] : [other])),
    within,
  )
}

/** The places of a drag that ends, in line where that is near. */
export function letGo(design: Design, to: Record<Id, Point>): Record<Id, Point> {
  const { by } = inLine(design, new Map(Object.entries(to)))
  return Object.fromEntries(Object.entries(to).map(([id, { x, y }]) => [id, { x: Math.round(x + by.x), y: Math.round(y + by.y) }]))
}
