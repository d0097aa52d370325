/** What is secret leaves no text, however it is written; what is not stays letter by letter. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyRestyled } from '../../../testing/any-restyled'
import { anySpelling, anyWithSecret } from '../../../testing/any-secret'
import { runs } from '../../../testing/runs'
import { isBase64 } from '../../base/base64'
import { isMap } from '../../base/loose'
import { parse } from '../parse'
import { gone, unreadable } from '../parse/secrets'
import { instead } from './keys'
import { masked } from './mask'

const leaks = (text: string, secrets: readonly string[]): readonly string[] => secrets.filter((secret) => text.includes(secret))

test('no letter of a secret is left in any spelling, the objects beside it stay as they are, and twice is as once', () => {
  fc.assert(
    fc.property(anyWithSecret, ({ text, secrets, keeps }) => {
      const left = masked(text)
      expect(leaks(left, secrets)).toEqual([])
      for (const kept of keeps) expect(left).toContain(kept)
      expect(masked(left)).toBe(left)
    }),
    runs(900),
  )
})

test('an API server refuses the data of a masked Secret: applied, it writes over nothing', () => {
  expect([isBase64(instead), isBase64(`aa${instead}`)]).toEqual([false, false])
  let values = 0
  fc.assert(
    fc.property(anyWithSecret, ({ text }) => {
      for (const { kind, group, object } of parse(masked(text)).documents) {
        if (kind !== 'Secret' || group !== '' || !isMap(object.data)) continue
        for (const value of Object.values(object.data)) {
          values++
          // What reads texts says of each value whether it is base64.
          expect([unreadable, gone, null]).toContain(value)
        }
      }
    }),
    runs(300),
  )
  expect(values).toBeGreaterThan(0)
})

const noise = ['"', "'", '[', ']', '{', '}', ':', ': ', '\t', '  ', '- ', '|', '>', '@', '`', '%', '&a ', '*b', '!c ', '\n', '\\', '{{']

/**
 * What makes it secret stays as it is, and the letters of a key: without them nothing tells that it is one. The line is that of the place, and a
 * line end in it would be none.
 */
const mayBreak = (text: string, at: number): boolean => {
  const [begin, end] = [text.lastIndexOf('\n', at - 1) + 1, text.indexOf('\n', at)]
  const line = text.slice(begin, end < 0 ? text.length : end)
  const key = text.indexOf('-----BEGIN')
  // What moves a line out of its map takes it out of the Secret.
  const moves = begin > 0 && text.slice(begin, at).trim() === ''
  return !moves && !/kind|Secret|data|<<|x:|---|\.\.\.|#|\\[ux]|[a-z0-9+/]{40}/i.test(line) && (key < 0 || at < key)
}

test('a text that is broken somewhere leaks no more', () => {
  const any = fc.tuple(
    anySpelling,
    fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(...noise)), { minLength: 1, maxLength: 3 }),
    fc.boolean(),
  )
  let broken = 0
  fc.assert(
    fc.property(any, ([{ text, secrets }, breaks, cut]) => {
      let worse = text
      for (const [where, what] of breaks) {
        const at = Math.floor(where * worse.length)
        const inside = secrets.some((secret) => {
          const from = worse.indexOf(secret)
          return from >= 0 && at > from && at < from + secret.length
        })
        if (mayBreak(worse, at) && !inside) worse = worse.slice(0, at) + what + worse.slice(at)
      }
      const left = worse.slice(0, worse.lastIndexOf(secrets[0] as string) + (secrets[0] as string).length)
      if (cut && /(?:Secret|cret|U2VjcmV0)[^]*data|PRIVATE KEY/.test(left)) worse = left
      if (worse === text) return
      broken++
      const kept = masked(worse)
      expect(leaks(kept, secrets)).toEqual([])
      expect(masked(kept)).toBe(kept)
    }),
    runs(900),
  )
  expect(broken).toBeGreaterThan(0)
})

test('a text that holds nothing secret is the very text, however it is written', () => {
  fc.assert(
    fc.property(anyRestyled(), ({ text }) => {
      expect(masked(text)).toBe(text)
    }),
    runs(20),
  )
})
