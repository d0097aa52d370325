/** Lesson: the gateway starts TLS. */
import { both } from '../../core/base/text'
import { but } from '../but'
import { tlsOriginationThen } from '../comparisons/tls-origination'
import type { Lesson } from '../kind'

const http = 'http://edition.cnn.com/politics'
const https = 'https://edition.cnn.com/politics'

const plain = `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: cnn, namespace: default}
spec:
  hosts: [edition.cnn.com]
  ports:
  - {number: 80, name: http, protocol: HTTP}
  - {number: 443, name: https, protocol: HTTPS}
  resolution: DNS
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: istio-egressgateway, namespace: default}
spec:
  selector: {istio: egressgateway}
  servers:
  - {port: {number: 80, name: http, protocol: HTTP}, hosts: [edition.cnn.com]}
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: egressgateway-for-cnn, namespace: default}
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
    route: [{destination: {host: edition.cnn.com, port: {number: 80}}}]
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: originate-tls-for-edition-cnn-com, namespace: default}
spec:
  host: edition.cnn.com
  trafficPolicy:
    loadBalancer: {simple: ROUND_ROBIN}
`

const leg80 = 'host: edition.cnn.com, port: {number: 80}'
const leg443 = 'host: edition.cnn.com, port: {number: 443}'
const noTls = '    loadBalancer: {simple: ROUND_ROBIN}'
const startsTls = '    portLevelSettings: [{port: {number: 443}, tls: {mode: SIMPLE}}]'
const seenByAll = '  host: edition.cnn.com\n  trafficPolicy:'
const seenBy = (list: string) => `  host: edition.cnn.com\n  exportTo: ${list}\n  trafficPolicy:`
const plainServer = '{port: {number: 80, name: http, protocol: HTTP}, hosts: [edition.cnn.com]}'
const mutualServer = '{port: {number: 80, name: https, protocol: HTTPS}, hosts: [edition.cnn.com], tls: {mode: ISTIO_MUTUAL}}'
const plainSubset = '{name: cnn}'
const mutualSubset = (sni: string) =>
  `{name: cnn, trafficPolicy: {portLevelSettings: [{port: {number: 80}, tls: {mode: ISTIO_MUTUAL${sni}}}]}}`
const withSni = ', sni: edition.cnn.com'

const routed = but(plain, [leg80, leg443])
const started = but(routed, [noTls, startsTls])
const hidden = but(started, [seenByAll, seenBy('[istio-system]')])
const secured = but(hidden, [plainServer, mutualServer], [plainSubset, mutualSubset(withSni)])

const flows = 'sleep HTTP -> istio-egressgateway DISABLE -> edition.cnn.com DISABLE\nsleep HTTPS -> edition.cnn.com PASSTHROUGH'
const scene = (yaml: string) => ({ flows, yaml })
const encrypted = { gateway: 'any', arrives: true, server: { port: 443, tls: true } }
const ownHttps = { arrives: true, hops: [{ proxy: 'sidecar', cluster: 'outbound|443|' }] }

export const tlsOrigination: Lesson = {
  id: 'tls-origination',
  part: 'tutorial',
  title: both('The gateway starts TLS', '由出口网关发起 TLS'),
  story: both(
    'An app that says plain HTTP can be watched, routed and retried by the mesh; a site on the internet wants HTTPS. TLS origination gives you both: the app keeps saying `http://`, and the egress gateway wraps the request in TLS before it leaves. You build it in the order of the tutorial, and at the end you also see what it did to an app that speaks HTTPS itself.',
    '应用发送明文 HTTP，网格才能监控、路由和重试；而互联网上的站点要求 HTTPS。让网关发起 TLS 可以两全：应用照旧使用 `http://`，请求离开网格之前由出口网关加上 TLS。本课按教程的顺序一步步完成，最后再看看它对自己使用 HTTPS 的应用有什么影响。',
  ),
  start: scene(plain),
  steps: [
    {
      title: both('Where plain HTTP arrives', '明文 HTTP 到了哪里'),
      says: both(
        'The request passes the gateway already, without any TLS.\n\nOpen **Trace**, send `http://edition.cnn.com/politics`, and read at the end of the way which port of the host it arrives at.',
        '请求已经经过网关，但一路都没有 TLS。\n\n打开**逐跳推演**，发送 `http://edition.cnn.com/politics`，看看它最后到达主机的哪个端口。',
      ),
      goals: [{ says: both('The request was sent', '请求已发送'), is: { sent: { url: http } } }],
      points: [{ control: 'trace' }],
      hint: both(
        'Trace is a tab below the canvas. Choose `default/sleep`, type the address and press Send.',
        '“逐跳推演”是画布下方的标签页。选择 `default/sleep`，输入地址，按“发送”。',
      ),
      sends: { url: http },
      after: both(
        'Port 80, in plaintext: everyone between the gateway and the host can read along. The real site does not even serve its pages there. It answers 301 and names the `https://` address, and an app that follows goes there by itself, past the gateway.',
        '80 端口，明文：从网关到主机，沿途谁都能看到内容。真实的站点甚至不在这个端口提供页面，而是回答 301，给出 `https://` 地址；应用跟随跳转时便会自行前往，绕过网关。',
      ),
    },
    {
      title: both('Port 443, and nothing else', '只改成 443 端口'),
      says: both(
        'HTTPS lives on port 443, so a first thought is to let the gateway send the request there. Do just that: in the VirtualService, the route **from the gateway to the host** gets port 443.\n\nThen send the request again and look at the answer.',
        'HTTPS 在 443 端口，因此最先想到的办法是让网关把请求发到那里。就这么做：在 VirtualService 中，把**从网关到主机**的那条路由改为 443 端口。\n\n然后再次发送请求，看看得到什么回答。',
      ),
      goals: [
        { says: both('The request was sent', '请求已发送'), is: { sent: { url: http } } },
        {
          says: both('The gateway sends plaintext to port 443: 400', '网关向 443 端口发送明文：400'),
          is: { request: { url: http }, ends: { status: 400, hops: [{ proxy: 'gateway', code: 400, cluster: 'outbound|443|' }] } },
        },
      ],
      wrong: [
        {
          is: { request: { url: http }, ends: { status: 503, gateway: 'none', hops: [{ proxy: 'sidecar', flags: 'UF' }] } },
          says: both(
            'You have changed the hop to the gateway: the sidecar now dials port 443 of the gateway, where nothing listens, and the connection is refused. The other route is meant, the one under `gateways: [istio-egressgateway]`.',
            '你改动的是通往网关的那一跳：Sidecar 现在去连接网关的 443 端口，而那里没有监听，连接被拒绝。要改的是另一条路由，即 `gateways: [istio-egressgateway]` 之下的那条。',
          ),
          such: scene(but(plain, ['subset: cnn, port: {number: 80}', 'subset: cnn, port: {number: 443}'])),
        },
        {
          is: { request: { url: http }, ends: { gateway: 'any', server: { port: 443, tls: true } } },
          says: both(
            'That is the next step already: TLS has been started. Take it back for a moment to see what happens without.',
            '这已经是下一步了：TLS 已经发起。请先撤销，看看没有它会怎样。',
          ),
          such: scene(started),
        },
      ],
      points: [{ control: 'yaml' }, { hop: ['gateway istio-egressgateway', 'host edition.cnn.com'] }],
      hint: both(
        'The last line of the VirtualService: `destination: {host: edition.cnn.com, port: {number: 80}}`. Or select the hop from the gateway to the host and type 443 into its field Port.',
        'VirtualService 的最后一行：`destination: {host: edition.cnn.com, port: {number: 80}}`。也可以在画布上选中网关到主机的那一跳，在“端口”字段填入 443。',
      ),
      show: scene(routed),
      sends: { url: http },
      after: both(
        '400 Bad Request: the host waited for a TLS greeting and got the line `GET /politics`. A port number says where bytes go and nothing about what they are. Neither `port: 443` in a route nor `protocol: HTTPS` in a ServiceEntry encrypts anything; that is the business of a DestinationRule. The **Problems** panel reports this state as L7.',
        '400 Bad Request：主机等的是 TLS 握手，收到的却是一行 `GET /politics`。端口号只决定字节送到哪里，不决定字节是什么。路由里的 `port: 443` 和 ServiceEntry 里的 `protocol: HTTPS` 都不会加密任何东西，加密由 DestinationRule 决定。**问题**面板用 L7 指出这种状态。',
      ),
    },
    {
      title: both('Start TLS', '发起 TLS'),
      says: both(
        'A DestinationRule says how a proxy talks to a destination. The last object is the rule for `edition.cnn.com`; so far it only balances the load.\n\nLet it start TLS of mode SIMPLE, for the port that the gateway now dials and for no other.',
        '代理以什么方式与目标通信，写在 DestinationRule 里。最后一个对象就是 `edition.cnn.com` 的规则，目前它只规定了负载均衡。\n\n请让它发起模式为 SIMPLE 的 TLS，而且只针对网关现在连接的那个端口。',
      ),
      goals: [
        {
          says: both('The app sends HTTP, the host gets TLS on port 443 from the gateway', '应用发送 HTTP，主机在 443 端口收到网关的 TLS'),
          is: { request: { url: http }, ends: encrypted },
        },
      ],
      wrong: [
        {
          is: {
            all: [
              { request: { url: http }, ends: { status: 400, gateway: 'any' } },
              {
                object: {
                  kind: 'DestinationRule',
                  where: { 'spec.host': 'edition.cnn.com', 'spec.trafficPolicy.portLevelSettings.*.port.number': 80 },
                },
              },
            ],
          },
          says: both(
            'TLS is started for port 80, but the gateway dials 443: still 400. What counts is the port in the route’s destination, not the one that the app or the sidecar dialled.',
            '现在对 80 端口发起 TLS，而网关连接的是 443：仍然是 400。起作用的是路由目标中的端口，而不是应用或 Sidecar 所连接的端口。',
          ),
          such: scene(but(routed, [noTls, '    portLevelSettings: [{port: {number: 80}, tls: {mode: SIMPLE}}]'])),
        },
        {
          is: {
            all: [
              { request: { url: http }, ends: { status: 400, gateway: 'any' } },
              {
                object: {
                  kind: 'DestinationRule',
                  namespace: 'default',
                  where: { 'spec.host': 'edition.cnn.com', 'spec.exportTo.*': '.' },
                },
              },
            ],
          },
          says: both(
            'The gateway does not see this rule: `exportTo: ["."]` keeps it in the namespace `default`, and the gateway runs in `istio-system`.',
            '网关看不到这条规则：`exportTo: ["."]` 把它限制在 `default` 命名空间，而网关运行在 `istio-system`。',
          ),
          such: scene(but(started, [seenByAll, seenBy('["."]')])),
        },
      ],
      points: [{ hop: ['gateway istio-egressgateway', 'host edition.cnn.com'] }, { control: 'yaml' }],
      hint: both(
        '`portLevelSettings` under `trafficPolicy` is a list: an item has `port: {number: …}` and `tls: {mode: SIMPLE}`. On the canvas, the same is a click on the last hop and SIMPLE.',
        '`trafficPolicy` 下的 `portLevelSettings` 是一个列表，每一项写 `port: {number: …}` 和 `tls: {mode: SIMPLE}`。在画布上则是点击最后一跳，选择 SIMPLE。',
      ),
      show: scene(started),
      after: both(
        'The redirect is gone, since the host is asked over TLS in the first place. Nothing about certificates is written: since Istio 1.21 the gateway sends the Host header as SNI, and checks the host’s certificate against that name with the CAs of its operating system.',
        '一开始就通过 TLS 访问主机，因此不再有跳转。YAML 中没有写任何证书：自 Istio 1.21 起，网关以 Host 头作为 SNI，并用操作系统的 CA 按这个名称校验主机的证书。',
      ),
    },
    {
      title: both('The app that speaks HTTPS itself', '自己使用 HTTPS 的应用'),
      says: both(
        'A library inside `sleep` speaks HTTPS by itself. Its requests do not go through the gateway here; the sidecar passes them on as they are. Or does it?\n\nSend `https://edition.cnn.com/politics`. If it fails, find the object that is to blame, and see to it that **both** requests arrive.',
        '`sleep` 里有一个库自己使用 HTTPS。这些请求在本课中不经过网关，由 Sidecar 原样转发。真的是这样吗？\n\n发送 `https://edition.cnn.com/politics`。如果失败了，请找出是哪个对象造成的，并让**两种**请求都能到达。',
      ),
      goals: [
        { says: both('The HTTPS request was sent', 'HTTPS 请求已发送'), is: { sent: { url: https } } },
        {
          says: both('The app’s own HTTPS arrives, by a route that the mesh knows', '应用自己的 HTTPS 到达，走的是网格认识的路由'),
          is: { request: { url: https }, ends: ownHttps },
        },
        {
          says: both('HTTP still leaves the gateway in TLS', 'HTTP 请求仍由网关以 TLS 发出'),
          is: { request: { url: http }, ends: encrypted },
        },
      ],
      wrong: [
        {
          is: { request: { url: http }, ends: { status: 400, gateway: 'any' } },
          says: both(
            'The app’s HTTPS is well again, but the gateway starts no TLS any more. The rule is needed, only not by everybody.',
            '应用自己的 HTTPS 恢复了，但网关不再发起 TLS。这条规则是需要的，只是并非人人都需要。',
          ),
          such: scene(routed),
        },
        {
          is: { request: { url: https }, ends: { hops: [{ proxy: 'sidecar', cluster: 'PassthroughCluster' }] } },
          says: both(
            'It arrives, but as traffic that the mesh does not know: PassthroughCluster. Under REGISTRY_ONLY it would be cut off. Leave port 443 of the ServiceEntry as HTTPS or TLS.',
            '请求到达了，却成了网格不认识的流量：PassthroughCluster。在 REGISTRY_ONLY 下它会被切断。ServiceEntry 的 443 端口请保持 HTTPS 或 TLS。',
          ),
          such: scene(but(started, ['name: https, protocol: HTTPS', 'name: https, protocol: HTTP'])),
        },
      ],
      points: [{ control: 'trace' }, { control: 'problems' }],
      hint: both(
        'Sidecars read the DestinationRule too. There are several ways to keep it from them: `exportTo: [istio-system]`, the namespace of the gateway together with `exportTo: ["."]`, or a subset that only the gateway’s route names. The fix of L6 in **Problems** does the first.',
        'Sidecar 同样会读取这条 DestinationRule。避开它们的办法有好几种：`exportTo: [istio-system]`；把规则放到网关的命名空间并写 `exportTo: ["."]`；或者放进只有网关路由才引用的 subset。**问题**面板中 L6 的修复采用第一种。',
      ),
      show: scene(hidden),
      sends: { url: https },
      after: both(
        'A DestinationRule belongs to a host and a port, not to a route. The sidecar’s cluster `outbound|443||edition.cnn.com` is used for the app’s own TLS, and the rule wrapped that in TLS once more: the host got TLS in TLS, and the app saw “wrong version number”, curl exit 35. The tutorial’s rule was visible in the whole mesh, so this trap is in it. The rule that this app writes is in a subset and is exported to the gateway alone.',
        'DestinationRule 针对的是主机和端口，而不是某条路由。应用自己的 TLS 使用 Sidecar 的 cluster `outbound|443||edition.cnn.com`，那条规则又给它加了一层 TLS：主机收到的是 TLS 套 TLS，应用看到的是“wrong version number”，curl 退出码 35。教程中的规则对整个网格可见，这个陷阱就在其中。本设计器生成的规则放在 subset 里，并且只导出给网关。',
      ),
    },
    {
      title: both('Mutual TLS on the hop inside', '网格内的一跳使用双向 TLS'),
      says: both(
        'From the gateway on, the request is encrypted; from the sidecar to the gateway it is not. And the gateway cannot tell who is calling.\n\nGive that hop ISTIO_MUTUAL. Both ends have to agree: the server in the Gateway, and the sidecar’s side in the DestinationRule of the gateway’s Service.',
        '从网关往外，请求是加密的；从 Sidecar 到网关却没有加密，网关也不知道是谁在调用。\n\n请让这一跳使用 ISTIO_MUTUAL。两端必须一致：一端是 Gateway 中的 server，另一端是针对网关 Service 的 DestinationRule，它规定 Sidecar 的做法。',
      ),
      goals: [
        {
          says: both('The gateway knows the caller by its certificate', '网关通过证书认出调用方'),
          is: { request: { url: http }, ends: { hops: [{ proxy: 'gateway', tls: true, peer: true }] } },
        },
        {
          says: both('The request still leaves in TLS to port 443', '请求仍以 TLS 发往 443 端口'),
          is: { request: { url: http }, ends: encrypted },
        },
        {
          says: both('The app’s own HTTPS still arrives', '应用自己的 HTTPS 仍能到达'),
          is: { request: { url: https }, ends: ownHttps },
        },
      ],
      wrong: [
        {
          is: { request: { url: http }, ends: { status: 503, hops: [{ proxy: 'sidecar', flags: 'UC' }] } },
          says: both(
            'Only the gateway’s end speaks TLS now: the sidecar still sends plaintext, no filter chain fits (`NR`), and the connection is closed. Automatic mTLS does not reach gateways: the DestinationRule must say ISTIO_MUTUAL.',
            '现在只有网关一端使用 TLS：Sidecar 仍发送明文，没有匹配的过滤器链（`NR`），连接被关闭。自动 mTLS 不适用于网关：DestinationRule 中必须写明 ISTIO_MUTUAL。',
          ),
          such: scene(but(hidden, [plainServer, mutualServer])),
        },
        {
          is: { request: { url: http }, ends: { status: 503, hops: [{ proxy: 'gateway', flags: 'DPE' }] } },
          says: both(
            'Only the sidecar’s end speaks TLS now: the gateway reads a TLS greeting where it expects HTTP (`DPE`). Its server needs `protocol: HTTPS` and `tls: {mode: ISTIO_MUTUAL}`.',
            '现在只有 Sidecar 一端使用 TLS：网关期待 HTTP，读到的却是 TLS 握手（`DPE`）。它的 server 需要 `protocol: HTTPS` 和 `tls: {mode: ISTIO_MUTUAL}`。',
          ),
          such: scene(but(hidden, [plainSubset, mutualSubset(withSni)])),
        },
        {
          is: {
            request: { url: http },
            ends: {
              status: 503,
              hops: [{ proxy: 'gateway', flags: 'NR', sni: 'outbound_.80_.cnn_.istio-egressgateway.istio-system.svc.cluster.local' }],
            },
          },
          says: both(
            'Both ends speak TLS, but the sidecar sends a name that the gateway does not serve. Add `sni: edition.cnn.com` to the subset.',
            '两端都使用 TLS 了，但 Sidecar 发送的名称不是网关所服务的。请在 subset 里加上 `sni: edition.cnn.com`。',
          ),
          such: scene(but(hidden, [plainServer, mutualServer], [plainSubset, mutualSubset('')])),
        },
      ],
      points: [{ hop: ['sidecar sleep', 'gateway istio-egressgateway'] }],
      hint: both(
        'On the canvas it is one click: the hop from the sidecar to the gateway, ISTIO_MUTUAL. In the YAML: `protocol: HTTPS` and `tls: {mode: ISTIO_MUTUAL}` at the server; `portLevelSettings` with ISTIO_MUTUAL and `sni` in the subset.',
        '在画布上只需一次点击：选择 Sidecar 到网关的那一跳，再选 ISTIO_MUTUAL。在 YAML 中：server 写 `protocol: HTTPS` 和 `tls: {mode: ISTIO_MUTUAL}`，subset 里写带 ISTIO_MUTUAL 和 `sni` 的 `portLevelSettings`。',
      ),
      show: scene(secured),
      after: both(
        'Two separate TLS connections: mutual TLS with Istio’s certificates up to the gateway, ordinary TLS from there on. In between, inside the gateway, the request is readable, so that routes and AuthorizationPolicies can look at its path and at the caller’s identity. “HTTPS on port 80” looks odd, but 80 is only the number of the Service’s port.',
        '这里有两条独立的 TLS 连接：到网关为止是使用 Istio 证书的双向 TLS，从网关往外是普通的 TLS。在两者之间，也就是在网关内部，请求是可读的，因此路由和 AuthorizationPolicy 可以依据路径和调用方身份作出判断。“80 端口上的 HTTPS”看着奇怪，但 80 只是 Service 端口的编号。',
      ),
    },
  ],
  comparisons: tlsOriginationThen,
  issues: [17031, 23740, 28858, 23910],
}
