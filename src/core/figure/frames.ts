/** Frames: a namespace is the room round its pods. Nothing of it is stored. Pure. */
import { type Design, type Guard, namespaceOf } from '../model/design'
import { nodeKinds } from '../model/nodes'
import type { CardBox } from './figure'

export interface Frame {
  namespace: string
  x: number
  y: number
  width: number
  height: number
  guard: Guard | null
  /** Where hops leave, from the top of the frame: the gates in the wall. */
  gates: readonly number[]
}

const side = 10
const above = 32
const below = 44

export function framesOf(cards: readonly Pick<CardBox, 'node' | 'at' | 'docked'>[], guards: Design['guards']): Frame[] {
  const frames = new Map<string, { left: number; top: number; right: number; bottom: number; exits: number[] }>()
  const { width, height } = nodeKinds.pod.size
  const sidecar = nodeKinds.sidecar.size.height
  for (const { node, at, docked } of cards) {
    if (node.kind !== 'pod') continue
    const namespace = namespaceOf(node)
    const bottom = at.y + height + (docked ? sidecar : 0)
    const frame = frames.get(namespace)
    const exit = at.y + height + sidecar / 2
    if (!frame) frames.set(namespace, { left: at.x, top: at.y, right: at.x + width, bottom, exits: [exit] })
    else {
      frame.left = Math.min(frame.left, at.x)
      frame.top = Math.min(frame.top, at.y)
      frame.right = Math.max(frame.right, at.x + width)
      frame.bottom = Math.max(frame.bottom, bottom)
      frame.exits.push(exit)
    }
  }
  return [...frames].map(([namespace, { left, top, right, bottom, exits }]) => ({
    namespace,
    x: left - side,
    y: top - above,
    width: right - left + 2 * side,
    height: bottom - top + above + below,
    guard: guards.find((guard) => guard.namespace === namespace) ?? null,
    gates: exits.map((exit) => exit - (top - above)).toSorted((a, b) => a - b),
  }))
}

/** The pieces of wall between the gates. */
export function wallsOf({ height, gates }: Frame): { top: number; height: number }[] {
  const half = 17
  const walls: { top: number; height: number }[] = []
  let top = 8
  for (const gate of gates) {
    if (gate - half - top > 6) walls.push({ top, height: gate - half - top })
    top = Math.max(top, gate + half)
  }
  if (height - 8 - top > 6) walls.push({ top, height: height - 8 - top })
  return walls
}
