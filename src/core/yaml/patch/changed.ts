/** What objects say after some changes: the measure of what a patched text must say. */
import { listed } from '../../base/collect'
import { isMap } from '../../base/loose'
import type { Change, Document, Path, Place } from '../document'

type Plain = Record<string, unknown>
type Edit = Exclude<Change, { add: Plain }>

/** The part of a document that a change is about; null for a new document. */
export const placeOf = (change: Change): Place | null =>
  'set' in change ? change.set : 'rename' in change ? change.rename : 'remove' in change ? change.remove : null

/**
 * The objects of the documents after the changes, in order, the added ones last. Every place means the documents as they are now, not as an
 * earlier change leaves them: two items of a list may be removed in any order. A place that is not there is made; one to remove or rename
 * is passed over. What no change touches stays the same object.
 */
export function changed(documents: readonly Pick<Document, 'id' | 'object'>[], changes: readonly Change[]): Plain[] {
  const edits = new Map<string, Edit[]>()
  const added: Plain[] = []
  for (const change of changes) {
    if ('add' in change) added.push(change.add)
    else listed(edits, placeOf(change)?.of.key ?? '', change)
  }
  const kept = documents.flatMap((document) => {
    const own = edits.get(document.id.key)
    if (!own) return [document.object as Plain]
    return own.some((edit) => 'remove' in edit && edit.remove.path.length === 0) ? [] : [edited(document.object as Plain, own)]
  })
  return [...kept, ...added]
}

/**
 * Sets come first, then renames, removals and insertions from the end of each list to its beginning, so that each finds its place as it was;
 * of those at one place the removal comes before what is inserted there.
 */
export function inOrder(edits: readonly Edit[]): Edit[] {
  const pathOf = (edit: Edit) => placeOf(edit)?.path ?? []
  const sets = edits.filter((edit) => 'set' in edit && !edit.insert)
  const others = edits
    .filter((edit) => !('set' in edit) || edit.insert)
    .map((edit, index) => ({ edit, index, last: 'set' in edit ? 1 : 0 }))
  others.sort((a, b) => comparePaths(pathOf(b.edit), pathOf(a.edit)) || a.last - b.last || b.index - a.index)
  return [...sets, ...others.map(({ edit }) => edit)]
}

/** Items of a list by number; anything else stays as it comes. A longer path lies behind the shorter one that it begins with. */
function comparePaths(a: Path, b: Path): number {
  for (let depth = 0; depth < Math.min(a.length, b.length); depth++) {
    const [x, y] = [a[depth], b[depth]]
    if (x === y) continue
    if (typeof x === 'number' && typeof y === 'number') return x - y
    return String(x) < String(y) ? -1 : 1
  }
  return a.length - b.length
}

function edited(object: Plain, edits: readonly Edit[]): Plain {
  let result: unknown = object
  for (const edit of inOrder(edits)) {
    const path = placeOf(edit)?.path ?? []
    if ('rename' in edit) result = at(result, path.slice(0, -1), (parent) => renamed(parent, path.at(-1), edit.to), false)
    else if ('remove' in edit) result = at(result, path.slice(0, -1), (parent) => without(parent, path.at(-1)), false)
    else if (edit.insert) result = at(result, path.slice(0, -1), (parent) => inserted(parent, path.at(-1), edit.value), true)
    else result = at(result, path, () => edit.value, true)
  }
  return result as Plain
}

/** A copy in which the part at a path is another; parts on the way that are missing are made, or else nothing changes. */
function at(value: unknown, path: Path, make: (part: unknown) => unknown, create: boolean): unknown {
  const [key, ...rest] = path
  if (key === undefined) return make(value)
  if (typeof key === 'number') {
    const list = Array.isArray(value) ? [...value] : []
    if (key >= list.length && !create) return value
    list[Math.min(key, list.length)] = at(list[key], rest, make, create)
    return list
  }
  const there = isMap(value) && Object.hasOwn(value, key)
  if (!there && !create) return value
  const map = isMap(value) ? value : {}
  const part = at(there ? map[key] : undefined, rest, make, create)
  return fromPairs(
    there ? Object.entries(map).map(([name, old]) => [name, name === key ? part : old]) : [...Object.entries(map), [key, part]],
  )
}

/** `Object.fromEntries` makes own properties of every name, `__proto__` too. */
const fromPairs = (pairs: readonly (readonly [string, unknown])[]): Plain => Object.fromEntries(pairs)

function renamed(parent: unknown, key: string | number | undefined, to: string): unknown {
  if (!isMap(parent) || typeof key !== 'string' || !Object.hasOwn(parent, key)) return parent
  return fromPairs(
    Object.entries(parent).flatMap(([name, value]) =>
      name === key ? [[to, value] as const] : name === to ? [] : [[name, value] as const],
    ),
  )
}

function without(parent: unknown, key: string | number | undefined): unknown {
  if (Array.isArray(parent)) return parent.filter((_, index) => index !== key)
  return isMap(parent) ? fromPairs(Object.entries(parent).filter(([name]) => name !== key)) : parent
}

function inserted(parent: unknown, index: string | number | undefined, value: unknown): unknown {
  const list = Array.isArray(parent) ? parent : []
  const before = typeof index === 'number' ? index : list.length
  return [...list.slice(0, before), value, ...list.slice(before)]
}
