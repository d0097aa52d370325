/** A browser for tests of what is kept in it. */
import { isLessonId, type Place } from '../store/documents/place'

/** A browser that outlives its tabs. */
export function browser() {
  const shelf = new Map<string, string>()
  const notes = new Map<string, string>()
  const locks = new Map<string, object>()
  let ids = 0
  /** `hash`: what its address says behind the page. */
  const tab = (tabNotes = new Map<string, string>(), hash = '') => {
    const self = {}
    const bar = { hash }
    let leave = () => {}
    let changed = () => {}
    const place: Place = {
      shelf: {
        get: async (key) => shelf.get(key),
        set: async (key, value) => {
          shelf.set(key, value)
        },
      },
      tab: { read: (key) => tabNotes.get(key) ?? null, write: (key, value) => tabNotes.set(key, value) },
      browser: { read: (key) => notes.get(key) ?? null, write: (key, value) => notes.set(key, value) },
      claim: async (id) => {
        if (locks.has(id) && locks.get(id) !== self) return false
        // A lesson takes the place of a lesson alone.
        for (const [other, owner] of locks) if (owner === self && (!isLessonId(id) || isLessonId(other))) locks.delete(other)
        locks.set(id, self)
        return true
      },
      patience: 400,
      newId: () => `id-${++ids}`,
      onLeave: (run) => {
        leave = run
        return () => {}
      },
      address: {
        read: () => bar.hash,
        write: (hash) => {
          bar.hash = hash
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
    return { place, tabNotes, bar, go, leave: () => leave(), close: () => locks.forEach((owner, id) => owner === self && locks.delete(id)) }
  }
  return { shelf, notes, tab }
}
