/** The browser's storage as documents are kept in it: a shelf for all, notes of a tab and of the browser, and a claim so that no two tabs have the same. */
import { createStore, get, promisifyRequest, type UseStore } from 'idb-keyval'
import type { Id } from '../../core/base/id'
import { designFromJson } from '../../core/model/link'

/** A tab waits for its former self to let go of its document, after a reload as long as a busy machine takes; another tab's claim ends only with it. */
const patience = { reload: 5000, other: 400 }
/** A storage that does not answer in this time counts as none. */
const silence = 8000

/** Small notes that a tab or the whole browser keeps; where they are forbidden there are none. */
export interface Memo {
  read(key: string): string | null
  write(key: string, value: string): void
}

/** All that is outside: replaced in tests. */
export interface Place {
  shelf: { get(key: string): Promise<unknown>; set(key: string, value: string): Promise<void> }
  tab: Memo
  browser: Memo
  /**
   * Takes a document for this tab, and lets go of the one before; false if another tab has it, also after waiting. A tab that takes a lesson
   * goes on holding its own document, which it comes back to.
   */
  claim(id: Id, wait: number): Promise<boolean>
  /** How many milliseconds to wait for a document that this tab had open before. */
  patience: number
  newId(): Id
  /** Calls back when the page may be about to go. */
  onLeave(run: () => void): () => void
  /** What stands in the address behind `#`, with it; `onChange` calls back when somebody else writes there. */
  address: { read(): string; write(hash: string): void; onChange(run: () => void): () => void }
}

let current: Place | null = null

/** From now on this is where the page keeps things. */
export const settleAt = (place: Place): void => {
  current = place
}
/** Where the page keeps things; before it has begun there is nothing. */
export const here = (): Place | null => current

export const keyOf = (id: Id): string => `document ${id}`
/** Where a page that goes notes what is not surely saved: at once, and for every tab that opens the document next. */
const lateKeyOf = (id: Id): string => `late ${id}`
export const noteLate = (id: Id, text: string, { browser }: Place): void => browser.write(lateKeyOf(id), text)
export const forgetLate = (id: Id, { browser }: Place): void => {
  if (browser.read(lateKeyOf(id))) browser.write(lateKeyOf(id), '')
}
/** What was noted of a document; null where nothing was, or it cannot be read. */
export function lateOf(id: Id, { browser }: Place): string | null {
  const late = browser.read(lateKeyOf(id))
  return late && designFromJson(late).design ? late : null
}

/** Documents of lessons are apart from the person's own: a new tab never begins with one. */
export const isLessonId = (id: Id): boolean => id.startsWith('lesson-')

/** A storage may lose what is written while a page goes; the note of it is not lost: it is written again. */
export async function caughtUp(id: Id, place: Place): Promise<string | null> {
  const late = lateOf(id, place)
  if (!late) return null
  await inTime(place.shelf.set(keyOf(id), late)).then(
    () => forgetLate(id, place),
    () => {},
  )
  return late
}

/** Fails where there is no answer for long. */
export function inTime<T>(answer: Promise<T>): Promise<T> {
  return Promise.race([answer, new Promise<never>((_, fail) => setTimeout(() => fail(new Error('The storage does not answer.')), silence))])
}

/** This browser. */
export function browserPlace(): Place {
  const shelf = createStore('egress', 'documents')
  return {
    // Async, so that a storage that throws at once fails like one that fails later.
    shelf: { get: async (key) => get(key, shelf), set: async (key, value) => put(shelf, key, value) },
    tab: memo(() => sessionStorage),
    browser: memo(() => localStorage),
    claim: claims(),
    patience: performance.getEntriesByType('navigation').some((entry) => (entry as PerformanceNavigationTiming).type === 'reload')
      ? patience.reload
      : patience.other,
    newId: () => crypto.randomUUID(),
    onLeave(run) {
      const hidden = () => document.visibilityState === 'hidden' && run()
      document.addEventListener('visibilitychange', hidden)
      addEventListener('pagehide', run)
      return () => {
        document.removeEventListener('visibilitychange', hidden)
        removeEventListener('pagehide', run)
      }
    },
    address: {
      read: () => location.hash,
      // No entry of its own: back leads out of the app, as it did.
      write: (hash) => history.replaceState(null, '', hash || location.pathname + location.search),
      onChange(run) {
        addEventListener('hashchange', run)
        return () => removeEventListener('hashchange', run)
      },
    },
  }
}

/** Commits at once: a page that goes has no time for the request to come back first. */
function put(shelf: UseStore, key: string, value: string): Promise<void> {
  return shelf('readwrite', (entries) => {
    entries.put(value, key)
    entries.transaction.commit?.()
    return promisifyRequest(entries.transaction)
  })
}

function memo(storage: () => Storage): Memo {
  return {
    read(key) {
      try {
        return storage().getItem(`egress.${key}`)
      } catch {
        return null
      }
    },
    write(key, value) {
      try {
        storage().setItem(`egress.${key}`, value)
      } catch {
        // The document is saved all the same; only this tab will not find it by itself.
      }
    },
  }
}

/** One lock a document, held as long as this tab has it open; while it has a lesson open, its own document stays held too. */
function claims(): Place['claim'] {
  const held: { own?: Held; lesson?: Held } = {}
  return (id, wait) => {
    const slot = isLessonId(id) ? 'lesson' : 'own'
    const take = (next?: Held) => {
      if (next) held[slot]?.release()
      if (next) held[slot] = next
      if (slot === 'lesson') return
      held.lesson?.release()
      delete held.lesson
    }
    // Without locks (an old browser, an insecure page) every tab is alone.
    if (!navigator.locks || held[slot]?.id === id) {
      take()
      return Promise.resolve(true)
    }
    return new Promise((resolve) => {
      const options: LockOptions = wait > 0 ? { signal: AbortSignal.timeout(wait) } : { ifAvailable: true }
      const hold = (lock: Lock | null) => {
        resolve(lock !== null)
        if (lock) return new Promise<void>((release) => take({ id, release }))
      }
      navigator.locks.request(`egress-doc-${id}`, options, hold).catch(() => resolve(false))
    })
  }
}

interface Held {
  id: Id
  release(): void
}
