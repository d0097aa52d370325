/** What a place of a text leads to. */
import { memo } from '../base/memo'
import type { Document, DocumentId, Place } from './document'

const byKey = memo((documents: readonly Document[]) => new Map(documents.map((document) => [document.id.key, document])))

/** The document of some that an id names; undefined where none of them is it. */
export const documentAt = (documents: readonly Document[], id: DocumentId): Document | undefined => byKey(documents).get(id.key)

/** What is written at a place; undefined where nothing is. Never a property that only the prototype has. */
export function valueAt(documents: readonly Document[], { of, path }: Place): unknown {
  let value: unknown = documentAt(documents, of)?.object
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
    value = (value as Record<string | number, unknown>)[key]
  }
  return value
}

/** Whether two ids name the same document of a text. */
export const sameDocument = (a: DocumentId | undefined, b: DocumentId | undefined): boolean => a?.key === b?.key
