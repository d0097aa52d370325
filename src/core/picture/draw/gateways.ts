/** Which destinations of routes are gateways, what their pods are labelled, and which servers they have. */

import { listed } from '../../base/collect'
import type { Labels } from '../../base/labels'
import { memo } from '../../base/memo'
import { slug } from '../../base/slug'
import { namesAbove, serverHost, serviceHost, serviceOf } from '../../istio/host-name'
import type { GatewayServer, Mesh, ServiceHost } from '../../istio/mesh'
import { fits } from '../../istio/selector'
import type { Surroundings } from '../../istio/surroundings'
import { isPassthrough } from '../../istio/tls-mode'
import { type Design, labelsOf, type Node, namespaceOf, type ServicePort } from '../../model/design'
import type { GatewayLeg, Leg, Legs } from './legs'

export interface GatewayAt {
  name: string
  namespace: string
  labels: Labels
  /** As a person said them, or the surroundings have them; null: those of Istio's installation. */
  ports: ServicePort[] | null
  gatewayServers: readonly GatewayServer[]
}

export interface Gateways {
  /** By the host of its Service; undefined: that host is no gateway. */
  at(host: string): GatewayAt | undefined
  all: readonly GatewayAt[]
}

interface Service {
  host: string
  name: string
  namespace: string
  /** The routes that lead there, each with the host that it is for. */
  users: { host: string; leg: Leg }[]
}

export function gatewaysOf(mesh: Mesh, legs: Legs, before: Design | null, around: Surroundings | undefined): Gateways {
  const services = servicesOf(legs)
  const nodes = new Map(
    (before?.nodes ?? []).filter(({ kind }) => kind === 'gateway').map((node) => [`${namespaceOf(node)}/${node.name}`, node]),
  )
  const claimed = new Set<GatewayServer>()
  const found = new Map<string, GatewayAt>()
  const entry = services.map((service) => ({ service, ...knownOf(service, nodes, around, mesh) }))
  const twins = new Set(services.map(({ name }) => name).filter((name, index, all) => all.indexOf(name) !== index))
  const add = (service: Service, labels: Labels, ports: ServicePort[] | null, gatewayServers: readonly GatewayServer[]) => {
    for (const gatewayServer of gatewayServers) claimed.add(gatewayServer)
    found.set(service.host, { name: service.name, namespace: service.namespace, labels, ports, gatewayServers })
  }
  // What is known to be a gateway takes its servers first; the others take what is left of those that their routes bind to.
  for (const { service, labels, sure, ports } of entry) {
    const own = mesh.gatewayServers.filter((gatewayServer) => servedBy(gatewayServer, service, labels))
    const told =
      twins.has(service.name) && !sure && !isInstalled(service)
        ? own.filter((gatewayServer) => gatewayServer.name === slug(`${service.name}-${service.namespace}`))
        : own
    if (told.length > 0) add(service, labels, ports, told)
    else if (sure && own.length === 0 && boundBy(service, legs, claimed).length === 0) add(service, labels, ports, [])
  }
  for (const { service, labels, ports } of entry) {
    if (found.has(service.host)) continue
    const free = boundBy(service, legs, claimed)
    const first = free.find((gatewayServer) => namesOf(service).includes(gatewayServer.name)) ?? free[0]
    if (first)
      add(
        service,
        // A Service may select by fewer labels than a Gateway does: the pods have them all.
        { ...writtenService(service, mesh)?.selector, ...first.selector },
        ports,
        mesh.gatewayServers.filter((gatewayServer) => sameLabels(gatewayServer.selector, first.selector)),
      )
    else if (/gateway/.test(service.name)) add(service, labels, ports, [])
  }
  for (const gateway of unreached(mesh, claimed, before, around))
    if (!found.has(serviceHost(gateway.name, gateway.namespace))) found.set(serviceHost(gateway.name, gateway.namespace), gateway)
  for (const [host, gateway] of found) found.set(host, { ...gateway, labels: fuller(gateway, mesh) })
  return { at: (host) => found.get(host), all: [...found.values()] }
}

const writtenService = ({ name, namespace }: Service, { serviceHosts }: Mesh): ServiceHost | undefined =>
  serviceHosts.find((each) => each.by === 'Service' && each.name === name && each.namespace === namespace)

/** The egress gateway of Istio's installation (istio/README 1). */
const installed = { name: 'istio-egressgateway', namespace: 'istio-system', labels: { app: 'istio-egressgateway', istio: 'egressgateway' } }

const isInstalled = ({ name, namespace }: Service): boolean => name === installed.name && namespace === installed.namespace

/** Gateways that servers are for, though no route leads there: by the pods that the design, the surroundings or Istio's installation have. */
function unreached(mesh: Mesh, claimed: ReadonlySet<GatewayServer>, before: Design | null, around: Surroundings | undefined): GatewayAt[] {
  const free = mesh.gatewayServers.filter(
    (gatewayServer) => gatewayServer.by === 'Istio' && !claimed.has(gatewayServer) && Object.keys(gatewayServer.selector).length > 0,
  )
  if (free.length === 0) return []
  const drawn = (before?.nodes ?? []).filter(({ kind }) => kind === 'gateway')
  const workloads = [
    ...drawn.map((node) => ({ name: node.name, namespace: namespaceOf(node), labels: labelsOf(node), ports: node.fields.ports ?? null })),
    ...(around?.gateways ?? []),
    { ...installed, ports: null },
  ]
  return workloads.flatMap(({ name, namespace, labels, ports }) => {
    const gatewayServers = free.filter(({ selector }) => fits(selector, labels))
    return gatewayServers.length > 0 ? [{ name, namespace, labels, ports, gatewayServers }] : []
  })
}

const namesOf = ({ name, namespace }: Service): string[] => [name, slug(`${name}-${namespace}`)]
const sameLabels = (a: Labels, b: Labels): boolean => fits(a, b) && fits(b, a)

/** Services that routes lead other hosts' requests to. */
function servicesOf(legs: Legs): Service[] {
  const services = new Map<string, Service>()
  for (const host of legs.hosts) {
    for (const leg of legs.inMesh(host)) {
      for (const target of leg.route.to) {
        const service = serviceOf(target.host)
        if (!service || target.host === host) continue
        const before = services.get(target.host) ?? { host: target.host, ...service, users: [] }
        before.users.push({ host, leg })
        services.set(target.host, before)
      }
    }
  }
  return [...services.values()]
}

/** What its pods are labelled: as the design, the text's own Service or the surroundings say, else as Istio's installation does it. */
function knownOf(service: Service, nodes: ReadonlyMap<string, Node>, around: Surroundings | undefined, mesh: Mesh) {
  const { name, namespace } = service
  const node = nodes.get(`${namespace}/${name}`)
  if (node) return { labels: labelsOf(node), sure: true, ports: node.fields.ports ?? null }
  const written = writtenService(service, mesh)
  if (written?.selector) {
    const labels = written.selector
    const ports = written.ports.map(({ number, targetPort }) => ({ number, targetPort: targetPort ?? number }))
    return { labels, sure: mesh.gatewayServers.some((server) => servedBy(server, service, labels)), ports }
  }
  const near = around?.gateways.find((gateway) => gateway.namespace === namespace && gateway.name === name)
  if (near) return { labels: near.labels, sure: true, ports: near.ports }
  return { labels: { app: name, istio: name.replace(/^istio-/, '') }, sure: false, ports: null }
}

function servedBy(gatewayServer: GatewayServer, { name, namespace, host }: Service, labels: Labels): boolean {
  if (gatewayServer.by === 'Istio') return Object.keys(gatewayServer.selector).length > 0 && fits(gatewayServer.selector, labels)
  return (
    gatewayServer.services?.includes(host) ||
    (gatewayServer.namespace === namespace && (name === `${gatewayServer.name}-istio` || name === gatewayServer.name))
  )
}

/** Servers of the Gateways that the routes of its hosts bind to. */
function boundBy(service: Service, legs: Legs, claimed: ReadonlySet<GatewayServer>): GatewayServer[] {
  const gateways = new Set(service.users.flatMap(({ host }) => legs.atGateways(host).map((leg) => leg.gatewayName)))
  const ports = new Set(
    service.users.flatMap(({ leg }) => leg.route.to.filter(({ host }) => host === service.host).map(({ port }) => port)),
  )
  const free = [...gateways]
    .flatMap((gatewayName) => legs.gatewayServersOf(gatewayName))
    .filter((gatewayServer) => !claimed.has(gatewayServer) && gatewayServer.by === 'Istio')
  const exact = free.filter((gatewayServer) => ports.has(gatewayServer.number))
  return exact.length > 0 ? exact : free
}

/** A rule that selects the gateway's pods, and the exception of a NetworkPolicy, may tell more labels than the Gateway object does. */
function fuller({ labels, namespace, gatewayServers }: GatewayAt, mesh: Mesh): Labels {
  const selector = gatewayServers[0]?.selector
  if (!selector || !sameLabels(labels, selector)) return labels
  const rule = mesh.destinationRules.find((dial) => dial.selector && dial.namespace === namespace && fits(selector, dial.selector))
  if (rule?.selector) return rule.selector
  if (!labels.istio) return labels
  const barred = mesh.networkPolicies
    .filter((networkPolicy) => networkPolicy.namespace === namespace)
    .flatMap((networkPolicy) => networkPolicy.pods.expressions)
  const more = barred
    .filter(({ operator, values }) => operator === 'NotIn' && values.length === 1)
    .map(({ key, values }) => [key, values[0] as string])
  const value = Object.fromEntries(more) as Labels
  // One label for each gateway beside the guard: only a single one is surely ours.
  return Object.keys(value).length === 1 ? { ...value, ...labels } : labels
}

export interface Behind {
  gatewayServer: GatewayServer
  leg: GatewayLeg | null
}

interface Servers {
  first: GatewayServer
  byHost: Map<string, GatewayServer[]>
}

/** The servers of a gateway by port, and there by the hosts as they are written. */
const serversOf = memo((gateway: GatewayAt): Map<number, Servers> => {
  const ports = new Map<number, Servers>()
  for (const gatewayServer of gateway.gatewayServers) {
    const servers = ports.get(gatewayServer.number) ?? { first: gatewayServer, byHost: new Map() }
    ports.set(gatewayServer.number, servers)
    for (const each of gatewayServer.hosts) listed(servers.byHost, serverHost(each).host, gatewayServer)
  }
  return ports
})

/** The server of a gateway that a host's request meets on a port, and the route behind it; null: no server listens there. */
export function behind(gateway: GatewayAt, port: number, host: string, speaks: Leg['kind'], legs: Legs): Behind | null {
  const target = gateway.ports?.find((each) => each.number === port)?.targetPort
  const ports = serversOf(gateway)
  const here = ports.get(port) ?? ports.get(target ?? 0)
  const fit = namesAbove(host).flatMap((name) => here?.byHost.get(name) ?? [])
  const gatewayServer =
    fit.find((each) => kindsBehind(each).includes(speaks) || (speaks === 'tls' && kindsBehind(each).includes('tcp'))) ??
    fit[0] ??
    here?.first
  if (!gatewayServer) return null
  const gatewayName = `${gatewayServer.namespace}/${gatewayServer.name}`
  const bound = legs
    .atGateways(host)
    .filter(
      (leg) => leg.gatewayName === gatewayName && (leg.section === '' || leg.section === gatewayServer.section) && isFor(leg, gateway),
    )
  const onPort = bound.filter((leg) => leg.port === null || leg.port === gatewayServer.number)
  const wanted = kindsBehind(gatewayServer)
  const ranked = wanted.flatMap((kind) => onPort.filter((leg) => leg.kind === kind))
  const leg = ranked.find((each) => !each.conditional) ?? ranked[0] ?? null
  return { gatewayServer, leg }
}

/** istiod applies a match by source to the gateway's own pods too. */
const isFor = ({ source }: Leg, { namespace, labels }: GatewayAt): boolean =>
  !source || ((source.namespace === '' || source.namespace === namespace) && fits(source.labels, labels))

/** Which routes count behind a server (istio/README 7.6). */
function kindsBehind({ protocol, tls }: GatewayServer): readonly Leg['kind'][] {
  if (['HTTP', 'HTTP2', 'GRPC'].includes(protocol)) return ['http']
  if (protocol === 'HTTPS') return isPassthrough(tls?.mode) ? ['tls'] : ['http']
  if (protocol === 'TLS') return isPassthrough(tls?.mode) || !tls ? ['tls'] : ['tcp', 'tls']
  return ['tcp']
}
