/**
 * Everything of this browser as one file: designs with their versions, lessons with how far they have come, and settings. A value of JSON a line,
 * so that a damaged line costs no other; the first says which way of writing it is, and files of each are read for ever. Each value of a design has
 * its own version, which is migrated. Keys and certificates are never in it.
 */
import type { Id } from '../../core/base/id'
import { workToJson } from '../../core/model/link'
import type { Work } from '../../core/model/work'
import { keyless } from '../../core/yaml/secrets/keys'
import { keptLessonFile, type LessonFile, lessonFilesOf } from '../lesson/lesson-files'
import { store, workOf } from '../state/store'
import { beginning } from './archive-file'
import { aboutKeyOf, aboutOf, isLessonId, keyOf, stampOf, textIn, workIn } from './entries'
import { lateOf } from './late-note'
import { inTime, type Place } from './place'
import { versionsOf, type Why, workOfVersion } from './versions'

export const version = 1
/** Bytes of a file, and of a line of it, that are read at most; so many are written. A line holds the longest design that is read at all. */
export const most = { file: 1_000_000_000, line: 200_000_000 }

/** A line behind the first. A work is as its file has it. */
export type Line =
  | { is: 'design'; id: Id; changed: number; work: unknown }
  /** A design that cannot be read, as it is stored. */
  | { is: 'damaged'; id: Id; text: string }
  /** Behind the design that it is of. */
  | { is: 'version'; of: Id; id: Id; at: number; why: Why; name: string; work: unknown }
  /** The learner's own state of a lesson. */
  | { is: 'lesson'; id: Id; work: unknown }
  | { is: 'lesson file'; about: LessonFile; text: string }
  /** A setting, or how far a lesson has come. */
  | { is: 'note'; key: string; value: string }
  /** The last; how many there are before it, without the first. */
  | { is: 'end'; lines: number }

/** Null: it would be larger than what is read. Fails where the storage fails. */
export async function archiveOf(place: Place): Promise<Blob | null> {
  const lines = [`${beginning}${version}}\n`]
  for await (const line of linesOf(place)) lines.push(`${JSON.stringify(line)}\n`)
  lines.push(`${JSON.stringify({ is: 'end', lines: lines.length - 1 } satisfies Line)}\n`)
  const file = new Blob(lines, { type: 'application/json' })
  return file.size > most.file ? null : file
}

async function* linesOf(place: Place): AsyncGenerator<Line> {
  const ids = (await inTime(place.database.keys('document '))).map((key) => key.slice('document '.length))
  for (const id of ids.filter((one) => !isLessonId(one))) {
    yield* designLines(id, place)
    yield* versionLines(id, place)
  }
  const { id, saved } = store.getState()
  // What cannot be saved is in no list.
  if (id !== '' && !isLessonId(id) && !ids.includes(id) && saved !== 'untouched') yield* designLines(id, place)
  for (const lesson of ids.filter(isLessonId)) {
    const work = workIn(await inTime(place.database.get(keyOf(lesson))))
    if (work) yield { is: 'lesson', id: lesson, work: written(work) }
  }
  // The last that was opened comes last: so they come back in their order.
  for (const about of lessonFilesOf(place).toReversed()) {
    const text = await keptLessonFile(about.key, place)
    if (text !== null) yield { is: 'lesson file', about, text: keyless(text) }
  }
  for (const key of place.browser.keys().filter(isNote).toSorted()) yield { is: 'note', key, value: place.browser.read(key) ?? '' }
}

/** What the browser's notes hold beside these belongs to documents, to tabs, or to lessons from files. */
export const isNote = (key: string): boolean => !/^(?:late .*|last|told|lesson\.files)$/s.test(key)

/** As it is open, or noted by a page that went, or else as it is stored. */
async function* designLines(id: Id, place: Place): AsyncGenerator<Line> {
  const [entry, noted] = await inTime(Promise.all([place.database.get(keyOf(id)), place.database.get(aboutKeyOf(id))]))
  const about = aboutOf(noted)
  const changed = about?.changed ?? 0
  const late = lateOf(id, place)
  const goesOn = late !== null && (late.after === null || late.after === stampOf(about) || late.by === about?.by)
  const open = store.getState().id === id ? workOf(store.getState()) : null
  const work = open ?? (goesOn ? late.work : workIn(entry))
  if (work) yield { is: 'design', id, changed: open && !about ? place.now() : changed, work: written(work) }
  else yield { is: 'damaged', id, text: textIn(entry) }
  if (late && !goesOn) yield { is: 'design', id: place.newId(), changed, work: written(late.work) }
}

async function* versionLines(of: Id, place: Place): AsyncGenerator<Line> {
  for (const { id, at, why, name } of await versionsOf(of, place)) {
    const work = await workOfVersion(of, id, place)
    if (work) yield { is: 'version', of, id, at, why, name, work: written(work) }
  }
}

const written = (work: Work): unknown => JSON.parse(workToJson(work))
