import fc from 'fast-check'
import { expect, test } from 'vitest'
import { rowsOf, rowsWith } from './differing'

const texts = fc.array(fc.constantFrom('a', 'b', 'c', '  d', 'e: 1'), { minLength: 1, maxLength: 12 }).map((lines) => lines.join('\n'))

test('both sides are there whole, in order and numbered', () => {
  fc.assert(
    fc.property(texts, texts, (left, right) => {
      const rows = rowsOf(left, right)
      for (const [side, text] of [
        ['left', left],
        ['right', right],
      ] as const) {
        const lines = rows.flatMap((row) => row[side] ?? [])
        expect(lines.map((line) => line.text).join('\n')).toBe(text)
        expect(lines.map(({ line }) => line)).toEqual(lines.map((_, index) => index + 1))
      }
      for (const row of rows) if (row.left && !row.left.changed) expect(row.right?.text).toBe(row.left.text)
    }),
  )
})

test('equal texts have no change', () => {
  expect(rowsOf('a\nb', 'a\nb\n').some(({ left, right }) => left?.changed || right?.changed)).toBe(false)
})

test('a reason is found where a line differs, and nowhere else', () => {
  const rows = rowsOf('kind: A\nmode: MUTUAL\nhost: a', 'kind: A\nmode: ISTIO_MUTUAL\nhost: a')
  expect(rowsWith(rows, 'MUTUAL')).toEqual([1])
  expect(rowsWith(rows, 'host')).toEqual([])
})
