/** Puts a piece of the palette on the canvas. */

import type { Frame } from '../../core/figure/frames'
import { type Design, hopOf, isAppHop, type NodeKindId, namespaceOf, nodeOf, type Point } from '../../core/model/design'
import { move as moved } from '../../core/model/edit'
import { putBetween } from '../../core/model/through'
import { addNode, edit, extend, grow, move, say, setGuard } from '../../store/actions/actions'
import { camera } from '../../store/actions/camera'
import { select } from '../../store/actions/view'
import { designOf, store } from '../../store/state/store'
import { letGo } from '../drag/in-line'
import { isPicture, thingAt } from '../menus/context-gestures'
import type { Piece } from './pieces'

export const unguarded = (design: Design): string[] => {
  const all = new Set(design.nodes.filter((node) => node.kind === 'pod').map(namespaceOf))
  return [...all].filter((namespace) => !design.guards.some((guard) => guard.namespace === namespace))
}

/** Adds a node where there is room, or at a place. A sidecar goes to a pod that has none. */
export function place(kind: NodeKindId, at?: Point, namespace?: string): void {
  const { selected } = store.getState()
  const design = designOf(store.getState())
  const lonely = (id: string) => nodeOf(design, id)?.kind === 'pod' && !design.hops.some((hop) => hop.from === id && isAppHop(hop))
  const pod = kind === 'sidecar' ? (selected.find(lonely) ?? design.nodes.find((node) => lonely(node.id))?.id) : undefined
  if (kind === 'sidecar' && !pod) return say(store.getState().words.podsBringOne)
  const id = pod ? extend(pod, 'sidecar') : addNode(kind, { ...(at && { at }), ...(namespace && { namespace }) })
  if (id) requestAnimationFrame(() => camera().show(id))
}

/** The hop under a place of the canvas. */
function hopUnder(at: Point): string | null {
  const { x, y } = camera().onScreen(at)
  const things = document.elementsFromPoint(x, y).flatMap((element) => (isPicture(element) ? (thingAt(element) ?? []) : []))
  return things.find((id) => hopOf(designOf(store.getState()), id)) ?? null
}

/** A gateway that is dropped on a direct hop comes between its ends. Whether it did. */
function dropBetween(at: Point): boolean {
  const hop = hopUnder(at)
  const made = hop && putBetween(designOf(store.getState()), hop, { at: { x: Math.round(at.x - 102), y: Math.round(at.y - 38) } })
  if (made) grow(made, 'connect')
  return !!made
}

/** After a drag: a gateway that is connected to nothing and was put on a direct hop comes between, in the same step. */
export function moveOrPutBetween(dragged: Record<string, Point>): void {
  const design = designOf(store.getState())
  const to = letGo(design, dragged)
  const [id = '', ...more] = Object.keys(to)
  const node = nodeOf(design, id)
  const place = to[id]
  const hop = node?.kind === 'gateway' && more.length === 0 && place ? hopUnder({ x: place.x + 102, y: place.y + 38 }) : null
  const made = hop && putBetween(moved(design, to), hop, { gateway: id })
  if (!made) return move(to)
  edit('connect', () => made.design)
  select([id])
}

/** A piece of the palette, dropped at a place: a pod in the frame of a namespace runs there, a guard is for the namespace under it. */
export function putDown(piece: Piece, at: Point, frames: readonly Frame[]): void {
  if (piece === 'gateway' && dropBetween(at)) return
  const frame = frames.find(
    (frame) => at.x >= frame.x && at.x <= frame.x + frame.width && at.y >= frame.y && at.y <= frame.y + frame.height,
  )
  if (piece !== 'guard')
    return place(
      piece as NodeKindId,
      { x: Math.round(at.x - 90), y: Math.round(at.y - 24) },
      piece === 'pod' ? frame?.namespace : undefined,
    )
  const { selected } = store.getState()
  const pod = selected.map((id) => nodeOf(designOf(store.getState()), id)).find((node) => node?.kind === 'pod')
  const namespace = frame?.namespace ?? (frames.length === 1 ? frames[0]?.namespace : pod && namespaceOf(pod))
  if (namespace) setGuard(namespace, {})
  else say(store.getState().words.dropGuard)
}
