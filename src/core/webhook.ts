/** What Istio's webhook does not let into a cluster, by the rules that say so (`rules/webhook-*.ts`). */
import type { Document } from './document'
import { judged } from './lint'
import { emptyMesh } from './mesh'
import { rules } from './rules'
import { labSurroundings } from './surroundings'

const refusing = rules.filter(({ id, level }) => id.startsWith('W') && level === 'error')

/** Whether it refuses the document. Such a rule looks at one document alone, and an unchanged one is not looked at again. */
export const turnedAway = (document: Document): boolean =>
  refusing.some((rule) =>
    judged(rule, { documents: [document], mesh: emptyMesh, around: labSurroundings }).some(({ level }) => level === 'error'),
  )
