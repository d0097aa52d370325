/** Design and lanes -> nodes and edges of React Flow, with known sizes, so that nothing is measured. Pure. */

import { type Edge, type Node as FlowNode, Position } from '@xyflow/react'
import type { Id } from '../core/base/id'
import type { Lane } from '../core/compile/plan/lanes'
import { usesIstioCertificates } from '../core/istio/tls-mode'
import {
  type AppHop,
  type Design,
  type Hop,
  isAppHop,
  isWireHop,
  type Node,
  type NodeKindId,
  type Point,
  type WireHop,
} from '../core/model/design'
import { nodeKinds } from '../core/model/nodes'
import { dialledPort } from '../core/model/path'
import type { WireStyle } from '../ui/Wire'
import { type Ends, type Row, rowsOf } from './cards/rows'
import { freeBend, Grid, labelPlace, type Run, trail } from './hops/route'

export type CardData = {
  node: Node
  rows: readonly Row[]
  /** pod: what its app says, and the hop that says it. */
  says: readonly string[]
  app: AppHop | null
  /** The other half of the card: a pod's sidecar, a sidecar's pod. */
  docked: Node | null
}
export type Card = FlowNode<CardData, NodeKindId>

export type HopData = {
  hop: WireHop
  from: Node
  to: Node
  /** Where the wire starts and ends, from its handles. */
  leave: number
  arrive: number
  /** Further rows that it arrives at, from the first. */
  also: readonly { dy: number; style: WireStyle }[]
  bend: number
  /** Place of the label on the wire. */
  at: number
}
export type HopWire = Edge<HopData, 'hop'>

export interface Picture {
  cards: Card[]
  wires: HopWire[]
  byId: ReadonlyMap<Id, Card>
  /** Pod to sidecar and back: they move together. */
  partner: ReadonlyMap<Id, Id>
}

export const rowHeight = 28
const port = 24

/** Where handles are; wires start and end relative to them. */
const inAt = 24

export function heightOf(kind: NodeKindId, rows: number): number {
  const { size, row } = nodeKinds[kind]
  return size.height + row * (row === 0 ? 0 : Math.max(1, rows))
}

/** The middle of a row, from the top of its card. */
const rowMiddle = (kind: NodeKindId, index: number) => nodeKinds[kind].head + rowHeight * index + rowHeight / 2

export function draw(design: Design, lanes: readonly Lane[], last?: Picture): Picture {
  const { of, ...ends } = rowsOf(design, lanes)
  const nodes = new Map(design.nodes.map((node) => [node.id, node]))
  const apps = new Map<Id, AppHop>()
  const partner = new Map<Id, Id>()
  for (const hop of design.hops) {
    if (!isAppHop(hop) || !nodes.has(hop.from) || !nodes.has(hop.to)) continue
    apps.set(hop.from, hop)
    partner.set(hop.from, hop.to)
    partner.set(hop.to, hop.from)
  }
  const before = new Map(last?.cards.map((card) => [card.id, card]))
  const cards = design.nodes.map((node) => {
    const mate = nodes.get(partner.get(node.id) ?? '') ?? null
    const place =
      node.kind === 'sidecar' && mate?.at ? { x: mate.at.x, y: mate.at.y + nodeKinds.pod.size.height } : (node.at ?? { x: 0, y: 0 })
    const app = apps.get(node.id) ?? null
    return sameOr(before.get(node.id), card(node, place, of.get(node.id) ?? [], app, mate))
  })
  const byId = new Map(cards.map((card) => [card.id, card]))
  return { cards, byId, wires: wiresOf(design, nodes, byId, ends, new Map(last?.wires.map((wire) => [wire.id, wire]))), partner }
}

function card(node: Node, position: Point, rows: readonly Row[], app: AppHop | null, docked: Node | null): Card {
  const { width } = nodeKinds[node.kind].size
  const height = heightOf(node.kind, rows.length)
  const handle = { width: 1, height: 1 }
  return {
    id: node.id,
    type: node.kind,
    position,
    width,
    height,
    measured: { width, height },
    handles: [
      { id: 'in', type: 'target', position: Position.Left, x: 0, y: inAt, ...handle },
      {
        id: 'out',
        type: 'source',
        position: node.kind === 'pod' ? Position.Bottom : Position.Right,
        x: node.kind === 'pod' ? width / 2 : width,
        y: nodeKinds[node.kind].outAt,
        ...handle,
      },
    ],
    data: { node, rows, says: app ? saysOf(app) : [], app, docked },
  }
}

/** `HTTP :80`, one for each different call. */
function saysOf(hop: AppHop): string[] {
  const calls = [hop.call, ...Object.values(hop.overrides).map((over) => ({ ...hop.call, ...over }))]
  return [...new Set(calls.map((call) => `${call.speaks} :${dialledPort(call) || '?'}`))]
}

/** The card as it was, if nothing in it changed: React Flow and memo then leave it alone. */
function sameOr(before: Card | undefined, next: Card): Card {
  if (!before) return next
  const [a, b] = [before.data, next.data]
  const same =
    a.node === b.node &&
    a.app === b.app &&
    a.docked === b.docked &&
    before.position.x === next.position.x &&
    before.position.y === next.position.y &&
    JSON.stringify(a.rows) === JSON.stringify(b.rows)
  return same ? before : next
}

function wiresOf(design: Design, nodes: Map<Id, Node>, at: ReadonlyMap<Id, Card>, ends: Ends, before: Map<Id, HopWire>): HopWire[] {
  const cardGrid = new Grid()
  for (const { position, width = 0, height = 0 } of at.values()) cardGrid.add({ ...position, width, height })
  const drawn = design.hops.filter((hop): hop is WireHop => isWireHop(hop) && at.has(hop.from) && at.has(hop.to))
  const leaving = spread(drawn, at, ends)
  const parallel = beside(drawn)
  const few = drawn.length <= many
  const runs = drawn.map((hop) => {
    const [from, to] = [at.get(hop.from) as Card, at.get(hop.to) as Card]
    const leave = leaving.get(hop.id) ?? nodeKinds[from.type as NodeKindId].outAt
    const rows = arrivalRows(hop, to, ends)
    const arrive = rowMiddle(to.type as NodeKindId, rows[0] ?? 0)
    const run: Run = {
      from: { x: from.position.x + (from.width ?? 0), y: from.position.y + leave },
      to: { x: to.position.x, y: to.position.y + arrive },
      bend: parallel.get(hop.id) ?? 0,
    }
    return { hop, leave, arrive, rows, run: few ? { ...run, bend: freeBend(run, cardGrid) } : run }
  })
  const taken = { labels: new Grid(), cards: cardGrid, wires: new Grid() }
  if (drawn.length <= 200) for (const { hop, run } of runs) for (const point of trail(run, hop.id)) taken.wires.add(point)
  return runs.map(({ hop, leave, arrive, rows, run }) => {
    const data: HopData = {
      hop,
      from: nodes.get(hop.from) as Node,
      to: nodes.get(hop.to) as Node,
      leave: leave - nodeKinds[nodes.get(hop.from)?.kind ?? 'pod'].outAt,
      arrive: arrive - inAt,
      also: alsoOf(rows, at.get(hop.to) as Card),
      bend: run.bend,
      at: few ? labelPlace(run, hop.id, labelWidth(hop), taken) : 0.5,
    }
    return sameWire(before.get(hop.id), {
      id: hop.id,
      type: 'hop',
      source: hop.from,
      target: hop.to,
      sourceHandle: 'out',
      targetHandle: 'in',
      ...silent,
      data,
    })
  })
}

/** Above this many hops wires are drawn straight on: looking for free room would take longer than a frame. */
const many = 800

/** The rows that a hop arrives at; first the one that is as the hop itself, then those that differ for a host. */
function arrivalRows(hop: WireHop, to: Card, ends: Ends): number[] {
  const rows = ends.arrives.get(hop.id) ?? [0]
  const asTheHop = rows.findIndex((row) => usesIstioCertificates(to.data.rows[row]?.mode) === usesIstioCertificates(hop.wire.tls))
  if (to.type !== 'gateway' || asTheHop <= 0) return rows
  return [rows[asTheHop] as number, ...rows.filter((_, index) => index !== asTheHop)]
}

function alsoOf([first = 0, ...others]: number[], to: Card): HopData['also'] {
  return others.map((row) => ({
    dy: (row - first) * rowHeight,
    style: usesIstioCertificates(to.data.rows[row]?.mode) ? 'istio-mutual' : 'disable',
  }))
}

/** The label says it all; the wire says nothing to a screen reader. */
const silent = { selectable: false, ariaLabel: null as never, ariaRole: 'presentation', domAttributes: { 'aria-hidden': true } } as const

const labelWidth = (hop: WireHop): number => 40 + hop.wire.tls.length * 6.8

function sameWire(before: HopWire | undefined, next: HopWire): HopWire {
  const [a, b] = [before?.data, next.data]
  if (!before || !a || !b || before.source !== next.source || before.target !== next.target) return next
  const same =
    a.hop === b.hop &&
    a.from === b.from &&
    a.to === b.to &&
    a.leave === b.leave &&
    a.arrive === b.arrive &&
    a.bend === b.bend &&
    a.at === b.at &&
    JSON.stringify(a.also) === JSON.stringify(b.also)
  return same ? before : next
}

/** Hops that leave one card start beside each other, in the order of where they go, so that they do not cross. */
function spread(hops: readonly WireHop[], at: ReadonlyMap<Id, Card>, ends: Ends): Map<Id, number> {
  const groups = new Map<string, { middle: number; room: number; hops: WireHop[] }>()
  for (const hop of hops) {
    const from = at.get(hop.from) as Card
    const kind = from.type as NodeKindId
    const row = ends.leaves.get(hop.id)?.[0]
    const key = kind === 'gateway' ? `${hop.from} ${row ?? 'head'}` : hop.from
    const group = groups.get(key) ?? {
      middle: kind === 'gateway' ? (row === undefined ? port : rowMiddle(kind, row)) : nodeKinds[kind].outAt,
      room: kind === 'gateway' ? 18 : 30,
      hops: [],
    }
    group.hops.push(hop)
    groups.set(key, group)
  }
  const starts = new Map<Id, number>()
  for (const { middle, room, hops: own } of groups.values()) {
    const goes = (hop: Hop) => (at.get(hop.to)?.position.y ?? 0) + rowHeight * (ends.arrives.get(hop.id)?.[0] ?? 0)
    const sorted = own.toSorted((a, b) => goes(a) - goes(b))
    const step = Math.min(14, room / Math.max(1, sorted.length - 1))
    sorted.forEach((hop, index) => starts.set(hop.id, middle + (index - (sorted.length - 1) / 2) * step))
  }
  return starts
}

/** Hops between the same two nodes bow away from each other. */
function beside(hops: readonly WireHop[]): Map<Id, number> {
  const pairs = new Map<string, Id[]>()
  for (const hop of hops) {
    const key = `${hop.from} ${hop.to}`
    const own = pairs.get(key)
    if (own) own.push(hop.id)
    else pairs.set(key, [hop.id])
  }
  const bends = new Map<Id, number>()
  for (const own of pairs.values()) own.forEach((id, index) => bends.set(id, own.length === 1 ? 0 : (index - (own.length - 1) / 2) * 40))
  return bends
}
