/** How a drawing is walked without seeing it: along hops, from neighbour to neighbour, and in the order in which it is read. Pure. */
import type { Id } from '../base/id'
import { type Design, type Hop, hopOf, type Node, nodeOf, type Point } from './design'
import { pathsOf } from './path'

export type Direction = 'left' | 'right' | 'up' | 'down'

const nowhere: Point = { x: 0, y: 0 }

/**
 * What is next to a node or hop. Right and left go along the traffic and against it: from a node to a hop, from a hop to its end. Up and down
 * go to the next of the same kind. Null: nothing is there.
 */
export function neighbour(design: Design, id: Id, to: Direction): Id | null {
  const node = nodeOf(design, id)
  if (node) return nodeNeighbour(design, node, to)
  const hop = hopOf(design, id)
  if (!hop) return null
  const [ahead, back] = [nodeOf(design, hop.to)?.id ?? null, nodeOf(design, hop.from)?.id ?? null]
  if (to === 'right') return ahead
  if (to === 'left') return back
  const kindOf = ({ from }: Hop) => nodeOf(design, from)?.kind
  const alike = design.hops.filter((other) => kindOf(other) === kindOf(hop))
  return beside(alike, hop, to, (each) => middleOf(design, each))
}

function nodeNeighbour(design: Design, node: Node, to: Direction): Id | null {
  const at = (id: Id) => nodeOf(design, id)?.at ?? nowhere
  if (to === 'right')
    return highest(
      design.hops.filter(({ from }) => from === node.id),
      (hop) => at(hop.to),
    )
  if (to === 'left')
    return highest(
      design.hops.filter((hop) => hop.to === node.id),
      (hop) => at(hop.from),
    )
  const alike = design.nodes.filter(({ kind }) => kind === node.kind)
  return beside(alike, node, to, (each) => each.at ?? nowhere)
}

const middleOf = (design: Design, { from, to }: Hop): Point => {
  const [a, b] = [nodeOf(design, from)?.at ?? nowhere, nodeOf(design, to)?.at ?? nowhere]
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }
}

const fromAbove = (a: Point, b: Point): number => a.y - b.y || a.x - b.x

const highest = <T extends { id: Id }>(things: readonly T[], at: (thing: T) => Point): Id | null =>
  things.toSorted((a, b) => fromAbove(at(a), at(b)))[0]?.id ?? null

function beside<T extends { id: Id }>(alike: readonly T[], own: T, to: Direction, at: (thing: T) => Point): Id | null {
  const sorted = alike.toSorted((a, b) => fromAbove(at(a), at(b)))
  return sorted[sorted.indexOf(own) + (to === 'down' ? 1 : -1)]?.id ?? null
}

/** Every node and hop once, as a person reads the drawing: a path after the other, from the pod to the host; then what is on no path. */
export function readingOrder(design: Design): Id[] {
  const podAt = new Map(design.nodes.map((node) => [node.id, node.at ?? nowhere]))
  const at = (id: Id) => podAt.get(id) ?? nowhere
  const paths = pathsOf(design).toSorted((a, b) => fromAbove(at(a.pod.id), at(b.pod.id)) || fromAbove(at(a.host.id), at(b.host.id)))
  const order = new Set<Id>()
  for (const { pod, sidecar, gateway, host, hops } of paths) {
    const nodes = [pod, sidecar, ...(gateway ? [gateway] : []), host]
    for (const [index, { id }] of nodes.entries()) {
      const hop = hops[index - 1]
      if (hop) order.add(hop)
      order.add(id)
    }
  }
  for (const { id } of design.nodes) {
    order.add(id)
    for (const hop of design.hops) if (hop.from === id) order.add(hop.id)
  }
  for (const { id } of design.hops) order.add(id)
  return [...order]
}

/** What is nearest to things that are taken away, among what stays: where a hop came from, what a node was connected to, or else lies next to it. */
export function nearest(design: Design, gone: readonly Id[]): Id | null {
  const isLeft = (id: Id) => !gone.includes(id) && nodeOf(design, id) !== undefined
  for (const id of gone) {
    const hop = hopOf(design, id)
    const ends = hop
      ? [hop.from, hop.to]
      : [
          ...design.hops.filter(({ to }) => to === id).map(({ from }) => from),
          ...design.hops.filter(({ from }) => from === id).map(({ to }) => to),
        ]
    const end = ends.find(isLeft)
    if (end) return end
  }
  const from = gone.flatMap((id) => nodeOf(design, id)?.at ?? [])[0] ?? nowhere
  const far = ({ at = nowhere }: Node) => Math.hypot(at.x - from.x, at.y - from.y)
  return design.nodes.filter(({ id }) => isLeft(id)).toSorted((a, b) => far(a) - far(b))[0]?.id ?? null
}
