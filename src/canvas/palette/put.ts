/** Puts a piece of the palette on the canvas. */

import type { Frame } from '../../core/figure/frames'
import { type Design, isAppHop, type NodeKindId, namespaceOf, nodeOf, type Point } from '../../core/model/design'
import { addNode, extend, say, setGuard } from '../../store/actions/actions'
import { camera } from '../../store/actions/camera'
import { designOf, store } from '../../store/state/store'
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
  const id = pod ? extend(pod, 'sidecar') : addNode(kind, { ...(at && { at }), ...(namespace && { namespace }) })
  if (id) requestAnimationFrame(() => camera().show(id))
}

/** A piece of the palette, dropped at a place: a pod in the frame of a namespace runs there, a guard is for the namespace under it. */
export function putDown(piece: Piece, at: Point, frames: readonly Frame[]): void {
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
