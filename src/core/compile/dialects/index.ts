/** Every dialect, in the order of the picker. */

import type { DocumentId } from '../../yaml/document'
import { defaultDialect } from '../default-dialect'
import { istioV1 } from './istio-v1'
import { istioV1alpha3 } from './istio-v1alpha3'
import type { Dialect } from './kind'

const listed = {
  [istioV1.id]: istioV1,
  [istioV1alpha3.id]: istioV1alpha3,
}

export type DialectId = keyof typeof listed
export const dialects: Readonly<Record<DialectId, Dialect>> = listed

/** The ids, in the order of the picker. */
export const dialectIds: readonly DialectId[] = Object.values(listed).map(({ id }) => id)

/** The id that a text names; undefined where no dialect has it. */
export const dialectNamed = (id: string): DialectId | undefined => dialectIds.find((known) => known === id)

/** The dialect in which a document is written; the default one where none recognises it, such as v1beta1. */
export const dialectOf = (document: DocumentId): Dialect =>
  Object.values(dialects).find((dialect) => dialect.recognises(document)) ?? dialects[defaultDialect]
