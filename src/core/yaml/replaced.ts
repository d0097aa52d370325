/** Objects that a text holds twice: whoever applies it leaves only the last. */

import type { Document } from './document'
import { calledOf } from './parse/identity'

/** Each document that a later one of the same kind, namespace and name replaces, with the last of them. One without a name replaces nothing. */
export function replacedBy(documents: readonly Document[]): Map<Document, Document> {
  const last = new Map(documents.map((document) => [calledOf(document), document]))
  return new Map(
    documents.flatMap((document) => {
      const later = document.name === '' ? document : last.get(calledOf(document))
      return later && later !== document ? [[document, later] as const] : []
    }),
  )
}
