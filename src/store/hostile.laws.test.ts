/**
 * 30,000 hostile inputs over every border of the page: what a person pastes, opens, follows or has stored. None throws, none goes on for ever, and what
 * was typed can be read again as it was, but for what is secret.
 */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { designFromJson, designToJson, workToJson } from '../core/model/link'
import { readNotation, writeNotation } from '../core/model/notation'
import { understander } from '../core/understand/understanding'
import { parse } from '../core/yaml/parse'
import { masked } from '../core/yaml/secrets/mask'
import { examples } from '../examples'
import { lessons } from '../lessons/catalog'
import { readLesson } from '../lessons/read'
import { browser } from '../testing/browser'
import { hostile } from '../testing/hostile'
import { runs } from '../testing/runs'
import { schemas } from '../testing/schemas'
import { idInAddress } from './documents/address'
import { archiveOf } from './documents/archive'
import { aboutOf, entriesOf, workIn } from './documents/entries'
import { linkOf, readLink } from './documents/share'
import { sketchIn } from './documents/sketch'
import { takeIn } from './documents/taking-in'
import { versionsIn } from './documents/versions'
import { readLessonLink } from './lesson/lesson-link'

const designs = examples.map(({ design }) => design)
const [design] = designs
const yaml = Object.values(import.meta.glob<string>('../examples/golden/*.yaml', { query: '?raw', import: 'default', eager: true }))
/** A document or two: so many can be tried. */
const documents = yaml.flatMap((text) => text.split(/^---\n/m)).filter((text) => text.length < 2000)

const lessonFiles = lessons.map(({ id, title, story, start, steps }) => JSON.stringify({ lesson: 1, id, title, story, start, steps }))

const holds = <T>(count: number, inputs: fc.Arbitrary<T>, law: (input: T) => void) => fc.assert(fc.property(inputs, law), runs(count))

test('a text', () =>
  holds(4000, hostile(documents), (text) => {
    if (!design) throw new Error('There is no example.')
    const understood = understander(parse)({ text, own: true, design, schemas, made: null })
    expect([understood.mesh, understood.drawing, understood.judged].every((stage) => typeof stage === 'object')).toBe(true)
    const [pod] = understood.around.pods
    expect(understood.trace({ from: `${pod?.namespace}/${pod?.name}`, url: text.slice(0, 200) })).toBeTypeOf('object')
  }))

test('a text that is stored is read again as it was, but for what is secret', () =>
  holds(4000, hostile(documents), (text) => {
    if (!design) throw new Error('There is no example.')
    const again = workIn(workToJson({ design, draft: { text, is: 'broken' } }))
    expect(again?.draft?.text).toBe(masked(text))
  }))

test('flow notation', () =>
  holds(8000, hostile(designs.map((one) => writeNotation(one))), (text) => {
    const { design: read, findings } = readNotation(text)
    for (const { says } of findings) expect(says.en && says.zh).toBeTruthy()
    expect(Array.isArray(read.nodes)).toBe(true)
  }))

test('a design file, which is what lies in the database too', () =>
  holds(6000, hostile(designs.map((one) => designToJson(one))), (text) => {
    const { design: read, findings } = designFromJson(text)
    expect(read !== null || findings.length > 0).toBe(true)
  }))

test('a lesson file', () =>
  holds(4000, hostile(lessonFiles), (text) => {
    const { lesson, findings } = readLesson(text)
    expect(lesson !== null || findings.length > 0).toBe(true)
  }))

test('a link', async () => {
  if (!design) throw new Error('There is no example.')
  const links = await Promise.all(designs.map((one) => linkOf({ design: one, draft: null }, {})))
  await fc.assert(
    fc.asyncProperty(hostile([...links, '#design=0123', '#lesson=http-gateway&step=2', '#lesson-file=abc']), async (hash) => {
      idInAddress(hash)
      readLessonLink(hash)
      const read = await readLink(hash)
      expect(typeof read === 'object' || ['damaged', 'long', 'newer'].includes(read)).toBe(true)
    }),
    runs(2000),
  )
})

test('a file of everything', async () => {
  const { database, tab } = browser()
  const { place } = tab()
  for (const [index, one] of designs.entries())
    for (const [key, value] of entriesOf(`design-${index}`, { design: one, draft: null }, 1, place)) database.set(key, value)
  const text = await (await archiveOf(place))?.text()
  if (!text) throw new Error('There is no archive.')
  // A few of its lines, so that many can be tried.
  const [head = '', ...lines] = text.split(/(?<=\n)/)
  const files = lines.map((line, index) => head + line + (lines[index + 1] ?? '') + '{"is":"end","lines":2}\n')
  await fc.assert(
    fc.asyncProperty(hostile(files), async (file) => {
      const taken = await takeIn(new Blob([file]), browser().tab().place)
      expect(['newer', 'cut', null]).toContain(taken.ended)
    }),
    runs(1000),
  )
})

test('what is noted of a design', () =>
  holds(2000, fc.anything({ withNullPrototype: true, maxDepth: 3 }), (value) => {
    const about = aboutOf(value)
    expect(about === null || typeof about.title === 'string').toBe(true)
    expect(Array.isArray(versionsIn(value))).toBe(true)
    expect(Array.isArray(sketchIn(value).nodes)).toBe(true)
    workIn(value)
  }))
