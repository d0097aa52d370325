/** What an edit of the drawing changes, said as changes of the documents of the user's text. */

import { isMap } from '../../base/loose'
import type { Change, Document, DocumentId, Path, Place } from '../document'
import { calledOf, documentOf } from '../parse/identity'
import { alike, refine } from './refine'

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
    else if (of) changes.push(...inDraft(of, of.object, object))
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
  if (isMap(draft) && isMap(was) && isMap(is)) {
    const keys = new Set([...Object.keys(was), ...Object.keys(is)])
    return [...keys].flatMap((key): Change[] => {
      const place: Place = { of, path: [...path, key] }
      if (!Object.hasOwn(is, key)) return Object.hasOwn(draft, key) ? [{ remove: place }] : []
      if (!Object.hasOwn(draft, key) || !Object.hasOwn(was, key)) return alike(draft[key], is[key]) ? [] : [{ set: place, value: is[key] }]
      return compared(of, draft[key], was[key], is[key], place.path)
    })
  }
  if (Array.isArray(draft) && Array.isArray(was) && Array.isArray(is)) return listCompared(at, draft, was, is)
  return alike(draft, is) ? [] : [{ set: at, value: is }]
}

/** Where the draft has the list as it was, items are changed one by one; where the user has another, it gets the same items less and more. */
function listCompared({ of, path }: Place, draft: readonly unknown[], was: readonly unknown[], is: readonly unknown[]): Change[] {
  if (draft.length === was.length)
    // Steps go from the end to the beginning, each over what the one before left; changes mean the list as it is and keep their order.
    return refine(was, is, path)
      .map((step): Change => {
        const place = { of, path: step.path }
        if (step.is === 'remove') return { remove: place }
        return step.is === 'insert' ? { set: place, value: step.value, insert: true } : { set: place, value: step.value }
      })
      .toReversed()
  const key = (item: unknown) => JSON.stringify(item)
  const [olds, news] = [new Set(was.map(key)), new Set(is.map(key))]
  const kept = draft.filter((item) => !olds.has(key(item)) || news.has(key(item)))
  const there = new Set(draft.map(key))
  const value = [...kept, ...is.filter((item) => !there.has(key(item)))]
  return alike(value, draft) ? [] : [{ set: { of, path }, value }]
}
