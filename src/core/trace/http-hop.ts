/** An HTTP connection manager in a sidecar or gateway: virtual host, route, cluster, retries, and the line that it writes (istio.md 7.3, 7.8). */

import { both } from '../base/text'
import type { Proxy } from '../istio/proxy'
import type { Place } from '../yaml/document'
import { clusterFor, clusterName, isCluster, type Missing } from './cluster'
import { streamTo } from './listener'
import { type Incoming, logged } from './logged'
import { doubtChance } from './oldest'
import type { HopLine } from './outcome'
import { asksElsewhere, deniedBy } from './permit'
import { type HttpAsks, type HttpRoute, rewritten, routeFor, type VirtualHost } from './route'
import { answeredSays, deniedSays, noClusterSays, noRouteSays, ownRouteSays, routeSays, unhealthySays } from './says'
import { connectTimeout, pickStream } from './tcp-hop'
import { type Aim, dial } from './upstream'
import { doubt, fail, type Passage, step, type Walk } from './walk'
import type { Fault, TlsLayer, Wire } from './wire'

/** A request in an HTTP connection manager. */
export interface Managed {
  proxy: Proxy
  asks: HttpAsks
  incoming: Incoming
  aim: Aim
  /** The port that destinations without one go to. */
  port: number
  /** Who connected, and where: policies ask. */
  from: { ip: string; port: number }
  /** Whether the request came over HTTP/2. */
  http2: boolean
}

interface Written extends Pick<HopLine, 'code' | 'flags' | 'details'> {
  cluster?: string
  failure?: string
}

const line = ({ proxy, incoming }: Managed, written: Written): HopLine => logged(proxy, incoming, written)

const answered = (
  of: Managed,
  written: Written,
  behind: readonly HopLine[] = [],
  seen: Extract<Passage['end'], { is: 'answer' }>['seen'] = null,
): Passage => ({
  end: { is: 'answer', status: written.code, seen },
  lines: [line(of, written), ...behind],
})

/** Takes a request to a virtual host: null where no host or route is there. */
export function managed(walk: Walk, of: Managed, host: VirtualHost | null): Passage {
  const { proxy, asks } = of
  const at = proxy.kind === 'gateway' ? 'no-route-at-gateway' : 'no-route'
  const route = host && routeFor(host, asks)
  if (host?.own) {
    step(walk, proxy.title, 'route', ownRouteSays(host.own.host), host.own.from)
    return toCluster(walk, of, { host: host.own.host, subset: '', port: host.own.port, from: host.own.from, route: null })
  }
  if (host?.redirects && of.incoming.tls === '') {
    fail(walk, 'redirected', { host: asks.authority }, host.from)
    step(walk, proxy.title, 'route', answeredSays(301), host.from)
    return answered(of, { code: 301, flags: '-', details: 'direct_response' })
  }
  if (!route) {
    // Policies are asked before a route is missed.
    const denied = permitted(walk, of, '')
    if (denied) return denied
    fail(walk, at, { host: asks.authority, path: asks.path, gateway: proxy.title }, host?.from ?? null)
    step(walk, proxy.title, 'route', noRouteSays(asks, host !== null), host?.from ?? null, { ok: false, flag: 'NR' })
    return answered(of, { code: 404, flags: 'NR', details: 'route_not_found' })
  }
  return routed(walk, of, route)
}

/** Fields of a route that change what happens in ways that the tracer does not follow. */
const beyond = new Set(['fault', 'delegate', 'RequestMirror~', 'ExtensionRef'])

function routed(walk: Walk, of: Managed, route: HttpRoute): Passage {
  const { rule } = route
  const odd = rule.extras.find((field) => beyond.has(field))
  if (odd) doubt(walk, both(`What ${odd} does to the request is not followed.`, `不跟踪 ${odd} 对请求的影响。`))
  if (rule.answers) {
    step(walk, of.proxy.title, 'route', answeredSays(rule.answers.status), route.from)
    const denied = permitted(walk, of, '')
    return denied ?? answered(of, { code: rule.answers.status, flags: '-', details: 'direct_response' })
  }
  const stream = pickStream(
    walk,
    rule.to.map((target) => streamTo(of.proxy, target, of.port)),
  )
  step(walk, of.proxy.title, 'route', routeSays(route.bound, stream ?? null), stream?.from ?? route.from)
  if (!stream || stream.host === '') return missing(walk, of, { host: '', subset: '', port: 0, from: route.from, route }, 'host')
  return toCluster(walk, of, { host: stream.host, subset: stream.subset, port: stream.port, from: stream.from ?? route.from, route })
}

interface Towards {
  host: string
  subset: string
  port: number
  from: Place | null
  route: HttpRoute | null
}

function missing(walk: Walk, of: Managed, to: Towards, what: Missing): Passage {
  const { proxy } = of
  const code = to.route?.bound.api ? 500 : 503
  fail(
    walk,
    proxy.kind === 'gateway' ? 'no-cluster-at-gateway' : 'no-cluster',
    { host: to.host, subset: to.subset, port: to.port, missing: what },
    to.from,
  )
  step(walk, proxy.title, 'cluster', noClusterSays(clusterName(to.host, to.subset, to.port), what), to.from, { ok: false, flag: 'NC' })
  return permitted(walk, of, '') ?? answered(of, { code, flags: 'NC', details: 'cluster_not_found' })
}

/** A denial by an AuthorizationPolicy, which a gateway asks before it sends on. */
function permitted(walk: Walk, of: Managed, cluster: string): Passage | null {
  const { proxy, asks, incoming, from } = of
  if (proxy.kind !== 'gateway') return null
  if (asksElsewhere(walk.istiod, proxy))
    doubt(walk, both('A CUSTOM AuthorizationPolicy asks a server elsewhere.', 'CUSTOM AuthorizationPolicy 由外部服务决定。'))
  const denial = deniedBy(walk.istiod, proxy, { peer: incoming.peer, sni: incoming.sni, ip: from.ip, port: from.port, http: asks })
  if (!denial) return null
  fail(walk, 'denied', { policy: `${denial.permit.namespace}/${denial.permit.name}`, peer: incoming.peer }, denial.permit.from)
  step(walk, proxy.title, 'policy', deniedSays(denial.permit, incoming.peer), denial.permit.from, { ok: false })
  return answered(of, { code: 403, flags: '-', details: denial.details, cluster })
}

function toCluster(walk: Walk, of: Managed, to: Towards): Passage {
  const { proxy, asks } = of
  doubtChance(walk, proxy, to.host)
  const cluster = clusterFor(walk.istiod, proxy, to.host, to.subset, to.port)
  if (!isCluster(cluster)) return missing(walk, of, to, cluster.missing)
  const denied = permitted(walk, of, cluster.name)
  if (denied) return denied
  const sent: Wire = { layers: [], http: to.route ? rewritten(to.route, asks) : asks, http2: cluster.http2 }
  const dialled = dial(walk, proxy, cluster, sent, of.aim, true)
  if (!dialled) {
    step(walk, proxy.title, 'cluster', unhealthySays(cluster.name), cluster.from, { ok: false, flag: 'UH' })
    return answered(of, { code: 503, flags: 'UH', details: 'no_healthy_upstream', cluster: cluster.name })
  }
  return finished(walk, of, cluster.name, dialled.passage, dialled.layer, {
    tries: triesOf(to.route),
    timeout: to.route?.rule.timeout ?? null,
  })
}

/**
 * The mesh's own policy tries three times; a route's `retries` says otherwise (Istio `route/retry/retry.go`). What would also try again
 * after an answer, or after a time of its own, is not followed.
 */
function triesOf(route: HttpRoute | null): number {
  if (!route?.rule.extras.includes('retries')) return 3
  const { attempts = 0, on = '', others = true } = route.rule.retries ?? {}
  if (attempts <= 0) return 1
  const wanted = on === '' ? ['connect-failure'] : on.split(',').map((each) => each.trim())
  if (others || wanted.some((each) => !plainRetries.has(each))) return Number.NaN
  return wanted.includes('connect-failure') ? attempts + 1 : 1
}

const plainRetries = new Set(['connect-failure', 'refused-stream', 'unavailable', 'cancelled', 'retriable-status-codes'])

/** How it looks when who asked gives up: over HTTP/2 its stream ends, else its connection. */
const streamReset = { flags: 'DR', details: 'http2.remote_reset' }
const connectionClosed = { flags: 'DC', details: 'downstream_remote_disconnect' }

interface Patience {
  tries: number
  timeout: number | null
}

/** What an HTTP proxy answers and writes when its own connection has ended. */
function finished(
  walk: Walk,
  of: Managed,
  cluster: string,
  { end, lines }: Passage,
  mine: TlsLayer | null,
  { tries, timeout }: Patience,
): Passage {
  const gaveUp = (): Passage => ({
    end: { is: 'hung' },
    lines: [line(of, { code: 0, ...(of.http2 ? streamReset : connectionClosed), cluster }), ...lines],
  })
  if (end.is === 'answer') return answered(of, { code: end.status, flags: '-', details: 'via_upstream', cluster }, lines, end.seen)
  if (end.is === 'hung') return gaveUp()
  if (end.is === 'refused-stream')
    return answered(of, { code: 503, flags: 'UR', details: 'upstream_reset_before_response_started{remote_reset}', cluster }, lines)
  if (end.is === 'closed' || (end.layer !== null && end.layer !== mine))
    return answered(
      of,
      { code: 503, flags: 'UC', details: 'upstream_reset_before_response_started{connection_termination}', cluster },
      lines,
    )
  if (Number.isNaN(tries)) doubt(walk, both('How often the route tries again is not read.', '不读取路由的重试次数。'))
  const times = tries || 1
  // Of an address without a way only the first attempt is told so at once: those behind it wait.
  if (end.fault.is === 'timeout' || (end.fault.is === 'unreachable' && times > 1)) {
    const seconds = connectTimeout * times
    if (timeout !== null && timeout > 0 && timeout < Math.min(seconds, walk.asks.patience))
      return answered(of, { code: 504, flags: 'UT', details: 'response_timeout', cluster }, lines)
    if (seconds >= walk.asks.patience) return gaveUp()
  }
  const behind = Array.from({ length: times }, () => lines).flat()
  return answered(
    of,
    { code: 503, flags: times > 1 ? 'URX,UF' : 'UF', details: detailsOf(end.fault), cluster, failure: end.fault.text },
    behind,
  )
}

const detailsOf = ({ is, text }: Fault): string =>
  is === 'timeout'
    ? 'upstream_reset_before_response_started{connection_timeout}'
    : `upstream_reset_before_response_started{remote_connection_failure|${text}}`

/** Sends a request where the app wanted, unmanaged: the route `allow_any`, which never tries again. */
export function allowedAny(walk: Walk, of: Managed): Passage {
  const { proxy, aim, asks } = of
  const passage = walk.connect(walk, { title: proxy.title, pod: proxy.pod, ip: proxy.at.ip }, aim.ip, aim.port, {
    layers: [],
    http: asks,
    http2: false,
  })
  return finished(walk, of, 'PassthroughCluster', passage, null, { tries: 1, timeout: null })
}

/** What REGISTRY_ONLY answers for a host that it does not know. */
export const blockedAll = (of: Managed): Passage => answered(of, { code: 502, flags: '-', details: 'direct_response' })

/** Sends a request to whom its Host header names (ALLOW_ANY_DYNAMIC_DNS). */
export function forwardedAny(walk: Walk, of: Managed, ip: string | null, port: number): Passage {
  const cluster = 'AllowAnyDynamicDNSCluster'
  if (ip === null) return answered(of, { code: 503, flags: 'DF', details: 'dns_resolution_failure', cluster })
  const { proxy, asks } = of
  const passage = walk.connect(walk, { title: proxy.title, pod: proxy.pod, ip: proxy.at.ip }, ip, port, {
    layers: [],
    http: asks,
    http2: false,
  })
  return finished(walk, of, cluster, passage, null, { tries: 1, timeout: null })
}
