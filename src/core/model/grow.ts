/** A design while it grows: indexed, so that what is put in costs what it touches and not what is there already. What is touched is copied once. */

import type { Id } from '../base/id'
import {
  type AppHop,
  type Design,
  defaultNamespace,
  type Hop,
  isAppHop,
  type Node,
  type NodeKindId,
  type TlsFields,
  type Wire,
  type WireHop,
} from './design'

/** Ids are names: the same thing has the same id tomorrow, in a link, and after an import. */
export function nodeId(kind: NodeKindId, name: string, namespace: string): Id {
  return kind === 'host' ? `host:${name}` : `${kind}:${namespace}/${name}`
}

/** An id that nobody has yet: the wished one, or with the next free number behind it. */
export function freeId(wish: Id, taken: (id: Id) => boolean): Id {
  if (!taken(wish)) return wish
  for (let n = 2; ; n++) if (!taken(`${wish}#${n}`)) return `${wish}#${n}`
}

const sorted = (fields: TlsFields) => Object.entries(fields).toSorted(([a], [b]) => (a < b ? -1 : 1))
/** Nodes are found by kind, place and name. A host has no place: its name is unique. */
const nameKey = (kind: NodeKindId, name: string, namespace: string): string =>
  kind === 'host' ? `host ${name}` : `${kind} ${namespace}/${name}`
const keyOf = (node: Node): string => nameKey(node.kind, node.name, node.namespace || defaultNamespace)
/** Outside hops with the same key can be one. */
export const wireKey = (from: Id, to: Id, { tls, port, fields }: Wire): string => JSON.stringify([from, to, tls, port, sorted(fields)])

/** A design on its way to a larger one (`grownOf`). */
export interface Growing {
  readonly start: Design
  nodes: Node[]
  hops: Hop[]
  readonly nodeAt: Map<string, number>
  readonly nodeIds: Set<Id>
  readonly hopAt: Map<Id, number>
  /** App hops by pod; mesh hops by sidecar and gateway; mesh hops into, and outside hops from, each gateway; outside hops by all they say. */
  readonly apps: Map<Id, AppHop>
  readonly meshes: Map<string, Id>
  readonly into: Map<Id, Id[]>
  readonly outOf: Map<Id, Id[]>
  readonly alike: Map<string, Id[]>
  /** The next free number behind a wished id. */
  readonly numbers: Map<Id, number>
  /** Hops that were copied or made here; what mesh hops except as a set, where somebody asked. */
  readonly ours: Set<Id>
  readonly excepts: Map<Id, Set<Id>>
  /** How many exceptions were written: pods times hosts of a gateway, the one thing that can outgrow the text it is read from. */
  written: number
}

/** The design's index. Nothing of the design itself is ever changed. */
export function growing(start: Design): Growing {
  const grown: Growing = {
    start,
    nodes: start.nodes,
    hops: start.hops,
    nodeAt: new Map(),
    nodeIds: new Set(),
    hopAt: new Map(),
    apps: new Map(),
    meshes: new Map(),
    into: new Map(),
    outOf: new Map(),
    alike: new Map(),
    numbers: new Map(),
    ours: new Set(),
    excepts: new Map(),
    written: 0,
  }
  const kinds = new Map<Id, NodeKindId>()
  for (const [index, node] of start.nodes.entries()) {
    kinds.set(node.id, node.kind)
    grown.nodeIds.add(node.id)
    if (!grown.nodeAt.has(keyOf(node))) grown.nodeAt.set(keyOf(node), index)
  }
  for (const [index, hop] of start.hops.entries()) indexHop(grown, hop, index, kinds.get(hop.to))
  return grown
}

function indexHop(grown: Growing, hop: Hop, index: number, to: NodeKindId | undefined): void {
  grown.hopAt.set(hop.id, index)
  if (isAppHop(hop)) {
    if (to === 'sidecar' && !grown.apps.has(hop.from)) grown.apps.set(hop.from, hop)
    return
  }
  listed(grown.outOf, hop.from).push(hop.id)
  if (to !== 'gateway') listed(grown.alike, wireKey(hop.from, hop.to, hop.wire)).push(hop.id)
  else {
    listed(grown.into, hop.to).push(hop.id)
    const key = `${hop.from}>${hop.to}`
    if (!grown.meshes.has(key)) grown.meshes.set(key, hop.id)
  }
}

function listed<T>(lists: Map<string, T[]>, key: string): T[] {
  const list = lists.get(key) ?? []
  lists.set(key, list)
  return list
}

/** The design with everything that was put in; the very design of the start if that was nothing new. */
export function grownOf({ start, nodes, hops }: Growing): Design {
  return nodes === start.nodes && hops === start.hops ? start : { ...start, nodes, hops }
}

/** The node with this name; added if there is none. */
export function ensureNode(grown: Growing, kind: NodeKindId, name: string, namespace: string): Node {
  const found = grown.nodeAt.get(nameKey(kind, name, namespace))
  if (found !== undefined) return grown.nodes[found] as Node
  const id = numbered(grown, nodeId(kind, name, namespace), (wish) => grown.nodeIds.has(wish))
  const node: Node = { id, kind, name, ...(kind !== 'host' && { namespace }), fields: {} }
  if (grown.nodes === grown.start.nodes) grown.nodes = [...grown.nodes]
  grown.nodeAt.set(nameKey(kind, name, namespace), grown.nodes.length)
  grown.nodeIds.add(id)
  grown.nodes.push(node)
  return node
}

/** Puts a node in the place of the one with the same kind, name and namespace. */
export function replaceNode(grown: Growing, node: Node): void {
  const index = grown.nodeAt.get(keyOf(node))
  if (index === undefined) return
  if (grown.nodes === grown.start.nodes) grown.nodes = [...grown.nodes]
  grown.nodes[index] = node
}

/** A free id without trying all numbers again each time. */
function numbered(grown: Growing, wish: Id, taken: (id: Id) => boolean): Id {
  if (!taken(wish)) return wish
  let number = grown.numbers.get(wish) ?? 2
  while (taken(`${wish}#${number}`)) number++
  grown.numbers.set(wish, number + 1)
  return `${wish}#${number}`
}

/** Adds a hop that leads to a node of this kind. */
export function addHop<H extends Hop>(grown: Growing, wish: Omit<H, 'id'>, to: NodeKindId): H {
  const id = numbered(grown, `${wish.from}>${wish.to}`, (taken) => grown.hopAt.has(taken))
  const hop = { id, ...wish } as H
  if (grown.hops === grown.start.hops) grown.hops = [...grown.hops]
  indexHop(grown, hop, grown.hops.length, to)
  grown.hops.push(hop)
  grown.ours.add(id)
  return hop
}

/** A hop that may be changed in place. */
export function own<H extends Hop>(grown: Growing, id: Id): H {
  const index = grown.hopAt.get(id) as number
  const hop = grown.hops[index] as Hop
  if (grown.ours.has(id)) return hop as H
  const copy: Hop = isAppHop(hop)
    ? { ...hop, overrides: { ...hop.overrides } }
    : { ...hop, overrides: { ...hop.overrides }, except: [...hop.except] }
  if (grown.hops === grown.start.hops) grown.hops = [...grown.hops]
  grown.hops[index] = copy
  grown.ours.add(id)
  if (isAppHop(copy)) grown.apps.set(copy.from, copy)
  return copy as H
}

export const wireOf = (grown: Growing, id: Id): WireHop => grown.hops[grown.hopAt.get(id) as number] as WireHop

/** What a mesh hop does not carry, as a set that stays up to date. */
export function exceptsOf(grown: Growing, mesh: WireHop): Set<Id> {
  const known = grown.excepts.get(mesh.id) ?? new Set(mesh.except)
  grown.excepts.set(mesh.id, known)
  return known
}

/** Keeps an outside hop off a mesh hop. */
export function except(grown: Growing, mesh: Id, outside: Id): void {
  own<WireHop>(grown, mesh).except.push(outside)
  grown.excepts.get(mesh)?.add(outside)
  grown.written++
}

/** Takes that back. */
export function carryAgain(grown: Growing, mesh: Id, outside: Id): void {
  const hop = own<WireHop>(grown, mesh)
  hop.except = hop.except.filter((id) => id !== outside)
  grown.excepts.get(mesh)?.delete(outside)
}
