/** A TCP proxy in a sidecar or gateway: the cluster that it sends the bytes to (istio/README 7.8, 7.9). */

import { type Denial, deniedBy } from '../istio/authorization-policy'
import { type Cluster, isCluster, type Missing } from '../istio/cluster'
import { clusterName, outbound } from '../istio/cluster-ref'
import type { Destination, FilterChain } from '../istio/filter-chain'
import type { Proxy } from '../istio/proxy'
import { chanceOf, configOf, downstreamOf, type OriginalDestination, type TraceContext } from './context'
import { dialled, isHealthy, unhealthy } from './dial'
import type { Dialled } from './hop'
import { type DownstreamTls, type LogFields, logLine } from './log-line'
import { picked } from './pick'
import { establishes, reached } from './reach'
import { deniedSays, noClusterSays, passSays, streamSays } from './says'
import { after, type Decided, type Ended, ends, goesOn, onward, step } from './stage'
import { closed, type End, faults, layersOf, reset, type Wire } from './wire'

/** A connection in a TCP proxy. */
export interface TcpConnection {
  proxy: Proxy
  chain: FilterChain
  /** What is sent on, without TLS that the proxy ends. */
  wire: Wire
  downstream: DownstreamTls
  original: OriginalDestination
  /** At a gateway: who connected, and to which port. Policies ask. */
  from?: { ip: string; port: number }
  /** How it looks to who connected when the proxy resets the connection. */
  reset: End
}

/** Sends a connection to where the TCP proxy of its filter chain leads. */
export function tcpProxy(context: TraceContext, of: TcpConnection): Decided<Dialled> {
  const { proxy, chain } = of
  const { destination, doubt } = picked(chain.tcp?.to ?? [])
  if (!destination) return after({ doubt }, closedAtOnce(of, { flags: 'NC' }))
  const { host, subset, port } = destination
  const because = destination.from ?? chain.from
  const by = chain.tcp?.rule ? (chain.tcp.bound?.name ?? '') : null
  const routed = {
    doubt: doubt ?? chanceOf(context, proxy, host),
    steps: [step(proxy.ref, 'route', streamSays(host, subset, port, by), because)],
  }
  const cluster = configOf(context, proxy).cluster(outbound(host, subset, port))
  if (!isCluster(cluster)) return after(routed, noCluster(of, destination, cluster.missing))
  const permitted = onward(askedPolicies(context, of, cluster), () => toCluster(context, of, cluster))
  return after(routed, permitted)
}

function toCluster(context: TraceContext, of: TcpConnection, cluster: Cluster): Decided<Dialled> {
  const { proxy, wire, original, downstream } = of
  const upstream = dialled(context, { proxy, cluster, wire, original, http: false })
  if (!upstream) return after(unhealthy(context, proxy, cluster), closedAtOnce(of, { flags: 'UH', cluster: cluster.ref }))
  const { began, connection, told } = upstream
  return goesOn({ hop: { is: 'tcp-proxy', proxy, downstream, cluster: cluster.ref, began, reset: of.reset }, upstream: connection }, told)
}

/** Whether its TCP proxy has an endpoint to connect to; else it closes the connection before it reads of it. */
export function opens(
  context: TraceContext,
  { proxy, chain, wire, original }: Pick<TcpConnection, 'proxy' | 'chain' | 'wire' | 'original'>,
): boolean {
  const { destination } = picked(chain.tcp?.to ?? [])
  const cluster = destination && configOf(context, proxy).cluster(outbound(destination.host, destination.subset, destination.port))
  return cluster !== null && isCluster(cluster) && isHealthy(context, { proxy, cluster, wire, original, http: false })
}

function noCluster(of: TcpConnection, { host, subset, port, from }: Destination, missing: Missing): Decided<never> {
  const { ref } = of.proxy
  const because = from ?? of.chain.from
  const says = noClusterSays(clusterName(outbound(host, subset, port)), missing)
  const name = ref.kind === 'gateway' ? 'no-cluster-at-gateway' : 'no-cluster'
  const told = {
    failure: { name, facts: { host, subset, port, missing } },
    steps: [step(ref, 'cluster', says, because, { ok: false, flag: 'NC' })],
  } as const
  return after(told, closedAtOnce(of, { flags: 'NC' }))
}

const written = ({ proxy, downstream }: TcpConnection, fields: Omit<LogFields, 'code'>) =>
  logLine(proxy, downstream, { code: 0, ...fields })

/** A TCP proxy without an upstream connection resets the one that came in. */
const closedAtOnce = (of: TcpConnection, fields: Pick<LogFields, 'flags' | 'cluster'>): Decided<never> =>
  ends({ end: of.reset, lines: [written(of, fields)] })

/** A policy closes the connection when its first bytes come: they are read once the upstream is connected, and not before (istio/README 7.8). */
function askedPolicies(context: TraceContext, of: TcpConnection, cluster: Cluster): Decided<null> {
  const { proxy, downstream, from, wire, original } = of
  const upstream = from && dialled(context, { proxy, cluster, wire, original, http: false })
  if (!upstream || upstream.connection.lacksSecret || !establishes(reached(context, upstream.connection))) return goesOn(null)
  const denial = deniedBy(context.push, proxy, { peer: downstream.peer, sni: downstream.sni, ...from, http: null })
  return denial ? denied(of, denial, cluster) : goesOn(null)
}

function denied(of: TcpConnection, { policy, details }: Denial, { ref }: Cluster): Decided<never> {
  const { peer, tls } = of.downstream
  // Where the bytes pass as they are, the one before is still in the handshake of its own TLS.
  const end: End = of.reset.is === 'fault' && tls === '' ? { ...of.reset, fault: faults.closed } : closed
  const ended: Ended = { end, lines: [written(of, { flags: '-', cluster: ref, ended: details })] }
  return ends(ended, {
    failure: { name: 'denied', facts: { policy: `${policy.namespace}/${policy.name}`, peer } },
    steps: [step(of.proxy.ref, 'policy', deniedSays(policy, peer), policy.from, { ok: false })],
  })
}

/** Lets bytes pass to where the app wanted, unmanaged (PassthroughCluster). */
export function passedThrough(proxy: Proxy, wire: Wire, downstream: DownstreamTls, { ip, port }: OriginalDestination): Decided<Dialled> {
  const because = proxy.scope.sidecar?.from ?? null
  return goesOn(
    {
      hop: { is: 'tcp-proxy', proxy, downstream, cluster: { name: 'PassthroughCluster' }, began: null, reset },
      upstream: { from: downstreamOf(proxy), ip, port, wire },
    },
    { steps: [step(proxy.ref, 'cluster', passSays(ip, port), because, { to: { host: ip, port }, wire: layersOf(wire) })] },
  )
}

/** Closes what the registry does not know (REGISTRY_ONLY). */
export const blackHoled = (proxy: Proxy, downstream: DownstreamTls): Ended => ({
  end: reset,
  lines: [logLine(proxy, downstream, { code: 0, flags: 'UH', cluster: { name: 'BlackHoleCluster' } })],
})
