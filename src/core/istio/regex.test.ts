import { expect, test } from 'vitest'
import { regexFits, regexProblem } from './regex'

test.each([
  ['/politics.*', '/politics/eu', true],
  ['/politics', '/politics/eu', false],
  ['(?i)/POLITICS', '/politics', true],
  ['/a\\-b', '/a-b', true],
  ['[[:alpha:]]+', 'abc', true],
  ['(?=a)a', 'a', false],
  ['(', '(', false],
])('%s compares all of %s: %s', (pattern, value, fits) => expect(regexFits(pattern, value)).toBe(fits))

test('no pattern and no text takes longer than its length', () => {
  for (const pattern of ['(a+)+', '(a|a)*', '(.*a){12}', '(a*)*b']) regexFits(pattern, `${'a'.repeat(100_000)}!`)
  expect(regexFits('(a+)+', `${'a'.repeat(100_000)}!`)).toBe(false)
})

test('Istio refuses what RE2 does not read, and what is longer than it takes', () => {
  expect(['a', '(?=a)', '[', '*', 'a'.repeat(1024), '中'.repeat(400)].map(regexProblem)).toEqual([
    null,
    'no RE2',
    'no RE2',
    'no RE2',
    null,
    'too long',
  ])
})
