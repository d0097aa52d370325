/** All documents of this browser: what is there, and what can be done with one. A document that another tab has is left to it. */
import type { Id } from '../../core/base/id'
import { emptyDesign } from '../../core/model/design'
import { workToJson } from '../../core/model/link'
import type { Work } from '../../core/model/work'
import { open, say, setName } from '../actions/actions'
import { saying } from '../state/saying'
import { store, workOf } from '../state/store'
import { addressOfDesign } from './address'
import { type About, aboutKeyOf, aboutOf, aboutWork, entriesOf, isLessonId, keyOf, textIn, workIn } from './entries'
import { keepHistory } from './histories'
import { begin, leaveLesson, read } from './opening'
import { type Entry, here, inTime, type Place } from './place'
import { noSketch } from './sketch'
import { titleOf } from './title'
import { textKeyOf, versionKeysOf, versionsIn } from './versions'

export interface Listed extends Pick<About, 'title' | 'changed' | 'sketch'> {
  id: Id
  /** It cannot be read; it can be downloaded, and deleted. */
  damaged: boolean
}

/** Newest first. A document is read only where nothing is noted of it: an older version saved it. Fails where the storage fails. */
export async function designsOf({ database }: Place): Promise<Listed[]> {
  const [notes, keys] = await inTime(Promise.all([database.list('about '), database.keys('document ')]))
  const known = new Map(notes.map(([key, value]) => [key.slice('about '.length), aboutOf(value)]))
  const ids = keys.map((key) => key.slice('document '.length)).filter((id) => !isLessonId(id))
  const listed = await Promise.all(ids.map(async (id) => listedAs(id, known.get(id) ?? workIn(await inTime(database.get(keyOf(id)))))))
  return listed.toSorted((a, b) => b.changed - a.changed || a.title.localeCompare(b.title))
}

function listedAs(id: Id, of: About | Work | null): Listed {
  if (!of) return { id, title: '', changed: 0, sketch: noSketch, damaged: true }
  const { title, changed, sketch } = 'title' in of ? of : aboutWork(of, 0, { now: () => 0, self: '' })
  return { id, title, changed, sketch, damaged: false }
}

/** Opens a document, as a step that Back leaves. */
export async function openDesign(id: Id): Promise<void> {
  const place = here()
  if (!place || id === store.getState().id) return
  await shown(id, place, () => place.address.push(addressOfDesign(id)))
}

/** Opens the document that the address names. */
export async function goTo(id: Id, place: Place): Promise<void> {
  if (id !== store.getState().id && id !== store.getState().elsewhere) await shown(id, place, () => {})
}

/** `before`: what is done once it is sure that there is something to show. */
async function shown(id: Id, place: Place, before: () => void): Promise<void> {
  try {
    const found = await read(id, false, place)
    if (found.is === 'nothing') {
      say(saying('designUnknown'))
      return
    }
    await leaveLesson()
    const show = await begin(found, emptyDesign, place)
    before()
    show()
  } catch {
    say(saying('off'))
  }
}

/** An empty canvas, which is saved once something is on it. */
export async function newDesign(): Promise<void> {
  const place = here()
  if (!place) return
  await leaveLesson()
  const id = place.newId()
  await place.claim(id, 0)
  keepHistory(id, place)
  open(id, emptyDesign)
  store.setState({ saved: 'untouched' })
  place.tab.write('document', id)
  place.address.push('')
}

/** The same once more, under a name of its own, and open. */
export async function duplicate(id: Id, name: (title: string) => string): Promise<void> {
  const place = here()
  if (!place) return
  const work = await workOfDesign(id, place)
  if (work) await addDesign(work, name)
}

/** A document as it is now; null where it cannot be read. */
export async function workOfDesign(id: Id, { database }: Pick<Place, 'database'>): Promise<Work | null> {
  return id === store.getState().id ? workOf(store.getState()) : workIn(await inTime(database.get(keyOf(id))))
}

/** A document of its own, under a name made of its title, and open. */
export async function addDesign(work: Work, name: (title: string) => string): Promise<void> {
  const place = here()
  if (!place) return
  const copy = place.newId()
  const named = { ...work, design: { ...work.design, name: name(titleOf(work.design)) } }
  await inTime(place.database.change([], () => entriesOf(copy, named, 1, place)))
  await openDesign(copy)
}

/** False: it was changed by another tab in the meantime, or cannot be read. */
export async function rename(id: Id, name: string): Promise<boolean> {
  const place = here()
  if (!place) return false
  if (id === store.getState().id) {
    setName(name)
    return true
  }
  const written = await inTime(
    place.database.change([keyOf(id), aboutKeyOf(id)], ([entry, about]) => {
      const work = workIn(entry)
      return work && entriesOf(id, { ...work, design: { ...work.design, name } }, (aboutOf(about)?.revision ?? 0) + 1, place)
    }),
  )
  return written !== null
}

/** Takes a document away, with its versions; the answer puts all back. The one that is open gives way to the newest of the others, or to an empty one. */
export async function remove(id: Id): Promise<() => Promise<void>> {
  const place = here()
  if (!place) return async () => {}
  if (id === store.getState().id) await leaveFor(id, place)
  const was = await takenAway(id, place)
  return async () => {
    await inTime(place.database.change([], () => was))
  }
}

/** What was there is answered; a version that came meanwhile is looked for again. */
async function takenAway(id: Id, place: Place): Promise<Entry[]> {
  const keys = [keyOf(id), aboutKeyOf(id), ...(await versionKeysOf(id, place))]
  let was: Entry[] = []
  const gone = await inTime(
    place.database.change(keys, (values) => {
      was = keys.map((key, index) => [key, values[index] ?? null] as const)
      const texts = versionsIn(values[2]).map((version) => textKeyOf(id, version.id))
      return texts.every((key) => keys.includes(key)) ? keys.map((key) => [key, null] as const) : null
    }),
  )
  return gone ? was : takenAway(id, place)
}

async function leaveFor(id: Id, place: Place): Promise<void> {
  const other = (await designsOf(place)).find((one) => one.id !== id && !one.damaged)
  if (other) await openDesign(other.id)
  else await newDesign()
}

/** A document as a file. */
export async function textOfDesign(id: Id): Promise<string> {
  const place = here()
  if (!place) return ''
  return id === store.getState().id ? workToJson(workOf(store.getState())) : textIn(await inTime(place.database.get(keyOf(id))))
}
