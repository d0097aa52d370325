/** Gateway of the Gateway API: its listeners as istiod makes servers of them (Istio `config/kube/gateway/conversion.go`, buildListener). */

import { asLabels, asList, asMap, asNumber, asText, has, isMap, type Loose } from '../../base/loose'
import { resolveShortname } from '../../istio/host-name'
import type { GatewayServer, Protocol } from '../../istio/mesh'
import { isPassthrough, type ServerMode, usesIstioCertificates } from '../../istio/tls-mode'
import type { Document } from '../../yaml/document'
import { asSelector, items, specOf, writtenAt } from '../loose'
import type { Reader } from './kind'

export const apiGroup = 'gateway.networking.k8s.io'

export const k8sGateway: Reader = { group: apiGroup, kind: 'Gateway', read: (document) => ({ gatewayServers: listensFrom(document) }) }

/** Classes other than `istio` are a waypoint's or another product's. */
function listensFrom(document: Document): GatewayServer[] {
  const spec = specOf(document)
  if (spec.gatewayClassName !== 'istio') return []
  const services = servicesOf(spec, document.namespace)
  return items(spec.listeners, document.id, 'spec', 'listeners').flatMap(({ item, from }): GatewayServer[] => {
    const number = asNumber(item.port)
    const protocol = asText(item.protocol)
    const tls = has(item, 'tls') ? serverTls(asMap(item.tls), document.namespace) : null
    if (number === null) return []
    // A listener that istiod makes no server of is still a port of the Service that it makes: it serves no host.
    const served = ['HTTP', 'TCP'].includes(protocol) || (tls !== null && ['HTTPS', 'TLS'].includes(protocol))
    const kinds = asList(asMap(item.allowedRoutes).kinds).filter(isMap)
    return [
      {
        ...writtenAt(document),
        from,
        by: 'GatewayAPI',
        selector: { 'gateway.networking.k8s.io/gateway-name': document.name },
        section: asText(item.name),
        number,
        portName: 'default',
        protocol: served ? (protocol as Protocol) : 'UDP',
        hosts: served ? [asText(item.hostname, '*')] : [],
        tls,
        allows: allowsOf(asMap(asMap(item.allowedRoutes).namespaces)),
        ...(services.length > 0 && { services }),
        ...(kinds.length > 0 && { kinds: kinds.map((kind) => asText(kind.kind)) }),
      },
    ]
  })
}

/** With addresses it is for Services that exist already: nothing is made for it. */
const servicesOf = (spec: Loose, namespace: string): string[] =>
  asList(spec.addresses)
    .filter(isMap)
    .filter((address) => asText(address.type, 'Hostname') === 'Hostname' && asText(address.value) !== '')
    .map((address) => resolveShortname(asText(address.value), namespace))

function allowsOf(namespaces: Loose): GatewayServer['allows'] {
  const from = asText(namespaces.from, 'Same')
  if (from === 'Same') return { same: true, selector: null }
  if (from !== 'Selector' || !has(namespaces, 'selector')) return null
  const { labels, expressions } = asSelector(namespaces.selector)
  return { same: false, selector: labels, ...(expressions.length > 0 && { expressions }) }
}

const modes: Record<string, ServerMode> = { ISTIO_MUTUAL: 'ISTIO_MUTUAL', MUTUAL: 'MUTUAL', OPTIONAL_MUTUAL: 'OPTIONAL_MUTUAL' }

function serverTls(tls: Loose, namespace: string): GatewayServer['tls'] {
  const wish = asLabels(tls.options)['gateway.istio.io/tls-terminate-mode'] ?? ''
  const mode = asText(tls.mode, 'Terminate') === 'Passthrough' ? 'PASSTHROUGH' : (Object.hasOwn(modes, wish) && modes[wish]) || 'SIMPLE'
  const [secret] = asList(tls.certificateRefs).filter(isMap)
  const named = secret && !isPassthrough(mode) && !usesIstioCertificates(mode)
  return {
    mode,
    credentialName: named ? `kubernetes-gateway://${asText(secret.namespace, namespace)}/${asText(secret.name)}` : '',
    serverCertificate: '',
    privateKey: '',
    caCertificates: '',
    httpsRedirect: false,
  }
}
