/** A connection that arrives at a gateway pod: listener, filter chain, the end of its TLS, then HTTP or a TCP proxy (istio/README 7.6, 7.7, 7.8). */

import { both, type Text } from '../base/text'
import { outbound } from '../istio/cluster-ref'
import type { FilterChain, Listener } from '../istio/filter-chain'
import { mergedServers } from '../istio/gateway-server'
import type { GatewayServer } from '../istio/mesh'
import { type Proxy, proxyOf } from '../istio/proxy'
import type { PodIP } from '../istio/service-registry'
import { acceptsClient, isPassthrough, usesIstioCertificates } from '../istio/tls-mode'
import { configOf, type Downstream, type TraceContext } from './context'
import { chainFor } from './filter-chain-match'
import type { Dialled } from './hop'
import { httpConnectionManager } from './http-connection-manager'
import { type DownstreamTls, logLine, unseen } from './log-line'
import { hostFor } from './route-match'
import { brokenSays, chainSays, endedSays, listenerSays, noChainSays, noListenerSays } from './says'
import { after, type Decided, ends, step } from './stage'
import { opens, tcpProxy } from './tcp-proxy'
import { fileAt, trustOfSecret } from './upstream-tls'
import { closed, type End, faults, reset, resetInHandshake, type ServerCertificate, type TlsLayer, type Wire } from './wire'

/** A connection to a port of a gateway's pod. */
export interface ToGateway {
  pod: PodIP
  port: number
  wire: Wire
  from: Downstream
  /** How many gateways the request has come to, with this one. */
  depth: number
}

/** The same, once a filter chain has it. */
interface Accepted extends Omit<ToGateway, 'pod'> {
  proxy: Proxy
  listener: Listener
  chain: FilterChain
}

/** Sends a connection on, or closes or answers it. */
export function gateway(context: TraceContext, to: ToGateway): Decided<Dialled> {
  const { pod, port, wire, from, depth } = to
  const proxy = proxyOf(context.push, pod)
  const listener = configOf(context, proxy).listener(pod.ip, port)
  if (!listener) return noListener(context, proxy, port)
  const [outer = null] = wire.layers
  const chain = chainFor(listener, { ip: pod.ip, sni: outer && outer.sni, http: !outer })
  const listening = step(proxy.ref, 'listener', listenerSays(listener.title, outer), chain?.server?.from ?? chain?.from ?? null)
  if (!chain) return after({ steps: [listening] }, noChain(context, proxy, listener, outer, to))
  const chosen = step(proxy.ref, 'chain', chainSays(chain, outer), chain.from)
  const accepted: Accepted = { proxy, listener, chain, port, wire, from, depth }
  const tls = chain.server?.tls
  return after(
    { steps: [listening, chosen] },
    tls && !isPassthrough(tls.mode) ? endingTls(context, accepted, tls) : asItIs(context, accepted),
  )
}

function noListener({ push }: TraceContext, proxy: Proxy, port: number): Decided<never> {
  const { kept, dropped } = mergedServers(push, proxy)
  const server = kept.find((each) => each.port === port) ?? dropped.find((each) => each.server.port === port)?.server
  const says = noListenerSays(port, server !== undefined)
  return ends(
    { end: { is: 'fault', layer: null, fault: faults.refused }, lines: [] },
    {
      failure: { name: 'no-listener', facts: { port } },
      steps: [step(proxy.ref, 'listener', says, server?.gatewayServer.from ?? null, { ok: false })],
    },
  )
}

function noChain(
  { push }: TraceContext,
  proxy: Proxy,
  listener: Listener,
  outer: TlsLayer | null,
  { port, from }: Pick<ToGateway, 'port' | 'from'>,
): Decided<never> {
  const sni = outer && listener.inspects ? outer.sni : ''
  const because = mergedServers(push, proxy).byPort.get(port)?.[0]?.gatewayServer.from ?? null
  const lines = [logLine(proxy, { ...unseen, sni }, { code: 0, flags: 'NR', details: 'filter_chain_not_found' })]
  return ends(
    { end: outer ? resetInHandshake(outer, from.at) : reset, lines },
    {
      failure: { name: outer ? 'sni-unknown' : 'plain-to-tls', facts: { sni } },
      steps: [step(proxy.ref, 'chain', noChainSays(outer), because, { ok: false, flag: 'NR' })],
    },
  )
}

/** A server that takes TLS as it is, or expects none. */
function asItIs(context: TraceContext, of: Accepted): Decided<Dialled> {
  const { proxy, listener, chain, port, wire, from } = of
  const [outer] = wire.layers
  const downstream = { ...unseen, sni: outer && listener.inspects ? outer.sni : '' }
  if (!chain.tcp) return outer ? notHttp(proxy, chain, downstream, outer) : http(context, of, downstream)
  return tcpProxy(context, {
    proxy,
    chain,
    wire,
    downstream,
    original: { ip: proxy.at.ip, port },
    from: { ip: from.ip, port },
    reset: outer ? resetInHandshake(outer, from.at) : reset,
  })
}

/** TLS where HTTP is read. */
function notHttp(proxy: Proxy, chain: FilterChain, downstream: DownstreamTls, layer: TlsLayer): Decided<never> {
  const lines = [logLine(proxy, downstream, { code: 400, flags: 'DPE', details: 'http1.codec_error' })]
  return ends(
    { end: { is: 'fault', layer, fault: faults.wrongVersion }, lines },
    {
      failure: { name: downstream.tls ? 'app-tls-in-https' : layer.mesh ? 'tls-to-plain' : 'app-tls-to-plain', facts: {} },
      steps: [step(proxy.ref, 'chain', brokenSays(downstream.tls !== ''), chain.from, { ok: false, flag: 'DPE' })],
    },
  )
}

/** Gateways in a row after which it is sure that a request goes round for ever. */
const circle = 24

function http(context: TraceContext, { proxy, chain, port, wire, from, depth }: Accepted, downstream: DownstreamTls): Decided<Dialled> {
  if (depth >= circle) return tooLong(proxy, downstream)
  const server = chain.server as GatewayServer
  const host = hostFor(configOf(context, proxy).virtualHostsBehind(server), wire.http.authority)
  const original = { ip: proxy.at.ip, port }
  const request = { proxy, request: wire.http, downstream, original, port: server.number, from: { ip: from.ip, port }, http2: wire.http2 }
  return httpConnectionManager(context, request, host)
}

/** Each round adds to a request's headers, until they are refused; how many rounds that takes depends on their length. */
function tooLong(proxy: Proxy, downstream: DownstreamTls): Decided<never> {
  const lines = [logLine(proxy, downstream, { code: 0, flags: 'DR', details: 'http2.header_list_size_too_large' })]
  return ends({ end: { is: 'refused-stream' }, lines }, { failure: { name: 'circle', facts: { gateway: proxy.ref } }, doubt: circleSays })
}

export const circleSays = both('It goes round in a circle of gateways.', '请求在网关之间兜圈子。')

type ServerTls = NonNullable<GatewayServer['tls']>

/** A server that ends TLS: it shows its certificate and may want one. */
function endingTls(context: TraceContext, of: Accepted, tls: ServerTls): Decided<Dialled> {
  const { proxy, chain, wire, from, port } = of
  const [outer, ...inner] = wire.layers
  if (!outer) return unfinished(of, unseen, reset, 'plain-to-tls')
  const connection = { proxy, chain, wire: { ...wire, layers: inner }, original: { ip: proxy.at.ip, port } }
  if (chain.tcp && !opens(context, connection)) return tcpProxy(context, { ...connection, ...cutOff(outer, from) })
  const shown = { ...unseen, sni: outer.sni }
  const { certificate, doubt } = certificateOf(context, proxy, tls)
  if (!certificate) return unfinished(of, shown, resetInHandshake(outer, from.at), 'no-server-certificate')
  const refused = refusedHandshake(tls, outer, certificate)
  if (refused) return after({ doubt }, unfinished(of, { ...shown, tls: 'TLSv1.3' }, refused.end, refused.why))
  const downstream = { tls: 'TLSv1.3', sni: outer.sni, peer: outer.identity }
  return after(
    { doubt, steps: [step(proxy.ref, 'chain', endedSays(outer, tls.mode), chain.from)] },
    chain.tcp
      ? tcpProxy(context, { ...connection, downstream, from: { ip: from.ip, port }, reset })
      : inner[0]
        ? notHttp(proxy, chain, downstream, inner[0])
        : http(context, { ...of, wire: { ...wire, layers: [] } }, downstream),
  )
}

/**
 * A TCP proxy without an endpoint cuts the handshake off in its midst, as the line shows. Who began it sees it fail; to anybody else nothing
 * is reset, for what the app said in its handshake was read.
 */
function cutOff(outer: TlsLayer, from: Downstream): { downstream: DownstreamTls; reset: End } {
  const end = resetInHandshake(outer, from.at)
  return { downstream: { tls: 'TLSv1.2', sni: outer.sni, peer: '' }, reset: end.is === 'fault' ? end : closed }
}

type WhyUnfinished = 'plain-to-tls' | 'no-server-certificate' | 'gateway-certificate' | 'no-client-certificate'

function refusedHandshake(tls: ServerTls, outer: TlsLayer, certificate: ServerCertificate): { end: End; why: WhyUnfinished } | null {
  const fault = outer.verify(certificate)
  if (fault) return { end: { is: 'fault', layer: outer, fault }, why: 'gateway-certificate' }
  return acceptsClient(tls.mode, outer.signedBy)
    ? null
    : { end: { is: 'closed', reset: false, after: outer }, why: 'no-client-certificate' }
}

/** A handshake that does not come to its end: only a TCP proxy writes a line of it. */
function unfinished({ proxy, chain }: Accepted, downstream: DownstreamTls, end: End, why: WhyUnfinished): Decided<never> {
  const [destination] = chain.tcp?.to ?? []
  const cluster = destination && outbound(destination.host, destination.subset, destination.port)
  return ends(
    { end, lines: cluster ? [logLine(proxy, downstream, { code: 0, flags: '-', cluster })] : [] },
    {
      failure: { name: why, facts: { sni: downstream.sni } },
      steps: [step(proxy.ref, 'chain', noChainSays(null), chain.from, { ok: false })],
    },
  )
}

/** The mesh's own, a Secret's, or files'; null where there is none. */
function certificateOf(
  { push }: TraceContext,
  proxy: Proxy,
  tls: ServerTls,
): { certificate: ServerCertificate | null; doubt: Text | null } {
  if (usesIstioCertificates(tls.mode)) return { certificate: { ca: 'mesh', names: [proxy.identity] }, doubt: null }
  if (tls.credentialName !== '') {
    const { trusts, doubt } = trustOfSecret(push, proxy, tls.credentialName)
    return { certificate: trusts && clientCertificate, doubt }
  }
  const there = fileAt(push, proxy, tls.serverCertificate) === 'client.crt' && fileAt(push, proxy, tls.privateKey) === 'client.key'
  return { certificate: there ? clientCertificate : null, doubt: null }
}

const clientCertificate: ServerCertificate = { ca: 'private', names: ['client.example.com'] }
