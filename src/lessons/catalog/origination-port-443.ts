/** Lesson: the gateway starts TLS, and is reached on port 443. */
import { both } from '../../core/base/text'
import { but } from '../but'
import { originationPort443Then } from '../comparisons/origination-port-443'
import type { Lesson } from '../kind'

const http = 'http://edition.cnn.com/politics'
const https = 'https://edition.cnn.com/politics'

const through80 = `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: cnn, namespace: default}
spec:
  hosts: [edition.cnn.com]
  ports:
  - {number: 80, name: http-port, protocol: HTTP}
  - {number: 443, name: http-port-for-tls-origination, protocol: HTTP}
  resolution: DNS
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: istio-egressgateway, namespace: default}
spec:
  selector: {istio: egressgateway}
  servers:
  - {port: {number: 80, name: plain-http, protocol: HTTP}, hosts: [edition.cnn.com]}
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: egressgateway-for-cnn, namespace: istio-system}
spec:
  host: istio-egressgateway.istio-system.svc.cluster.local
  subsets:
  - {name: cnn}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: direct-cnn-through-egress-gateway, namespace: default}
spec:
  hosts: [edition.cnn.com]
  gateways: [mesh, istio-egressgateway]
  http:
  - match: [{gateways: [mesh], port: 80}]
    route: [{destination: {host: istio-egressgateway.istio-system.svc.cluster.local, subset: cnn, port: {number: 80}}}]
  - match: [{gateways: [istio-egressgateway], port: 80}]
    route: [{destination: {host: edition.cnn.com, port: {number: 443}}}]
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: originate-tls-for-edition-cnn-com, namespace: default}
spec:
  host: edition.cnn.com
  trafficPolicy:
    portLevelSettings: [{port: {number: 443}, tls: {mode: SIMPLE}}]
`

const server = ['{port: {number: 80, name: plain-http', '{port: {number: 443, name: plain-http'] as const
const dialled = ['subset: cnn, port: {number: 80}', 'subset: cnn, port: {number: 443}'] as const
const matched = ['[istio-egressgateway], port: 80', '[istio-egressgateway], port: 443'] as const
const asHttps = ['name: http-port-for-tls-origination, protocol: HTTP}', 'name: https, protocol: HTTPS}'] as const
const hidden = [
  '  host: edition.cnn.com\n  trafficPolicy:',
  '  host: edition.cnn.com\n  exportTo: [istio-system]\n  trafficPolicy:',
] as const
const mutualServer = [
  '{port: {number: 443, name: plain-http, protocol: HTTP}, hosts: [edition.cnn.com]}',
  '{port: {number: 443, name: https, protocol: HTTPS}, hosts: [edition.cnn.com], tls: {mode: ISTIO_MUTUAL}}',
] as const
const mutualSubset = (port: number) =>
  [
    '{name: cnn}',
    `{name: cnn, trafficPolicy: {portLevelSettings: [{port: {number: ${port}}, tls: {mode: ISTIO_MUTUAL, sni: edition.cnn.com}}]}}`,
  ] as const

const through443 = but(through80, server, dialled, matched)
const known = but(through443, asHttps)
const mended = but(known, hidden)
const secured = but(mended, mutualServer, mutualSubset(443))

const open = { flows: 'sleep HTTP -> istio-egressgateway DISABLE -> edition.cnn.com SIMPLE' }
const closed = { flows: `${open.flows}\noutbound REGISTRY_ONLY` }
const arrives = { gateway: 'any', arrives: true, hops: [{ proxy: 'sidecar', cluster: 'outbound|443|' }], server: { port: 443, tls: true } }
const ownHttps = { arrives: true, hops: [{ proxy: 'sidecar', cluster: 'outbound|443|' }] }

export const originationPort443: Lesson = {
  id: 'origination-port-443',
  part: 'tutorial',
  title: both('The gateway starts TLS, reached on port 443', '由出口网关发起 TLS，经由端口 443'),
  story: both(
    'One of the tutorials lets everything enter the gateway on its port 443, plain HTTP as well. That is a good wish where a firewall between the nodes opens only that port. It works, and it shows better than any other setup that a port’s number and what is spoken on it are two things. It also has a trap of its own, in the ServiceEntry.',
    '有一篇教程让所有流量都从 443 端口进入网关，明文 HTTP 也不例外。如果节点之间的防火墙只开放这个端口，这样做很合理。它行得通，而且最能说明一点：端口号是一回事，端口上说什么协议是另一回事。它也有自己的陷阱，就在 ServiceEntry 里。',
  ),
  start: { ...open, yaml: through80 },
  steps: [
    {
      title: both('Into the gateway by port 443', '从 443 端口进入网关'),
      says: both(
        'The app sends HTTP, the gateway starts TLS; the hop between them is plaintext and takes port 80 of the gateway.\n\nMove that hop to port 443 of the gateway, still as plaintext HTTP. Three places have to agree on the number.',
        '应用发送 HTTP，网关发起 TLS；两者之间的一跳是明文，走网关的 80 端口。\n\n请把这一跳改到网关的 443 端口，仍然是明文 HTTP。有三处的端口号必须一致。',
      ),
      goals: [
        {
          says: both('The sidecar reaches the gateway on port 443, and the host gets TLS', 'Sidecar 从 443 端口到达网关，主机收到 TLS'),
          is: {
            request: { url: http },
            ends: { ...arrives, hops: [{ proxy: 'sidecar', cluster: 'outbound|443|cnn|istio-egressgateway' }] },
          },
        },
      ],
      wrong: [
        {
          is: { request: { url: http }, ends: { status: 503, hops: [{ proxy: 'sidecar', flags: 'UF', cluster: 'outbound|443|' }] } },
          says: both(
            'The sidecar dials port 443 of the gateway, and nobody listens there: connection refused. The Gateway needs a server with that number.',
            'Sidecar 连接网关的 443 端口，而那里没有监听：连接被拒绝。Gateway 需要一个使用该端口号的 server。',
          ),
          such: { ...open, yaml: but(through80, dialled) },
        },
        {
          is: { request: { url: http }, ends: { status: 503, hops: [{ proxy: 'sidecar', flags: 'UF', cluster: 'outbound|80|' }] } },
          says: both(
            'The gateway listens on 443 now, but the sidecar still dials 80: connection refused. The route under `gateways: [mesh]` names the port to dial.',
            '网关现在监听 443，但 Sidecar 仍在连接 80：连接被拒绝。要连接的端口写在 `gateways: [mesh]` 之下的路由里。',
          ),
          such: { ...open, yaml: but(through80, server, matched) },
        },
        {
          is: { request: { url: http }, ends: { status: 404, hops: [{ proxy: 'gateway', flags: 'NR' }] } },
          says: both(
            'The request is in, but the gateway has no route for it: 404 `NR`. For a gateway’s route, `match.port` is the number of the Gateway’s server.',
            '请求进入了网关，但网关没有适用的路由：404 `NR`。对网关的路由来说，`match.port` 是 Gateway 中 server 的端口号。',
          ),
          such: { ...open, yaml: but(through80, server, dialled) },
        },
      ],
      points: [{ hop: ['sidecar sleep', 'gateway istio-egressgateway'] }, { control: 'yaml' }],
      hint: both(
        'The server’s `number` in the Gateway, the `port` of the route to the gateway’s Service, and the `port` in the match of the gateway’s route. On the canvas: select the hop to the gateway and type 443 into its field Port.',
        'Gateway 中 server 的 `number`、通往网关 Service 的路由的 `port`，以及网关那条路由的匹配条件中的 `port`。在画布上：选中通往网关的一跳，在“端口”字段填入 443。',
      ),
      show: { ...open, yaml: through443 },
      after: both(
        'Port 443 of the Service leads to port 8443 of the pod, and the listener there speaks what the server’s `protocol` says: HTTP. Nothing about the number 443 makes it TLS. Writing HTTPS instead, because “443 is HTTPS”, would ask for a `tls` block, and the sidecar’s plaintext would no longer fit.',
        'Service 的 443 端口通向 Pod 的 8443 端口，那里的监听器按 server 的 `protocol` 工作：HTTP。443 这个数字本身并不意味着 TLS。如果因为“443 就是 HTTPS”而改写成 HTTPS，就必须再写 `tls`，Sidecar 发来的明文也就不再合适了。',
      ),
    },
    {
      title: both('Whose is the app’s own HTTPS?', '应用自己的 HTTPS 归谁管'),
      says: both(
        'As long as unknown traffic is let through, a gap does not show. Close the mesh: with nothing selected, set the outbound policy to REGISTRY_ONLY.\n\nThen send `https://edition.cnn.com/politics`. The host is in the registry, with port 443. Is the request known?',
        '只要未知流量可以放行，漏洞就看不出来。请收紧网格：不选中任何东西，把出站流量策略设为 REGISTRY_ONLY。\n\n然后发送 `https://edition.cnn.com/politics`。这个主机登记过，443 端口也登记过。网格认识这个请求吗？',
      ),
      goals: [
        { says: both('Unknown traffic is stopped', '未知流量被拦截'), is: { outbound: 'REGISTRY_ONLY' } },
        { says: both('The HTTPS request was sent', 'HTTPS 请求已发送'), is: { sent: { url: https } } },
      ],
      points: [{ control: 'outbound' }, { control: 'trace' }],
      hint: both(
        'Click on an empty place of the canvas: the inspector then shows the design, and in it the outbound policy.',
        '点击画布的空白处：属性面板会显示整个设计，其中就有出站流量策略。',
      ),
      show: { ...closed, yaml: through443 },
      sends: { url: https },
      after: both(
        'Reset: curl exit 35, and the sidecar’s line says `UH` and `BlackHoleCluster`. The ServiceEntry calls port 443 HTTP, so the sidecar looks for a Host header there. TLS has none that it can read, fits no chain, and counts as unknown. Before, under ALLOW_ANY, it left just as unknown, through `PassthroughCluster`: the tutorial never noticed.',
        '连接被重置：curl 退出码 35，Sidecar 的日志写着 `UH` 和 `BlackHoleCluster`。ServiceEntry 说 443 端口是 HTTP，于是 Sidecar 在这里按 Host 头区分主机。TLS 没有它读得到的 Host 头，匹配不到任何过滤器链，只能算作未知流量。此前在 ALLOW_ANY 下，它同样是作为未知流量经 `PassthroughCluster` 离开的，只是教程没有察觉。',
      ),
    },
    {
      title: both('Say what the port really speaks', '如实声明端口的协议'),
      says: both(
        'See to it that the app’s own HTTPS reaches the host as known traffic, with the mesh still closed. HTTP through the gateway must go on working.\n\nThere are two obstacles, one behind the other: after the first one, read the trace again.',
        '请让应用自己的 HTTPS 作为已知流量到达主机，同时网格保持收紧，经过网关的 HTTP 也要照常工作。\n\n前后有两道障碍：排除第一道之后，请再看一遍推演结果。',
      ),
      goals: [
        { says: both('Unknown traffic is still stopped', '未知流量仍被拦截'), is: { outbound: 'REGISTRY_ONLY' } },
        {
          says: both('The app’s own HTTPS arrives as traffic to a known host', '应用自己的 HTTPS 作为已知主机的流量到达'),
          is: { request: { url: https }, ends: ownHttps },
        },
        {
          says: both('HTTP still goes through the gateway’s port 443 and leaves in TLS', 'HTTP 仍经网关的 443 端口，并以 TLS 离开'),
          is: { request: { url: http }, ends: arrives },
        },
      ],
      wrong: [
        {
          is: { request: { url: https }, ends: { exit: 35, hops: [{ proxy: 'sidecar', cluster: 'outbound|443||edition.cnn.com' }] } },
          says: both(
            'The first obstacle is gone: the sidecar finds the host by its SNI. But its cluster is also the one for which the DestinationRule starts TLS: the app’s TLS is wrapped once more. Keep that rule for the gateway.',
            '第一道障碍已经排除：Sidecar 按 SNI 找到了主机。但 DestinationRule 正是对这个 cluster 发起 TLS，应用自己的 TLS 又被包了一层。请让这条规则只归网关使用。',
          ),
          such: { ...closed, yaml: known },
        },
        {
          is: { request: { url: https }, ends: { hops: [{ proxy: 'sidecar', cluster: 'PassthroughCluster' }] } },
          says: both(
            'It arrives, but unknown, since everything is let through again. Nobody can route or count this traffic by its host.',
            '请求到达了，但仍是未知流量，只是因为什么都放行了。没有人能按主机对它进行路由或统计。',
          ),
          such: { ...open, yaml: through443 },
        },
        {
          is: { request: { url: http }, ends: { status: 503, hops: [{ proxy: 'gateway', flags: 'NC' }] } },
          says: both(
            'Without port 443 in the ServiceEntry the gateway has no cluster to send to (`NC`). The port is needed; only its protocol is wrong.',
            '去掉 ServiceEntry 的 443 端口，网关就没有可以发送的 cluster（`NC`）。端口是需要的，错的只是它的协议。',
          ),
          such: { ...closed, yaml: but(through443, ['  - {number: 443, name: http-port-for-tls-origination, protocol: HTTP}\n', '']) },
        },
      ],
      points: [{ control: 'problems' }, { control: 'yaml' }],
      hint: both(
        'The ServiceEntry’s port 443 is HTTPS. Then `exportTo: [istio-system]` in the rule that starts TLS, or a subset for it. **Problems** has a fix for each: L12, then L6.',
        '把 ServiceEntry 的 443 端口改为 HTTPS；然后在发起 TLS 的规则里写 `exportTo: [istio-system]`，或者改用 subset。**问题**面板对这两处都有修复：先是 L12，再是 L6。',
      ),
      show: { ...closed, yaml: mended },
      after: both(
        'A ServiceEntry describes the host as it is: port 443 speaks HTTPS. That the gateway sends a plain request to this cluster is no contradiction, since TLS is added below, when the connection is opened. One thing is lost: `http://edition.cnn.com:443`, plain HTTP that the app dials on 443 and that the tutorial’s sidecar turned into TLS, now counts as unknown. No real client asks that way.',
        'ServiceEntry 应当如实描述主机：443 端口使用 HTTPS。网关把明文请求交给这个 cluster 并不矛盾，因为 TLS 是在下层建立连接时才加上的。唯一失去的是 `http://edition.cnn.com:443`：应用在 443 端口上发出明文 HTTP，教程里会由 Sidecar 转成 TLS，现在则算未知流量。实际上没有客户端会这样请求。',
      ),
    },
    {
      title: both('Mutual TLS on port 443', '443 端口上的双向 TLS'),
      says: both(
        'The hop to the gateway is still plaintext on port 443. Make it mutual TLS with Istio’s certificates, on the same port.',
        '通往网关的一跳在 443 端口上仍是明文。请在同一端口上改为使用 Istio 证书的双向 TLS。',
      ),
      goals: [
        {
          says: both('The gateway knows the caller, on port 443', '网关在 443 端口上认出调用方'),
          is: {
            request: { url: http },
            ends: {
              hops: [
                { proxy: 'sidecar', cluster: 'outbound|443|cnn|istio-egressgateway' },
                { proxy: 'gateway', tls: true, peer: true },
              ],
            },
          },
        },
        {
          says: both('The request leaves in TLS, as before', '请求照旧以 TLS 离开'),
          is: { request: { url: http }, ends: arrives },
        },
        {
          says: both('The app’s own HTTPS still arrives as known traffic', '应用自己的 HTTPS 仍作为已知流量到达'),
          is: { request: { url: https }, ends: ownHttps },
        },
      ],
      wrong: [
        {
          is: { request: { url: http }, ends: { status: 503, hops: [{ proxy: 'sidecar', flags: 'UC' }] } },
          says: both(
            'The gateway waits for TLS, the sidecar sends plaintext. Is the DestinationRule’s setting there, and for port 443, the one that is dialled?',
            '网关等待 TLS，Sidecar 发送的却是明文。DestinationRule 里写了吗？写的是所连接的 443 端口吗？',
          ),
          such: { ...closed, yaml: but(mended, mutualServer, mutualSubset(80)) },
        },
        {
          is: { request: { url: http }, ends: { status: 503, hops: [{ proxy: 'gateway', flags: 'DPE' }] } },
          says: both(
            'The sidecar speaks TLS, and the gateway’s server still expects plain HTTP on this port (`DPE`).',
            'Sidecar 已使用 TLS，而网关的 server 在这个端口上仍期待明文 HTTP（`DPE`）。',
          ),
          such: { ...closed, yaml: but(mended, mutualSubset(443)) },
        },
      ],
      points: [{ hop: ['sidecar sleep', 'gateway istio-egressgateway'] }],
      hint: both(
        'On the canvas: the hop to the gateway, ISTIO_MUTUAL. In the YAML: the server becomes `protocol: HTTPS` with `tls: {mode: ISTIO_MUTUAL}`, and the subset gets `portLevelSettings` for port 443 with ISTIO_MUTUAL and `sni`.',
        '在画布上：选择通往网关的一跳，再选 ISTIO_MUTUAL。在 YAML 中：server 改为 `protocol: HTTPS` 并写 `tls: {mode: ISTIO_MUTUAL}`，subset 里为 443 端口写带 ISTIO_MUTUAL 和 `sni` 的 `portLevelSettings`。',
      ),
      show: { ...closed, yaml: secured },
      after: both(
        'Compare it with the lesson before: only the number differs. Choose the port by what the network between the nodes allows, and the protocol by what shall be spoken. This form, mutual TLS on 443, is also the one that the next lesson begins with.',
        '与上一课相比，不同的只有端口号。端口按节点之间的网络放行什么来选，协议按要说什么来定。下一课正是从这种形式，也就是 443 端口上的双向 TLS 开始。',
      ),
    },
  ],
  comparisons: originationPort443Then,
  issues: [16458, 16450, 17358],
}
