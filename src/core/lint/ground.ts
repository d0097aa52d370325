/** The mesh by name: gateways, hosts, servers, routes and DestinationRules as rules look them up, indexed once for a mesh. */

import { grouped, listed } from '../base/collect'
import type { Labels } from '../base/labels'
import { memoBy } from '../base/memo'
import { policiesOf } from '../istio/authorization-policy'
import { sees } from '../istio/export-to'
import { portOf } from '../istio/filter-chain'
import { type Merged, mergedServers } from '../istio/gateway-server'
import { isWildcarded, matches, serverHost, serviceHost, subsetOf } from '../istio/host-name'
import type { AuthorizationPolicy, DestinationRule, GatewayServer, Mesh, Routes, ServiceHost, Target } from '../istio/mesh'
import { proxyOf } from '../istio/proxy'
import { type PushContext, pushContextOf } from '../istio/push-context'
import type { PodIP } from '../istio/service-registry'
import type { Surroundings, WorkloadRef } from '../istio/surroundings'
import { entryHostsOf } from '../istio/virtual-service'

/** A gateway's pods and the Service before them. */
export interface Gateway {
  namespace: string
  name: string
  labels: Labels
  /** The full name of its Service. */
  host: string
  ports: readonly { number: number; targetPort: number }[]
}

export interface Ground {
  /** What the tracer knows of the same mesh. */
  istiod: PushContext
  gateways: readonly Gateway[]
  /** Workloads with a sidecar; those with the same namespace and labels once. */
  clients: readonly WorkloadRef[]
  root: string
  gatewayOf(host: string): Gateway | undefined
  /** Entries for a host, wildcards after the host itself, in the order of the text. */
  serviceHostsOf(host: string): readonly ServiceHost[]
  /** Entries that have the very host: a destination of a route finds no wildcard above it. */
  entriesFor(host: string): readonly ServiceHost[]
  /** Hosts of a ServiceEntry. */
  entryHosts(namespace: string, name: string): readonly string[]
  /** DestinationRules for exactly this host. */
  destinationRulesOf(host: string): readonly DestinationRule[]
  /** Servers of a gateway's pods that listen where this port of the Service leads to, in the order of the text. */
  serversOf(gateway: Gateway, servicePort: number): Servers
  /** The AuthorizationPolicies that a gateway obeys. */
  policiesAt(gateway: Gateway): readonly AuthorizationPolicy[]
  /** Every server of a gateway. */
  gatewayServersAt(gateway: Gateway): readonly GatewayServer[]
  /** Gateways that a server is for. */
  gatewaysOf(gatewayServer: GatewayServer): readonly Gateway[]
  /** Routes bound to a gateway (`namespace/name`) that have a host in common with this one. */
  boundTo(gatewayName: string, host: string): readonly Routes[]
  gatewayServersCalled(gatewayName: string): readonly GatewayServer[]
  /** Gateways by their name alone. */
  gatewayServersNamed(name: string): readonly GatewayServer[]
}

/** Servers on one port of a gateway's pods. */
export interface Servers {
  all: readonly GatewayServer[]
  /** Those that istiod keeps, and for each of the others the one that it gives way to (istio/README 7.6). */
  lost: ReadonlyMap<GatewayServer, GatewayServer>
  /** Kept servers that answer for a host. */
  for(host: string): readonly GatewayServer[]
}

export const groundOf = ({ mesh, around }: { mesh: Mesh; around: Surroundings }): Ground => groundIn(mesh, around)

const groundIn = memoBy((mesh: Mesh, around: Surroundings): Ground => groundFrom(mesh, around))

function groundFrom(mesh: Mesh, around: Surroundings): Ground {
  const push = pushContextOf(mesh, around)
  const proxies = new Map(push.pods.filter(({ kind }) => kind === 'gateway').map((pod) => [gatewayOf(pod), proxyOf(push, pod)]))
  const merged = new Map([...proxies].map(([gateway, proxy]) => [gateway, mergedServers(push, proxy)]))
  const gateways = [...proxies.keys()]
  const byHost = new Map(gateways.map((gateway) => [gateway.host, gateway]))
  const byHostName = grouped(mesh.serviceHosts, ({ hosts }) => new Set(hosts))
  const wild = mesh.serviceHosts.filter(({ hosts }) => hosts.some(isWildcarded))
  const gatewayServers = grouped(mesh.gatewayServers, ({ namespace, name }) => [`${namespace}/${name}`])
  const named = grouped(mesh.gatewayServers, ({ name }) => [name])
  const selected = new Map([...merged].map(([gateway, servers]) => [gateway, gatewayServersIn(servers, mesh)]))
  const servers = new Map<string, Servers>()
  const routesAt = routesByGateway(mesh)
  return {
    istiod: push,
    gateways,
    clients: clientsFrom(around),
    root: around.root,
    gatewayOf: (host) => byHost.get(host),
    serviceHostsOf: (host) => {
      const exact = byHostName.get(host) ?? []
      return [...exact, ...wild.filter((entry) => !exact.includes(entry) && entry.hosts.some((each) => subsetOf(host, each)))]
    },
    entriesFor: (host) => byHostName.get(host) ?? [],
    entryHosts: entryHostsOf(mesh),
    destinationRulesOf: (host) => (push.destinationRules.written.get(host) ?? []).filter(({ by }) => by === 'DestinationRule'),
    serversOf: (gateway, servicePort) => {
      const port = podPort(gateway, servicePort)
      const key = `${gateway.host} ${port}`
      const made = servers.get(key) ?? serversAt(merged.get(gateway), port)
      servers.set(key, made)
      return made
    },
    policiesAt: (gateway) => {
      const proxy = proxies.get(gateway)
      return proxy ? policiesOf(push, proxy) : []
    },
    gatewayServersAt: (gateway) => selected.get(gateway) ?? [],
    gatewaysOf: (gatewayServer) => gateways.filter((gateway) => selected.get(gateway)?.includes(gatewayServer)),
    boundTo: (gatewayName, host) => {
      const at = routesAt.get(gatewayName)
      const exact = at?.exact.get(host) ?? []
      const rest = !isWildcarded(host) ? at?.wild : at?.all
      return at
        ? [...exact, ...(rest ?? []).filter((routes) => !exact.includes(routes) && routes.hosts.some((each) => matches(each, host)))]
        : []
    },
    gatewayServersCalled: (gatewayName) => gatewayServers.get(gatewayName) ?? [],
    gatewayServersNamed: (name) => named.get(name) ?? [],
  }
}

const gatewayOf = ({ pod: { namespace, name, labels }, ports }: PodIP): Gateway => ({
  namespace,
  name,
  labels,
  host: serviceHost(name, namespace),
  ports,
})

/** Every server of a gateway, in the order of the text. */
function gatewayServersIn({ kept, dropped }: Merged, mesh: Mesh): GatewayServer[] {
  const own = new Set([...kept, ...dropped.map(({ server }) => server)].map(({ gatewayServer }) => gatewayServer))
  return mesh.gatewayServers.filter((gatewayServer) => own.has(gatewayServer))
}

function clientsFrom({ pods }: Surroundings): WorkloadRef[] {
  const unique = new Map<string, WorkloadRef>()
  for (const { namespace, labels, sidecar } of pods)
    if (sidecar) unique.set(`${namespace} ${JSON.stringify(labels)}`, { namespace, labels })
  return [...unique.values()]
}

/** Where a port of the Service leads to; one that it lacks binds itself. */
export const podPort = ({ ports }: Gateway, number: number): number => ports.find((port) => port.number === number)?.targetPort ?? number

/** What istiod leaves of the servers on a port of the pods. */
function serversAt(merged: Merged | undefined, port: number): Servers {
  const kept = (merged?.kept ?? []).filter((server) => server.port === port).map(({ gatewayServer }) => gatewayServer)
  const lost = new Map(
    (merged?.dropped ?? []).filter(({ server }) => server.port === port).map(({ server, by }) => [server.gatewayServer, by.gatewayServer]),
  )
  const exact = grouped(kept, ({ hosts }) => new Set(hosts.map((each) => serverHost(each).host).filter((host) => !isWildcarded(host))))
  const wild = kept.filter(({ hosts }) => hosts.some((host) => isWildcarded(serverHost(host).host)))
  return {
    all: [...kept, ...lost.keys()],
    lost,
    for: (host) => {
      const own = exact.get(host) ?? []
      return [
        ...own,
        ...wild.filter(
          (gatewayServer) => !own.includes(gatewayServer) && gatewayServer.hosts.some((each) => subsetOf(host, serverHost(each).host)),
        ),
      ]
    },
  }
}

function routesByGateway({ routes }: Mesh) {
  const gateways = new Map<string, { exact: Map<string, Routes[]>; wild: Routes[]; all: Routes[] }>()
  for (const each of routes)
    for (const gatewayName of new Set(each.gateways)) {
      const at = gateways.get(gatewayName) ?? { exact: new Map<string, Routes[]>(), wild: [], all: [] }
      gateways.set(gatewayName, at)
      at.all.push(each)
      if (each.hosts.some(isWildcarded)) at.wild.push(each)
      for (const host of new Set(each.hosts)) listed(at.exact, host, each)
    }
  return gateways
}

/** Whether a proxy of a namespace sees a host's entry. */
export const seenServiceHosts = (ground: Ground, host: string, from: string): readonly ServiceHost[] =>
  ground.serviceHostsOf(host).filter((entry) => sees(from, entry))

/** The port that a destination goes to; `from`: as a proxy of that namespace sees its host, else as anybody may. */
export const portSentTo = (ground: Ground, to: Target, dialled: number, from?: string): number =>
  portOf(
    to,
    (from === undefined ? ground.entriesFor(to.host) : destinationEntries(ground, to.host, from)).flatMap(({ ports }) => ports),
    dialled,
  )

/** The entries for a route's destination that a proxy of a namespace sees: without one it has no cluster. */
export const destinationEntries = (ground: Ground, host: string, from: string): readonly ServiceHost[] =>
  ground.entriesFor(host).filter((entry) => sees(from, entry))
