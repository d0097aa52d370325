/** Listeners that istiod makes for a sidecar: which there are on a port, and their filter chains (istio/README 7.1; Istio `networking/core/listener.go`, `tls.go`). */

import { listed, own } from '../base/collect'
import { isIP } from '../base/ip'
import { memo } from '../base/memo'
import type { Place } from '../yaml/document'
import { asked, bareChain, destinationOf, type FilterChain, type Listener, matchNames, namesTwice, takesAll } from './filter-chain'
import { isWildcarded, matches } from './host-name'
import type { Match, Protocol, Route } from './mesh'
import type { Proxy } from './proxy'
import { fits } from './selector'
import type { Service, ServicePort } from './service-registry'
import type { EgressListener } from './sidecar-scope'
import { countsAt, type VirtualService } from './virtual-service'

export const everywhere = '0.0.0.0'
const httpProtocols: readonly Protocol[] = ['HTTP', 'HTTP2', 'GRPC']
type Speech = 'HTTP' | 'TCP' | 'AUTO'
const speechOf = (protocol: Protocol): Speech => (httpProtocols.includes(protocol) ? 'HTTP' : protocol === 'UNSET' ? 'AUTO' : 'TCP')

interface Entry {
  speech: Speech
  protocol: Protocol
  chains: FilterChain[]
  /** What the chains ask for: a port may have many thousands. */
  taken: Set<string>
  locked: boolean
}

/** The listeners on a port, by address. */
export function sidecarListeners(proxy: Proxy, port: number): ReadonlyMap<string, Listener> {
  const entries = new Map<string, Entry>()
  for (const egress of proxy.scope.egressListeners) {
    if (egress.port !== null && egress.port !== port) continue
    if (egress.port === null) for (const entry of entries.values()) entry.locked = true
    const routed = streamRoutes(egress)
    for (const { host, at } of portHosts(egress, port))
      for (const own of heardAt(proxy, egress, host, at)) addHost(entries, { proxy, egress, host: own, port: at, routed })
  }
  const taken = [...entries].filter(([, { chains }]) => !chains.some(namesTwice))
  return new Map(taken.map(([address, entry]) => [address, finished(`${address}_${port}`, entry)]))
}

interface Adding {
  proxy: Proxy
  egress: EgressListener
  host: Service
  port: ServicePort
  routed: (host: string) => readonly VirtualService[]
}

/** Hosts of an egress listener that have the port; they speak as the listener does, where it says so. */
function portHosts(egress: EgressListener, port: number): { host: Service; at: ServicePort }[] {
  const all = hostsByPort(egress).get(port) ?? []
  const { protocol } = egress
  return protocol ? all.map(({ host, at }) => ({ host, at: { ...at, protocol } })) : all
}

const hostsByPort = memo((egress: EgressListener): ReadonlyMap<number, { host: Service; at: ServicePort }[]> => {
  const map = new Map<number, { host: Service; at: ServicePort }[]>()
  for (const host of egress.hosts) for (const at of host.ports) listed(map, at.number, { host, at })
  return map
})

/** Routes with `tls` or `tcp` rules, by the hosts that they cover. */
const streamIndex = memo((egress: EgressListener) => {
  const exact = new Map<string, number[]>()
  const wide: number[] = []
  const all = egress.routes.filter((bound) => bound.tls.length > 0 || bound.tcp.length > 0)
  for (const [at, bound] of all.entries()) {
    if (bound.hosts.some(isWildcarded)) wide.push(at)
    else for (const host of new Set(bound.hosts)) listed(exact, host, at)
  }
  return { exact, wide, all }
})

/** The routes with `tls` or `tcp` rules that cover a host, in their order. */
function streamRoutes(egress: EgressListener): (host: string) => readonly VirtualService[] {
  const index = streamIndex(egress)
  return (host) => {
    if (isWildcarded(host)) return index.all.filter((bound) => bound.hosts.some((each) => matches(each, host)))
    const wide = index.wide.filter((at) => index.all[at]?.hosts.some((each) => matches(each, host)))
    return [...(index.exact.get(host) ?? []), ...wide].toSorted((a, b) => a - b).map((at) => index.all[at] as VirtualService)
  }
}

/**
 * A host as a sidecar listens for it: an ExternalName not at all. What has no address of its own and speaks no HTTP is listened for at each of its
 * endpoints (Istio `listener.go`, buildSidecarOutboundListeners).
 */
function heardAt({ at: { ip } }: Proxy, egress: EgressListener, host: Service, port: ServicePort): readonly Service[] {
  if (host.alias !== '') return []
  if (egress.bind || host.address !== '' || host.resolution !== 'NONE' || speechOf(port.protocol) === 'HTTP') return [host]
  if (!host.kubernetes && !host.selects && host.endpoints.length === 0) return [host]
  const addresses = host.endpoints.flatMap(({ address, ports }) =>
    host.kubernetes && own(ports, port.name) === undefined ? [] : [address],
  )
  return addresses.filter((address) => isIP(address) && address !== ip).map((address) => ({ ...host, address }))
}

function addHost(entries: Map<string, Entry>, adding: Adding): void {
  const { host, port, egress } = adding
  if (port.protocol === 'UDP') return
  const speech = speechOf(port.protocol)
  const block = host.address.includes('/')
  const address = egress.bind || (speech === 'HTTP' || block ? everywhere : host.address || everywhere)
  const blocks = block && speech !== 'HTTP' && !egress.bind ? [host.address] : []
  const before = entries.get(address)
  if (before?.locked) return
  if (before && (speech === before.speech || (speech === 'HTTP' && before.speech === 'AUTO')) && speech !== 'TCP') return
  const chains = chainsFor(adding, speech, address, blocks)
  if (!before || (speech === 'AUTO' && before.speech === 'HTTP')) {
    // On every address Envoy detects HTTP by its bytes, so that TCP may share the listener.
    const sniffed = speech === 'HTTP' && address === everywhere ? 'AUTO' : speech
    entries.set(address, { speech: sniffed, protocol: port.protocol, chains, taken: new Set(chains.map(asked)), locked: false })
    return
  }
  if (wellKnown(before.protocol, port.protocol)) return
  for (const chain of chains) {
    const wanted = asked(chain)
    if (!before.taken.has(wanted)) before.chains.push(chain)
    before.taken.add(wanted)
  }
  if (speech !== before.speech) before.speech = 'AUTO'
}

/** Mongo and MySQL share a port with nothing else. */
const wellKnown = (a: Protocol, b: Protocol): boolean => a !== b && [a, b].some((each) => each === 'MONGO' || each === 'MYSQL')

function chainsFor(adding: Adding, speech: Speech, address: string, blocks: readonly string[]): FilterChain[] {
  const { host, port } = adding
  const only = speech === 'AUTO' && address !== everywhere ? host : null
  const plainHttp = speech === 'AUTO' || address === everywhere
  const http: FilterChain = { ...bareChain, plainHttp, http: { port: port.number, only }, from: port.from }
  if (speech === 'HTTP') return [http]
  const tls = port.protocol === 'HTTPS' || port.protocol === 'TLS'
  const streams = tls ? tlsChains(adding, address, blocks) : tcpChains(adding, blocks)
  return speech === 'AUTO' ? [...streams, http] : streams
}

/** What of a match istiod itself can tell: gateways, labels, port, namespace; TLS and TCP ask all of them (istio/README 7.3). */
const appliesTo = (match: Match, proxy: Proxy, port: number): boolean =>
  countsAt(match, 'mesh') &&
  fits(match.sourceLabels, proxy.pod.labels) &&
  (match.port === null || match.port === port) &&
  (match.sourceNamespace === '' || match.sourceNamespace === proxy.pod.namespace)

/** A chain for each match of a `tls` rule; without any, one for the host itself. */
function tlsChains({ proxy, host, port, routed }: Adding, address: string, own: readonly string[]): FilterChain[] {
  const chains: FilterChain[] = []
  const handled = new Set<string>()
  let blocks = own
  for (const bound of routed(host.name)) {
    for (const rule of bound.tls.filter(({ to }) => to.length > 0)) {
      for (const match of rule.matches.filter((each) => appliesTo(each, proxy, port.number))) {
        if (match.destinationSubnets.length > 0) blocks = match.destinationSubnets
        const key = `${match.sniHosts.join()}|${match.destinationSubnets.join()}`
        if (!handled.has(key)) chains.push(routedChain(proxy, port, { bound, rule, sni: match.sniHosts, blocks, from: match.from }))
        handled.add(key)
      }
    }
  }
  if (chains.length > 0) return chains
  const named =
    blocks.length > 0 || (host.address === '' && address === everywhere) || (isWildcarded(host.name) && host.resolution === 'DYNAMIC_DNS')
  return [{ ...ownChain(host, port), sni: named ? [host.name, ...host.aliases] : [], blocks }]
}

/** The first `tcp` rule that asks for no addresses takes the port; else the host itself does. */
function tcpChains({ proxy, host, port, routed }: Adding, blocks: readonly string[]): FilterChain[] {
  const chains: FilterChain[] = []
  for (const bound of routed(host.name)) {
    for (const rule of bound.tcp.filter(({ to }) => to.length > 0)) {
      const matches = rule.matches.filter((each) => appliesTo(each, proxy, port.number))
      const open = rule.matches.length === 0 || matches.some(({ destinationSubnets }) => destinationSubnets.length === 0)
      if (open) return [...chains, routedChain(proxy, port, { bound, rule, sni: [], blocks, from: matches[0]?.from ?? rule.from })]
      const subnets = matches.flatMap(({ destinationSubnets }) => destinationSubnets)
      if (subnets.length > 0) chains.push(routedChain(proxy, port, { bound, rule, sni: [], blocks: subnets, from: rule.from }))
    }
  }
  const own = { ...ownChain(host, port), blocks }
  return chains.some((chain) => asked(chain) === asked(own)) ? chains : [...chains, own]
}

function ownChain(host: Service, port: ServicePort): FilterChain {
  const number = host.ports.length === 1 ? (host.ports[0] as ServicePort).number : port.number
  return {
    ...bareChain,
    tcp: { to: [{ host: host.name, subset: '', port: number, weight: 1, from: port.from }], rule: null, bound: null },
    from: port.from,
  }
}

interface Routed {
  bound: VirtualService
  rule: Route
  sni: readonly string[]
  blocks: readonly string[]
  from: Place
}

const routedChain = (proxy: Proxy, port: ServicePort, { bound, rule, sni, blocks, from }: Routed): FilterChain => ({
  ...bareChain,
  sni,
  blocks,
  tcp: { to: rule.to.map((target) => destinationOf(proxy, target, port.number)), rule, bound },
  from,
})

/** A chain that asks for nothing is the fallback; without one, what istiod lets pass or not (see `fallThrough`). */
function finished(title: string, { chains }: Entry): Listener {
  const all = chains.filter(takesAll)
  const rest = chains.filter((chain) => !takesAll(chain)).map((chain) => ({ ...chain, sni: matchNames(chain.sni) }))
  return { title, chains: rest, fallback: all[all.length - 1] ?? null, inspects: chains.some((chain) => chain.sni.length > 0) }
}
