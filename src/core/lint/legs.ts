/** Mesh legs: routes that bring an app's traffic from its sidecar to a gateway, and whom they are for. */

import { memo, memoLastBy } from '../base/memo'
import { sees } from '../istio/export-to'
import { portOf } from '../istio/filter-chain'
import { hostBelow, matches, serverHost, subsetOf } from '../istio/host-name'
import type { Match, Route, Routes, ServiceHostPort, Target } from '../istio/mesh'
import { readsRoutes } from '../istio/protocol'
import { fits } from '../istio/selector'
import type { WorkloadRef } from '../istio/surroundings'
import { matchesAt, parentHosts } from '../istio/virtual-service'
import type { RuleInput } from '../rules/kind'
import { type Gateway, type Ground, groundOf } from './ground'

export type RouteKind = 'http' | 'tls' | 'tcp'
export const routeKinds: readonly RouteKind[] = ['http', 'tls', 'tcp']

export interface Leg {
  routes: Routes
  kind: RouteKind
  route: Route
  /** Null where the route matches everything. */
  match: Match | null
  to: Target
  gateway: Gateway
  /** The port of the gateway's Service. */
  port: number
  /** Names that the app asks for. */
  hosts: readonly string[]
  /** Where no sidecar reads such routes on the port that is dialled: the port of the ServiceEntry. */
  unread: ServiceHostPort | null
  /** Sidecars that see the route. */
  clients: readonly WorkloadRef[]
}

/** Legs that sidecars read: on a port of another protocol a route counts for nothing, which L19 reports. */
export const legsOf = (of: RuleInput): readonly Leg[] => readIn(allLegsOf(of))

const readIn = memo((legs: readonly Leg[]): readonly Leg[] => legs.filter(({ unread }) => unread === null))

export const allLegsOf = (of: RuleInput): readonly Leg[] => legsIn(groundOf(of), of.mesh.routes)

const legsIn = memoLastBy((ground: Ground, all: readonly Routes[]): readonly Leg[] =>
  all.flatMap((routes) => (routes.parents ? fromParents(ground, routes) : fromVirtualService(ground, routes))),
)

const clientsOf = (ground: Ground, routes: Routes): readonly WorkloadRef[] =>
  ground.clients.filter((client) => sees(client.namespace, routes))

function fromVirtualService(ground: Ground, routes: Routes): Leg[] {
  if (!routes.gateways.includes('mesh')) return []
  const clients = clientsOf(ground, routes)
  return routeKinds.flatMap((kind) =>
    routes[kind].flatMap((route) =>
      route.to.flatMap((to) => {
        const gateway = ground.gatewayOf(to.host)
        if (!gateway) return []
        return matchesAt(routes, route, 'mesh').flatMap((match): Leg[] => {
          const port = portOf(to, gateway.ports, match?.port ?? null)
          if (port === null) return []
          const hosts = kind === 'tls' && match ? match.sniHosts : routes.hosts
          const leg = { routes, kind, route, match, to, gateway, port, clients: asking(clients, kind, match) }
          const unread = hosts.map((host) => unreadPort(ground, leg, host))
          return [...new Set(unread)].map((port) => ({ ...leg, hosts: hosts.filter((_, index) => unread[index] === port), unread: port }))
        })
      }),
    ),
  )
}

/** The port of a host that a leg is for and whose protocol shuts its kind of routes out; null where the leg is read, or no entry has the port. */
function unreadPort(
  ground: Ground,
  { kind, match, clients }: Pick<Leg, 'kind' | 'match' | 'clients'>,
  host: string,
): ServiceHostPort | null {
  const seen = ground.serviceHostsOf(host).filter((entry) => clients.some((client) => sees(client.namespace, entry)))
  const ports = seen.flatMap(({ ports }) => ports.filter(({ number }) => number === match?.port))
  return ports.some(({ protocol }) => readsRoutes(protocol, kind)) ? null : (ports[0] ?? null)
}

/** Those whose traffic a match may take. In HTTP matches the source counts only where `gateways` is left out (istio/README 7.3). */
export function asking(clients: readonly WorkloadRef[], kind: RouteKind, match: Match | null): readonly WorkloadRef[] {
  if (!match || (kind === 'http' && match.gateways !== null)) return clients
  return clients.filter(
    ({ namespace, labels }) => (!match.sourceNamespace || match.sourceNamespace === namespace) && fits(match.sourceLabels, labels),
  )
}

/** Routes of the Gateway API that hang on a host in the mesh: they count in its namespace for all, elsewhere for their own (istio/README 3.5). */
function fromParents(ground: Ground, routes: Routes): Leg[] {
  const hosts = (routes.parents ?? []).flatMap((parent) => parentHosts(parent, ground.entryHosts))
  if (hosts.length === 0) return []
  const own = hosts.some((host) => ground.serviceHostsOf(host).some((entry) => entry.namespace === routes.namespace))
  const clients = ground.clients.filter((client) => own || client.namespace === routes.namespace)
  return routeKinds.flatMap((kind) =>
    routes[kind].flatMap((route) =>
      route.to.flatMap((to): Leg[] => {
        const gateway = ground.gatewayOf(to.host)
        return gateway && to.port !== null
          ? [{ routes, kind, route, match: route.matches[0] ?? null, to, gateway, port: to.port, hosts, unread: null, clients }]
          : []
      }),
    ),
  )
}

/** Whether a match lets an SNI in. */
export const takesSni = (match: Match | null, host: string): boolean =>
  match === null || match.sniHosts.length === 0 || match.sniHosts.some((each) => subsetOf(host, each))

export const hostsMeet = (hosts: readonly string[], host: string): boolean => hosts.some((each) => matches(serverHost(each).host, host))

/** A request that a leg is for; null for bytes that no URL says, and where a match asks for more than a URL. */
export function urlOf({ kind, match, route, routes }: Pick<Leg, 'kind' | 'match' | 'route' | 'routes'>, host: string): string | null {
  if (kind === 'tcp') return null
  const { uri, method, authority, scheme, headers = [], queryParams = [], destinationSubnets = [] } = match ?? {}
  if (method || authority || scheme || headers.length + queryParams.length + destinationSubnets.length > 0 || uri?.by === 'regex')
    return null
  if (route.matches.length === 0 && routes[kind][0] !== route) return null
  const usual = kind === 'http' ? 80 : 443
  const port = match?.port ?? usual
  const path = uri?.value.startsWith('/') ? uri.value : '/'
  return `${kind === 'http' ? 'http' : 'https'}://${hostBelow(host, 'www')}${port === usual ? '' : `:${port}`}${path}`
}
