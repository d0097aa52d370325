/** What a server makes of what arrives: plain or TLS, whose certificate it shows, whether it wants one (istio/README 7.7, origin; lab `world.go`). */

import type { AddressOwner } from './addresses'
import { type FailureName, failureSays } from './failures'
import { arrives } from './says'
import { type Decided, ends, step } from './stage'
import { clientName } from './upstream-tls'
import { closed, type End, faults, type ServerCertificate, type TlsLayer, type Wire } from './wire'

type Server = Extract<AddressOwner, { is: 'server' }>

/** Answers a connection, or ends it. */
export function server(of: Server, wire: Wire): Decided<never> {
  const { end, why } = answered(of, wire)
  const { name, port, names } = of
  const facts = why?.startsWith('server-') ? { host: name, port, names } : { host: name, port }
  const failure = why && { name: why, facts }
  const at = { kind: 'host', name } as const
  const seen =
    end.is === 'answer'
      ? step(at, 'host', arrives(name, port, end.status, end.seen), null, { ok: end.seen !== null })
      : failure && step(at, 'host', failureSays(failure.name, facts), null, { ok: false })
  return ends({ end, lines: [] }, { failure, steps: seen ? [seen] : [] })
}

interface Answer {
  end: End
  why: FailureName | null
}

function answered({ serving, port, names, redirects }: Server, wire: Wire): Answer {
  const [outer, second] = wire.layers
  if (serving === 'plain') {
    if (outer) return { end: { is: 'fault', layer: outer, fault: faults.wrongVersion }, why: 'tls-to-plain-server' }
    return { end: { is: 'answer', status: redirects ? 301 : 200, seen: { port, tls: '', sni: '', clientCert: '' } }, why: null }
  }
  if (!outer) return { end: wire.http2 ? closed : { is: 'answer', status: 400, seen: null }, why: 'plain-to-tls-server' }
  const certificate: ServerCertificate = { ca: serving === 'mutual' ? 'private' : 'public', names }
  const fault = outer.verify(certificate)
  if (fault) return { end: { is: 'fault', layer: outer, fault }, why: fault.is === 'untrusted' ? 'server-untrusted' : 'server-name' }
  if (!takes(serving, outer)) return { end: { is: 'closed', reset: false, after: outer }, why: 'client-certificate' }
  if (second) return { end: { is: 'fault', layer: second, fault: faults.wrongVersion }, why: 'double-tls' }
  const clientCert = serving !== 'tls' && outer.certificate !== '' ? clientName : ''
  return { end: { is: 'answer', status: 200, seen: { port, tls: 'TLS 1.3', sni: outer.sni, clientCert } }, why: null }
}

/** Whether it is content with the client's certificate. */
function takes(serving: Server['serving'], { signedBy }: TlsLayer): boolean {
  if (serving === 'mutual') return signedBy === 'private'
  return serving !== 'optional' || signedBy === 'private' || signedBy === ''
}
