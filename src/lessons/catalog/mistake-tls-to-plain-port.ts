/** Mistake: the gateway starts TLS to a port that serves plain HTTP. */
import { both } from '../../core/base/text'
import { but } from '../but'
import type { Lesson } from '../kind'

const politics = 'http://edition.cnn.com/politics'

const started = `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: cnn
  namespace: default
spec:
  hosts: [edition.cnn.com]
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
    hosts: [edition.cnn.com]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: cnn-through-egress-gateway
  namespace: default
spec:
  hosts: [edition.cnn.com]
  gateways: [mesh, istio-egressgateway]
  http:
  - match:
    - gateways: [mesh]
      port: 80
    route:
    - destination:
        host: istio-egressgateway.istio-system.svc.cluster.local
        port: {number: 80}
  - match:
    - gateways: [istio-egressgateway]
      port: 80
    route:
    - destination:
        host: edition.cnn.com
        port: {number: 80}
---
# added after the audit: everything to CNN must be encrypted
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: encrypt-cnn
  namespace: istio-system
spec:
  host: edition.cnn.com
  exportTo: ["."]
  trafficPolicy:
    tls:
      mode: SIMPLE
`

const http80 = '  - {number: 80, name: http, protocol: HTTP}\n'
const https443 = '  - {number: 443, name: https, protocol: HTTPS}\n'
const routeTo80 = 'host: edition.cnn.com\n        port: {number: 80}'
const routeTo443 = 'host: edition.cnn.com\n        port: {number: 443}'
const policy = '    tls:\n      mode: SIMPLE\n'
const onPort = (port: number) => `    portLevelSettings:\n    - port: {number: ${port}}\n      tls: {mode: SIMPLE}\n`
const by443 = but(started, [`${http80}  resolution`, `${http80}${https443}  resolution`], [routeTo80, routeTo443])
const encrypted = { gateway: 'any', arrives: true, server: { port: 443, tls: true } }

export const mistakeTlsToPlainPort: Lesson = {
  id: 'mistake-tls-to-plain-port',
  part: 'mistake',
  title: both('TLS to a plaintext port', '向明文端口发起 TLS'),
  story: both(
    'An audit wants every request to leave the cluster encrypted, so somebody adds a DestinationRule with mode SIMPLE for the host. Since then nothing arrives: the app sees 503, and the gateway logs WRONG_VERSION_NUMBER.',
    '审计要求所有请求加密后才能离开集群，于是有人给这个主机加了一条模式为 SIMPLE 的 DestinationRule。从那以后请求再也到不了对方：应用看到 503，网关日志里是 WRONG_VERSION_NUMBER。',
  ),
  issues: [35661, 37348, 31513],
  start: { flows: '', yaml: started },
  steps: [
    {
      title: both('See it fail', '看它怎样失败'),
      says: both(
        'Send `http://edition.cnn.com/politics` in **Trace** and follow it to the end. Look for the proxy that gives up, and for the port that it was dialling.',
        '在**逐跳推演**中发送 `http://edition.cnn.com/politics`，一直看到最后一步：是哪个代理放弃了？它当时连的是哪个端口？',
      ),
      goals: [
        { says: both('The request was sent', '请求已发送'), is: { sent: { url: politics } } },
        {
          says: both('The gateway cannot connect to the host: 503 UF', '网关连不上主机：503 UF'),
          is: { request: { url: politics }, ends: { status: 503, hops: [{ proxy: 'gateway', code: 503, flags: 'UF' }] } },
        },
      ],
      points: [{ control: 'trace' }],
      hint: both(
        'Trace is a tab below the canvas. Choose `default/sleep`, type the address and press Send.',
        '“逐跳推演”是画布下方的标签页。选择 `default/sleep`，输入地址，按“发送”。',
      ),
      sends: { url: politics },
      after: both(
        'The hop to the gateway is fine: the gateway itself answered 503. Its line has `URX,UF` (the upstream connection failed, and so did every retry), and as the reason `WRONG_VERSION_NUMBER`. That is how TLS says: I greeted in TLS, and what came back was no TLS. The cluster is `outbound|80||edition.cnn.com`: port 80, where the host serves plain HTTP.',
        '到网关这一跳没有问题：503 是网关自己回答的。它的日志里有 `URX,UF`（上游连接失败，重试也都失败了），原因是 `WRONG_VERSION_NUMBER`，意思是：我用 TLS 打招呼，对方回的却不是 TLS。再看 cluster 名称 `outbound|80||edition.cnn.com`：连的是 80 端口，而主机在那里提供的是明文 HTTP。',
      ),
    },
    {
      title: both('Encrypt it where TLS is served', '在提供 TLS 的端口加密'),
      says: both(
        'The wish was right: the request shall leave the gateway encrypted. Let it arrive at the port where the host speaks TLS.\n\nTwo objects have a say in it: the VirtualService names the port that the gateway dials, the DestinationRule says for which ports TLS is started. The gateway must also know of that port.',
        '想法本身没有错：请求应当加密后再离开网关。请让它到达主机提供 TLS 的那个端口。\n\n这件事由两个对象决定：VirtualService 写明网关连接哪个端口，DestinationRule 写明对哪些端口发起 TLS。另外，网关还得认识这个端口。',
      ),
      goals: [
        {
          says: both('The request passes the gateway and arrives at port 443 in TLS', '请求经过网关，以 TLS 到达 443 端口'),
          is: { request: { url: politics }, ends: encrypted },
        },
        {
          says: both('An app that speaks HTTPS by itself still reaches the host', '自己使用 HTTPS 的应用仍能访问该主机'),
          is: { request: { url: 'https://edition.cnn.com/politics' }, ends: { arrives: true } },
        },
      ],
      wrong: [
        {
          is: { request: { url: politics }, ends: { arrives: true, server: { tls: false } } },
          says: both(
            'It arrives, but in plaintext on port 80: the error is gone together with the encryption that was asked for.',
            '请求到达了，但走的是 80 端口的明文：错误没有了，要求的加密也没有了。',
          ),
          such: { flows: '', yaml: but(started, ['mode: SIMPLE', 'mode: DISABLE']) },
        },
        {
          is: {
            all: [
              { request: { url: politics }, ends: { status: 503, hops: [{ proxy: 'gateway', flags: 'UF', cluster: 'outbound|80|' }] } },
              { object: { kind: 'DestinationRule', where: { 'spec.trafficPolicy.portLevelSettings.*.port.number': 80 } } },
            ],
          },
          says: both(
            '`portLevelSettings` for port 80 says the same as before in more words: TLS to the port that has none. The number there must be the port on which the host speaks TLS.',
            '为 80 端口写 `portLevelSettings`，只是把原来的意思换个写法：仍然向没有 TLS 的端口发起 TLS。这里应当写主机提供 TLS 的端口。',
          ),
          such: { flows: '', yaml: but(started, [policy, onPort(80)]) },
        },
        {
          is: { request: { url: politics }, ends: { status: 400, gateway: 'any' } },
          says: both(
            'Now it is the other way round: the gateway dials port 443, but no TLS is started for it. The host gets plaintext where it expects TLS and answers 400.',
            '现在反过来了：网关连的是 443 端口，却没有对它发起 TLS。主机在应当是 TLS 的端口收到明文，回答 400。',
          ),
          such: { flows: '', yaml: but(by443, [policy, onPort(80)]) },
        },
        {
          is: { request: { url: politics }, ends: { hops: [{ proxy: 'gateway', code: 503, flags: 'NC' }] } },
          says: both(
            'The route names port 443, but the ServiceEntry does not list it: the gateway has no such cluster (`NC cluster_not_found`). Add the port there.',
            '路由写了 443 端口，ServiceEntry 里却没有它：网关没有对应的 cluster（`NC cluster_not_found`）。请在 ServiceEntry 中加上这个端口。',
          ),
          such: { flows: '', yaml: but(started, [routeTo80, routeTo443]) },
        },
        {
          is: {
            request: { url: 'https://edition.cnn.com/politics' },
            ends: { exit: 35, hops: [{ proxy: 'sidecar', cluster: 'outbound|443|' }] },
          },
          says: both(
            'The DestinationRule is now seen by sidecars too. They start TLS around the TLS of apps that speak HTTPS themselves, and those break (curl exit 35).',
            '现在 Sidecar 也看得到这条 DestinationRule。应用自己的 HTTPS 会被它再包一层 TLS，于是访问失败（curl 退出码 35）。',
          ),
          such: { flows: '', yaml: but(by443, ['  exportTo: ["."]\n', '']) },
        },
      ],
      points: [{ control: 'problems' }],
      hint: both(
        'The **Problems** panel reports it as L7, and its fix does both things that are needed: port 443 in the ServiceEntry, and `port: {number: 443}` in the route from the gateway to the host.',
        '**问题**面板以 L7 指出了它，修复按钮会完成所需的两件事：在 ServiceEntry 中加入 443 端口，并把网关到主机的路由改为 `port: {number: 443}`。',
      ),
      show: { flows: '', yaml: by443 },
      after: both(
        'The app still says `http://`, the host gets TLS on 443. Whenever you see `WRONG_VERSION_NUMBER`, ask which port was dialled and what is really served there.',
        '应用仍然使用 `http://`，主机在 443 端口收到的是 TLS。以后看到 `WRONG_VERSION_NUMBER`，先问一句：连的是哪个端口，那里提供的究竟是什么？',
      ),
    },
    {
      title: both('TLS for one port only', '只对一个端口发起 TLS'),
      says: both(
        '`tls` at the top of a `trafficPolicy` counts for every port of the host, port 80 as well: the next route to port 80 would break again. Narrow it to the one port that it is meant for.',
        '写在 `trafficPolicy` 顶层的 `tls` 对主机的所有端口生效，80 端口也不例外：以后谁再把路由指向 80 端口，又会出错。请把它限定在真正需要的那一个端口。',
      ),
      goals: [
        {
          says: both('TLS is configured for port 443 alone', '只对 443 端口配置了 TLS'),
          is: {
            all: [
              { object: { kind: 'DestinationRule', where: { 'spec.host': 'edition.cnn.com' } } },
              {
                not: {
                  object: { kind: 'DestinationRule', where: { 'spec.host': 'edition.cnn.com', 'spec.trafficPolicy.tls.mode': 'SIMPLE' } },
                },
              },
              {
                not: {
                  object: {
                    kind: 'DestinationRule',
                    where: { 'spec.host': 'edition.cnn.com', 'spec.subsets.*.trafficPolicy.tls.mode': 'SIMPLE' },
                  },
                },
              },
            ],
          },
        },
        {
          says: both('The request still arrives at port 443 in TLS', '请求仍以 TLS 到达 443 端口'),
          is: { request: { url: politics }, ends: encrypted },
        },
      ],
      wrong: [
        {
          is: {
            all: [
              { request: { url: politics }, ends: { status: 400 } },
              { object: { kind: 'DestinationRule', where: { 'spec.trafficPolicy.portLevelSettings.*.tls.mode': 'SIMPLE' } } },
            ],
          },
          says: both(
            'The port in `portLevelSettings` is the one that the gateway dials at the host, 443; the port of the gateway’s own server, or the one that the app dialled, does not matter here.',
            '`portLevelSettings` 中的端口，是网关连接主机时用的那个端口，即 443；网关 server 自己的端口、应用连接的端口，在这里都不起作用。',
          ),
          such: { flows: '', yaml: but(by443, [policy, onPort(80)]) },
        },
      ],
      hint: both(
        'Replace `tls` by `portLevelSettings`: a list whose item has `port: {number: 443}` and `tls: {mode: SIMPLE}`.',
        '把 `tls` 换成 `portLevelSettings`：它是一个列表，其中一项写 `port: {number: 443}` 和 `tls: {mode: SIMPLE}`。',
      ),
      show: { flows: '', yaml: but(by443, [policy, onPort(443)]) },
      after: both(
        '`istioctl analyze` had nothing to say to the mistake itself. What it does say, IST0128 or IST0129, is that no CA file is named: since Istio 1.21 the CAs of the operating system are used, and that is no problem.',
        '对这个错误本身，`istioctl analyze` 没有任何提示。它报出的 IST0128 或 IST0129 说的是没有指定 CA 文件，而从 Istio 1.21 起会使用操作系统的 CA，这并不是问题。',
      ),
    },
  ],
}
