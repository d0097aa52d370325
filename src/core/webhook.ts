/** What Istio's webhook does not let into a cluster, by the rules that say so (`rules/webhook-*.ts`). */
import type { Document } from './document'
import { judged } from './lint'
import { emptyMesh } from './mesh'
import { rules } from './rules'
import { labSurroundings } from './surroundings'

const refusing = rules.filter(({ id, level }) => id.startsWith('W') && level === 'error')
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
