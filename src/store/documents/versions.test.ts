/** Versions: within the budget, never lost by themselves once they have a name, and no work is lost for them. */
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type Design, emptyDesign } from '../../core/model/design'
import type { Work } from '../../core/model/work'
import { browser } from '../../testing/browser'
import { runs } from '../../testing/runs'
import { addNode, load, setName, undo } from '../actions/actions'
import { take } from '../state/step'
import { designOf, store, workOf } from '../state/store'
import { boot } from './boot'
import { keyOf, workIn } from './entries'
import { designsOf, duplicate, newDesign, openDesign, remove } from './library'
import { duplicateVersion, keepAs, rename, restore } from './restoring'
import { session } from './sessions'
import { budget, fitting, giveWay, keep, removeVersion, textKeyOf, type Version, versionsOf, workOfVersion } from './versions'

const first: Design = { ...emptyDesign, name: 'example' }
const state = () => store.getState()
const name = () => designOf(state()).name
const settled = () => vi.advanceTimersByTimeAsync(500)
const killed = () => store.setState({ ...store.getInitialState(), id: '' })
const quota = () => Object.assign(new Error('full'), { name: 'QuotaExceededError' })

/** A page with a document of one node, saved, and a clock of its own. */
async function page() {
  killed()
  const world = browser()
  const tab = world.tab()
  const clock = { now: 1_000_000 }
  const place = { ...tab.place, now: () => clock.now }
  await boot(first, place)
  addNode('pod')
  setName('begun')
  await settled()
  const { id } = state()
  return {
    ...world,
    place,
    clock,
    id,
    names: async (of = id) => (await versionsOf(of, place)).map(({ why, name: own, title }) => [why, own || title]),
  }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

describe('kept by themselves', () => {
  test('what a session ends with is kept: when another design is opened, and at the latest with the first edit after a pause', async () => {
    const { clock, names, id } = await page()
    expect(await names()).toEqual([])
    setName('same session')
    await settled()
    expect(await names()).toEqual([])
    clock.now += session.pause
    setName('next session')
    await settled()
    expect(await names()).toEqual([['session', 'same session']])
    await newDesign()
    await settled()
    expect(await names()).toEqual([
      ['session', 'same session'],
      ['session', 'next session'],
    ])
    await openDesign(id)
    setName('it was kept already')
    await settled()
    expect(await names()).toHaveLength(2)
  })

  test('a page that was killed keeps it when it is edited again', async () => {
    const { place, tab, names } = await page()
    killed()
    await boot(first, { ...tab().place, now: place.now, claim: async () => true })
    expect(name()).toBe('begun')
    addNode('host')
    await settled()
    expect(await names()).toEqual([['session', 'begun']])
  })

  test('before an import, and before another design takes the place of this one', async () => {
    const { names } = await page()
    load({ ...emptyDesign, name: 'an example' })
    await settled()
    setName('edited')
    addNode('pod')
    take({ design: { ...emptyDesign, name: 'imported' }, draft: null }, 'import')
    await settled()
    expect(await names()).toEqual([
      ['load', 'begun'],
      ['import', 'edited'],
    ])
    undo()
    await settled()
    expect([name(), (await names()).length]).toEqual(['edited', 2])
  })

  test('not of a lesson, of an empty canvas, of what is the last version already, or of what another tab has changed', async () => {
    const { place, database, id, names } = await page()
    const work = workOf(state())
    expect(await keep('lesson-x', work, { why: 'name', name: 'a' }, place)).toBe('empty')
    expect(await keep(id, { design: emptyDesign, draft: null }, { why: 'session' }, place)).toBe('empty')
    expect(await keep(id, work, { why: 'session' }, place)).toBe('kept')
    expect(await keep(id, work, { why: 'session' }, place)).toBe('same')
    database.set(`about ${id}`, { title: 'theirs', changed: 1, revision: 99, by: 'other', sketch: null })
    expect(await keep(id, { ...work, design: first }, { why: 'name', name: 'mine' }, place)).toBe('elsewhere')
    expect(await names()).toEqual([['session', 'begun']])
  })
})

describe('the budget', () => {
  const size = fc.oneof({ weight: 5, arbitrary: fc.constant(2000) }, fc.integer({ min: 1, max: 2_000_000 }))
  const version = fc.record({ size, name: fc.constantFrom('', '', '', 'named') })

  test('is held by any list, and none with a name goes', () => {
    fc.assert(
      fc.property(fc.array(version, { maxLength: 90 }), (wishes) => {
        let list: readonly Version[] = []
        for (const [index, { size, name: own }] of wishes.entries()) {
          const fresh: Version = { id: `${index}`, at: index, why: 'session', name: own, title: '', size, sketch: { nodes: [], hops: [] } }
          const fits = fitting([...list, fresh])
          const named = list.filter((one) => one.name !== '')
          if (!fits) {
            const least = named.reduce((sum, one) => sum + one.size, size)
            expect(least > budget.letters || named.length >= budget.named).toBe(true)
            continue
          }
          expect(fits.kept.at(-1)).toBe(fresh)
          expect(fits.kept.filter((one) => one.name !== '')).toEqual([...named, fresh].filter((one) => one.name !== ''))
          expect([...fits.gone, ...fits.kept].map((one) => one.id).toSorted()).toEqual([...list, fresh].map((one) => one.id).toSorted())
          list = fits.kept
          expect(list.reduce((sum, one) => sum + one.size, 0)).toBeLessThanOrEqual(budget.letters)
          expect(list.filter((one) => one.name === '').length).toBeLessThanOrEqual(budget.unnamed)
        }
      }),
      runs(100),
    )
  })

  test('one with a name that finds no room is refused; the others stay', async () => {
    const { place, id } = await page()
    const long = (letters: number): Work => ({ design: first, draft: { text: '# '.padEnd(letters, 'x'), is: 'drawn' } })
    expect(await keep(id, long(3_000_000), { why: 'name', name: 'a' }, place)).toBe('kept')
    expect(await keep(id, long(3_000_001), { why: 'name', name: 'b' }, place)).toBe('no room')
    expect(await keep(id, long(3_000_002), { why: 'session' }, place)).toBe('no room')
    expect((await versionsOf(id, place)).map((one) => one.name)).toEqual(['a'])
  })
})

describe('edits, times, kills', () => {
  const act = fc.oneof(
    fc.record({ do: fc.constant('edit' as const), to: fc.string({ minLength: 1, maxLength: 6 }) }),
    fc.record({ do: fc.constant('wait' as const), minutes: fc.integer({ min: -20, max: 40 }) }),
    fc.record({ do: fc.constantFrom('kill' as const, 'name' as const, 'import' as const, 'restore' as const, 'full' as const) }),
  )

  test('each version can be read again, one with a name stays, the last edit is there', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 25 }), async (acts) => {
        const { place, clock, database, id } = await page()
        const named = new Set<string>()
        let last = 'begun'
        for (const [index, one] of acts.entries()) {
          if (one.do === 'edit') setName((last = one.to))
          else if (one.do === 'wait') clock.now += one.minutes * 60_000
          else if (one.do === 'import') take({ design: { ...designOf(state()), name: (last = `import ${index}`) }, draft: null }, 'import')
          else if (one.do === 'full') await giveWay(place)
          else if (one.do === 'name') {
            if ((await keepAs(`named ${index}`)) === 'kept') named.add(`named ${index}`)
          } else if (one.do === 'restore') {
            const [version] = await versionsOf(id, place)
            const before = workOf(state())
            if (!version || !(await restore(id, version.id))) continue
            undo()
            expect(workOf(state())).toBe(before)
            expect((await versionsOf(id, place)).length).toBeGreaterThan(0)
          } else {
            await settled()
            killed()
            await boot(first, place)
          }
          await settled()
        }
        expect([state().id, name(), workIn(database.get(keyOf(id)))?.design.name]).toEqual([id, last, last])
        const versions = await versionsOf(id, place)
        for (const version of versions) expect(await workOfVersion(id, version.id, place)).not.toBeNull()
        expect(versions.map((version) => version.name)).toEqual(expect.arrayContaining([...named]))
        expect((await place.database.keys('version ')).toSorted()).toEqual(versions.map((version) => textKeyOf(id, version.id)).toSorted())
      }),
      runs(60),
    )
  })

  test('a version never lies without its design, at whichever moment the browser is killed, though the design was never changed', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('name', 'import', 'load', 'edit', 'wait', 'new', 'delete'), { maxLength: 8 }),
        async (acts) => {
          killed()
          const { database, tab } = browser()
          const { place } = tab()
          const { change } = place.database
          const found: string[] = []
          const orphans = () =>
            [...database.keys()].filter((key) => /^versions? /.test(key) && !database.has(keyOf(key.split(' ')[1] ?? '')))
          place.database.change = async (keys, decide) => {
            const now = await change(keys, decide)
            found.push(...orphans())
            return now
          }
          await boot({ ...first, nodes: [{ id: 'a', kind: 'host', name: 'a', fields: {} }] }, place)
          for (const [index, act] of acts.entries()) {
            if (act === 'name') {
              const kept = await keepAs(`name ${index}`)
              if (kept === 'kept') expect((await designsOf(place)).map(({ id }) => id)).toContain(state().id)
              if (kept === 'kept') expect(state().saved).not.toBe('untouched')
            } else if (act === 'import' || act === 'load') take({ design: { ...first, name: `${index}` }, draft: null }, act)
            else if (act === 'edit') setName(`edit ${index}`)
            else if (act === 'new') await newDesign()
            else if (act === 'delete') await remove(state().id)
            else await settled()
          }
          await settled()
          expect([...found, ...orphans()]).toEqual([])
        },
      ),
      runs(60),
    )
  })

  test('a database that fails at any moment loses no work', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { maxLength: 20 }), async (fails) => {
        const { place, clock, database, id } = await page()
        const { change, get } = place.database
        for (const [index, fail] of fails.entries()) {
          place.database.change = fail ? () => Promise.reject(quota()) : change
          place.database.get = fail ? () => Promise.reject(new Error('closed')) : get
          clock.now += session.pause
          setName(`edit ${index}`)
          await settled()
        }
        place.database.change = change
        place.database.get = get
        setName('last')
        await settled()
        expect(workIn(database.get(keyOf(id)))?.design.name).toBe('last')
      }),
      runs(40),
    )
  })

  test('where the storage is full versions give way before the work does, and none with a name', async () => {
    const { place, clock, id, database, names } = await page()
    await keepAs('a name')
    for (let index = 0; index < 9; index++) {
      clock.now += session.pause
      setName(`edit ${index}`)
      await settled()
    }
    const { change } = place.database
    const room = database.size - 4
    place.database.change = async (keys, decide) => {
      const before = new Map(database)
      const now = await change(keys, decide)
      const grows = (now ?? []).some(([key, value]) => value !== null && key.startsWith('document'))
      if (!grows || database.size <= room) return now
      database.clear()
      for (const [key, value] of before) database.set(key, value)
      throw quota()
    }
    setName('there is no room')
    await settled()
    expect([state().saved, workIn(database.get(keyOf(id)))?.design.name]).toEqual(['saved', 'there is no room'])
    expect(await names()).toContainEqual(['name', 'a name'])
  })
})

describe('by hand', () => {
  test('a version gets a name, is taken away and put back, and becomes a design', async () => {
    const { place, id, names } = await page()
    await keepAs('before the review')
    setName('later')
    await keepAs('after it')
    const [one, two] = await versionsOf(id, place)
    expect(await rename(id, one?.id ?? '', 'renamed')).toBe(true)
    const back = await removeVersion(id, one?.id ?? '', place)
    expect(await names()).toEqual([['name', 'after it']])
    expect(await back()).toBe(true)
    expect(await names()).toEqual([
      ['name', 'renamed'],
      ['name', 'after it'],
    ])
    await duplicateVersion(id, two?.id ?? '', (title) => `${title} again`)
    expect([name(), state().id === id, await names(state().id)]).toEqual(['later again', false, []])
  })

  test('a restore is one step, what was before it is kept, and a version of another design opens that', async () => {
    const { place, id, names } = await page()
    await keepAs('as begun')
    setName('changed')
    addNode('host')
    await settled()
    const done = state().history.past.length
    await newDesign()
    addNode('pod')
    await settled()
    const [version] = await versionsOf(id, place)
    expect(await restore(id, version?.id ?? '')).toBe(true)
    expect([state().id, name(), designOf(state()).nodes.length, state().history.past.length]).toEqual([id, 'begun', 2, done + 1])
    expect((await names()).at(-1)).toEqual(['session', 'changed'])
    undo()
    expect([name(), designOf(state()).nodes.length]).toEqual(['changed', 3])
  })

  test('one that cannot be read says so and changes nothing', async () => {
    const { database, place, id } = await page()
    await keepAs('broken')
    const [version] = await versionsOf(id, place)
    database.set(textKeyOf(id, version?.id ?? ''), '{')
    const before = workOf(state())
    expect([await restore(id, version?.id ?? ''), workOf(state()) === before]).toEqual([false, true])
    expect(state().notice.says).toMatchObject({ word: 'versionUnreadable' })
  })

  test('a design that is deleted takes its versions with it, and brings them back; a copy has none', async () => {
    const { place, id, names, database } = await page()
    await keepAs('one')
    await duplicate(id, (title) => `${title} again`)
    expect(await names(state().id)).toEqual([])
    const back = await remove(id)
    expect([...database.keys()].filter((key) => key.includes(id))).toEqual([])
    await back()
    expect(await names()).toEqual([['name', 'one']])
    const [version] = await versionsOf(id, place)
    expect(await workOfVersion(id, version?.id ?? '', place)).not.toBeNull()
    expect((await designsOf(place)).map(({ title }) => title).toSorted()).toEqual(['begun', 'begun again'])
  })

  test('secrets are not in a version', async () => {
    const { id, place, database } = await page()
    const text = 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: s\nstringData:\n  password: hunter2\n'
    await keep(id, { design: first, draft: { text, is: 'drawn' } }, { why: 'name', name: 'a' }, place)
    expect(await versionsOf(id, place)).toHaveLength(1)
    expect(JSON.stringify([...database])).not.toContain('hunter2')
  })
})
