/** Which DestinationRule a proxy finds for a host, and the TLS that its cluster then speaks (istio.md 7.4). */
import type { ClientTls, Dial, TrafficPolicy } from '../mesh'
import { type Ground, matches, type Proxy, seenKnown } from './ground'
import { covers, isConcrete, seenFrom } from './visible'

export interface Cluster {
  /** The rules that count; empty where none is found. */
  by: readonly Dial[]
  /** False: a subset is named that none of them has. */
  exists: boolean
  /** The subset that is named. */
  own?: Dial['subsets'][number]
  tls: ClientTls | null
}

/** The cluster of a proxy for a host, a subset ('' for none) and a port. */
export function clusterOf(ground: Ground, proxy: Proxy, host: string, subset: string, port: number): Cluster {
  const { by, top, subsets } = merged(ground, proxy, host)
  const above = portOf(top, port)
  const base = above ? above.tls : (top?.tls ?? null)
  if (!subset) return { by, exists: true, tls: base }
  const own = subsets.get(subset)
  if (!own) return { by, exists: false, tls: null }
  const at = portOf(own.policy, port)
  return { by, exists: true, own, tls: at ? at.tls : (own.policy?.tls ?? base) }
}

interface Merged {
  by: readonly Dial[]
  top: TrafficPolicy | null
  subsets: ReadonlyMap<string, Dial['subsets'][number]>
}

const kept = new WeakMap<Ground, Map<Proxy, Map<string, Merged>>>()

/** What the rules that count say together: the first policy above, and of subsets of one name the first. */
function merged(ground: Ground, proxy: Proxy, host: string): Merged {
  const byProxy = kept.get(ground) ?? new Map<Proxy, Map<string, Merged>>()
  kept.set(ground, byProxy)
  const byHost = byProxy.get(proxy) ?? new Map<string, Merged>()
  byProxy.set(proxy, byHost)
  const known = byHost.get(host)
  if (known) return known
  const by = dialsSeen(ground, proxy, host)
  const subsets = new Map<string, Dial['subsets'][number]>()
  for (const each of by.flatMap((dial) => dial.subsets)) if (!subsets.has(each.name)) subsets.set(each.name, each)
  const made = { by, top: by.find(({ policy }) => policy !== null)?.policy ?? null, subsets }
  byHost.set(host, made)
  return made
}

const portOf = (policy: TrafficPolicy | null, port: number) => policy?.ports.find((each) => each.port === port)

/** Rules for a host that a proxy goes by: the first namespace that has any wins whole, and there one that selects the proxy beats the rest. */
export function dialsSeen(ground: Ground, proxy: Proxy, host: string): readonly Dial[] {
  const inRoot = proxy.namespace === ground.root
  const exported = (namespace: string) => (dial: Dial) => dial.namespace === namespace && seenFrom(dial, proxy.namespace)
  const isPrivate = ({ exportTo }: Dial) => exportTo.length === 1 && (exportTo[0] === '.' || exportTo[0] === ground.root)
  const steps = [
    (dial: Dial) => dial.namespace === proxy.namespace && (!inRoot || isPrivate(dial)),
    ...namespacesOf(ground, host, proxy.namespace).map(exported),
    exported(ground.root),
  ]
  for (const step of steps) {
    const found = mostSpecific(ground, host, step)
    if (found.length > 0) return chosen(found, proxy)
  }
  return []
}

function mostSpecific(ground: Ground, host: string, seen: (dial: Dial) => boolean): readonly Dial[] {
  const exact = ground.dialsOf(host).filter(seen)
  if (exact.length > 0) return exact
  const wild = ground.wildDials.filter((dial) => seen(dial) && covers(dial.host, host))
  const longest = wild.reduce((length, dial) => Math.max(length, dial.host.length), 0)
  return wild.filter((dial) => dial.host.length === longest && !isConcrete(dial.host))
}

function chosen(found: readonly Dial[], { labels }: Proxy): readonly Dial[] {
  const selecting = found.find(({ selector }) => selector && Object.keys(selector).length > 0 && matches(selector, labels))
  return selecting ? [selecting] : found.filter(({ selector }) => !selector)
}

/** Where the service of a host lies, as a proxy sees it. */
function namespacesOf(ground: Ground, host: string, from: string): string[] {
  const gate = ground.gateOf(host)
  if (gate) return [gate.namespace]
  const seen = seenKnown(ground, host, from)
  const own = seen.find((entry) => entry.namespace === from) ?? seen[0]
  if (own) return [own.namespace]
  const [, namespace] = /^[^.]+\.([^.]+)\.svc\.cluster\.local$/.exec(host) ?? []
  return namespace ? [namespace] : []
}
