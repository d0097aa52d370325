/** What Istio's webhook does not let into a cluster, by the rules that say so (`webhook/`). */

import { memo } from '../base/memo'
import { emptyMesh } from '../istio/mesh'
import { labSurroundings } from '../istio/surroundings'
import { webhookRules } from '../webhook'
import type { Document } from '../yaml/document'
import type { Finding } from '../yaml/finding'
import { judge } from './judged'

const refusing = webhookRules.filter(({ level }) => level === 'error')

/** Why it refuses the document. Such a rule looks at one document alone, so that an unchanged one need not be looked at again. */
export const webhookFindings = memo((document: Document): readonly Finding[] => {
  const written = { documents: [document], mesh: emptyMesh, around: labSurroundings }
  return refusing.flatMap((rule) => judge(rule, written).filter(({ level }) => level === 'error'))
})

export const webhookRefuses = (document: Document): boolean => webhookFindings(document).length > 0
