/** Saving: what is edited is written soon, all at once, and never over what this tab has not seen. */

import type { Id } from '../../core/base/id'
import type { Work } from '../../core/model/work'
import { hasKeys } from '../../core/yaml/secrets/mask'
import { say } from '../actions/actions'
import { saying } from '../state/saying'
import { type SaveState, type State, store } from '../state/store'
import { addressOfDesign, isDesignAddress } from './address'
import { aboutKeyOf, aboutOf, entriesOf, isLessonId, keyOf, lastKey, mayWrite, stampOf } from './entries'
import { isForgotten } from './forgotten'
import { forgetLate, noteLate } from './late-note'
import { inTime, type Place } from './place'
import { isLink } from './share'
import { titleOf } from './title'

/** After an edit a document is written this many milliseconds later, with all that came in between. */
const delay = 250
/** What could not be written is tried again after so many, and with each edit. */
const again = 5000

interface Document {
  id: Id
  work: Work
}
type Result = 'saved' | 'changed elsewhere' | 'forgotten' | 'full' | 'off'

/** This tab's document is the one that a reload, a bookmark and the next new tab open. */
export function remember(id: Id, place: Place): void {
  if (isLessonId(id)) return
  place.tab.write('document', id)
  place.browser.write('last', id)
  const { id: open, lesson, elsewhere, linked } = store.getState()
  if (open !== id || lesson) return
  if (elsewhere || linked) store.setState({ elsewhere: null, linked: false })
  if (place.address.read() === '' || isDesignAddress(place.address.read()) || isLink(place.address.read()))
    place.address.write(addressOfDesign(id))
}

/** Writes what is edited until it is ended: soon, all at once, and at the latest when the page goes. `flush` writes what waits, and answers when it is written. */
export function watch(place: Place): { flush(): Promise<void>; end(): void } {
  let waiting: Document | null = null
  /** Waiting, or being written. */
  let unsaved: Document | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let retry: ReturnType<typeof setTimeout> | undefined
  let writing: Promise<void> = Promise.resolve()
  const masked = new Set<Id>()

  const write = async () => {
    clearTimeout(timer)
    clearTimeout(retry)
    timer = undefined
    const document = waiting
    // Before the storage has answered for the first time there is no document yet: what is edited is kept until then.
    if (!document || document.id === '') return
    waiting = null
    const result = await written(document, place)
    if (result === 'saved') tellMasked(document, masked)
    if ((result === 'saved' || result === 'forgotten') && unsaved === document) unsaved = null
    if (result === 'forgotten') return
    if (result === 'saved' && unsaved?.id !== document.id) forgetLate(document.id, place)
    const isOpen = store.getState().id === document.id
    if (result === 'changed elsewhere') await keepApart(document, place)
    else if (result !== 'saved') {
      // Kept for the next try, unless a newer one waits already.
      waiting ??= document
      retry = setTimeout(start, again)
    }
    if (isOpen && result !== 'changed elsewhere' && (result !== 'saved' || !waiting)) tell(result)
  }
  const start = () => {
    writing = write()
  }

  const leave = () => {
    if (unsaved && unsaved.id !== '' && !isForgotten(unsaved.id, place)) noteLate(unsaved.id, unsaved.work, place)
    start()
  }

  const edited = (state: State, before: State) => {
    if (state.id !== before.id) {
      // The first document of the page takes over what was edited before it.
      if (before.id === '' && waiting) waiting = unsaved = { id: state.id, work: state.history.now }
      start()
      if (state.id !== '') void place.claim(state.id, 0)
      return
    }
    if (state.history.now === before.history.now || isOpened(state, before)) return
    waiting = { id: state.id, work: state.history.now }
    unsaved = waiting
    timer ??= setTimeout(start, delay)
    // Not at once: whoever else hears of this edit should hear of it before they hear of this.
    queueMicrotask(() => {
      const { saved } = store.getState()
      if (waiting && (saved === 'untouched' || saved === 'saved')) store.setState({ saved: 'saving' })
    })
  }

  const ends = [
    store.subscribe(edited),
    place.onLeave(leave),
    place.askOnLeave(() => unsaved !== null && (store.getState().saved === 'full' || store.getState().saved === 'off')),
    () => clearTimeout(timer),
    () => clearTimeout(retry),
  ]
  return {
    flush: () => {
      start()
      return writing
    },
    end() {
      for (const end of ends) end()
    },
  }
}

/** A document with a history of its own: what is opened is no edit. */
export const isOpened = ({ id, history }: State, before: State): boolean =>
  id !== before.id || (history.past !== before.history.past && history.past.length === 0 && history.future.length === 0)

async function written(document: Document, place: Place): Promise<Result> {
  const result = isForgotten(document.id, place) ? 'forgotten' : await tried(document, place)
  return isForgotten(document.id, place) ? 'forgotten' : result
}

async function tried(document: Document, place: Place): Promise<Result> {
  const { id, work } = document
  try {
    if (isLessonId(id)) await inTime(place.database.set(keyOf(id), entriesOf(id, work, 1, place)[0]?.[1]))
    else if (!(await writtenAtOnce(document, place))) return 'changed elsewhere'
    if (!isForgotten(id, place)) remember(id, place)
    return 'saved'
  } catch (error) {
    if (!(error instanceof Error && error.name === 'QuotaExceededError')) return 'off'
    return (await madeRoom(place)) ? written(document, place) : 'full'
  }
}

/** Versions give way to the work. */
const madeRoom = (place: Place): Promise<boolean> => import('./versions').then(({ giveWay }) => giveWay(place)).catch(() => false)

/** The document, what the list says of it, and which one was last: all or nothing. False: another tab has changed it since this one saw it. */
async function writtenAtOnce({ id, work }: Document, place: Place): Promise<boolean> {
  const now = await inTime(
    place.database.change([aboutKeyOf(id)], ([entry]) => {
      const about = aboutOf(entry)
      return mayWrite(id, about, place) ? [...entriesOf(id, work, (about?.revision ?? 0) + 1, place), [lastKey, id]] : null
    }),
  )
  const about = aboutOf(now?.find(([key]) => key === aboutKeyOf(id))?.[1])
  if (about) place.known.set(id, stampOf(about))
  return now !== null
}

/** What another tab has changed stays as it is there; what was edited here goes on as a document of its own. */
async function keepApart({ id, work }: Document, place: Place): Promise<void> {
  const apart = place.newId()
  if (store.getState().id !== id) {
    await inTime(place.database.change([], () => entriesOf(apart, work, 1, place))).catch(() => null)
    return
  }
  store.setState({ id: apart })
  // The same work as a new object: it is saved under its new name.
  store.setState(({ history }) => ({ history: { ...history, now: { ...history.now } } }))
  say(saying('changedElsewhere', { name: titleOf(work.design) }))
}

/** Once a document: what is saved is not all that is there. */
function tellMasked({ id, work: { draft } }: Document, told: Set<Id>): void {
  if (!draft || told.has(id) || !hasKeys(draft.text)) return
  told.add(id)
  say(saying('masked'))
}

/** Says it once, when it begins. */
function tell(saved: Extract<SaveState, 'saved' | 'full' | 'off'>): void {
  const before = store.getState().saved
  if (before === saved) return
  store.setState({ saved })
  if (saved !== 'saved') say(saying(saved))
}
