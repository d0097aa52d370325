/** A TCP proxy in a sidecar or gateway: it sends bytes on, and writes its line when the connection ends (istio.md 7.8, 7.9). */
import { both } from '../base/text'
import type { Proxy } from '../istio/proxy'
import type { Chain, Stream } from './chain'
import { clusterFor, clusterName, isCluster } from './cluster'
import { type Incoming, logged } from './logged'
import { doubtChance } from './oldest'
import type { HopLine } from './outcome'
import { type Denial, deniedBy } from './permit'
import { deniedSays, noClusterSays, passSays, streamSays, unhealthySays } from './says'
import { type Aim, dial, dialable } from './upstream'
import { doubt, fail, type Passage, step, type Walk } from './walk'
import { type End, layersOf, type TlsLayer, type Wire } from './wire'

const line = (proxy: Proxy, incoming: Incoming, flags: string, cluster: string, failure = ''): HopLine =>
  logged(proxy, incoming, { code: 0, flags, cluster, failure })

/** The stream that is taken; of several it is chance. */
export function pickStream(walk: Walk, to: readonly Stream[]): Stream | undefined {
  const open = to.length === 1 ? to : to.filter(({ weight }) => weight > 0)
  const [first] = open
  const same = open.every((each) => each.host === first?.host && each.subset === first.subset && each.port === first.port)
  if (!same)
    doubt(
      walk,
      both(
        'The route shares traffic among several destinations; which one is taken is chance.',
        '路由按权重分给多个目的地，走哪一个是随机的。',
      ),
    )
  return first
}

/** A connection in a TCP proxy. */
export interface Streaming {
  proxy: Proxy
  chain: Chain
  wire: Wire
  incoming: Incoming
  aim: Aim
  /** At a gateway: who connected, and where, for policies. */
  from?: { ip: string; port: number }
  /** TLS that the proxy ends itself, and how it looks to who began it when it is cut off. */
  handshake?: { layer: TlsLayer; cut: End }
}

/** Sends a wire to where a chain's TCP proxy leads. */
export function streamed(walk: Walk, of: Streaming): Passage {
  const { proxy, chain, wire, incoming, aim, from } = of
  const stream = pickStream(walk, chain.tcp?.to ?? [])
  if (!stream) return atOnce(of, 'NC', '')
  const { host, subset, port } = stream
  const because = stream.from ?? chain.from
  doubtChance(walk, proxy, host)
  const cluster = clusterFor(walk.istiod, proxy, host, subset, port)
  step(walk, proxy.title, 'route', streamSays(host, subset, port, chain.tcp?.rule ? (chain.tcp.bound?.name ?? '') : null), because)
  if (!isCluster(cluster)) {
    const name = proxy.kind === 'gateway' ? 'no-cluster-at-gateway' : 'no-cluster'
    fail(walk, name, { host, subset, port, missing: cluster.missing }, because)
    step(walk, proxy.title, 'cluster', noClusterSays(clusterName(host, subset, port), cluster.missing), because, { ok: false, flag: 'NC' })
    return atOnce(of, 'NC', '')
  }
  const caller = from && { peer: incoming.peer, sni: incoming.sni, ...from, http: null }
  const denial = caller && dialable(walk, proxy, cluster, wire, aim) ? deniedBy(walk.istiod, proxy, caller) : null
  if (denial) return denied(walk, proxy, denial, line(proxy, incoming, '-', cluster.name))
  const dialled = dial(walk, proxy, cluster, wire, aim, false)
  if (!dialled) {
    step(walk, proxy.title, 'cluster', unhealthySays(cluster.name), cluster.from, { ok: false, flag: 'UH' })
    return atOnce(of, 'UH', cluster.name)
  }
  return forwarded(walk, proxy, cluster.name, incoming, dialled.passage, dialled.layer)
}

/** Whether its TCP proxy has somebody to dial; else it closes the connection before it reads of it. */
export function opens(walk: Walk, { proxy, chain, wire, aim }: Pick<Streaming, 'proxy' | 'chain' | 'wire' | 'aim'>): boolean {
  const [stream] = chain.tcp?.to ?? []
  const cluster = stream && clusterFor(walk.istiod, proxy, stream.host, stream.subset, stream.port)
  return cluster !== undefined && isCluster(cluster) && dialable(walk, proxy, cluster, wire, aim)
}

/** A TCP proxy with nobody to dial closes at once; a handshake is cut off in its midst, as the line shows. */
function atOnce({ proxy, incoming, handshake }: Streaming, flags: 'NC' | 'UH', cluster: string): Passage {
  const seen = handshake ? { tls: 'TLSv1.2', sni: incoming.sni, peer: '' } : incoming
  return { end: handshake?.cut ?? { is: 'closed', reset: true, after: null }, lines: [line(proxy, seen, flags, cluster)] }
}

/** A policy closes the connection when its first bytes come; the upstream is connected by then (istio.md 7.8). */
function denied(walk: Walk, proxy: Proxy, { permit, details }: Denial, written: HopLine): Passage {
  fail(walk, 'denied', { policy: `${permit.namespace}/${permit.name}`, peer: written.peer }, permit.from)
  step(walk, proxy.title, 'policy', deniedSays(permit, written.peer), permit.from, { ok: false })
  return { end: { is: 'closed', reset: false, after: null }, lines: [{ ...written, ended: details }] }
}

/** What a TCP proxy writes and passes on of how its own connection ended. */
function forwarded(walk: Walk, proxy: Proxy, cluster: string, incoming: Incoming, { end, lines }: Passage, mine: TlsLayer | null): Passage {
  // A proxy that waits for a connection reads nothing, so nobody before it sees that the app has gone.
  if (end.is === 'hung') return { end, lines: lines.length > 0 ? [line(proxy, incoming, '-', cluster), ...lines] : lines }
  if (end.is === 'fault' && (end.layer === null || end.layer === mine)) {
    if (end.fault.is === 'timeout' && walk.asks.patience <= connectTimeout) return { end: { is: 'hung' }, lines }
    // What came meanwhile lies unread: closing resets it, unless a handshake was read.
    const reset = proxy.kind === 'gateway' && incoming.tls === ''
    return { end: { is: 'closed', reset, after: null }, lines: outwards(line(proxy, incoming, 'UF,URX', cluster, end.fault.text), lines) }
  }
  if (end.is === 'closed' && (end.after === null || end.after === mine))
    return { end: { ...end, after: null }, lines: outwards(line(proxy, incoming, end.reset ? 'UR' : '-', cluster), lines) }
  const own = line(proxy, incoming, '-', cluster)
  return { end, lines: end.is === 'answer' ? [own, ...lines] : outwards(own, lines) }
}

/** What fails ends from within: a gateway that dials itself writes of the inner connection first. */
function outwards(own: HopLine, lines: readonly HopLine[]): HopLine[] {
  const inner = lines.findLastIndex(({ proxy }) => proxy === own.proxy)
  return [...lines.slice(0, inner + 1), own, ...lines.slice(inner + 1)]
}

/** Seconds that Envoy waits for a connection. */
export const connectTimeout = 10

/** Lets bytes pass to where the app wanted, unmanaged. */
export function passedThrough(walk: Walk, proxy: Proxy, wire: Wire, incoming: Incoming, aim: Aim): Passage {
  step(walk, proxy.title, 'cluster', passSays(aim.ip, aim.port), proxy.sight.scope?.from ?? null, {
    to: { host: aim.ip, port: aim.port },
    wire: layersOf(wire),
  })
  const passage = walk.connect(walk, { title: proxy.title, pod: proxy.pod, ip: proxy.at.ip }, aim.ip, aim.port, wire)
  return forwarded(walk, proxy, 'PassthroughCluster', incoming, passage, null)
}

/** Closes what the registry does not know (REGISTRY_ONLY). */
export function blackHoled(proxy: Proxy, incoming: Incoming): Passage {
  return { end: { is: 'closed', reset: true, after: null }, lines: [line(proxy, incoming, 'UH', 'BlackHoleCluster')] }
}
