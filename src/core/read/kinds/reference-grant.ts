/** ReferenceGrant: which routes of other namespaces may name a Service or a Secret. */

import { asList, asText, isMap } from '../../base/loose'
import { specOf, writtenAt } from '../loose'
import { apiGroup } from './k8s-gateway'
import type { Reader } from './kind'

export const referenceGrant: Reader = {
  group: apiGroup,
  kind: 'ReferenceGrant',
  read: (document) => {
    const spec = specOf(document)
    const from = asList(spec.from).filter(isMap)
    const to = asList(spec.to).filter(isMap)
    const kinds = {
      from: from.map((each) => ({ group: asText(each.group), kind: asText(each.kind), namespace: asText(each.namespace) })),
      to: to.map((each) => ({ group: asText(each.group), kind: asText(each.kind), name: asText(each.name) })),
    }
    return { secretAccess: [{ ...writtenAt(document), by: 'ReferenceGrant', kinds }] }
  },
}
