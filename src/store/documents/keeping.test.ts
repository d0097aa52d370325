/** Nothing is lost: whatever the browser, the storage and other tabs do at whichever moment. */
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type Design, emptyDesign } from '../../core/model/design'
import { browser } from '../../testing/browser'
import { runs } from '../../testing/runs'
import { addNode, setName } from '../actions/actions'
import { designOf, store } from '../state/store'
import { boot } from './boot'
import { aboutKeyOf, aboutOf, entriesOf, keyOf, lastKey, workIn } from './entries'
import { designsOf, duplicate, goTo, newDesign, openDesign, remove, rename } from './library'
import type { Place } from './place'
import { keepCopy, takeOver } from './tabs'

const first: Design = { ...emptyDesign, name: 'example' }
const state = () => store.getState()
const name = () => designOf(state()).name
const settled = () => vi.advanceTimersByTimeAsync(500)
const titles = async (place: Place) => (await designsOf(place)).map(({ title }) => title).toSorted()
/** The page is gone, without a word. */
const killed = () => store.setState({ ...store.getInitialState(), id: '' })

beforeEach(() => {
  vi.useFakeTimers()
  killed()
})
afterEach(() => vi.useRealTimers())

describe('a killed browser', () => {
  test('loses nothing that is older than half a second, of no document, though only the database is left', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.string({ minLength: 1, maxLength: 8 }), fc.integer({ min: 0, max: 900 })), { minLength: 1, maxLength: 8 }),
        async (edits) => {
          killed()
          const { database, tab } = browser()
          await boot(first, tab().place)
          let [clock, safe] = [0, '']
          const done: { name: string; at: number }[] = []
          for (const [to, pause] of edits) {
            setName(to)
            done.push({ name: to, at: clock })
            await vi.advanceTimersByTimeAsync(pause)
            clock += pause
          }
          safe = done.filter(({ at }) => clock - at >= 500).at(-1)?.name ?? ''
          const younger = done.filter(({ at }) => clock - at < 500).map((edit) => edit.name)
          const { id } = state()
          killed()
          // localStorage and sessionStorage are written late by browsers, and may be denied.
          const again = browser()
          for (const [key, value] of database) again.database.set(key, value)
          await boot(first, again.tab().place)
          expect([safe || 'example', ...younger]).toContain(name())
          if (safe) expect(state().id).toBe(id)
        },
      ),
      runs(60),
    )
  })
})

describe('a storage that answers late, or never', () => {
  test.each([100, 3000, 7000])('after %i ms: what is edited meanwhile is kept beside what was saved', async (late) => {
    const { database, tab, saved } = browser()
    for (const [key, value] of entriesOf('old', { design: { ...emptyDesign, name: 'precious' }, draft: null }, 3, {
      now: () => 0,
      self: 'before',
    }))
      database.set(key, value)
    database.set(lastKey, 'old')
    const { place } = tab()
    const { get } = place.database
    place.database.get = async (key) => {
      await new Promise((resolve) => setTimeout(resolve, late))
      return get(key)
    }
    const booted = boot(first, place)
    await vi.advanceTimersByTimeAsync(50)
    setName('meanwhile')
    await vi.advanceTimersByTimeAsync(3 * late + 1000)
    await booted
    expect([name(), state().saved, state().notice.says]).toEqual(['meanwhile', 'saved', expect.objectContaining({ word: 'lastInList' })])
    expect(
      saved()
        .map((text) => workIn(text)?.design.name)
        .toSorted(),
    ).toEqual(['meanwhile', 'precious'])
  })

  test('never: the edits stay, it is said, the browser asks before it leaves, and all is saved once there is an answer', async () => {
    const { tab, saved } = browser()
    const { place, asks } = tab()
    const { get, change } = place.database
    place.database.get = () => new Promise(() => {})
    place.database.change = () => new Promise(() => {})
    const booted = boot(first, place)
    setName('mine')
    await vi.advanceTimersByTimeAsync(17_000)
    await booted
    expect([name(), state().saved, asks()]).toEqual(['mine', 'off', true])
    place.database.get = get
    place.database.change = change
    await vi.advanceTimersByTimeAsync(15_000)
    expect([state().saved, asks()]).toEqual(['saved', false])
    expect(saved()).toHaveLength(1)
  })

  test('a first visit that waits is shown the example', async () => {
    const { place } = browser().tab()
    place.database.get = () => new Promise(() => {})
    void boot(first, place)
    await vi.advanceTimersByTimeAsync(800)
    expect([name(), state().history.past.length]).toEqual(['example', 0])
  })

  test('a browser that lost its storage says so', async () => {
    const { notes, tab } = browser()
    notes.set('last', 'old')
    await boot(first, tab().place)
    expect(state().notice.says).toMatchObject({ word: 'storageLost' })
  })
})

describe('several tabs', () => {
  const act = fc.constantFrom('edit', 'other saves', 'other deletes', 'wait')

  test('neither writes over what the other has saved, with no lock between them', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 12 }), async (acts) => {
        killed()
        const { database, tab } = browser()
        const { place } = tab()
        place.claim = async () => true
        await boot(first, place)
        setName('begun')
        await settled()
        /** What the other tab saved last, by document. */
        const others = new Map<string, string>()
        for (const [index, what] of acts.entries()) {
          const { id } = state()
          if (what === 'edit') setName(`here ${index}`)
          else if (what === 'other saves') {
            const revision = (aboutOf(database.get(aboutKeyOf(id)))?.revision ?? 0) + 1
            const theirs = { design: { ...emptyDesign, name: `there ${index}` }, draft: null }
            for (const [key, value] of entriesOf(id, theirs, revision, { now: () => 0, self: 'other' })) database.set(key, value)
            others.set(id, `there ${index}`)
          } else if (what === 'other deletes') {
            for (const key of [keyOf(id), aboutKeyOf(id)]) database.delete(key)
            others.delete(id)
          } else await settled()
        }
        setName('last word')
        await settled()
        await settled()
        expect(workIn(database.get(keyOf(state().id)))?.design.name).toBe('last word')
        for (const [id, theirs] of others) expect(workIn(database.get(keyOf(id)))?.design.name).toBe(theirs)
      }),
      runs(100),
    )
  })

  test('a second tab says so, and takes the document over with what the first has not saved yet', async () => {
    const { tab } = browser()
    const old = tab()
    await boot(first, old.place)
    setName('mine')
    await settled()
    const { id, history } = state()
    // The first tab goes on beside the second: the store is one, so what it would do is done here.
    killed()
    const second = tab()
    await boot(first, second.place)
    expect([name(), state().elsewhere, state().saved]).toEqual(['mine', id, 'untouched'])
    expect(history.now.design.name).toBe('mine')
    const end = old.place.channel.onTold((message) => {
      if (message === `let go ${id}`) old.place.release(id)
    })
    await takeOver()
    end()
    expect([name(), state().id, state().elsewhere, state().saved]).toEqual(['mine', id, null, 'saved'])
    setName('taken')
    await settled()
    expect(await titles(second.place)).toEqual(['taken'])
  })

  test('whose document is taken saves first, and goes on with a copy', async () => {
    const { database, tab } = browser()
    const { place } = tab()
    await boot(first, place)
    setName('half a second ago')
    const { id } = state()
    tab().place.channel.tell(`let go ${id}`)
    await vi.waitFor(() => expect(state().elsewhere).toBe(id))
    expect(workIn(database.get(keyOf(id)))?.design.name).toBe('half a second ago')
    setName('a copy')
    await settled()
    expect(state().elsewhere).toBeNull()
    expect(await titles(place)).toEqual(['a copy', 'half a second ago'])
  })

  test('a copy is kept as it is when it is asked to', async () => {
    const { tab } = browser()
    await boot(first, tab().place)
    setName('mine')
    await settled()
    killed()
    const second = tab()
    await boot(first, second.place)
    keepCopy()
    await settled()
    expect([state().elsewhere, await titles(second.place)]).toEqual([null, ['mine', 'mine']])
  })
})

describe('the list', () => {
  async function three() {
    const { place, bar, go } = browser().tab()
    await boot(first, place)
    for (const title of ['a', 'b', 'c']) {
      await newDesign()
      setName(title)
      await settled()
    }
    const idOf = async (title: string) => String((await designsOf(place)).find((one) => one.title === title)?.id)
    return { place, bar, go, idOf }
  }

  test('has every document but those of lessons, and one that cannot be read too', async () => {
    const { place } = await three()
    await place.database.set(keyOf('lesson-x'), '{}')
    await place.database.set(keyOf('old'), JSON.stringify({ version: 1, ...emptyDesign, name: 'of an older version' }))
    await place.database.set(keyOf('broken'), '{')
    expect((await designsOf(place)).map(({ title, damaged }) => [title, damaged]).toSorted()).toEqual([
      ['', true],
      ['a', false],
      ['b', false],
      ['c', false],
      ['of an older version', false],
    ])
  })

  test('opens one as an entry of its own in the history of the page, and Back leads back', async () => {
    const { bar, go, idOf, place } = await three()
    const entries = bar.entries
    const [a, c] = [await idOf('a'), await idOf('c')]
    await openDesign(a)
    expect([name(), bar.hash, bar.entries, bar.title]).toEqual(['a', `#design=${a}`, entries + 1, 'a'])
    go(`#design=${c}`)
    await vi.waitFor(() => expect(name()).toBe('c'))
    await goTo('nowhere', place)
    expect([name(), state().notice.says]).toEqual(['c', expect.objectContaining({ word: 'designUnknown' })])
  })

  test('an edit a moment before another document is opened is saved', async () => {
    const { idOf, place } = await three()
    const a = await idOf('a')
    setName('c, edited')
    await openDesign(a)
    await settled()
    expect(await titles(place)).toEqual(['a', 'b', 'c, edited'])
  })

  test('renames, copies and deletes, and deleting is taken back', async () => {
    const { idOf, place } = await three()
    expect(await rename(await idOf('a'), 'A')).toBe(true)
    expect(await rename(await idOf('c'), 'C')).toBe(true)
    await settled()
    await duplicate(await idOf('b'), (title) => `${title} again`)
    expect([await titles(place), name()]).toEqual([['A', 'C', 'b', 'b again'], 'b again'])
    const back = await remove(await idOf('b again'))
    expect([await titles(place), name()]).not.toContain('b again')
    await back()
    expect(await titles(place)).toEqual(['A', 'C', 'b', 'b again'])
  })

  test('what is deleted while it is open elsewhere is kept by who edits it', async () => {
    const { place, idOf } = await three()
    const id = await idOf('c')
    for (const key of [keyOf(id), aboutKeyOf(id)]) await place.database.change([], () => [[key, null]])
    addNode('pod')
    await settled()
    expect([state().id === id, await titles(place)]).toEqual([false, ['a', 'b', 'c']])
  })
})
