import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type Design, emptyDesign } from '../../core/model/design'
import { designToJson } from '../../core/model/link'
import { browser } from '../../testing/browser'
import { addNode, open, redo, setName, undo } from '../actions/actions'
import { designOf, store } from '../state/store'
import { boot } from './boot'

const first: Design = { ...emptyDesign, name: 'example' }
const named = (name: string): Design => ({ ...emptyDesign, name })
const quota = () => Object.assign(new Error('full'), { name: 'QuotaExceededError' })

const state = () => store.getState()
const name = () => designOf(state()).name
const settled = async () => {
  await vi.advanceTimersByTimeAsync(400)
}

beforeEach(() => {
  vi.useFakeTimers()
  store.setState({ ...store.getInitialState(), id: '' })
})
afterEach(() => vi.useRealTimers())

describe('a first visit', () => {
  test('shows the example with its hint, and stores nothing before the first edit', async () => {
    const { database, tab } = browser()
    await boot(first, tab().place)
    await settled()
    expect([name(), state().hint, state().saved, database.size]).toEqual(['example', true, 'untouched', 0])
  })

  test('saves within half a second of an edit, once for many', async () => {
    const { database, notes, tab } = browser()
    const { place } = tab()
    const set = vi.spyOn(place.database, 'change')
    await boot(first, place)
    for (const letter of ['a', 'ab', 'abc']) setName(letter)
    await vi.advanceTimersByTimeAsync(0)
    expect(state().saved).toBe('saving')
    await settled()
    expect([state().saved, set.mock.calls.length]).toEqual(['saved', 1])
    expect(JSON.stringify([...database])).toContain('abc')
    expect(notes.get('last')).toBe(state().id)
  })

  test('goes on saving while somebody types without a pause', async () => {
    const { tab } = browser()
    const { place } = tab()
    const set = vi.spyOn(place.database, 'change')
    await boot(first, place)
    for (let turn = 0; turn < 20; turn++) {
      setName(`name ${turn}`)
      await vi.advanceTimersByTimeAsync(100)
    }
    expect(set.mock.calls.length).toBeGreaterThanOrEqual(5)
  })

  test('saves at once when the page goes', async () => {
    const { database, tab } = browser()
    const { place, leave } = tab()
    await boot(first, place)
    setName('in haste')
    leave()
    await vi.advanceTimersByTimeAsync(0)
    expect(JSON.stringify([...database])).toContain('in haste')
  })
})

describe('a later visit', () => {
  /** A browser in which a tab has saved a design of this name. */
  async function after(name: string) {
    const world = browser()
    const tab = world.tab()
    await boot(first, tab.place)
    setName(name)
    await settled()
    return { ...world, old: tab, id: state().id }
  }

  test('a reload brings this tab’s design back, with a history of its own', async () => {
    const { tab, old, id } = await after('mine')
    old.close()
    await boot(first, tab(old.tabNotes).place)
    expect([name(), state().id, state().saved, state().hint, state().history.past.length]).toEqual(['mine', id, 'saved', false, 0])
  })

  test('a reload brings back even what the storage lost while the page went', async () => {
    const { database, notes, tab, old, id } = await after('mine')
    old.place.database.change = () => new Promise(() => {})
    setName('in haste')
    old.leave()
    old.close()
    await boot(first, tab(old.tabNotes).place)
    expect([name(), state().id, state().saved]).toEqual(['in haste', id, 'saved'])
    expect(database.get(`document ${id}`)).toContain('in haste')
    setName('later')
    await settled()
    expect(notes.get(`late ${id}`)).toBe('')
  })

  test('what is being written when the page goes is not lost with the write', async () => {
    const { tab, old } = await after('mine')
    old.place.database.change = () => new Promise(() => {})
    setName('in haste')
    await settled()
    old.leave()
    old.close()
    await boot(first, tab(old.tabNotes).place)
    expect(name()).toBe('in haste')
  })

  test('a write that ends late takes no newer note away', async () => {
    const { tab, old } = await after('mine')
    let end = () => {}
    old.place.database.change = () => new Promise((resolve) => void (end = () => resolve([])))
    setName('older')
    await settled()
    const older = end
    setName('newer')
    old.leave()
    older()
    await settled()
    old.close()
    await boot(first, tab(old.tabNotes).place)
    expect(name()).toBe('newer')
  })

  test('a write that ends behind the note is older than the note', async () => {
    const { tab, old } = await after('mine')
    const { change } = old.place.database
    let end = () => {}
    old.place.database.change = async (keys, decide) => {
      await new Promise<void>((resolve) => void (end = resolve))
      return change(keys, decide)
    }
    setName('older')
    await settled()
    setName('newer')
    old.leave()
    end()
    await settled()
    old.close()
    const again = tab(old.tabNotes)
    await boot(first, again.place)
    expect([name(), (await again.place.database.list('document ')).length]).toEqual(['newer', 1])
  })

  test('nor is it lost where the page before holds on to its document', async () => {
    const { tab, old } = await after('mine')
    old.place.database.change = () => new Promise(() => {})
    setName('in haste')
    old.leave()
    await boot(first, tab(old.tabNotes).place)
    expect(name()).toBe('in haste')
  })

  test('nor where the tab is closed and another one opened', async () => {
    const { tab, old, id } = await after('mine')
    old.place.database.change = () => new Promise(() => {})
    setName('in haste')
    old.leave()
    old.close()
    await boot(first, tab().place)
    expect([name(), state().id]).toEqual(['in haste', id])
  })

  test('a new tab brings back the last one', async () => {
    const { tab, old, id } = await after('mine')
    old.close()
    await boot(first, tab().place)
    expect([name(), state().id]).toEqual(['mine', id])
  })

  test('a second tab gets a copy and says so; neither writes over the other', async () => {
    const { database, saved, tab, id } = await after('mine')
    const second = tab()
    await boot(first, second.place)
    expect([name(), state().saved, state().hint]).toEqual(['mine', 'untouched', false])
    expect(state().id).not.toBe(id)
    expect(state().notice.says).toMatchObject({ word: 'designElsewhere' })
    setName('theirs')
    await settled()
    expect(saved()).toHaveLength(2)
    expect(database.get(`document ${id}`)).toContain('mine')
    expect(database.get(`document ${state().id}`)).toContain('theirs')
  })

  test('a duplicated tab does not share the id of its original, not even an unsaved one', async () => {
    const { tab } = browser()
    const original = tab()
    await boot(first, original.place)
    const id = state().id
    await boot(first, tab(new Map(original.tabNotes)).place)
    expect(state().id).not.toBe(id)
  })

  test('undone back to what was opened is saved as well', async () => {
    const { database, tab, old, id } = await after('mine')
    old.close()
    await boot(first, tab(old.tabNotes).place)
    setName('other')
    await settled()
    undo()
    await settled()
    expect(database.get(`document ${id}`)).toContain('mine')
    redo()
    await settled()
    expect(database.get(`document ${id}`)).toContain('other')
  })

  test('a document that is opened in place of another does not write over it', async () => {
    const { database, id } = await after('mine')
    setName('mine, edited')
    open('from a link', named('linked'))
    await settled()
    expect(database.get(`document ${id}`)).toContain('mine, edited')
    expect(database.has('document from a link')).toBe(false)
    addNode('pod')
    await settled()
    expect(database.get('document from a link')).toContain('linked')
  })
})

describe('when something fails', () => {
  test.each(['', '{', '{"name": 3}', 'null', '[]', JSON.stringify({ v: 1, design: { nodes: 'x' } })])(
    'a damaged entry %j is kept, offered and never written over',
    async (bytes) => {
      const { database, notes, tab } = browser()
      database.set('document old', bytes)
      notes.set('last', 'old')
      await boot(first, tab().place)
      expect([name(), state().recovered, database.get('unreadable old')]).toEqual(['example', bytes, bytes])
      expect(state().notice.says).toMatchObject({ word: 'damaged' })
      setName('new')
      await settled()
      expect(database.get('document old')).toBe(bytes)
      expect(database.get(`document ${state().id}`)).toContain('new')
    },
  )

  test('a storage that cannot be read is never written over', async () => {
    const { database, notes, tab } = browser()
    database.set('document old', designToJson(named('precious')))
    notes.set('last', 'old')
    const { place } = tab()
    place.database.get = () => Promise.reject(new Error('no'))
    await boot(first, place)
    expect([name(), state().saved]).toEqual(['example', 'off'])
    setName('new')
    await settled()
    expect(database.get('document old')).toContain('precious')
  })

  test('a storage that does not answer does not keep the page waiting', async () => {
    const { notes, tab } = browser()
    notes.set('last', 'old')
    const { place } = tab()
    place.database.get = () => new Promise(() => {})
    const booted = boot(first, place)
    await vi.advanceTimersByTimeAsync(8100)
    await booted
    expect([name(), state().saved]).toEqual(['example', 'off'])
  })

  test.each([
    ['full', quota()],
    ['off', new Error('closed')],
  ])('%s: says so once, goes on, and saves as soon as it can', async (saved, error) => {
    const { database, tab } = browser()
    const { place } = tab()
    const { change } = place.database
    place.database.change = () => Promise.reject(error)
    await boot(first, place)
    setName('a')
    await settled()
    const { count } = state().notice
    expect([state().saved, name(), count]).toEqual([saved, 'a', 1])
    setName('b')
    await settled()
    expect([state().saved, state().notice.count]).toEqual([saved, count])
    place.database.change = change
    setName('c')
    await settled()
    expect(state().saved).toBe('saved')
    expect(JSON.stringify([...database])).toContain('"c')
  })
})
