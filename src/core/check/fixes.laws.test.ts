/** A fix is plain data: a copy of it changes the text that it was found in, whatever was read meanwhile. */
import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { runs } from '../../testing/runs'
import { labSurroundings } from '../istio/surroundings'
import { read } from '../read/read'
import type { Change } from '../yaml/document'
import { parse } from '../yaml/parse'
import { patched } from '../yaml/patch'
import { lint } from './lint'
import { rules } from './rules'

const examples = rules.flatMap(({ bad }) => bad.map(({ yaml }) => yaml))

function fixesIn(text: string): (readonly Change[])[] {
  const { documents, findings } = parse(text)
  const all = [...findings, ...lint({ documents, mesh: read(documents), around: labSurroundings })]
  return all.flatMap(({ fix }) => (fix ? [fix.changes] : []))
}

/** The same code, which has read nothing yet. */
async function afresh(): Promise<typeof patched> {
  vi.resetModules()
  return (await import('../yaml/patch')).patched
}

test('a copy of a fix does to the text what the fix does, after everything that was read is forgotten', async () => {
  // The same example may come twice: then two documents are called the same.
  const texts = fc.array(fc.constantFrom(...examples), { minLength: 1, maxLength: 3 }).map((list) => list.join('---\n'))
  const played: { text: string; changes: readonly Change[]; before: ReturnType<typeof patched> }[] = []
  fc.assert(
    fc.property(texts, (text) => {
      for (const changes of fixesIn(text)) played.push({ text, changes, before: patched(text, changes) })
    }),
    runs(50),
  )
  const again = await afresh()
  expect(again).not.toBe(patched)
  const fixed = played.filter(({ before }) => 'text' in before)
  expect(fixed.length).toBeGreaterThan(played.length / 2)
  for (const { text, changes, before } of played) expect(again(text, structuredClone(changes) as Change[])).toEqual(before)
})

test('a place names one document, also among those that are called the same', () => {
  const one = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {x: old}\n'
  for (const text of [
    `${one}---\n${one}---\n${one}`,
    `apiVersion: v1\nkind: List\nitems:\n${`- ${one.trim().replaceAll('\n', '\n  ')}\n`.repeat(3)}`,
  ]) {
    const { documents } = parse(text)
    expect(new Set(documents.map(({ id }) => id.key)).size).toBe(3)
    for (const [index, { id }] of documents.entries()) {
      const result = patched(text, [{ set: { of: structuredClone(id), path: ['data', 'x'] }, value: 'new' }])
      const values = parse('text' in result ? result.text : '').documents.map(({ object }) => (object.data as { x: string }).x)
      expect(values).toEqual(documents.map((_, each) => (each === index ? 'new' : 'old')))
    }
  }
})
