import type { Text } from '../../base/text'
import type { TlsMode } from '../../istio/tls-mode'
import type { Leg, Speaks, TlsFields } from '../design'
import type { Field } from '../field'

/** `trafficPolicy.tls` of a DestinationRule. */
export interface ClientTls extends TlsFields {
  mode: 'DISABLE' | 'SIMPLE' | 'MUTUAL' | 'ISTIO_MUTUAL'
}

/** What a gateway's server is told: its protocol, its TLS, and which routes of a VirtualService count behind it (istio/README 7.6). */
export interface ServerTls {
  protocol: 'HTTP' | 'HTTPS' | 'TLS' | 'TCP'
  mode?: 'ISTIO_MUTUAL' | 'PASSTHROUGH'
  routes: 'http' | 'tls' | 'tcp'
}

/** Of a hop, what a mode needs to know: the host it is for, and what the app says. */
export interface Along {
  host: string
  speaks: Speaks
}

/** A TLS mode: what it is, where it may be, and what each side of the hop is told. */
export interface TlsKind {
  id: TlsMode
  title: Text
  /** One line for the picker. */
  says: Text
  /** How a hop carries what is sent, as the end of a sentence. */
  carries: Text
  fields: readonly Field[]
  /** true, or why this mode cannot be on this leg under what the app says. */
  fits(leg: Leg, speaks: Speaks): true | Text
  /** What the side that connects is told; null: nothing, the bytes go out as they are. */
  client(fields: TlsFields, along: Along): ClientTls | null
  /** What the gateway's server that listens is told; null: this mode never reaches a gateway. */
  server(speaks: Speaks): ServerTls | null
}
