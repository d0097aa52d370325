/** Hosts as istiod knows them: ServiceEntries, and Services of gateways and servers, with where each is served (Istio `model.Service`). */

import { compare } from '../base/collect'
import type { Labels } from '../base/labels'
import type { Place } from '../yaml/document'
import { byAge } from './age'
import type { Mesh, Protocol, Resolution, ServiceHost, ServiceHostPort } from './mesh'
import { fits } from './selector'
import type { Surroundings, Workload } from './surroundings'

export interface ServicePort {
  number: number
  name: string
  protocol: Protocol
  /** Where a cluster dials instead; null for the same. */
  target: number | null
  from: Place | null
}

/** Where a host is served: an address or a name that DNS resolves. */
export interface Endpoint {
  address: string
  labels: Labels
  /** By the name of a port of the host. A Service is served on these alone. */
  ports: Readonly<Record<string, number>>
  from: Place | null
}

export interface Service {
  name: string
  namespace: string
  /** A Service of Kubernetes; else a ServiceEntry. */
  kubernetes: boolean
  /** Where sidecars listen for it: an address, a block, or empty for every address. */
  address: string
  ports: readonly ServicePort[]
  resolution: Resolution
  external: boolean
  exportTo: readonly string[]
  endpoints: readonly Endpoint[]
  /** They are those that a selector fits. */
  selects: boolean
  /** Whom an ExternalName names; empty for all others. */
  alias: string
  /** ExternalNames that lead to it. */
  aliases: readonly string[]
  subjectAltNames: readonly string[]
  /** Empty for what is not written or has no age. */
  creationTimestamp: string
  from: Place | null
  /** The name of the object that it was written in. */
  written: string
}

export type GatewayPod = Surroundings['gateways'][number]

/** Pods that istiod makes for Gateways of the Gateway API (istio/README 3.5; lab `objects.go`, addManagedGateways), unless they are given. */
export function managedGateways(mesh: Mesh, around: Surroundings): GatewayPod[] {
  const given = new Set(around.gateways.map((pod) => `${pod.namespace}/${pod.name}`))
  const made = new Map<string, GatewayPod>()
  for (const gatewayServer of mesh.gatewayServers) {
    if (gatewayServer.by !== 'GatewayAPI' || gatewayServer.services) continue
    const name = `${gatewayServer.name}-istio`
    const key = `${gatewayServer.namespace}/${name}`
    if (given.has(key)) continue
    const labels = { ...gatewayServer.selector, 'gateway.istio.io/managed': 'istio.io-gateway-controller' }
    const pod: GatewayPod = made.get(key) ?? {
      namespace: gatewayServer.namespace,
      name,
      serviceAccount: name,
      labels,
      annotations: {},
      sidecar: true,
      ports: [],
    }
    if (!pod.ports.some(({ number }) => number === gatewayServer.number))
      pod.ports.push({ number: gatewayServer.number, targetPort: gatewayServer.number })
    made.set(key, pod)
  }
  return [...made.values()]
}

export interface PodIP {
  pod: Workload
  ip: string
  kind: 'pod' | 'gateway' | 'server'
  clusterIP: string
  ports: { number: number; targetPort: number }[]
}

/** Every pod with its addresses, in the lab's order (lab `mesh.go`, place and expose). */
export function placedPods(mesh: Mesh, around: Surroundings): PodIP[] {
  const gateways = [...around.gateways, ...managedGateways(mesh, around)]
  const servers = around.servers.map(({ namespace, service, labels, ports, address }) => ({
    address,
    pod: { namespace, name: service, serviceAccount: service, labels, annotations: {}, sidecar: false },
    ports: Object.keys(ports).map((port) => ({ number: Number(port), targetPort: Number(port) })),
  }))
  const all = [
    ...around.pods.map((pod) => ({ pod, kind: 'pod' as const, ports: [] })),
    ...gateways.map((pod) => ({ pod, kind: 'gateway' as const, ports: pod.ports })),
    ...servers.map((server) => ({ ...server, kind: 'server' as const })),
  ]
  return all.map(({ pod, kind, ports, ...own }, index) => ({
    pod,
    kind,
    ports,
    ip: `10.44.0.${index + 2}`,
    clusterIP: ('address' in own && own.address) || `10.96.1.${index + 2}`,
  }))
}

/** ServiceEntries' hosts, the older first. Among those of one age the host's name decides, then the namespace; the object's own name does not count (Istio `push_context.go`, SortServicesByCreationTime). */
export function servicesOfEntries(mesh: Mesh, pods: readonly PodIP[]): Service[] {
  const all = mesh.serviceHosts
    .filter(({ by }) => by === 'ServiceEntry')
    .flatMap((entry) => servicesOfEntry(mesh, entry, pods).map((host) => ({ entry, host })))
  const sorted = all.toSorted(
    (a, b) => byAge(a.entry, b.entry) || compare(a.host.name, b.host.name) || compare(a.host.namespace, b.host.namespace),
  )
  return sorted.map(({ host }) => host)
}

const podEndpoints = (selector: Labels, namespace: string, pods: readonly PodIP[]): Endpoint[] =>
  pods
    .filter(({ pod }) => pod.namespace === namespace && fits(selector, pod.labels))
    .map(({ pod, ip }) => ({ address: ip, labels: pod.labels, ports: {}, from: null }))

const portsOf = (entry: ServiceHost): ServicePort[] =>
  entry.ports.map(({ number, name, protocol, targetPort, from }) => ({ number, name, protocol, target: targetPort ?? null, from }))

const common = (entry: ServiceHost, name: string): Service => ({
  name,
  namespace: entry.namespace,
  kubernetes: false,
  address: '',
  ports: portsOf(entry),
  resolution: entry.resolution,
  external: entry.external,
  exportTo: entry.exportTo,
  endpoints: [],
  selects: entry.selector !== null,
  alias: '',
  aliases: [],
  subjectAltNames: entry.subjectAltNames,
  creationTimestamp: entry.creationTimestamp,
  from: entry.from,
  written: entry.name,
})

/** Where a ServiceEntry says that it is served: by itself, or by the WorkloadEntries beside it that its selector fits. */
export const endpointsWritten = (mesh: Mesh, entry: ServiceHost): Endpoint[] =>
  (entry.selector
    ? mesh.workloadEntries.filter(({ namespace, labels }) => namespace === entry.namespace && fits(entry.selector ?? {}, labels))
    : entry.endpoints
  ).map(({ address, ports, labels, from }) => ({ address, ports, labels, from }))

/** At which ports a port of an entry is served, each once: those of its endpoints' own, else its targetPort, else itself (Istio `serviceentry/conversion.go`). */
export function portsServed(mesh: Mesh, entry: ServiceHost, { name, number, targetPort }: ServiceHostPort): number[] {
  const usual = targetPort ?? number
  const endpoints = endpointsWritten(mesh, entry)
  return endpoints.length > 0 ? [...new Set(endpoints.map(({ ports }) => ports[name] ?? usual))] : [usual]
}

/** A host a name and address. A DNS host without endpoints is served under its own name (Istio `serviceentry/conversion.go`). */
function servicesOfEntry(mesh: Mesh, entry: ServiceHost, pods: readonly PodIP[]): Service[] {
  const addresses = entry.addresses.length > 0 ? entry.addresses.map((address) => address.replace(/\/32$/, '')) : ['']
  const given = endpointsWritten(mesh, entry)
  const selected = entry.selector ? podEndpoints(entry.selector, entry.namespace, pods) : []
  const byName = entry.resolution === 'DNS' || entry.resolution === 'DNS_ROUND_ROBIN'
  return entry.hosts.flatMap((name) => {
    const endpoints = entry.selector
      ? [...selected, ...given]
      : given.length > 0
        ? given
        : byName
          ? [{ address: name, labels: {}, ports: {}, from: entry.from }]
          : []
    return addresses.map((address) => ({ ...common(entry, name), address: address === '0.0.0.0' ? '' : address, endpoints }))
  })
}
