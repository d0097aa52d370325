/** Services of Kubernetes as istiod knows them: where each is served, and which name another (Istio `serviceregistry/kube/conversion.go`, lab `services.go`). */

import { compare, grouped } from '../base/collect'
import type { Labels } from '../base/labels'
import { serviceHost } from './host-name'
import type { Mesh, ServiceHost } from './mesh'
import { fits } from './selector'
import type { Endpoint, PodIP, Service, ServicePort } from './service-registry'

/** Protocols of a Service's ports by their usual names (lab `objects.go`, serviceObjects). */
function servicePort(number: number): ServicePort {
  const name = number === 80 ? 'http2' : number === 443 ? 'https' : `tcp-${number}`
  const protocol = number === 80 ? 'HTTP2' : number === 443 ? 'HTTPS' : 'TCP'
  return { number, name, protocol, target: null, from: null }
}

function serviceOfPod(placed: PodIP): Service {
  const { pod, ports, clusterIP, ip } = placed
  const open = ports.map(({ number, targetPort }) => ({ port: servicePort(number), targetPort }))
  return {
    name: hostOf(placed),
    namespace: pod.namespace,
    kubernetes: true,
    address: clusterIP,
    ports: open.map(({ port }) => port),
    resolution: 'STATIC',
    external: false,
    exportTo: [],
    endpoints: [
      {
        address: ip,
        labels: pod.labels,
        ports: Object.fromEntries(open.map(({ port, targetPort }) => [port.name, targetPort])),
        from: null,
      },
    ],
    selects: true,
    alias: '',
    aliases: [],
    subjectAltNames: [],
    creationTimestamp: '',
    from: null,
    written: pod.name,
  }
}

/**
 * All Services, which have no age in a test mesh, by name: those that the surroundings have for gateways and servers, and those that are
 * written, which count before them, as what is applied does. A written one keeps the cluster IP of the one that it replaces.
 */
export function kubernetesServices(mesh: Mesh, pods: readonly PodIP[]): Service[] {
  const services = new Map<string, Service>()
  for (const placed of pods) if (placed.ports.length > 0) services.set(hostOf(placed), serviceOfPod(placed))
  for (const [index, entry] of mesh.serviceHosts.filter(({ by }) => by === 'Service').entries()) {
    const name = serviceHost(entry.name, entry.namespace)
    services.set(name, written(mesh, entry, pods, services.get(name)?.address ?? `10.96.2.${index + 1}`))
  }
  return [...services.values()].toSorted((a, b) => compare(a.written, b.written) || compare(a.namespace, b.namespace))
}

const hostOf = ({ pod }: PodIP): string => serviceHost(pod.name, pod.namespace)

function written(mesh: Mesh, entry: ServiceHost, pods: readonly PodIP[], clusterIP: string): Service {
  const alias = entry.external ? (entry.endpoints[0]?.address ?? '').toLowerCase().replace(/\.$/, '') : ''
  const headless = entry.resolution === 'NONE'
  return {
    name: serviceHost(entry.name, entry.namespace),
    namespace: entry.namespace,
    kubernetes: true,
    address: headless || alias ? '' : (entry.addresses[0] ?? clusterIP),
    ports: entry.ports.map(({ number, name, protocol, from }) => ({ number, name, protocol, target: null, from })),
    resolution: entry.resolution,
    external: entry.external,
    exportTo: entry.exportTo,
    endpoints: alias ? [] : entry.selector ? selected(entry, entry.selector, pods) : sliced(mesh, entry),
    selects: entry.selector !== null,
    alias,
    aliases: [],
    subjectAltNames: [],
    creationTimestamp: entry.creationTimestamp,
    from: entry.from,
    written: entry.name,
  }
}

/** Pods that the selector fits, and the server that the surroundings have under the Service's own name, whatever its labels. */
function selected(entry: ServiceHost, selector: Labels, pods: readonly PodIP[]): Endpoint[] {
  const own = (placed: PodIP) => placed.kind === 'server' && placed.pod.name === entry.name
  return pods
    .filter((placed) => placed.pod.namespace === entry.namespace && (own(placed) || fits(selector, placed.pod.labels)))
    .map((placed) => ({ address: placed.ip, labels: placed.pod.labels, ports: targetsAt(entry, own(placed) ? placed : null), from: null }))
}

/** By the name of a port where it leads to. The server of the Service's own name is said by the Service's ports, so that it listens on them. */
function targetsAt({ ports }: ServiceHost, server: PodIP | null): Record<string, number> {
  const listens = (port: number) => server?.ports.some(({ number }) => number === port)
  return Object.fromEntries(
    ports.flatMap(({ name, number, targetPort, targetName }): [string, number][] => {
      const target = targetPort ?? number
      if (server && listens(number)) return [[name, number]]
      return targetName ? [] : [[name, target]]
    }),
  )
}

const sliced = (mesh: Mesh, { name, namespace }: ServiceHost): Endpoint[] =>
  mesh.endpointSlices
    .filter((slice) => slice.namespace === namespace && slice.service === name)
    .flatMap(({ addresses, ports, from }) => addresses.map((address) => ({ address, labels: {}, ports, from })))

/** Services with the names of ExternalNames that lead to them in the end, through others or not (Istio `push_context.go`, resolveServiceAliases). */
export function withAliases(services: readonly Service[]): Service[] {
  const leads = new Map(services.filter(({ alias }) => alias !== '').map(({ name, alias }) => [name, alias]))
  if (leads.size === 0) return [...services]
  const concrete = (name: string, seen: readonly string[] = []): string | null => {
    const next = leads.get(name)
    if (next === undefined) return name
    return seen.includes(next) ? null : concrete(next, [...seen, next])
  }
  const names = grouped([...leads.keys()], (name) => [concrete(name, [name]) ?? ''])
  return services.map((service) => {
    const aliases = service.alias === '' ? names.get(service.name) : undefined
    return aliases ? { ...service, aliases } : service
  })
}
