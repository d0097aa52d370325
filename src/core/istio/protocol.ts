/** Protocols of ports as Istio reads them (pkg/config/protocol): the case does not matter. */

import { asText, field, numberOf, textOf } from '../base/loose'
import type { Protocol } from './mesh'

const protocols: Record<string, Protocol> = {
  http: 'HTTP',
  http_proxy: 'HTTP',
  http2: 'HTTP2',
  grpc: 'GRPC',
  'grpc-web': 'GRPC',
  https: 'HTTPS',
  tls: 'TLS',
  tcp: 'TCP',
  mongo: 'MONGO',
  mysql: 'MYSQL',
  redis: 'REDIS',
  udp: 'UDP',
}

export const isProtocol = (text: string): boolean => Object.hasOwn(protocols, text.toLowerCase())
export const isHTTP = (text: string): boolean => ['http', 'http2', 'http_proxy', 'grpc', 'grpc-web'].includes(text.toLowerCase())
export const isTLS = (text: string): boolean => ['https', 'tls'].includes(text.toLowerCase())

/**
 * Which routes of a VirtualService a sidecar reads on a port: `http` where HTTP is spoken, `tls` and `tcp` elsewhere, and all of them where it
 * looks at the bytes (Istio `core/listener.go`, buildSidecarOutboundListeners).
 */
export const readsRoutes = (protocol: Protocol, kind: 'http' | 'tls' | 'tcp'): boolean =>
  protocol === 'UNSET' || isHTTP(protocol) === (kind === 'http')

/** In any case of letters, as istiod reads it; what it does not know is UNSET: then it looks at the bytes. */
export function asProtocol(value: unknown): Protocol {
  const word = asText(value).toLowerCase()
  return Object.hasOwn(protocols, word) ? (protocols[word] as Protocol) : 'UNSET'
}

const standard: Record<string, Protocol> = { 'kubernetes.io/h2c': 'HTTP2', 'kubernetes.io/ws': 'HTTP', 'kubernetes.io/wss': 'HTTPS' }
/** SMTP, DNS, MySQL and MongoDB: nobody looks at the first bytes there. */
const silent = [25, 53, 3306, 27017]

/**
 * What a port of a Service of Kubernetes speaks, given the port as it is written: by `appProtocol` where there is one, else by the port's name
 * up to a hyphen; UNSET where neither says it (Istio `pkg/config/kube/conversion.go`, ConvertProtocol).
 */
export function servicePortProtocol(port: unknown): Protocol {
  if (textOf(port, 'protocol') === 'UDP') return 'UDP'
  const [app, number] = [field(port, 'appProtocol'), numberOf(port, 'port')]
  const word = typeof app === 'string' ? app : textOf(port, 'name')
  if (Object.hasOwn(standard, word)) return standard[word] as Protocol
  const said = asProtocol(/^grpc-web/i.test(word) ? 'grpc-web' : word.split('-')[0])
  return said === 'UNSET' && silent.includes(number) ? 'TCP' : said
}
