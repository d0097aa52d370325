/**
 * Documents in the browser's storage, each under its own id; a tab has one, and no two tabs have the same. What cannot be read is never
 * written over.
 */
import { createStore, get, promisifyRequest, type UseStore } from 'idb-keyval'
import type { Design, Id } from '../core/design'
import { designFromJson, workToJson } from '../core/link'
import { hasKeys } from '../core/mask'
import { both } from '../core/text'
import type { Work } from '../core/work'
import { open, say } from './actions'
import { type SaveState, type State, store } from './store'

/** After an edit a document is written this many milliseconds later, with all that came in between. */
const delay = 300
/** A tab that reloads waits for its former self to let go of its document; another tab's claim ends only with it. */
const patience = 400
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
  /** Takes a document for this tab, and lets go of the one before; false if another tab has it, also after waiting. */
  claim(id: Id, wait: number): Promise<boolean>
  newId(): Id
  /** Calls back when the page may be about to go. */
  onLeave(run: () => void): () => void
}

type Found =
  | { is: 'saved' | 'elsewhere'; id: Id; work: Work }
  | { is: 'damaged'; id: Id; text: string }
  | { is: 'nothing'; id: Id | null }
  | { is: 'closed' }

const keyOf = (id: Id): string => `document ${id}`
const keptKeyOf = (id: Id): string => `unreadable ${id}`
/** Where a tab notes what it had no time to write before a reload. */
const lateKeyOf = (id: Id): string => `late ${id}`

const sayings = {
  elsewhere: both(
    'This design is open in another tab. Here is a copy of it; both are kept.',
    '这份设计已在另一个标签页中打开。这里是它的副本，两份都会保留。',
  ),
  damaged: both(
    'The saved design could not be read. It is kept as it was, and you can download it.',
    '已保存的设计无法读取。原内容已保留，可以下载。',
  ),
  full: both(
    'The browser’s storage is full: the design is not saved. Download it before you leave.',
    '浏览器存储空间已满：设计未保存。离开前请下载。',
  ),
  masked: both(
    'Values of Secrets and private keys are never stored: in the saved text they are replaced.',
    'Secret 的值与私钥从不保存：已保存的文本中会替换它们。',
  ),
  off: both(
    'The browser allows no storage: the design is not saved. Download it before you leave.',
    '浏览器不允许存储：设计未保存。离开前请下载。',
  ),
}

let stop = () => {}

/** Opens this tab's document, else the last one of this browser, else `first`; from then on every edit is saved. */
export async function boot(first: Design, place: Place = browserPlace()): Promise<void> {
  stop()
  await begin(await find(place), first, place)
  stop = watch(place)
}

async function find(place: Place): Promise<Found> {
  const own = place.tab.read('document')
  const id = own ?? place.browser.read('last')
  if (!id) return { is: 'nothing', id: null }
  // Taken first and read then: a page that reloads may still be writing.
  const ours = await place.claim(id, own ? patience : 0)
  try {
    const entry = (own && ours && (await caughtUp(id, place))) || (await inTime(place.shelf.get(keyOf(id))))
    if (entry === undefined) return { is: 'nothing', id: own && ours ? id : null }
    const text = typeof entry === 'string' ? entry : JSON.stringify(entry)
    const { design, draft } = designFromJson(text)
    if (!design) return { is: 'damaged', id, text }
    return { is: ours ? 'saved' : 'elsewhere', id, work: { design, draft } }
  } catch {
    return { is: 'closed' }
  }
}

/** A storage may lose what is written while a page goes; the tab's own note of it does not. */
async function caughtUp(id: Id, place: Place): Promise<string | null> {
  const late = place.tab.read(lateKeyOf(id))
  if (!late || !designFromJson(late).design) return null
  await inTime(place.shelf.set(keyOf(id), late)).then(
    () => place.tab.write(lateKeyOf(id), ''),
    () => {},
  )
  return late
}

async function begin(found: Found, first: Design, place: Place): Promise<void> {
  if (found.is === 'saved') {
    open(found.id, found.work.design, found.work.draft)
    store.setState({ saved: 'saved', hint: false })
    return remember(found.id, place)
  }
  const id = found.is === 'nothing' && found.id ? found.id : place.newId()
  if (found.is === 'damaged') await place.shelf.set(keptKeyOf(found.id), found.text).catch(() => {})
  await place.claim(id, 0)
  const { design, draft } = found.is === 'elsewhere' ? found.work : { design: first, draft: null }
  open(id, design, draft)
  store.setState({
    saved: found.is === 'closed' ? 'off' : 'untouched',
    hint: found.is !== 'elsewhere',
    recovered: found.is === 'damaged' ? found.text : null,
  })
  // A copy is this tab's only once it is saved: until then a reload makes it again.
  if (found.is !== 'elsewhere') place.tab.write('document', id)
  if (found.is === 'elsewhere' || found.is === 'damaged') say(sayings[found.is])
  if (found.is === 'closed') say(sayings.off)
}

function remember(id: Id, place: Place): void {
  place.tab.write('document', id)
  place.browser.write('last', id)
}

/** Writes what is edited: soon, all at once, and at the latest when the page goes. */
function watch(place: Place): () => void {
  let waiting: { id: Id; work: Work } | null = null
  let timer: ReturnType<typeof setTimeout> | undefined

  const write = async () => {
    clearTimeout(timer)
    timer = undefined
    const document = waiting
    if (!document) return
    waiting = null
    const result = await written(document, place)
    // Kept for the next try, unless a newer one waits already.
    if (result !== 'saved') waiting ??= document
    if (store.getState().id === document.id && (result !== 'saved' || !waiting)) tell(result)
  }

  const leave = () => {
    if (waiting) place.tab.write(lateKeyOf(waiting.id), workToJson(waiting.work))
    void write()
  }

  const edited = (state: State, before: State) => {
    if (state.id !== before.id) {
      void write()
      void place.claim(state.id, 0)
      return
    }
    if (state.history.now === before.history.now) return
    waiting = { id: state.id, work: state.history.now }
    timer ??= setTimeout(write, delay)
    // Not at once: whoever else hears of this edit should hear of it before they hear of this.
    queueMicrotask(() => {
      const { saved } = store.getState()
      if (waiting && (saved === 'untouched' || saved === 'saved')) store.setState({ saved: 'saving' })
    })
  }

  const ends = [store.subscribe(edited), place.onLeave(leave), () => clearTimeout(timer)]
  return () => {
    for (const end of ends) end()
  }
}

async function written({ id, work }: { id: Id; work: Work }, place: Place): Promise<'saved' | 'full' | 'off'> {
  try {
    await place.shelf.set(keyOf(id), workToJson(work))
    tellMasked(id, work)
    remember(id, place)
    if (place.tab.read(lateKeyOf(id))) place.tab.write(lateKeyOf(id), '')
    return 'saved'
  } catch (error) {
    return error instanceof Error && error.name === 'QuotaExceededError' ? 'full' : 'off'
  }
}

let toldOf: Id | null = null

/** Once a document: what is saved is not all that stands there. */
function tellMasked(id: Id, { draft }: Work): void {
  if (!draft || toldOf === id || !hasKeys(draft.text)) return
  toldOf = id
  say(sayings.masked)
}

/** Says it once, when it begins. */
function tell(saved: Extract<SaveState, 'saved' | 'full' | 'off'>): void {
  const before = store.getState().saved
  if (before === saved) return
  store.setState({ saved })
  if (saved !== 'saved') say(sayings[saved])
}

function inTime<T>(answer: Promise<T>): Promise<T> {
  return Promise.race([answer, new Promise<never>((_, fail) => setTimeout(() => fail(new Error('The storage does not answer.')), silence))])
}

function browserPlace(): Place {
  const shelf = createStore('egress', 'documents')
  return {
    // Async, so that a storage that throws at once fails like one that fails later.
    shelf: { get: async (key) => get(key, shelf), set: async (key, value) => put(shelf, key, value) },
    tab: memo(() => sessionStorage),
    browser: memo(() => localStorage),
    claim: claims(),
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

/** One lock a document, held as long as this tab has it open. */
function claims(): Place['claim'] {
  let held: { id: Id; release(): void } | null = null
  return (id, wait) => {
    // Without locks (an old browser, an insecure page) every tab is alone.
    if (!navigator.locks || held?.id === id) return Promise.resolve(true)
    return new Promise((resolve) => {
      const options: LockOptions = wait > 0 ? { signal: AbortSignal.timeout(wait) } : { ifAvailable: true }
      const hold = (lock: Lock | null) => {
        resolve(lock !== null)
        if (!lock) return undefined
        held?.release()
        return new Promise<void>((release) => {
          held = { id, release }
        })
      }
      navigator.locks.request(`egress-doc-${id}`, options, hold).catch(() => resolve(false))
    })
  }
}
