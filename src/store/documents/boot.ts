/**
 * How the page begins: with the document that its address names, else with this tab's, else with the last one of this browser, else with an
 * example. From then on every edit is saved. What is edited before the storage answers is kept, and what cannot be read is never written over.
 */

import type { Design } from '../../core/model/design'
import { open, say } from '../actions/actions'
import { unloaded } from '../lesson/unloaded'
import { designOf, store } from '../state/store'
import { addressOfDesign, idInAddress } from './address'
import { browserPlace } from './browser-place'
import { isLessonId, lastKey } from './entries'
import { begin, type Found, isTouched, leaveLesson, read, sayUnlinked } from './opening'
import { inTime, type Place, settleAt } from './place'
import { watch } from './save'
import { keepVersions } from './sessions'
import { isLink, readLink } from './share'
import { showTitle } from './tab-title'

/** A page that has not heard of the storage for so many milliseconds shows the example meanwhile. */
const soon = 700

let stop = () => {}

/** Opens the first document; the answer comes when it is open. Where the address asks for a lesson, that is opened over it. */
export async function boot(first: Design, place: Place = browserPlace()): Promise<void> {
  stop()
  settleAt(place)
  const saving = watch(place)
  const early = setTimeout(() => {
    if (!isTouched()) open('', first)
  }, soon)
  const lessons = lessonsFor(place)
  const show = await begin(await find(place), first, place)
  clearTimeout(early)
  const enter = await (await lessons)?.asked(place)
  show()
  enter?.()
  const ends = [
    saving.end,
    keepVersions(place),
    showTitle(place),
    place.address.onChange(() => void follow(place)),
    place.channel.onTold((message) => void import('./tabs').then(({ told }) => told(message, saving.flush, place))),
  ]
  stop = () => {
    for (const end of ends) end()
  }
}

/** The address was changed by a person, by a link, or by Back. */
async function follow(place: Place): Promise<void> {
  const id = idInAddress(place.address.read())
  if (isLink(place.address.read())) return followLink(place)
  if (id) return (await import('./library')).goTo(id, place)
  ;(await (await lessonsFor(place))?.asked(place))?.()
}

/** Over what is open; where the link brings nothing, that stays as it is. */
async function followLink(place: Place): Promise<void> {
  const found = await linked(place)
  if (found.is === 'no link') {
    const { id, saved, lesson } = store.getState()
    if (saved === 'saved' && !lesson) place.address.write(addressOfDesign(id))
    return sayUnlinked(found.why)
  }
  const link = place.address.read()
  await leaveLesson()
  place.address.write(link)
  ;(await begin(found, designOf(store.getState()), place))()
}

/** What opens the lesson that the address asks for; null where it asks for none. */
const lessonsFor = async (place: Place): Promise<Pick<typeof import('../lesson/lesson-open'), 'asked'> | null> =>
  place.address.read().startsWith('#lesson') ? import('../lesson/lesson-open').catch(() => ({ asked: nothing })) : null

/** Where lessons cannot be loaded at all. */
const nothing = async () => () => say(unloaded)

/** The work of a link. It stays in the address until it is kept, so that a reload opens it again. */
async function linked(place: Place): Promise<Found> {
  const read = await readLink(place.address.read())
  if (typeof read === 'object') return { is: 'linked', ...read }
  place.address.write('')
  return { is: 'no link', why: read }
}

async function find(place: Place): Promise<Found> {
  if (isLink(place.address.read())) return linked(place)
  const asked = idInAddress(place.address.read())
  const tabs = place.tab.read('document')
  try {
    const noted = place.browser.read('last')
    const last = asked ?? tabs ?? (await inTime(place.database.get(lastKey))) ?? noted
    if (typeof last !== 'string' || last === '' || isLessonId(last)) return { is: 'nothing', id: null }
    const found = await read(last, last === tabs, place)
    if (found.is !== 'nothing') return found
    return asked ? { is: 'unknown' } : last === tabs || last !== noted ? found : { is: 'gone' }
  } catch {
    return { is: 'closed' }
  }
}
