/** What a NetworkPolicy tells proxies. */

import { asList, asMap, asNumber, asText, asTexts, has, isMap, type Loose } from '../../base/loose'
import type { NetworkPolicy, NetworkPolicyRule } from '../../istio/mesh'
import { asSelector, items, specOf, writtenAt } from '../../read/loose'
import type { Document } from '../../yaml/document'
import type { Reader } from './kind'

export const networkPolicy: Reader = {
  group: 'networking.k8s.io',
  kind: 'NetworkPolicy',
  read: (document) => ({ networkPolicies: [barrierFrom(document)] }),
}

/** Without `policyTypes`: Ingress, and Egress where there is an `egress`. */
function barrierFrom(document: Document): NetworkPolicy {
  const spec = specOf(document)
  const types = asTexts(spec.policyTypes)
  return {
    ...writtenAt(document),
    pods: asSelector(spec.podSelector),
    egress: types.length > 0 ? types.includes('Egress') : has(spec, 'egress'),
    ingress: types.length === 0 || types.includes('Ingress'),
    to: rulesFrom(document, spec, 'egress', 'to'),
    fromRules: rulesFrom(document, spec, 'ingress', 'from'),
  }
}

const rulesFrom = (document: Document, spec: Loose, key: string, peers: string): NetworkPolicyRule[] =>
  items(spec[key], document.id, 'spec', key).map(({ item, from }) => ({
    peers: asList(item[peers]).filter(isMap).map(peerFrom),
    ports: asList(item.ports)
      .filter(isMap)
      .map((port) => ({
        protocol: asText(port.protocol, 'TCP'),
        port: asNumber(port.port) ?? (asText(port.port) || null),
        endPort: asNumber(port.endPort),
      })),
    from,
  }))

const peerFrom = (peer: Loose): NetworkPolicyRule['peers'][number] => ({
  pods: has(peer, 'podSelector') ? asSelector(peer.podSelector) : null,
  namespaces: has(peer, 'namespaceSelector') ? asSelector(peer.namespaceSelector) : null,
  cidr: asText(asMap(peer.ipBlock).cidr),
  except: asTexts(asMap(peer.ipBlock).except),
})
