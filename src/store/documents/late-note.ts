/** What a page that goes notes of work that is not surely saved: at once, in localStorage, for whichever tab opens the document next. */
import type { Id } from '../../core/base/id'
import { workToJson } from '../../core/model/link'
import type { Work } from '../../core/model/work'
import { aboutKeyOf, aboutOf, entriesOf, isLessonId, keyOf, lastKey, stampOf, workIn } from './entries'
import { inTime, type Place } from './place'

const keyOfNote = (id: Id): string => `late ${id}`

/** With the save that the work goes on from, and the page that made it: a save of its own may still come behind the note. */
export const noteLate = (id: Id, work: Work, { browser, known, self }: Place): void =>
  browser.write(keyOfNote(id), `${JSON.stringify({ after: known.get(id) ?? '', by: self })}\n${workToJson(work)}`)

export const forgetLate = (id: Id, { browser }: Place): void => {
  if (browser.read(keyOfNote(id))) browser.write(keyOfNote(id), '')
}

interface Late {
  /** Null: an older version noted it, which knew no saves. */
  after: string | null
  by: string
  work: Work
}

/** What was noted of a document; null where nothing was, or it cannot be read. */
export function lateOf(id: Id, { browser }: Place): Late | null {
  const note = browser.read(keyOfNote(id)) ?? ''
  const end = note.indexOf('\n')
  const head = headIn(note.slice(0, end))
  const work = workIn(head ? note.slice(end + 1) : note)
  return work && { after: head?.after ?? null, by: head?.by ?? '', work }
}

function headIn(line: string): { after: string; by: string } | null {
  try {
    const { after, by } = JSON.parse(line) as { after: unknown; by: unknown }
    return { after: String(after), by: String(by) }
  } catch {
    return null
  }
}

/**
 * Writes what was noted: over the document that it goes on from, and where that was changed by another tab in the meantime, as a document of its
 * own. Answers with the work where it is the document's now.
 */
export async function caughtUp(id: Id, place: Place): Promise<Work | null> {
  const late = lateOf(id, place)
  if (!late) return null
  const apart = place.newId()
  const text = workToJson(late.work)
  try {
    const written = await inTime(
      place.database.change([aboutKeyOf(id), keyOf(id)], ([about, entry]) => {
        const now = aboutOf(about)
        if (entry === text) return []
        if (late.after === null || late.after === stampOf(now) || late.by === now?.by)
          return [...entriesOf(id, late.work, (now?.revision ?? 0) + 1, place), ...(isLessonId(id) ? [] : [[lastKey, id] as const])]
        return entriesOf(apart, late.work, 1, place)
      }),
    )
    forgetLate(id, place)
    return written?.some(([key]) => key === keyOf(apart)) ? null : late.work
  } catch {
    // It stays noted, and is what this tab goes on with.
    return late.work
  }
}
