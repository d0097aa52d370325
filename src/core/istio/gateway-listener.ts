/** The listener that istiod makes for a port of a gateway pod, and its filter chains (istio/README 7.6; Istio `networking/core/gateway.go`). */

import { listed } from '../base/collect'
import { bareChain, destinationOf, type FilterChain, type Listener, matchNames, namesTwice, takesAll, validNames } from './filter-chain'
import { boundTo, hasHost } from './gateway-route'
import { endsHttps, isHttp, mergedServers, namesOf, type Server } from './gateway-server'
import type { Route } from './mesh'
import type { Proxy } from './proxy'
import type { PushContext } from './push-context'
import { isPassthrough } from './tls-mode'
import { countsAt, type VirtualService } from './virtual-service'

/** The listener on a port of the pod; null where no server there has anything to send to (istio/README 7.6), or Envoy refuses it. */
export function gatewayListener(push: PushContext, proxy: Proxy, port: number): Listener | null {
  const chains = chainsOn(push, proxy, port)
  if (chains.length === 0 || refused(chains)) return null
  const all = chains.map((chain) => ({ ...chain, sni: matchNames(chain.sni) }))
  const inspects = chains.some((chain) => chain.sni.length > 0 || (chain.server?.tls && !isPassthrough(chain.server.tls.mode)))
  return { title: `0.0.0.0_${port}`, chains: all, fallback: null, inspects }
}

/** Two chains for the same name, a name twice in one, or one that is no wildcard of Envoy's: it refuses the listener. */
function refused(chains: readonly FilterChain[]): boolean {
  const seen = new Set<string>()
  return chains.some((chain) => {
    const names = takesAll(chain) ? ['*'] : chain.sni
    const clash = !validNames(chain.sni) || namesTwice(chain) || names.some((name) => seen.has(name))
    for (const name of names) seen.add(name)
    return clash
  })
}

function chainsOn(push: PushContext, proxy: Proxy, port: number): FilterChain[] {
  const here = mergedServers(push, proxy).byPort.get(port) ?? []
  const chains: FilterChain[] = []
  const tables = new Set<string>()
  const taken = new Map<string, VirtualService>()
  for (const server of byProtocol(here)) {
    const { gatewayServer } = server
    if (isHttp(gatewayServer)) {
      if (!tables.has(server.table))
        chains.push({ ...bareChain, http: { port, only: null }, server: gatewayServer, from: gatewayServer.from })
      tables.add(server.table)
    } else if (endsHttps(gatewayServer)) {
      chains.push({ ...bareChain, sni: namesOf(server), http: { port, only: null }, server: gatewayServer, from: gatewayServer.from })
    } else if (gatewayServer.tls && isPassthrough(gatewayServer.tls.mode)) chains.push(...passthroughChains(push, proxy, server, taken))
    else chains.push(...streamChains(push, proxy, server))
  }
  return chains
}

/** Servers of one protocol come together, in the order in which the protocol first came. */
function byProtocol(servers: readonly Server[]): Server[] {
  const groups = new Map<string, Server[]>()
  for (const server of servers) listed(groups, isHttp(server.gatewayServer) ? 'HTTP' : server.gatewayServer.protocol, server)
  return [...groups.values()].flat()
}

const matchesServer = ({ matches }: Route, server: Server): boolean =>
  matches.length === 0 ||
  matches.some(
    (match) => (match.port === null || match.port === 0 || match.port === server.gatewayServer.number) && countsAt(match, server.gateway),
  )

/** The first `tcp` rule of the first fitting route takes all; a TLSRoute's `tls` rules count as such (istio/README 7.6). */
function streamChains(push: PushContext, proxy: Proxy, server: Server): FilterChain[] {
  for (const bound of boundTo(push, proxy, server)) {
    if (!hasHost(server, bound)) continue
    const tls = bound.streams && server.gatewayServer.tls ? bound.tls : []
    const rule = [...bound.tcp.filter(({ to }) => to.length > 0), ...tls].find((each) => matchesServer(each, server))
    if (!rule) continue
    const tcp = { to: rule.to.map((target) => destinationOf(proxy, target, server.gatewayServer.number)), rule, bound }
    return [
      {
        ...bareChain,
        sni: server.gatewayServer.tls ? namesOf(server) : [],
        tcp,
        server: server.gatewayServer,
        from: server.gatewayServer.from,
      },
    ]
  }
  return []
}

/** A chain for each match of a `tls` rule, unless one of its names is taken on the port. */
function passthroughChains(push: PushContext, proxy: Proxy, server: Server, taken: Map<string, VirtualService>): FilterChain[] {
  if (server.gatewayServer.tls?.mode === 'AUTO_PASSTHROUGH') return []
  const chains: FilterChain[] = []
  for (const bound of boundTo(push, proxy, server)) {
    if (!hasHost(server, bound)) continue
    for (const rule of bound.tls.filter(({ to }) => to.length > 0)) {
      for (const match of rule.matches) {
        if (!matchesServer({ ...rule, matches: [match] }, server) || match.sniHosts.some((name) => taken.has(name))) continue
        for (const name of match.sniHosts) taken.set(name, bound)
        const tcp = { to: rule.to.map((target) => destinationOf(proxy, target, server.gatewayServer.number)), rule, bound }
        chains.push({ ...bareChain, sni: match.sniHosts, tcp, server: server.gatewayServer, from: match.from })
      }
    }
  }
  return chains
}
