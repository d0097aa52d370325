import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anySoundDesign } from '../../testing/any-design'
import { runs } from '../../testing/runs'
import { hopOf, isAppHop, nodeOf } from './design'
import { remove } from './edit'
import { tidied } from './layout'
import { pathsOf } from './path'
import { nearest, neighbour, readingOrder } from './walk'

const anyPlaced = anySoundDesign.map(tidied)
const thing = anyPlaced
  .filter(({ nodes }) => nodes.length > 0)
  .chain((design) => fc.tuple(fc.constant(design), fc.constantFrom(...design.nodes, ...design.hops)))

test('along a hop there and back', () => {
  fc.assert(
    fc.property(anyPlaced, (design) => {
      for (const hop of design.hops) {
        expect(neighbour(design, hop.id, 'right')).toBe(hop.to)
        expect(neighbour(design, hop.id, 'left')).toBe(hop.from)
      }
      for (const node of design.nodes) {
        const [next, last] = [neighbour(design, node.id, 'right'), neighbour(design, node.id, 'left')]
        expect(next !== null).toBe(design.hops.some(({ from }) => from === node.id))
        expect(last !== null).toBe(design.hops.some(({ to }) => to === node.id))
        if (next) expect(neighbour(design, next, 'left')).toBe(node.id)
        if (last) expect(neighbour(design, last, 'right')).toBe(node.id)
      }
    }),
    runs(60),
  )
})

test('down and up again is where one was, and by them all of a kind are reached', () => {
  fc.assert(
    fc.property(thing, ([design, from]) => {
      const below = neighbour(design, from.id, 'down')
      if (below) expect(neighbour(design, below, 'up')).toBe(from.id)
      const reached = new Set([from.id])
      for (const to of ['up', 'down'] as const)
        for (let at = neighbour(design, from.id, to); at; at = neighbour(design, at, to)) reached.add(at)
      if ('kind' in from) expect(reached.size).toBe(design.nodes.filter(({ kind }) => kind === from.kind).length)
      else expect(reached.size).toBe(design.hops.filter((hop) => nodeOf(design, hop.from)?.kind === nodeOf(design, from.from)?.kind).length)
    }),
    runs(60),
  )
})

test('the order of reading has everything once, and each path from the pod to the host', () => {
  fc.assert(
    fc.property(anyPlaced, (design) => {
      const order = readingOrder(design)
      expect(order.toSorted()).toEqual([...design.nodes, ...design.hops].map(({ id }) => id).toSorted())
      const at = new Map(order.map((id, index) => [id, index]))
      const place = (id: string) => at.get(id) ?? -1
      for (const { pod, hops } of pathsOf(design)) {
        expect(place(hops[0] ?? '')).toBe(place(pod.id) + 1)
        for (const hop of hops.flatMap((id) => hopOf(design, id) ?? [])) {
          const [own, end] = [place(hop.id), place(hop.to)]
          expect(end === own + 1 || end < own, 'a hop is read right before its end, or after it').toBe(true)
        }
      }
    }),
    runs(60),
  )
})

test('what is nearest stays, and there is one while a node stays', () => {
  fc.assert(
    fc.property(thing, ([design, gone]) => {
      const after = remove(design, [gone.id])
      const removed = [...design.nodes, ...design.hops]
        .map(({ id }) => id)
        .filter((id) => !after.nodes.some((node) => node.id === id) && !after.hops.some((hop) => hop.id === id))
      const near = nearest(design, removed)
      expect(near !== null).toBe(after.nodes.length > 0)
      if (near) expect(nodeOf(after, near)).toBeDefined()
      if (!('kind' in gone) && !isAppHop(gone)) expect(near).toBe(gone.from)
    }),
    runs(60),
  )
})
