/** What Istio's webhook does not let into a cluster, by the rules that say so (`webhook/`). */

import { emptyMesh } from '../istio/mesh'
import { labSurroundings } from '../istio/surroundings'
import { webhookRules } from '../webhook'
import type { Document } from '../yaml/document'
import { judged } from './lint'

const refusing = webhookRules.filter(({ level }) => level === 'error')
const known = new WeakMap<Document, boolean>()

/** Whether it refuses the document. Such a rule looks at one document alone, so that an unchanged one need not be looked at again. */
export function turnedAway(document: Document): boolean {
  const before = known.get(document)
  if (before !== undefined) return before
  const written = { documents: [document], mesh: emptyMesh, around: labSurroundings }
  const away = refusing.some((rule) => judged(rule, written).some(({ level }) => level === 'error'))
  known.set(document, away)
  return away
}
