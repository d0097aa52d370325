/** What a server makes of what arrives: plain or TLS, whose certificate it shows, whether it wants one (istio.md 7.7, origin; lab `world.go`). */

import type { Spot } from './addresses'
import { clientName } from './client-tls'
import { arrives, says } from './says'
import { fail, type Passage, step, type Walk } from './walk'
import { type End, faults, type ServerCertificate, type Wire } from './wire'

type ServerSpot = Extract<Spot, { is: 'server' }>

export function atServer(walk: Walk, spot: ServerSpot, wire: Wire): Passage {
  const end = answer(walk, spot, wire)
  const at = `host ${spot.title}`
  if (end.is === 'answer') step(walk, at, 'host', arrives(spot.title, spot.port, end.status, end.seen), null, { ok: end.seen !== null })
  return { end, lines: [] }
}

function answer(walk: Walk, spot: ServerSpot, wire: Wire): End {
  const { serving, port, title } = spot
  const [outer, ...inner] = wire.layers
  const facts = { host: title, port }
  if (serving === 'plain') {
    if (outer)
      return failed(walk, spot, () => fail(walk, 'tls-to-plain-server', facts, null), {
        is: 'fault',
        layer: outer,
        fault: faults.wrongVersion,
      })
    return { is: 'answer', status: spot.redirects ? 301 : 200, seen: { port, tls: '', sni: '', clientCert: '' } }
  }
  if (!outer) {
    fail(walk, 'plain-to-tls-server', facts, null)
    return wire.http2 ? { is: 'closed', reset: false, after: null } : { is: 'answer', status: 400, seen: null }
  }
  const certificate: ServerCertificate = { ca: serving === 'mutual' ? 'private' : 'public', names: spot.names }
  const fault = outer.verify(certificate)
  if (fault) {
    const name = fault.is === 'untrusted' ? 'server-untrusted' : 'server-name'
    return failed(walk, spot, () => fail(walk, name, { ...facts, names: spot.names }, null), { is: 'fault', layer: outer, fault })
  }
  const wanted =
    serving === 'mutual'
      ? outer.signedBy === 'private'
      : serving === 'optional'
        ? outer.signedBy === 'private' || outer.signedBy === ''
        : true
  if (!wanted) return failed(walk, spot, () => fail(walk, 'client-certificate', facts, null), { is: 'closed', reset: false, after: outer })
  const [second] = inner
  if (second)
    return failed(walk, spot, () => fail(walk, 'double-tls', facts, null), { is: 'fault', layer: second, fault: faults.wrongVersion })
  const clientCert = serving !== 'tls' && outer.certificate !== '' ? clientName : ''
  return { is: 'answer', status: 200, seen: { port, tls: 'TLS 1.3', sni: outer.sni, clientCert } }
}

function failed(walk: Walk, spot: ServerSpot, note: () => void, end: End): End {
  note()
  step(walk, `host ${spot.title}`, 'host', says(walk), null, { ok: false })
  return end
}
