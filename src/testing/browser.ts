/** A browser for tests of what is kept in it. */
import { isLessonId } from '../store/documents/entries'
import type { Memo, Place } from '../store/documents/place'

/** A browser that outlives its tabs. */
export function browser() {
  const database = new Map<string, unknown>()
  const notes = new Map<string, string>()
  const locks = new Map<string, object>()
  const ears = new Map<object, (message: string) => void>()
  let ids = 0
  let tabs = 0
  /** `hash`: what its address says behind the page. */
  const tab = (tabNotes = new Map<string, string>(), hash = '') => {
    const self = {}
    const bar = { hash, entries: 1, title: '' }
    let leave = () => {}
    let asks = () => false
    let changed = () => {}
    const place: Place = {
      database: {
        get: async (key) => database.get(key),
        set: async (key, value) => {
          database.set(key, value)
        },
        keys: async (prefix) => [...database.keys()].filter((key) => key.startsWith(prefix)).toSorted(),
        clear: async () => database.clear(),
        list: async (prefix) => [...database].filter(([key]) => key.startsWith(prefix)).toSorted(([a], [b]) => (a < b ? -1 : 1)),
        change: async (keys, decide) => {
          const now = decide(keys.map((key) => database.get(key)))
          for (const [key, value] of now ?? []) {
            if (value === null) database.delete(key)
            else database.set(key, value)
          }
          return now
        },
      },
      tab: memo(tabNotes),
      browser: memo(notes),
      claim: async (id, _, how) => {
        if (locks.has(id) && locks.get(id) !== self && !how) return false
        // A lesson takes the place of a lesson alone.
        for (const [other, owner] of locks) if (owner === self && (!isLessonId(id) || isLessonId(other))) locks.delete(other)
        locks.set(id, self)
        return true
      },
      release: (id) => {
        if (locks.get(id) === self) locks.delete(id)
      },
      channel: {
        tell: (message) => {
          for (const [other, heard] of ears) if (other !== self) heard(message)
        },
        onTold: (run) => {
          ears.set(self, run)
          return () => ears.delete(self)
        },
      },
      known: new Map(),
      histories: new Map(),
      self: `tab ${++tabs}`,
      patience: 400,
      newId: () => `id-${++ids}`,
      now: () => ids,
      onLeave: (run) => {
        leave = run
        return () => {}
      },
      askOnLeave: (run) => {
        asks = run
        return () => {}
      },
      title: (name) => {
        bar.title = name
      },
      address: {
        read: () => bar.hash,
        write: (hash) => {
          bar.hash = hash
        },
        push: (hash) => {
          bar.hash = hash
          bar.entries++
        },
        onChange: (run) => {
          changed = run
          return () => {
            changed = () => {}
          }
        },
      },
    }
    const go = (to: string) => {
      bar.hash = to
      changed()
    }
    return {
      place,
      tabNotes,
      bar,
      go,
      leave: () => leave(),
      asks: () => asks(),
      close: () => locks.forEach((owner, id) => owner === self && locks.delete(id)),
    }
  }
  /** The designs that are saved, lessons and their kin left out, in the order in which they came. */
  const saved = () => [...database].flatMap(([key, value]) => (key.startsWith('document ') ? [String(value)] : []))
  return { database, notes, tab, saved }
}

const memo = (notes: Map<string, string>): Memo => ({
  read: (key) => notes.get(key) ?? null,
  write: (key, value) => void notes.set(key, value),
  remove: (key) => void notes.delete(key),
  keys: () => [...notes.keys()],
})
