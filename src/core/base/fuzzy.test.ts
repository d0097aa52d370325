import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fuzzy } from './fuzzy'

const letters = fc.string({ unit: fc.constantFrom(...'abcdeZ 设计'), minLength: 0, maxLength: 30 })

test('letters in their order are an answer, whatever is between them', () => {
  const taken = letters.chain((text) => fc.tuple(fc.constant(text), fc.subarray([...text.replace(/\s/g, '')]), fc.boolean()))
  fc.assert(fc.property(taken, ([text, some, upper]) => fuzzy(upper ? some.join('').toUpperCase() : some.join(''), text) !== null))
})

test('a letter that is not there is no answer', () => {
  fc.assert(fc.property(letters, letters, (text, query) => fuzzy(`${query}x`, text) === null))
})

test('of two answers the one that has the word whole is better, then the one that has it at a beginning', () => {
  const best = (query: string, ...texts: string[]) => texts.toSorted((a, b) => (fuzzy(query, b) ?? -1) - (fuzzy(query, a) ?? -1))[0]
  expect(best('gate', 'Go and take', 'Add gateway', 'Mitigate')).toBe('Add gateway')
  expect(best('添加', '为它添加主机', '添加主机')).toBe('添加主机')
  expect(best('ag', 'Add gateway', 'Trace')).toBe('Add gateway')
  expect(best('', 'Undo', 'Redo it all')).toBe('Undo')
})

test('each word must be there, in any order', () => {
  expect(fuzzy('gateway add', 'Add gateway')).not.toBeNull()
  expect(fuzzy('add host', 'Add gateway')).toBeNull()
})
