/** What a ServiceEntry tells proxies. */

import { asLabels, asMap, asNumber, asOneOf, asText, asTexts, entriesOf, has, type Loose } from '../../base/loose'
import type { ServiceHost, ServiceHostPort } from '../../istio/mesh'
import { asProtocol } from '../../istio/protocol'
import { items, specOf, writtenAt } from '../../read/loose'
import type { Document } from '../../yaml/document'
import type { Reader } from './kind'

export const serviceEntry: Reader = {
  group: 'networking.istio.io',
  kind: 'ServiceEntry',
  read: (document) => ({ serviceHosts: [knownFrom(document)] }),
}

/** What is not written: MESH_EXTERNAL and NONE (istio/README 5). */
function knownFrom(document: Document): ServiceHost {
  const spec = specOf(document)
  return {
    ...writtenAt(document),
    by: 'ServiceEntry',
    hosts: asTexts(spec.hosts),
    addresses: asTexts(spec.addresses),
    ports: items(spec.ports, document.id, 'spec', 'ports').flatMap(({ item, from }) => portFrom(item, from)),
    resolution: asOneOf(spec.resolution, ['DNS', 'DNS_ROUND_ROBIN', 'STATIC', 'NONE', 'DYNAMIC_DNS'], 'NONE'),
    external: spec.location !== 'MESH_INTERNAL',
    endpoints: items(spec.endpoints, document.id, 'spec', 'endpoints').map(({ item, from }) => ({
      address: asText(item.address),
      ports: Object.fromEntries(entriesOf(item.ports).filter((entry): entry is [string, number] => asNumber(entry[1]) !== null)),
      labels: asLabels(item.labels),
      from,
    })),
    // A selector of Istio's networking kinds says `labels`, not `matchLabels`.
    selector: has(spec, 'workloadSelector') ? asLabels(asMap(spec.workloadSelector).labels) : null,
    subjectAltNames: asTexts(spec.subjectAltNames),
    exportTo: asTexts(spec.exportTo),
    labels: document.labels,
  }
}

function portFrom(item: Loose, from: ServiceHostPort['from']): ServiceHostPort[] {
  const number = asNumber(item.number)
  if (number === null) return []
  const targetPort = asNumber(item.targetPort)
  return [{ number, name: asText(item.name), protocol: asProtocol(item.protocol), ...(targetPort && { targetPort }), from }]
}
