/** All that this browser holds of the app, and the end of it. */
import { copyNow } from '../offline/copy'
import { store } from '../state/store'
import { isLessonId, textIn } from './entries'
import { forget, forgetting } from './forgotten'
import { newDesign } from './library'
import { leaveLesson } from './opening'
import { inTime, type Place } from './place'

/** A kind of what is held. Each has its places, in which the words name it. */
export const kinds = ['designs', 'versions', 'lessons', 'settings', 'app'] as const
export type Kind = (typeof kinds)[number]
export interface Held {
  kind: Kind
  /** How many of them; of the app's files. */
  count: number
  bytes: number
}

/** Each kind, also where nothing is held of it. Fails where the storage fails. */
export async function heldIn({ database, browser, tab }: Place): Promise<Held[]> {
  const held = new Map(kinds.map((kind) => [kind, { kind, count: 0, bytes: 0 }]))
  const add = (kind: Kind, counts: boolean, ...texts: string[]) => {
    const of = held.get(kind) as Held
    of.count += counts ? 1 : 0
    of.bytes += new Blob(texts).size
  }
  for (const key of await inTime(database.keys(''))) {
    const kind = kindOf(key)
    add(kind, /^(?:document|version|lesson file) /.test(key), key, textIn(await inTime(database.get(key))))
  }
  for (const notes of [browser, tab])
    for (const key of notes.keys()) {
      const kind = key.startsWith('late ') ? 'designs' : key.startsWith('lesson') ? 'lessons' : 'settings'
      add(kind, kind === 'settings' || key.startsWith('lesson.'), key, notes.read(key) ?? '')
    }
  const copy = await copyNow().catch(() => ({ files: 0, bytes: 0 }))
  return [...held.values()].map((one) => (one.kind === 'app' ? { kind: 'app', count: copy.files, bytes: copy.bytes } : one))
}

function kindOf(key: string): Kind {
  if (key.startsWith('lesson file ') || (key.startsWith('document ') && isLessonId(key.slice('document '.length)))) return 'lessons'
  return /^versions? /.test(key) ? 'versions' : 'designs'
}

/** A tab that is alive hears it in this time, in milliseconds. */
const heard = 250

/**
 * Deletes all of it but the copy of the app, for good. What other tabs show stays there, as a design that nobody has; nothing that was written
 * before is written again, by no tab. Fails where the storage fails.
 */
export async function forgetAll(place: Place): Promise<void> {
  await leaveLesson()
  forget(store.getState().id, place)
  place.channel.tell(forgetting)
  await newDesign()
  await new Promise((resolve) => setTimeout(resolve, heard))
  place.histories.clear()
  await inTime(place.database.clear())
  for (const notes of [place.browser, place.tab]) for (const key of notes.keys()) notes.remove(key)
}
