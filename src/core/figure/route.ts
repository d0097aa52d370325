/** How a wire runs from end to end, and where its label is so that no card and no other label covers it. Pure. */
import type { Point } from '../model/design'

export interface Box extends Point {
  width: number
  height: number
}

export interface Run {
  from: Point
  to: Point
  /** How far the middle of the wire is pulled down (or up). */
  bend: number
}

/** The control points lie level with the ends, so that a wire leaves and arrives horizontally. */
function controls({ from, to, bend }: Run): [Point, Point] {
  const reach = Math.max(Math.abs(to.x - from.x) / 2, 56)
  const pull = bend * (4 / 3)
  return [
    { x: from.x + reach, y: from.y + pull },
    { x: to.x - reach, y: to.y + pull },
  ]
}

export function curve(run: Run): string {
  const [a, b] = controls(run)
  const n = (value: number) => Math.round(value * 10) / 10
  return `M${n(run.from.x)} ${n(run.from.y)}C${n(a.x)} ${n(a.y)} ${n(b.x)} ${n(b.y)} ${n(run.to.x)} ${n(run.to.y)}`
}

export function pointAt(run: Run, t: number): Point {
  const [a, b] = controls(run)
  const u = 1 - t
  const mix = (p: number, q: number, r: number, s: number) => u * u * u * p + 3 * u * u * t * q + 3 * u * t * t * r + t * t * t * s
  return { x: mix(run.from.x, a.x, b.x, run.to.x), y: mix(run.from.y, a.y, b.y, run.to.y) }
}

const overlap = (a: Box, b: Box, room: number) =>
  a.x < b.x + b.width + room && b.x < a.x + a.width + room && a.y < b.y + b.height + room && b.y < a.y + a.height + room

/** Boxes sorted into the squares of a grid: a wire asks only those beside it. */
export class Grid {
  private readonly squares = new Map<number, Taken[]>()

  add(box: Taken): void {
    this.each(box, 0, (square) => {
      const boxes = this.squares.get(square)
      if (boxes) boxes.push(box)
      else this.squares.set(square, [box])
      return false
    })
  }

  /** Whether anything but the asker's own is within `room` of the box. */
  hits(box: Box, room: number, asker?: string): boolean {
    return this.each(
      box,
      room,
      (square) =>
        this.squares.get(square)?.some((other) => (asker === undefined || other.owner !== asker) && overlap(box, other, room)) ?? false,
    )
  }

  private each(box: Box, room: number, visit: (square: number) => boolean): boolean {
    const last = Math.floor((box.x + box.width + room) / side)
    const bottom = Math.floor((box.y + box.height + room) / side)
    for (let x = Math.floor((box.x - room) / side); x <= last; x++)
      for (let y = Math.floor((box.y - room) / side); y <= bottom; y++) if (visit(x * 1e6 + y)) return true
    return false
  }
}

interface Taken extends Box {
  owner?: string
}

const side = 96

const bends = [0, 48, -48, 96, -96, 144, -144, 200, -200]
const samples = [0.12, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.88]

/** The smallest bend with which the wire passes behind no card; the wished one if there is none. */
export function freeBend(run: Run, cards: Grid): number {
  const blocked = (bend: number) =>
    samples.some((t) => {
      const at = pointAt({ ...run, bend }, t)
      return cards.hits({ x: at.x, y: at.y, width: 0, height: 0 }, 8)
    })
  const free = bends.find((bend) => !blocked(run.bend + bend))
  return run.bend + (free ?? 0)
}

const places = [0.5, 0.42, 0.58, 0.34, 0.66, 0.27, 0.73, 0.2, 0.8]
const height = 24

/** Points along a wire, so that labels of other wires keep off it. */
export function trail(run: Run, owner: string): Taken[] {
  const points: Taken[] = []
  const steps = Math.min(64, Math.max(8, Math.round((Math.abs(run.to.x - run.from.x) + Math.abs(run.to.y - run.from.y)) / 14)))
  for (let step = 1; step < steps; step++) points.push({ ...pointAt(run, step / steps), width: 0, height: 0, owner })
  return points
}

/**
 * Where on the wire its label is: on no other label if it can be helped, then on no card, then on no other wire. It takes its room from
 * the labels that come after it.
 */
export function labelPlace(run: Run, owner: string, width: number, taken: { labels: Grid; cards: Grid; wires: Grid }): number {
  const box = (t: number): Box => {
    const at = pointAt(run, t)
    return { x: at.x - width / 2, y: at.y - height / 2, width, height }
  }
  const cost = (t: number) => {
    const at = box(t)
    return (taken.labels.hits(at, 5) ? 100 : 0) + (taken.cards.hits(at, 4) ? 10 : 0) + (taken.wires.hits(at, 3, owner) ? 1 : 0)
  }
  let best = { t: 0.5, cost: Number.POSITIVE_INFINITY }
  for (const t of places) {
    const now = cost(t)
    if (now < best.cost) best = { t, cost: now }
    if (now === 0) break
  }
  taken.labels.add(box(best.t))
  return best.t
}
