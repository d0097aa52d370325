/** What an edit of the drawing changes, said as changes of the documents of the user's text. */

import { isMap } from '../../base/loose'
import { saidIn } from '../../base/said'
import type { Change, Document, DocumentId, Path, Place } from '../document'
import { calledOf, documentOf } from '../parse/identity'
import { alike } from './refine'

type Plain = Readonly<Record<string, unknown>>

const nameOf = (object: Plain): string => calledOf(documentOf(object as Record<string, unknown>, ''))

/**
 * The smallest list of changes that does to the documents what an edit did to the objects: `before` and `after` are compiled objects, matched
 * with the documents by group, kind, namespace and name. What a document has beside what was compiled stays. An object whose document is
 * missing is added; one that vanished takes its document along.
 */
export function differences(before: readonly Plain[], after: readonly Plain[], documents: readonly Document[]): Change[] {
  const old = new Map(before.map((object) => [nameOf(object), object]))
  const now = new Map(after.map((object) => [nameOf(object), object]))
  const drafts = new Map(documents.map((document) => [nameOf(document.object), document]))
  const changes: Change[] = []
  for (const [name, object] of now) {
    const [was, of] = [old.get(name), drafts.get(name)]
    if (was === object) continue
    if (was && of) changes.push(...inDraft(of, was, object))
    // Somebody's object of that name: it says what comes as well, and all of its own.
    else if (of) changes.push(...inDraft(of, { ...object, spec: {} }, object))
    else if (!was || !alike(was, object)) changes.push({ add: object })
  }
  for (const name of old.keys()) {
    const of = drafts.get(name)
    if (of && !now.has(name)) changes.push({ remove: { of: of.id, path: [] } })
  }
  return changes
}

function inDraft(of: Document, before: Plain, after: Plain): Change[] {
  const { apiVersion: _, ...was } = before
  const { apiVersion: __, ...is } = after
  // The version that the user wrote stays, where the kind is the same.
  return compared(of.id, of.object, was, is, [])
}

/** Walks the three together: the draft at a path, and what was and is compiled for it. */
function compared(of: DocumentId, draft: unknown, was: unknown, is: unknown, path: Path): Change[] {
  if (alike(was, is)) return []
  const at: Place = { of, path }
  if (isMap(draft) && isMap(was) && isMap(is)) return mapCompared(at, draft, was, is)
  if (Array.isArray(draft) && Array.isArray(was) && Array.isArray(is)) return listCompared(at, draft, was, is)
  return alike(draft, is) ? [] : [{ set: at, value: is }]
}

function mapCompared({ of, path }: Place, draft: Plain, was: Plain, is: Plain): Change[] {
  const keys = new Set([...Object.keys(was), ...Object.keys(is)])
  return [...keys].flatMap((key): Change[] => {
    const place: Place = { of, path: [...path, key] }
    const [own, old, now] = [draft, was, is].map((map) => (Object.hasOwn(map, key) ? map[key] : undefined))
    if (now === undefined) return own === undefined ? [] : removed(place, own, old)
    if (own === undefined) return Array.isArray(old) && Array.isArray(now) ? come(place, old, now) : [{ set: place, value: now }]
    // What the person has there already, beside what comes.
    return compared(of, own, old ?? emptyOf(now), now, place.path)
  })
}

/** A list that the person does without: what it had already is no part of what comes. */
function come(place: Place, old: readonly unknown[], now: readonly unknown[]): Change[] {
  const fresh = now.filter((item) => !old.some((one) => alike(one, item)))
  return fresh.length > 0 ? [{ set: place, value: fresh }] : []
}

const emptyOf = (value: unknown): unknown => (isMap(value) ? {} : Array.isArray(value) ? [] : undefined)

/** Takes away what was compiled, and leaves what the person has beside it. */
function removed(place: Place, own: unknown, old: unknown): Change[] {
  if (!isMap(own) || !isMap(old) || !hasMore(own, old)) return [{ remove: place }]
  return mapCompared(place, own, old, {})
}

const hasMore = (own: Plain, old: Plain): boolean =>
  Object.entries(own).some(([key, part]) => !Object.hasOwn(old, key) || (isMap(part) && isMap(old[key]) && hasMore(part, old[key])))

/**
 * Items are changed one by one, each at the item of the draft that says what was compiled for it; what comes goes behind the item that it
 * follows, since the first route that matches counts.
 */
function listCompared({ of, path }: Place, draft: readonly unknown[], was: readonly unknown[], is: readonly unknown[]): Change[] {
  const older = paired(is, was)
  const inDraft = paired(was, draft, draft.length === was.length)
  const draftOf = (index: number): number | undefined => {
    const old = older.get(index)
    return old === undefined ? undefined : inDraft.get(old)
  }
  const changes: Change[] = []
  const taken = new Set(inDraft.values())
  for (const [index, item] of is.entries()) {
    const [old, own] = [older.get(index), draftOf(index)]
    if (old !== undefined) {
      if (own !== undefined) changes.push(...compared(of, draft[own], was[old], item, [...path, own]))
      continue
    }
    const there = draft.findIndex((one, at) => !taken.has(at) && (alike(one, item) || sameThing(one, item) || isOnlyRoute(draft, is)))
    if (there >= 0) {
      taken.add(there)
      changes.push(...compared(of, draft[there], emptyOf(item), item, [...path, there]))
    } else changes.push({ set: { of, path: [...path, placeFor(index, is.length, draftOf, draft.length)] }, value: item, insert: true })
  }
  const kept = new Set(older.values())
  for (const [old, item] of was.entries()) {
    if (kept.has(old)) continue
    // What goes is found in any order: a person may list the same otherwise.
    const own = inDraft.get(old) ?? draft.findIndex((one, at) => !taken.has(at) && (alike(one, item) || sameThing(one, item)))
    if (own < 0) continue
    taken.add(own)
    changes.push({ remove: { of, path: [...path, own] } })
  }
  return changes
}

/** A person's one rule for a host is what an edit's one rule changes, whatever either matches. */
const isOnlyRoute = (draft: readonly unknown[], is: readonly unknown[]): boolean =>
  [draft, is].every((list) => list.length === 1 && isMap(list[0]) && Object.hasOwn(list[0], 'route'))

/** Before which item of the draft a new one is put. */
function placeFor(index: number, count: number, draftOf: (index: number) => number | undefined, end: number): number {
  for (let at = index - 1; at >= 0; at--) {
    const own = draftOf(at)
    if (own !== undefined) return own + 1
  }
  for (let at = index + 1; at < count; at++) {
    const own = draftOf(at)
    if (own !== undefined) return own
  }
  return end
}

/** Which item of `to` each item of `from` is, by their places: the same, of the same name, or the most alike; in the same order. */
function paired(from: readonly unknown[], to: readonly unknown[], byPlace = false): Map<number, number> {
  const shorter = Math.min(from.length, to.length)
  let start = 0
  while (start < shorter && alike(from[start], to[start])) start++
  let end = 0
  while (end < shorter - start && alike(from.at(-1 - end), to.at(-1 - end))) end++
  const middle = pairedWithin(from.slice(start, from.length - end), to.slice(start, to.length - end), byPlace)
  return new Map([
    ...Array.from({ length: start }, (_, at) => [at, at] as const),
    ...[...middle].map(([at, other]) => [at + start, other + start] as const),
    ...Array.from({ length: end }, (_, at) => [from.length - end + at, to.length - end + at] as const),
  ])
}

function pairedWithin(from: readonly unknown[], to: readonly unknown[], byPlace: boolean): Map<number, number> {
  const pairs = new Map<number, number>()
  const free = new Set(to.keys())
  const pair = (fits: (a: unknown, b: unknown, at: number, other: number) => boolean) => {
    for (const [at, item] of from.entries()) {
      if (pairs.has(at)) continue
      for (const other of free) {
        if (!fits(item, to[other], at, other) || !inOrder(pairs, at, other)) continue
        pairs.set(at, other)
        free.delete(other)
        break
      }
    }
  }
  pair(alike)
  pair(sameThing)
  pair(mostlyAlike)
  if (byPlace) pair((_, __, at, other) => at === other)
  return pairs
}

const inOrder = (pairs: ReadonlyMap<number, number>, at: number, other: number): boolean =>
  [...pairs].every(([a, b]) => a < at === b < other)

/** What tells an item from its neighbours, in Istio's lists: a port by its number, a server by its port and hosts, a route by its matches. */
function nameIn(item: unknown): string | null {
  if (!isMap(item)) return null
  const { number, port, hosts, match, address, name, destination } = item
  if (typeof number === 'number') return `number ${number}`
  if (isMap(port)) return `port ${String(port.number)} ${JSON.stringify(hosts ?? null)}`
  if (match !== undefined || item.route !== undefined) return `match ${JSON.stringify(match ?? null)}`
  if (isMap(destination)) return `destination ${String(destination.host)}`
  return typeof address === 'string' ? `address ${address}` : typeof name === 'string' ? `name ${name}` : null
}

/** Whether two items of a list are one, whatever else they say. */
export function sameThing(a: unknown, b: unknown): boolean {
  const name = nameIn(a)
  return name !== null && name === nameIn(b)
}

const saidBy = (value: unknown): string[] => [...saidIn(value)].map(([path, part]) => `${path} ${JSON.stringify(part)}`)

/** They share half of what either says. */
function mostlyAlike(a: unknown, b: unknown): boolean {
  if (!isMap(a) || !isMap(b)) return false
  const [one, other] = [saidBy(a), new Set(saidBy(b))]
  return one.filter((part) => other.has(part)).length * 2 >= Math.max(one.length, other.size)
}
