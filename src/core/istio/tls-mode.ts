/**
 * Modes of TLS and what each of them means: `ClientTLSSettings.TLSmode` of a DestinationRule and `ServerTLSSettings.TLSmode` of a Gateway
 * (istio/api `networking/v1alpha3`). Whoever wants to know something of a mode asks here and compares no names.
 */

interface TlsModeFacts {
  /** Whose settings have it. */
  of: readonly ('client' | 'server')[]
  /** Whose certificates the side that has the mode uses: none; its own, from files or a Secret; those that Istio issues. */
  certificates: 'none' | 'own' | 'istio'
  /** Whether the client shows a certificate. */
  client: 'none' | 'optional' | 'required'
  /** Whether the client's TLS goes through untouched. */
  passes: boolean
}

const facts = {
  DISABLE: { of: ['client'], certificates: 'none', client: 'none', passes: false },
  ISTIO_MUTUAL: { of: ['client', 'server'], certificates: 'istio', client: 'required', passes: false },
  SIMPLE: { of: ['client', 'server'], certificates: 'own', client: 'none', passes: false },
  MUTUAL: { of: ['client', 'server'], certificates: 'own', client: 'required', passes: false },
  OPTIONAL_MUTUAL: { of: ['server'], certificates: 'own', client: 'optional', passes: false },
  PASSTHROUGH: { of: ['server'], certificates: 'none', client: 'none', passes: true },
  AUTO_PASSTHROUGH: { of: ['server'], certificates: 'none', client: 'none', passes: true },
} as const satisfies Record<string, TlsModeFacts>

export type ServerMode = keyof typeof facts
/** Modes of a hop in a picture: those of a client, and PASSTHROUGH for the app's own TLS. */
export type TlsMode = Exclude<ServerMode, 'AUTO_PASSTHROUGH' | 'OPTIONAL_MUTUAL'>
export type ClientMode = Exclude<TlsMode, 'PASSTHROUGH'>

const all = Object.keys(facts) as ServerMode[]
const isOf = (mode: ServerMode, side: 'client' | 'server'): boolean => (facts[mode] as TlsModeFacts).of.includes(side)
/** Every mode that a DestinationRule may name. */
export const clientModes: readonly ClientMode[] = all.filter((mode): mode is ClientMode => isOf(mode, 'client'))
/** Every mode that a Gateway's server may name. */
export const serverModes: readonly ServerMode[] = all.filter((mode) => isOf(mode, 'server'))

/** Null for what is no mode, such as an empty field. */
const factsOf = (mode: string | null | undefined): TlsModeFacts | null =>
  typeof mode === 'string' && Object.hasOwn(facts, mode) ? facts[mode as ServerMode] : null

/** TLS origination: the client begins TLS with settings of its own (SIMPLE, MUTUAL). */
export const originatesTls = (mode: string | null | undefined): boolean =>
  servesOwnCertificate(mode) && !!factsOf(mode)?.of.includes('client')

/** A client that has it shows a certificate of its own: from a Secret, or from files (MUTUAL). */
export const needsClientCertificate = (mode: string | null | undefined): boolean =>
  factsOf(mode)?.client === 'required' && factsOf(mode)?.certificates === 'own'

/** Both sides use the certificates that Istio issues, so that identities are known (ISTIO_MUTUAL). */
export const usesIstioCertificates = (mode: string | null | undefined): boolean => factsOf(mode)?.certificates === 'istio'

/** A server that has it needs a certificate of its own (SIMPLE, MUTUAL, OPTIONAL_MUTUAL). */
export const servesOwnCertificate = (mode: string | null | undefined): boolean => factsOf(mode)?.certificates === 'own'

/** The client's TLS goes through untouched (PASSTHROUGH, AUTO_PASSTHROUGH). */
export const isPassthrough = (mode: string | null | undefined): boolean => !!factsOf(mode)?.passes

/** The mode is one of TLS, begun here or by the app; not DISABLE, and not nothing. */
export const carriesTls = (mode: string | null | undefined): boolean => {
  const found = factsOf(mode)
  return found !== null && (found.certificates !== 'none' || found.passes)
}

/** Whether a server of this mode lets a client in whose certificate this authority signed; `''`: the client shows none. */
export function acceptsClient(mode: ServerMode, signedBy: string): boolean {
  const { client, certificates } = facts[mode]
  if (client === 'none' || (client === 'optional' && signedBy === '')) return true
  return signedBy === (certificates === 'istio' ? 'mesh' : 'private')
}
