/** What travels on a connection: layers of TLS, outermost first, with a request of HTTP in their midst; and how it ends. */
import { isIP } from '../base/ip'
import type { Layer, Seen, StepAt } from './outcome'
import { sameAt } from './ref'
import type { HttpRequest } from './route-match'

export type Authority = 'public' | 'private' | 'mesh' | 'other'

export interface ServerCertificate {
  ca: Authority
  names: readonly string[]
}

/** Why a connection or a handshake does not come about: Envoy's words for it, and curl's exit status. */
export interface Fault {
  is: 'refused' | 'unreachable' | 'timeout' | 'reset' | 'wrong-version' | 'untrusted' | 'wrong-name' | 'no-secret'
  text: string
  exit: number
}

export interface TlsLayer {
  /** The pod of the app, or the proxy, that began it. */
  by: StepAt
  mesh: boolean
  sni: string
  /** The identity in its certificate; empty for none. */
  identity: string
  /** The name in its certificate, as a server sees it. */
  certificate: string
  signedBy: Authority | ''
  verify: (of: ServerCertificate) => Fault | null
}

export interface Wire {
  layers: readonly TlsLayer[]
  http: HttpRequest
  /** HTTP/2, without asking first where there is no TLS. */
  http2: boolean
}

/** How a connection ends, as the one who began it sees it. */
export type End =
  | { is: 'answer'; status: number; seen: Seen | null }
  /** A handshake fails; of null, the connection itself. */
  | { is: 'fault'; layer: TlsLayer | null; fault: Fault }
  /** Closed without an answer: after the handshake of `after`, if one is named. `reset`: at once. */
  | { is: 'closed'; reset: boolean; after: TlsLayer | null }
  /** Nobody answers before curl gives up. */
  | { is: 'hung' }
  /** HTTP/2 refuses the request, its headers having grown too long. */
  | { is: 'refused-stream' }

/** A connection that is closed without an answer, while what was sent on it lies unread. */
export const reset: End = { is: 'closed', reset: true, after: null }
/** A connection that is closed without an answer, all of it being read. */
export const closed: End = { is: 'closed', reset: false, after: null }

/** A connection that is reset before anybody answers the handshake on it: who began that sees it fail, anybody else sees the reset. */
export const resetInHandshake = (layer: TlsLayer, downstream: StepAt): End =>
  sameAt(layer.by, downstream) ? { is: 'fault', layer, fault: faults.reset } : reset

const refusedText = 'delayed_connect_error:_Connection_refused'
export const faults = {
  refused: { is: 'refused', text: refusedText, exit: 7 },
  unreachable: { is: 'unreachable', text: 'delayed_connect_error:_Network_is_unreachable', exit: 7 },
  timeout: { is: 'timeout', text: '', exit: 28 },
  reset: { is: 'reset', text: 'TLS_error:|33554536:system_library:OPENSSL_internal:Connection_reset_by_peer:TLS_error_end', exit: 35 },
  closed: { is: 'reset', text: '', exit: 35 },
  wrongVersion: {
    is: 'wrong-version',
    text: 'TLS_error:|268435703:SSL_routines:OPENSSL_internal:WRONG_VERSION_NUMBER:TLS_error_end',
    exit: 35,
  },
  noSecret: { is: 'no-secret', text: 'TLS_error:_Secret_is_not_supplied_by_SDS', exit: 35 },
} satisfies Record<string, Fault>

const verifyFailed = (rest: string): string =>
  `TLS_error:|268435581:SSL_routines:OPENSSL_internal:CERTIFICATE_VERIFY_FAILED:verify_cert_failed:_${rest}:TLS_error_end`

export const untrusted: Fault = {
  is: 'untrusted',
  text: verifyFailed('X509_verify_cert:_certificate_verification_error_at_depth_0:_unable_to_get_local_issuer_certificate'),
  exit: 60,
}

const listedNames = (names: readonly string[]): string => `[${names.join(',_')}]`

/** The name of the Host header is not in the certificate. */
export const notHost = (host: string, { names }: ServerCertificate): Fault => ({
  is: 'wrong-name',
  text: verifyFailed(`verify_SAN_list,_expected_SANs:_[${host}],_certificate_SANs:_${listedNames(names)}`),
  exit: 60,
})

/** The certificate has none of the names that the client wants. */
export const notNamed = ({ names }: ServerCertificate): Fault => ({
  is: 'wrong-name',
  text: verifyFailed(`SAN_matcher,_certificate_SANs_are_${listedNames(names)}`),
  exit: 60,
})

/** Whether a certificate is for a name; its wildcard covers one label. */
export const certifies = ({ names }: ServerCertificate, name: string): boolean =>
  names.some((each) => each === name || (each.startsWith('*.') && name.split('.').slice(1).join('.') === each.slice(2)))

/** An address is never sent as SNI. */
export const sniOf = (name: string): string => (isIP(name) ? '' : name)

/** The layers as a step shows them. */
export function layersOf({ layers, http }: Wire): Layer[] {
  const tls = layers.map(({ mesh, sni, identity }): Layer => ({ is: mesh ? 'mTLS' : 'TLS', sni, peer: identity }))
  return [...tls, { is: 'HTTP', host: http.authority }]
}
