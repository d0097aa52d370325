/** Mistake: the hop to the gateway is taken for encrypted, because the mesh is STRICT. */
import { both } from '../../core/base/text'
import { but } from '../but'
import type { Goal, Lesson } from '../kind'

const url = 'http://httpbin.org/get'

const strictMesh = `apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata:
  name: default
  namespace: istio-system
spec:
  mtls: {mode: STRICT}
`

const started = `${strictMesh}---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: httpbin
  namespace: default
spec:
  hosts: [httpbin.org]
  ports:
  - {number: 80, name: http, protocol: HTTP}
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
  - port: {number: 80, name: http, protocol: HTTP}
    hosts: [httpbin.org]
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: egressgateway-for-httpbin
  namespace: default
spec:
  host: istio-egressgateway.istio-system.svc.cluster.local
  subsets:
  - name: httpbin
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: httpbin-through-egress-gateway
  namespace: default
spec:
  hosts: [httpbin.org]
  gateways: [mesh, istio-egressgateway]
  http:
  - match:
    - gateways: [mesh]
      port: 80
    route:
    - destination:
        host: istio-egressgateway.istio-system.svc.cluster.local
        subset: httpbin
        port: {number: 80}
  - match:
    - gateways: [istio-egressgateway]
      port: 80
    route:
    - destination:
        host: httpbin.org
        port: {number: 80}
`

const plainServer = 'port: {number: 80, name: http, protocol: HTTP}\n    hosts: [httpbin.org]\n'
const mutualServer = 'port: {number: 80, name: https, protocol: HTTPS}\n    hosts: [httpbin.org]\n    tls: {mode: ISTIO_MUTUAL}\n'
const bare = '  - name: httpbin\n---'
const mutual = (sni: string) => `  - name: httpbin
    trafficPolicy:
      portLevelSettings:
      - port: {number: 80}
        tls: {mode: ISTIO_MUTUAL${sni}}
---`

const arrivesPlain: Goal = { request: { url }, ends: { arrives: true, hops: [{ proxy: 'gateway', tls: false, peer: false }] } }

export const mistakePlainHop: Lesson = {
  id: 'mistake-plain-hop',
  part: 'mistake',
  title: both('STRICT, and still plaintext', '设了 STRICT，仍是明文'),
  story: both(
    'PeerAuthentication is STRICT in the whole mesh, so everybody believes that the hop to the egress gateway is encrypted. Nothing fails and no tool complains. Then somebody looks at the packets.',
    '整个网格的 PeerAuthentication 都是 STRICT，于是人人都以为到出口网关这一跳是加密的。没有任何报错，也没有工具提出警告，直到有人去抓了包。',
  ),
  issues: [23910, 54793, 27616],
  start: { flows: '', yaml: started },
  steps: [
    {
      title: both('Look at the hop', '看看这一跳'),
      says: both(
        'Send `http://httpbin.org/get` in **Trace**. It arrives. Now read the line of the gateway: is there a TLS version, and the identity of the caller?',
        '在**逐跳推演**中发送 `http://httpbin.org/get`，请求能够到达。再读网关的日志行：有 TLS 版本吗？有调用方的身份吗？',
      ),
      goals: [
        { says: both('The request was sent', '请求已发送'), is: { sent: { url } } },
        { says: both('It reaches the gateway in plaintext, without an identity', '它以明文到达网关，不带身份'), is: arrivesPlain },
      ],
      points: [{ control: 'trace' }],
      hint: both(
        'Trace is a tab below the canvas. Choose `default/sleep`, type the address and press Send.',
        '“逐跳推演”是画布下方的标签页。选择 `default/sleep`，输入地址，按“发送”。',
      ),
      sends: { url },
      after: both(
        'PeerAuthentication is for what arrives **at a sidecar**: which connections it accepts. A gateway opens the ports that Gateway objects describe, and this one says HTTP. Nor does mutual TLS begin by itself on the other side: a sidecar starts it only to pods that announce it, and gateway pods do not.',
        'PeerAuthentication 管的是**到达 Sidecar** 的连接：接受哪些，不接受哪些。网关开放哪些端口、用什么协议，由 Gateway 对象决定，而这里写的是 HTTP。另一端也不会自动启用双向 TLS：Sidecar 只对声明支持它的 Pod 这样做，网关 Pod 并没有这样的声明。',
      ),
    },
    {
      title: both('Make it mutual TLS', '改成双向 TLS'),
      says: both(
        'Make the hop from the sidecar to the gateway mutual TLS. Two objects must agree on it: the Gateway says what its server expects, the DestinationRule says what sidecars send.\n\nDraw it or write it, as you like.',
        '请把 Sidecar 到网关这一跳改成双向 TLS。这需要两个对象一致：Gateway 写明 server 要什么，DestinationRule 写明 Sidecar 发什么。\n\n在画布上改、在 YAML 里写，都可以。',
      ),
      goals: [
        {
          says: both('The request passes the gateway and arrives', '请求经过网关并到达'),
          is: { request: { url }, ends: { gateway: 'any', arrives: true } },
        },
        {
          says: both('It reaches the gateway in TLS, with the identity of the caller', '它以 TLS 到达网关，并带有调用方的身份'),
          is: { request: { url }, ends: { hops: [{ proxy: 'gateway', tls: true, peer: true }] } },
        },
      ],
      wrong: [
        {
          is: {
            all: [
              arrivesPlain,
              {
                any: [
                  { object: { kind: 'PeerAuthentication', namespace: 'default' } },
                  { object: { kind: 'PeerAuthentication', where: { 'spec.selector.matchLabels.istio': 'egressgateway' } } },
                ],
              },
            ],
          },
          says: both(
            'One more PeerAuthentication changes nothing here: it speaks to sidecars about what they receive, not about what they send, and not to gateways.',
            '再加一个 PeerAuthentication 也无济于事：它规定的是 Sidecar 接收什么，不是发送什么，更管不到网关。',
          ),
          such: {
            flows: '',
            yaml: `${strictMesh.replace('istio-system', 'default')}---\n${started}`,
          },
        },
        {
          is: { request: { url }, ends: { status: 503, hops: [{ proxy: 'gateway', flags: 'DPE' }] } },
          says: both(
            'The sidecar speaks mutual TLS now, but the server of the gateway still expects HTTP and cannot read it: `400 DPE`, and 503 for the app.',
            'Sidecar 已经改用双向 TLS，网关的 server 却还在等 HTTP，读不懂收到的内容：网关记录 `400 DPE`，应用看到 503。',
          ),
          such: { flows: '', yaml: but(started, [bare, mutual(', sni: httpbin.org')]) },
        },
        {
          is: { request: { url }, ends: { status: 503, hops: [{ proxy: 'gateway', flags: 'NR', sni: '', tls: false }] } },
          says: both(
            'The server expects mutual TLS now, but the sidecar still sends plaintext: `NR filter_chain_not_found`, without an SNI. The DestinationRule must follow.',
            'server 已经要求双向 TLS，Sidecar 发来的却还是明文：`NR filter_chain_not_found`，没有 SNI。DestinationRule 也要跟着改。',
          ),
          such: { flows: '', yaml: but(started, [plainServer, mutualServer]) },
        },
        {
          is: {
            request: { url },
            ends: {
              status: 503,
              hops: [
                { proxy: 'sidecar', flags: 'UF' },
                { proxy: 'gateway', flags: 'NR' },
              ],
            },
          },
          says: both(
            'Both ends say mutual TLS, but the SNI is none that the server lists: write `sni: httpbin.org` beside `mode: ISTIO_MUTUAL` in the DestinationRule.',
            '两端都写了双向 TLS，但 SNI 不在 server 列出的主机之中：请在 DestinationRule 的 `mode: ISTIO_MUTUAL` 旁边写上 `sni: httpbin.org`。',
          ),
          such: { flows: '', yaml: but(started, [plainServer, mutualServer], [bare, mutual('')]) },
        },
      ],
      points: [{ hop: ['sidecar sleep', 'gateway istio-egressgateway'] }],
      hint: both(
        'Click the hop between the sidecar and the gateway and choose `ISTIO_MUTUAL`: both objects are changed. By hand: protocol `HTTPS` and `tls: {mode: ISTIO_MUTUAL}` in the Gateway, `mode: ISTIO_MUTUAL` with `sni: httpbin.org` in the subset.',
        '点击 Sidecar 与网关之间的那一跳，选择 `ISTIO_MUTUAL`：两个对象会一起改好。若要手写：Gateway 中协议写 `HTTPS`，并加上 `tls: {mode: ISTIO_MUTUAL}`；subset 中写 `mode: ISTIO_MUTUAL` 和 `sni: httpbin.org`。',
      ),
      show: { flows: '', yaml: but(started, [plainServer, mutualServer], [bare, mutual(', sni: httpbin.org')]) },
      after: both(
        'The gateway now knows `spiffe://cluster.local/ns/default/sa/sleep`. Nothing reported the plaintext, neither a rule here nor in `istioctl analyze`: a plain hop is a legal choice. Whether it was yours, only the picture and the log can show it.',
        '网关现在认得 `spiffe://cluster.local/ns/default/sa/sleep` 了。对原来的明文，无论这里的规则还是 `istioctl analyze` 都没有提示：明文本来就是一种合法的选择。它是不是你的本意，只有画布和日志看得出来。',
      ),
    },
  ],
}
