/** This browser as a place for documents: IndexedDB, localStorage and sessionStorage, Web Locks, the address. */
import { createStore, get, promisifyRequest, type UseStore } from 'idb-keyval'
import type { Id } from '../../core/base/id'
import { channelOfBrowser } from './channel'
import { claims } from './claims'
import type { Database, Memo, Place } from './place'

/** A tab waits for its former self to let go of its document, after a reload as long as a busy machine takes; another tab's claim ends only with it. */
const patience = { reload: 5000, other: 400 }

export function browserPlace(): Place {
  const channel = channelOfBrowser()
  const product = document.title
  return {
    database: shelfOf(createStore('egress', 'documents')),
    tab: memo(() => sessionStorage),
    browser: memo(() => localStorage),
    ...claims(channel),
    channel,
    known: new Map(),
    histories: new Map(),
    self: newId(),
    patience: performance.getEntriesByType('navigation').some((entry) => (entry as PerformanceNavigationTiming).type === 'reload')
      ? patience.reload
      : patience.other,
    newId,
    now: () => Date.now(),
    onLeave(run) {
      const hidden = () => document.visibilityState === 'hidden' && run()
      document.addEventListener('visibilitychange', hidden)
      addEventListener('pagehide', run)
      return () => {
        document.removeEventListener('visibilitychange', hidden)
        removeEventListener('pagehide', run)
      }
    },
    askOnLeave(run) {
      const asked = (event: BeforeUnloadEvent) => run() && event.preventDefault()
      addEventListener('beforeunload', asked)
      return () => removeEventListener('beforeunload', asked)
    },
    title: (name) => {
      document.title = `${name} · ${product}`
    },
    address: {
      read: () => location.hash,
      // No entry of its own: back leads out of the app, as it did.
      write: (hash) => history.replaceState(null, '', hash || location.pathname + location.search),
      push: (hash) => history.pushState(null, '', hash || location.pathname + location.search),
      onChange(run) {
        // Back from an entry that was pushed is told too: the two differ behind `#`.
        addEventListener('hashchange', run)
        return () => removeEventListener('hashchange', run)
      },
    },
  }
}

/** 128 random bits in hexadecimal digits. `crypto.randomUUID` would be missing over plain http. */
function newId(): Id {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Async, so that a storage that throws at once fails like one that fails later. */
function shelfOf(store: UseStore): Database {
  return {
    get: async (key) => get(key, store),
    set: async (key, value) => {
      await store('readwrite', (entries) => finished(entries, [[key, value]]))
    },
    clear: async () => {
      await store('readwrite', (entries) => promisifyRequest(entries.clear()))
    },
    keys: async (prefix) =>
      store('readonly', async (entries) => (await promisifyRequest(entries.getAllKeys(beginning(prefix)))).map(String)),
    list: async (prefix) =>
      store('readonly', async (entries) => {
        const range = beginning(prefix)
        const [keys, values] = await Promise.all([promisifyRequest(entries.getAllKeys(range)), promisifyRequest(entries.getAll(range))])
        return keys.map((key, index) => [String(key), values[index]] as const)
      }),
    change: async (keys, decide) =>
      store('readwrite', async (entries) => {
        const values = await Promise.all(keys.map((key) => promisifyRequest(entries.get(key))))
        const now = decide(values)
        if (now) await finished(entries, now)
        return now
      }),
  }
}

const beginning = (prefix: string): IDBKeyRange => IDBKeyRange.bound(prefix, `${prefix}\uffff`)

/** Commits at once: a page that goes has no time for the requests to come back first. */
function finished(entries: IDBObjectStore, now: readonly (readonly [string, unknown])[]): Promise<void> {
  for (const [key, value] of now) {
    if (value === null) entries.delete(key)
    else entries.put(value, key)
  }
  entries.transaction.commit?.()
  return promisifyRequest(entries.transaction)
}

const ours = 'egress.'

function memo(storage: () => Storage): Memo {
  const tried = <T>(run: (of: Storage) => T, otherwise: T): T => {
    try {
      return run(storage())
    } catch {
      // A document is saved all the same; only this tab will not find it by itself.
      return otherwise
    }
  }
  return {
    read: (key) => tried((of) => of.getItem(ours + key), null),
    write: (key, value) => tried((of) => of.setItem(ours + key, value), undefined),
    remove: (key) => tried((of) => of.removeItem(ours + key), undefined),
    keys: () => tried((of) => Object.keys(of).flatMap((key) => (key.startsWith(ours) ? [key.slice(ours.length)] : [])), []),
  }
}
