/** Two tabs and one document: one of them has it, the other shows a copy, and may take it over. */
import type { Id } from '../../core/base/id'
import { say } from '../actions/actions'
import { saying } from '../state/saying'
import { store } from '../state/store'
import { forget, forgetting } from './forgotten'
import { begin, leaveLesson, read } from './opening'
import { here, type Place } from './place'

const asks = 'let go '

/**
 * What another tab says: it wants the document that this one has, which is saved first, or deletes everything. Then this tab goes on with what it
 * shows as with a copy.
 */
export async function told(message: string, flush: () => Promise<void>, place: Place): Promise<void> {
  if (message === forgetting) return forgotten(place)
  const id = message.startsWith(asks) ? message.slice(asks.length) : null
  const { id: open, lesson, elsewhere } = store.getState()
  // A copy is nothing to let go of; the document that lies aside during a lesson is.
  if (!id || elsewhere === id || (id !== open && !lesson)) return
  await flush()
  place.release(id)
  if (store.getState().id === id) becomeCopy(id, place)
}

function becomeCopy(id: Id, place: Place): void {
  store.setState({ id: place.newId(), elsewhere: id, saved: 'untouched' })
  place.tab.write('document', '')
  say(saying('takenOver'))
}

async function forgotten(place: Place): Promise<void> {
  const { lesson, id } = store.getState()
  if (lesson) forget(id, place)
  await leaveLesson()
  forget(store.getState().id, place)
  store.setState({ id: place.newId(), elsewhere: null, linked: false, saved: 'untouched' })
  for (const key of place.tab.keys()) place.tab.remove(key)
  place.address.write('')
  say(saying('allForgotten'))
}

/** How long a tab that is alive takes to save and let go, in milliseconds. */
const patience = 3000

/** The document of which this tab shows a copy becomes this tab's, as the other tab has it now; what the other tab edits from now on is a copy. */
export async function takeOver(): Promise<void> {
  const place = here()
  const { elsewhere: id } = store.getState()
  if (!place || !id) return
  place.channel.tell(`${asks}${id}`)
  // A tab that sleeps does not answer. What it saves later it saves as a copy, since the document has changed.
  if (!(await place.claim(id, patience))) await place.claim(id, 0, 'by force')
  try {
    const show = await begin(await read(id, false, place), store.getState().history.now.design, place)
    show()
  } catch {
    say(saying('off'))
  }
}

/** The copy is this tab's own from now on, though nothing was changed in it yet. */
export function keepCopy(): void {
  // The same work as a new object: it is saved.
  store.setState(({ history }) => ({ history: { ...history, now: { ...history.now } } }))
}
