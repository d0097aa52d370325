/** Which filter chain of a listener takes a connection, as Envoy chooses: address, SNI, then what is spoken, without turning back. */

import { listed } from '../base/collect'
import { inBlock } from '../base/ip-block'
import { memo } from '../base/memo'
import type { FilterChain, Listener } from '../istio/filter-chain'

/** What arrives: the SNI of the outer TLS, or null for no TLS. */
export interface Arrival {
  ip: string
  sni: string | null
  http: boolean
}

/** The chain that takes it; null where none does and there is no fallback. */
export function chainFor(listener: Listener, arrival: Arrival): FilterChain | null {
  const here = partFor(listener, arrival.ip)
  const bySni = bySniOf(here, arrival.sni ?? '')
  const spoken = arrival.sni === null && arrival.http ? bySni.find((chain) => chain.plainHttp) : undefined
  return spoken ?? bySni.find((chain) => !chain.plainHttp) ?? listener.fallback
}

/** Chains for some addresses, by SNI; those for every name under the empty one. */
type BySni = ReadonlyMap<string, readonly FilterChain[]>

/** Chains for every address, and those for some. */
const partsOf = memo(({ chains }: Listener): { open: BySni; blocked: readonly FilterChain[] } => ({
  open: sniIndex(chains.filter(({ blocks }) => blocks.length === 0)),
  blocked: chains.filter(({ blocks }) => blocks.length > 0),
}))

function sniIndex(chains: readonly FilterChain[]): BySni {
  const index = new Map<string, FilterChain[]>()
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

function bySniOf(chains: BySni, sni: string): readonly FilterChain[] {
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
