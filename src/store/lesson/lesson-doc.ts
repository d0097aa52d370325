/** The document of a lesson, in place of the person's own, which lies aside untouched until the lesson is left. */

import type { Id } from '../../core/base/id'
import { put, start } from '../../core/model/history'
import { workToJson } from '../../core/model/link'
import type { Work } from '../../core/model/work'
import type { Lesson, TakenLesson } from '../../lessons/kind'
import { sceneBefore } from '../../lessons/scene'
import { addressOfDesign } from '../documents/address'
import { keyOf, workIn } from '../documents/entries'
import { caughtUp } from '../documents/late-note'
import { here, inTime, type Place } from '../documents/place'
import { saying } from '../state/saying'
import { say } from '../state/step'
import { type State, store } from '../state/store'
import { lessonHash } from './lesson-link'
import { noteProgress, progressOf } from './lesson-progress'
import { workOfScene } from './lesson-show'

/** A lesson, and the names by which browser and address know it. */
export interface Course {
  lesson: TakenLesson
  /** As it was written in a file; null: it is one of the catalog. */
  written: Lesson | null
  key: string
  address: string
}

type Aside = Pick<State, 'id' | 'history' | 'saved' | 'hint' | 'request' | 'sent' | 'step' | 'notice'>

let aside: Aside | null = null

const idOf = (key: string): Id => `lesson-${key}`
/** Where a tab notes which lesson it has open, for a reload: the document and the step. */
const tabNote = 'lesson'

/** What is open in this tab of a lesson, by the tab's own note. */
function noted(key: string, place: Place): { id: Id; step: number } | null {
  const [id = '', step = ''] = (place.tab.read(tabNote) ?? '').split(' ')
  return id === idOf(key) || id.startsWith(`${idOf(key)}~`) ? { id, step: Number(step) } : null
}

/**
 * Takes the document of a lesson for this tab; the answer opens it. A learner who comes back finds their own state; at another step than
 * where they were it begins with that step's scene, and undo brings their state back. `step`: counted from 0; null: where they were.
 */
export async function readied({ lesson, written, key, address }: Course, step: number | null, place: Place): Promise<() => void> {
  const note = noted(key, place)
  const wish = note?.id ?? idOf(key)
  const ours = await place.claim(wish, note ? place.patience : 0)
  const saved = await savedWork(wish, ours && note !== null, place)
  const id = ours ? wish : `${idOf(key)}~${place.newId()}`
  if (!ours) await place.claim(id, 0)
  const { done, step: last } = progressOf(key, lesson.steps.length, place)
  const was = note?.step ?? (done.every(Boolean) ? -1 : last)
  const at = Math.min(step ?? Math.max(was, 0), lesson.steps.length - 1)
  const begins = () => workOfScene(sceneBefore(lesson.start, lesson.steps, at), lesson.title)
  const own = saved !== null && was === at
  if (!own || !ours) void place.database.set(keyOf(id), workToJson(own ? saved : begins())).catch(() => {})
  return () => {
    putAside()
    const history = own ? start(saved) : saved ? put(start(saved), begins(), 'show') : start(begins())
    store.setState((state) => ({
      ...fresh,
      id,
      history,
      hint: false,
      saved: state.saved === 'off' || state.saved === 'full' ? state.saved : 'saved',
      lesson: { lesson, written, key, address, step: at, done, met: [], judged: [], hint: false, verdict: null, sentBefore: null },
    }))
    noteLesson()
    if (!ours) say(saying('lessonElsewhere'))
  }
}

const fresh = {
  selected: [],
  pointed: [],
  picking: null,
  panel: null,
  request: null,
  sent: null,
  step: 0,
  question: null,
  lessonTrouble: null,
} satisfies Partial<State>

async function savedWork(id: Id, own: boolean, place: Place): Promise<Work | null> {
  const { id: open, history } = store.getState()
  if (open === id) return history.now
  try {
    const late = own ? await caughtUp(id, place) : null
    return late ?? workIn((await inTime(place.database.get(keyOf(id)))) ?? '')
  } catch {
    return null
  }
}

function putAside(): void {
  const { lesson, id, history, saved, hint, request, sent, step, notice } = store.getState()
  if (!lesson) aside = { id, history, saved, hint, request, sent, step, notice }
}

/** Notes where the learner is: progress in the browser, the document in the tab, and the step in the address. */
export function noteLesson(): void {
  const { id, lesson, presenting } = store.getState()
  const place = here()
  if (!lesson || !place) return
  const before = progressOf(lesson.key, lesson.lesson.steps.length, place)
  // Another tab may have done other steps.
  const done = lesson.done.map((one, index) => one || before.done[index] === true)
  noteProgress(lesson.key, { step: lesson.step, done }, place)
  place.tab.write(tabNote, `${id} ${lesson.step}`)
  place.address.write(lessonHash(lesson.address, lesson.step, presenting))
}

/** Forgets what was done. */
export function forgetProgress(): void {
  const { lesson } = store.getState()
  if (lesson) noteProgress(lesson.key, { step: 0, done: lesson.done.map(() => false) }, here())
}

/** Back to the person's own work, with its history. */
export function leave(): void {
  const own = aside
  if (!own || !store.getState().lesson) return
  aside = null
  const { id, history, saved, hint, request, sent, step } = own
  store.setState((state) => ({
    ...fresh,
    id,
    history,
    request,
    sent,
    step,
    hint,
    lesson: null,
    presenting: false,
    saved: state.saved === 'off' ? 'off' : saved,
  }))
  here()?.tab.write(tabNote, '')
  here()?.address.write(saved === 'saved' ? addressOfDesign(id) : '')
  // What was still to be saved is saved again: the same work as a new object.
  if (saved !== 'saved' && saved !== 'untouched') store.setState({ history: { ...history, now: { ...history.now } }, saved: 'saving' })
}
