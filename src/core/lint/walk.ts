/**
 * Follows every mesh leg, as it is written, up to the host, and tells the first thing that stops it: one cause for a leg, so that each is
 * told by one rule (istio/README 7.4, 7.5, 7.6, 7.7).
 */

import { grouped } from '../base/collect'
import { memo, memoLastBy } from '../base/memo'
import { sees } from '../istio/export-to'
import type { ClientTls, DestinationRule, GatewayServer, Match, Route, Routes, Target } from '../istio/mesh'
import { isHTTP } from '../istio/protocol'
import type { WorkloadRef } from '../istio/surroundings'
import { carriesTls, isPassthrough, usesIstioCertificates } from '../istio/tls-mode'
import { matchesAt } from '../istio/virtual-service'
import type { RuleInput } from '../rules/kind'
import type { Place } from '../yaml/document'
import { sameDocument } from '../yaml/place'
import { type Cluster, clusterOf } from './cluster'
import { type Ground, groundOf, portSentTo, type Servers } from './ground'
import { erasedIn } from './l23-erased-tls'
import { asking, hostsMeet, type Leg, legsOf, type RouteKind, routeKinds, takesSni } from './legs'

interface On {
  leg: Leg
  host: string
  /** Sidecars that have the cluster by which the leg is followed. */
  clients: readonly WorkloadRef[]
}

export type Trouble = On & {
  /** Other clients of the leg get through to the host. */
  others: boolean
} & Stop

type Stop =
  | { is: 'subset' }
  | { is: 'sni'; tls: ClientTls; sni: string; servers: readonly GatewayServer[]; takenBy: GatewayServer | undefined }
  | { is: 'modes'; tls: ClientTls | null; cluster: Cluster; server: GatewayServer }
  | { is: 'inner'; server: GatewayServer }
  | { is: 'shut'; cluster: Cluster }
  | { is: 'unserved' }
  | { is: 'unbound'; server: GatewayServer }
  | { is: 'unseen'; server: GatewayServer; routes: Routes }
  | { is: 'port'; server: GatewayServer; match: Match; wants: RouteKind }
  | { is: 'kind'; server: GatewayServer; routes: Routes; kind: RouteKind; wants: RouteKind; at: Place; index: number }

/** Where a gateway sends to for a leg that came so far. */
export interface Landing extends On {
  server: GatewayServer
  kind: RouteKind
  routes: Routes
  route: Route
  match: Match | null
  to: Target
  /** The port of its host that the gateway sends to. */
  number: number
  gateway: WorkloadRef
}

export interface Walk {
  troubles: readonly Trouble[]
  landings: readonly Landing[]
}

export const walkOf = (of: RuleInput): Walk => walked(groundOf(of), legsOf(of))

const walked = memoLastBy((ground: Ground, legs: readonly Leg[]): Walk => {
  const steps = legs.flatMap((leg) => followed(ground, leg))
  return { troubles: steps.filter((step) => 'is' in step), landings: steps.filter((step): step is Landing => !('is' in step)) }
})

type Step = (On & Stop) | Landing

/** Once for each cluster that clients have for the gateway: rules count for some namespaces and not for others. */
function followed(ground: Ground, leg: Leg): (Trouble | Landing)[] {
  const clusters = leg.clients.map((client) => ({ client, cluster: clusterOf(ground, client, leg.gateway.host, leg.to.subset, leg.port) }))
  const alike = grouped(clusters, ({ cluster }) => [cluster.exists && cluster.tls])
  const steps = [...alike.values()].flatMap((same) => {
    const [{ cluster }] = same as [(typeof same)[number]]
    const clients = same.map(({ client }) => client)
    if (!cluster.exists) return [{ is: 'subset' as const, leg, host: leg.hosts[0] ?? '', clients }]
    return leg.hosts.flatMap((host) => throughHop(ground, { leg, host, clients }, cluster))
  })
  const through = new Set(steps.flatMap((step) => ('is' in step ? [] : [step.host])))
  return steps.map((step) => ('is' in step ? { ...step, others: through.has(step.host) } : step))
}

/** The SNI that Istio makes up where none is written (istio/README 7.5). */
export const madeUpSni = ({ port, to, gateway }: Leg): string => `outbound_.${port}_.${to.subset}_.${gateway.host}`

/** Whether a server ends TLS itself. */
export const ends = ({ tls }: GatewayServer): boolean => tls !== null && !isPassthrough(tls.mode)

/** Which routes count for a server (istio/README 7.6). */
export const kindFor = (server: GatewayServer): RouteKind =>
  isHTTP(server.protocol) || (!server.tls && server.protocol !== 'TCP')
    ? 'http'
    : !ends(server) && server.tls
      ? 'tls'
      : server.protocol === 'HTTPS'
        ? 'http'
        : 'tcp'

function throughHop(ground: Ground, on: On, cluster: Cluster): Step[] {
  const { leg } = on
  const servers = ground.serversOf(leg.gateway, leg.port)
  const { tls } = cluster
  if (!leg.gateway.ports.some(({ number }) => number === leg.port)) return [{ is: 'shut', ...on, cluster }]
  if (tls && !usesIstioCertificates(tls.mode) && carriesTls(tls.mode)) return []
  if (isErased(cluster, leg)) return []
  if (tls && usesIstioCertificates(tls.mode)) return mutualHop(ground, on, cluster, tls, servers)
  return plainHop(ground, on, cluster, servers)
}

/** Of the rules for one host, of which there may be thousands, those that erase some TLS. */
const erasing = memo((rules: readonly DestinationRule[]) => rules.filter((rule) => erasedIn(rule).length > 0))

/** What L23 tells already. */
const isErased = ({ own, by }: Cluster, leg: Leg): boolean =>
  erasing(by).some((rule) => (!own || sameDocument(rule.from.of, own.from.of)) && erasedIn(rule).some(({ port }) => port.port === leg.port))

function mutualHop(ground: Ground, on: On, cluster: Cluster, tls: ClientTls, servers: Servers): Step[] {
  const sni = tls.sni || madeUpSni(on.leg)
  const server = servers.for(sni).find((each) => each.tls)
  const own = servers.for(on.host)
  if (server && !ends(server)) return [{ is: 'modes', ...on, tls, cluster, server }]
  if (server && own.includes(server)) return landed(ground, on, server)
  const meant = own.filter(ends)
  if (server && kindFor(server) === 'tcp') {
    const steps = landed(ground, on, server)
    if (meant.length === 0 || steps.some((step) => !('is' in step))) return steps
  }
  if (isLost(servers, on.host)) return []
  if (meant.length > 0) return [{ is: 'sni', ...on, tls, sni, servers: meant, takenBy: server }]
  const [other] = own
  return other ? [{ is: 'modes', ...on, tls, cluster, server: other }] : [{ is: 'unserved', ...on }]
}

function plainHop(ground: Ground, on: On, cluster: Cluster, servers: Servers): Step[] {
  const own = servers.for(on.host)
  const wanted = own.find((server) => (on.leg.kind === 'tls' ? server.tls && !ends(server) : !server.tls))
  if (wanted) return landed(ground, on, wanted)
  if (isLost(servers, on.host)) return []
  const [server] = own
  return server ? [{ is: 'modes', ...on, tls: cluster.tls, cluster, server }] : [{ is: 'unserved', ...on }]
}

/** What L9 tells already. */
const isLost = ({ lost }: Servers, host: string): boolean => [...lost.keys()].some((server) => hostsMeet(server.hosts, host))

/** At a server: TLS of the app must not end where HTTP is expected; then the routes that are bound there. */
function landed(ground: Ground, on: On, server: GatewayServer): Step[] {
  if (on.leg.kind === 'tls' && ends(server) && server.protocol === 'HTTPS') return [{ is: 'inner', ...on, server }]
  return server.by === 'Istio' ? bound(ground, on, server) : []
}

function bound(ground: Ground, on: On, server: GatewayServer): Step[] {
  const gatewayName = `${server.namespace}/${server.name}`
  const wants = kindFor(server)
  const { gateway } = on.leg
  const all = ground.boundTo(gatewayName, on.host)
  const sentTo = (to: Target, dialled: number) => portSentTo(ground, to, dialled, gateway.namespace)
  const seen = all.filter((routes) => sees(gateway.namespace, routes))
  const at = seen.flatMap((routes) =>
    routeKinds.flatMap((kind) =>
      routes[kind].flatMap((route, index) =>
        matchesAt(routes, route, gatewayName)
          .filter((match) => asking([gateway], kind, match).length > 0)
          .map((match) => ({ routes, kind, route, index, match })),
      ),
    ),
  )
  const fits = at.filter(({ kind, match }) => kind === wants && (kind !== 'tls' || takesSni(match, on.host)))
  const right = fits.filter(({ match }) => match === null || match.port === null || match.port === server.number)
  if (right.length > 0) {
    return right.flatMap(({ routes, kind, route, match }) =>
      route.to.map((to) => ({ ...on, server, kind, routes, route, match, to, number: sentTo(to, server.number), gateway })),
    )
  }
  const wrong = fits.find(({ match }) => match !== null)
  if (wrong?.match) return [{ is: 'port', ...on, server, match: wrong.match, wants }]
  const other = at.find(({ kind }) => kind !== wants)
  if (other) return [{ is: 'kind', ...on, server, routes: other.routes, kind: other.kind, wants, at: other.route.from, index: other.index }]
  const [hidden] = all.filter((routes) => !seen.includes(routes))
  return hidden && seen.length === 0 ? [{ is: 'unseen', ...on, server, routes: hidden }] : [{ is: 'unbound', ...on, server }]
}

/** Troubles of some kind, each place once. */
export function troublesOf<K extends Trouble['is']>(of: RuleInput, ...kinds: readonly K[]): Extract<Trouble, { is: K }>[] {
  return walkOf(of).troubles.filter((trouble): trouble is Extract<Trouble, { is: K }> => (kinds as readonly string[]).includes(trouble.is))
}
