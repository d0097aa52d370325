import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anySoundDesign } from '../../testing/any-design'
import { runs } from '../../testing/runs'
import type { Design, Node } from './design'
import { mayConnect } from './edit'
import { placed, tidied } from './layout'
import { grown, grownBack, newBeside, nextOf, sibling, startOf } from './next'
import { nodeKinds } from './nodes'

const node = anySoundDesign
  .map(tidied)
  .filter(({ nodes }) => nodes.length > 0)
  .chain((design) => fc.tuple(fc.constant(design), fc.constantFrom(...design.nodes)))

/** Nothing that was there is changed, and the new node is of the kind. */
function expectAdded(before: Design, made: { design: Design; id: string }, kind: Node['kind'], hops: number): void {
  expect(made.design.nodes.slice(0, before.nodes.length)).toEqual(before.nodes)
  expect(made.design.hops.slice(0, before.hops.length)).toEqual(before.hops)
  expect(made.design.nodes.find(({ id }) => id === made.id)?.kind).toBe(kind)
  expect(made.design.hops.length - before.hops.length).toBe(hops)
}

test('what can follow is what may be connected, each once', () => {
  fc.assert(
    fc.property(node, ([design, { id }]) => {
      const { fresh, again } = nextOf(design, id)
      const legal = design.nodes.filter((other) => mayConnect(design, id, other.id) === true)
      expect([...fresh, ...again].map((each) => each.id).toSorted()).toEqual(legal.map((each) => each.id).toSorted())
    }),
    runs(60),
  )
})

test('a new node with its hop changes nothing that was there, and lies on no card', () => {
  fc.assert(
    fc.property(node, ([design, own]) => {
      for (const kind of nextOf(design, startOf(design, own.id)).kinds) {
        const made = grown(design, own.id, kind)
        if ('refused' in made) throw new Error(made.refused.en)
        expectAdded(design, made, kind, 1)
      }
      if (own.kind === 'gateway' || own.kind === 'host') {
        const made = grownBack(design, own.id)
        if ('refused' in made) throw new Error(made.refused.en)
        expectAdded(design, made, 'pod', 2)
      }
      const again = sibling(design, own.id)
      if ('refused' in again) expect(own.kind).toBe('sidecar')
      else expect(again.design.nodes.find(({ id }) => id === again.id)?.kind).toBe(own.kind)
      for (const kind of ['pod', 'gateway', 'host'] as const) {
        const { design: wished, id } = newBeside(design, kind, own.id)
        const next = placed(wished)
        const box = boxOf(next.nodes.find((each) => each.id === id) as Node)
        for (const other of next.nodes)
          if (other.kind !== 'sidecar' && other.id !== id) expect(apart(box, boxOf(other)), other.id).toBe(true)
      }
    }),
    runs(40),
  )
})

/** A card with one row at least. */
function boxOf({ kind, at }: Node) {
  const { size, row } = nodeKinds[kind]
  const height = size.height + row + (kind === 'pod' ? nodeKinds.sidecar.size.height : 0)
  return { x: at?.x ?? 0, y: at?.y ?? 0, width: size.width, height }
}

type Box = ReturnType<typeof boxOf>
const apart = (a: Box, b: Box): boolean => a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y
