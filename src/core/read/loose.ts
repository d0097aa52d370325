/** Values of a document, whatever type they turn out to have: what is not of the type that is asked for counts as not written. Nothing throws. */

import type { Labels } from '../base/labels'
import type { Loose } from '../base/loose'
import { asLabels, asList, asMap, asText, asTexts, has, isMap } from '../base/loose'
import type { ConfigMeta, Mesh, Selector } from '../istio/mesh'
import type { Document, DocumentId, Path, Place } from '../yaml/document'

/** What a reader gives: a part of the Mesh. */
export type Read = Partial<Mesh>

/** Items of a list that are maps, each with the place that it is written at. */
export function items(value: unknown, of: DocumentId, ...path: Path): { item: Loose; from: Place; index: number }[] {
  return asList(value).flatMap((item, index) => (isMap(item) ? [{ item, index, from: { of, path: [...path, index] } }] : []))
}

export const specOf = (document: Document): Loose => asMap(document.object.spec)

export const writtenAt = (document: Document, ...path: Path): ConfigMeta => ({
  name: document.name,
  namespace: document.namespace,
  creationTimestamp: asText(asMap(document.object.metadata).creationTimestamp),
  from: { of: document.id, path },
})

/** `matchLabels` below a key; null where the key is left out. */
export const matchLabels = (of: Loose, key: string): Labels | null => (has(of, key) ? asLabels(asMap(of[key]).matchLabels) : null)

/** A selector of Kubernetes, with labels and expressions. */
export const asSelector = (value: unknown): Selector => ({
  labels: asLabels(asMap(value).matchLabels),
  expressions: asList(asMap(value).matchExpressions)
    .filter(isMap)
    .map(({ key, operator, values }) => ({ key: asText(key), operator: asText(operator), values: asTexts(values) })),
})
