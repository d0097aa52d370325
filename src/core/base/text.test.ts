import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { numbered, plural } from './text'

test('English tells one from more, and Chinese has one form', () => {
  const forms = { one: 'line', other: 'lines' }
  expect([0, 1, 2, 21].map((count) => plural('en', count, forms))).toEqual(['lines', 'line', 'lines', 'lines'])
  expect([0, 1, 2, 21].map((count) => plural('zh', count, forms))).toEqual(['lines', 'lines', 'lines', 'lines'])
  expect(plural('en', 1, { other: 'sheep' })).toBe('sheep')
  expect([0, 1, 2].map((count) => numbered(count, 'entry', 'entries'))).toEqual(['0 entries', '1 entry', '2 entries'])
})

/** A word that is chosen by a count, or is behind one, in other ways than `plural()` and `numbered()`. */
const byHand = [
  // `${n} ${n === 1 ? 'line' : 'lines'}`, say(errors > 1 ? words.errors : words.oneError)
  /\$\{[^{}]*(?:[=!]==|[<>]=?) [12] \? ['"`]/,
  /(?:[=!]==|[<>]=?) [12] \? (?:one\b|many\b|words\.|say\()/,
  // `${lines.length} lines`, `${limit} more entries`
  /\$\{[^{}]*(?:\.length|\.size|\blimit|\b[cC]ount\w*|\bn|\bmany)(?: [-+] [^{}]*)?\} (?:more )?[a-z]+s\b/,
  // In a catalogue: 'Show {n} lines', where it is not one of several forms.
  /^(?!.*(?:other|one|few|many): ').*'[^']*\{(?:n|all|of|count)\} (?:more )?[a-z]+s\b/m,
]

test.each([
  "`${n} ${n === 1 ? 'line' : 'lines'}`",
  "`${lines.length > 1 ? 'lines' : 'line'}`",
  '${n === 1 ? one : `${one}s`}',
  'say(errors === 1 ? words.oneError : words.errors)',
  '`at most ${limit} characters.`',
  '`${all.length - shown} more lines`',
  "  allLines: 'Show all {n} lines',",
])('%s counts by hand', (text) => expect(byHand.some((law) => law.test(text))).toBe(true))

test('no count chooses a word but by plural()', () => {
  const src = fileURLToPath(new URL('../../', import.meta.url))
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) => /(?<!\.test)\.tsx?$/.test(file))
  expect(files.length).toBeGreaterThan(100)
  const found = files.flatMap((file) => {
    const text = readFileSync(join(src, file), 'utf8')
    return byHand.flatMap((law) => law.exec(text)?.[0] ?? []).map((what) => `${file}: ${what}`)
  })
  expect(found).toEqual([])
})
