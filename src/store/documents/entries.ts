/** What is in the database, under which keys, and what of it belongs together. */
import type { Id } from '../../core/base/id'
import { designFromJson, workToJson } from '../../core/model/link'
import type { Work } from '../../core/model/work'
import type { Entry, Place } from './place'
import { type Sketch, sketchIn, sketchOf } from './sketch'
import { titleOf } from './title'

export const keyOf = (id: Id): string => `document ${id}`
export const aboutKeyOf = (id: Id): string => `about ${id}`
/** Which document was saved last: a new tab begins with it. */
export const lastKey = 'last'
/** A document that could not be read, as it was. */
export const unreadableKeyOf = (id: Id): string => `unreadable ${id}`

/** Documents of lessons are apart from the person's own: a new tab never begins with one, and the list has none. */
export const isLessonId = (id: Id): boolean => id.startsWith('lesson-')

/** What the list says of a document, without reading it. */
export interface About {
  title: string
  /** Milliseconds since 1970, by the clock of the machine. */
  changed: number
  /** Grows with each save: what a tab has not seen it does not write over. */
  revision: number
  /** The tab that saved last. */
  by: string
  sketch: Sketch
}

/** Null: nothing is noted, or nothing that can be read. */
export function aboutOf(value: unknown): About | null {
  if (typeof value !== 'object' || value === null) return null
  const { title, changed, revision, by, sketch } = value as Record<keyof About, unknown>
  if (typeof title !== 'string' || typeof changed !== 'number' || typeof revision !== 'number' || typeof by !== 'string') return null
  return { title, changed, revision, by, sketch: sketchIn(sketch) }
}

/** What the list says of a work. */
export const aboutWork = ({ design }: Work, revision: number, { now, self }: Pick<Place, 'now' | 'self'>): About => ({
  title: titleOf(design),
  changed: now(),
  revision,
  by: self,
  sketch: sketchOf(design),
})

/** What is written when a document is saved, all of it at once; of a lesson the document alone. */
export function entriesOf(id: Id, work: Work, revision: number, place: Pick<Place, 'now' | 'self'>): Entry[] {
  const document: Entry = [keyOf(id), workToJson(work)]
  return isLessonId(id) ? [document] : [document, [aboutKeyOf(id), aboutWork(work, revision, place)]]
}

/** Which save it is, of all that there ever were of a document; empty: it is not there. */
export const stampOf = (now: About | null): string => (now ? `${now.revision} ${now.by}` : '')

/**
 * Whether this tab may write over what lies there: it has seen it, or wrote it itself, even if the answer never came. A document that somebody
 * else changed or deleted in the meantime is not written over.
 */
export function mayWrite(id: Id, now: About | null, { known, self }: Pick<Place, 'known' | 'self'>): boolean {
  return stampOf(now) === (known.get(id) ?? '') || now?.by === self
}

/** A document as it is in the database, whichever version wrote it; empty where it is no more. */
export const textIn = (entry: unknown): string => (typeof entry === 'string' ? entry : (JSON.stringify(entry) ?? ''))

export function workIn(entry: unknown): Work | null {
  const { design, draft } = designFromJson(textIn(entry))
  return design && { design, draft }
}

/** A work as text, in the order in which it is read: what was saved and read again is the same text. */
export function wholeText(work: Work): string {
  const text = workToJson(work)
  const read = workIn(text)
  return read ? workToJson(read) : text
}
