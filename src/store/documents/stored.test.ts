/** The dialog names all that is held, and all is gone once a person says so: no tab writes it back. */
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type Design, emptyDesign } from '../../core/model/design'
import { browser } from '../../testing/browser'
import { runs } from '../../testing/runs'
import { addNode, setName } from '../actions/actions'
import { noteProgress } from '../lesson/lesson-progress'
import { designOf, store } from '../state/store'
import { boot } from './boot'
import { entriesOf, lastKey } from './entries'
import type { Place } from './place'
import { keepAs } from './restoring'
import { forgetAll, heldIn } from './stored'
import { told } from './tabs'

const first: Design = { ...emptyDesign, name: 'example' }
const state = () => store.getState()
const settled = () => vi.advanceTimersByTimeAsync(1000)
const counts = async (place: Place) => Object.fromEntries((await heldIn(place)).map(({ kind, count }) => [kind, count]))

beforeEach(() => {
  vi.useFakeTimers()
  store.setState({ ...store.getInitialState(), id: '' })
})
afterEach(() => vi.useRealTimers())

/** Deletes all, while the clock goes on. */
async function forgotten(place: Place): Promise<void> {
  const done = forgetAll(place)
  await settled()
  await done
}

test('each kind of what is held is counted, and every letter of it', async () => {
  const { database, notes, tab } = browser()
  const { place } = tab()
  await boot(first, place)
  addNode('pod')
  await settled()
  await keepAs('before the review')
  database.set('document lesson-x', entriesOf('lesson-x', { design: first, draft: null }, 1, place)[0]?.[1])
  noteProgress('x', { step: 0, done: [true] }, place)
  notes.set('theme', 'dark')
  // Two of tab and browser say which document is open.
  expect(await counts(place)).toEqual({ designs: 1, versions: 1, lessons: 2, settings: 3, app: 0 })
  const letters = [...database, ...notes].reduce(
    (sum, [key, value]) => sum + key.length + (typeof value === 'string' ? value : JSON.stringify(value)).length,
    0,
  )
  const held = (await heldIn(place)).reduce((sum, { bytes }) => sum + bytes, 0)
  expect(held).toBeGreaterThanOrEqual(letters)
})

describe('deleted', () => {
  /** What this page does before, in any order. */
  const before = {
    edit: async () => setName(`name ${state().history.past.length}`),
    wait: settled,
    'keep a version': async () => void (await keepAs('a')),
    'open nothing more': async () => void addNode('host'),
  }

  test('nothing comes back, whatever was still to be saved, and the next edit is a new design', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...(Object.keys(before) as (keyof typeof before)[])), { maxLength: 6 }),
        fc.constantFrom('works', 'fails', 'is full'),
        async (turns, storage) => {
          store.setState({ ...store.getInitialState(), id: '' })
          const { database, notes, tab } = browser()
          const { place, leave, tabNotes } = tab()
          await boot(first, place)
          const { change } = place.database
          if (storage !== 'works')
            place.database.change = async () => {
              throw Object.assign(new Error('no'), { name: storage === 'fails' ? 'UnknownError' : 'QuotaExceededError' })
            }
          for (const turn of turns) await before[turn]()
          const { id } = state()
          await forgotten(place)
          place.database.change = change
          await vi.advanceTimersByTimeAsync(20_000)
          leave()
          await settled()
          expect([database.size, notes.size, tabNotes.size]).toEqual([0, 0, 0])
          expect([state().saved, designOf(state()).nodes.length, state().id === id]).toEqual(['untouched', 0, false])
          addNode('pod')
          await settled()
          expect([database.get(lastKey), [...database.keys()].filter((key) => key.startsWith('document ')).length]).toEqual([state().id, 1])
        },
      ),
      runs(60),
    ))

  test('another tab goes on with what it shows, as with a design that nobody has', async () => {
    const { database, notes, tab } = browser()
    const [page, deletes] = [tab(), tab()]
    await boot(first, page.place)
    setName('shown in another tab')
    await settled()
    setName('still to be saved')
    const { id } = state()
    // What the deleting tab says, and does: this test has one store.
    const message = new Promise<string>((resolve) => page.place.channel.onTold(resolve))
    deletes.place.channel.tell('all is forgotten')
    await told(await message, async () => {}, page.place)
    await deletes.place.database.clear()
    notes.clear()
    await vi.advanceTimersByTimeAsync(20_000)
    page.leave()
    await settled()
    expect([database.size, notes.size, page.tabNotes.size, page.bar.hash]).toEqual([0, 0, 0, ''])
    expect([designOf(state()).name, state().saved, state().id === id]).toEqual(['still to be saved', 'untouched', false])
    setName('edited again')
    await settled()
    expect(database.get(lastKey)).toBe(state().id)
  })
})
