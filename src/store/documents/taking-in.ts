/**
 * What an archive brings: each design under its own id where that is free, as a copy where it is not, and not at all where the very same design is
 * there already. Nothing of one's own is written over, so that the same file can be taken in twice, and one that broke off once more.
 */

import type { Id } from '../../core/base/id'
import { brokenAt } from '../../core/base/json'
import type { Work } from '../../core/model/work'
import { keyless } from '../../core/yaml/secrets/keys'
import { isKeptLessonFile, takeLessonFile } from '../lesson/lesson-files'
import { joinProgress } from '../lesson/lesson-progress'
import { part } from '../state/part'
import { store } from '../state/store'
import { isNote, type Line, most, version } from './archive'
import { beginning } from './archive-file'
import { aboutKeyOf, entriesOf, isLessonId, keyOf, textIn, wholeText, workIn } from './entries'
import { inTime, type Place } from './place'
import { addVersion, versionsIn } from './versions'

export interface Taken {
  /** Under their own ids. */
  designs: number
  /** Beside a design of one's own that has the same id and is another by now. */
  copies: number
  /** They were here already. */
  present: number
  /** What else was here already. */
  same: number
  versions: number
  /** Their designs have no room for them. */
  without: number
  lessons: number
  settings: number
  /** Lines that cannot be read. */
  unread: number
  /** Why there is no more of it; null: it was read to its end. */
  ended: 'newer' | 'long' | 'cut' | 'full' | 'off' | null
}

/** What was taken in last, for who shows it; `working` while it goes on. */
export const takingIn = part<Taken & { working: boolean }>('takingIn')

const none: Taken = { designs: 0, copies: 0, present: 0, same: 0, versions: 0, without: 0, lessons: 0, settings: 0, unread: 0, ended: null }
/** An id that an address may have. */
const anId = /^[\w-]{1,100}$/
const longestNote = 10_000

/** Takes in what a file brings, and tells of it as it goes; never throws. */
export async function takeIn(file: Blob, place: Place): Promise<Taken> {
  const taken = { ...none }
  const tell = (working: boolean) => takingIn.bring({ ...taken, working })
  tell(true)
  try {
    taken.ended = file.size > most.file ? 'long' : await allTaken(file, taken, tell, place)
  } catch (error) {
    taken.ended = error instanceof Error && error.name === 'QuotaExceededError' ? 'full' : 'off'
  }
  tell(false)
  return taken
}

async function allTaken(file: Blob, taken: Taken, tell: (working: boolean) => void, place: Place): Promise<Taken['ended']> {
  const [before, kept] = [await presentIn(place), await versionsKept(place)]
  const targets = new Map<Id, Target>()
  let at = -1
  for await (const text of linesOf(file)) {
    at++
    if (at === 0) {
      const head = Number(/^\d{1,9}(?=\})/.exec(text?.replace(/^\uFEFF/, '').slice(beginning.length) ?? '')?.[0])
      if (head > version) return 'newer'
      continue
    }
    const line = text === null ? null : lineIn(text)
    if (line?.is === 'end') return line.lines === at - 1 ? null : 'cut'
    const done = line && (await (takes[line.is] as Take<Line>)(line, { before, kept, targets, place }))
    taken[done ?? 'unread']++
    if (at % 20 === 0) tell(true)
  }
  return 'cut'
}

/** The lines of a file; null in place of one that is too long, or is no text. */
async function* linesOf(file: Blob): AsyncGenerator<string | null> {
  const reader = file.stream().getReader()
  let parts: Uint8Array<ArrayBuffer>[] = []
  let length = 0
  const add = (bytes: Uint8Array<ArrayBuffer>) => {
    length += bytes.length
    if (length > most.line) parts = []
    else parts.push(bytes)
  }
  const line = async () => {
    const text = length > most.line ? null : textOf(new Uint8Array(await new Blob(parts).arrayBuffer()))
    parts = []
    length = 0
    return text
  }
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    let from = 0
    for (let end = value.indexOf(10); end !== -1; end = value.indexOf(10, from)) {
      add(value.subarray(from, end))
      yield await line()
      from = end + 1
    }
    add(value.subarray(from))
  }
  if (length > 0) yield await line()
}

function textOf(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

/** Null: it is no line of ours. What is in it is looked at by who takes it. */
function lineIn(text: string): Line | null {
  // Deeper than anything of ours: the engine's own reader would take gigabytes for it.
  if (brokenAt(text) !== null) return null
  const line = JSON.parse(text) as Line | null
  return line && (Object.hasOwn(takes, line.is) || line.is === 'end') ? line : null
}

/** Where versions of a design go, and whether that design was there before. */
interface Target {
  id: Id
  wasThere: boolean
}

interface Into {
  /** The designs that were there before, by the length of their text. */
  before: ReadonlyMap<number, readonly Id[]>
  /** The versions that were there before, of whichever design. */
  kept: ReadonlySet<Id>
  targets: Map<Id, Target>
  place: Place
}
/** Answers what it was; null where it cannot be read. */
type Take<L extends Line> = (line: L, into: Into) => Promise<keyof Omit<Taken, 'unread' | 'ended'> | null>

const takes: { [K in Exclude<Line['is'], 'end'>]: Take<Extract<Line, { is: K }>> } = {
  async design({ id, changed, work: given }, into) {
    const work = workIn(given)
    if (!work || typeof id !== 'string') return null
    const there = await sameIn(into, id, wholeText(work), wholeTextIn)
    if (there) {
      into.targets.set(id, { id: there, wasThere: true })
      return 'present'
    }
    const now = () => (Number.isFinite(changed) ? changed : 0)
    const under = await put(id, (free) => entriesOf(free, work, 1, { now, self: into.place.self }), into.place)
    into.targets.set(id, { id: under, wasThere: false })
    return under === id ? 'designs' : 'copies'
  },

  async damaged({ id, text }, into) {
    if (typeof text !== 'string' || typeof id !== 'string') return null
    const work = workIn(text)
    if (work) return takes.design({ is: 'design', id, changed: 0, work: JSON.parse(text) }, into)
    const kept = keyless(text)
    if (await sameIn(into, id, kept, keylessIn)) return 'present'
    return (await put(id, (free) => [[keyOf(free), kept]], into.place)) === id ? 'designs' : 'copies'
  },

  async version({ of, id, at, why, name, work: given }, { targets, kept, place }) {
    const [target, work] = [targets.get(of), workIn(given)]
    const [read] = versionsIn([{ id, at, why, name, title: '', size: 0 }])
    if (!target || !work || !read || !anId.test(read.id) || typeof name !== 'string') return null
    if (target.wasThere && kept.has(read.id)) return 'same'
    const added = await addVersion(target.id, { ...read, name: name.slice(0, 200) }, work, target.wasThere, place)
    return added === 'added' ? 'versions' : added === 'there' ? 'same' : 'without'
  },

  async lesson({ id, work: given }, { place }) {
    const work: Work | null = workIn(given)
    if (!work || typeof id !== 'string' || !isLessonId(id) || id.length > 200) return null
    const put = await inTime(place.database.change([keyOf(id)], ([entry]) => (entry === undefined ? entriesOf(id, work, 1, place) : null)))
    return put ? 'lessons' : 'same'
  },

  async 'lesson file'({ about, text }, { place }) {
    if (!isKeptLessonFile(about) || typeof text !== 'string') return null
    const put = await takeLessonFile(about, keyless(text), place)
    return put === 'taken' ? 'lessons' : put === 'there' ? 'same' : 'without'
  },

  async note({ key, value }, { place: { browser } }) {
    if (typeof key !== 'string' || typeof value !== 'string' || !isNote(key) || key.length > 200 || value.length > longestNote) return null
    const own = browser.read(key)
    if (key.startsWith('lesson.')) {
      const joined = joinProgress(own, value)
      if (joined !== own) browser.write(key, joined)
      return joined === own ? 'same' : 'lessons'
    }
    if (own === null) browser.write(key, value)
    return own === null ? 'settings' : 'same'
  },
}

const wholeTextIn = (entry: unknown): string | null => {
  const work = workIn(entry)
  return work && wholeText(work)
}

const keylessIn = (entry: unknown): string => keyless(textIn(entry))

/** By the length of their text, so that few are compared, and no text is held. */
async function presentIn({ database }: Place): Promise<Map<number, Id[]>> {
  const found = new Map<number, Id[]>()
  for (const key of await inTime(database.keys('document '))) {
    const id = key.slice('document '.length)
    if (isLessonId(id)) continue
    const entry = await inTime(database.get(key))
    const { length } = wholeTextIn(entry) ?? keylessIn(entry)
    found.set(length, [...(found.get(length) ?? []), id])
  }
  return found
}

const versionsKept = async ({ database }: Place): Promise<Set<Id>> =>
  new Set((await inTime(database.list('versions '))).flatMap(([, list]) => versionsIn(list).map((one) => one.id)))

/** The design of one's own that says the very same; of several the one with this id. */
async function sameIn(
  { before, place: { database } }: Into,
  id: Id,
  text: string,
  read: (entry: unknown) => string | null,
): Promise<Id | null> {
  const ids = before.get(text.length) ?? []
  for (const one of ids.includes(id) ? [id, ...ids] : ids) if (read(await inTime(database.get(keyOf(one)))) === text) return one
  return null
}

/** Writes it under its id, or under another one where that is not free; answers under which. */
async function put(id: Id, entries: (id: Id) => ReturnType<typeof entriesOf>, { database, newId }: Place): Promise<Id> {
  const free = anId.test(id) && !isLessonId(id) && id !== store.getState().id
  const written =
    free &&
    (await inTime(database.change([keyOf(id), aboutKeyOf(id)], (values) => (values.some((one) => one !== undefined) ? null : entries(id)))))
  if (written) return id
  const other = newId()
  await inTime(database.change([], () => entries(other)))
  return other
}
