/**
 * Routes as istiod holds them: a VirtualService, or what it makes of a route of the Gateway API, for each parent and host
 * (Istio `config/kube/gateway/route_collections.go`), in the order in which they count.
 */

import { compare, grouped, listed, own } from '../base/collect'
import { memo } from '../base/memo'
import type { Place } from '../yaml/document'
import { byAge } from './age'
import { type VisibilityIndex, visibleTo } from './export-to'
import { intersection, serviceHost } from './host-name'
import { sortedRules } from './http-route-order'
import type { GatewayServer, Match, Mesh, Route, Routes } from './mesh'
import { emptyMatch } from './mesh'
import { fits } from './selector'
import type { Surroundings } from './surroundings'

export interface VirtualService {
  name: string
  namespace: string
  hosts: readonly string[]
  /** `mesh`, `namespace/name`, or the listener of a Gateway of the Gateway API. */
  gateways: readonly string[]
  http: readonly Route[]
  tls: readonly Route[]
  tcp: readonly Route[]
  exportTo: readonly string[]
  /** It follows the Gateway API: prefixes of whole segments, 500 for what is not there, the client's namespace first. */
  api: boolean
  /** Its `tls` rules count where TLS ends as well. */
  streams: boolean
  by: Routes['by']
  creationTimestamp: string
  from: Place
}

/** The name under which routes bind to a listener of the Gateway API. */
export const internalGatewayName = (namespace: string, name: string, section: string): string => `${namespace}/${name}~${section}`

/** Whether a match of a VirtualService counts at one of the gateways that the VirtualService lists (`mesh` or `namespace/name`). */
export const countsAt = (match: Match, gateway: string): boolean => match.gateways === null || match.gateways.includes(gateway)

/** Matches of a route that count at a gateway (`mesh` or `namespace/name`); null stands for a route that matches everything. */
export function matchesAt(routes: Pick<Routes, 'gateways'>, route: Route, gateway: string): (Match | null)[] {
  if (!routes.gateways.includes(gateway)) return []
  return route.matches.length === 0 ? [null] : route.matches.filter((match) => countsAt(match, gateway))
}

/**
 * The routes that a namespace's proxies see. A private VirtualService comes before any public route; of those of one visibility the Gateway API's
 * own of the namespace come first (Istio `model/virtualservice.go`, `push_context.go`; kept/private-rule-before-http-route).
 */
export const visibleRoutes = (index: VisibilityIndex<VirtualService>, namespace: string): VirtualService[] =>
  visibleTo(index, namespace, (part) => {
    const near = (route: VirtualService) => route.api && route.namespace === namespace
    return [...part.filter(near), ...part.filter((route) => !near(route))]
  })

/** All routes: those of the Gateway API, which have no age in a test mesh, by name; then VirtualServices in the order of the text. */
export function virtualServicesOf(mesh: Mesh, around: Surroundings): VirtualService[] {
  const converted = mesh.routes.filter(({ by }) => by !== 'VirtualService').flatMap((routes) => convertedRoutes(routes, mesh, around))
  return [...joined(converted), ...mesh.routes.filter(({ by }) => by === 'VirtualService').map(asWritten)]
}

const asWritten = (routes: Routes): VirtualService => ({
  name: routes.name,
  namespace: routes.namespace,
  hosts: routes.hosts,
  gateways: routes.gateways,
  http: routes.http,
  tls: routes.tls,
  tcp: routes.tcp,
  exportTo: routes.exportTo,
  api: false,
  streams: false,
  by: routes.by,
  creationTimestamp: routes.creationTimestamp,
  from: routes.from,
})

interface Converted {
  key: string
  virtualService: VirtualService
}

/**
 * The older first; of one age the namespace decides, then the name with what istiod adds to it: `a-b~0` comes before `a~0`
 * (Istio `config/kube/gateway/conversion.go`, sortRoutesByCreationTime; kept/two-http-routes-of-one-age).
 */
const inOrder = (a: VirtualService, b: VirtualService): number =>
  byAge(a, b) || compare(a.namespace, b.namespace) || compare(`${a.name}~`, `${b.name}~`)

/** HTTP routes of one parent and host become one, sorted together; the rest stays as it is. They count by the names that istiod gives them. */
function joined(all: readonly Converted[]): VirtualService[] {
  const byKey = new Map<string, VirtualService[]>()
  const titled: { title: string; virtualService: VirtualService }[] = []
  for (const { key, virtualService } of all) {
    if (virtualService.http.length > 0) listed(byKey, key, virtualService)
    else titled.push({ title: `${virtualService.name}~${virtualService.tls.length > 0 ? 'tls' : 'tcp'}`, virtualService })
  }
  for (const [key, group] of byKey) {
    const sorted = group.toSorted(inOrder) as [VirtualService, ...VirtualService[]]
    const [first, ...rest] = sorted
    const virtualService = rest.length === 0 ? first : { ...first, http: sortedRules(sorted.flatMap(({ http }) => http)) }
    titled.push({ title: key.replaceAll('/', '~'), virtualService })
  }
  return titled
    .toSorted((a, b) => compare(a.title, b.title) || compare(a.virtualService.namespace, b.virtualService.namespace))
    .map(({ virtualService }) => virtualService)
}

function convertedRoutes(routes: Routes, mesh: Mesh, around: Surroundings): Converted[] {
  return (routes.parents ?? []).flatMap((parent) =>
    parent.kind === 'Gateway' ? atGateway(routes, parent, mesh, around) : inMesh(routes, parent, mesh),
  )
}

type Parent = NonNullable<Routes['parents']>[number]

/** Finds the hosts of a ServiceEntry by its namespace and name. */
export const entryHostsOf = memo((mesh: Mesh) => {
  const entries = grouped(mesh.serviceHosts, ({ by, namespace, name }) => (by === 'ServiceEntry' ? [`${namespace}/${name}`] : []))
  return (namespace: string, name: string): readonly string[] => entries.get(`${namespace}/${name}`)?.flatMap(({ hosts }) => hosts) ?? []
})

const base = (routes: Routes, hosts: string[], gateway: string): VirtualService => ({
  name: routes.name,
  namespace: routes.namespace,
  hosts,
  gateways: [gateway],
  http: routes.http,
  tls: routes.tls,
  tcp: routes.tcp,
  exportTo: [],
  api: true,
  streams: routes.by === 'TLSRoute',
  by: routes.by,
  creationTimestamp: routes.creationTimestamp,
  from: routes.from,
})

/** Kinds of routes that suit a listener's protocol. */
const suits: Record<string, readonly Routes['by'][]> = {
  HTTP: ['HTTPRoute', 'GRPCRoute'],
  HTTPS: ['HTTPRoute', 'GRPCRoute'],
  TLS: ['TLSRoute', 'TCPRoute'],
  TCP: ['TCPRoute'],
}

/** A listener that the parent names takes the route if its kind suits, its namespace may, and they have a host in common. */
function atGateway(routes: Routes, parent: Parent, mesh: Mesh, around: Surroundings): Converted[] {
  const gatewayServers = mesh.gatewayServers.filter(
    (gatewayServer) =>
      gatewayServer.by === 'GatewayAPI' &&
      gatewayServer.name === parent.name &&
      gatewayServer.namespace === parent.namespace &&
      (parent.section === '' || gatewayServer.section === parent.section) &&
      (parent.port === null || gatewayServer.number === parent.port) &&
      (gatewayServer.kinds ?? suits[gatewayServer.protocol] ?? []).includes(routes.by) &&
      mayBind(gatewayServer, routes.namespace, around),
  )
  const wanted = routes.hosts.length > 0 ? routes.hosts : ['*']
  return gatewayServers.flatMap((gatewayServer) => {
    const common = routes.by === 'TCPRoute' ? ['*'] : intersection(wanted, gatewayServer.hosts)
    if (common.length === 0) return []
    const gateway = internalGatewayName(gatewayServer.namespace, gatewayServer.name, gatewayServer.section)
    const hosts = routes.by === 'TLSRoute' ? common : routes.by === 'TCPRoute' ? ['*'] : wanted
    return hosts.map((host) => ({ key: `${gateway}/${host}`, virtualService: narrowed(base(routes, [host], gateway), common) }))
  })
}

/** SNI of a TLSRoute that the listener has no name for is left out. */
const narrowed = (virtualService: VirtualService, hosts: readonly string[]): VirtualService =>
  virtualService.by !== 'TLSRoute'
    ? virtualService
    : {
        ...virtualService,
        tls: virtualService.tls.map((rule) => ({ ...rule, matches: rule.matches.map((match) => ({ ...match, sniHosts: [...hosts] })) })),
      }

function mayBind({ allows, namespace }: GatewayServer, from: string, around: Surroundings): boolean {
  if (!allows) return true
  if (allows.same) return namespace === from
  const labels = { 'kubernetes.io/metadata.name': from, ...own(around.namespaceLabels, from) }
  return fits(allows.selector, labels)
}

/** A route in the mesh is for the hosts of its parent, on the port that it names. */
function inMesh(routes: Routes, parent: Parent, mesh: Mesh): Converted[] {
  return parentHosts(parent, entryHostsOf(mesh)).map((host) => {
    const all = base(routes, [host], 'mesh')
    const tls = all.tls.map((rule) => ({ ...rule, matches: rule.matches.map((match) => ({ ...match, sniHosts: sniOf(match, host) })) }))
    const virtualService = parent.port === null ? { ...all, tls } : onPort({ ...all, tls }, parent.port)
    return { key: `${routes.namespace}/${parent.port ?? ''}/${host}`, virtualService }
  })
}

/** In the mesh a TLSRoute without names is for its parent's; of several those that fit it. */
function sniOf({ sniHosts }: Match, host: string): string[] {
  if (sniHosts.length === 1) return sniHosts[0] === '*' ? [host] : sniHosts
  return sniHosts.filter((each) => intersection([each], [host]).length > 0)
}

/** The hosts that a parent in the mesh has; `entryHosts` finds those of a ServiceEntry. A Gateway has none of its own. */
export function parentHosts(parent: Parent, entryHosts: (namespace: string, name: string) => readonly string[]): readonly string[] {
  if (parent.kind === 'Gateway') return []
  if (parent.kind === 'Hostname') return [parent.name]
  if (parent.kind === 'Service') return [serviceHost(parent.name, parent.namespace)]
  return entryHosts(parent.namespace, parent.name)
}

const onPort = (virtualService: VirtualService, port: number): VirtualService => {
  const all = (rules: readonly Route[]) =>
    rules.map((rule) => ({
      ...rule,
      matches: rule.matches.length > 0 ? rule.matches.map((match) => ({ ...match, port })) : [anyMatch(rule, port)],
    }))
  return { ...virtualService, http: all(virtualService.http), tls: all(virtualService.tls), tcp: all(virtualService.tcp) }
}

const anyMatch = (rule: Route, port: number): Match => ({ ...emptyMatch, port, from: rule.from })
