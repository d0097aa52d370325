/** ReferenceGrant: which routes of other namespaces may name a Service or a Secret. */

import { apiGroup } from './k8s-gateway'
import type { ResourceKind } from './kind'
import { asList, asText, isMap, specOf, writtenAt } from './loose'

export const referenceGrant: ResourceKind = {
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
    return { grants: [{ ...writtenAt(document), by: 'ReferenceGrant', kinds }] }
  },
}
