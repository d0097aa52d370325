/** Hosts as istiod knows them: ServiceEntries, and Services of gateways and servers, with where each is served (Istio `model.Service`). */

import { compare } from '../base/collect'
import type { Labels } from '../base/labels'
import type { Place } from '../yaml/document'
import { byAge } from './age'
import { serviceHost } from './host-name'
import type { Mesh, Protocol, Resolution, ServiceHost } from './mesh'
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
  /** By the name of a port of the host. */
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

/** Protocols of a Service's ports by their usual names (lab `objects.go`, serviceObjects). */
function servicePort(number: number, target: number | null): ServicePort {
  const name = number === 80 ? 'http2' : number === 443 ? 'https' : `tcp-${number}`
  const protocol = number === 80 ? 'HTTP2' : number === 443 ? 'HTTPS' : 'TCP'
  return { number, name, protocol, target, from: null }
}

/** An address that a Service of the surroundings has; which one matters to nothing but NetworkPolicies and annotations. */
interface Placed {
  pod: { namespace: string; name: string; labels: Labels }
  ports: { number: number; targetPort: number }[]
  clusterIP: string
  ip: string
}

const serviceOfPod = ({ pod, ports, clusterIP, ip }: Placed): Service => ({
  name: serviceHost(pod.name, pod.namespace),
  namespace: pod.namespace,
  kubernetes: true,
  address: clusterIP,
  ports: ports.map(({ number, targetPort }) => servicePort(number, targetPort)),
  resolution: 'STATIC',
  external: false,
  exportTo: [],
  endpoints: [{ address: ip, labels: pod.labels, ports: {}, from: null }],
  subjectAltNames: [],
  creationTimestamp: '',
  from: null,
  written: pod.name,
})

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
  const servers = around.servers.map(({ namespace, service, labels, ports }) => ({
    pod: { namespace, name: service, serviceAccount: service, labels, annotations: {}, sidecar: false },
    ports: Object.keys(ports).map((port) => ({ number: Number(port), targetPort: Number(port) })),
  }))
  const all = [
    ...around.pods.map((pod) => ({ pod, kind: 'pod' as const, ports: [] })),
    ...gateways.map((pod) => ({ pod, kind: 'gateway' as const, ports: pod.ports })),
    ...servers.map((server) => ({ ...server, kind: 'server' as const })),
  ]
  return all.map((each, index) => ({ ...each, ip: `10.44.0.${index + 2}`, clusterIP: `10.96.1.${index + 2}` }))
}

/** All hosts, the older first: Services, which have no age in a test mesh, by name; then ServiceEntries in the order of the text. */
export function servicesOf(mesh: Mesh, pods: readonly PodIP[]): Service[] {
  const services = new Map<string, Service>()
  for (const placed of pods)
    if (placed.ports.length > 0) services.set(serviceHost(placed.pod.name, placed.pod.namespace), serviceOfPod(placed))
  for (const entry of mesh.serviceHosts) {
    const [name] = entry.hosts
    if (entry.by === 'Service' && name !== undefined && !services.has(name)) services.set(name, serviceWritten(entry, name, pods))
  }
  const sorted = [...services.values()].toSorted((a, b) => compare(a.written, b.written) || compare(a.namespace, b.namespace))
  return [...sorted, ...servicesOfEntries(mesh, pods)]
}

/** Among those of one age the host's name decides, then the namespace; the object's own name does not count (Istio `push_context.go`, SortServicesByCreationTime). */
function servicesOfEntries(mesh: Mesh, pods: readonly PodIP[]): Service[] {
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

function serviceWritten(entry: ServiceHost, name: string, pods: readonly PodIP[]): Service {
  const selected = entry.selector ? podEndpoints(entry.selector, entry.namespace, pods) : []
  return { ...common(entry, name), kubernetes: true, address: entry.addresses[0] ?? `10.96.2.${name.length}`, endpoints: selected }
}

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
