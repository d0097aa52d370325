import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anySoundDesign } from '../../testing/any-design'
import { anyEdit } from '../../testing/any-edit'
import { runs } from '../../testing/runs'
import type { Design } from './design'
import { type Difference, differenceOf, narrowed } from './difference'
import { readNotation, writeNotation } from './notation'

const drawn = (...lines: string[]): Design => readNotation(lines.join('\n')).design
const told = ({ design, marks }: Difference): Record<string, string> => {
  const names = new Map(design.nodes.map(({ id, kind, name }) => [id, `${kind} ${name}`]))
  for (const { id, from, to } of design.hops) names.set(id, `${names.get(from)} > ${names.get(to)}`)
  return Object.fromEntries([...marks].map(([id, mark]) => [String(names.get(id)), mark]))
}

/** The same picture under ids of its own. */
const anew = (design: Design): Design => ({ ...differenceOf(design, design).design, name: design.name })

test('the same picture under other ids has no mark', () =>
  fc.assert(
    fc.property(anySoundDesign, (design) => {
      const { marks, guards } = differenceOf(design, anew(design))
      expect([...marks, ...guards]).toEqual([])
    }),
    runs(20),
  ))

test('without what is gone it is the picture after; the other way round, what is new is gone', () =>
  fc.assert(
    fc.property(anySoundDesign, anyEdit, (before, edit) => {
      const after = edit.of(before)
      const { design, marks } = differenceOf(before, after)
      const isHere = ({ id }: { id: string }) => marks.get(id) !== 'gone'
      const left = { ...design, nodes: design.nodes.filter(isHere), hops: design.hops.filter(isHere) }
      expect(writeNotation(left)).toBe(writeNotation(after))
      const of = (mark: string, marked: Difference) => [...marked.marks.values()].filter((each) => each === mark).length
      const back = differenceOf(after, before)
      expect([of('new', back), of('gone', back), of('changed', back)]).toEqual([
        of('gone', { design, marks } as Difference),
        of('new', { design, marks } as Difference),
        of('changed', { design, marks } as Difference),
      ])
    }),
    runs(40),
  ))

test('what comes, changes and goes has its mark', () => {
  const before = drawn('sleep HTTP -> a.example.com SIMPLE', 'sleep HTTP -> b.example.com SIMPLE')
  const after = drawn('sleep HTTP -> a.example.com DISABLE', 'sleep HTTP -> c.example.com SIMPLE', 'guard default')
  const difference = differenceOf(before, after)
  expect(told(difference)).toEqual({
    'sidecar sleep > host a.example.com': 'changed',
    'host b.example.com': 'gone',
    'sidecar sleep > host b.example.com': 'gone',
    'host c.example.com': 'new',
    'sidecar sleep > host c.example.com': 'new',
  })
  expect([...difference.guards]).toEqual([['default', 'new']])
})

test('of many things those are left that are marked, with what they hang on', () => {
  const lines = Array.from({ length: 50 }, (_, nth) => `sleep HTTP -> host-${nth}.example.com SIMPLE`)
  const { design } = narrowed(differenceOf(drawn(...lines), drawn(...lines, 'sleep HTTP -> more.example.com SIMPLE')), 10)
  expect(design.nodes.map(({ name }) => name)).toEqual(['sleep', 'sleep', 'more.example.com'])
})
