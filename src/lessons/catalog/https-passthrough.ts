/** Lesson: the app's own HTTPS through the egress gateway, unopened. */
import { both } from '../../core/base/text'
import { but } from '../but'
import { httpsPassthroughThen } from '../comparisons/https-passthrough'
import type { Lesson, Scene } from '../kind'

const https = 'https://edition.cnn.com/politics'
const http = 'http://edition.cnn.com/politics'
const second = 'https://httpbin.org/get'

const direct: Scene = { flows: 'sleep HTTPS -> edition.cnn.com PASSTHROUGH' }
const one = 'sleep HTTPS -> istio-egressgateway DISABLE -> edition.cnn.com PASSTHROUGH'
const two = `${one}\nsleep HTTPS -> istio-egressgateway DISABLE -> httpbin.org PASSTHROUGH`
const strict = `outbound REGISTRY_ONLY\n${two}`

const virtualService = (name: string, host: string): string => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: ${name}
  namespace: default
spec:
  hosts:
  - ${host}
  gateways:
  - mesh
  - istio-egressgateway
  tls:
  - match:
    - gateways:
      - mesh
      port: 443
      sniHosts:
      - ${host}
    route:
    - destination:
        host: istio-egressgateway.istio-system.svc.cluster.local
        subset: ${name}
        port:
          number: 443
  - match:
    - gateways:
      - istio-egressgateway
      port: 443
      sniHosts:
      - ${host}
    route:
    - destination:
        host: ${host}
        port:
          number: 443
`
const serviceEntry = (name: string, host: string): string => `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: ${name}
  namespace: default
spec:
  hosts:
  - ${host}
  ports:
  - number: 443
    name: tls
    protocol: TLS
  resolution: DNS
---
`
/** What is written for `strict`. */
const written = `${serviceEntry('edition-cnn-com', 'edition.cnn.com')}${serviceEntry('httpbin-org', 'httpbin.org')}apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: istio-egressgateway
  namespace: default
spec:
  selector:
    istio: egressgateway
  servers:
  - port:
      number: 443
      name: tls-edition-cnn-com
      protocol: TLS
    hosts:
    - edition.cnn.com
    tls:
      mode: PASSTHROUGH
  - port:
      number: 443
      name: tls-httpbin-org
      protocol: TLS
    hosts:
    - httpbin.org
    tls:
      mode: PASSTHROUGH
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
  - name: httpbin-org
---
${virtualService('edition-cnn-com', 'edition.cnn.com')}---
${virtualService('httpbin-org', 'httpbin.org')}`
const misnamed = but(written, ['    hosts:\n    - httpbin.org\n', '    hosts:\n    - www.httpbin.org\n'])
const withoutSecondRoute = written.slice(0, written.lastIndexOf('---\n'))

export const httpsPassthrough: Lesson = {
  id: 'https-passthrough',
  part: 'tutorial',
  title: both('HTTPS through the gateway, unopened', 'HTTPS 透传经过网关'),
  story: both(
    'Most apps speak HTTPS by themselves, and nobody between them and the host should read along. An egress gateway can still be their only door: it never opens the envelope, it reads the address on it. You lead two hosts through one port and see what the gateway matches by.',
    '大多数应用自己就使用 HTTPS，途中的任何人都不该偷看内容。出口网关仍然可以作为唯一的出口：它不拆信封，只看信封上的地址。本课让两个主机共用网关的一个端口，看看网关凭什么区分它们。',
  ),
  start: direct,
  steps: [
    {
      title: both('What a proxy sees of HTTPS', 'HTTPS 里，代理能看到什么'),
      says: both(
        'Send `https://edition.cnn.com/politics` in **Trace** and look at the sidecar’s line. Which of these does it know: the path, the status, the host?',
        '在**逐跳推演**中发送 `https://edition.cnn.com/politics`，看 Sidecar 的日志。路径、状态码、主机名，它知道哪几样？',
      ),
      goals: [{ says: both('The request was sent', '请求已发送'), is: { sent: { url: https } } }],
      points: [{ control: 'trace' }],
      hint: both(
        'Trace is a tab below the canvas. Choose `default/sleep`, type the address and press **Send**.',
        '“逐跳推演”是画布下方的标签页。选择 `default/sleep`，输入地址，按**发送**。',
      ),
      sends: { url: https },
      after: both(
        'Only the host, from the SNI: the name that a TLS client says in the clear when it greets. In place of the request the line has `"- - -" 0`; to the proxy this is a TCP connection. The ServiceEntry’s port therefore has protocol `TLS`.',
        '它只知道主机名，来自 SNI：TLS 客户端在握手时会以明文报出这个名称。日志里本该是请求的地方写着 `"- - -" 0`：对代理来说，这只是一条 TCP 连接。因此 ServiceEntry 里这个端口的协议是 `TLS`。',
      ),
    },
    {
      title: both('Lead it through, unopened', '不拆封，原样经过网关'),
      says: both(
        'Let the app’s HTTPS pass the egress gateway. Between sidecar and gateway shall run just what the app sent: no further TLS around it, and nobody who ends it on the way.',
        '让应用的 HTTPS 经过出口网关。从 Sidecar 到网关，传输的应当就是应用发送的内容：外面不再包一层 TLS，途中也没有人终止它。',
      ),
      goals: [
        {
          says: both('HTTPS passes the gateway, which ends no TLS', 'HTTPS 经过网关，网关不终止 TLS'),
          is: { request: { url: https }, ends: { gateway: 'any', hops: [{ proxy: 'gateway', tls: false, sni: 'edition.cnn.com' }] } },
        },
        {
          says: both('The host sees the app’s own TLS', '主机收到的是应用自己的 TLS'),
          is: { request: { url: https }, ends: { arrives: true, server: { port: 443, tls: true, sni: 'edition.cnn.com' } } },
        },
      ],
      wrong: [
        {
          is: { request: { url: https }, ends: { arrives: true, hops: [{ proxy: 'gateway', tls: true }] } },
          says: both(
            'It works, but the mesh wraps a second TLS around the app’s (`ISTIO_MUTUAL`). That is the next lesson: choose `DISABLE` on the hop to the gateway here.',
            '能通，但网格在应用的 TLS 外面又包了一层（`ISTIO_MUTUAL`）。那是下一课的内容：这里请在通往网关的一跳选择 `DISABLE`。',
          ),
          such: { flows: 'sleep HTTPS -> istio-egressgateway ISTIO_MUTUAL -> edition.cnn.com PASSTHROUGH' },
        },
        {
          is: {
            all: [
              { request: { url: http }, ends: { gateway: 'any' } },
              { request: { url: https }, ends: { gateway: 'none' } },
            ],
          },
          says: both(
            'Plain HTTP passes the gateway now, and the gateway starts TLS for it. The app’s own HTTPS still leaves directly: the way must be drawn for an app that says HTTPS.',
            '现在经过网关的是明文 HTTP，由网关为它发起 TLS。应用自己的 HTTPS 仍然直接离开：要画的是应用发送 HTTPS 的那条路。',
          ),
          such: {
            flows: 'sleep HTTPS -> edition.cnn.com PASSTHROUGH\nsleep HTTP -> istio-egressgateway DISABLE -> edition.cnn.com SIMPLE',
          },
        },
      ],
      points: [{ control: 'palette' }],
      hint: both(
        'Draw sidecar → gateway → host and choose `DISABLE` on the first hop; the last one is `PASSTHROUGH`. Or **Add flow**: `sleep HTTPS -> istio-egressgateway DISABLE -> edition.cnn.com PASSTHROUGH`.',
        '画出 Sidecar → 网关 → 主机，第一跳选 `DISABLE`，最后一跳是 `PASSTHROUGH`。也可以用**添加路径**：`sleep HTTPS -> istio-egressgateway DISABLE -> edition.cnn.com PASSTHROUGH`。',
      ),
      show: { flows: one },
      after: both(
        'The Gateway’s server says `protocol: TLS` with `mode: PASSTHROUGH`: take TLS, leave it closed. Both legs of the VirtualService are below `tls` now and match by `sniHosts`; an `http` leg would never be asked, for there is no HTTP to be seen.\n\nThe app checks the host’s own certificate as before. From outside the gateway cannot be noticed.',
        'Gateway 的 server 写着 `protocol: TLS` 和 `mode: PASSTHROUGH`，意思是接收 TLS，但不拆开。VirtualService 的两段路由现在都写在 `tls` 下，按 `sniHosts` 匹配；写在 `http` 下则永远用不上，因为这里根本看不到 HTTP。\n\n应用验证的仍是主机自己的证书，它察觉不到网关的存在。',
      ),
    },
    {
      title: both('A second host on the same port', '同一个端口，第二个主机'),
      says: both(
        'Lead `https://httpbin.org` through the same gateway, also unopened. The first host must go on working.',
        '让 `https://httpbin.org` 也透传经过同一个网关，第一个主机必须照常工作。',
      ),
      goals: [
        {
          says: both('httpbin.org is reached through the gateway', '经过网关访问到 httpbin.org'),
          is: { request: { url: second }, ends: { arrives: true, gateway: 'any', server: { sni: 'httpbin.org' } } },
        },
        {
          says: both('edition.cnn.com still is, too', 'edition.cnn.com 也照常'),
          is: { request: { url: https }, ends: { arrives: true, gateway: 'any' } },
        },
      ],
      wrong: [
        {
          is: {
            request: { url: second },
            ends: { arrives: true, gateway: 'none', hops: [{ proxy: 'sidecar', cluster: 'outbound|443||httpbin.org' }] },
          },
          says: both(
            'httpbin.org is known now, but the sidecar goes there itself. A ServiceEntry alone leads nothing through a gateway: connect the gateway with the new host.',
            '现在网格认识 httpbin.org 了，但 Sidecar 自己直接去访问它。只有 ServiceEntry，流量不会经过网关：请把网关与新的主机连起来。',
          ),
          such: { flows: `${one}\nsleep HTTPS -> httpbin.org PASSTHROUGH` },
        },
      ],
      points: [{ node: 'gateway istio-egressgateway' }],
      hint: both(
        'Drag from the gateway’s dot to an empty place and choose **Host**, or **Add flow**: `sleep HTTPS -> istio-egressgateway DISABLE -> httpbin.org PASSTHROUGH`.',
        '从网关右侧的圆点拖到空白处，选择**主机**；或者用**添加路径**：`sleep HTTPS -> istio-egressgateway DISABLE -> httpbin.org PASSTHROUGH`。',
      ),
      show: { flows: two },
      after: both(
        'One port, two servers in the Gateway, told apart by the name in the greeting. Both connections come in at 8443 of the gateway’s pod; the SNI picks the leg, and the leg names the host to dial.',
        '一个端口，Gateway 里两个 server，靠握手时报出的名称区分。两条连接都进入网关 Pod 的 8443 端口：SNI 决定用哪一段路由，路由再决定访问哪个主机。',
      ),
    },
    {
      title: both('Plain HTTP has no business here', '明文 HTTP 不该在这里'),
      says: both(
        '`http://edition.cnn.com/politics` still gets out: nobody made port 80 known, and what is unknown may leave. Refuse it, for the whole mesh, while both hosts stay reachable by HTTPS.',
        '`http://edition.cnn.com/politics` 仍能出去：80 端口没有登记，而没有登记的流量可以离开。请在整个网格范围内拒绝它，同时两个主机仍可通过 HTTPS 访问。',
      ),
      goals: [
        { says: both('Plain HTTP is refused', '明文 HTTP 被拒绝'), is: { request: { url: http }, ends: { status: 502 } } },
        {
          says: both('Both hosts are reached through the gateway', '两个主机都经过网关访问'),
          is: {
            all: [
              { request: { url: https }, ends: { arrives: true, gateway: 'any' } },
              { request: { url: second }, ends: { arrives: true, gateway: 'any' } },
            ],
          },
        },
      ],
      wrong: [
        {
          is: { request: { url: http }, ends: { exit: 28 } },
          says: both(
            'Plain HTTP no longer gets out, but by a NetworkPolicy: its packets vanish and the app waits until it gives up (curl exit 28), in one namespace only. Here the sidecars of the whole mesh shall refuse it at once: the outbound traffic policy.',
            '明文 HTTP 确实出不去了，但那是 NetworkPolicy（网络策略）的效果：数据包被丢弃，应用一直等到超时（curl 退出码 28），而且只对一个命名空间有效。这里要让整个网格的 Sidecar 立即拒绝，用的是出站流量策略。',
          ),
          such: { flows: `guard default\n${two}` },
        },
      ],
      points: [{ control: 'outbound' }],
      hint: both(
        'With nothing selected, unfold **Design** in the inspector: **Outbound policy** becomes `REGISTRY_ONLY`.',
        '什么都不选，展开属性面板里的**设计**，把**出站流量策略**改为 `REGISTRY_ONLY`。',
      ),
      show: { flows: strict },
      after: both(
        'Port 80 of the host is in no ServiceEntry, so the sidecar answers `502` itself. Registered is host and port: what you want to forbid, you simply leave out.',
        '主机的 80 端口不在任何 ServiceEntry 里，所以 Sidecar 自己返回 `502`。登记的单位是“主机加端口”：想禁止什么，不登记它就行了。',
      ),
    },
    {
      title: both('A name that the gateway does not know', '网关不认识的名称'),
      says: both(
        'An experiment: make the gateway itself turn `https://httpbin.org` away, and only that. In the YAML, let the Gateway’s server for it listen for another name.\n\nThe sidecar must still send it there, so leave VirtualServices and ServiceEntries alone.',
        '来做个实验：让网关自己拒绝 `https://httpbin.org`，而且只拒绝它。在 YAML 中，把 Gateway 里对应的 server 改成监听另一个名称。\n\nSidecar 仍要把流量送到网关，所以不要动 VirtualService 和 ServiceEntry。',
      ),
      goals: [
        {
          says: both('The gateway ends the connection to httpbin.org', '网关切断到 httpbin.org 的连接'),
          is: { request: { url: second }, ends: { exit: 35, gateway: 'any' } },
        },
        {
          says: both('edition.cnn.com is reached as before', 'edition.cnn.com 照常访问'),
          is: { request: { url: https }, ends: { arrives: true, gateway: 'any' } },
        },
      ],
      wrong: [
        {
          is: { request: { url: second }, ends: { arrives: true, gateway: 'none' } },
          says: both(
            'Now the sidecar does not send it to the gateway any more and goes there directly. Undo; the change belongs into `servers` of the Gateway.',
            '现在 Sidecar 不再把它送到网关，而是直接访问。请撤销；要改的是 Gateway 的 `servers`。',
          ),
          such: { flows: 'outbound REGISTRY_ONLY', yaml: withoutSecondRoute },
        },
      ],
      points: [{ control: 'yaml' }],
      hint: both(
        'In the Gateway, the second entry of `servers` has `hosts: - httpbin.org`. Write `www.httpbin.org` there, or take the whole entry out.',
        'Gateway 的 `servers` 第二项里有 `hosts: - httpbin.org`。把它改成 `www.httpbin.org`，或者删掉整个这一项。',
      ),
      show: { flows: 'outbound REGISTRY_ONLY', yaml: misnamed },
      after: both(
        'The gateway’s line: `NR filter_chain_not_found`, with the SNI in it. No server of the port wants this name, and without a route the connection is closed before a byte was passed on. The app sees a broken handshake (curl exit 35), without a status, since nobody could answer in its TLS.\n\nA gateway never lets anything through by chance: it has no PassthroughCluster.',
        '网关的日志是 `NR filter_chain_not_found`，后面写着 SNI：这个端口上没有 server 接受这个名称，连接在转发任何数据之前就被关闭。应用看到的是握手失败（curl 退出码 35），没有状态码，因为没有人能在它的 TLS 里作答。\n\n网关不会碰巧放行任何流量：它没有 PassthroughCluster。',
      ),
    },
    {
      title: both('Three places, one name', '三处，同一个名称'),
      says: both(
        'Fix it. The same host name must be in the ServiceEntry, in the Gateway’s server, and in both legs of the VirtualService.',
        '把它修好。同一个主机名必须同时出现在 ServiceEntry、Gateway 的 server，以及 VirtualService 的两段路由里。',
      ),
      goals: [
        {
          says: both('Both hosts are reached through the gateway', '两个主机都经过网关访问'),
          is: {
            all: [
              { request: { url: https }, ends: { arrives: true, gateway: 'any' } },
              { request: { url: second }, ends: { arrives: true, gateway: 'any' } },
            ],
          },
        },
        { says: both('No error is left', '没有剩下错误'), is: { problem: 'none' } },
      ],
      points: [{ control: 'problems' }],
      hint: both(
        'Open **Problems**: L4 names the server that is missing. Write `httpbin.org` back, or undo.',
        '打开**问题**：L4 指出了缺少的 server。把 `httpbin.org` 写回去，或者撤销。',
      ),
      show: { flows: 'outbound REGISTRY_ONLY', yaml: written },
      after: both(
        'On a cluster you check such a gateway with `openssl s_client -connect edition.cnn.com:443 -servername edition.cnn.com` from the pod: it must show the host’s certificate chain. If it shows a certificate of the mesh, somebody ends the TLS on the way.',
        '在真实集群上，可以从 Pod 里用 `openssl s_client -connect edition.cnn.com:443 -servername edition.cnn.com` 检查这样的网关：看到的必须是主机自己的证书链。如果看到的是网格签发的证书，就说明途中有人终止了 TLS。',
      ),
    },
  ],
  comparisons: httpsPassthroughThen,
}
