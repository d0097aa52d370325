import fc from 'fast-check'
import { expect, test } from 'vitest'
import { runs } from '../testing/runs'
import { type TextEdit, textEdits } from './text-edits'

const applied = (text: string, edits: readonly TextEdit[]): string =>
  edits.reduceRight((now, { from, to, text }) => now.slice(0, from) + text + now.slice(to), text)

const line = fc.constantFrom('a: 1', 'b: 2', '---', '--- # x', '', '  c: 文', '😀', '😁')
const text = fc.array(line, { maxLength: 12 }).chain((lines) => fc.constantFrom(lines.join('\n'), `${lines.join('\n')}\n`))

test('lead from one text to the other, in order and apart, and cut no letter', () => {
  fc.assert(
    fc.property(text, text, (was, is) => {
      const edits = textEdits(was, is)
      expect(applied(was, edits)).toBe(is)
      for (const [index, { from, to }] of edits.entries()) {
        expect(from).toBeLessThanOrEqual(to)
        expect(from).toBeGreaterThanOrEqual(edits[index - 1]?.to ?? 0)
        for (const at of [from, to]) expect(() => encodeURIComponent(was.slice(0, at))).not.toThrow()
      }
    }),
    runs(2000),
  )
})

test('two documents that change leave the one between them alone', () =>
  expect(textEdits('a: 1\n---\nb: 1\n---\nc: 1\n', 'a: 2\n---\nb: 1\n---\nc: 3\n')).toEqual([
    { from: 3, to: 4, text: '2' },
    { from: 21, to: 22, text: '3' },
  ]))

test('the same text has none', () => expect(textEdits('a\n', 'a\n')).toEqual([]))
