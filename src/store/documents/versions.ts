/**
 * Versions of a design: the whole document as it was, beside the document in the database, each with a line in a list. They are kept by themselves or
 * under a name, within a budget, and by the tab alone that may write the document.
 */
import type { Id } from '../../core/base/id'
import type { Work } from '../../core/model/work'
import { aboutKeyOf, aboutOf, entriesOf, isLessonId, lastKey, mayWrite, stampOf, wholeText, workIn } from './entries'
import { type Entry, inTime, type Place } from './place'
import { type Sketch, sketchIn, sketchOf } from './sketch'
import { titleOf } from './title'

const whys = ['session', 'import', 'load', 'restore', 'name'] as const
/** What a version was kept for: a session of editing has ended, something is about to take its place, or a person gave it a name. */
export type Why = (typeof whys)[number]

export interface Version {
  id: Id
  /** When the design was so; milliseconds since 1970, by the clock of the machine. */
  at: number
  why: Why
  /** Empty: it was kept by itself, and makes room by itself. */
  name: string
  /** What the design was called. */
  title: string
  /** Letters of its text. */
  size: number
  sketch: Sketch
}

/** What is kept of one design at most: so many without a name, so many with one, and so many letters of all together. */
export const budget = { unnamed: 50, named: 100, letters: 5_000_000 }

const lists = 'versions '
/** All versions of a design, in the order in which they were kept. */
export const listKeyOf = (id: Id): string => `${lists}${id}`
export const textKeyOf = (id: Id, version: Id): string => `version ${id} ${version}`

/** The list as it was noted; what cannot be read of it is left out. */
export function versionsIn(value: unknown): Version[] {
  return (Array.isArray(value) ? value : []).flatMap((one: Record<keyof Version, unknown> | null) => {
    const why = whys.find((each) => each === one?.why)
    if (!one || !why || typeof one.id !== 'string' || !Number.isFinite(one.at) || !Number.isFinite(one.size)) return []
    const [name, title] = [String(one.name ?? ''), String(one.title ?? '')]
    return [{ id: one.id, at: Number(one.at), why, name, title, size: Number(one.size), sketch: sketchIn(one.sketch) }]
  })
}

/** In the order in which they were kept. Fails where the storage fails. */
export const versionsOf = async (id: Id, { database }: Pick<Place, 'database'>): Promise<Version[]> =>
  versionsIn(await inTime(database.get(listKeyOf(id))))

/** The design as it was; null where that cannot be read. */
export const workOfVersion = async (id: Id, version: Id, { database }: Pick<Place, 'database'>): Promise<Work | null> =>
  workIn(await inTime(database.get(textKeyOf(id, version))))

/**
 * What is left of a list once it is within the budget: the oldest without a name go first, and one with a name never does. Null: the last, which
 * is new, has no room beside those with names.
 */
export function fitting(list: readonly Version[]): { kept: Version[]; gone: Version[] } | null {
  const kept = [...list]
  const gone: Version[] = []
  for (;;) {
    const named = kept.filter(({ name }) => name !== '').length
    const letters = kept.reduce((sum, { size }) => sum + size, 0)
    if (kept.length - named <= budget.unnamed && named <= budget.named && letters <= budget.letters) return { kept, gone }
    const oldest = kept.findIndex(({ name }) => name === '')
    if (oldest === -1 || oldest === kept.length - 1 || named > budget.named) return null
    gone.push(...kept.splice(oldest, 1))
  }
}

/** `same`: it is the last one already. `elsewhere`: another tab has the document. `empty`: there is nothing to keep. */
export type Kept = 'kept' | 'same' | 'elsewhere' | 'empty' | 'no room'

export interface Wish {
  why: Why
  name?: string
}

/** Keeps a work as a version of a document. Fails where the storage fails. */
export async function keep(id: Id, work: Work, { why, name = '' }: Wish, place: Place): Promise<Kept> {
  if (isLessonId(id) || (name === '' && isEmpty(work))) return 'empty'
  const text = wholeText(work)
  const last = (await versionsOf(id, place)).at(-1)
  const fresh = { id: place.newId(), why, name, title: titleOf(work.design), size: text.length, sketch: sketchOf(work.design) }
  const result: { is: Kept | 'again' } = { is: 'kept' }
  const keys = [aboutKeyOf(id), listKeyOf(id), ...(last ? [textKeyOf(id, last.id)] : [])]
  const written = await inTime(
    place.database.change(keys, ([entry, listed, before]) => {
      const about = aboutOf(entry)
      const list = versionsIn(listed)
      const isLast = before === text
      if (!mayWrite(id, about, place)) result.is = 'elsewhere'
      else if (list.at(-1)?.id !== last?.id) result.is = 'again'
      else if (isLast && name === '') result.is = 'same'
      // The last one gets the name, unless it has one.
      else if (isLast && last?.name === '') return [[listKeyOf(id), [...list.slice(0, -1), { ...last, name, why }]]]
      else {
        const at = why === 'session' ? (about?.changed ?? place.now()) : place.now()
        const fits = fitting([...list, { ...fresh, at }])
        // What is not saved yet is saved with its version: nobody would find that without it.
        const document = about ? [] : [...entriesOf(id, work, 1, place), [lastKey, id] as const]
        if (fits) return [...document, [listKeyOf(id), fits.kept], [textKeyOf(id, fresh.id), text], ...without(id, fits.gone)]
        result.is = 'no room'
      }
      return null
    }),
  )
  const saved = aboutOf(written?.find(([key]) => key === aboutKeyOf(id))?.[1])
  if (saved) place.known.set(id, stampOf(saved))
  return result.is === 'again' ? keep(id, work, { why, name }, place) : result.is
}

const isEmpty = ({ design, draft }: Work): boolean => design.nodes.length === 0 && !draft

const without = (id: Id, gone: readonly Version[]): Entry[] => gone.map((version) => [textKeyOf(id, version.id), null] as const)

/** Puts in a version from elsewhere, where there is room without any going for it. `byTime`: among others; else behind them. */
export async function addVersion(
  of: Id,
  version: Pick<Version, 'id' | 'at' | 'why' | 'name'>,
  work: Work,
  byTime: boolean,
  { database }: Pick<Place, 'database'>,
): Promise<'added' | 'there' | 'no room'> {
  const text = wholeText(work)
  const added: Version = { ...version, title: titleOf(work.design), size: text.length, sketch: sketchOf(work.design) }
  let result: 'added' | 'there' | 'no room' = 'added'
  await inTime(
    database.change([listKeyOf(of)], ([listed]) => {
      const list = versionsIn(listed)
      const later = byTime ? list.findIndex((one) => one.at > added.at) : -1
      const now = list.toSpliced(later === -1 ? list.length : later, 0, added)
      const isThere = list.some((one) => one.id === added.id)
      result = isThere ? 'there' : fitting(now)?.gone.length === 0 ? 'added' : 'no room'
      return result === 'added'
        ? [
            [listKeyOf(of), now],
            [textKeyOf(of, added.id), text],
          ]
        : null
    }),
  )
  return result
}

/** One with a name stays until it is deleted. False: there is no room for another with a name, or it is gone. */
export async function nameVersion(id: Id, version: Id, name: string, { database }: Place): Promise<boolean> {
  const written = await inTime(
    database.change([listKeyOf(id)], ([listed]) => {
      const list = versionsIn(listed)
      const named = list.map((one) => (one.id === version ? { ...one, name } : one))
      const isThere = list.some((one) => one.id === version)
      return isThere && named.filter((one) => one.name !== '').length <= budget.named ? [[listKeyOf(id), named]] : null
    }),
  )
  return written !== null
}

/** Takes a version away; the answer puts it back, and is false where it has no room any more. */
export async function removeVersion(id: Id, version: Id, { database }: Place): Promise<() => Promise<boolean>> {
  let [was, at, text]: [Version | undefined, number, unknown] = [undefined, 0, null]
  await inTime(
    database.change([listKeyOf(id), textKeyOf(id, version)], ([listed, entry]) => {
      const list = versionsIn(listed)
      at = list.findIndex((one) => one.id === version)
      was = list[at]
      text = entry ?? null
      return was ? [[listKeyOf(id), list.toSpliced(at, 1)], ...without(id, [was])] : null
    }),
  )
  return async () => {
    const written = await inTime(
      database.change([listKeyOf(id)], ([listed]) => {
        const back = was && versionsIn(listed).toSpliced(at, 0, was)
        const fits = back && fitting(back)
        return was && fits ? [[listKeyOf(id), fits.kept], [textKeyOf(id, was.id), text], ...without(id, fits.gone)] : null
      }),
    )
    return written !== null
  }
}

/** The keys of all that there is of a document's versions. */
export async function versionKeysOf(id: Id, { database }: Pick<Place, 'database'>): Promise<string[]> {
  const [list, texts] = await Promise.all([versionsOf(id, { database }), inTime(database.keys(`version ${id} `))])
  return [...new Set([listKeyOf(id), ...list.map((one) => textKeyOf(id, one.id)), ...texts])]
}

/**
 * Where the storage is full, work comes before versions: the older half of all that have no name, of all designs, go. False: there was none.
 * Fails where the storage fails.
 */
export async function giveWay({ database }: Pick<Place, 'database'>): Promise<boolean> {
  const all = (await inTime(database.list(lists))).flatMap(([key, listed]) =>
    versionsIn(listed).flatMap((version) => (version.name === '' ? [{ id: key.slice(lists.length), version }] : [])),
  )
  const oldest = all.toSorted((a, b) => a.version.at - b.version.at).slice(0, Math.ceil(all.length / 2))
  for (const id of new Set(oldest.map((one) => one.id))) {
    const gone = new Set(oldest.flatMap((one) => (one.id === id ? [one.version.id] : [])))
    await inTime(
      database.change([listKeyOf(id)], ([listed]) => {
        const list = versionsIn(listed)
        const go = list.filter((one) => gone.has(one.id) && one.name === '')
        return [[listKeyOf(id), list.filter((one) => !go.includes(one))], ...without(id, go)]
      }),
    )
  }
  return oldest.length > 0
}
