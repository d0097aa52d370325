/** Servers of a gateway pod: which survive the merge on a port, their filter chains and virtual hosts (istio.md 7.6; Istio `model/gateway.go`, `networking/core/gateway.go`). */

import { listed } from '../base/collect'
import { visibleTo } from '../istio/export-to'
import { isWildcarded as isWild, matches as meets, serviceHost as serviceName, intersection as shared } from '../istio/host-name'
import type { GatewayServer, Route, ServerMode } from '../istio/mesh'
import type { Proxy } from '../istio/proxy'
import { type PushContext, remembered } from '../istio/push-context'
import { fits } from '../istio/selector'
import { type VirtualService as Bound, internalGatewayName as listenerDoor } from '../istio/virtual-service'
import { bareChain, type Chain, type Listener, matchNames, namesTwice, takesAll, validNames } from './chain'
import { streamTo } from './listener'
import { type HttpRoute, httpRoutes, takesEverything, type VirtualHost } from './route'

/** A server at the pod's port that it listens on. */
export interface Server {
  listen: GatewayServer
  /** What routes name it by. */
  door: string
  port: number
  /** With namespaces as istiod reads them: `ns/host` or `host`. */
  hosts: readonly string[]
  /** The HTTP routes that it shares; empty for none. */
  table: string
}

const plainHttp = ['HTTP', 'HTTP2', 'GRPC']
const isHttp = ({ protocol }: GatewayServer): boolean => plainHttp.includes(protocol)
export const isPassthrough = (mode: ServerMode | undefined): boolean => mode === 'PASSTHROUGH' || mode === 'AUTO_PASSTHROUGH'
/** Whether HTTP is read behind it. */
export const endsHttps = (listen: GatewayServer): boolean =>
  listen.tls !== null && listen.protocol === 'HTTPS' && !isPassthrough(listen.tls.mode)
const isTls = (listen: GatewayServer): boolean => listen.tls !== null && !isHttp(listen)

/** All servers for a pod, by the port of the pod, before any merge; Gateways of the Gateway API come first. */
function serversFor({ mesh }: PushContext, proxy: Proxy): Server[] {
  const { pod, at } = proxy
  const ordered = [
    ...mesh.gatewayServers.filter(({ by }) => by === 'GatewayAPI'),
    ...mesh.gatewayServers.filter(({ by }) => by === 'Istio'),
  ]
  return ordered.flatMap((listen) => {
    const mine = at.ports.filter(({ number }) => number === listen.number)
    if (listen.by === 'GatewayAPI') {
      const services = listen.services ?? [serviceName(`${listen.name}-istio`, listen.namespace)]
      if (!services.includes(serviceName(pod.name, pod.namespace))) return []
      return mine.map(({ targetPort }) => serverOf(listen, targetPort))
    }
    return fits(listen.selector, pod.labels) ? [serverOf(listen, mine[0]?.targetPort ?? listen.number)] : []
  })
}

function serverOf(listen: GatewayServer, port: number): Server {
  const { namespace, name, number, portName, section, tls } = listen
  const api = listen.by === 'GatewayAPI'
  const door = api ? listenerDoor(namespace, name, section) : `${namespace}/${name}`
  const hosts = listen.hosts.map((host) => {
    const [space, rest] = host.split('/')
    if (rest === undefined) return host
    return space === '.' ? `${namespace}/${rest}` : space === '*' ? rest : host
  })
  const https = listen.protocol === 'HTTPS' && !isPassthrough(tls?.mode)
  const table = isHttp(listen) ? `http.${port}` : https ? `https.${number}.${portName}.${door}` : ''
  return { listen, door, port, hosts, table }
}

/** Servers of a pod that are left after the merge, in order, and those that were dropped. */
export interface Merged {
  kept: readonly Server[]
  dropped: readonly { server: Server; by: Server }[]
  /** By the pod's port. */
  byPort: ReadonlyMap<number, readonly Server[]>
  /** By the HTTP routes that they share. */
  byTable: ReadonlyMap<string, readonly Server[]>
  tables: ReadonlyMap<GatewayServer, string>
}

/** The servers that a gateway pod really has (istio.md 7.6): plain HTTP merges with plain HTTP, TLS with TLS of other hosts. */
export const serversOn = (istiod: PushContext, proxy: Proxy): Merged =>
  remembered(istiod, `servers ${proxy.at.ip}`, () => {
    const merging = new Merging()
    for (const server of serversFor(istiod, proxy)) merging.add(server)
    const byPort = new Map<number, Server[]>()
    const byTable = new Map<string, Server[]>()
    for (const server of merging.kept) {
      listed(byPort, server.port, server)
      listed(byTable, server.table, server)
    }
    return {
      kept: merging.kept,
      dropped: merging.dropped,
      byPort,
      byTable,
      tables: new Map(merging.kept.map(({ listen, table }) => [listen, table])),
    }
  })

class Merging {
  readonly kept: Server[] = []
  readonly dropped: { server: Server; by: Server }[] = []
  private readonly first = new Map<number, Server>()
  private readonly plain = new Map<number, Server>()
  private readonly tlsHosts = new Map<string, Server>()
  private readonly tables = new Map<string, Server>()

  add(server: Server): void {
    const by = this.conflict(server)
    if (by) {
      this.dropped.push({ server, by })
      return
    }
    this.kept.push(server)
    if (!this.first.has(server.port)) this.first.set(server.port, server)
    if (!isTls(server.listen) && !this.plain.has(server.port)) this.plain.set(server.port, server)
    if (server.table !== '' && !this.tables.has(server.table)) this.tables.set(server.table, server)
  }

  private conflict(server: Server): Server | null {
    const { listen, port } = server
    if (listen.tls) {
      const taken = server.hosts.map((host) => this.tlsHosts.get(`${port} ${host}`)).find((each) => each !== undefined)
      if (taken) return taken
      for (const host of server.hosts) this.tlsHosts.set(`${port} ${host}`, server)
    }
    const first = this.first.get(port)
    if (!first) return null
    const plain = this.plain.get(port)
    if (plain)
      return isHttp(listen) && (isHttp(plain.listen) || plain.listen.protocol === listen.protocol) && server.table !== '' ? null : plain
    if (!isTls(listen)) return null
    return server.table === '' ? null : (this.tables.get(server.table) ?? null)
  }
}

/** The listener on a port of the pod; null where no server there has anything to send to (istio.md 7.6), or Envoy refuses it. */
export const gatewayListener = (istiod: PushContext, proxy: Proxy, port: number): Listener | null =>
  remembered(istiod, `gateway ${proxy.at.ip} ${port}`, () => {
    const chains = chainsOn(istiod, proxy, port)
    if (chains.length === 0) return null
    if (refused(chains)) return null
    const all = chains.map((chain) => ({ ...chain, sni: matchNames(chain.sni) }))
    const inspects = chains.some((chain) => chain.sni.length > 0 || (chain.server?.tls && !isPassthrough(chain.server.tls.mode)))
    return { title: `0.0.0.0_${port}`, chains: all, fallback: null, inspects }
  })

/** Two chains for the same name, a name twice in one, or one that is no wildcard of Envoy's: it refuses the listener. */
function refused(chains: readonly Chain[]): boolean {
  const seen = new Set<string>()
  return chains.some((chain) => {
    const names = takesAll(chain) ? ['*'] : chain.sni
    const clash = !validNames(chain.sni) || namesTwice(chain) || names.some((name) => seen.has(name))
    for (const name of names) seen.add(name)
    return clash
  })
}

function chainsOn(istiod: PushContext, proxy: Proxy, port: number): Chain[] {
  const here = serversOn(istiod, proxy).byPort.get(port) ?? []
  const chains: Chain[] = []
  const tables = new Set<string>()
  const taken = new Map<string, Bound>()
  for (const server of byProtocol(here)) {
    const { listen } = server
    if (isHttp(listen)) {
      if (!tables.has(server.table)) chains.push({ ...bareChain, http: { port, only: null }, server: listen, from: listen.from })
      tables.add(server.table)
    } else if (endsHttps(listen)) {
      chains.push({ ...bareChain, sni: names(server), http: { port, only: null }, server: listen, from: listen.from })
    } else if (listen.tls && isPassthrough(listen.tls.mode)) chains.push(...passthroughChains(istiod, proxy, server, taken))
    else chains.push(...streamChains(istiod, proxy, server))
  }
  return chains
}

/** Servers of one protocol stand together, in the order in which the protocol first came. */
function byProtocol(servers: readonly Server[]): Server[] {
  const groups = new Map<string, Server[]>()
  for (const server of servers) listed(groups, isHttp(server.listen) ? 'HTTP' : server.listen.protocol, server)
  return [...groups.values()].flat()
}

const bareName = (host: string): string => host.split('/')[1] ?? host
const names = ({ hosts }: Server): string[] => [...new Set(hosts.map(bareName))].sort()

interface Door {
  all: readonly Bound[]
  /** By a host that is no wildcard: which of all have it. */
  exact: ReadonlyMap<string, number[]>
  wide: readonly number[]
}

/** Routes of a door as the gateway's namespace sees them. */
const doorOf = (istiod: PushContext, proxy: Proxy, door: string): Door =>
  remembered(istiod, `bound ${proxy.pod.namespace} ${door}`, () => {
    const shelf = istiod.routes.get(door)
    const seen = shelf ? visibleTo(shelf, proxy.pod.namespace) : []
    const near = (bound: Bound) => bound.api && bound.namespace === proxy.pod.namespace
    const all = [...seen.filter(near), ...seen.filter((bound) => !near(bound))]
    const exact = new Map<string, number[]>()
    const wide: number[] = []
    for (const [at, bound] of all.entries()) {
      if (bound.hosts.some(isWild)) wide.push(at)
      for (const host of bound.hosts) if (!isWild(host)) listed(exact, host, at)
    }
    return { all, exact, wide }
  })

/** Routes that a gateway's server may have: those of its door that may have a host of it, in their order. */
export function boundTo(istiod: PushContext, proxy: Proxy, server: Pick<Server, 'door' | 'hosts'>): readonly Bound[] {
  const { all, exact, wide } = doorOf(istiod, proxy, server.door)
  const hosts = server.hosts.map(bareName)
  if (hosts.some(isWild)) return all
  const at = new Set([...wide, ...hosts.flatMap((host) => exact.get(host) ?? [])])
  return [...at].sort((a, b) => a - b).map((index) => all[index] as Bound)
}

/** Whether a route has a host that the server answers for, in a namespace that it takes routes from. */
const hasHost = (server: Server, bound: Bound): boolean =>
  server.hosts.some((host) => {
    const [space, name] = host.includes('/') ? (host.split('/') as [string, string]) : [bound.namespace, host]
    return space === bound.namespace && bound.hosts.some((each) => meets(name, each))
  })

const matchesServer = ({ matches }: Route, server: Server): boolean =>
  matches.length === 0 ||
  matches.some(
    (match) =>
      (match.port === null || match.port === 0 || match.port === server.listen.number) &&
      (match.gateways === null || match.gateways.includes(server.door)),
  )

/** The first `tcp` rule of the first fitting route takes all; a TLSRoute's `tls` rules count as such (istio.md 7.6). */
function streamChains(istiod: PushContext, proxy: Proxy, server: Server): Chain[] {
  for (const bound of boundTo(istiod, proxy, server)) {
    if (!hasHost(server, bound)) continue
    const tls = bound.streams && server.listen.tls ? bound.tls : []
    const rule = [...bound.tcp.filter(({ to }) => to.length > 0), ...tls].find((each) => matchesServer(each, server))
    if (!rule) continue
    const tcp = { to: rule.to.map((target) => streamTo(proxy, target, server.listen.number)), rule, bound }
    return [{ ...bareChain, sni: server.listen.tls ? names(server) : [], tcp, server: server.listen, from: server.listen.from }]
  }
  return []
}

/** A chain for each match of a `tls` rule, unless one of its names is taken on the port. */
function passthroughChains(istiod: PushContext, proxy: Proxy, server: Server, taken: Map<string, Bound>): Chain[] {
  if (server.listen.tls?.mode === 'AUTO_PASSTHROUGH') return []
  const chains: Chain[] = []
  for (const bound of boundTo(istiod, proxy, server)) {
    if (!hasHost(server, bound)) continue
    for (const rule of bound.tls.filter(({ to }) => to.length > 0)) {
      for (const match of rule.matches) {
        if (!matchesServer({ ...rule, matches: [match] }, server) || match.sniHosts.some((name) => taken.has(name))) continue
        for (const name of match.sniHosts) taken.set(name, bound)
        const tcp = { to: rule.to.map((target) => streamTo(proxy, target, server.listen.number)), rule, bound }
        chains.push({ ...bareChain, sni: match.sniHosts, tcp, server: server.listen, from: match.from })
      }
    }
  }
  return chains
}

/** Virtual hosts behind a server: what it and its routes both name; routes that take everything come last (buildGatewayHTTPRouteConfig). */
export function gatewayHosts(istiod: PushContext, proxy: Proxy, listen: GatewayServer): ReadonlyMap<string, VirtualHost> {
  const { byTable, tables } = serversOn(istiod, proxy)
  const table = tables.get(listen) ?? ''
  return remembered(istiod, `gateway hosts ${proxy.at.ip} ${table}`, () => {
    const hosts = new Map<string, { routes: HttpRoute[]; redirects: boolean }>()
    for (const server of byTable.get(table) ?? []) addServer(istiod, proxy, server, hosts)
    return new Map(
      [...hosts].map(([name, { routes, redirects }]): [string, VirtualHost] => {
        const sorted = [...routes.filter((route) => !takesEverything(route)), ...routes.filter(takesEverything)]
        return [name, { routes: sorted, own: null, redirects, from: sorted[0]?.bound.from ?? null }]
      }),
    )
  })
}

function addServer(
  istiod: PushContext,
  proxy: Proxy,
  server: Server,
  hosts: Map<string, { routes: HttpRoute[]; redirects: boolean }>,
): void {
  const redirects = server.listen.tls?.httpsRedirect ?? false
  for (const bound of boundTo(istiod, proxy, server)) {
    const mine = server.hosts.filter((host) => !host.includes('/') || host.split('/')[0] === bound.namespace).map(bareName)
    const common = shared(mine, bound.hosts)
    if (common.length === 0) continue
    const routes = httpRoutes(bound, proxy, server.listen.number, server.door)
    if (routes.length === 0) continue
    for (const name of common.map((each) => each.toLowerCase())) {
      const host = hosts.get(name) ?? { routes: [], redirects: false }
      host.routes.push(...routes)
      host.redirects ||= redirects
      hosts.set(name, host)
    }
  }
  if (redirects) for (const name of names(server)) hosts.set(name, { routes: hosts.get(name)?.routes ?? [], redirects })
}
