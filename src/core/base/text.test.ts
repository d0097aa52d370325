import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { plural } from './text'

test('English tells one from more, and Chinese has one form', () => {
  const forms = { one: 'line', other: 'lines' }
  expect([0, 1, 2, 21].map((count) => plural('en', count, forms))).toEqual(['lines', 'line', 'lines', 'lines'])
  expect([0, 1, 2, 21].map((count) => plural('zh', count, forms))).toEqual(['lines', 'lines', 'lines', 'lines'])
})

test('no count chooses a word but by plural()', () => {
  const src = fileURLToPath(new URL('../../', import.meta.url))
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) => /(?<!\.test)\.tsx?$/.test(file))
  expect(files.length).toBeGreaterThan(100)
  const byHand = /\$\{\w+(?:\.length)? === 1 \? '|\b(?:n|count|errors|steps) === 1 \? (?:one\b|words\.|say\()/
  for (const text of [
    "`${n} ${n === 1 ? 'line' : 'lines'}`",
    '${n === 1 ? one : `${one}s`}',
    'say(errors === 1 ? words.oneError : words.errors)',
  ])
    expect(text).toMatch(byHand)
  expect(files.filter((file) => byHand.test(readFileSync(join(src, file), 'utf8')))).toEqual([])
})
