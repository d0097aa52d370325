/** Law P1: what is printed, parsed, read and drawn again means the same. */
import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { lessons } from '../lessons'
import { anySoundDesign } from '../testing/any-design'
import { meaningFor } from '../testing/meaning'
import { compile } from './compile'
import type { Design } from './design'
import { dialects } from './dialects'
import type { Dialect } from './dialects/kind'
import { draw } from './draw'
import { placed } from './layout'
import { parse } from './parse'
import { print, textOf } from './print'
import { read } from './read'

vi.setConfig({ testTimeout: 600_000 })
const runs = { numRuns: Number(process.env.LAW_RUNS ?? 100) }
const each = Object.values(dialects).map((dialect) => [dialect.id, dialect] as const)

const textFor = (design: Design, dialect: Dialect): string =>
  textOf(print(compile(design, dialect), dialect, { comments: false, lang: 'en' }))

function again(design: Design, dialect: Dialect, before: Design | null) {
  const { documents, findings } = parse(textFor(design, dialect))
  expect(findings).toEqual([])
  return draw(documents, read(documents), before)
}

describe.each(each)('%s', (_, dialect) => {
  test.each(lessons.map((lesson) => [lesson.id, lesson.design] as const))('%s drawn from its YAML alone', (_, design) => {
    const { design: drawn, notDrawn } = again(design, dialect, null)
    expect(meaningFor(drawn, dialect)).toEqual(meaningFor(design, dialect))
    expect(notDrawn).toEqual([])
  })

  test.each(lessons.map((lesson) => [lesson.id, lesson.design] as const))('%s drawn over itself is itself', (_, design) => {
    const before = placed(design)
    expect(again(before, dialect, before).design).toBe(before)
  })

  test('any sound design, drawn over itself', () =>
    fc.assert(
      fc.property(anySoundDesign, (design) => {
        expect(meaningFor(again(design, dialect, design).design, dialect)).toEqual(meaningFor(design, dialect))
      }),
      runs,
    ))
})
