/** Filter chains of a listener, and which of them takes a connection, as Envoy chooses: address, SNI, then what is spoken, without turning back. */

import { listed } from '../base/collect'
import { inBlock } from '../base/ip'
import { isWildcarded as isWild } from '../istio/host-name'
import type { GatewayServer, Route } from '../istio/mesh'
import type { Service as Host } from '../istio/service-registry'
import type { VirtualService as Bound } from '../istio/virtual-service'
import type { Place } from '../yaml/document'

/** Where a TCP proxy sends to. */
export interface Stream {
  host: string
  subset: string
  port: number
  weight: number
  from: Place | null
}

export interface Chain {
  sni: readonly string[]
  blocks: readonly string[]
  /** For plain HTTP alone. */
  plainHttp: boolean
  /** An HTTP connection manager: of a port, or of one host where it listens for that host alone. */
  http: { port: number; only: Host | null } | null
  /** A TCP proxy. */
  tcp: { to: readonly Stream[]; rule: Route | null; bound: Bound | null } | null
  /** The gateway's server that it belongs to. */
  server: GatewayServer | null
  from: Place | null
}

export interface Listener {
  title: string
  chains: readonly Chain[]
  /** Takes what no chain does; null: the connection is closed. */
  fallback: Chain | null
  /** It reads the SNI of TLS. */
  inspects: boolean
}

export const bareChain: Chain = { sni: [], blocks: [], plainHttp: false, http: null, tcp: null, server: null, from: null }

/** What arrives: the SNI of the outer TLS, or null for no TLS. */
export interface Arrival {
  ip: string
  sni: string | null
  http: boolean
}

/** The chain that takes it; null where none does and there is no fallback. */
export function chainFor(listener: Listener, arrival: Arrival): Chain | null {
  const here = partFor(listener, arrival.ip)
  const bySni = bySniOf(here, arrival.sni ?? '')
  const spoken = arrival.sni === null && arrival.http ? bySni.find((chain) => chain.plainHttp) : undefined
  return spoken ?? bySni.find((chain) => !chain.plainHttp) ?? listener.fallback
}

/** Chains for some addresses, by SNI; those for every name under the empty one. */
type BySni = ReadonlyMap<string, readonly Chain[]>

const parts = new WeakMap<Listener, { open: BySni; blocked: readonly Chain[] }>()

function partsOf(listener: Listener): { open: BySni; blocked: readonly Chain[] } {
  const before = parts.get(listener)
  if (before) return before
  const blocked = listener.chains.filter(({ blocks }) => blocks.length > 0)
  const made = { open: sniIndex(listener.chains.filter(({ blocks }) => blocks.length === 0)), blocked }
  parts.set(listener, made)
  return made
}

function sniIndex(chains: readonly Chain[]): BySni {
  const index = new Map<string, Chain[]>()
  for (const chain of chains) for (const name of chain.sni.length > 0 ? chain.sni : ['']) listed(index, name.toLowerCase(), chain)
  return index
}

/** Chains for the longest block that holds the address, else those for every address. */
function partFor(listener: Listener, ip: string): BySni {
  const { open, blocked } = partsOf(listener)
  const lengths = blocked.map(({ blocks }) => Math.max(-1, ...blocks.filter((block) => inBlock(ip, block)).map(lengthOf)))
  const best = Math.max(-1, ...lengths)
  return best < 0 ? open : sniIndex(blocked.filter((_, at) => lengths[at] === best))
}

const lengthOf = (block: string): number => Number(block.split('/')[1] ?? 32)

function bySniOf(chains: BySni, sni: string): readonly Chain[] {
  const name = sni.toLowerCase()
  for (const wanted of name === '' ? [] : [name, ...wildcardsOf(name)]) {
    const found = chains.get(wanted)
    if (found) return found
  }
  return chains.get('') ?? []
}

/** `a.b.c` -> `*.b.c`, `*.c`. */
const wildcardsOf = (name: string): string[] => {
  const labels = name.split('.')
  return labels.slice(1).map((_, at) => `*.${labels.slice(at + 1).join('.')}`)
}

/** A chain that asks for nothing; `*` among its names is as good as none. */
export const takesAll = (chain: Chain): boolean =>
  (chain.sni.length === 0 || chain.sni.includes('*')) && !chain.plainHttp && chain.blocks.length === 0

/** Names as a filter chain match holds them. */
export const matchNames = (sni: readonly string[]): readonly string[] => (sni.includes('*') ? [] : sni)

/** Whether two chains ask for the same: Envoy refuses a listener with such. */
export function alike(a: Chain, b: Chain): boolean {
  if (a.plainHttp !== b.plainHttp) return false
  const set = (names: readonly string[]) => [...new Set(names.filter((name) => name !== '*'))].sort().join()
  return set(a.sni) === set(b.sni) && set(a.blocks) === set(b.blocks)
}

/** Whether a chain has a name twice, of which istiod rids no `sniHosts`: Envoy refuses the whole listener for it. */
export const namesTwice = ({ sni }: Chain): boolean => !sni.includes('*') && new Set(sni).size < sni.length

/** Names that Envoy takes: exact, or `*.` and a rest. */
export const validNames = (sni: readonly string[]): boolean => sni.every((name) => !isWild(name) || name === '*' || name.startsWith('*.'))
