/** What routes say of one host: for the sidecars of the mesh, and at gateways. */

import { grouped } from '../../base/collect'
import type { Labels } from '../../base/labels'
import { memoKeyed } from '../../base/memo'
import { namesAbove, subsetOf } from '../../istio/host-name'
import type { GatewayServer, Match, Mesh, Route, Routes, ServiceHost } from '../../istio/mesh'
import { entryHostsOf, matchesAt, parentHosts } from '../../istio/virtual-service'
import type { Speaks } from '../../model/design'
import type { Place } from '../../yaml/document'

export type RouteKind = 'http' | 'tls' | 'tcp'

/** Who takes a route: pods of a namespace (empty: of any) with these labels. */
export interface Source {
  namespace: string
  labels: Labels
}

/** One entry of a match list, with its route. */
export interface Leg {
  kind: RouteKind
  routes: Routes
  route: Route
  match: Match | null
  port: number | null
  /** Null: everybody. */
  source: Source | null
  /** It asks for more than a port and a name: a path, a header, ... */
  conditional: boolean
  from: Place
}

export interface GatewayLeg extends Leg {
  /** `namespace/name` of a Gateway. */
  gatewayName: string
  section: string
}

/** The Mesh by hosts and gateways. */
export interface Legs {
  /** Every host that routes or ServiceEntries speak of, in the order of the text. */
  hosts: readonly string[]
  serviceHostsOf(host: string): readonly ServiceHost[]
  inMesh(host: string): readonly Leg[]
  atGateways(host: string): readonly GatewayLeg[]
  /** The servers of a Gateway. */
  gatewayServersOf(gatewayName: string): readonly GatewayServer[]
}

export const speaksOf: Record<RouteKind, Speaks> = { http: 'HTTP', tls: 'HTTPS', tcp: 'TCP' }

export function legsOf(mesh: Mesh): Legs {
  const byHostName = grouped(mesh.serviceHosts, ({ hosts }) => hosts)
  const gatewayServers = grouped(mesh.gatewayServers, ({ namespace, name }) => [`${namespace}/${name}`])
  const byHost = grouped(mesh.routes, (routes) => hostsOf(routes, mesh))
  const inMesh = memoKeyed((host: string) => routesFor(host, byHost).flatMap((routes) => meshLegs(routes, host, mesh)))
  const atGateways = memoKeyed((host: string) => routesFor(host, byHost).flatMap((routes) => gatewayLegs(routes, host)))
  return {
    hosts: merged(
      mesh.serviceHosts.filter((each) => each.by === 'ServiceEntry').flatMap((each) => each.hosts),
      mesh.routes.flatMap((routes) => hostsOf(routes, mesh)).filter((host) => host !== anyHost && host !== '*'),
    ),
    serviceHostsOf: (host) => byHostName.get(host) ?? [],
    inMesh,
    atGateways,
    gatewayServersOf: (gatewayName) => gatewayServers.get(gatewayName) ?? [],
  }
}

/** Two orders of names as one: what only the second has keeps its position among the others. */
function merged(first: readonly string[], second: readonly string[]): string[] {
  const out = new Set<string>()
  const inFirst = new Set(first)
  let reached = 0
  const place = new Map(second.map((name, index) => [name, index]))
  for (const name of first) {
    for (const at = place.get(name) ?? -1; reached < at; reached++)
      if (!inFirst.has(second[reached] as string)) out.add(second[reached] as string)
    out.add(name)
  }
  for (const name of second) out.add(name)
  return [...out]
}

/** A route of the Gateway API that names no host, at a gateway: it is for whatever its listeners let in. */
const anyHost = ''

function hostsOf(routes: Routes, mesh: Mesh): string[] {
  if (!routes.parents) return routes.hosts
  const atGateways = routes.hosts.length > 0 ? routes.hosts : [anyHost]
  const own = routes.parents.flatMap((parent) => (parent.kind === 'Gateway' ? atGateways : parentHosts(parent, entryHostsOf(mesh))))
  return [...new Set(own)]
}

/** Routes written for the very name come before those for a wildcard above it; each of them in the order of the text. */
function routesFor(host: string, byHost: ReadonlyMap<string, readonly Routes[]>): Routes[] {
  return [...new Set([...namesAbove(host), anyHost].flatMap((name) => byHost.get(name) ?? []))]
}

const kinds = ['http', 'tls', 'tcp'] as const

type Parent = NonNullable<Routes['parents']>[number]

function meshLegs(routes: Routes, host: string, mesh: Mesh): Leg[] {
  const isFor = (parent: Parent) =>
    parent.kind !== 'Gateway' && parentHosts(parent, entryHostsOf(mesh)).some((each) => subsetOf(host, each))
  // A route of the Gateway API is for the ports that its parents name.
  const ports = routes.parents ? [...new Set(routes.parents.filter(isFor).map(({ port }) => port))] : [null]
  return kinds.flatMap((kind) =>
    routes[kind].flatMap((route) =>
      (routes.parents ? matchesOf(route) : matchesAt(routes, route, 'mesh'))
        .filter((match) => named(match, kind, host, routes))
        .map((match) => legOf(kind, routes, route, match))
        .flatMap((leg) => ports.map((port) => ({ ...leg, port: leg.port ?? port }))),
    ),
  )
}

function gatewayLegs(routes: Routes, host: string): GatewayLeg[] {
  const bound = routes.parents
    ? routes.parents.filter((parent) => parent.kind === 'Gateway')
    : routes.gateways.filter((gateway) => gateway !== 'mesh').map((gateway) => ({ gateway, section: '', port: null }))
  return kinds.flatMap((kind) =>
    routes[kind].flatMap((route) =>
      bound.flatMap((to) => {
        const gatewayName = 'gateway' in to ? to.gateway : `${to.namespace}/${to.name}`
        const matches = 'gateway' in to ? matchesAt(routes, route, gatewayName) : matchesOf(route)
        return matches
          .filter((match) => named(match, kind, host, routes))
          .map((match) => legOf(kind, routes, route, match))
          .map((leg) => ({ ...leg, port: leg.port ?? to.port, gatewayName, section: to.section }))
      }),
    ),
  )
}

const matchesOf = (route: Route): (Match | null)[] => (route.matches.length > 0 ? route.matches : [null])

/** A TLS route is for the names that it asks for; any other for all that the object is for. */
function named(match: Match | null, kind: RouteKind, host: string, routes: Routes): boolean {
  if (kind !== 'tls' || !match || match.sniHosts.length === 0) return true
  return (
    match.sniHosts.some((name) => subsetOf(host, name)) && (routes.parents !== null || routes.hosts.some((name) => subsetOf(host, name)))
  )
}

function legOf(kind: RouteKind, routes: Routes, route: Route, match: Match | null): Leg {
  const labels = match?.sourceLabels ?? {}
  const namespace = match?.sourceNamespace ?? ''
  return {
    kind,
    routes,
    route,
    match,
    port: match?.port ?? null,
    source: namespace || Object.keys(labels).length > 0 ? { namespace, labels } : null,
    conditional: match !== null && asksMore(match),
    from: match?.from ?? route.from,
  }
}

const asksMore = ({ uri, method, authority, scheme, headers, queryParams, destinationSubnets }: Match): boolean =>
  (uri !== null && !(uri.by === 'prefix' && uri.value === '/')) ||
  method !== null ||
  authority !== null ||
  scheme !== null ||
  headers.length > 0 ||
  queryParams.length > 0 ||
  destinationSubnets.length > 0
