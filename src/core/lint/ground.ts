/** The mesh by name: gateways, hosts, servers, routes and DestinationRules as rules look them up, indexed once for a mesh. */

import type { Labels } from '../base/labels'
import { memoBy } from '../base/memo'
import { sees } from '../istio/export-to'
import { isWildcarded, matches, serverHost, serviceHost, subsetOf } from '../istio/host-name'
import type { DestinationRule, GatewayServer, Mesh, Routes, ServiceHost } from '../istio/mesh'
import { type PushContext, pushContextOf } from '../istio/push-context'
import { fits } from '../istio/selector'
import type { Surroundings } from '../istio/surroundings'

/** A gateway's pods and the Service before them. */
export interface Gate {
  namespace: string
  name: string
  labels: Labels
  /** The full name of its Service. */
  host: string
  ports: readonly { number: number; targetPort: number }[]
}

export interface Proxy {
  namespace: string
  labels: Labels
}

export interface Ground {
  /** What the tracer knows of the same mesh. */
  istiod: PushContext
  gates: readonly Gate[]
  /** Workloads with a sidecar; those with the same namespace and labels once. */
  clients: readonly Proxy[]
  root: string
  gateOf(host: string): Gate | undefined
  /** Entries for a host, wildcards after the host itself, in the order of the text. */
  knownOf(host: string): readonly ServiceHost[]
  /** Entries that have the very host: a destination of a route finds no wildcard above it. */
  entriesFor(host: string): readonly ServiceHost[]
  /** Hosts of a ServiceEntry, by `namespace/name`. */
  entryHosts(name: string): readonly string[]
  /** DestinationRules for exactly this host. */
  dialsOf(host: string): readonly DestinationRule[]
  /** Servers of a gateway's pods that listen where this port of the Service leads to, in the order of the text. */
  serversOf(gate: Gate, servicePort: number): Servers
  /** Every server of a gateway. */
  listensAt(gate: Gate): readonly GatewayServer[]
  /** Gateways that a server is for. */
  gatesOf(listen: GatewayServer): readonly Gate[]
  /** Routes bound to a gateway (`namespace/name`) that have a host in common with this one. */
  boundTo(door: string, host: string): readonly Routes[]
  listensCalled(door: string): readonly GatewayServer[]
  /** Gateways by their name alone. */
  listensNamed(name: string): readonly GatewayServer[]
}

/** Servers on one port of a gateway's pods. */
export interface Servers {
  all: readonly GatewayServer[]
  /** Those that istiod keeps, and for each of the others the one that it gives way to (istio.md 7.6). */
  lost: ReadonlyMap<GatewayServer, GatewayServer>
  /** Kept servers that answer for a host. */
  for(host: string): readonly GatewayServer[]
}

export const groundOf = ({ mesh, around }: { mesh: Mesh; around: Surroundings }): Ground => groundIn(mesh, around)

const groundIn = memoBy((mesh: Mesh, around: Surroundings): Ground => groundFrom(mesh, around))

function groundFrom(mesh: Mesh, around: Surroundings): Ground {
  const gates = gatesFrom(mesh, around)
  const byHost = new Map(gates.map((gate) => [gate.host, gate]))
  const knowns = grouped(mesh.serviceHosts, ({ hosts }) => hosts)
  const entries = grouped(mesh.serviceHosts, ({ by, namespace, name }) => (by === 'ServiceEntry' ? [`${namespace}/${name}`] : []))
  const wild = mesh.serviceHosts.filter(({ hosts }) => hosts.some(isWildcarded))
  const dials = grouped(mesh.destinationRules, ({ by, host }) => (by === 'DestinationRule' ? [host] : []))
  const listens = grouped(mesh.gatewayServers, ({ namespace, name }) => [`${namespace}/${name}`])
  const named = grouped(mesh.gatewayServers, ({ name }) => [name])
  const selected = new Map(gates.map((gate) => [gate, mesh.gatewayServers.filter((listen) => selects(listen, gate))]))
  const servers = new Map<string, Servers>()
  const gateways = doorsOf(mesh)
  return {
    istiod: pushContextOf(mesh, around),
    gates,
    clients: clientsFrom(around),
    root: around.root,
    gateOf: (host) => byHost.get(host),
    knownOf: (host) => {
      const exact = knowns.get(host) ?? []
      return [...exact, ...wild.filter((entry) => !exact.includes(entry) && entry.hosts.some((each) => subsetOf(host, each)))]
    },
    entriesFor: (host) => knowns.get(host) ?? [],
    entryHosts: (name) => entries.get(name)?.flatMap(({ hosts }) => hosts) ?? [],
    dialsOf: (host) => dials.get(host) ?? [],
    serversOf: (gate, servicePort) => {
      const port = podPort(gate, servicePort)
      const key = `${gate.host} ${port}`
      const made = servers.get(key) ?? serversFrom((selected.get(gate) ?? []).filter(({ number }) => podPort(gate, number) === port))
      servers.set(key, made)
      return made
    },
    listensAt: (gate) => selected.get(gate) ?? [],
    gatesOf: (listen) => gates.filter((gate) => selects(listen, gate)),
    boundTo: (door, host) => {
      const at = gateways.get(door)
      const exact = at?.exact.get(host) ?? []
      const rest = !isWildcarded(host) ? at?.wild : at?.all
      return at
        ? [...exact, ...(rest ?? []).filter((routes) => !exact.includes(routes) && routes.hosts.some((each) => matches(each, host)))]
        : []
    },
    listensCalled: (door) => listens.get(door) ?? [],
    listensNamed: (name) => named.get(name) ?? [],
  }
}

function grouped<T>(items: readonly T[], keysOf: (item: T) => readonly string[]): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items)
    for (const key of new Set(keysOf(item))) {
      const group = groups.get(key)
      if (group) group.push(item)
      else groups.set(key, [item])
    }
  return groups
}

/** Gateways around, and those that istiod makes for Gateways of the Gateway API: Service, pods and port are called alike (istio.md 3.5). */
function gatesFrom({ gatewayServers: listens }: Mesh, around: Surroundings): Gate[] {
  const managed = new Map<string, Gate & { ports: { number: number; targetPort: number }[] }>()
  for (const { by, namespace, name, selector, number, services } of listens) {
    if (by !== 'GatewayAPI' || services?.length) continue
    const host = serviceHost(`${name}-istio`, namespace)
    const gate = managed.get(host) ?? { namespace, name: `${name}-istio`, labels: selector, host, ports: [] }
    if (!gate.ports.some((port) => port.number === number)) gate.ports.push({ number, targetPort: number })
    managed.set(host, gate)
  }
  const given = around.gateways.map(({ namespace, name, labels, ports }) => ({
    namespace,
    name,
    labels,
    host: serviceHost(name, namespace),
    ports,
  }))
  return [...given, ...[...managed.values()].filter(({ host }) => !given.some((gate) => gate.host === host))]
}

function clientsFrom({ pods }: Surroundings): Proxy[] {
  const unique = new Map<string, Proxy>()
  for (const { namespace, labels, sidecar } of pods)
    if (sidecar) unique.set(`${namespace} ${JSON.stringify(labels)}`, { namespace, labels })
  return [...unique.values()]
}

/** A Gateway of Istio selects pods by their labels; one of the Gateway API has the pods that istiod makes for it, or Services that it names. */
function selects({ by, selector, services, name, namespace }: GatewayServer, gate: Gate): boolean {
  if (by === 'Istio') return fits(selector, gate.labels)
  return (services?.length ? services : [serviceHost(`${name}-istio`, namespace)]).includes(gate.host)
}

/** Where a port of the Service leads to; one that it lacks binds itself. */
export const podPort = ({ ports }: Gate, number: number): number => ports.find((port) => port.number === number)?.targetPort ?? number

/** Plain text first drops TLS behind it; a host that an earlier TLS server has drops the later server with all its hosts. */
function serversFrom(all: readonly GatewayServer[]): Servers {
  const lost = new Map<GatewayServer, GatewayServer>()
  const [first] = all
  const taken = new Map<string, GatewayServer>()
  for (const listen of all) {
    if (first && !first.tls && listen.tls) lost.set(listen, first)
    if (!listen.tls || lost.has(listen)) continue
    const before = listen.hosts.map((host) => taken.get(serverHost(host).host)).find((each) => each !== undefined)
    if (before) lost.set(listen, before)
    else for (const host of listen.hosts) taken.set(serverHost(host).host, listen)
  }
  const exact = grouped(
    all.filter((listen) => !lost.has(listen)),
    ({ hosts }) => hosts.map((each) => serverHost(each).host).filter((host) => !isWildcarded(host)),
  )
  const wild = all.filter((listen) => !lost.has(listen) && listen.hosts.some((host) => isWildcarded(serverHost(host).host)))
  return {
    all,
    lost,
    for: (host) => {
      const own = exact.get(host) ?? []
      return [
        ...own,
        ...wild.filter((listen) => !own.includes(listen) && listen.hosts.some((each) => subsetOf(host, serverHost(each).host))),
      ]
    },
  }
}

function doorsOf({ routes }: Mesh) {
  const gateways = new Map<string, { exact: Map<string, Routes[]>; wild: Routes[]; all: Routes[] }>()
  for (const each of routes)
    for (const door of new Set(each.gateways)) {
      const at = gateways.get(door) ?? { exact: new Map<string, Routes[]>(), wild: [], all: [] }
      gateways.set(door, at)
      at.all.push(each)
      if (each.hosts.some(isWildcarded)) at.wild.push(each)
      for (const host of new Set(each.hosts)) at.exact.set(host, [...(at.exact.get(host) ?? []), each])
    }
  return gateways
}

/** Whether a proxy of a namespace sees a host's entry. */
export const seenKnown = (ground: Ground, host: string, from: string): readonly ServiceHost[] =>
  ground.knownOf(host).filter((entry) => sees(from, entry))

/** The entries for a route's destination that a proxy of a namespace sees: without one it has no cluster. */
export const destinationEntries = (ground: Ground, host: string, from: string): readonly ServiceHost[] =>
  ground.entriesFor(host).filter((entry) => sees(from, entry))
