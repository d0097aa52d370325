/** The app: it asks DNS, may begin TLS, and connects, by its sidecar unless the connection goes past it (istio/README 7.7). */

import { proxyOf } from '../istio/proxy'
import type { PodIP } from '../istio/service-registry'
import { resolved } from './addresses'
import type { AppRequest } from './app-request'
import { bypassOf } from './capture'
import { lookedUp, type TraceContext } from './context'
import type { Dialled } from './hop'
import type { StepAt } from './outcome'
import { httpRequestOf } from './route-match'
import { appSays, directSays, noDnsSays } from './says'
import { sidecar } from './sidecar'
import { after, type Decided, type Ended, ends, goesOn, step } from './stage'
import { certifies, layersOf, notNamed, sniOf, type TlsLayer, untrusted, type Wire } from './wire'

/** Seconds after which the resolver of a pod gives up where DNS cannot be reached: two tries of five each (resolv.conf(5)). */
const resolverTimeout = 10

/** Sends the app's request from its pod. */
export function app(context: TraceContext, client: PodIP, tls: TlsLayer | null): Decided<Dialled> {
  const { app: asked, push } = context
  const { pod } = client
  const { host, port } = asked
  const at: StepAt = { kind: 'pod', namespace: pod.namespace, name: pod.name }
  const ip = asked.resolve.get(`${host}:${port}`) ?? lookedUp(context, pod, host)
  if (ip === null) return noAddress(context, at, pod.namespace)
  const wire: Wire = { layers: tls ? [tls] : [], http: httpRequestOf(asked), http2: false }
  const began = step(at, 'app', appSays(asked.tls, host, port, ip), null, { to: { host, port }, wire: layersOf(wire) })
  const bypass = bypassOf(pod, ip, port)
  if (!bypass) return after({ steps: [began] }, sidecar(context, { proxy: proxyOf(push, client), wire, original: { ip, port } }))
  const direct = step(at, 'capture', directSays(bypass.annotation), null, { to: { host: ip, port }, wire: layersOf(wire) })
  return goesOn({ hop: null, upstream: { from: { at, pod, ip: client.ip }, ip, port, wire } }, { steps: [began, direct] })
}

/** Nobody has the name, or DNS cannot be reached: then the resolver waits. */
function noAddress({ push, app: { host, patience } }: TraceContext, at: StepAt, policy: string): Decided<never> {
  const known = resolved(push, host, host) !== null
  const ended: Ended =
    known && patience <= resolverTimeout
      ? { end: { is: 'hung' }, lines: [] }
      : { end: { is: 'fault', layer: null, fault: { is: 'refused', text: '', exit: 6 } }, lines: [] }
  return ends(ended, {
    failure: { name: known ? 'blocked' : 'no-dns', facts: { host, policy } },
    steps: [step(at, 'app', noDnsSays(host), null, { ok: false })],
  })
}

/** The TLS of an app: curl trusts the public CA and wants the URL's name, unless it is told not to look. Null for http. */
export function appTls({ tls, host, insecure }: AppRequest, { namespace, name }: PodIP['pod']): TlsLayer | null {
  if (!tls) return null
  return {
    by: { kind: 'pod', namespace, name },
    mesh: false,
    sni: sniOf(host),
    identity: '',
    certificate: '',
    signedBy: '',
    verify: (certificate) => {
      if (insecure) return null
      if (certificate.ca !== 'public') return untrusted
      return certifies(certificate, host) ? null : notNamed(certificate)
    },
  }
}
