/**
 * Versions that are kept by themselves. A session of editing ends when another document is opened, or when nothing is edited for long: then the
 * document as it is becomes a version, at the latest with the first edit of the next session, wherever the page, the tab or the browser was ended in
 * between. So does what an import, or another design, takes the place of.
 */
import type { Id } from '../../core/base/id'
import type { Work } from '../../core/model/work'
import { type State, store } from '../state/store'
import { isLessonId } from './entries'
import type { Place } from './place'
import { isOpened } from './save'
import type { Why } from './versions'

/** Milliseconds without an edit that end a session, and how long one is at most. */
export const session = { pause: 10 * 60_000, longest: 60 * 60_000 }

/** From now on; the answer ends it. A version that cannot be kept is no reason to disturb anybody. */
export function keepVersions(place: Place): () => void {
  let open: { id: Id; begun: number; last: number } | null = null
  const keep = (id: Id, work: Work, why: Why) =>
    void import('./versions').then((versions) => versions.keep(id, work, { why }, place)).catch(() => {})
  return store.subscribe((state, before) => {
    const { id } = state
    if (id !== before.id) {
      if (open) keep(before.id, before.history.now, 'session')
      open = null
      return
    }
    if (state.history.now === before.history.now || isOpened(state, before) || id === '' || isLessonId(id)) return
    const now = place.now()
    const goesOn = open && Math.abs(now - open.last) < session.pause && Math.abs(now - open.begun) < session.longest
    const why = whyOf(state, before) ?? (!goesOn && place.known.has(id) ? 'session' : null)
    open = { id, begun: goesOn && open ? open.begun : now, last: now }
    if (why) keep(id, before.history.now, why)
  })
}

/** What takes the place of all that was there. */
function whyOf({ history }: State, before: State): Why | null {
  const isStep = history.past.at(-1)?.value === before.history.now
  return isStep && (history.label === 'import' || history.label === 'load') ? history.label : null
}
