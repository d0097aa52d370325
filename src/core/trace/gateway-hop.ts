/** A connection that arrives at a gateway pod: listener, filter chain, the end of its TLS, then HTTP or a stream (istio.md 7.6 to 7.8). */

import { own } from '../base/collect'
import { both } from '../base/text'
import type { GatewayServer } from '../istio/mesh'
import { type Proxy, proxyOf } from '../istio/proxy'
import type { PodIP } from '../istio/service-registry'
import { type Chain, chainFor, type Listener } from './chain'
import { secretOf } from './client-tls'
import { gatewayHosts, gatewayListener, isPassthrough, serversOn } from './gateway'
import { managed } from './http-hop'
import { type Incoming, logged, unseen } from './logged'
import { hostFor } from './route'
import { brokenSays, chainSays, endedSays, listenerSays, noChainSays, noListenerSays } from './says'
import { opens, streamed } from './tcp-hop'
import { type Dialling, doubt, fail, type Passage, step, type Walk } from './walk'
import { type End, faults, type ServerCertificate, type TlsLayer, type Wire } from './wire'

/** What arrives at a gateway's port. */
interface Arriving {
  proxy: Proxy
  listener: Listener
  chain: Chain
  port: number
  wire: Wire
  from: Dialling
}

export function atGateway(walk: Walk, pod: PodIP, port: number, wire: Wire, from: Dialling): Passage {
  const proxy = proxyOf(walk.istiod, pod)
  const listener = gatewayListener(walk.istiod, proxy, port)
  if (!listener) return refused(walk, proxy, port)
  const [outer] = wire.layers
  const chain = chainFor(listener, { ip: pod.ip, sni: outer ? outer.sni : null, http: !outer })
  step(walk, proxy.title, 'listener', listenerSays(listener.title, outer ?? null), chain?.server?.from ?? chain?.from ?? null)
  if (!chain) return noChain(walk, proxy, listener, outer, from)
  step(walk, proxy.title, 'chain', chainSays(chain, outer ?? null), chain.from)
  const arriving = { proxy, listener, chain, port, wire, from }
  const tls = chain.server?.tls
  return tls && !isPassthrough(tls.mode) ? ending(walk, arriving, tls) : plain(walk, arriving)
}

function refused(walk: Walk, proxy: Proxy, port: number): Passage {
  const { kept, dropped } = serversOn(walk.istiod, proxy)
  const server = kept.find((each) => each.port === port) ?? dropped.find((each) => each.server.port === port)?.server
  fail(walk, 'no-listener', { gateway: proxy.title, port }, server?.listen.from ?? null)
  step(walk, proxy.title, 'listener', noListenerSays(port, server !== undefined), server?.listen.from ?? null, { ok: false })
  return { end: { is: 'fault', layer: null, fault: faults.refused }, lines: [] }
}

/** Who began a layer sees its handshake fail; any other sees the connection closed. */
const handshakeFails = (layer: TlsLayer, from: Dialling): End =>
  layer.by === from.title ? { is: 'fault', layer, fault: faults.reset } : { is: 'closed', reset: true, after: null }

function noChain(walk: Walk, proxy: Proxy, listener: Listener, outer: TlsLayer | undefined, from: Dialling): Passage {
  const sni = outer && listener.inspects ? outer.sni : ''
  const server = serversOn(walk.istiod, proxy).kept.find((each) => `0.0.0.0_${each.port}` === listener.title)
  fail(walk, outer ? 'sni-unknown' : 'plain-to-tls', { gateway: proxy.title, sni }, server?.listen.from ?? null)
  step(walk, proxy.title, 'chain', noChainSays(outer ?? null), server?.listen.from ?? null, { ok: false, flag: 'NR' })
  const lines = [logged(proxy, { ...unseen, sni }, { code: 0, flags: 'NR', details: 'filter_chain_not_found' })]
  return { end: outer ? handshakeFails(outer, from) : { is: 'closed', reset: true, after: null }, lines }
}

/** A server that takes TLS as it is, or expects none. */
function plain(walk: Walk, { proxy, listener, chain, port, wire, from }: Arriving): Passage {
  const [outer] = wire.layers
  const incoming = { ...unseen, sni: outer && listener.inspects ? outer.sni : '' }
  if (chain.tcp) {
    const passage = streamed(walk, { proxy, chain, wire, incoming, aim: { ip: proxy.at.ip, port }, from: { ip: from.ip, port } })
    const { end } = passage
    // Nobody has answered the handshake that lay in it.
    return outer && end.is === 'closed' && end.reset && end.after === null ? { ...passage, end: handshakeFails(outer, from) } : passage
  }
  return outer ? notHttp(walk, proxy, chain, incoming, outer) : http(walk, { proxy, listener, chain, port, wire, from }, incoming)
}

/** TLS where HTTP is read. */
function notHttp(walk: Walk, proxy: Proxy, chain: Chain, incoming: Incoming, layer: TlsLayer): Passage {
  fail(walk, incoming.tls ? 'app-tls-in-https' : layer.mesh ? 'tls-to-plain' : 'app-tls-to-plain', { gateway: proxy.title }, chain.from)
  step(walk, proxy.title, 'chain', brokenSays(incoming.tls !== ''), chain.from, { ok: false, flag: 'DPE' })
  const lines = [logged(proxy, incoming, { code: 400, flags: 'DPE', details: 'http1.codec_error' })]
  return { end: { is: 'fault', layer, fault: faults.wrongVersion }, lines }
}

/** Gateways in a row after which it is sure that a request goes round for ever. */
const circle = 24

function http(walk: Walk, { proxy, chain, port, wire, from }: Arriving, incoming: Incoming): Passage {
  if (walk.depth >= circle) return tooLong(walk, proxy, incoming)
  const listen = chain.server as GatewayServer
  const host = hostFor(gatewayHosts(walk.istiod, proxy, listen), wire.http.authority)
  const aim = { ip: proxy.at.ip, port }
  return managed(walk, { proxy, asks: wire.http, incoming, aim, port: listen.number, from: { ip: from.ip, port }, http2: wire.http2 }, host)
}

/** Each round adds to a request's headers, until they are refused; how many rounds that takes goes by their length. */
function tooLong(walk: Walk, proxy: Proxy, incoming: Incoming): Passage {
  fail(walk, 'circle', { gateway: proxy.title }, null)
  doubt(walk, both('It goes round in a circle of gateways.', '请求在网关之间兜圈子。'))
  const lines = [logged(proxy, incoming, { code: 0, flags: 'DR', details: 'http2.header_list_size_too_large' })]
  return { end: { is: 'refused-stream' }, lines }
}

/** A server that ends TLS: it shows its certificate and may want one. */
function ending(walk: Walk, arriving: Arriving, tls: NonNullable<GatewayServer['tls']>): Passage {
  const { proxy, chain, wire, from, port } = arriving
  const [outer, ...inner] = wire.layers
  if (!outer) return unfinished(walk, arriving, unseen, { is: 'closed', reset: true, after: null }, 'plain-to-tls')
  const aim = { ip: proxy.at.ip, port }
  if (chain.tcp && !opens(walk, { proxy, chain, wire: { ...wire, layers: inner }, aim })) {
    // What the app said in its handshake was read, so that closing resets nothing.
    const cut: End = outer.by === from.title ? handshakeFails(outer, from) : { is: 'closed', reset: false, after: null }
    const handshake = { layer: outer, cut }
    return streamed(walk, { proxy, chain, wire: { ...wire, layers: inner }, incoming: { ...unseen, sni: outer.sni }, aim, handshake })
  }
  const certificate = certificateOf(walk, proxy, tls)
  const shown = { ...unseen, sni: outer.sni }
  if (!certificate) return unfinished(walk, arriving, shown, handshakeFails(outer, from), 'no-server-certificate')
  const fault = outer.verify(certificate)
  const end: End | null = fault
    ? { is: 'fault', layer: outer, fault }
    : wanted(tls, outer)
      ? null
      : { is: 'closed', reset: false, after: outer }
  if (end) return unfinished(walk, arriving, { ...shown, tls: 'TLSv1.3' }, end, fault ? 'gateway-certificate' : 'no-client-certificate')
  const incoming = { tls: 'TLSv1.3', sni: outer.sni, peer: outer.identity }
  step(walk, proxy.title, 'chain', endedSays(outer, tls.mode), chain.from)
  if (chain.tcp) return streamed(walk, { proxy, chain, wire: { ...wire, layers: inner }, incoming, aim, from: { ip: from.ip, port } })
  const [next] = inner
  return next ? notHttp(walk, proxy, chain, incoming, next) : http(walk, { ...arriving, wire: { ...wire, layers: [] } }, incoming)
}

/** A handshake that does not come to its end: only a TCP proxy writes a line of it. */
function unfinished(
  walk: Walk,
  { proxy, chain }: Arriving,
  incoming: Incoming,
  end: End,
  why: 'plain-to-tls' | 'no-server-certificate' | 'gateway-certificate' | 'no-client-certificate',
): Passage {
  fail(walk, why, { gateway: proxy.title, sni: incoming.sni }, chain.from)
  step(walk, proxy.title, 'chain', noChainSays(null), chain.from, { ok: false })
  const [stream] = chain.tcp?.to ?? []
  if (!stream) return { end, lines: [] }
  const cluster = `outbound|${stream.port}|${stream.subset}|${stream.host}`
  return { end, lines: [logged(proxy, incoming, { code: 0, flags: '-', cluster })] }
}

/** The mesh's own, a Secret's, or files'; null where there is none. */
function certificateOf(walk: Walk, proxy: Proxy, tls: NonNullable<GatewayServer['tls']>): ServerCertificate | null {
  if (tls.mode === 'ISTIO_MUTUAL') return { ca: 'mesh', names: [proxy.identity] }
  if (tls.credentialName !== '') return secretOf(walk, proxy, tls.credentialName) && clientCertificate
  const { files, filesOf } = walk.istiod.around
  const is = (path: string) => own(own(filesOf, `${proxy.pod.namespace}/${proxy.pod.name}`) ?? {}, path) ?? own(files, path)
  return is(tls.serverCertificate) === 'client.crt' && is(tls.privateKey) === 'client.key' ? clientCertificate : null
}

const clientCertificate: ServerCertificate = { ca: 'private', names: ['client.example.com'] }

function wanted({ mode }: NonNullable<GatewayServer['tls']>, { signedBy }: TlsLayer): boolean {
  if (mode === 'ISTIO_MUTUAL') return signedBy === 'mesh'
  if (mode === 'MUTUAL') return signedBy === 'private'
  return mode !== 'OPTIONAL_MUTUAL' || signedBy === '' || signedBy === 'private'
}
