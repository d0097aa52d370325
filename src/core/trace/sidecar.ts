/** A connection that an app makes through its sidecar: listener, filter chain, then HTTP or a TCP proxy (istio/README 7.1, 7.7). */

import type { FilterChain, Listener } from '../istio/filter-chain'
import type { Proxy } from '../istio/proxy'
import { chanceOf, configOf, lookedUp, type OriginalDestination, type TraceContext } from './context'
import { portIn } from './dial'
import { chainFor } from './filter-chain-match'
import type { Dialled } from './hop'
import { blockedAll, type DownstreamRequest, httpConnectionManager, sentUnmanaged, unresolved } from './http-connection-manager'
import { type DownstreamTls, unseen } from './log-line'
import { bareHost, hostFor } from './route-match'
import { allowAnySays, anyChainSays, blackHoleSays, blockAllSays, sidecarChainSays, sidecarListenerSays } from './says'
import { after, type Decided, ends, step } from './stage'
import { blackHoled, passedThrough, tcpProxy } from './tcp-proxy'
import { reset, type Wire } from './wire'

/** What a sidecar has captured. */
interface Captured {
  proxy: Proxy
  wire: Wire
  original: OriginalDestination
}

/** Sends a captured connection on, or closes or answers it. */
export function sidecar(context: TraceContext, of: Captured): Decided<Dialled> {
  const { proxy, wire, original } = of
  const [outer] = wire.layers
  const listener = configOf(context, proxy).listener(original.ip, original.port)
  const chain = listener && chainFor(listener, { ip: original.ip, sni: outer ? outer.sni : null, http: !outer })
  const listening = step(proxy.ref, 'listener', sidecarListenerSays(listener, original), chain?.from ?? null)
  const doubt = chanceOf(context, proxy, context.app.host)
  const downstream: DownstreamTls = { ...unseen, sni: outer && listener?.inspects ? outer.sni : '' }
  if (!chain) return after({ doubt, steps: [listening] }, unlisted(context, of, listener, downstream))
  const chosen = step(proxy.ref, 'chain', sidecarChainSays(chain, outer ?? null), chain.from)
  return after(
    { doubt, steps: [listening, chosen] },
    chain.http ? http(context, of, chain.http) : tcpProxy(context, { proxy, chain, wire, downstream, original, reset }),
  )
}

const requestOf = ({ proxy, wire, original }: Captured, port: number): DownstreamRequest => ({
  proxy,
  request: wire.http,
  downstream: unseen,
  original,
  port,
  from: { ip: proxy.at.ip, port },
  http2: false,
})

function http(context: TraceContext, of: Captured, { port, only }: NonNullable<FilterChain['http']>): Decided<Dialled> {
  const hosts = configOf(context, of.proxy).virtualHosts(port)
  const host = only ? (hosts.get(only.name.toLowerCase()) ?? null) : hostFor(hosts, of.wire.http.authority)
  const request = requestOf(of, port)
  return host || only ? httpConnectionManager(context, request, host) : unknownHost(context, request)
}

/** HTTP to a host that the sidecar does not know (istio/README 7.3). */
function unknownHost(context: TraceContext, of: DownstreamRequest): Decided<Dialled> {
  const { proxy, request, original } = of
  const { outbound, sidecar: decidedBy } = proxy.scope
  const because = decidedBy?.from ?? null
  if (outbound === 'REGISTRY_ONLY') {
    const failure = { name: 'unknown-host', facts: { host: request.authority } } as const
    return after({ failure, steps: [step(proxy.ref, 'route', blockAllSays(request.authority), because, { ok: false })] }, blockedAll(of))
  }
  const to = { host: original.ip, port: original.port }
  const steps = [step(proxy.ref, 'route', allowAnySays(request.authority), because, { to })]
  const sent = outbound === 'ALLOW_ANY_DYNAMIC_DNS' ? sentByName(context, of) : sentUnmanaged(of, 'PassthroughCluster', original)
  return after({ steps }, sent)
}

/** To whom the Host header names (ALLOW_ANY_DYNAMIC_DNS). */
function sentByName(context: TraceContext, of: DownstreamRequest): Decided<Dialled> {
  const { authority } = of.request
  const ip = lookedUp(context, of.proxy.pod, bareHost(authority))
  return ip === null ? unresolved(of) : sentUnmanaged(of, 'AllowAnyDynamicDNSCluster', { ip, port: portIn(authority) ?? 80 })
}

/** Where no chain takes it: let through or closed, by the outbound policy (istio/README 7.1.4). */
function unlisted(context: TraceContext, of: Captured, listener: Listener | null, downstream: DownstreamTls): Decided<Dialled> {
  const { proxy, wire, original } = of
  const { outbound, sidecar: decidedBy } = proxy.scope
  const because = decidedBy?.from ?? null
  const [outer] = wire.layers
  if (outbound === 'REGISTRY_ONLY')
    return ends(blackHoled(proxy, downstream), {
      failure: { name: 'unknown-host', facts: { host: outer?.sni || wire.http.authority } },
      steps: [step(proxy.ref, 'chain', blackHoleSays(outer ?? null, listener), because, { ok: false, flag: 'UH' })],
    })
  if (outbound === 'ALLOW_ANY_DYNAMIC_DNS' && !outer && !listener) return sentByName(context, requestOf(of, original.port))
  return after(
    { steps: [step(proxy.ref, 'chain', anyChainSays(outer ?? null, listener), because)] },
    passedThrough(proxy, wire, downstream, original),
  )
}
