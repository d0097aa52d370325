/** Mesh legs: routes that bring an app's traffic from its sidecar to a gateway, and whom they are for. */

import { memoLastBy } from '../base/memo'
import { sees } from '../istio/export-to'
import { matches, serverHost, subsetOf } from '../istio/host-name'
import type { Match, Route, Routes, Target } from '../istio/mesh'
import { fits } from '../istio/selector'
import type { RuleInput } from '../rules/kind'
import { type Gate, type Ground, groundOf, type Proxy } from './ground'

export type RouteKind = 'http' | 'tls' | 'tcp'
export const routeKinds: readonly RouteKind[] = ['http', 'tls', 'tcp']

export interface Leg {
  routes: Routes
  kind: RouteKind
  route: Route
  /** Null where the route matches everything. */
  match: Match | null
  to: Target
  gate: Gate
  /** The port of the gateway's Service. */
  port: number
  /** Names that the app asks for. */
  hosts: readonly string[]
  /** Sidecars that see the route. */
  clients: readonly Proxy[]
}

/** Matches of a route that count at a door (`mesh` or `namespace/name`); null stands for a route that matches everything. */
export function matchesAt(routes: Routes, route: Route, door: string): (Match | null)[] {
  if (!routes.gateways.includes(door)) return []
  if (route.matches.length === 0) return [null]
  return route.matches.filter((match) => match.gateways === null || match.gateways.includes(door))
}

export const legsOf = (of: RuleInput): readonly Leg[] => legsIn(groundOf(of), of.mesh.routes)

const legsIn = memoLastBy((ground: Ground, all: readonly Routes[]): readonly Leg[] =>
  all.flatMap((routes) => (routes.parents ? fromParents(ground, routes) : fromVirtualService(ground, routes))),
)

const clientsOf = (ground: Ground, routes: Routes): readonly Proxy[] => ground.clients.filter((client) => sees(client.namespace, routes))

function fromVirtualService(ground: Ground, routes: Routes): Leg[] {
  if (!routes.gateways.includes('mesh')) return []
  const clients = clientsOf(ground, routes)
  return routeKinds.flatMap((kind) =>
    routes[kind].flatMap((route) =>
      route.to.flatMap((to) => {
        const gate = ground.gateOf(to.host)
        if (!gate) return []
        return matchesAt(routes, route, 'mesh').flatMap((match): Leg[] => {
          const port = to.port ?? match?.port ?? null
          if (port === null) return []
          const hosts = kind === 'tls' && match ? match.sniHosts : routes.hosts
          return [{ routes, kind, route, match, to, gate, port, hosts, clients: asking(clients, kind, match) }]
        })
      }),
    ),
  )
}

/** Those whose traffic a match may take. In HTTP matches the source counts only where `gateways` is left out (istio.md 7.3). */
export function asking(clients: readonly Proxy[], kind: RouteKind, match: Match | null): readonly Proxy[] {
  if (!match || (kind === 'http' && match.gateways !== null)) return clients
  return clients.filter(
    ({ namespace, labels }) => (!match.sourceNamespace || match.sourceNamespace === namespace) && fits(match.sourceLabels, labels),
  )
}

/** Routes of the Gateway API that hang on a host in the mesh: they count in its namespace for all, elsewhere for their own (istio.md 3.5). */
function fromParents(ground: Ground, routes: Routes): Leg[] {
  const hosts = (routes.parents ?? []).flatMap(({ kind, namespace, name }) =>
    kind === 'ServiceEntry' ? ground.entryHosts(`${namespace}/${name}`) : kind === 'Hostname' ? [name] : [],
  )
  if (hosts.length === 0) return []
  const own = hosts.some((host) => ground.knownOf(host).some((entry) => entry.namespace === routes.namespace))
  const clients = ground.clients.filter((client) => own || client.namespace === routes.namespace)
  return routeKinds.flatMap((kind) =>
    routes[kind].flatMap((route) =>
      route.to.flatMap((to): Leg[] => {
        const gate = ground.gateOf(to.host)
        return gate && to.port !== null
          ? [{ routes, kind, route, match: route.matches[0] ?? null, to, gate, port: to.port, hosts, clients }]
          : []
      }),
    ),
  )
}

/** Whether a match lets an SNI in. */
export const takesSni = (match: Match | null, host: string): boolean =>
  match === null || match.sniHosts.length === 0 || match.sniHosts.some((each) => subsetOf(host, each))

export const hostsMeet = (hosts: readonly string[], host: string): boolean => hosts.some((each) => matches(serverHost(each).host, host))
