/** The sentences of the steps, in both languages. */

import { spaced } from '../base/spaced'
import { both, type Text } from '../base/text'
import type { Cluster, NoCluster } from '../istio/cluster'
import type { Destination, FilterChain, Listener } from '../istio/filter-chain'
import type { AuthorizationPolicy } from '../istio/mesh'
import type { ServerMode } from '../istio/tls-mode'
import type { VirtualService } from '../istio/virtual-service'
import type { Seen } from './outcome'
import type { HttpRequest } from './route-match'
import type { TlsLayer } from './wire'

const carried = (outer: TlsLayer | null): Text =>
  outer ? both(`TLS with SNI ${outer.sni || '(none)'}`, `SNI 为 ${outer.sni || '（无）'} 的 TLS`) : both('plain HTTP', '明文 HTTP')

export const appSays = (tls: boolean, host: string, port: number, ip: string): Text =>
  tls
    ? both(`The app begins TLS to ${host}:${port} (${ip}).`, `应用向 ${host}:${port}（${ip}）发起 TLS。`)
    : both(`The app sends plain HTTP to ${host}:${port} (${ip}).`, `应用向 ${host}:${port}（${ip}）发送明文 HTTP。`)

export const noDnsSays = (host: string): Text => both(`DNS has no answer for ${host}.`, `DNS 对 ${host} 没有应答。`)

export const directSays = (annotation: string | null): Text =>
  annotation
    ? both(
        `The annotation ${annotation} keeps the connection from the sidecar: no Istio object applies to it.`,
        `注解 ${annotation} 使连接绕过 Sidecar：没有任何 Istio 对象对它生效。`,
      )
    : both('The pod has no sidecar: no Istio object applies to it.', '该 Pod 没有 Sidecar：没有任何 Istio 对象对它生效。')

export const sidecarListenerSays = (listener: Listener | null, { ip, port }: { ip: string; port: number }): Text =>
  listener
    ? both(
        `The sidecar’s listener ${listener.title} takes the connection to ${ip}:${port}.`,
        `Sidecar 的监听器 ${listener.title} 接收到 ${ip}:${port} 的连接。`,
      )
    : both(
        `The sidecar has no listener for port ${port}: no host that it knows has this port.`,
        `Sidecar 没有端口 ${port} 的监听器：它认识的主机都没有这个端口。`,
      )

export function sidecarChainSays(chain: FilterChain, outer: TlsLayer | null): Text {
  if (chain.http) return both('It is plain HTTP: the routes of this port decide.', '是明文 HTTP：由该端口的路由决定。')
  if (chain.sni.length > 0)
    return both(`The chain for SNI ${chain.sni.join(', ')} takes it.`, `匹配 SNI ${chain.sni.join('、')} 的过滤器链接收它。`)
  return both(`A TCP chain takes ${carried(outer).en}, whatever its host.`, spaced(`TCP 过滤器链接收${carried(outer).zh}，不论主机。`))
}

/** Why no chain takes it: clients name no SNI to an IP address, and a chain for names then lets it by (RFC 6066, 3). */
function untakenSays(outer: TlsLayer | null, listener: Listener | null): Text {
  const names = [...new Set(listener?.chains.flatMap(({ sni }) => sni))].join(', ')
  return outer && outer.sni === '' && names !== ''
    ? both(
        `TLS to an IP address has no SNI, and the chains here are for SNI ${names}`,
        `发往 IP 地址的 TLS 没有 SNI，而这里的过滤器链对应 SNI ${names}`,
      )
    : both('No chain is for it', '没有匹配的过滤器链')
}

export function anyChainSays(outer: TlsLayer | null, listener: Listener | null): Text {
  const why = untakenSays(outer, listener)
  return both(`${why.en}: ALLOW_ANY lets it pass as it is, unmanaged.`, `${why.zh}：ALLOW_ANY 原样放行，不受管理。`)
}
export function blackHoleSays(outer: TlsLayer | null, listener: Listener | null): Text {
  const why = untakenSays(outer, listener)
  return both(`${why.en}: REGISTRY_ONLY closes the connection.`, `${why.zh}：REGISTRY_ONLY 关闭连接。`)
}
export const allowAnySays = (host: string): Text =>
  both(`No virtual host is for ${host}: ALLOW_ANY lets it pass as it is.`, `没有 ${host} 的虚拟主机：ALLOW_ANY 原样放行。`)
export const blockAllSays = (host: string): Text =>
  both(`No virtual host is for ${host}: REGISTRY_ONLY answers 502.`, `没有 ${host} 的虚拟主机：REGISTRY_ONLY 应答 502。`)

export const ownRouteSays = (host: string): Text =>
  both(
    `No VirtualService has a route for ${host} here: it goes straight to the host.`,
    `这里没有 VirtualService 为 ${host} 提供路由：直接发往该主机。`,
  )

const kindOf = ({ by, name }: VirtualService): string => `${by} ${name}`
const destination = ({ host, subset, port }: Destination): string => `${host}:${port}${subset ? `, subset ${subset}` : ''}`

export const routeSays = (bound: VirtualService, to: Destination | null): Text =>
  to
    ? both(`${kindOf(bound)} sends it to ${destination(to)}.`, `${kindOf(bound)} 把它发往 ${destination(to)}。`)
    : both(`${kindOf(bound)} names no destination.`, `${kindOf(bound)} 没有目的地。`)

export const noRouteSays = ({ authority, path }: HttpRequest, host: boolean): Text =>
  host
    ? both(
        `A virtual host is for ${authority}, but no route fits ${path}: 404.`,
        `有 ${authority} 的虚拟主机，但没有匹配 ${path} 的路由：404。`,
      )
    : both(`No virtual host is for ${authority}: 404.`, `没有 ${authority} 的虚拟主机：404。`)

export const answeredSays = (status: number): Text => both(`The route itself answers ${status}.`, `路由自行应答 ${status}。`)

export function streamSays(host: string, subset: string, port: number, by: string | null): Text {
  const to = `${host}:${port}${subset ? `, subset ${subset}` : ''}`
  if (by === null) return both(`No route is for it: it goes straight to ${to}.`, `没有为它写路由：直接发往 ${to}。`)
  return both(`The route of ${by || 'a VirtualService'} sends the bytes to ${to}.`, `${by || 'VirtualService'} 的路由把字节发往 ${to}。`)
}

const lacking: Record<NoCluster['missing'], Text> = {
  host: both('the proxy does not know the host', '代理不认识该主机'),
  port: both('the host has no such port', '该主机没有这个端口'),
  subset: both('no DestinationRule that it uses has the subset', '它所遵循的 DestinationRule 没有该 subset'),
  endpoints: both('no endpoint has the subset’s labels', '没有 endpoint 带有该 subset 的标签'),
  refused: both(
    'Envoy refuses it: DYNAMIC_DNS over HTTP/2 without TLS, or DNS_ROUND_ROBIN with several endpoints',
    'Envoy 拒绝它：不带 TLS 的 HTTP/2 DYNAMIC_DNS，或有多个 endpoint 的 DNS_ROUND_ROBIN',
  ),
}

export const noClusterSays = (name: string, missing: NoCluster['missing']): Text =>
  both(`There is no cluster ${name}: ${lacking[missing].en}.`, `没有 cluster ${name}：${lacking[missing].zh}。`)

export const unhealthySays = (name: string): Text => both(`Cluster ${name} has nobody to dial.`, `cluster ${name} 没有可连接的地址。`)

export function diallingSays(cluster: Cluster, layer: TlsLayer | null, { ip, port }: { ip: string; port: number }): Text {
  const to = `${ip}:${port}`
  if (cluster.dropped && !layer)
    return both(
      `It dials ${to} without TLS: a sidecar obeys credentialName only under a workloadSelector.`,
      `以明文连接 ${to}：Sidecar 只在有 workloadSelector 时才遵循 credentialName。`,
    )
  if (!layer) return both(`It dials ${to} and adds no TLS.`, `连接 ${to}，不加 TLS。`)
  if (layer.mesh) return both(`It dials ${to} with mesh mTLS, SNI ${layer.sni}.`, `以网格双向 TLS 连接 ${to}，SNI 为 ${layer.sni}。`)
  const who = layer.certificate ? both(', with a client certificate', '，并带客户端证书') : both('', '')
  return both(
    `It dials ${to} and originates TLS, SNI ${layer.sni || '(none)'}${who.en}.`,
    `连接 ${to} 并发起 TLS，SNI 为 ${layer.sni || '（无）'}${who.zh}。`,
  )
}

export const passSays = (ip: string, port: number): Text =>
  both(`The bytes go to ${ip}:${port} as they are.`, `字节原样发往 ${ip}:${port}。`)

export const listenerSays = (title: string, outer: TlsLayer | null): Text =>
  both(`The gateway’s listener ${title} takes ${carried(outer).en}.`, spaced(`网关的监听器 ${title} 接收${carried(outer).zh}。`))

export function chainSays(chain: FilterChain, outer: TlsLayer | null): Text {
  const mode = chain.server?.tls?.mode ?? null
  const name = chain.server ? `${chain.server.by === 'Istio' ? 'Gateway' : 'Gateway (API)'} ${chain.server.name}` : 'Gateway'
  if (!mode)
    return both(
      `The server of ${name} reads ${chain.http ? 'plain HTTP' : 'a stream'}.`,
      spaced(`${name} 的 server 读取${chain.http ? '明文 HTTP' : '字节流'}。`),
    )
  return both(
    `The server of ${name} takes SNI ${outer?.sni || '(none)'}, mode ${mode}.`,
    `${name} 的 server 接收 SNI ${outer?.sni || '（无）'}，模式 ${mode}。`,
  )
}

export const noChainSays = (outer: TlsLayer | null): Text =>
  outer
    ? both(`No server on this port is for SNI ${outer.sni || '(none)'}.`, `该端口上没有服务于 SNI ${outer.sni || '（无）'} 的 server。`)
    : both('The handshake does not come about.', '握手没有完成。')

export const noListenerSays = (port: number, server: boolean): Text =>
  server
    ? both(
        `The gateway has a server on port ${port}, but no route of the kind that it needs, or one that clashes: it listens to nothing.`,
        `网关在端口 ${port} 上有 server，但没有所需类型的路由或与其他 server 冲突：没有监听。`,
      )
    : both(`No Gateway gives this pod a server on port ${port}.`, `没有 Gateway 为这个 Pod 在端口 ${port} 上配置 server。`)

export const brokenSays = (ended: boolean): Text =>
  ended
    ? both(
        'The server ends TLS and reads HTTP behind it, but more TLS is inside: 400.',
        'server 终止 TLS 后读取 HTTP，但里面还是 TLS：400。',
      )
    : both('The server reads plain HTTP, and TLS arrives: 400.', 'server 读取明文 HTTP，但到达的是 TLS：400。')

export const endedSays = ({ identity, sni }: TlsLayer, mode: ServerMode): Text =>
  both(
    `TLS with SNI ${sni} ends here (${mode}); the peer is ${identity || 'unnamed'}.`,
    `SNI 为 ${sni} 的 TLS 在此终止（${mode}），对端身份：${identity || '无'}。`,
  )

export const deniedSays = ({ name, namespace, action }: AuthorizationPolicy, peer: string): Text =>
  both(
    `AuthorizationPolicy ${namespace}/${name} (${action}) does not let ${peer || 'a caller without identity'} pass.`,
    spaced(`AuthorizationPolicy ${namespace}/${name}（${action}）不放行${peer ? ` ${peer}` : '没有身份的调用方'}。`),
  )

export const blockedSays = (name: string, namespace: string, ip: string, port: number): Text =>
  both(
    `NetworkPolicy ${namespace}/${name} lets nothing out to ${ip}:${port}.`,
    `NetworkPolicy ${namespace}/${name} 不允许发往 ${ip}:${port}。`,
  )

export const refusedSays = (how: 'refused' | 'unreachable', ip: string, port: number): Text =>
  how === 'refused'
    ? both(`Nothing listens at ${ip}:${port}.`, `${ip}:${port} 没有监听。`)
    : both(`No way leads to ${ip}:${port}.`, `没有到 ${ip}:${port} 的路。`)

export function arrives(host: string, port: number, status: number, seen: Seen | null): Text {
  if (!seen)
    return both(`${host}:${port} wants TLS and gets plain HTTP: ${status}.`, `${host}:${port} 要求 TLS，却收到明文 HTTP：${status}。`)
  const how = seen.tls
    ? both(`over TLS with SNI ${seen.sni || '(none)'}`, `经 TLS（SNI ${seen.sni || '无'}）`)
    : both('in plain text', '以明文')
  const who = seen.clientCert
    ? both(`, with the client certificate of ${seen.clientCert}`, `，客户端证书 ${seen.clientCert}`)
    : both('', '')
  return both(
    `It arrives at ${host}:${port} ${how.en}${who.en}: ${status}.`,
    spaced(`请求${how.zh}到达 ${host}:${port}${who.zh}：${status}。`),
  )
}

/** Who has answered in place of the host that was asked for, and why it failed, where it did. */
export const takenSays = (asked: string, by: string, why: Text | null): Text =>
  both(
    `not from ${asked}, which was asked for, but from ${by}, which takes all connections to this port.${why ? ` ${why.en}` : ''}`,
    `应答的不是所请求的 ${asked}，而是 ${by}：它接管了该端口的所有连接。${why?.zh ?? ''}`,
  )

export function endSays(status: number, exit: number, why: Text | null): Text {
  const seen =
    status > 0
      ? both(`The app sees ${status}`, `应用看到 ${status}`)
      : both(`The app sees no answer (curl exit ${exit})`, `应用得不到应答（curl 退出码 ${exit}）`)
  return why ? both(`${seen.en}: ${why.en}`, `${seen.zh}：${why.zh}`) : both(`${seen.en}.`, `${seen.zh}。`)
}
