/** Columns: pods with their sidecars, gateways, hosts. Only on request, and for nodes that have no place yet. */

import { grouped } from '../base/collect'
import type { Id } from '../base/id'
import { type Design, isAppHop, isWireHop, type Node, type NodeKindId, namespaceOf, type Point } from './design'
import { nodeKinds } from './nodes'

const left = 40
const top = 72
const gap = 36
/** Room for the frame of a namespace: its name above, its guard below. */
const frame = 100

/** Every node at its place in the columns; hosts in the order in which hops reach them. */
export function tidied(design: Design): Design {
  const places = placesOf(design)
  return { ...design, nodes: design.nodes.map((node) => ({ ...node, at: places.get(node.id) ?? node.at ?? { x: left, y: top } })) }
}

/** Gives a place to nodes that have none, in their column, below what is there and where nothing is; all others stay where they are. */
export function placed(design: Design): Design {
  if (design.nodes.every((node) => node.at)) return design
  if (design.nodes.every((node) => !node.at)) return tidied(design)
  const heights = heightsOf(design)
  const docked = dockedOf(design)
  const taken: Box[] = []
  for (const node of design.nodes) if (node.at && !docked.has(node.id)) taken.push(boxOf(node, node.at, heights))
  const at = new Map<Id, Point>()
  const left = new Map<NodeKindId, number>()
  let before: Node | null = null
  for (const node of byNamespace(design.nodes.filter((node) => !node.at && !docked.has(node.id)))) {
    const x = left.get(node.kind) ?? columnOf(design, node.kind)
    left.set(node.kind, x)
    const together = before?.kind === 'pod' && node.kind === 'pod' && namespaceOf(before) === namespaceOf(node)
    const place = freePlace(node, taken, heights, x, together ? gap / 2 : node.kind === 'pod' ? frame : gap)
    at.set(node.id, place)
    taken.push(boxOf(node, place, heights))
    before = node
  }
  const nodes = design.nodes.map((node): Node => {
    const pod = docked.get(node.id)
    const podAt = pod && (at.get(pod) ?? design.nodes.find((other) => other.id === pod)?.at)
    const place = node.at ?? (podAt ? below(podAt) : at.get(node.id))
    return place && place !== node.at ? { ...node, at: place } : node
  })
  return { ...design, nodes }
}

/**
 * Where a new node of a kind is beside another one: in the column of its kind, level with the other or below what is there. Null where the
 * other has no place.
 */
export function placeBeside(design: Design, kind: NodeKindId, near: Id | null): Point | null {
  const from = near === null ? undefined : design.nodes.find((node) => node.id === near)?.at
  if (!from) return null
  const { size, row } = nodeKinds[kind]
  const x = columnOf(design, kind)
  const height = size.height + row + (kind === 'pod' ? nodeKinds.sidecar.size.height : 0)
  const room = kind === 'pod' ? frame : gap
  const boxes = boxesOf(design)
    .map(({ box }) => box)
    .filter((box) => box.x < x + size.width && x < box.x + box.width)
    .toSorted((a, b) => a.y - b.y)
  let { y } = from
  for (const box of boxes) if (box.y < y + height + room && y < box.y + box.height + room) y = box.y + box.height + room
  return { x, y }
}

export interface Box extends Point {
  width: number
  height: number
}

/** The box of every card that has a place; a pod's is that of its sidecar too. */
export function boxesOf(design: Design): { id: Id; box: Box }[] {
  const heights = heightsOf(design)
  const docked = dockedOf(design)
  return design.nodes.flatMap((node) => (node.at && !docked.has(node.id) ? [{ id: node.id, box: boxOf(node, node.at, heights) }] : []))
}

const below = (pod: Point): Point => ({ x: pod.x, y: pod.y + nodeKinds.pod.size.height })
const boxOf = (node: Node, at: Point, heights: Map<Id, number>): Box => ({
  ...at,
  width: nodeKinds[node.kind].size.width,
  height: heights.get(node.id) ?? 0,
})

/** Where this kind is already; else its usual column. */
function columnOf(design: Design, kind: NodeKindId): number {
  const own = design.nodes.flatMap((node) => (node.kind === kind && node.at ? [node.at.x] : []))
  return own.length > 0 ? Math.min(...own) : nodeKinds[kind].column
}

/** Pods of one namespace one after the other, so that their frame holds no other. */
function byNamespace(nodes: readonly Node[]): Node[] {
  return [...grouped(nodes, (node) => [node.kind === 'pod' ? namespaceOf(node) : `${node.kind} ${node.id}`]).values()].flat()
}

function freePlace(node: Node, taken: readonly Box[], heights: Map<Id, number>, x: number, room: number): Point {
  const wish = { x, y: top }
  const box = boxOf(node, wish, heights)
  const beside = taken.filter((other) => other.x < x + box.width && x < other.x + other.width)
  return { x, y: Math.max(top, ...beside.map((other) => other.y + other.height + room)) }
}

/** Each sidecar that is under a pod, and that pod. */
function dockedOf(design: Design): Map<Id, Id> {
  return new Map(design.hops.flatMap((hop) => (isAppHop(hop) ? [[hop.to, hop.from] as const] : [])))
}

/** How tall each card is, with a row for each hop that arrives at a host or leaves a gateway. */
function heightsOf(design: Design): Map<Id, number> {
  const ends = new Map<Id, number>()
  const count = (id: Id) => ends.set(id, (ends.get(id) ?? 0) + 1)
  const kinds = new Map(design.nodes.map((node) => [node.id, node.kind]))
  for (const hop of design.hops) {
    if (!isWireHop(hop)) continue
    count(hop.to)
    if (kinds.get(hop.from) === 'gateway') count(`out ${hop.from}`)
  }
  const rows = (node: Node) => Math.max(1, ends.get(node.kind === 'host' ? node.id : `out ${node.id}`) ?? 0)
  return new Map(
    design.nodes.map((node) => {
      const { size, row } = nodeKinds[node.kind]
      return [node.id, size.height + (node.kind === 'pod' ? nodeKinds.sidecar.size.height : 0) + (row === 0 ? 0 : row * rows(node))]
    }),
  )
}

/** Where wires end on a card, from its top: at a pod in the middle of its sidecar, else in the middle of its rows. */
function wireAt(node: Node, height: number): number {
  const { size, row } = nodeKinds[node.kind]
  if (node.kind === 'pod') return size.height + nodeKinds.sidecar.size.height / 2
  return row === 0 ? size.height / 2 : (size.height + height) / 2
}

function placesOf(design: Design): Map<Id, Point> {
  const heights = heightsOf(design)
  const docked = dockedOf(design)
  const kind = (wanted: NodeKindId) => design.nodes.filter((node) => node.kind === wanted && !docked.has(node.id))
  const namespaces = new Map<string, Node[]>()
  for (const pod of kind('pod')) namespaces.set(namespaceOf(pod), [...(namespaces.get(namespaceOf(pod)) ?? []), pod])
  const pods = [...namespaces.values()].flatMap((group) =>
    group.map((node, index) => ({ node, after: index < group.length - 1 ? gap / 2 : frame })),
  )
  const plain = (nodes: Node[]) => nodes.map((node) => ({ node, after: gap }))
  const stacks = [
    stack([...pods, ...plain(kind('sidecar'))], heights),
    stack(plain(kind('gateway')), heights),
    stack(plain(kind('host')), heights),
  ]
  const middle = Math.max(0, ...stacks.map(({ middle }) => middle))
  const places = new Map<Id, Point>()
  for (const { at, middle: own } of stacks)
    for (const [node, y] of at) places.set(node.id, { x: nodeKinds[node.kind].column, y: top + y + Math.round(middle - own) })
  for (const [sidecar, pod] of docked) {
    const at = places.get(pod)
    if (at) places.set(sidecar, below(at))
  }
  return places
}

/** Cards under each other from 0 on, and the middle of where their wires end: by it the columns are set against each other, so that a single road is straight. */
function stack(cards: readonly { node: Node; after: number }[], heights: Map<Id, number>): { at: [Node, number][]; middle: number } {
  const at: [Node, number][] = []
  const ends: number[] = []
  let y = 0
  for (const { node, after } of cards) {
    const height = heights.get(node.id) ?? 0
    at.push([node, y])
    ends.push(y + wireAt(node, height))
    y += height + after
  }
  return { at, middle: ends.length > 0 ? ((ends[0] ?? 0) + (ends.at(-1) ?? 0)) / 2 : 0 }
}
