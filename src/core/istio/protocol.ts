/** Protocols of ports as Istio reads them (pkg/config/protocol): the case does not matter. */

import { asText } from '../base/loose'
import type { Protocol } from './mesh'

const protocols: Record<string, Protocol> = {
  http: 'HTTP',
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

const known = new Set(['tcp', 'udp', 'grpc', 'grpc-web', 'http', 'http_proxy', 'http2', 'https', 'tls', 'mongo', 'redis', 'mysql'])

export const isProtocol = (text: string): boolean => known.has(text.toLowerCase())
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
