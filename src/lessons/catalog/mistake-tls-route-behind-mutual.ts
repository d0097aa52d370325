/** Mistake: the server ends TLS now, and the route behind it is still one of kind `tls`. */
import { both } from '../../core/base/text'
import { but } from '../but'
import type { Goal, Lesson } from '../kind'

const url = 'https://www.wikipedia.org/'

const started = `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: wikipedia
  namespace: default
spec:
  hosts: [www.wikipedia.org]
  ports:
  - {number: 443, name: tls, protocol: TLS}
  resolution: DNS
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: istio-egressgateway
  namespace: default
spec:
  selector: {istio: egressgateway}
  servers:
  - port: {number: 443, name: tls, protocol: TLS}
    hosts: [www.wikipedia.org]
    tls: {mode: ISTIO_MUTUAL}     # was PASSTHROUGH
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: egressgateway-for-wikipedia
  namespace: default
spec:
  host: istio-egressgateway.istio-system.svc.cluster.local
  subsets:
  - name: wikipedia
    trafficPolicy:
      portLevelSettings:
      - port: {number: 443}
        tls: {mode: ISTIO_MUTUAL, sni: www.wikipedia.org}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: wikipedia-through-egress-gateway
  namespace: default
spec:
  hosts: [www.wikipedia.org]
  gateways: [mesh, istio-egressgateway]
  tls:
  - match:
    - gateways: [mesh]
      port: 443
      sniHosts: [www.wikipedia.org]
    route:
    - destination:
        host: istio-egressgateway.istio-system.svc.cluster.local
        subset: wikipedia
        port: {number: 443}
  - match:
    - gateways: [istio-egressgateway]
      port: 443
      sniHosts: [www.wikipedia.org]
    route:
    - destination:
        host: www.wikipedia.org
        port: {number: 443}
`

const gatewayLeg = '  - match:\n    - gateways: [istio-egressgateway]\n      port: 443\n      sniHosts: [www.wikipedia.org]\n'
const tcpLeg = '  tcp:\n  - match:\n    - gateways: [istio-egressgateway]\n      port: 443\n'
const meshLeg = '  tls:\n  - match:\n    - gateways: [mesh]\n      port: 443\n      sniHosts: [www.wikipedia.org]\n'
const mutualServer = 'tls: {mode: ISTIO_MUTUAL}     # was PASSTHROUGH'
const mutualHop =
  '    trafficPolicy:\n      portLevelSettings:\n      - port: {number: 443}\n        tls: {mode: ISTIO_MUTUAL, sni: www.wikipedia.org}\n'
const server = 'port: {number: 443, name: tls, protocol: TLS}\n    hosts'
const mended = but(started, [gatewayLeg, tcpLeg])

const python = 'https://www.python.org/'
const pythonEntry = `---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: python
  namespace: default
spec:
  hosts: [www.python.org]
  ports:
  - {number: 443, name: tls, protocol: TLS}
  resolution: DNS
`
const pythonRoutes = (subset: string) => `---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: python-through-egress-gateway
  namespace: default
spec:
  hosts: [www.python.org]
  gateways: [mesh, istio-egressgateway]
  tls:
  - match:
    - gateways: [mesh]
      port: 443
      sniHosts: [www.python.org]
    route:
    - destination:
        host: istio-egressgateway.istio-system.svc.cluster.local
        subset: ${subset}
        port: {number: 443}
  tcp:
  - match:
    - gateways: [istio-egressgateway]
      port: 443
    route:
    - destination:
        host: www.python.org
        port: {number: 443}
`
const pythonServer = `  - port: {number: 443, name: tls-python, protocol: TLS}
    hosts: [www.python.org]
    tls: {mode: ISTIO_MUTUAL}
`
const serverHosts = 'protocol: TLS}\n    hosts: [www.wikipedia.org]'
const pythonSubset = mutualHop.replace('www.wikipedia.org', 'www.python.org')
const serverEach =
  but(mended, [`${mutualServer}\n`, `${mutualServer}\n${pythonServer}`], [mutualHop, `${mutualHop}  - name: python\n${pythonSubset}`]) +
  pythonEntry +
  pythonRoutes('python')
const sharedServer =
  but(mended, [serverHosts, 'protocol: TLS}\n    hosts: [www.wikipedia.org, www.python.org]']) + pythonEntry + pythonRoutes('wikipedia')

const identified = (asked: string): Goal => ({
  request: { url: asked },
  ends: { arrives: true, hops: [{ proxy: 'gateway', tls: true, peer: true }] },
})
const refused: Goal = {
  request: { url },
  ends: { exit: 35, gateway: 'none', hops: [{ proxy: 'sidecar', flags: 'UF', cluster: 'outbound|443|wikipedia|' }] },
}

export const mistakeTlsRouteBehindMutual: Lesson = {
  id: 'mistake-tls-route-behind-mutual',
  part: 'mistake',
  title: both('The gateway stops listening', '网关不再监听'),
  story: both(
    'HTTPS was passed through the gateway, and that worked. To know who calls, somebody wraps the hop in mutual TLS: PASSTHROUGH becomes ISTIO_MUTUAL on the server, and the DestinationRule follows. Everything is accepted, and the gateway refuses connections.',
    'HTTPS 流量原本经网关透传，一切正常。为了知道是谁在访问，有人给这一跳加上双向 TLS：server 的 PASSTHROUGH 改成 ISTIO_MUTUAL，DestinationRule 也随之修改。配置全部被接受，网关却开始拒绝连接。',
  ),
  issues: [37293, 51471, 48955, 39210],
  start: { flows: '', yaml: started },
  steps: [
    {
      title: both('See it fail', '看它怎样失败'),
      says: both(
        'Send `https://www.wikipedia.org/` in **Trace**. Look for the log line of the gateway.',
        '在**逐跳推演**中发送 `https://www.wikipedia.org/`，找一找网关的日志行。',
      ),
      goals: [
        { says: both('The request was sent', '请求已发送'), is: { sent: { url } } },
        { says: both('Nobody listens at the gateway: UF, curl exit 35', '网关上无人监听：UF，curl 退出码 35'), is: refused },
      ],
      points: [{ control: 'trace' }],
      hint: both(
        'Trace is a tab below the canvas. Choose `default/sleep`, type the address and press Send.',
        '“逐跳推演”是画布下方的标签页。选择 `default/sleep`，输入地址，按“发送”。',
      ),
      sends: { url },
      after: both(
        'The gateway has no line: the sidecar could not even connect (`UF`, `Connection_refused`). A listener without a single route is not opened, and this one has none. A server that ends TLS with protocol TLS sees only bytes afterwards: it takes `tcp` routes. The `tls` route that was right for PASSTHROUGH, where the gateway itself reads the SNI of the app, is passed over without a word.',
        '网关一行日志也没有：Sidecar 根本连不上它（`UF`，`Connection_refused`）。没有任何路由的监听器不会打开，而这个监听器恰好一条也没有。协议为 TLS 的 server 终止 TLS 之后，看到的只是字节，它采用的是 `tcp` 路由。`tls` 路由适用于 PASSTHROUGH，那时由网关读取应用的 SNI；到了这里，它被悄悄略过了。',
      ),
    },
    {
      title: both('A route of the kind that counts', '换成有效的路由类型'),
      says: both(
        'Fix it so that https arrives again, the app’s TLS inside of mutual TLS. The gateway must know who calls: going back to PASSTHROUGH is not what was wanted.',
        '请让 https 重新到达：应用的 TLS 包在双向 TLS 里面。网关必须知道是谁在访问，所以退回 PASSTHROUGH 并不是想要的结果。',
      ),
      goals: [
        {
          says: both('The request passes the gateway and arrives', '请求经过网关并到达'),
          is: { request: { url }, ends: { gateway: 'any', arrives: true, server: { port: 443, tls: true, sni: 'www.wikipedia.org' } } },
        },
        {
          says: both('The gateway knows who calls', '网关知道是谁在访问'),
          is: { request: { url }, ends: { hops: [{ proxy: 'gateway', tls: true, peer: true }] } },
        },
      ],
      wrong: [
        {
          is: { request: { url }, ends: { arrives: true, hops: [{ proxy: 'gateway', peer: false }] } },
          says: both(
            'It arrives, passed through as before: the hop carries only the app’s own TLS, and the gateway does not know who calls.',
            '请求到达了，但和从前一样是透传：这一跳只有应用自己的 TLS，网关不知道是谁在访问。',
          ),
          such: { flows: '', yaml: but(started, [mutualServer, 'tls: {mode: PASSTHROUGH}'], [mutualHop, '']) },
        },
        {
          is: {
            all: [
              { request: { url }, ends: { exit: 35, gateway: 'any' } },
              { object: { kind: 'Gateway', where: { 'spec.servers.*.tls.mode': 'PASSTHROUGH' } } },
            ],
          },
          says: both(
            'The server passes TLS through again, but sidecars still wrap it in mutual TLS: the outer handshake reaches the host, which knows nothing of the mesh.',
            'server 又改回透传，Sidecar 却仍在外面包着双向 TLS：外层握手一直传到了主机，而主机对网格一无所知。',
          ),
          such: { flows: '', yaml: but(started, [mutualServer, 'tls: {mode: PASSTHROUGH}']) },
        },
        {
          is: { request: { url }, ends: { exit: 35, hops: [{ proxy: 'gateway', flags: 'DPE' }] } },
          says: both(
            'With protocol `HTTPS` the server has its listener, but expects HTTP inside of the mutual TLS. It finds the app’s TLS there: `400 DPE`.',
            '协议改成 `HTTPS`，监听器是有了，但 server 以为双向 TLS 里面是 HTTP，拆开一看却是应用的 TLS：`400 DPE`。',
          ),
          such: { flows: '', yaml: but(started, [server, 'port: {number: 443, name: https, protocol: HTTPS}\n    hosts']) },
        },
        {
          is: {
            all: [
              { not: { request: { url }, ends: { gateway: 'any' } } },
              { object: { kind: 'VirtualService', where: { 'spec.tls': null, 'spec.tcp.*.match.*.gateways.*': 'mesh' } } },
            ],
          },
          says: both(
            'The other route has moved too, and the request now leaves past the gateway. To the sidecar the app’s TLS still comes as TLS: there the route must stay under `tls`, with its `sniHosts`.',
            '另一条路由也被移走了，请求现在绕过网关直接离开。Sidecar 收到的仍是应用的 TLS：那条路由应当留在 `tls` 之下，并保留 `sniHosts`。',
          ),
          such: {
            flows: '',
            yaml: but(
              started,
              [gatewayLeg, '  - match:\n    - gateways: [istio-egressgateway]\n      port: 443\n'],
              [meshLeg, '  tcp:\n  - match:\n    - gateways: [mesh]\n      port: 443\n'],
            ),
          },
        },
      ],
      points: [{ control: 'problems' }],
      hint: both(
        'The **Problems** panel reports it as L3, and its fix moves the route from the gateway to the host under `tcp`. A `tcp` match has no `sniHosts`.',
        '**问题**面板以 L3 指出了它，修复按钮会把网关到主机的那条路由移到 `tcp` 之下。`tcp` 的匹配条件里没有 `sniHosts`。',
      ),
      show: { flows: '', yaml: mended },
      after: both(
        'HTTP and HTTPS servers take `http` routes, PASSTHROUGH takes `tls`, and protocol TLS that ends here takes `tcp`. What does not fit is ignored: no error at apply, none from `istioctl analyze`.',
        'HTTP server 和终止 TLS 的 HTTPS server 采用 `http` 路由，PASSTHROUGH 采用 `tls` 路由，在网关终止的 TLS 采用 `tcp` 路由。不合适的路由会被忽略：应用配置时不报错，`istioctl analyze` 也不提示。',
      ),
    },
    {
      title: both('A second host', '再来一个主机'),
      says: both(
        'A `tcp` route knows no host. That has a price as soon as a second host comes: lead `https://www.python.org/` through the gateway too, over mutual TLS, and see to it that both hosts are reached.\n\nDraw it, or write it.',
        '`tcp` 路由不认识主机，第二个主机一来，就要为此付出代价：请让 `https://www.python.org/` 也以双向 TLS 经过网关，并确保两个主机都能访问。\n\n在画布上画、在 YAML 里写，都可以。',
      ),
      goals: [
        {
          says: both('www.python.org is reached through the gateway, over mTLS', '以 mTLS 经过网关访问到 www.python.org'),
          is: identified(python),
        },
        { says: both('www.wikipedia.org is still reached that way', 'www.wikipedia.org 的访问方式不变'), is: identified(url) },
      ],
      wrong: [
        {
          is: {
            any: [
              { request: { url: python }, ends: { exit: 60, hops: [{ proxy: 'gateway', cluster: 'www.wikipedia.org' }] } },
              { request: { url }, ends: { exit: 60, hops: [{ proxy: 'gateway', cluster: 'www.python.org' }] } },
            ],
          },
          says: both(
            'Two hosts on one such server: behind it only bytes are left, the first `tcp` route takes them all, and one host’s connections end at the other, with its certificate (curl exit 60). Each host needs a server of its own, and an SNI that tells the servers apart.',
            '一个这样的 server 上有两个主机：TLS 终止之后只剩字节，第一条 `tcp` 路由全部接走，于是访问一个主机却到了另一个，看到的也是它的证书（curl 退出码 60）。每个主机都要有自己的 server，并用 SNI 区分这些 server。',
          ),
          such: { flows: '', yaml: sharedServer },
        },
      ],
      hint: both(
        'Open **Add flow** and type `sleep HTTPS -> istio-egressgateway ISTIO_MUTUAL -> www.python.org PASSTHROUGH`. By hand: a second server in the Gateway, a second subset with `sni: www.python.org`, a ServiceEntry, and a VirtualService that names this subset.',
        '打开**添加路径**，输入 `sleep HTTPS -> istio-egressgateway ISTIO_MUTUAL -> www.python.org PASSTHROUGH`。若要手写：在 Gateway 中加第二个 server，加一个写有 `sni: www.python.org` 的 subset，再加一个 ServiceEntry 和一个引用该 subset 的 VirtualService。',
      ),
      show: { flows: '', yaml: serverEach },
      after: both(
        'The outer SNI, the one in the DestinationRule, chooses the server; the server’s host chooses the VirtualService whose `tcp` route counts. So the gateway tells hosts apart without looking into the app’s TLS.',
        '外层 SNI，也就是 DestinationRule 里写的那个，决定进入哪个 server；server 的主机决定采用哪个 VirtualService 的 `tcp` 路由。这样，网关不必看应用的 TLS，也能区分主机。',
      ),
    },
  ],
}
