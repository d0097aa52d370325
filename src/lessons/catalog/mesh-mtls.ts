/** Lesson: the mesh's own TLS on the hop to the gateway, around HTTP and around the app's TLS. */
import { both } from '../../core/base/text'
import { but } from '../but'
import { meshMtlsThen } from '../comparisons/mesh-mtls'
import type { Lesson, Scene } from '../kind'

const http = 'http://edition.cnn.com/politics'
const https = 'https://edition.cnn.com/politics'
const world = 'https://edition.cnn.com/world'
const other = 'default/other'

/** Another app stands beside from the beginning. */
const beside = 'pod default/sleep\npod default/other'
const plain: Scene = { flows: `sleep HTTP -> istio-egressgateway DISABLE -> edition.cnn.com DISABLE\npod default/other` }
const httpIn = 'sleep HTTP -> istio-egressgateway ISTIO_MUTUAL -> edition.cnn.com DISABLE'
const httpsIn = 'sleep HTTPS -> istio-egressgateway ISTIO_MUTUAL -> edition.cnn.com PASSTHROUGH'
const bothIn: Scene = { flows: `${httpIn}\n${httpsIn}\npod default/other` }

const portOf = (port: number): string => `      - port:
          number: ${port}
        tls:
          mode: ISTIO_MUTUAL
          sni: edition.cnn.com
`
/** What is written for `bothIn`. */
const written = `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: edition-cnn-com
  namespace: default
spec:
  hosts:
  - edition.cnn.com
  ports:
  - number: 80
    name: http
    protocol: HTTP
  - number: 443
    name: tls
    protocol: TLS
  resolution: DNS
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: istio-egressgateway
  namespace: default
spec:
  selector:
    istio: egressgateway
  servers:
  - port:
      number: 80
      name: https-edition-cnn-com
      protocol: HTTPS
    hosts:
    - edition.cnn.com
    tls:
      mode: ISTIO_MUTUAL
  - port:
      number: 443
      name: tls-edition-cnn-com
      protocol: TLS
    hosts:
    - edition.cnn.com
    tls:
      mode: ISTIO_MUTUAL
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: istio-egressgateway
  namespace: istio-system
spec:
  host: istio-egressgateway.istio-system.svc.cluster.local
  subsets:
  - name: edition-cnn-com
    trafficPolicy:
      portLevelSettings:
${portOf(80)}${portOf(443)}---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: edition-cnn-com
  namespace: default
spec:
  hosts:
  - edition.cnn.com
  gateways:
  - mesh
  - istio-egressgateway
  http:
  - match:
    - gateways:
      - mesh
      port: 80
    route:
    - destination:
        host: istio-egressgateway.istio-system.svc.cluster.local
        subset: edition-cnn-com
        port:
          number: 80
  - match:
    - gateways:
      - istio-egressgateway
      port: 80
    route:
    - destination:
        host: edition.cnn.com
        port:
          number: 80
  tls:
  - match:
    - gateways:
      - mesh
      port: 443
      sniHosts:
      - edition.cnn.com
    route:
    - destination:
        host: istio-egressgateway.istio-system.svc.cluster.local
        subset: edition-cnn-com
        port:
          number: 443
  tcp:
  - match:
    - gateways:
      - istio-egressgateway
      port: 443
    route:
    - destination:
        host: edition.cnn.com
        port:
          number: 443
`
const from = (yaml: string): Scene => ({ flows: beside, yaml })
const plainServer = but(
  written,
  ['https-edition-cnn-com\n      protocol: HTTPS', 'http-edition-cnn-com\n      protocol: HTTP'],
  ['    tls:\n      mode: ISTIO_MUTUAL\n  - port', '  - port'],
)
const plainDial = but(written, [portOf(80), ''])
const tlsLeg = but(written, [
  '  tcp:\n  - match:\n    - gateways:\n      - istio-egressgateway\n      port: 443\n',
  '  - match:\n    - gateways:\n      - istio-egressgateway\n      port: 443\n      sniHosts:\n      - edition.cnn.com\n',
])

const policy = (namespace: string, source: string): string => `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata:
  name: allow-sleep
  namespace: ${namespace}
spec:
  selector:
    matchLabels:
      istio: egressgateway
  action: ALLOW
  rules:
  - from:
    - source:
${source}---
`
const sleepAlone = '        principals:\n        - cluster.local/ns/default/sa/sleep\n'
const wholeNamespace = '        namespaces:\n        - default\n'
const nobody = '        principals:\n        - sleep\n'

export const meshMtls: Lesson = {
  id: 'mesh-mtls',
  part: 'tutorial',
  title: both('Mutual TLS to the gateway', '通往网关的双向 TLS'),
  story: both(
    'On the hop from sidecar to gateway a request still travels inside the cluster, and by default in plaintext. Mutual TLS of the mesh encrypts it, and does more: the gateway learns who calls. You switch it on for HTTP, wrap it around HTTPS, and use the identity to let one app out and not the other.',
    '从 Sidecar 到网关，请求还在集群里，而且默认是明文。网格的双向 TLS 不仅给这一跳加密，还让网关知道调用方是谁。本课先为 HTTP 打开它，再把它包在 HTTPS 外面，最后利用身份，只放行两个应用中的一个。',
  ),
  start: plain,
  steps: [
    {
      title: both('Who is calling?', '是谁在调用？'),
      says: both(
        'Two apps run in `default`: `sleep` and `other`. Send `http://edition.cnn.com/politics` from `sleep` in **Trace**, and look at what the gateway knows of its caller: could it tell the two apart?',
        '`default` 中运行着两个应用：`sleep` 和 `other`。在**逐跳推演**中从 `sleep` 发送 `http://edition.cnn.com/politics`，再看网关对调用方了解多少：它能分清这两个应用吗？',
      ),
      goals: [{ says: both('The request was sent', '请求已发送'), is: { sent: { url: http } } }],
      points: [{ control: 'trace' }],
      hint: both(
        'Trace is a tab below the canvas. Choose `default/sleep`, type the address and press **Send**.',
        '“逐跳推演”是画布下方的标签页。选择 `default/sleep`，输入地址，按**发送**。',
      ),
      sends: { url: http },
      after: both(
        'The gateway knows an IP address, and that belongs to another pod tomorrow. There is no identity on a plaintext hop.\n\nThat the mesh encrypts between services by itself does not help here: automatic mutual TLS does not reach the pods of gateways, and PeerAuthentication `STRICT` changes nothing about what a sidecar sends to them. The hop has to be set.',
        '网关只知道一个 IP 地址，而这个地址明天可能就属于别的 Pod。明文的一跳没有身份可言。\n\n网格会自动加密服务之间的流量，但这里指望不上：自动双向 TLS 不会用于网关的 Pod，把 PeerAuthentication 设成 `STRICT`，也不会改变 Sidecar 发给网关的内容。这一跳必须明确设置。',
      ),
    },
    {
      title: both('HTTP inside mutual TLS', '双向 TLS 里的 HTTP'),
      says: both(
        'Encrypt the hop from the sidecar to the gateway with the certificates that the mesh gave to both. Outside the host still gets plain HTTP on port 80.',
        '用网格签发给双方的证书，加密 Sidecar 到网关的这一跳。网关之外不变：主机仍在 80 端口收到明文 HTTP。',
      ),
      goals: [
        {
          says: both('The gateway knows who calls', '网关知道调用方是谁'),
          is: { request: { url: http }, ends: { hops: [{ proxy: 'gateway', tls: true, peer: true }] } },
        },
        {
          says: both('The host gets plain HTTP on port 80', '主机在 80 端口收到明文 HTTP'),
          is: { request: { url: http }, ends: { arrives: true, server: { port: 80, tls: false } } },
        },
      ],
      wrong: [
        {
          is: { request: { url: http }, ends: { gateway: 'any', server: { port: 443, tls: true } } },
          says: both(
            'That is TLS on the other side: the gateway now starts it to the host. Meant is the hop before, from the sidecar to the gateway.',
            '这是另一侧的 TLS：现在是网关向主机发起 TLS。要加密的是前一跳，即从 Sidecar 到网关。',
          ),
          such: { flows: 'sleep HTTP -> istio-egressgateway DISABLE -> edition.cnn.com SIMPLE\npod default/other' },
        },
        {
          is: { request: { url: http }, ends: { status: 503, hops: [{ proxy: 'gateway', flags: 'DPE' }] } },
          says: both(
            'The sidecar speaks mutual TLS, and the Gateway’s server still expects plaintext: it finds a TLS greeting where a request should be (`400 DPE`). Both ends must agree: protocol `HTTPS` and `tls.mode: ISTIO_MUTUAL` there.',
            'Sidecar 已经使用双向 TLS，Gateway 的 server 却还在等明文：本该是请求的地方来了 TLS 握手（`400 DPE`）。两端必须一致：server 那边要写协议 `HTTPS` 和 `tls.mode: ISTIO_MUTUAL`。',
          ),
          such: from(plainServer),
        },
        {
          is: { request: { url: http }, ends: { status: 503, hops: [{ proxy: 'gateway', flags: 'NR' }] } },
          says: both(
            'The gateway closes the connection (`NR filter_chain_not_found`): its server expects TLS with the name of the host, and the sidecar sends plaintext or another name. The DestinationRule’s subset needs `mode: ISTIO_MUTUAL` and `sni: edition.cnn.com` for port 80.',
            '网关关闭了连接（`NR filter_chain_not_found`）：它的 server 要求 TLS，并且要求报出主机的名称，Sidecar 发来的却是明文，或者是别的名称。DestinationRule 的 subset 要为 80 端口写上 `mode: ISTIO_MUTUAL` 和 `sni: edition.cnn.com`。',
          ),
          such: from(plainDial),
        },
      ],
      points: [{ hop: ['sidecar sleep', 'gateway istio-egressgateway'] }],
      hint: both(
        'Click on the hop between sidecar and gateway and choose `ISTIO_MUTUAL`.',
        '点击 Sidecar 与网关之间的一跳，选择 `ISTIO_MUTUAL`。',
      ),
      show: { flows: `${httpIn}\npod default/other` },
      after: both(
        'One click, two objects: the Gateway’s server became `HTTPS` with `ISTIO_MUTUAL`, and the subset got the same mode and an `sni`. Without the `sni` the sidecar would greet with a made-up name, `outbound_.80_.…`, that no server knows.\n\nThe gateway now knows its caller as `spiffe://cluster.local/ns/default/sa/sleep`: the service account, which no pod can claim for itself.',
        '点一下，改了两个对象：Gateway 的 server 变成 `HTTPS` 加 `ISTIO_MUTUAL`；subset 得到同样的模式，还有 `sni`。没有 `sni`，Sidecar 握手时就会报出一个拼出来的名称 `outbound_.80_.…`，没有 server 认识它。\n\n现在网关知道调用方是 `spiffe://cluster.local/ns/default/sa/sleep`，即服务账号，Pod 无法冒充。',
      ),
    },
    {
      title: both('TLS in TLS', 'TLS 套 TLS'),
      says: both(
        'The app speaks HTTPS to the same host as well. Lead that through the gateway too, and inside mutual TLS of the mesh, without opening the app’s own.',
        '应用也用 HTTPS 访问同一个主机。让它同样经过网关，外面包上网格的双向 TLS，但不拆开应用自己的 TLS。',
      ),
      goals: [
        {
          says: both('HTTPS passes the gateway, which knows who calls', 'HTTPS 经过网关，网关知道调用方是谁'),
          is: { request: { url: https }, ends: { gateway: 'any', hops: [{ proxy: 'gateway', tls: true, peer: true }] } },
        },
        {
          says: both('The host sees the app’s own TLS', '主机收到的是应用自己的 TLS'),
          is: { request: { url: https }, ends: { arrives: true, server: { port: 443, tls: true, sni: 'edition.cnn.com' } } },
        },
        {
          says: both('HTTP works as before', 'HTTP 照常'),
          is: { request: { url: http }, ends: { arrives: true, hops: [{ proxy: 'gateway', peer: true }] } },
        },
      ],
      wrong: [
        {
          is: { request: { url: https }, ends: { arrives: true, hops: [{ proxy: 'gateway', tls: false }] } },
          says: both(
            'HTTPS passes the gateway, but bare: the gateway does not know who sent it. Choose `ISTIO_MUTUAL` on the hop to the gateway for this flow as well.',
            'HTTPS 经过了网关，但外面没有包双向 TLS：网关不知道是谁发的。请让这条路径在通往网关的一跳也使用 `ISTIO_MUTUAL`。',
          ),
          such: { flows: `${httpIn}\nsleep HTTPS -> istio-egressgateway DISABLE -> edition.cnn.com PASSTHROUGH\npod default/other` },
        },
        {
          is: { request: { url: https }, ends: { exit: 35, hops: [{ proxy: 'sidecar', flags: 'UF' }] } },
          says: both(
            'The gateway does not listen on 443. Its server ends the mesh’s TLS, and what is inside it treats as bytes: only a `tcp` leg counts there. The leg for the gateway is below `tls`.',
            '网关没有监听 443 端口。它的 server 会终止网格的 TLS，里面的内容只当作字节处理，所以只认 `tcp` 路由。现在网关那一段却写在 `tls` 下。',
          ),
          such: from(tlsLeg),
        },
      ],
      points: [{ hop: ['sidecar sleep', 'gateway istio-egressgateway'] }],
      hint: both(
        '**Add flow**: `sleep HTTPS -> istio-egressgateway ISTIO_MUTUAL -> edition.cnn.com PASSTHROUGH`.',
        '**添加路径**：`sleep HTTPS -> istio-egressgateway ISTIO_MUTUAL -> edition.cnn.com PASSTHROUGH`。',
      ),
      show: bothIn,
      after: both(
        'Port 443 of the Gateway says `protocol: TLS` with `ISTIO_MUTUAL`, and its leg has moved from `tls` to `tcp`: once the outer layer is off, there is no name left to match by. Therefore a server of this kind serves one host; a second host needs a second server.',
        'Gateway 的 443 端口写着 `protocol: TLS` 和 `ISTIO_MUTUAL`，网关那段路由也从 `tls` 移到了 `tcp`：外层拆掉以后，已经没有名称可供匹配。所以这种 server 一个只服务一个主机，再来一个主机就要再写一个 server。',
      ),
    },
    {
      title: both('Two envelopes', '两层信封'),
      says: both(
        'Send `https://edition.cnn.com/world` and follow what is spoken on each stretch. Which TLS ends where?',
        '发送 `https://edition.cnn.com/world`，看每一段路上传输的是什么。哪一层 TLS 在哪里结束？',
      ),
      goals: [{ says: both('The request was sent', '请求已发送'), is: { sent: { url: world } } }],
      points: [{ control: 'trace' }],
      hint: both(
        'Choose `default/sleep` in **Trace**, type the address, press **Send**, and unfold the steps.',
        '在**逐跳推演**中选择 `default/sleep`，输入地址，按**发送**，再展开各步。',
      ),
      sends: { url: world },
      after: both(
        'From app to sidecar: the app’s TLS. From sidecar to gateway: the same, inside mutual TLS of the mesh. From gateway to host: the app’s TLS alone again.\n\nThe outer layer ends at the gateway, which now knows the caller; the inner one ends at the host, and the app still checks the host’s own certificate. In the access log both cases look alike, whether the hop is wrapped or not: `istioctl proxy-config` tells them apart.',
        '从应用到 Sidecar，是应用的 TLS；从 Sidecar 到网关，同样的内容外面包着网格的双向 TLS；从网关到主机，又只剩应用的 TLS。\n\n外层在网关结束，网关由此知道调用方；内层到主机才结束，应用验证的仍是主机自己的证书。这一跳有没有外层，访问日志里几乎看不出差别，要用 `istioctl proxy-config` 来分辨。',
      ),
    },
    {
      title: both('One may leave, the other may not', '放行一个，拒绝另一个'),
      says: both(
        'The rules of the mesh lead `other` through the gateway as well. Let the gateway admit requests of `sleep` alone, HTTP and HTTPS.\n\nWrite an AuthorizationPolicy that names the identity `cluster.local/ns/default/sa/sleep`, and mind where it must lie.',
        '按照网格的路由，`other` 的流量也会经过网关。请让网关只接受 `sleep` 的请求，HTTP 和 HTTPS 都一样。\n\n写一条 AuthorizationPolicy（授权策略），指明身份 `cluster.local/ns/default/sa/sleep`，并想一想它应当放在哪个命名空间。',
      ),
      goals: [
        {
          says: both('sleep gets out through the gateway, by HTTP and HTTPS', 'sleep 可以经过网关出去，HTTP 和 HTTPS 都行'),
          is: {
            all: [
              { request: { url: http }, ends: { arrives: true, gateway: 'any' } },
              { request: { url: https }, ends: { arrives: true, gateway: 'any' } },
            ],
          },
        },
        {
          says: both('other gets 403 for HTTP', 'other 的 HTTP 请求得到 403'),
          is: { request: { from: other, url: http }, ends: { status: 403, gateway: 'any' } },
        },
        {
          says: both('other is cut off for HTTPS', 'other 的 HTTPS 连接被切断'),
          is: { request: { from: other, url: https }, ends: { exit: 35, gateway: 'any' } },
        },
      ],
      wrong: [
        {
          is: {
            all: [
              { request: { from: other, url: http }, ends: { arrives: true } },
              { object: { kind: 'AuthorizationPolicy', namespace: 'default' } },
            ],
          },
          says: both(
            'In `default` the policy binds no gateway: a selector finds pods of its own namespace only, and the gateway’s pods run in `istio-system`.',
            '放在 `default` 里，策略管不到网关：selector 只在自己的命名空间里选择 Pod，而网关的 Pod 在 `istio-system` 中。',
          ),
          such: from(policy('default', sleepAlone) + written),
        },
        {
          is: {
            all: [
              { request: { from: other, url: http }, ends: { arrives: true } },
              { object: { kind: 'AuthorizationPolicy', namespace: 'istio-system' } },
            ],
          },
          says: both(
            'The policy is in the right place, but it admits `other` as well: both apps live in the same namespace. Name the service account, with `principals`.',
            '策略放对了地方，但 `other` 也被放行了：两个应用在同一个命名空间里。请用 `principals` 指明服务账号。',
          ),
          such: from(policy('istio-system', wholeNamespace) + written),
        },
        {
          is: { request: { url: http }, ends: { status: 403 } },
          says: both(
            '`sleep` is refused as well (403): an ALLOW policy refuses whatever it does not name. The principal is the whole identity without `spiffe://`: `cluster.local/ns/default/sa/sleep`.',
            '`sleep` 也被拒绝了（403）：ALLOW 策略会拒绝它没有写到的一切。principal 要写完整的身份，不带 `spiffe://`：`cluster.local/ns/default/sa/sleep`。',
          ),
          such: from(policy('istio-system', nobody) + written),
        },
      ],
      points: [{ control: 'yaml' }],
      hint: both(
        'Namespace `istio-system`, `selector.matchLabels` with `istio: egressgateway`, `action: ALLOW`, and one rule: `from: - source: principals: [cluster.local/ns/default/sa/sleep]`.',
        '命名空间 `istio-system`，`selector.matchLabels` 写 `istio: egressgateway`，`action: ALLOW`，再加一条规则：`from: - source: principals: [cluster.local/ns/default/sa/sleep]`。',
      ),
      show: from(policy('istio-system', sleepAlone) + written),
      after: both(
        'An HTTP response can say why (`403`, `rbac_access_denied` in the gateway’s log); a connection that the gateway cannot read into can only be closed.\n\nOn a plaintext hop this very policy would refuse everybody, `sleep` too: who has no identity has no principal. That is what mutual TLS on this hop is for; the tutorial’s Mixer policies did the same once, and are gone since Istio 1.8.',
        'HTTP 请求可以得到答复（`403`，网关日志里有 `rbac_access_denied`）；网关读不到内容的连接，则只能直接关闭。\n\n如果这一跳是明文，同一条策略会拒绝所有人，包括 `sleep`：没有身份，也就没有 principal。这正是在这一跳使用双向 TLS 的意义。教程里由 Mixer 执行的策略当年就是做这件事的，从 Istio 1.8 起 Mixer 已经移除。',
      ),
    },
  ],
  comparisons: meshMtlsThen,
}
