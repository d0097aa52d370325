/** What a proxy sees: Sidecar scopes, exportTo and namespaces decide which hosts and routes istiod sends to it (istio/README 7.2; Istio `model/sidecar.go`). */

import { compare } from '../base/collect'
import { memo, memoKeyed } from '../base/memo'
import type { Place } from '../yaml/document'
import { visibleTo } from './export-to'
import { matches, subsetOf } from './host-name'
import type { Protocol, Sidecar } from './mesh'
import { type PushContext, serviceForHost } from './push-context'
import { fits } from './selector'
import { type Service, type ServicePort } from './service-registry'
import type { Surroundings, Workload } from './surroundings'
import { type VirtualService, visibleRoutes } from './virtual-service'

/** One part of a Sidecar's `egress`, or all that there is. */
export interface EgressListener {
  port: number | null
  /** What it listens as, where a Sidecar says so. */
  protocol: Protocol | null
  bind: string
  hosts: readonly Service[]
  routes: readonly VirtualService[]
  from: Place | null
}

export interface SidecarScope {
  namespace: string
  egressListeners: readonly EgressListener[]
  /** Everything that there is a cluster for. */
  hosts: ReadonlyMap<string, Service>
  outbound: Surroundings['outbound']
  /** The Sidecar that decided it. */
  sidecar: Sidecar | null
}

/** The scope of a sidecar: by the Sidecar that selects it, else that of its namespace, else that of the root namespace. */
export const sidecarScopeOf = (istiod: PushContext, pod: Workload): SidecarScope =>
  sidecarScopes(istiod)(pod.namespace)(sidecarFor(istiod, pod))

/** The same for proxies of a namespace that use the same Sidecar. */
const sidecarScopes = memo((istiod: PushContext) =>
  memoKeyed((namespace: string) => memoKeyed((sidecar: Sidecar | null) => convertedScope(istiod, namespace, sidecar))),
)

function sidecarFor({ mesh, around }: PushContext, pod: Workload): Sidecar | null {
  const here = mesh.sidecars.filter(({ namespace }) => namespace === pod.namespace)
  const chosen =
    here.find(({ selector }) => selector !== null && fits(selector, pod.labels)) ?? here.find(({ selector }) => selector === null)
  return chosen ?? mesh.sidecars.find(({ namespace, selector }) => namespace === around.root && selector === null) ?? null
}

function convertedScope(istiod: PushContext, namespace: string, sidecar: Sidecar | null): SidecarScope {
  const written = sidecar?.egress?.length ? sidecar.egress : [{ hosts: ['*/*'], port: null, bind: '', from: sidecar?.from ?? null }]
  const egressListeners = written.map((egress) => egressListener(istiod, namespace, egress))
  return {
    namespace,
    egressListeners,
    hosts: imported(istiod, namespace, egressListeners),
    outbound: sidecar?.outbound ?? istiod.around.outbound,
    sidecar,
  }
}

/** A gateway sees what is exported to its namespace; Sidecars are nothing to it. */
export const gatewayScopeOf = (istiod: PushContext, namespace: string): SidecarScope => gatewayScopes(istiod)(namespace)

const gatewayScopes = memo((istiod: PushContext) =>
  memoKeyed((namespace: string): SidecarScope => {
    const hosts = new Map<string, Service>()
    for (const host of visibleTo(istiod.hosts, namespace)) addHost(hosts, host)
    return { namespace, egressListeners: [], hosts, outbound: istiod.around.outbound, sidecar: null }
  }),
)

type Egress = NonNullable<Sidecar['egress']>[number]

/** Hosts of a Sidecar by namespace. */
interface Wanted {
  take: string[]
  leave: string[]
}

function wantedOf(hosts: readonly string[], namespace: string): Map<string, Wanted> {
  const all = new Map<string, Wanted>()
  for (const each of hosts) {
    const [written = '', name] = each.split('/')
    if (name === undefined || each.split('/').length !== 2) continue
    const not = written.startsWith('~')
    const space = (not ? written.slice(1) : written) || '*'
    const key = space === '.' ? namespace : space
    const wanted = all.get(key) ?? { take: [], leave: [] }
    wanted[not ? 'leave' : 'take'].push(name)
    all.set(key, wanted)
  }
  return all
}

const takes = (wanted: Wanted | undefined, name: string, exact: boolean): boolean =>
  !!wanted?.take.some((each) => (exact ? subsetOf(name, each) : matches(each, name)))
const leaves = (wanted: Wanted | undefined, name: string): boolean => !!wanted?.leave.some((each) => subsetOf(name, each))

function egressListener(istiod: PushContext, namespace: string, egress: Omit<Egress, 'from'> & { from: Place | null }): EgressListener {
  const wanted = wantedOf(egress.hosts, namespace)
  const everywhere = wanted.get('*')
  const chosen = (name: string, of: string, exact: boolean): boolean =>
    !leaves(wanted.get(of), name) && !leaves(everywhere, name) && (takes(wanted.get(of), name, exact) || takes(everywhere, name, exact))
  const seen = visibleTo(istiod.hosts, namespace) as Service[]
  const hosts = seen.filter((host) => chosen(host.name, host.namespace, true)).flatMap((host) => onPort(host, egress.port))
  const index = istiod.routes.get('mesh')
  const routes = (index ? visibleRoutes(index, namespace) : []).filter((virtualService) =>
    virtualService.hosts.some((host) => chosen(host, virtualService.namespace, false)),
  )
  return {
    port: egress.port,
    protocol: (egress as { protocol?: Protocol }).protocol ?? null,
    bind: egress.bind,
    hosts: oneNamespaceEach(hosts, namespace),
    routes,
    from: egress.from,
  }
}

/** A listener with a port has of each host that port alone. */
function onPort(host: Service, port: number | null): Service[] {
  if (port === null) return [host]
  const ports = host.ports.filter(({ number }) => number === port)
  return ports.length === 0 ? [] : host.ports.length === 1 ? [host] : [{ ...host, ports }]
}

/** Of a host in several namespaces the proxy's own, else a Service of Kubernetes, else the oldest. */
function oneNamespaceEach(hosts: readonly Service[], namespace: string): Service[] {
  const chosen = new Map<string, Service>()
  for (const host of hosts) {
    const before = chosen.get(host.name)
    const better = before && (host.namespace === namespace || (!before.kubernetes && host.kubernetes && before.namespace !== namespace))
    if (!before || better) chosen.set(host.name, host)
  }
  return hosts.filter((host) => chosen.get(host.name)?.namespace === host.namespace)
}

/** All hosts of all listeners, and those that visible routes send to. */
function imported(istiod: PushContext, namespace: string, listeners: readonly EgressListener[]): Map<string, Service> {
  const all = new Map<string, Service>()
  for (const listener of listeners) {
    for (const host of listener.hosts) addHost(all, host)
    for (const virtualService of listener.routes) {
      for (const [name, ports] of destinations(virtualService, namespace)) {
        const host = serviceForHost(istiod, name, namespace)
        const part = host && (listener.port === null ? withPorts(host, ports) : onPort(host, listener.port)[0])
        if (part) addHost(all, part)
      }
    }
  }
  return all
}

/** Hosts that a route sends to, with their ports; 0 means a destination without one. */
function destinations(virtualService: VirtualService, namespace: string): Map<string, Set<number>> {
  const all = new Map<string, Set<number>>()
  const http = virtualService.http.filter(({ matches }) => {
    const spaces = matches.map(({ sourceNamespace }) => sourceNamespace).filter((each) => each !== '')
    return spaces.length === 0 || spaces.includes(namespace)
  })
  for (const rule of [...http, ...virtualService.tcp, ...virtualService.tls]) {
    for (const { host, port } of rule.to) {
      const ports = all.get(host) ?? new Set()
      ports.add(port ?? 0)
      all.set(host, ports)
    }
  }
  return all
}

function withPorts(host: Service, wanted: ReadonlySet<number>): Service | null {
  if (wanted.has(0)) return host
  const ports = host.ports.filter(({ number }) => wanted.has(number))
  return ports.length === 0 ? null : ports.length === host.ports.length ? host : { ...host, ports }
}

/** Adds a host, or the ports that it brings to one of the same name and namespace (appendSidecarServices). */
function addHost(all: Map<string, Service>, host: Service): void {
  const before = all.get(host.name)
  if (!before) all.set(host.name, host)
  else if (!before.kubernetes && host.kubernetes) all.set(host.name, host)
  else if (mergeable(before, host)) all.set(host.name, { ...before, ports: mergedPorts(before, host) })
}

const mergeable = (a: Service, b: Service): boolean =>
  a !== b &&
  a.kubernetes === b.kubernetes &&
  a.namespace === b.namespace &&
  a.resolution === b.resolution &&
  a.exportTo.toSorted(compare).join() === b.exportTo.toSorted(compare).join()

function mergedPorts(a: Service, b: Service): ServicePort[] {
  const have = new Set(a.ports.map(({ number }) => number))
  return [...a.ports, ...b.ports.filter(({ number }) => !have.has(number))]
}
