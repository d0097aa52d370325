/** Sidecar: what proxies of a namespace, or of some workloads in it, know (istio/README 3.6). */

import { asLabels, asMap, asNumber, asText, asTexts, has, type Loose } from '../../base/loose'
import type { Sidecar } from '../../istio/mesh'
import { asProtocol } from '../../istio/protocol'
import type { Document } from '../../yaml/document'
import { items, specOf, writtenAt } from '../loose'
import type { Reader } from './kind'

export const sidecar: Reader = {
  group: 'networking.istio.io',
  kind: 'Sidecar',
  read: (document) => ({ sidecars: [scopeFrom(document)] }),
}

function scopeFrom(document: Document): Sidecar {
  const spec = specOf(document)
  return {
    ...writtenAt(document),
    selector: has(spec, 'workloadSelector') ? asLabels(asMap(spec.workloadSelector).labels) : null,
    egress: has(spec, 'egress')
      ? items(spec.egress, document.id, 'spec', 'egress').map(({ item, from }) => ({
          hosts: asTexts(item.hosts),
          port: asNumber(asMap(item.port).number),
          ...(has(item, 'port') && { protocol: asProtocol(asMap(item.port).protocol) }),
          bind: asText(item.bind),
          from,
        }))
      : null,
    outbound: outboundOf(spec),
  }
}

/** The mode of a policy that names none is the first of Istio's list, REGISTRY_ONLY. */
function outboundOf(spec: Loose): Sidecar['outbound'] {
  if (!has(spec, 'outboundTrafficPolicy')) return null
  return asMap(spec.outboundTrafficPolicy).mode === 'ALLOW_ANY' ? 'ALLOW_ANY' : 'REGISTRY_ONLY'
}
