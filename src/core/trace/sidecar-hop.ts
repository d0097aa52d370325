/** A connection that an app makes through its sidecar: listener, filter chain, then HTTP or a stream (istio.md 7.1, 7.7). */

import type { Proxy } from '../istio/proxy'
import { type Chain, chainFor, type Listener } from './chain'
import { allowedAny, blockedAll, forwardedAny, type Managed, managed } from './http-hop'
import { listenerFor } from './listener'
import { type Incoming, unseen } from './logged'
import { meshHosts } from './mesh-hosts'
import { doubtChance } from './oldest'
import { bareHost, hostFor, type VirtualHost } from './route'
import { allowAnySays, anyChainSays, blackHoleSays, blockAllSays, sidecarChainSays, sidecarListenerSays } from './says'
import { blackHoled, passedThrough, streamed } from './tcp-hop'
import { type Aim, lookedUp } from './upstream'
import { fail, type Passage, step, type Walk } from './walk'
import type { Wire } from './wire'

export function atSidecar(walk: Walk, proxy: Proxy, wire: Wire, aim: Aim): Passage {
  doubtChance(walk, proxy, walk.asks.host)
  const [outer] = wire.layers
  const listener = listenerFor(walk.istiod, proxy, aim.ip, aim.port)
  const chain = listener && chainFor(listener, { ip: aim.ip, sni: outer ? outer.sni : null, http: !outer })
  step(walk, proxy.title, 'listener', sidecarListenerSays(listener, aim), chain?.from ?? null)
  if (!listener || !chain) return unlisted(walk, proxy, wire, aim, listener)
  step(walk, proxy.title, 'chain', sidecarChainSays(chain, outer ?? null), chain.from)
  const incoming: Incoming = { ...unseen, sni: outer && listener.inspects ? outer.sni : '' }
  return chain.http ? http(walk, proxy, chain, wire, aim) : streamed(walk, { proxy, chain, wire, incoming, aim })
}

function http(walk: Walk, proxy: Proxy, chain: Chain, wire: Wire, aim: Aim): Passage {
  const { port, only } = chain.http as NonNullable<Chain['http']>
  const hosts = meshHosts(walk.istiod, proxy, port)
  const host = only ? (hosts.get(only.name.toLowerCase()) ?? null) : hostFor(hosts, wire.http.authority)
  const of: Managed = { proxy, asks: wire.http, incoming: unseen, aim, port, from: { ip: proxy.at.ip, port }, http2: false }
  return host || only ? managed(walk, of, host satisfies VirtualHost | null) : unknownHost(walk, of)
}

/** HTTP to a host that the sidecar does not know (istio.md 7.3). */
function unknownHost(walk: Walk, of: Managed): Passage {
  const { outbound, scope } = of.proxy.sight
  const from = scope?.from ?? null
  if (outbound === 'REGISTRY_ONLY') {
    fail(walk, 'unknown-host', { host: of.asks.authority }, from)
    step(walk, of.proxy.title, 'route', blockAllSays(of.asks.authority), from, { ok: false })
    return blockedAll(of)
  }
  step(walk, of.proxy.title, 'route', allowAnySays(of.asks.authority), from, { to: { host: of.aim.ip, port: of.aim.port } })
  return outbound === 'ALLOW_ANY_DYNAMIC_DNS' ? named(walk, of) : allowedAny(walk, of)
}

function named(walk: Walk, of: Managed): Passage {
  const port = Number(/:(\d+)$/.exec(of.asks.authority)?.[1] ?? 80)
  return forwardedAny(walk, of, lookedUp(walk, of.proxy, bareHost(of.asks.authority)), port)
}

/** Where no chain takes it: let through or closed, by the outbound policy (istio.md 7.1.4). */
function unlisted(walk: Walk, proxy: Proxy, wire: Wire, aim: Aim, listener: Listener | null): Passage {
  const { outbound, scope } = proxy.sight
  const [outer] = wire.layers
  const incoming: Incoming = { ...unseen, sni: outer && listener?.inspects ? outer.sni : '' }
  if (outbound === 'REGISTRY_ONLY') {
    fail(walk, 'unknown-host', { host: outer?.sni || wire.http.authority }, scope?.from ?? null)
    step(walk, proxy.title, 'chain', blackHoleSays(), scope?.from ?? null, { ok: false, flag: 'UH' })
    return blackHoled(proxy, incoming)
  }
  if (outbound === 'ALLOW_ANY_DYNAMIC_DNS' && !outer && !listener)
    return named(walk, {
      proxy,
      asks: wire.http,
      incoming: unseen,
      aim,
      port: aim.port,
      from: { ip: proxy.at.ip, port: aim.port },
      http2: false,
    })
  step(walk, proxy.title, 'chain', anyChainSays(), scope?.from ?? null)
  return passedThrough(walk, proxy, wire, incoming, aim)
}
