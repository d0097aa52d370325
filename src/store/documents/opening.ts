/** Opening a document: taken for this tab, read, and shown. What is edited before the storage answers is kept, and what cannot be read is never written over. */

import type { Id } from '../../core/base/id'
import type { Design } from '../../core/model/design'
import type { Work } from '../../core/model/work'
import { open, say } from '../actions/actions'
import { send } from '../actions/asking'
import { select, setView } from '../actions/view'
import { saying } from '../state/saying'
import { present } from '../state/step'
import { designOf, store } from '../state/store'
import { aboutKeyOf, aboutOf, keyOf, stampOf, textIn, unreadableKeyOf, workIn } from './entries'
import { historyOf, keepHistory } from './histories'
import { caughtUp, lateOf } from './late-note'
import type { Unread } from './packed'
import { inTime, type Place } from './place'
import { remember } from './save'
import type { Along } from './share'
import { titleOf } from './title'

export type Found =
  | { is: 'saved' | 'elsewhere'; id: Id; work: Work }
  | { is: 'damaged'; id: Id; text: string }
  | { is: 'nothing'; id: Id | null }
  /** It was there, by the notes of the browser, or by a link. */
  | { is: 'gone' | 'unknown' }
  | { is: 'closed' }
  /** A link brought it: it is no document yet. */
  | { is: 'linked'; work: Work; along: Along }
  | { is: 'no link'; why: Unread | 'newer' }

/** Something was edited that no document has yet. */
export const isTouched = (): boolean => store.getState().id === '' && store.getState().history.past.length > 0

/** A document of the database, taken for this tab. `own`: this tab had it before, and may still be letting go of it. Fails where the storage fails. */
export async function read(id: Id, own: boolean, place: Place): Promise<Found> {
  // Taken first and read then: a page that reloads may still be writing.
  const ours = await place.claim(id, own ? place.patience : 0)
  // Another page that has the document writes its note itself.
  const late = ours ? await caughtUp(id, place) : own ? (lateOf(id, place)?.work ?? null) : null
  const [entry, about] = await inTime(Promise.all([place.database.get(keyOf(id)), place.database.get(aboutKeyOf(id))]))
  if (entry === undefined && !late) return { is: 'nothing', id: own && ours ? id : null }
  const work = late ?? workIn(entry)
  if (!work) return { is: 'damaged', id, text: textIn(entry) }
  place.known.set(id, stampOf(aboutOf(about)))
  return { is: ours ? 'saved' : 'elsewhere', id, work }
}

/** Takes what was found for this tab; the answer shows it. */
export async function begin(found: Found, first: Design, place: Place): Promise<() => void> {
  if (found.is === 'saved')
    return () => {
      if (isTouched()) {
        becomeDocument(place.newId(), 'untouched')
        return say(saying('lastInList', { name: titleOf(found.work.design) }))
      }
      keepHistory(found.id, place)
      open(found.id, found.work.design, found.work.draft, historyOf(found.id, found.work, place))
      store.setState({ saved: 'saved', hint: false })
      remember(found.id, place)
    }
  const id = found.is === 'nothing' && found.id ? found.id : place.newId()
  if (found.is === 'damaged') await inTime(place.database.set(unreadableKeyOf(found.id), found.text)).catch(() => {})
  await place.claim(id, 0)
  const brought = found.is === 'elsewhere' || found.is === 'linked'
  const { design, draft } = brought ? found.work : { design: first, draft: null }
  return () => {
    const saved = found.is === 'closed' ? 'off' : 'untouched'
    keepHistory(id, place)
    if (isTouched()) becomeDocument(id, saved)
    else open(id, design, draft)
    store.setState({
      saved,
      hint: !brought,
      recovered: found.is === 'damaged' ? found.text : null,
      elsewhere: found.is === 'elsewhere' ? found.id : null,
      linked: found.is === 'linked',
    })
    // A copy is this tab's only once it is saved: until then a reload makes it again.
    if (!brought) place.tab.write('document', id)
    if (found.is === 'linked') goAlong(found.along)
    if (found.is === 'no link') sayUnlinked(found.why)
    if (found.is in said) say(saying(said[found.is as keyof typeof said]))
  }
}

const unlinked = { damaged: 'linkDamaged', long: 'linkLong', newer: 'linkNewer' } as const

/** Why a link brought nothing. */
export const sayUnlinked = (why: Unread | 'newer'): void => say(saying(unlinked[why]))

/** A document of one's own is opened in place of the person's own work, not of a lesson: that is left first. */
export async function leaveLesson(): Promise<void> {
  if (store.getState().lesson) (await import('../lesson/lesson-doc')).leave()
}

/** What a link says of the page. */
function goAlong({ view, selected, request }: Along): void {
  if (view) setView(view)
  if (selected) select(present(selected, designOf(store.getState())))
  if (request) send(request)
}

const said = { elsewhere: 'designElsewhere', damaged: 'damaged', closed: 'off', gone: 'storageLost', unknown: 'designUnknown' } as const

/** What was edited before the storage answered becomes a document of its own; what the storage has stays in the list. */
function becomeDocument(id: Id, saved: 'untouched' | 'off'): void {
  store.setState({ id, saved, elsewhere: null, linked: false })
}
