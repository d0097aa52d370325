/** Protocols of ports as Istio reads them (pkg/config/protocol): the case does not matter. */

const known = new Set(['tcp', 'udp', 'grpc', 'grpc-web', 'http', 'http_proxy', 'http2', 'https', 'tls', 'mongo', 'redis', 'mysql'])

export const isProtocol = (text: string): boolean => known.has(text.toLowerCase())
export const isHTTP = (text: string): boolean => ['http', 'http2', 'http_proxy', 'grpc', 'grpc-web'].includes(text.toLowerCase())
export const isTLS = (text: string): boolean => ['https', 'tls'].includes(text.toLowerCase())
