/** Mistake: requests arrive, and none of them through the gateway; then the same for https. */
import { both } from '../../core/base/text'
import { but } from '../but'
import type { Goal, Lesson, Scene } from '../kind'

const http = 'http://edition.cnn.com/politics'
const https = 'https://edition.cnn.com/politics'

const scene = (yaml: string): Scene => ({ flows: '', yaml })
const started = `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: cnn
  namespace: default
spec:
  hosts: [edition.cnn.com]
  ports:
  - {number: 80, name: http, protocol: HTTP}
  - {number: 443, name: https, protocol: HTTPS}
  resolution: DNS
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: cnn-gateway
  namespace: default
spec:
  selector: {istio: egressgateway}
  servers:
  - {port: {number: 80, name: http, protocol: HTTP}, hosts: [edition.cnn.com]}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: cnn-through-gateway
  namespace: default
spec:
  hosts: [edition.cnn.com]
  gateways: [cnn-gateway]
  http:
  - match:
    - {gateways: [mesh], port: 80}
    route:
    - destination: {host: istio-egressgateway.istio-system.svc.cluster.local, port: {number: 80}}
  - match:
    - {gateways: [cnn-gateway], port: 80}
    route:
    - destination: {host: edition.cnn.com, port: {number: 80}}
`
const list = '  gateways: [cnn-gateway]\n'
const mended = but(started, [list, '  gateways: [mesh, cnn-gateway]\n'])

const server = 'protocol: HTTP}, hosts: [edition.cnn.com]}\n'
const passing = but(mended, [
  server,
  `${server}  - {port: {number: 443, name: tls, protocol: TLS}, hosts: [edition.cnn.com], tls: {mode: PASSTHROUGH}}\n`,
])
const meshLeg = `  tls:
  - match:
    - {gateways: [mesh], port: 443, sniHosts: [edition.cnn.com]}
    route:
    - destination: {host: istio-egressgateway.istio-system.svc.cluster.local, port: {number: 443}}
`
const gatewayLeg = `  - match:
    - {gateways: [cnn-gateway], port: 443, sniHosts: [edition.cnn.com]}
    route:
    - destination: {host: edition.cnn.com, port: {number: 443}}
`

const through = (url: string): Goal => ({ request: { url }, ends: { gateway: 'any', arrives: true } })
const past = (url: string): Goal => ({ request: { url }, ends: { gateway: 'none', arrives: true } })

export const mistakeMeshMissing: Lesson = {
  id: 'mistake-mesh-missing',
  part: 'mistake',
  title: both('Everything works, past the gateway', '一切正常，却没有经过网关'),
  story: both(
    'The egress gateway has been in production for a month, and every request was answered. Then an auditor asks for the gateway’s access log, and it is empty.',
    '出口网关上线已有一个月，所有请求都得到了应答。直到审计人员来要网关的访问日志，大家才发现它是空的。',
  ),
  issues: [56743],
  start: scene(started),
  steps: [
    {
      title: both('See a success that is not one', '看一次“假成功”'),
      says: both(
        'Send `http://edition.cnn.com/politics` in **Trace**. The app sees 200. Look at which proxies wrote a line.',
        '在**逐跳推演**中发送 `http://edition.cnn.com/politics`。应用看到的是 200。看看哪些代理写了日志。',
      ),
      goals: [
        { says: both('The request was sent', '请求已发送'), is: { sent: { url: http } } },
        { says: both('It arrives, and no gateway saw it', '它到达了主机，但没有网关见过它'), is: past(http) },
      ],
      points: [{ control: 'trace' }],
      hint: both(
        'Trace is a tab below the canvas. Choose `default/sleep`, type the address and press Send.',
        '“逐跳推演”是画布下方的标签页。选择 `default/sleep`，输入地址，按“发送”。',
      ),
      sends: { url: http },
      after: both(
        'There is one line, from the sidecar, and its cluster is `outbound|80||edition.cnn.com`: the host itself. A request for the gateway would have `istio-egressgateway` in that place. The cluster of the first line is the quickest test there is.',
        '只有 Sidecar 写了一行，其中的 cluster 是 `outbound|80||edition.cnn.com`，也就是主机本身。如果请求是发往网关的，这里会出现 `istio-egressgateway`。看第一行日志里的 cluster，是最快的检查办法。',
      ),
    },
    {
      title: both('Let sidecars read the rule', '让 Sidecar 读取规则'),
      says: both(
        'A match names `mesh`, but that is not what binds a VirtualService. Only its list `gateways` does, and sidecars skip a VirtualService whose list does not have them.\n\nMend it, so that `http://` goes through the gateway.',
        'match 里写了 `mesh`，但决定 VirtualService 绑定到哪里的不是它，而是 `gateways` 列表。列表里没有 `mesh`，Sidecar 就会跳过这个 VirtualService。\n\n请修正它，让 `http://` 经过网关。',
      ),
      goals: [
        { says: both('http arrives through the gateway', 'http 经过网关到达主机'), is: through(http) },
        {
          says: both('The app’s own https still arrives', '应用自己的 https 仍能到达'),
          is: { request: { url: https }, ends: { arrives: true } },
        },
      ],
      wrong: [
        {
          is: { request: { url: http }, ends: { status: 404, hops: [{ proxy: 'gateway', flags: 'NR' }] } },
          says: both(
            'Without a list a VirtualService is for `mesh` alone. Sidecars now lead to the gateway, and the gateway has lost its own leg: 404 NR.',
            '不写列表，VirtualService 就只属于 `mesh`。Sidecar 现在会把请求送往网关，网关却失去了自己那一段路由：404 NR。',
          ),
          such: scene(but(started, [list, ''])),
        },
        {
          is: { all: [{ outbound: 'REGISTRY_ONLY' }, past(http)] },
          says: both(
            '`REGISTRY_ONLY` stops hosts that nobody made known. This one is known by its ServiceEntry, so its requests leave as before, straight from the sidecar.',
            '`REGISTRY_ONLY` 拦住的是未登记的主机。这个主机已由 ServiceEntry 登记，请求照旧从 Sidecar 直接离开。',
          ),
          such: { flows: 'outbound REGISTRY_ONLY', yaml: started },
        },
      ],
      points: [{ control: 'problems' }],
      hint: both(
        'The **Problems** panel reports it as L4, and its fix lists `mesh`.',
        '**问题**面板以 L4 指出了它，修复按钮会在列表里加上 `mesh`。',
      ),
      show: scene(mended),
      after: both(
        'The API server, the webhook and `istioctl analyze` find nothing wrong with the first version: each object in it is valid. Nobody but a look at the logs, or a trace, says that it has no effect.',
        '对于最初的版本，API server、webhook 和 `istioctl analyze` 都挑不出毛病：每个对象都合法。只有查看日志或推演一次请求，才会发现它没有起作用。',
      ),
    },
    {
      title: both('And https?', '那么 https 呢？'),
      says: both(
        'Send `https://edition.cnn.com/politics`: it still leaves past the gateway, for all rules are about port 80.\n\nLead the app’s own TLS through the gateway as well. It cannot be opened there: the gateway passes it on by its SNI.',
        '发送 `https://edition.cnn.com/politics`：它依然绕过网关，因为所有规则只涉及 80 端口。\n\n请让应用自己的 TLS 也经过网关。网关不解密它，只按 SNI 透传。',
      ),
      goals: [
        { says: both('https arrives through the gateway', 'https 经过网关到达主机'), is: through(https) },
        { says: both('http still does', 'http 仍经过网关'), is: through(http) },
      ],
      wrong: [
        {
          is: { all: [past(https), { object: { kind: 'VirtualService', where: { 'spec.http.*.match.*.port': 443 } } }] },
          says: both(
            'Rules under `http` are for what a sidecar can read as HTTP. The app’s TLS is closed to it, so port 443 needs rules under `tls`, which match by `sniHosts`.',
            '`http` 下的规则只对 Sidecar 能读懂的 HTTP 生效。应用自己加密的内容它看不到，所以 443 端口要在 `tls` 下写规则，按 `sniHosts` 匹配。',
          ),
          such: scene(
            but(mended, [
              '    - {gateways: [mesh], port: 80}\n',
              '    - {gateways: [mesh], port: 80}\n    - {gateways: [mesh], port: 443}\n',
            ]),
          ),
        },
        {
          is: { all: [past(https), { object: { kind: 'Gateway', where: { 'spec.servers.*.tls.mode': 'PASSTHROUGH' } } }] },
          says: both(
            'The gateway is ready for port 443, but nobody sends anything there: the VirtualService needs two legs under `tls`, one for `mesh` and one for the gateway.',
            '网关已经准备好接收 443 端口，但没有人把请求送来：VirtualService 还需要在 `tls` 下写两段规则，一段给 `mesh`，一段给网关。',
          ),
          such: scene(passing),
        },
        {
          is: { request: { url: https }, ends: { exit: 35, hops: [{ proxy: 'sidecar', flags: 'UF' }] } },
          says: both(
            'Sidecars send to port 443 of the gateway, and nothing listens there: a `PASSTHROUGH` server opens its port only once a `tls` route is bound to it. The leg of the gateway is missing.',
            'Sidecar 把请求送到网关的 443 端口，那里却没有监听器：`PASSTHROUGH` server 只有在绑定了 `tls` 路由之后才会打开端口。缺的是网关那一段。',
          ),
          such: scene(passing + meshLeg),
        },
      ],
      points: [{ control: 'yaml' }],
      hint: both(
        'A server with port 443, protocol `TLS` and mode `PASSTHROUGH` in the Gateway, and two routes under `tls` in the VirtualService: one for `mesh` that leads to port 443 of the gateway’s Service, one for `cnn-gateway` that leads to port 443 of the host, both with `sniHosts: [edition.cnn.com]`.',
        '在 Gateway 里加一个 443 端口的 server，协议 `TLS`，模式 `PASSTHROUGH`；再在 VirtualService 的 `tls` 下写两条路由：`mesh` 那条指向网关 Service 的 443 端口，`cnn-gateway` 那条指向主机的 443 端口，两条都写 `sniHosts: [edition.cnn.com]`。',
      ),
      show: scene(passing + meshLeg + gatewayLeg),
      after: both(
        'Each port is led by itself: what no rule leads leaves straight. So the question is never whether the gateway works, but what can still leave without it; the **Problems** panel answers it under “Can it be reached without the gateway?”.',
        '每个端口都要单独引导：没有规则引导的流量会直接离开。所以要问的不是网关能不能用，而是还有什么能不经过网关离开；**问题**面板的“能否绕过网关访问？”一节会回答它。',
      ),
    },
  ],
}
