/**
 * The story of a request: the app asks, DNS answers, the sidecar takes it or not, gateways and servers do their part, and the app sees how
 * it ends. It reads what is written and what stands around, never what was meant (istio.md 7).
 */

import { both, type Text } from '../base/text'
import type { Mesh } from '../istio/mesh'
import { proxyOf } from '../istio/proxy'
import { pushContextOf } from '../istio/push-context'
import type { PodIP } from '../istio/service-registry'
import type { Surroundings } from '../istio/surroundings'
import { resolved } from './addresses'
import { type Asks, asksOf } from './asks'
import { bypassOf } from './capture'
import { connect } from './connect'
import { failureSays } from './failures'
import type { HopLine, Outcome, Request, Trace } from './outcome'
import { httpAsks } from './route'
import { appSays, directSays, endSays, noDnsSays } from './says'
import { atSidecar } from './sidecar-hop'
import { lookedUp } from './upstream'
import { fail, type Passage, step, type Walk } from './walk'
import { certifies, faults, layersOf, notNamed, sniOf, type TlsLayer, untrusted, type Wire } from './wire'

/** Traces a request. Never throws: what cannot be traced says so in `unknown`. The Mesh and the surroundings must not change afterwards. */
export function trace(mesh: Mesh, around: Surroundings, request: Request): Trace {
  const asks = asksOf(request)
  if (!asks) return untraced(request, both(`“${request.url}” is no http or https URL.`, `“${request.url}”不是 http 或 https URL。`))
  const istiod = pushContextOf(mesh, around)
  const client = istiod.pods.find(({ pod, kind }) => kind === 'pod' && `${pod.namespace}/${pod.name}` === request.from)
  if (!client) return untraced(request, both(`There is no pod ${request.from}.`, `没有 pod ${request.from}。`))
  const walk: Walk = { istiod, asks, steps: [], failure: null, unknown: null, depth: 0, connect }
  if (asks.unknown.length > 0) walk.unknown = both(`curl’s ${asks.unknown[0]} is not followed.`, `不支持 curl 的 ${asks.unknown[0]}。`)
  const { passage, app } = sent(walk, client)
  return told(request, walk, outcomeOf(walk, passage, app))
}

const nothing: Outcome = { status: 0, exit: 0, hops: [], server: null }
const untraced = (request: Request, unknown: Text): Trace => ({
  request,
  steps: [],
  outcome: nothing,
  failure: null,
  says: unknown,
  unknown,
})

function told(request: Request, walk: Walk, outcome: Outcome): Trace {
  const failed = outcome.server === null || walk.failure !== null
  const why = walk.failure && failureSays(walk.failure.name, walk.failure.facts)
  const says = walk.unknown ?? endSays(outcome.status, outcome.exit, failed ? why : null)
  return { request, steps: walk.steps, outcome, failure: failed ? (walk.failure?.name ?? null) : null, says, unknown: walk.unknown }
}

/** Seconds after which the resolver of a pod gives up where DNS cannot be reached: two tries of five each (resolv.conf(5)). */
const resolverTimeout = 10

interface Sent {
  passage: Passage
  /** The app's own TLS. */
  app: TlsLayer | null
}

function sent(walk: Walk, client: PodIP): Sent {
  const { asks, istiod } = walk
  const { pod } = client
  const app = asks.tls ? appLayer(asks) : null
  const wire: Wire = { layers: app ? [app] : [], http: httpAsks(asks), http2: false }
  const at = `pod ${pod.namespace}/${pod.name}`
  const ip = asks.resolve.get(`${asks.host}:${asks.port}`) ?? lookedUp(walk, { pod }, asks.host)
  if (ip === null) {
    const known = resolved(istiod, asks.host, asks.host) !== null
    fail(walk, known ? 'blocked' : 'no-dns', { host: asks.host, policy: pod.namespace }, null)
    step(walk, at, 'app', noDnsSays(asks.host), null, { ok: false })
    const waits = known && asks.patience <= resolverTimeout
    return {
      passage: { end: waits ? { is: 'hung' } : { is: 'fault', layer: null, fault: { is: 'refused', text: '', exit: 6 } }, lines: [] },
      app,
    }
  }
  step(walk, at, 'app', appSays(asks.tls, asks.host, asks.port, ip), null, {
    to: { host: asks.host, port: asks.port },
    wire: layersOf(wire),
  })
  const bypass = bypassOf(pod, ip, asks.port)
  if (!bypass) return { passage: atSidecar(walk, proxyOf(istiod, client), wire, { ip, port: asks.port }), app }
  step(walk, at, 'capture', directSays(bypass.annotation), null, { to: { host: ip, port: asks.port }, wire: layersOf(wire) })
  return { passage: connect(walk, { title: app ? app.by : at, pod, ip: client.ip }, ip, asks.port, wire), app }
}

/** curl trusts the public CA and wants the URL's name, unless it is told not to look. */
function appLayer(asks: Asks): TlsLayer {
  return {
    by: 'app',
    mesh: false,
    sni: sniOf(asks.host),
    identity: '',
    certificate: '',
    signedBy: '',
    verify: (certificate) => {
      if (asks.insecure) return null
      if (certificate.ca !== 'public') return untrusted
      return certifies(certificate, asks.host) ? null : notNamed(certificate)
    },
  }
}

/** What the app sees: a status, or curl's exit (istio.md 7.8). */
function outcomeOf(walk: Walk, { end, lines }: Passage, app: TlsLayer | null): Outcome {
  const hops = sorted(walk, lines)
  switch (end.is) {
    case 'answer':
      return { status: end.status, exit: 0, hops, server: end.seen }
    case 'hung':
    case 'refused-stream':
      return { status: 0, exit: faults.timeout.exit, hops, server: null }
    case 'fault':
      return { status: 0, exit: end.fault.exit, hops, server: null }
    default:
      return { status: 0, exit: app ? (end.after === app ? 56 : 35) : end.reset ? 56 : 52, hops, server: null }
  }
}

/** Sidecars first, then gateways, the last that is listed first, as the lab prints them. */
function sorted({ istiod }: Walk, lines: readonly HopLine[]): HopLine[] {
  const gateways = istiod.pods.filter(({ kind }) => kind === 'gateway').map((pod) => proxyOf(istiod, pod).title)
  const rank = ({ proxy }: HopLine) => -gateways.indexOf(proxy)
  return [
    ...lines.filter(({ proxy }) => !gateways.includes(proxy)),
    ...lines.filter(({ proxy }) => gateways.includes(proxy)).sort((a, b) => rank(a) - rank(b)),
  ]
}
