/** Undo goes along when a person opens another design and comes back, as long as the tab is open and nobody else has changed the design. */
import type { Id } from '../../core/base/id'
import type { History } from '../../core/model/history'
import type { Work } from '../../core/model/work'
import { store } from '../state/store'
import { isLessonId, wholeText } from './entries'
import type { Place } from './place'

/** Histories share what did not change with the work itself; so many are worth their memory. */
const most = 8

/** Keeps that of what is open now, before another document is. The one that was left longest ago goes first. */
export function keepHistory(next: Id, { histories }: Pick<Place, 'histories'>): void {
  const { id, history } = store.getState()
  if (id === '' || id === next || isLessonId(id) || history.past.length + history.future.length === 0) return
  histories.delete(id)
  histories.set(id, history)
  for (const old of histories.keys()) if (histories.size > most) histories.delete(old)
}

/** The history of a document, if it ends with what the storage has of it; null: there is none, or somebody else has changed it since. */
export function historyOf(id: Id, work: Work, { histories }: Pick<Place, 'histories'>): History<Work> | null {
  const history = histories.get(id)
  return history && wholeText(history.now) === wholeText(work) ? history : null
}
