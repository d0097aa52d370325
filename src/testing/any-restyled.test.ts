/** What other people write in place of our YAML means the same to the tracer too; real proxies say so in `npm run restyled`. */
import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import proven from '../../e2e/mesh/restyled.json'
import { pathsOf } from '../core/model/path'
import { surroundingsOf } from '../core/picture/drawn-surroundings'
import { read } from '../core/read/read'
import { trace } from '../core/trace/trace'
import { parse } from '../core/yaml/parse'
import { leaves, requestAlong } from './along'
import { anyRestyled, type Restyled, rewritings } from './any-restyled'
import { runs } from './runs'

vi.setConfig({ testTimeout: 600_000 })

/** Each path of the design, in the design's own surroundings: what of it goes another way. */
function lost({ design, text }: Restyled): string[] {
  const { documents, findings } = parse(text)
  const mesh = read(documents)
  const around = surroundingsOf(design)
  return [
    ...findings.filter(({ level }) => level === 'error').map(({ says }) => says.en),
    ...pathsOf(design).flatMap((path) => {
      const wrong = leaves(path, trace(mesh, around, requestAlong(path)))
      return wrong.length > 0 ? [requestAlong(path).url, ...wrong] : []
    }),
  ]
}

test('names are said once, and real proxies have proven each rewriting', () => {
  const names = rewritings.map(({ name }) => name)
  expect(new Set(names).size).toBe(names.length)
  expect(names.filter((name) => !Object.hasOwn(proven, name))).toEqual([])
})

test.each(rewritings.map(({ name }) => name))('%s keeps the way of every request', (name) =>
  fc.assert(
    fc.property(anyRestyled([name], 1), (one) => {
      expect(lost(one)).toEqual([])
    }),
    runs(5),
  ),
)

test('many at once keep it too', () =>
  fc.assert(
    fc.property(anyRestyled(), (one) => {
      expect(lost(one)).toEqual([])
    }),
    runs(100),
  ))
