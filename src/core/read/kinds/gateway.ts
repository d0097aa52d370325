/** What a Gateway tells proxies. */

import { asFlag, asLabels, asMap, asNumber, asOneOf, asText, asTexts, has, type Loose } from '../../base/loose'
import type { GatewayServer } from '../../istio/mesh'
import { asProtocol } from '../../istio/protocol'
import { serverModes } from '../../istio/tls-mode'
import { items, specOf, writtenAt } from '../../read/loose'
import type { Document } from '../../yaml/document'
import type { Reader } from './kind'

export const gateway: Reader = {
  group: 'networking.istio.io',
  kind: 'Gateway',
  read: (document) => ({ gatewayServers: listensFrom(document) }),
}

function listensFrom(document: Document): GatewayServer[] {
  const spec = specOf(document)
  const selector = asLabels(spec.selector)
  return items(spec.servers, document.id, 'spec', 'servers').flatMap(({ item, from }): GatewayServer[] => {
    const port = asMap(item.port)
    const number = asNumber(port.number)
    if (number === null) return []
    return [
      {
        ...writtenAt(document),
        from,
        by: 'Istio',
        selector,
        section: asText(item.name),
        number,
        portName: asText(port.name),
        protocol: asProtocol(port.protocol),
        hosts: asTexts(item.hosts),
        tls: has(item, 'tls') ? serverTls(asMap(item.tls)) : null,
        allows: null,
      },
    ]
  })
}

const serverTls = (tls: Loose): GatewayServer['tls'] => ({
  mode: asOneOf(tls.mode, serverModes, 'PASSTHROUGH'),
  credentialName: asText(tls.credentialName, asTexts(tls.credentialNames)[0] ?? ''),
  serverCertificate: asText(tls.serverCertificate),
  privateKey: asText(tls.privateKey),
  caCertificates: asText(tls.caCertificates),
  httpsRedirect: asFlag(tls.httpsRedirect),
})
