/** Reads documents into a Mesh: what Istio's kinds and the Gateway API's say to proxies, in one form. */
import { memo } from '../base/memo'
import { emptyMesh, type Mesh } from '../istio/mesh'
import type { Document } from '../yaml/document'
import { replacedBy } from '../yaml/replaced'
import { readers as kinds } from './kinds'

const readers = new Map(kinds.map((kind) => [`${kind.group} ${kind.kind}`, kind.read]))

/** Whether a document tells proxies something; all else is kept and never read. */
export const isRead = (document: Pick<Document, 'group' | 'kind'>): boolean => readers.has(`${document.group} ${document.kind}`)

const readOne = memo((document: Document): Partial<Mesh> => readers.get(`${document.group} ${document.kind}`)?.(document) ?? {})

/**
 * The Mesh of some documents, in their order; of one object that is written twice the later counts. A value of the wrong type counts as not written, a kind that is not read adds nothing; it
 * never throws. The same Document gives the same entries again.
 */
export function read(documents: readonly Document[]): Mesh {
  const replaced = replacedBy(documents)
  const parts = documents.filter((document) => !replaced.has(document)).map(readOne)
  const all = <K extends keyof Mesh>(key: K): Mesh[K] => parts.flatMap((part) => (part[key] ?? []) as Mesh[K][number][]) as Mesh[K]
  return Object.fromEntries((Object.keys(emptyMesh) as (keyof Mesh)[]).map((key) => [key, all(key)])) as unknown as Mesh
}
