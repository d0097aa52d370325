/** Filter chains of a listener as istiod writes them: what each asks for and where it leads (Istio `networking/core/listener.go`). */

import type { Place } from '../yaml/document'
import { isWildcarded } from './host-name'
import type { GatewayServer, Route, Target } from './mesh'
import type { Proxy } from './proxy'
import type { Service } from './service-registry'
import type { VirtualService } from './virtual-service'

/** Where a route or a TCP proxy sends to. */
export interface Destination {
  host: string
  subset: string
  port: number
  weight: number
  from: Place | null
}

export interface FilterChain {
  sni: readonly string[]
  blocks: readonly string[]
  /** For plain HTTP alone. */
  plainHttp: boolean
  /** An HTTP connection manager: of a port, or of one host where it listens for that host alone. */
  http: { port: number; only: Service | null } | null
  /** A TCP proxy. */
  tcp: { to: readonly Destination[]; rule: Route | null; bound: VirtualService | null } | null
  /** The gateway's server that it belongs to. */
  server: GatewayServer | null
  from: Place | null
}

export interface Listener {
  title: string
  chains: readonly FilterChain[]
  /** Takes what no chain does; null: the connection is closed. */
  fallback: FilterChain | null
  /** It reads the SNI of TLS. */
  inspects: boolean
}

export const bareChain: FilterChain = { sni: [], blocks: [], plainHttp: false, http: null, tcp: null, server: null, from: null }

/** A chain that asks for nothing; `*` among its names is as good as none. */
export const takesAll = (chain: FilterChain): boolean =>
  (chain.sni.length === 0 || chain.sni.includes('*')) && !chain.plainHttp && chain.blocks.length === 0

/** Names as a filter chain match holds them. */
export const matchNames = (sni: readonly string[]): readonly string[] => (sni.includes('*') ? [] : sni)

/** What a chain asks for, whatever the order of its names: Envoy refuses a listener of which two chains ask for the same. */
export function asked({ plainHttp, sni, blocks }: FilterChain): string {
  const set = (names: readonly string[]) => [...new Set(names.filter((name) => name !== '*'))].toSorted()
  return JSON.stringify([plainHttp, set(sni), set(blocks)])
}

/** Whether a chain has a name twice, of which istiod rids no `sniHosts`: Envoy refuses the whole listener for it. */
export const namesTwice = ({ sni }: FilterChain): boolean => !sni.includes('*') && new Set(sni).size < sni.length

/** Names that Envoy takes: exact, or `*.` and a rest. */
export const validNames = (sni: readonly string[]): boolean =>
  sni.every((name) => !isWildcarded(name) || name === '*' || name.startsWith('*.'))

/**
 * The port that a destination goes to: its own, else the host's only one, else the one dialled, which a match may leave open (Istio `route.go`,
 * GetDestinationCluster).
 */
export const portOf = <D extends number | null>({ port }: Target, ports: readonly { number: number }[], dialled: D): number | D =>
  port ?? (ports.length === 1 ? (ports[0]?.number ?? dialled) : dialled)

/** Where a target leads; an ExternalName's goes to whom it names. */
export function destinationOf(proxy: Proxy, target: Target, dialled: number): Destination {
  const known = proxy.scope.hosts.get(target.host)
  const port = portOf(target, known?.ports ?? [], dialled)
  return { host: known?.alias || target.host, subset: target.subset, port, weight: target.weight, from: target.from }
}
