/** A figure -> nodes and edges of React Flow, with known sizes, so that nothing is measured. Pure. */

import { type Edge, type Node as FlowNode, Position } from '@xyflow/react'
import type { Id } from '../core/base/id'
import type { Lane } from '../core/compile/plan/lanes'
import { type CardBox, figureOf, type Wire } from '../core/figure/figure'
import { type Frame, framesOf } from '../core/figure/frames'
import type { Design, Node, NodeKindId, WireHop } from '../core/model/design'
import { nodeKinds } from '../core/model/nodes'
import { styleOf, type WireStyle } from '../ui/Wire'

export type CardData = Pick<CardBox, 'node' | 'rows' | 'says' | 'app' | 'docked'>
export type Card = FlowNode<CardData, NodeKindId>

export type HopData = {
  hop: WireHop
  from: Node
  to: Node
  /** Where the wire starts and ends, from its handles. */
  leave: number
  arrive: number
  /** Further rows that it arrives at, from the first. */
  also: readonly { dy: number; style: WireStyle; row: string }[]
  /** The gateway's row that it arrives at (`rowKey`). */
  row: string | undefined
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

/** Where the handle is that wires arrive at; they end relative to it. */
const inAt = 24

/** What did not change since `last` is the same object: React Flow and memo then leave it alone. */
export function draw(design: Design, lanes: readonly Lane[], last?: Picture): Picture {
  const figure = figureOf(design, lanes)
  const cards = figure.cards.map((box) => sameOr(last?.byId.get(box.node.id), cardOf(box)))
  const before = new Map(last?.wires.map((wire) => [wire.id, wire]))
  return {
    cards,
    wires: figure.wires.map((wire) => sameWire(before.get(wire.hop.id), edgeOf(wire))),
    byId: new Map(cards.map((card) => [card.id, card])),
    partner: new Map(figure.cards.flatMap(({ node, docked }) => (docked ? [[node.id, docked.id] as const] : []))),
  }
}

function cardOf({ node, at, width, height, rows, says, app, docked }: CardBox): Card {
  const handle = { width: 1, height: 1 }
  return {
    id: node.id,
    type: node.kind,
    position: at,
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
    data: { node, rows, says, app, docked },
  }
}

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

function edgeOf({ hop, from, to, run, leave, arrive, also, row, label }: Wire): HopWire {
  return {
    id: hop.id,
    type: 'hop',
    source: hop.from,
    target: hop.to,
    sourceHandle: 'out',
    targetHandle: 'in',
    ...silent,
    data: {
      hop,
      from,
      to,
      leave: leave - nodeKinds[from.kind].outAt,
      arrive: arrive - inAt,
      also: also.map(({ dy, mode, row }) => ({ dy, style: styleOf(mode), row })),
      row,
      bend: run.bend,
      at: label,
    },
  }
}

/** The frames of namespaces, where a drag holds the cards now. */
export const framesAround = (cards: readonly Pick<Card, 'position' | 'data'>[], guards: Design['guards']): Frame[] =>
  framesOf(
    cards.map(({ position, data: { node, docked } }) => ({ node, at: position, docked })),
    guards,
  )

/** The label says it all; the wire says nothing to a screen reader. */
const silent = { selectable: false, ariaLabel: null as never, ariaRole: 'presentation', domAttributes: { 'aria-hidden': true } } as const

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
    a.row === b.row &&
    JSON.stringify(a.also) === JSON.stringify(b.also)
  return same ? before : next
}
