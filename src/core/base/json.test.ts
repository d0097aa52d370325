import fc from 'fast-check'
import { expect, test } from 'vitest'
import { runs } from '../../testing/runs'
import { brokenAt } from './json'

const parses = (text: string): boolean => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

const cases: [string, number | null][] = [
  ['{"a": [1, -0.5e3, true, null, "\\u00e9\\n"]}', null],
  ['', 0],
  ['{"a": 1,}', 8],
  ['{"a" 1}', 5],
  ['[1 2]', 3],
  ['[1]]', 3],
  ['{]', 1],
  ['{"a": "b', 8],
  ['{"a": "\\x"}', 7],
  ['"a\nb"', 2],
  ['["\\u00', 6],
  ['01', 1],
]
test.each(cases)('%s is broken at %s', (text, at) => expect(brokenAt(text)).toBe(at))

test('a string of megabytes is no burden', () => expect(brokenAt(`["${'\\n'.repeat(2_000_000)}`)).toBe(4_000_002))

test('says that all is well just where JSON.parse does', () => {
  const piece = fc.constantFrom('{', '}', '[', ']', ',', ':', '"a"', '1', '-', 'true', 'nul', '"', '\n', ' ', '.5', '1e5', '\\')
  fc.assert(
    fc.property(
      fc.oneof(
        fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join('')),
        fc.json(),
      ),
      (text) => {
        expect(brokenAt(text) === null, text).toBe(parses(text))
      },
    ),
    runs(3000),
  )
})
