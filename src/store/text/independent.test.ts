/** What may be left out of many fixes changes nothing of the others. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lint } from '../../core/check/lint'
import { labSurroundings } from '../../core/istio/surroundings'
import { read } from '../../core/read/read'
import type { Fix } from '../../core/yaml/document'
import { parse } from '../../core/yaml/parse'
import { changed, patched } from '../../core/yaml/patch'
import { placeOf } from '../../core/yaml/patch/changed'
import { anyBroken } from '../../testing/any-broken'
import { runs } from '../../testing/runs'
import { changesOf, groupsOf } from './independent'

const of = (key: string) => ({ group: '', version: 'v1', kind: 'A', namespace: '', name: key, key })
const setting = (key: string, ...path: (string | number)[]): Fix => ({
  says: { en: '', zh: '' },
  changes: [{ set: { of: of(key), path }, value: 1 }],
})

test('fixes of one part are one choice, those of different parts are different ones', () => {
  const [a, b, c, d] = [setting('a', 'x'), setting('a', 'y'), setting('b', 'x'), setting('a', 'x', 0)]
  expect(groupsOf([a, b, c, d])).toEqual([[a, d], [b], [c]])
  // One that touches two joins them.
  const both = { ...a, changes: [...a.changes, ...b.changes] }
  expect(groupsOf([a, b, both])).toEqual([[a, b, both]])
})

test('whatever is left out, the rest is made, and objects of which nothing was chosen stay', { timeout: 240_000 }, () => {
  fc.assert(
    fc.property(anyBroken(2), fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }), ({ text }, wanted) => {
      const { documents } = parse(text)
      const found = lint({ documents, mesh: read(documents), around: labSurroundings })
      const groups = groupsOf(found.flatMap(({ fix }) => fix ?? []))
      const chosen = changesOf(groups.filter((_, index) => wanted[index % wanted.length]).flat())
      const result = patched(text, chosen)
      if (!('text' in result)) return
      const now = parse(result.text).documents.map(({ object }) => object)
      expect(now).toEqual(changed(documents, chosen))
      const touched = new Set(chosen.map((change) => placeOf(change)?.of.key))
      for (const { id, object } of documents) if (!touched.has(id.key)) expect(now).toContainEqual(object)
    }),
    runs(60),
  )
})
