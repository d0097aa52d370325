/** Why a request dies where it dies: a word for each failure of the trace (istio/README 7, 11). */
import { issue, type Why, why } from './entry'

const gateways = 'https://istio.io/latest/docs/tasks/traffic-management/egress/egress-gateway/'
const origination = 'https://istio.io/latest/docs/tasks/traffic-management/egress/egress-gateway-tls-origination/'
const control = 'https://istio.io/latest/docs/tasks/traffic-management/egress/egress-control/'
const problems = 'https://istio.io/latest/docs/ops/common-problems/network-issues/'

const noCluster: Why = why(
  ['No such cluster', '没有对应的 cluster'],
  [
    'A route names a host, a port and perhaps a subset, and the proxy knows no cluster by that name: NC in its log. Either the host is in no ServiceEntry that this proxy sees, or the entry lacks the port, or the subset is in a DestinationRule that is not looked up for this namespace: the first namespace with any rule for the host wins whole.',
    '路由写明了主机、端口和可能的 subset，而代理没有该名称的 cluster：日志中为 NC。可能是该代理可见的 ServiceEntry 中没有此主机，或缺少该端口，或 subset 所在的 DestinationRule 对此命名空间不生效：第一个含有该主机规则的命名空间独占。',
  ],
  issue(30730),
  issue(11124),
  problems,
)
const noRoute: Why = why(
  ['No route fits', '没有匹配的路由'],
  [
    'The proxy has routes for the host, or none at all, but none fits this request: NR. At the gateway mostly the VirtualService is bound by another Gateway name (a short name is in its own namespace), or match.port is the pod’s port and not the server’s.',
    '代理有或没有该主机的路由，但都不匹配此请求：NR。在网关上多因 VirtualService 绑定了其他 Gateway 名称（短名称指自己的命名空间），或 match.port 写成了 Pod 端口而不是 server 的端口。',
  ],
  issue(50247),
  issue(48300),
  gateways,
)
const hopModes: Why = why(
  ['Both ends of the hop must agree', '一跳的两端必须一致'],
  [
    'What the sidecar sends to the gateway is decided by the DestinationRule for the gateway’s Service alone: no rule, plain text. Automatic mTLS does not reach gateways, whatever PeerAuthentication says. What the gateway expects is decided by its server: protocol and tls.mode. The two are written in different objects, so they drift apart.',
    'Sidecar 发给网关的内容仅由网关 Service 的 DestinationRule 决定：没有规则就是明文。自动 mTLS 不覆盖网关，与 PeerAuthentication 无关。网关期望什么由其 server 的 protocol 和 tls.mode 决定。两者写在不同对象里，因此容易不一致。',
  ],
  issue(23910),
  issue(54793),
  issue(27616),
)
const serverTls: Why = why(
  ['TLS where plain text is expected, or the reverse', 'TLS 与明文不匹配'],
  [
    'TLS is started by the DestinationRule that is found for exactly this host and port, and nothing checks that the server wants it. Settings at the top of a rule are for all ports, port 80 too; settings on another port than the one that the route sends to do nothing.',
    'TLS 由针对该主机和端口找到的 DestinationRule 发起，没有什么会检查服务器是否需要。规则顶层的设置作用于所有端口，包括 80；写在路由所发往端口之外的设置不起作用。',
  ],
  issue(35661),
  issue(37348),
  origination,
)
const credentials: Why = why(
  ['Certificates of the proxy', '代理的证书'],
  [
    'A gateway reads the Secret of credentialName in its own pod’s namespace; a sidecar reads it only for a rule with a workloadSelector, in its own namespace, and only if its service account may list Secrets. Files must be mounted into the proxy’s container. What is missing is waited for, and every connection fails meanwhile.',
    '网关在自身 Pod 的命名空间读取 credentialName 的 Secret；Sidecar 只在规则带 workloadSelector、位于同一命名空间且服务账号可 list Secret 时读取。文件必须挂载到代理容器。缺少时代理会一直等待，期间连接全部失败。',
  ],
  issue(33368),
  issue(24667),
  issue(31738),
)
const verification: Why = why(
  ['Who the server is', '服务器的身份'],
  [
    'Since Istio 1.21 a proxy that starts TLS checks the server’s certificate: against the CA that is named, or else those of the operating system, and its name against the Host, unless sni is written without subjectAltNames.',
    '自 Istio 1.21 起，发起 TLS 的代理会校验服务器证书：用指定的 CA，否则用操作系统的 CA；名称与 Host 比较，除非写了 sni 却没有 subjectAltNames。',
  ],
  issue(53186),
  issue(48952),
  origination,
)
const passes: Why = why(
  ['The gateway’s server and what is inside', '网关的 server 与内层内容'],
  [
    'A server that terminates TLS opens one layer. HTTPS expects HTTP inside, TLS expects anything and hands it on by a tcp route, PASSTHROUGH opens nothing and routes by SNI. The app’s own TLS therefore needs a server of protocol TLS, never HTTPS.',
    '终止 TLS 的 server 解开一层。HTTPS 期望内层为 HTTP；TLS 不限内容，由 tcp 路由转发；PASSTHROUGH 不解开，按 SNI 路由。因此应用自己的 TLS 需要协议为 TLS 的 server，不能是 HTTPS。',
  ],
  issue(37293),
  issue(51471),
)
const network: Why = why(
  ['The network behind', '背后的网络'],
  [
    'The proxies did their part, but the address cannot be had: the name does not resolve, nothing listens, or a NetworkPolicy lets the packets of this pod not out. A policy with ports names the pod’s ports (8080, 8443), not those of the Service.',
    '代理已完成自己的部分，但地址不可达：名称无法解析、无人监听，或 NetworkPolicy 不放行此 Pod 的流量。带端口的策略要写 Pod 端口（8080、8443），而不是 Service 端口。',
  ],
  'https://kubernetes.io/docs/concepts/services-networking/network-policies/',
)

const noAddress: Why = why(
  ['No address to dial', '没有可连接的地址'],
  [
    'The cluster is there, but has no endpoint: UH. A gateway dials what its cluster resolves, so resolution NONE and wildcards, which take the app’s own address, give it nothing. DNS and a concrete host do.',
    'cluster 存在但没有 endpoint：UH。网关连接其 cluster 解析出的地址，因此依赖应用原始地址的 resolution NONE 和通配符对它无效。应使用 DNS 和确切的主机。',
  ],
  issue(50075),
  issue(51507),
)

export const whyTrace: Readonly<Record<string, Why>> = {
  'unknown-host': why(
    ['REGISTRY_ONLY', 'REGISTRY_ONLY'],
    [
      'With REGISTRY_ONLY a sidecar lets out only what a ServiceEntry or Service names, on the ports and with the protocol that it names: HTTP gets 502, anything else is reset. A ServiceEntry for the host opens the way, and lets the traffic be steered.',
      '使用 REGISTRY_ONLY 时 Sidecar 只放行 ServiceEntry 或 Service 写明的主机、端口和协议：HTTP 得到 502，其余被重置。为该主机写 ServiceEntry 即可放行并加以控制。',
    ],
    control,
  ),
  'no-cluster': noCluster,
  'no-cluster-at-gateway': noCluster,
  'no-route': noRoute,
  'no-route-at-gateway': noRoute,
  unhealthy: noAddress,
  'unhealthy-at-gateway': noAddress,
  'no-listener': why(
    ['The gateway does not listen', '网关没有监听'],
    [
      'A server without a route of its kind has no listener, so the connection is refused: PASSTHROUGH wants tls routes, a TLS server that terminates wants tcp routes. A port that an older plain server has taken is lost for TLS as well.',
      '没有对应类型路由的 server 不会产生监听，连接被拒绝：PASSTHROUGH 需要 tls 路由，终止 TLS 的 TLS server 需要 tcp 路由。被更早的明文 server 占用的端口也无法再用于 TLS。',
    ],
    issue(37293),
    issue(48955),
    issue(39210),
  ),
  'sni-unknown': why(
    ['SNI of the hop', '一跳的 SNI'],
    [
      'A TLS server of the gateway is chosen by the SNI of what arrives. Without sni in the DestinationRule a sidecar sends outbound_.PORT_.SUBSET_.HOST, which no server names: NR filter_chain_not_found, three times, since the handshake is tried again.',
      '网关的 TLS server 按到达流量的 SNI 选择。DestinationRule 没有 sni 时 Sidecar 发送 outbound_.PORT_.SUBSET_.HOST，没有 server 认识它：NR filter_chain_not_found，且因重试出现三次。',
    ],
    issue(56201),
    issue(41380),
    issue(32466),
  ),
  'plain-to-tls': hopModes,
  'tls-to-plain': hopModes,
  'app-tls-to-plain': passes,
  'app-tls-in-https': passes,
  'gateway-certificate': passes,
  'no-server-certificate': credentials,
  'no-client-certificate': credentials,
  'no-secret': credentials,
  'client-certificate': credentials,
  'tls-to-plain-server': serverTls,
  'plain-to-tls-server': serverTls,
  'server-untrusted': verification,
  'server-name': verification,
  'double-tls': why(
    ['TLS twice', '两层 TLS'],
    [
      'A DestinationRule that starts TLS on port 443 is for every proxy that sees it. Where the app already speaks https to that port its sidecar wraps it once more, and the server gets TLS in TLS. Hide the rule from sidecars (exportTo, the gateway’s namespace) or put it into a subset that only the gateway’s route names.',
      '在 443 端口发起 TLS 的 DestinationRule 对所有可见的代理生效。应用本身对该端口说 https 时，Sidecar 会再包一层，服务器收到 TLS 套 TLS。请对 Sidecar 隐藏该规则（exportTo、网关的命名空间），或放进只有网关路由引用的 subset。',
    ],
    issue(17031),
    issue(23740),
    issue(28858),
  ),
  denied: why(
    ['Refused by a policy', '被策略拒绝'],
    [
      'Once an ALLOW policy selects a workload, whatever no rule fits is denied: 403, or a reset for TCP. By principal or namespace it can work only where the hop is mTLS; on a plain or passthrough hop there is no identity, and everyone is denied. Hosts are known to HTTP servers only; TLS servers know connection.sni.',
      '只要有 ALLOW 策略选中工作负载，未匹配任何规则的请求都会被拒绝：403，TCP 则被重置。按 principal 或命名空间只有在 mTLS 的一跳上才有效；明文或透传的一跳没有身份，所有人都被拒绝。只有 HTTP server 知道 hosts，TLS server 只知道 connection.sni。',
    ],
    issue(22609),
    issue(46591),
    'https://istio.io/latest/docs/reference/config/security/authorization-policy/',
  ),
  redirected: why(
    ['Sent elsewhere', '被重定向'],
    [
      'tls.httpsRedirect at a server of the gateway answers plain HTTP with a redirect to https; the request ends there. If the app follows, its https takes its own way, mostly past the gateway.',
      '网关 server 的 tls.httpsRedirect 以重定向到 https 回答明文 HTTP，请求到此为止。应用若跟随，其 https 走自己的路，多半不经网关。',
    ],
    gateways,
  ),
  circle: why(
    ['A circle of gateways', '网关之间的循环'],
    [
      'A route that is bound to the gateway sends to the gateway’s own Service, so the request comes back to it again and again. The route for the gateway must send to the host.',
      '绑定到网关的路由又发往网关自己的 Service，请求一次次回到它那里。针对网关的路由应发往主机。',
    ],
    gateways,
  ),
  blocked: network,
  'no-dns': network,
  refused: network,
  unreachable: network,
}
