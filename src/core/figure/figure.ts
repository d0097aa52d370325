/** Design and lanes -> cards and wires with their sizes and places: what the canvas, an exported picture and an embedded page draw alike. Pure. */

import type { Id } from '../base/id'
import type { Lane } from '../compile/plan/lanes'
import { type TlsMode, usesIstioCertificates } from '../istio/tls-mode'
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
} from '../model/design'
import { nodeKinds } from '../model/nodes'
import { dialledPort } from '../model/path'
import { freeBend, Grid, labelPlace, type Run, trail } from './route'
import { type Ends, type Row, rowKey, rowsOf } from './rows'

export interface CardBox {
  node: Node
  at: Point
  width: number
  height: number
  rows: readonly Row[]
  /** pod: what its app says, and the hop that says it. */
  says: readonly string[]
  app: AppHop | null
  /** The other half of the card: a pod's sidecar, a sidecar's pod. */
  docked: Node | null
}

export interface Wire {
  hop: WireHop
  from: Node
  to: Node
  run: Run
  /** Where it leaves and arrives, from the top of the cards. */
  leave: number
  arrive: number
  /** Further rows that it arrives at, from the first. */
  also: readonly { dy: number; mode: TlsMode; row: string }[]
  /** The gateway's row that it arrives at (`rowKey`); undefined at a host. */
  row: string | undefined
  /** Place of the label on the wire, from 0 to 1. */
  label: number
}

export interface Figure {
  cards: readonly CardBox[]
  wires: readonly Wire[]
}

export const rowHeight = 28
/** The middle of a card's head, where a gateway's hop leaves that no row is known of. */
const headMiddle = 24

export function heightOf(kind: NodeKindId, rows: number): number {
  const { size, row } = nodeKinds[kind]
  return size.height + row * (row === 0 ? 0 : Math.max(1, rows))
}

/** The middle of a row, from the top of its card. */
const rowMiddle = (kind: NodeKindId, index: number) => nodeKinds[kind].head + rowHeight * index + rowHeight / 2

/** Takes any design; a node without a place is at 0,0, a hop without its ends is left out. */
export function figureOf(design: Design, lanes: readonly Lane[]): Figure {
  const { of, ...ends } = rowsOf(design, lanes)
  const nodes = new Map(design.nodes.map((node) => [node.id, node]))
  const apps = new Map<Id, AppHop>()
  const docked = new Map<Id, Node>()
  for (const hop of design.hops) {
    const [from, to] = [nodes.get(hop.from), nodes.get(hop.to)]
    if (!isAppHop(hop) || !from || !to) continue
    apps.set(hop.from, hop)
    docked.set(hop.from, to)
    docked.set(hop.to, from)
  }
  const cards = design.nodes.map((node): CardBox => {
    const mate = docked.get(node.id) ?? null
    const app = apps.get(node.id) ?? null
    const rows = of.get(node.id) ?? []
    const under = node.kind === 'sidecar' && mate?.at
    return {
      node,
      at: under ? { x: under.x, y: under.y + nodeKinds.pod.size.height } : (node.at ?? { x: 0, y: 0 }),
      width: nodeKinds[node.kind].size.width,
      height: heightOf(node.kind, rows.length),
      rows,
      says: app ? saysOf(app) : [],
      app,
      docked: mate,
    }
  })
  return { cards, wires: wiresOf(design, new Map(cards.map((card) => [card.node.id, card])), ends) }
}

/** `HTTP :80`, one for each different call. */
function saysOf(hop: AppHop): string[] {
  const calls = [hop.call, ...Object.values(hop.overrides).map((over) => ({ ...hop.call, ...over }))]
  return [...new Set(calls.map((call) => `${call.speaks} :${dialledPort(call) || '?'}`))]
}

type Cards = ReadonlyMap<Id, CardBox>

function wiresOf(design: Design, cards: Cards, ends: Ends): Wire[] {
  const cardGrid = new Grid()
  for (const { at, width, height } of cards.values()) cardGrid.add({ ...at, width, height })
  const drawn = design.hops.filter((hop): hop is WireHop => isWireHop(hop) && cards.has(hop.from) && cards.has(hop.to))
  const leaving = spread(drawn, cards, ends)
  const parallel = beside(drawn)
  const few = drawn.length <= many
  const wires = drawn.map((hop): Wire => {
    const [from, to] = [cards.get(hop.from) as CardBox, cards.get(hop.to) as CardBox]
    const leave = leaving.get(hop.id) ?? nodeKinds[from.node.kind].outAt
    const rows = arrivalRows(hop, to, ends)
    const arrive = rowMiddle(to.node.kind, rows[0] ?? 0)
    const run: Run = {
      from: { x: from.at.x + from.width, y: from.at.y + leave },
      to: { x: to.at.x, y: to.at.y + arrive },
      bend: parallel.get(hop.id) ?? 0,
    }
    return {
      hop,
      from: from.node,
      to: to.node,
      run: few ? { ...run, bend: freeBend(run, cardGrid) } : run,
      leave,
      arrive,
      also: alsoOf(rows, to),
      row: keyAt(to, rows[0] ?? 0),
      label: 0.5,
    }
  })
  if (!few) return wires
  const taken = { labels: new Grid(), cards: cardGrid, wires: new Grid() }
  if (drawn.length <= 200) for (const { hop, run } of wires) for (const point of trail(run, hop.id)) taken.wires.add(point)
  return wires.map((wire) => ({ ...wire, label: labelPlace(wire.run, wire.hop.id, labelWidth(wire.hop), taken) }))
}

/** Above this many hops wires are drawn straight on: looking for free room would take longer than a frame. */
const many = 800

/** The rows that a hop arrives at; first the one that is as the hop itself, then those that differ for a host. */
function arrivalRows(hop: WireHop, to: CardBox, ends: Ends): number[] {
  const rows = ends.arrives.get(hop.id) ?? [0]
  const asTheHop = rows.findIndex((row) => usesIstioCertificates(to.rows[row]?.mode) === usesIstioCertificates(hop.wire.tls))
  if (to.node.kind !== 'gateway' || asTheHop <= 0) return rows
  return [rows[asTheHop] as number, ...rows.filter((_, index) => index !== asTheHop)]
}

function keyAt(to: CardBox, index: number): string | undefined {
  const row = to.rows[index]
  return row && to.node.kind === 'gateway' ? rowKey(to.node.id, row) : undefined
}

function alsoOf([first = 0, ...others]: number[], to: CardBox): Wire['also'] {
  return others.map((row) => ({
    row: keyAt(to, row) ?? '',
    dy: (row - first) * rowHeight,
    mode: usesIstioCertificates(to.rows[row]?.mode) ? 'ISTIO_MUTUAL' : 'DISABLE',
  }))
}

/** Icon, word in the mono face, and room at both sides. */
export const labelWidth = (hop: WireHop): number => 40 + hop.wire.tls.length * 6.8

/** Hops that leave one card start beside each other, in the order of where they go, so that they do not cross. */
function spread(hops: readonly WireHop[], cards: Cards, ends: Ends): Map<Id, number> {
  const groups = new Map<string, { middle: number; room: number; hops: WireHop[] }>()
  for (const hop of hops) {
    const { kind } = (cards.get(hop.from) as CardBox).node
    const row = ends.leaves.get(hop.id)?.[0]
    const key = kind === 'gateway' ? `${hop.from} ${row ?? 'head'}` : hop.from
    const group = groups.get(key) ?? {
      middle: kind === 'gateway' ? (row === undefined ? headMiddle : rowMiddle(kind, row)) : nodeKinds[kind].outAt,
      room: kind === 'gateway' ? 18 : 30,
      hops: [],
    }
    group.hops.push(hop)
    groups.set(key, group)
  }
  const starts = new Map<Id, number>()
  for (const { middle, room, hops: own } of groups.values()) {
    const goes = (hop: Hop) => (cards.get(hop.to)?.at.y ?? 0) + rowHeight * (ends.arrives.get(hop.id)?.[0] ?? 0)
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
