import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { textOf } from '../core/compile/print'
import type { Doc, Resource } from '../core/compile/resource'
import { runs } from '../testing/runs'
import { editsBetween, type LineEdit } from './ranges'

const known = new Map<string, Doc>()

/** The same document for the same key and lines, as print gives it back. */
function doc(key: number, lines: readonly string[], comment: readonly string[] = []): Doc {
  const id = `${key} ${lines.join('|')} ${comment.join('|')}`
  const text = [...comment.map((line) => `# ${line}`), `kind: K${key}`, ...lines].map((line) => `${line}\n`).join('')
  const made = known.get(id) ?? {
    of: { kind: 'K', namespace: 'n', name: String(key) } as Resource,
    text,
    lines: comment.length + lines.length + 1,
    marks: [],
  }
  known.set(id, made)
  return made
}

/** As an editor does it: every edit counts lines of the text before. */
function applied(text: string, edits: readonly LineEdit[]): string {
  const lines = text.split('\n')
  for (const { from, to, text } of edits.toReversed()) lines.splice(from - 1, to - from, ...text.split('\n').slice(0, -1))
  return lines.join('\n')
}

const inOrder = (edits: readonly LineEdit[]): boolean =>
  edits.every((edit, index) => edit.from <= edit.to && edit.from >= (edits[index - 1]?.to ?? 1))

const lines = fc.array(fc.constantFrom('a', 'b', '  c: 1', '中文', '', '# d'), { maxLength: 5 })
const comment = fc.array(fc.constantFrom('x', '网关'), { maxLength: 2 })
const some = fc
  .uniqueArray(fc.tuple(fc.nat(9), lines, comment), { selector: ([key]) => key, maxLength: 8 })
  .map((items) => items.map(([key, lines, comment]) => doc(key, lines, comment)))

describe('edits between two printings', () => {
  test('lead from the text before to the text after, in order and apart', () => {
    fc.assert(
      fc.property(some, some, (before, after) => {
        const edits = editsBetween(before, after)
        expect(applied(textOf(before), edits)).toBe(textOf(after))
        expect(inOrder(edits)).toBe(true)
      }),
      runs(3000),
    )
  })

  test('of the same documents are none', () => {
    fc.assert(
      fc.property(some, (docs) => {
        expect(editsBetween(docs, [...docs])).toEqual([])
      }),
    )
  })

  const [a, b, c] = [doc(1, ['x', 'y', 'z']), doc(2, ['x']), doc(3, ['y'])]
  test.each<[string, Doc[], Doc[], LineEdit[]]>([
    ['one line of one document', [a, b, c], [doc(1, ['x', 'q', 'z']), b, c], [{ from: 3, to: 4, text: 'q\n' }]],
    [
      'two documents',
      [a, b, c],
      [doc(1, ['y', 'z']), b, doc(3, ['y', 'y'])],
      [
        { from: 2, to: 3, text: '' },
        { from: 11, to: 11, text: 'y\n' },
      ],
    ],
    [
      'the comment and the last line',
      [doc(4, ['x', 'y'], ['one'])],
      [doc(4, ['x', 'y', 'z'], ['two'])],
      [
        { from: 1, to: 2, text: '# two\n' },
        { from: 5, to: 5, text: 'z\n' },
      ],
    ],
    ['the first one goes', [a, b], [b], [{ from: 1, to: 6, text: '' }]],
    ['the last one goes', [a, b], [a], [{ from: 5, to: 8, text: '' }]],
    ['a new first one', [b], [a, b], [{ from: 1, to: 1, text: 'kind: K1\nx\ny\nz\n---\n' }]],
    ['the very first', [], [b], [{ from: 1, to: 1, text: 'kind: K2\nx\n' }]],
    ['all go', [a, b], [], [{ from: 1, to: 8, text: '' }]],
  ])('%s', (_, before, after, edits) => expect(editsBetween(before, after)).toEqual(edits))

  test('read only the documents that differ', () => {
    let reads = 0
    const watched = (made: Doc): Doc => ({
      ...made,
      get text() {
        reads++
        return made.text
      },
    })
    const many = Array.from({ length: 5000 }, (_, index) => watched(doc(index + 100, ['some: text'])))
    const next = many.with(10, doc(110, ['other: text'])).with(4990, doc(5090, ['other: text']))
    expect(editsBetween(many, next)).toHaveLength(2)
    expect(reads).toBeLessThan(10)
  })
})
