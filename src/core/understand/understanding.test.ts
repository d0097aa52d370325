/** An understanding is a value: it is plain data, is made once, and an edit of one document leaves what comes of the others. */
import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { memoText } from '../base/memo'
import { emptyDesign } from '../model/design'
import { draw } from '../picture/draw'
import { parse } from '../yaml/parse'
import { type Made, type Sources, stepsOf, type Understanding, understander } from './understanding'

const texts = Object.values(import.meta.glob<string>('../../examples/golden/*.yaml', { query: '?raw', import: 'default', eager: true }))

const sources = (text: string, more: Partial<Sources> = {}): Sources => ({
  text,
  own: true,
  design: draw([], { ...understander(parse)(bare(text)).mesh }, null).design,
  schemas: null,
  made: null,
  ...more,
})
const bare = (text: string): Sources => ({ text, own: true, design: emptyDesign, schemas: null, made: null })

const stages = ({ mesh, around, drawing, judged, accepted }: Understanding) => ({ mesh, around, drawing, judged, accepted })

test('every stage survives a trip to another thread', () => {
  fc.assert(
    fc.property(fc.constantFrom(...texts), (text) => {
      const now = understander(parse)(sources(text))
      const [pod] = now.around.pods
      const all = { ...stages(now), trace: now.trace({ from: `${pod?.namespace}/${pod?.name}`, url: 'http://edition.cnn.com/politics' }) }
      expect(structuredClone(all)).toEqual(all)
    }),
    { numRuns: 10 },
  )
})

test('a text is read once, and each stage is made once, whoever asks and however often', () => {
  const read = vi.fn<typeof parse>(parse)
  const understood = understander(memoText(2, read))
  const [text = ''] = texts
  const of = sources(text)
  const [one, other] = [understood(of), understood({ ...of })]
  expect(other).toBe(one)
  const [first, again] = [stages(one), stages(other)]
  for (const key of Object.keys(first) as (keyof typeof first)[]) expect(again[key]).toBe(first[key])
  expect(read).toHaveBeenCalledTimes(1)
})

test('what the documents beside an edited one say stays the same objects', () => {
  fc.assert(
    fc.property(fc.constantFrom(...texts), fc.nat(), (text, at) => {
      const understood = understander(parse)
      const before = understood(bare(text))
      const { documents, mesh } = before
      const edited = documents[at % documents.length]
      if (!edited) return
      const after = understood(bare(text.replace(edited.text, `${edited.text.trimEnd()}\n# a remark\n`)))
      const others = (list: typeof mesh.routes) => list.filter(({ from }) => from.of.key !== edited.id.key)
      expect(after.documents.filter((document) => documents.includes(document))).toHaveLength(documents.length - 1)
      expect(others(after.mesh.routes).every((routes) => mesh.routes.includes(routes))).toBe(true)
    }),
    { numRuns: 20 },
  )
})

test('in pieces it comes out as at once', () => {
  const [text = ''] = texts
  const now = understander(parse)(sources(text))
  const steps = stepsOf(now)
  let step = steps.next()
  while (!step.done) step = steps.next()
  const made: Made = step.value
  expect(made.judged).toEqual(now.judged)
  expect(made.drawing).toMatchObject({ places: now.drawing.places, notDrawn: now.drawing.notDrawn })
})
