/** Each way in which a request fails, by name: why, in words (istio/README 7.8). */

import { spaced } from '../base/spaced'
import { both, type Text } from '../base/text'
import type { ProxyRef } from '../istio/proxy'
import { titleOf } from './ref'

/** What a sentence needs to know. */
export interface Facts {
  host?: string
  port?: number
  subset?: string
  path?: string
  gateway?: ProxyRef
  sni?: string
  cluster?: string
  policy?: string
  peer?: string
  secret?: string
  names?: readonly string[]
  missing?: string
}

const list = (names: readonly string[] = []): string => names.join(', ')
const place = ({ host, port }: Facts): string => `${host ?? ''}:${port ?? ''}`

export const failures = {
  'unknown-host': ({ host }: Facts) =>
    both(
      `${host} is not in the registry, and REGISTRY_ONLY lets nothing else out.`,
      `注册表中没有 ${host}，REGISTRY_ONLY 不放行其他流量。`,
    ),
  'no-cluster': (f: Facts) =>
    both(
      `The sidecar has no cluster for ${place(f)}${f.subset ? `, subset ${f.subset}` : ''}: ${missing(f).en}.`,
      `Sidecar 没有 ${place(f)}${f.subset ? `（subset ${f.subset}）` : ''} 的 cluster：${missing(f).zh}。`,
    ),
  'no-cluster-at-gateway': (f: Facts) =>
    both(
      `The gateway has no cluster for ${place(f)}${f.subset ? `, subset ${f.subset}` : ''}: ${missing(f).en}.`,
      `网关没有 ${place(f)}${f.subset ? `（subset ${f.subset}）` : ''} 的 cluster：${missing(f).zh}。`,
    ),
  'no-route': ({ host, path }: Facts) => both(`No route of the sidecar fits ${host}${path}.`, `Sidecar 没有匹配 ${host}${path} 的路由。`),
  'no-route-at-gateway': ({ host, path }: Facts) =>
    both(`No route that is bound to the gateway’s server fits ${host}${path}.`, `绑定到网关 server 的路由中没有匹配 ${host}${path} 的。`),
  unhealthy: ({ cluster }: Facts) =>
    both(
      `Cluster ${cluster} has no endpoint: DNS has no answer, or nothing is listed.`,
      `cluster ${cluster} 没有 endpoint：DNS 无应答，或没有列出任何地址。`,
    ),
  'unhealthy-at-gateway': ({ cluster }: Facts) =>
    both(
      `Cluster ${cluster} has no endpoint at the gateway: a gateway cannot dial a wildcard or resolution NONE, and DNS must answer.`,
      `网关上的 cluster ${cluster} 没有 endpoint：网关无法连接通配符或 resolution NONE 的主机，DNS 也必须有应答。`,
    ),
  'no-listener': ({ port }: Facts) =>
    both(
      `The gateway listens to nothing on port ${port}: no server there has a route of the kind that it needs.`,
      `网关在端口 ${port} 上没有监听：那里的 server 没有所需类型的路由。`,
    ),
  'sni-unknown': ({ sni }: Facts) => both(`No server of the gateway is for the SNI ${sni}.`, `网关没有服务于 SNI ${sni} 的 server。`),
  'plain-to-tls': () => both('The gateway’s server wants TLS, and plain text arrives.', '网关的 server 要求 TLS，但到达的是明文。'),
  'tls-to-plain': () =>
    both('Mesh mTLS arrives at a server of the gateway that reads plain HTTP.', '双向 TLS 到达了网关上读取明文 HTTP 的 server。'),
  'app-tls-to-plain': () =>
    both(
      'The app’s own TLS arrives at a server of the gateway that reads plain HTTP.',
      '应用自己的 TLS 到达了网关上读取明文 HTTP 的 server。',
    ),
  'app-tls-in-https': () =>
    both(
      'The gateway ends the mesh’s TLS and reads HTTP behind it, but the app’s own TLS is inside.',
      '网关终止网格 TLS 后读取 HTTP，但里面是应用自己的 TLS。',
    ),
  'no-server-certificate': () =>
    both('The gateway’s server has no certificate: its file or Secret is not there.', '网关的 server 没有证书：文件或 Secret 不存在。'),
  'gateway-certificate': () =>
    both(
      'The gateway shows its mesh certificate, which who began the TLS does not trust.',
      '网关出示网格证书，而发起 TLS 的一方不信任它。',
    ),
  'no-client-certificate': () =>
    both('The gateway wants a client certificate of the mesh, and none comes.', '网关要求网格的客户端证书，但对方没有提供。'),
  'no-secret': ({ secret }: Facts) =>
    both(`The certificate ${secret} is not there or must not be read.`, `证书 ${secret} 不存在或无权读取。`),
  'tls-to-plain-server': (f: Facts) => both(`${place(f)} speaks plain text, and TLS arrives.`, `${place(f)} 使用明文，但到达的是 TLS。`),
  'plain-to-tls-server': (f: Facts) =>
    both(
      `${place(f)} wants TLS, and plain HTTP arrives: nobody originates TLS.`,
      `${place(f)} 要求 TLS，但到达的是明文 HTTP：没有谁发起 TLS。`,
    ),
  'server-untrusted': (f: Facts) =>
    both(`The certificate of ${place(f)} is signed by a CA that is not trusted here.`, `${place(f)} 的证书由此处不信任的 CA 签发。`),
  'server-name': (f: Facts) =>
    both(
      `The certificate of ${place(f)} is for ${list(f.names)}, not for the name that is asked for.`,
      `${place(f)} 的证书属于 ${list(f.names)}，不是所要求的名称。`,
    ),
  'client-certificate': (f: Facts) =>
    both(`${place(f)} wants a client certificate, and none that it takes comes.`, `${place(f)} 要求客户端证书，但没有收到它接受的证书。`),
  'double-tls': (f: Facts) =>
    both(
      `TLS in TLS arrives at ${place(f)}: a proxy originates TLS on top of the app’s own.`,
      `到达 ${place(f)} 的是 TLS 套 TLS：代理在应用自己的 TLS 之外又发起了 TLS。`,
    ),
  redirected: ({ host }: Facts) =>
    both(`The gateway’s server sends whoever asks for ${host} to https.`, `网关的 server 让访问 ${host} 的请求改用 https。`),
  circle: ({ gateway }: Facts) =>
    both(
      `${gateway ? titleOf(gateway) : 'The gateway'} sends it to itself, round and round, until its headers are too long.`,
      `${gateway ? titleOf(gateway) : '网关'} 把请求一再发回自己，直到请求头过长。`,
    ),
  denied: ({ policy, peer }: Facts) =>
    both(
      `AuthorizationPolicy ${policy} does not let ${peer || 'a caller without identity'} pass.`,
      spaced(`AuthorizationPolicy ${policy} 不放行${peer ? ` ${peer}` : '没有身份的调用方'}。`),
    ),
  blocked: ({ policy }: Facts) =>
    both(`NetworkPolicy ${policy} lets nothing out to there.`, `NetworkPolicy ${policy} 不允许到那里的流量。`),
  'no-dns': ({ host }: Facts) => both(`The name ${host} cannot be resolved.`, `无法解析名称 ${host}。`),
  refused: (f: Facts) => both(`Nothing listens at ${place(f)}.`, `${place(f)} 没有监听。`),
  unreachable: (f: Facts) => both(`No way leads to ${place(f)}.`, `没有到 ${place(f)} 的路。`),
} satisfies Record<string, (facts: Facts) => Text>

export type FailureName = keyof typeof failures

/** What a host serves, shows or asks for, or what is beside the objects, decides these: no text says it. */
export const decidedOutside: readonly FailureName[] = [
  'server-untrusted',
  'server-name',
  'client-certificate',
  'no-secret',
  'no-dns',
  'refused',
  'unreachable',
]

function missing({ missing }: Facts): Text {
  switch (missing) {
    case 'subset':
      return both('no DestinationRule that it uses has the subset', '它所遵循的 DestinationRule 中没有该 subset')
    case 'refused':
      return both(
        'Envoy refuses it: DYNAMIC_DNS over HTTP/2 without TLS, or DNS_ROUND_ROBIN with several endpoints',
        'Envoy 拒绝它：不带 TLS 的 HTTP/2 DYNAMIC_DNS，或有多个 endpoint 的 DNS_ROUND_ROBIN',
      )
    case 'port':
      return both('the host has no such port', '该主机没有这个端口')
    case 'endpoints':
      return both('no endpoint has the subset’s labels', '没有 endpoint 带有该 subset 的标签')
    default:
      return both('it does not know the host', '它不认识该主机')
  }
}

/** The sentence of a failure. */
export const failureSays = (name: FailureName, facts: Facts): Text => failures[name](facts)
