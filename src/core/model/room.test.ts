import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anySoundDesign } from '../../testing/any-design'
import { runs } from '../../testing/runs'
import { paste } from './copy'
import type { Design } from './design'
import { type Box, boxesOf, tidied } from './layout'
import { aligned, roomFor, tidiedPart } from './room'

const anyPlaced = anySoundDesign.map(tidied)
const anyPart = anyPlaced
  .filter(({ nodes }) => nodes.length > 0)
  .chain((design) =>
    fc.tuple(
      fc.constant(design),
      fc.subarray(design.nodes, { minLength: 1 }).map((nodes) => nodes.map(({ id }) => id)),
    ),
  )

const apart = (a: Box, b: Box): boolean => a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y

/** No card of the one group lies on a card of the other. */
function expectApart(design: Design, isOne: (id: string) => boolean): void {
  const boxes = boxesOf(design)
  for (const a of boxes.filter(({ id }) => isOne(id)))
    for (const b of boxes.filter(({ id }) => !isOne(id))) expect(apart(a.box, b.box), `${a.id} and ${b.id}`).toBe(true)
}

test('what is pasted lies on nothing, and is moved as one', () => {
  fc.assert(
    fc.property(anyPlaced, (design) => {
      const part = { nodes: design.nodes, hops: design.hops }
      const by = roomFor(design, part)
      const { design: after, ids } = paste(design, part, by)
      expectApart(after, (id) => ids.includes(id))
      for (const [index, id] of ids.entries()) {
        const [was, is] = [design.nodes[index]?.at, after.nodes.find((node) => node.id === id)?.at]
        expect(is).toEqual(was && { x: was.x + by.x, y: was.y + by.y })
      }
    }),
    runs(40),
  )
})

test('a part that is put in order lies on nothing else, and the rest stays where it was', () => {
  fc.assert(
    fc.property(anyPart, ([design, ids]) => {
      const after = tidiedPart(design, ids)
      const moved = new Set(
        after.nodes.flatMap((node, index) => (JSON.stringify(node.at) === JSON.stringify(design.nodes[index]?.at) ? [] : [node.id])),
      )
      for (const id of moved) {
        const mates = design.hops.flatMap((hop) => ('call' in hop ? (hop.to === id ? [hop.from] : hop.from === id ? [hop.to] : []) : []))
        expect(
          [id, ...mates].some((each) => ids.includes(each)),
          id,
        ).toBe(true)
      }
      const own = new Set(ids)
      for (const hop of design.hops) if ('call' in hop && own.has(hop.to)) own.add(hop.from)
      expectApart(after, (id) => own.has(id))
      expect({ ...after, nodes: [] }).toEqual({ ...design, nodes: [] })
    }),
    runs(40),
  )
})

test('a card that is nearly in line is told by how much it is not, and by no more', () => {
  const box = fc.record({
    x: fc.integer({ max: 999, min: 0 }),
    y: fc.integer({ max: 999, min: 0 }),
    width: fc.constant(180),
    height: fc.integer({ max: 200, min: 40 }),
  })
  fc.assert(
    fc.property(box, fc.array(box, { maxLength: 5 }), (own, others) => {
      const { by, lines } = aligned(own, others, 6)
      expect(Math.max(Math.abs(by.x), Math.abs(by.y))).toBeLessThanOrEqual(6)
      const moved = { ...own, x: own.x + by.x, y: own.y + by.y }
      for (const { from, to } of lines)
        expect(from.x === to.x ? from.x === moved.x : [moved.y, moved.y + moved.height / 2].includes(from.y)).toBe(true)
      if (others.some((other) => other.x === own.x)) expect(by.x).toBe(0)
    }),
    runs(200),
  )
})
