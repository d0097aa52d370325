/** Free room for cards that come or are put in order, and where a card that is dragged would be in line with another one. Pure. */
import type { Id } from '../base/id'
import type { Design, Node, Point } from './design'
import { type Box, boxesOf, tidied } from './layout'

const gap = 32

const around = (boxes: readonly Box[]): Box => {
  const [x, y] = [Math.min(...boxes.map((box) => box.x)), Math.min(...boxes.map((box) => box.y))]
  const [right, bottom] = [Math.max(...boxes.map((box) => box.x + box.width)), Math.max(...boxes.map((box) => box.y + box.height))]
  return { x, y, width: right - x, height: bottom - y }
}

const overlap = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width + gap && b.x < a.x + a.width + gap && a.y < b.y + b.height + gap && b.y < a.y + a.height + gap

/** How far a group of boxes is moved down so that it lies on no other. */
function downwards(group: readonly Box[], others: readonly Box[]): number {
  if (group.length === 0) return 0
  const box = around(group)
  let { y } = box
  for (const other of others.toSorted((a, b) => a.y - b.y)) if (overlap({ ...box, y }, other)) y = other.y + other.height + gap
  return y - box.y
}

/** By how much copies of these nodes are moved, so that they lie on no card of the design and are seen not to be the originals. */
export function roomFor(design: Design, part: Pick<Design, 'nodes' | 'hops'>): Point {
  const copies = boxesOf({ ...design, ...part }).map(({ box }) => box)
  return {
    x: 0,
    y: Math.round(
      downwards(
        copies,
        boxesOf(design).map(({ box }) => box),
      ),
    ),
  }
}

/** The design with some of its nodes in columns, beginning where they began, below what is in their way. */
export function tidiedPart(design: Design, ids: readonly Id[]): Design {
  const chosen = new Set(ids)
  for (const { from, to, ...hop } of design.hops) if ('call' in hop && (chosen.has(from) || chosen.has(to))) chosen.add(from).add(to)
  const isOwn = ({ id }: Node) => chosen.has(id)
  const before = boxesOf(design)
  const own = before.filter(({ id }) => chosen.has(id)).map(({ box }) => box)
  if (own.length === 0) return design
  const part = tidied({
    ...design,
    nodes: design.nodes.filter(isOwn),
    hops: design.hops.filter(({ from, to }) => chosen.has(from) && chosen.has(to)),
  })
  const [start, now] = [around(own), around(boxesOf(part).map(({ box }) => box))]
  const by = { x: start.x - now.x, y: start.y - now.y }
  const moved = boxesOf(part).map(({ box }) => ({ ...box, x: box.x + by.x, y: box.y + by.y }))
  const down = downwards(
    moved,
    before.filter(({ id }) => !chosen.has(id)).map(({ box }) => box),
  )
  const places = new Map(part.nodes.map(({ id, at }) => [id, at && { x: at.x + by.x, y: at.y + by.y + down }]))
  return { ...design, nodes: design.nodes.map((node) => ({ ...node, at: places.get(node.id) ?? node.at }) as Node) }
}

export interface Aligned {
  /** What is missing to be in line. */
  by: Point
  /** The lines, from end to end of what they join. */
  lines: { from: Point; to: Point }[]
}

/** Takes the box of what is dragged and the others; tells with which of them it is nearly in line: by left edge, top, or middle of the height. */
export function aligned(box: Box, others: readonly Box[], within: number): Aligned {
  const found: Aligned = { by: { x: 0, y: 0 }, lines: [] }
  const nearest = (offset: (other: Box) => number) =>
    others
      .map((other) => ({ other, by: offset(other) }))
      .filter(({ by }) => Math.abs(by) <= within)
      .toSorted((a, b) => Math.abs(a.by) - Math.abs(b.by))[0]
  const left = nearest((other) => other.x - box.x)
  const top = nearest((other) => other.y - box.y)
  const middle = nearest((other) => other.y + other.height / 2 - box.y - box.height / 2)
  const level = top && (!middle || Math.abs(top.by) <= Math.abs(middle.by)) ? top : middle
  if (left) {
    const { y, height } = around([left.other, box])
    found.by.x = left.by
    found.lines.push({ from: { x: left.other.x, y }, to: { x: left.other.x, y: y + height } })
  }
  if (level) {
    const { x, width } = around([level.other, box])
    const y = level === top ? level.other.y : level.other.y + level.other.height / 2
    found.by.y = level.by
    found.lines.push({ from: { x, y }, to: { x: x + width, y } })
  }
  return found
}
