/** A sentence for each value that a file may hold in place of another, without the words of the validator. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { examples } from '../../examples'
import { lessons } from '../../lessons/catalog'
import { readLesson } from '../../lessons/read'
import { runs } from '../../testing/runs'
import { designFromJson, designToJson } from '../model/link'

const jargon = /\b(?:expected|found|undefined|never|Array|Object|NaN|invalid|received)\b|Invalid /
const others: readonly unknown[] = [undefined, null, 7, -1, 'x', '', [], {}, true, [[]], { x: 1 }]

/** The same value with one part of it, found by turns at random, replaced or taken away. */
function damaged(value: unknown, turns: readonly number[], by: unknown): unknown {
  const [turn, ...rest] = turns
  if (turn === undefined || typeof value !== 'object' || value === null) return by
  const keys = Object.keys(value)
  const key = keys[turn % Math.max(1, keys.length)]
  if (key === undefined) return by
  const part = damaged((value as Record<string, unknown>)[key], rest, by)
  if (Array.isArray(value)) return value.with(Number(key), part)
  return { ...value, [key]: part }
}

const turns = fc.array(fc.nat(20), { minLength: 1, maxLength: 6 })
const designs: readonly unknown[] = examples.map(({ design }) => JSON.parse(designToJson(design)) as unknown)
const files: readonly unknown[] = lessons.map(({ id, title, story, start, steps }) => ({ lesson: 1, id, title, story, start, steps }))

test.each([
  ['a design', designs, (text: string) => designFromJson(text).findings],
  ['a lesson', files, (text: string) => readLesson(text).findings],
] as const)('%s', (_, all, findingsOf) => {
  let told = 0
  fc.assert(
    fc.property(fc.constantFrom(...all), turns, fc.constantFrom(...others), (value, where, by) => {
      for (const { says } of findingsOf(JSON.stringify(damaged(value, where, by)))) {
        told++
        expect(says.en).not.toMatch(jargon)
        expect(says.zh).not.toMatch(jargon)
        expect(says.zh).toMatch(/\p{Script=Han}/u)
      }
    }),
    runs(400),
  )
  expect(told).toBeGreaterThan(0)
})
