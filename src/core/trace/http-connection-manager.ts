/** An HTTP connection manager in a sidecar or gateway: virtual host, route, cluster, retries (istio/README 7.3, 7.8). */

import { both, type Text } from '../base/text'
import { asksElsewhere, deniedBy } from '../istio/authorization-policy'
import { type Cluster, isCluster, type Missing } from '../istio/cluster'
import { type ClusterRef, clusterName, outbound } from '../istio/cluster-ref'
import { destinationOf } from '../istio/filter-chain'
import type { HttpRoute, VirtualHost } from '../istio/http-route'
import type { Route } from '../istio/mesh'
import type { Proxy } from '../istio/proxy'
import type { Place } from '../yaml/document'
import { chanceOf, configOf, downstreamOf, type OriginalDestination, type TraceContext } from './context'
import { dialled, unhealthy } from './dial'
import type { Dialled, HttpHop } from './hop'
import { type DownstreamTls, type LogFields, logLine } from './log-line'
import { picked } from './pick'
import { type HttpRequest, rewritten, routeFor } from './route-match'
import { answeredSays, deniedSays, noClusterSays, noRouteSays, ownRouteSays, routeSays } from './says'
import { after, type Decided, ends, goesOn, onward, step, type Told } from './stage'
import type { TlsLayer, Wire } from './wire'

/** A request that came into an HTTP connection manager. */
export interface DownstreamRequest {
  proxy: Proxy
  request: HttpRequest
  downstream: DownstreamTls
  original: OriginalDestination
  /** The port that destinations without one go to. */
  port: number
  /** Who connected, and to which port. Policies ask. */
  from: { ip: string; port: number }
  /** Whether the request came over HTTP/2. */
  http2: boolean
}

/** The proxy answers by itself. */
const answers = ({ proxy, downstream }: DownstreamRequest, fields: LogFields): Decided<never> =>
  ends({ end: { is: 'answer', status: fields.code, seen: null }, lines: [logLine(proxy, downstream, fields)] })

const directly = (status: number): LogFields => ({ code: status, flags: '-', details: 'direct_response' })

/** Takes a request to a virtual host; null: there is none for it. */
export function httpConnectionManager(context: TraceContext, of: DownstreamRequest, host: VirtualHost | null): Decided<Dialled> {
  const { ref } = of.proxy
  if (host?.own) {
    const steps = [step(ref, 'route', ownRouteSays(host.own.host), host.own.from)]
    return after({ steps }, toDestination(context, of, { ...host.own, subset: '', route: null }))
  }
  if (host?.redirects && of.downstream.tls === '') {
    const failure = { name: 'redirected', facts: { host: of.request.authority } } as const
    return after({ failure, steps: [step(ref, 'route', answeredSays(301), host.from)] }, answers(of, directly(301)))
  }
  const route = host && routeFor(host, of.request)
  // Policies are asked before a route is missed.
  return route ? alongRoute(context, of, route) : onward(askedPolicies(context, of, null), () => noRoute(of, host))
}

function noRoute(of: DownstreamRequest, host: VirtualHost | null): Decided<never> {
  const { request, proxy } = of
  const because = host?.from ?? null
  const told: Partial<Told> = {
    failure: {
      name: proxy.ref.kind === 'gateway' ? 'no-route-at-gateway' : 'no-route',
      facts: { host: request.authority, path: request.path },
    },
    steps: [step(proxy.ref, 'route', noRouteSays(request, host !== null), because, { ok: false, flag: 'NR' })],
  }
  return after(told, answers(of, { code: 404, flags: 'NR', details: 'route_not_found' }))
}

/** Fields of a route that change what happens in ways that the tracer does not follow. */
const beyond = new Set(['fault', 'delegate', 'RequestMirror~', 'ExtensionRef'])

function notFollowed({ extras }: Route): Text | null {
  const odd = extras.find((field) => beyond.has(field)) ?? null
  return odd === null ? null : both(`What ${odd} does to the request is not followed.`, `不跟踪 ${odd} 对请求的影响。`)
}

function alongRoute(context: TraceContext, of: DownstreamRequest, route: HttpRoute): Decided<Dialled> {
  const { proxy } = of
  const { rule, bound, from } = route
  const odd = notFollowed(rule)
  if (rule.answers) {
    const { status } = rule.answers
    const told = { doubt: odd, steps: [step(proxy.ref, 'route', answeredSays(status), from)] }
    return after(
      told,
      onward(askedPolicies(context, of, null), () => answers(of, directly(status))),
    )
  }
  const { destination, doubt } = picked(rule.to.map((target) => destinationOf(proxy, target, of.port)))
  const because = destination?.from ?? from
  const told = { doubt: odd ?? doubt, steps: [step(proxy.ref, 'route', routeSays(bound, destination), because)] }
  if (!destination || destination.host === '')
    return after(told, noCluster(context, of, { host: '', subset: '', port: 0, from, route }, 'host'))
  const { host, subset, port } = destination
  return after(told, toDestination(context, of, { host, subset, port, from: because, route }))
}

/** Where a request is sent to, and the route that says so; null: it goes to the host that it names. */
interface RoutedTo {
  host: string
  subset: string
  port: number
  from: Place | null
  route: HttpRoute | null
}

function noCluster(context: TraceContext, of: DownstreamRequest, to: RoutedTo, missing: Missing): Decided<Dialled> {
  const { ref } = of.proxy
  const { host, subset, port } = to
  const says = noClusterSays(clusterName(outbound(host, subset, port)), missing)
  const told: Partial<Told> = {
    failure: { name: ref.kind === 'gateway' ? 'no-cluster-at-gateway' : 'no-cluster', facts: { host, subset, port, missing } },
    steps: [step(ref, 'cluster', says, to.from, { ok: false, flag: 'NC' })],
  }
  const code = to.route?.bound.api ? 500 : 503
  return after(
    told,
    onward(askedPolicies(context, of, null), () => answers(of, { code, flags: 'NC', details: 'cluster_not_found' })),
  )
}

/** AuthorizationPolicies, which a gateway asks before it sends on. */
function askedPolicies({ push }: TraceContext, of: DownstreamRequest, cluster: ClusterRef | null): Decided<null> {
  const { proxy, request, downstream, from } = of
  if (proxy.ref.kind !== 'gateway') return goesOn(null)
  const doubt = asksElsewhere(push, proxy) && customSays
  const denial = deniedBy(push, proxy, { peer: downstream.peer, sni: downstream.sni, ip: from.ip, port: from.port, http: request })
  if (!denial) return goesOn(null, { doubt })
  const { policy, details } = denial
  const told: Partial<Told> = {
    doubt,
    failure: { name: 'denied', facts: { policy: `${policy.namespace}/${policy.name}`, peer: downstream.peer } },
    steps: [step(proxy.ref, 'policy', deniedSays(policy, downstream.peer), policy.from, { ok: false })],
  }
  return after(told, answers(of, { code: 403, flags: '-', details, cluster }))
}

const customSays: Text = both('A CUSTOM AuthorizationPolicy asks a server elsewhere.', 'CUSTOM AuthorizationPolicy 由外部授权服务决定。')

function toDestination(context: TraceContext, of: DownstreamRequest, to: RoutedTo): Decided<Dialled> {
  const doubt = chanceOf(context, of.proxy, to.host)
  const cluster = configOf(context, of.proxy).cluster(outbound(to.host, to.subset, to.port))
  if (!isCluster(cluster)) return after({ doubt }, noCluster(context, of, to, cluster.missing))
  return after(
    { doubt },
    onward(askedPolicies(context, of, cluster.ref), () => toCluster(context, of, cluster, to.route)),
  )
}

function toCluster(context: TraceContext, of: DownstreamRequest, cluster: Cluster, route: HttpRoute | null): Decided<Dialled> {
  const { proxy, request, original } = of
  const wire: Wire = { layers: [], http: route ? rewritten(route, request) : request, http2: cluster.http2 }
  const upstream = dialled(context, { proxy, cluster, wire, original, http: true })
  if (!upstream)
    return after(
      unhealthy(context, proxy, cluster),
      answers(of, { code: 503, flags: 'UH', details: 'no_healthy_upstream', cluster: cluster.ref }),
    )
  const { began, connection, told } = upstream
  const retries = { tries: triesOf(route), timeout: route?.rule.timeout ?? null }
  return goesOn({ hop: hopOf(of, cluster.ref, began, retries), upstream: connection }, told)
}

const hopOf = (
  { proxy, downstream, http2 }: DownstreamRequest,
  cluster: ClusterRef,
  began: TlsLayer | null,
  retries: HttpHop['retries'],
): HttpHop => ({ is: 'http-connection-manager', proxy, downstream, cluster, began, http2, retries })

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

/** Sends a request to an address, unmanaged, and never tries again: the routes `allow_any` and `allow_any_dynamic_dns`. */
export function sentUnmanaged(
  of: DownstreamRequest,
  name: 'PassthroughCluster' | 'AllowAnyDynamicDNSCluster',
  to: OriginalDestination,
): Decided<Dialled> {
  const wire: Wire = { layers: [], http: of.request, http2: false }
  const hop = hopOf(of, { name }, null, { tries: 1, timeout: null })
  return goesOn({ hop, upstream: { from: downstreamOf(of.proxy), ip: to.ip, port: to.port, wire } })
}

/** What a sidecar answers for a name that DNS does not know (ALLOW_ANY_DYNAMIC_DNS). */
export const unresolved = (of: DownstreamRequest): Decided<never> =>
  answers(of, { code: 503, flags: 'DF', details: 'dns_resolution_failure', cluster: { name: 'AllowAnyDynamicDNSCluster' } })

/** What REGISTRY_ONLY answers for a host that it does not know. */
export const blockedAll = (of: DownstreamRequest): Decided<never> => answers(of, directly(502))
