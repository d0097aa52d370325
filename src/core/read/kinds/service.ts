/** Service: a host of the cluster, and by the names of its ports what is spoken there. */

import type { Labels } from '../../base/labels'
import { asLabels, asNumber, asText, entriesOf, type Loose } from '../../base/loose'
import { serviceHost } from '../../istio/host-name'
import type { ServiceHost, ServiceHostPort } from '../../istio/mesh'
import { servicePortProtocol } from '../../istio/protocol'
import type { Document } from '../../yaml/document'
import { items, specOf, writtenAt } from '../loose'
import type { Reader } from './kind'

export const service: Reader = { group: '', kind: 'Service', read: (document) => ({ serviceHosts: [knownFrom(document)] }) }

/** One without labels selects nothing: others say where the Service is served. */
function selectorOf(spec: Loose): Labels | null {
  const selector = asLabels(spec.selector)
  return Object.keys(selector).length > 0 ? selector : null
}

const noAddress = ['None', '']

function knownFrom(document: Document): ServiceHost {
  const spec = specOf(document)
  const written = writtenAt(document)
  const clusterIP = asText(spec.clusterIP)
  return {
    ...written,
    by: 'Service',
    hosts: [serviceHost(written.name, written.namespace)],
    addresses: noAddress.includes(clusterIP) ? [] : [clusterIP],
    ports: items(spec.ports, document.id, 'spec', 'ports').flatMap(({ item, from }) => portFrom(item, from)),
    resolution: clusterIP === 'None' ? 'NONE' : spec.type === 'ExternalName' ? 'DNS' : 'STATIC',
    external: spec.type === 'ExternalName',
    endpoints:
      spec.type === 'ExternalName' && asText(spec.externalName)
        ? [{ address: asText(spec.externalName), ports: {}, labels: {}, from: { of: document.id, path: ['spec', 'externalName'] } }]
        : [],
    selector: selectorOf(spec),
    subjectAltNames: [],
    exportTo: asText(document.annotations['networking.istio.io/exportTo'])
      .split(',')
      .map((each) => each.trim())
      .filter((each) => each !== ''),
    labels: document.labels,
  }
}

function portFrom(item: Loose, from: ServiceHostPort['from']): ServiceHostPort[] {
  const number = asNumber(item.port)
  if (number === null) return []
  const targetPort = asNumber(item.targetPort)
  const targetName = asText(item.targetPort)
  const to = { ...(targetPort && { targetPort }), ...(targetName && { targetName }) }
  return [{ number, name: asText(item.name), protocol: servicePortProtocol(item), ...to, from }]
}

/** Secret: whether it is there and which keys it has; never what they hold. */
export const secret: Reader = {
  group: '',
  kind: 'Secret',
  read: (document) => {
    const keys = ['data', 'stringData'].flatMap((field) => entriesOf(document.object[field]).map(([key]) => key))
    return { secretAccess: [{ ...writtenAt(document), by: 'Secret', keys: [...new Set(keys)] }] }
  },
}
