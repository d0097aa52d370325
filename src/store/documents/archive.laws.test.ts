/** All of a browser as a file, and back: nothing is lost on the way, nothing of one's own is written over, nothing secret goes along. */
import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { emptyDesign } from '../../core/model/design'
import type { Work } from '../../core/model/work'
import { anyWithSecret } from '../../testing/any-secret'
import { browser } from '../../testing/browser'
import { hostile } from '../../testing/hostile'
import { runs } from '../../testing/runs'
import { open } from '../actions/actions'
import { noteProgress } from '../lesson/lesson-progress'
import { store } from '../state/store'
import { archiveOf, most } from './archive'
import { beginning, isArchive } from './archive-file'
import { aboutKeyOf, aboutOf, entriesOf, keyOf, textIn, wholeText, workIn } from './entries'
import { noteLate } from './late-note'
import type { Place } from './place'
import { type Taken, takeIn } from './taking-in'
import { keep, listKeyOf, textKeyOf, versionsIn } from './versions'

const anyWork: fc.Arbitrary<Work> = fc
  .record({
    name: fc.constantFrom('payments', 'orders', 'wire', '订单'),
    text: fc.option(fc.constantFrom('a: 1\n', '{', 'kind: Secret\n')),
  })
  .map(({ name, text }) => ({ design: { ...emptyDesign, name }, draft: text === null ? null : { text, is: 'broken' as const } }))

const anyDesign = fc.record({
  id: fc.constantFrom('a', 'b', 'c', 'd-0_Z'),
  work: anyWork,
  changed: fc.nat(2_000_000_000_000),
  versions: fc.array(fc.record({ work: anyWork, name: fc.constantFrom('', '', 'before the review') }), { maxLength: 4 }),
  /** What a page that went noted, and whether it went on from what was saved. */
  late: fc.option(fc.record({ work: anyWork, goesOn: fc.boolean() }), { freq: 4 }),
})
const anyStore = fc.record({
  designs: fc.uniqueArray(anyDesign, { selector: ({ id }) => id, maxLength: 4 }),
  damaged: fc.option(fc.string(), { freq: 4 }),
  lesson: fc.option(anyWork, { freq: 3 }),
  progress: fc.option(fc.record({ step: fc.nat(3), done: fc.array(fc.boolean(), { maxLength: 4 }) }), { freq: 3 }),
  theme: fc.option(fc.constantFrom('dark', 'light')),
})
type Stored = typeof anyStore extends fc.Arbitrary<infer T> ? T : never

let clock = 0
async function stored({ designs, damaged, lesson, progress, theme }: Stored) {
  const world = browser()
  const page = world.tab().place
  // Ids of another browser are others.
  const mark = `${++clock}`
  const place: Place = { ...page, now: () => ++clock, newId: () => `${page.newId()}-${mark}` }
  for (const { id, work, changed, versions, late } of designs) {
    for (const [key, value] of entriesOf(id, work, 3, { now: () => changed, self: place.self })) world.database.set(key, value)
    for (const version of versions) await keep(id, version.work, { why: 'session', name: version.name }, place)
    place.known.set(id, late?.goesOn ? `3 ${place.self}` : 'another')
    if (late) noteLate(id, late.work, { ...place, self: 'gone' })
  }
  if (damaged !== null && workIn(damaged) === null) world.database.set(keyOf('x'), damaged)
  if (lesson) world.database.set(keyOf('lesson-one'), entriesOf('lesson-one', lesson, 1, place)[0]?.[1])
  if (progress) noteProgress('one', progress, place)
  if (theme) world.notes.set('theme', theme)
  return { ...world, place }
}

type World = Awaited<ReturnType<typeof stored>>
const archived = async ({ place }: World): Promise<Blob> => {
  const file = await archiveOf(place)
  if (!file) throw new Error('It is too large.')
  return file
}
const wholeOf = (entry: unknown) => {
  const work = workIn(entry)
  return work ? wholeText(work) : textIn(entry)
}
/** All that there is, as it is read. */
const contents = ({ database, notes }: World) => ({
  documents: [...database].flatMap(([key, value]) => (/^(document|version) /.test(key) ? [[key, wholeOf(value)]] : [])).toSorted(),
  about: [...database]
    .flatMap(([key, value]) => {
      const { title, changed, sketch } = aboutOf(value) ?? {}
      return key.startsWith('about ') ? [[key, title, changed, sketch] as const] : []
    })
    .toSorted(),
  versions: [...database].flatMap(([key, value]) => (key.startsWith('versions ') ? [[key, versionsIn(value)] as const] : [])).toSorted(),
  notes: [...notes].filter(([key]) => !key.startsWith('late ')).toSorted(),
})
const worksOf = ({ database }: World) =>
  new Set([...database].flatMap(([key, value]) => (key.startsWith('document ') ? [wholeOf(value)] : [])))
/** A file of these parts, none of which is held together. */
const streamed = (parts: readonly string[]): Blob =>
  Object.assign(new Blob(), {
    stream: () =>
      new ReadableStream({
        start(to) {
          for (const part of parts) to.enqueue(new TextEncoder().encode(part))
          to.close()
        },
      }),
  })
const fine: Partial<Taken> = { unread: 0, without: 0, ended: null }
const without = <T extends { late: unknown }>(all: readonly T[]): T[] => all.map((one) => ({ ...one, late: null }))

beforeEach(() => store.setState({ ...store.getInitialState(), id: '' }))

describe('everything as one file', () => {
  test('brings an empty browser to the same state', () =>
    fc.assert(
      fc.asyncProperty(anyStore, async (one) => {
        const from = await stored({ ...one, designs: without(one.designs) })
        const to = await stored({ designs: [], damaged: null, lesson: null, progress: null, theme: null })
        const file = await archived(from)
        expect(await isArchive(file)).toBe(true)
        expect(await takeIn(file, to.place)).toMatchObject({ ...fine, copies: 0, present: 0, same: 0 })
        expect(contents(to)).toEqual(contents(from))
      }),
      runs(80),
    ))

  test('changes nothing where it came from', () =>
    fc.assert(
      fc.asyncProperty(anyStore, async (one) => {
        const world = await stored({ ...one, designs: without(one.designs) })
        const before = [[...world.database], [...world.notes]]
        expect(await takeIn(await archived(world), world.place)).toMatchObject({ ...fine, designs: 0, copies: 0, versions: 0 })
        expect([[...world.database], [...world.notes]]).toEqual(before)
      }),
      runs(50),
    ))

  test('is added to any other browser: all of both is there, nothing is written over, and twice is once', () =>
    fc.assert(
      fc.asyncProperty(anyStore, anyStore, fc.nat(30), async (one, two, kill) => {
        const [from, to] = [await stored(one), await stored(two)]
        const before = new Map(to.database)
        const file = await archived(from)
        // The first time, the page is killed after some lines.
        const lines = (await file.text()).split(/(?<=\n)/)
        await takeIn(new Blob(lines.slice(0, 1 + (kill % lines.length))), to.place)
        expect(await takeIn(file, to.place)).toMatchObject(fine)
        for (const [key, value] of before) {
          if (!key.startsWith('versions ')) expect([key, to.database.get(key)]).toEqual([key, value])
          else expect(versionsIn(to.database.get(key))).toEqual(expect.arrayContaining(versionsIn(value)))
        }
        const brought = one.designs.flatMap(({ work, late }) =>
          (late?.goesOn ? [late.work] : late ? [work, late.work] : [work]).map(wholeText),
        )
        expect([...worksOf(to)]).toEqual(expect.arrayContaining(brought))
        const texts = (world: World) => [...world.database].flatMap(([key, value]) => (key.startsWith('version ') ? [value] : []))
        expect(texts(to)).toEqual(expect.arrayContaining(texts(from)))
        for (const [key, value] of to.database) {
          if (key.startsWith('versions '))
            for (const { id } of versionsIn(value)) expect(to.database.has(textKeyOf(key.slice('versions '.length), id))).toBe(true)
          if (key.startsWith('version ')) expect(to.database.has(listKeyOf(String(key.split(' ')[1])))).toBe(true)
        }
        const after = [[...to.database], [...to.notes]]
        await takeIn(file, to.place)
        expect([[...to.database], [...to.notes]]).toEqual(after)
      }),
      runs(80),
    ))

  test('holds nothing secret, though a page has it open', () =>
    fc.assert(
      fc.asyncProperty(anyWithSecret, async ({ text, secrets }) => {
        const { place } = browser().tab()
        open('mine', emptyDesign, { text, is: 'drawn' })
        store.setState({ saved: 'off' })
        const file = await (await archiveOf(place))?.text()
        expect(file).toContain('"id":"mine"')
        expect(secrets.filter((secret) => file?.includes(secret))).toEqual([])
      }),
      runs(40),
    ))
})

describe('a file that is not as it was written', () => {
  const work = (name: string, text: string | null = null): Work => ({
    design: { ...emptyDesign, name },
    draft: text === null ? null : { text, is: 'broken' },
  })
  const versions: Stored['designs'][number]['versions'] = [
    { work: work('payments'), name: 'before the review' },
    { work: work('', 'a: 1'), name: '' },
  ]
  const few: Stored[] = [
    {
      designs: [
        { id: 'a', work: work('payments', 'kind: Secret\n'), changed: 3, versions, late: null },
        { id: 'b', work: work('订单'), changed: 1, versions: [], late: null },
      ],
      damaged: '{"version":2',
      lesson: work('lesson'),
      progress: { step: 1, done: [true] },
      theme: 'dark',
    },
    {
      designs: [{ id: 'd-0_Z', work: work('x'), changed: 0, versions: [], late: { work: work('y'), goesOn: false } }],
      damaged: null,
      lesson: null,
      progress: null,
      theme: null,
    },
  ]

  test('costs what is damaged in it alone, and harms nothing of one’s own', async () => {
    const texts = await Promise.all(few.map(async (one) => (await archived(await stored(one))).text()))
    const written = new Set(texts.flatMap((text) => text.split('\n')))
    await fc.assert(
      fc.asyncProperty(hostile(texts), anyStore, async (text, two) => {
        const to = await stored(two)
        const before = new Map(to.database)
        const taken = await takeIn(new Blob([text]), to.place)
        for (const [key, value] of before) if (!key.startsWith('versions ')) expect([key, to.database.get(key)]).toEqual([key, value])
        const lines = text.split('\n').slice(1)
        const end = lines.findIndex((line) => line.startsWith('{"is":"end"'))
        const whole = lines
          .slice(0, end === -1 ? lines.length : end)
          .filter((line) => written.has(line) && line.startsWith('{"is":"design"'))
        if (taken.ended === 'newer') return
        const brought = whole.map((line) => wholeOf((JSON.parse(line) as { work: unknown }).work))
        expect([...worksOf(to)]).toEqual(expect.arrayContaining(brought))
      }),
      runs(120),
    )
  })

  test.each([
    ['of a newer version', `${beginning}2}\n{"is":"what"}\n`, 'newer'],
    ['cut off', `${beginning}1}\n`, 'cut'],
    ['cut off between two lines', `${beginning}1}\n{"is":"note","key":"theme","value":"dark"}\n`, 'cut'],
    ['with an end that counts otherwise', `${beginning}1}\n{"is":"end","lines":1}\n`, 'cut'],
  ])('%s says so', async (_, text, ended) => {
    const { place } = browser().tab()
    expect((await takeIn(new Blob([text]), place)).ended).toBe(ended)
  })

  test('that is a bomb is not read: too large, a line without an end, deeper than anything of ours, bytes that are no text', async () => {
    const { place, database } = { ...browser(), ...browser().tab() }
    const large = Object.defineProperty(new Blob([beginning]), 'size', { value: most.file + 1 })
    expect((await takeIn(large, place)).ended).toBe('long')
    const deep = `${beginning}1}\n{"is":"design","id":"a","changed":0,"work":${'['.repeat(300_000)}\n`
    expect(await takeIn(new Blob([deep]), place)).toMatchObject({ unread: 1, designs: 0 })
    const endless = streamed([
      `${beginning}1}\n`,
      ...Array.from({ length: 201 }, () => ' '.repeat(1_000_000)),
      '\n{"is":"end","lines":1}\n',
    ])
    expect(await takeIn(endless, place)).toMatchObject({ unread: 1, ended: null })
    expect(await takeIn(new Blob([`${beginning}1}\n`, new Uint8Array([0xff, 0xfe]), '\n{"is":"end","lines":1}\n']), place)).toMatchObject({
      unread: 1,
      ended: null,
    })
    expect(database.size).toBe(0)
  })

  test('a full storage says so, and what came before stays', async () => {
    const from = await stored({ designs: [], damaged: null, lesson: null, progress: null, theme: 'dark' })
    for (const id of ['a', 'b'])
      for (const [key, value] of entriesOf(id, { design: { ...emptyDesign, name: id }, draft: null }, 1, from.place))
        from.database.set(key, value)
    const { place } = browser().tab()
    const { change } = place.database
    place.database.change = async (keys, decide) => {
      if (keys.includes(aboutKeyOf('b'))) throw Object.assign(new Error('full'), { name: 'QuotaExceededError' })
      return change(keys, decide)
    }
    expect(await takeIn(await archived(from), place)).toMatchObject({ designs: 1, ended: 'full' })
  })
})
