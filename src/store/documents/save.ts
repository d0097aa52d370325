/**
 * Documents in the browser's storage, each under its own id; a tab has one, and no two tabs have the same. What cannot be read is never
 * written over.
 */

import type { Id } from '../../core/base/id'
import type { Design } from '../../core/model/design'
import { designFromJson, workToJson } from '../../core/model/link'
import type { Work } from '../../core/model/work'
import { hasKeys } from '../../core/yaml/mask'
import { open, say } from '../actions/actions'
import { unloaded } from '../lesson/unloaded'
import { saying } from '../state/saying'
import { type SaveState, type State, store } from '../state/store'
import { browserPlace, caughtUp, forgetLate, inTime, isLessonId, keyOf, lateOf, noteLate, type Place, settleAt } from './place'

/** After an edit a document is written this many milliseconds later, with all that came in between. */
const delay = 300

type Found =
  | { is: 'saved' | 'elsewhere'; id: Id; work: Work }
  | { is: 'damaged'; id: Id; text: string }
  | { is: 'nothing'; id: Id | null }
  | { is: 'closed' }

const keptKeyOf = (id: Id): string => `unreadable ${id}`

let stop = () => {}

/**
 * Opens this tab's document, else the last one of this browser, else `first`; from then on every edit is saved. Where the address asks for a
 * lesson, that is opened over it.
 */
export async function boot(first: Design, place: Place = browserPlace()): Promise<void> {
  stop()
  settleAt(place)
  const lessons = lessonsFor(place)
  const show = await begin(await find(place), first, place)
  const enter = await (await lessons)?.asked(place)
  show()
  enter?.()
  const ends = [watch(place), place.address.onChange(() => void lessonsFor(place).then(async (now) => (await now?.asked(place))?.()))]
  stop = () => {
    for (const end of ends) end()
  }
}

/** What opens the lesson that the address asks for; null where it asks for none. */
const lessonsFor = async (place: Place): Promise<Pick<typeof import('../lesson/lesson-open'), 'asked'> | null> =>
  place.address.read().startsWith('#lesson') ? import('../lesson/lesson-open').catch(() => ({ asked: nothing })) : null

/** Where lessons cannot be loaded at all. */
const nothing = async () => () => say(unloaded)

async function find(place: Place): Promise<Found> {
  const own = place.tab.read('document')
  const id = own ?? place.browser.read('last')
  if (!id) return { is: 'nothing', id: null }
  // Taken first and read then: a page that reloads may still be writing.
  const ours = await place.claim(id, own ? place.patience : 0)
  try {
    // Another page that has the document writes its note itself.
    const late = ours ? await caughtUp(id, place) : own && lateOf(id, place)
    const entry = late || (await inTime(place.shelf.get(keyOf(id))))
    if (entry === undefined) return { is: 'nothing', id: own && ours ? id : null }
    const text = typeof entry === 'string' ? entry : JSON.stringify(entry)
    const { design, draft } = designFromJson(text)
    if (!design) return { is: 'damaged', id, text }
    return { is: ours ? 'saved' : 'elsewhere', id, work: { design, draft } }
  } catch {
    return { is: 'closed' }
  }
}

/** Takes what was found for this tab; the answer shows it. */
async function begin(found: Found, first: Design, place: Place): Promise<() => void> {
  if (found.is === 'saved')
    return () => {
      open(found.id, found.work.design, found.work.draft)
      store.setState({ saved: 'saved', hint: false })
      remember(found.id, place)
    }
  const id = found.is === 'nothing' && found.id ? found.id : place.newId()
  if (found.is === 'damaged') await place.shelf.set(keptKeyOf(found.id), found.text).catch(() => {})
  await place.claim(id, 0)
  const { design, draft } = found.is === 'elsewhere' ? found.work : { design: first, draft: null }
  return () => {
    open(id, design, draft)
    store.setState({
      saved: found.is === 'closed' ? 'off' : 'untouched',
      hint: found.is !== 'elsewhere',
      recovered: found.is === 'damaged' ? found.text : null,
    })
    // A copy is this tab's only once it is saved: until then a reload makes it again.
    if (found.is !== 'elsewhere') place.tab.write('document', id)
    if (found.is === 'elsewhere' || found.is === 'damaged') say(saying(found.is === 'damaged' ? 'damaged' : 'designElsewhere'))
    if (found.is === 'closed') say(saying('off'))
  }
}

function remember(id: Id, place: Place): void {
  if (isLessonId(id)) return
  place.tab.write('document', id)
  place.browser.write('last', id)
}

/** Writes what is edited: soon, all at once, and at the latest when the page goes. */
function watch(place: Place): () => void {
  let waiting: { id: Id; work: Work } | null = null
  /** Waiting, or being written. */
  let unsaved: { id: Id; work: Work } | null = null
  let timer: ReturnType<typeof setTimeout> | undefined

  const write = async () => {
    clearTimeout(timer)
    timer = undefined
    const document = waiting
    if (!document) return
    waiting = null
    const result = await written(document, place)
    if (result === 'saved' && unsaved === document) unsaved = null
    if (result === 'saved' && unsaved?.id !== document.id) forgetLate(document.id, place)
    // Kept for the next try, unless a newer one waits already.
    if (result !== 'saved') waiting ??= document
    if (store.getState().id === document.id && (result !== 'saved' || !waiting)) tell(result)
  }

  const leave = () => {
    if (unsaved) noteLate(unsaved.id, workToJson(unsaved.work), place)
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
    unsaved = waiting
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
  say(saying('masked'))
}

/** Says it once, when it begins. */
function tell(saved: Extract<SaveState, 'saved' | 'full' | 'off'>): void {
  const before = store.getState().saved
  if (before === saved) return
  store.setState({ saved })
  if (saved !== 'saved') say(saying(saved))
}
