/** Lesson: finding out why it fails. */
import { both } from '../../core/base/text'
import { but } from '../but'
import type { Goal, Lesson } from '../kind'

const cnn = 'http://edition.cnn.com/politics'
const wiki = 'https://www.wikipedia.org/'

const found = `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: cnn, namespace: default}
spec:
  hosts: [edition.cnn.com]
  ports:
  - {number: 80, name: http, protocol: HTTP}
  - {number: 443, name: https, protocol: HTTPS}
  resolution: NONE
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: cnn-egress, namespace: default}
spec:
  selector: {istio: egressgateway}
  servers:
  - port: {number: 80, name: https, protocol: HTTPS}
    hosts: [edition.cnn.com]
    tls: {mode: ISTIO_MUTUAL}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cnn-egress, namespace: default}
spec:
  hosts: [edition.cnn.com]
  gateways: [cnn-egress]
  http:
  - match: [{gateways: [mesh], port: 80}]
    route: [{destination: {host: istio-egressgateway.istio-system.svc.cluster.local, subset: edition, port: {number: 80}}}]
  - match: [{gateways: [cnn-egress], port: 8080}]
    route: [{destination: {host: edition.cnn.com, port: {number: 443}}}]
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: originate-cnn, namespace: istio-system}
spec:
  host: edition.cnn.com
  exportTo: ["."]
  trafficPolicy:
    portLevelSettings: [{port: {number: 443}, tls: {mode: SIMPLE}}]
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: egressgateway, namespace: istio-system}
spec:
  host: istio-egressgateway.istio-system.svc.cluster.local
  subsets:
  - name: cnn
    trafficPolicy:
      portLevelSettings: [{port: {number: 80}, tls: {mode: ISTIO_MUTUAL}}]
  - name: wiki
    trafficPolicy:
      portLevelSettings: [{port: {number: 443}, tls: {mode: ISTIO_MUTUAL, sni: www.wikipedia.org}}]
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: wiki, namespace: default}
spec:
  hosts: [www.wikipedia.org]
  ports:
  - {number: 443, name: tls, protocol: TLS}
  resolution: DNS
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: wiki-egress, namespace: default}
spec:
  selector: {istio: egressgateway}
  servers:
  - port: {number: 443, name: tls, protocol: TLS}
    hosts: [www.wikipedia.org]
    tls: {mode: ISTIO_MUTUAL}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: wiki-egress, namespace: default}
spec:
  hosts: [www.wikipedia.org]
  gateways: [mesh, wiki-egress]
  tls:
  - match: [{gateways: [mesh], port: 443, sniHosts: [www.wikipedia.org]}]
    route: [{destination: {host: istio-egressgateway.istio-system.svc.cluster.local, subset: wiki, port: {number: 443}}}]
  - match: [{gateways: [wiki-egress], port: 443, sniHosts: [www.wikipedia.org]}]
    route: [{destination: {host: www.wikipedia.org, port: {number: 443}}}]
`

const hop = '{number: 80}, tls: {mode: ISTIO_MUTUAL}'
const hopWith = (sni: string) => `{number: 80}, tls: {mode: ISTIO_MUTUAL, sni: ${sni}}`
const wikiMatch = '  - match: [{gateways: [wiki-egress], port: 443, sniHosts: [www.wikipedia.org]}]'

const entered = but(found, ['gateways: [cnn-egress]\n', 'gateways: [mesh, cnn-egress]\n'])
const dialled = but(entered, ['subset: edition', 'subset: cnn'])
const shaken = but(dialled, [hop, hopWith('edition.cnn.com')])
const routed = but(shaken, ['port: 8080', 'port: 80'])
const resolved = but(routed, ['resolution: NONE', 'resolution: DNS'])
const passed = but(resolved, [wikiMatch, '  tcp:\n  - match: [{gateways: [wiki-egress], port: 443}]'])

const scene = (yaml: string) => ({ flows: '', yaml })
const sent = (url: string) => ({ says: both('The request was sent', '请求已发送'), is: { sent: { url } } })

/** How far the request got, by what only stands in a log from there on. */
const meantForGateway: Goal = {
  any: [
    { request: { url: cnn }, ends: { status: 503, hops: [{ proxy: 'sidecar', flags: 'NC' }] } },
    { request: { url: cnn }, ends: { gateway: 'any' } },
  ],
}
const known: Goal = { request: { url: cnn }, ends: { hops: [{ proxy: 'gateway', tls: true, peer: true }] } }
const sentOn: Goal = { request: { url: cnn }, ends: { hops: [{ proxy: 'gateway', cluster: '|edition.cnn.com' }] } }
const arrives: Goal = { request: { url: cnn }, ends: { gateway: 'any', arrives: true, server: { port: 443, tls: true } } }
const direct: Goal = { request: { url: cnn }, ends: { gateway: 'none', arrives: true } }

export const troubleshooting: Lesson = {
  id: 'troubleshooting',
  part: 'tutorial',
  title: both('Finding out why it fails', '找出失败的原因'),
  story: both(
    'A colleague has left you two hosts behind the egress gateway: `edition.cnn.com`, to be reached by HTTP with TLS started at the gateway, and `www.wikipedia.org`, whose own HTTPS is passed on inside of mutual TLS. Each object for itself looks fine, `kubectl apply` took all of it, and nothing works. Six faults lie one behind the other. For each you send one request, read the access logs from the left to the right, and fix one line. Leave **Problems** closed as long as you can: on a cluster you have only the logs.',
    '同事留下了两个位于出口网关之后的主机：`edition.cnn.com`，以 HTTP 访问，由网关发起 TLS；`www.wikipedia.org`，应用自己的 HTTPS 套在双向 TLS 里透传。每个对象单独看都没问题，`kubectl apply` 也全部接受，可就是不通。这里一环扣一环藏着六处错误。每一处的做法都一样：发送一个请求，从左到右读访问日志，修改一行。请尽量先不看**问题**面板：在集群里，你手上只有日志。',
  ),
  start: scene(found),
  steps: [
    {
      title: both('It works, and yet it does not', '通了，却没走对'),
      says: both(
        'Send `http://edition.cnn.com/politics`. It arrives with 200, and still something is wrong: count the lines of log, and look at the cluster in the first one.\n\nLet the sidecar mean the gateway. The request may well fail further on; that is the next fault.',
        '发送 `http://edition.cnn.com/politics`。它到达了，状态 200，可还是不对：数一数有几行日志，再看第一行里的 cluster 名称。\n\n请让 Sidecar 把请求发往网关。之后在别处失败没有关系，那是下一处错误。',
      ),
      goals: [sent(cnn), { says: both('The sidecar sends the request to the gateway', 'Sidecar 把请求发往网关'), is: meantForGateway }],
      wrong: [
        {
          is: { request: { url: cnn }, ends: { status: 404, hops: [{ proxy: 'sidecar', flags: 'NR' }] } },
          says: both(
            'The sidecar reads the VirtualService now, but none of its routes fits this request: 404 `NR`, at the sidecar. A match for `mesh` must fit what the app asks for: here port 80 is all that it needs to say.',
            'Sidecar 现在读到了 VirtualService，但没有一条路由符合这个请求：Sidecar 上出现 404 `NR`。`mesh` 的匹配条件必须符合应用的请求，这里只写 80 端口就够了。',
          ),
          such: scene(
            but(
              found,
              ['gateways: [cnn-egress]\n', 'gateways: [mesh, cnn-egress]\n'],
              ['[mesh], port: 80}', '[mesh], port: 80, uri: {exact: /}}'],
            ),
          ),
        },
      ],
      points: [{ control: 'trace' }],
      hint: both(
        'The cluster `outbound|80||edition.cnn.com` is the host itself. A sidecar follows only VirtualServices whose `gateways` list names `mesh`, or that have no such list; naming it in a match is not enough.',
        'cluster `outbound|80||edition.cnn.com` 就是主机本身。Sidecar 只遵循 `gateways` 列表里写了 `mesh`（或者根本没有这个列表）的 VirtualService；只在 match 里写是不够的。',
      ),
      show: scene(entered),
      sends: { url: cnn },
      after: both(
        'The most silent of all failures: 200, no error flag anywhere, and no line at the gateway. So never take a status for a proof; the proof is the gateway’s line. The name of the cluster says where a proxy sends: direction, port, subset, host, between bars.',
        '这是最安静的一种失败：200，到处都没有错误标志，只是网关上没有日志。所以不要把状态码当作证据，网关的那行日志才是证据。cluster 名称说明代理把请求发到哪里：方向、端口、subset、主机，以竖线隔开。',
      ),
    },
    {
      title: both('NC: no such cluster', 'NC：没有这个 cluster'),
      says: both(
        'Send it again: 503. One line, the sidecar’s, with the flag `NC` and no cluster. The route was found, and what it names does not exist.\n\nLet the sidecar reach the gateway.',
        '再发一次：503。只有 Sidecar 的一行日志，标志是 `NC`，cluster 为空。路由找到了，但它所指的东西不存在。\n\n请让 Sidecar 到达网关。',
      ),
      goals: [
        sent(cnn),
        { says: both('The gateway has a line about it', '网关上有它的日志'), is: { request: { url: cnn }, ends: { gateway: 'any' } } },
      ],
      wrong: [
        {
          is: direct,
          says: both(
            'It arrives, past the gateway: the sidecar’s route to the gateway is gone. That is the fault of the first step again.',
            '请求到达了，却绕过了网关：Sidecar 通往网关的路由没有了。这又回到了第一步的错误。',
          ),
          such: scene(found),
        },
      ],
      points: [{ control: 'yaml' }],
      hint: both(
        'Compare `subset` in the route to the gateway with the names under `subsets` in the DestinationRule of the gateway’s Service.',
        '把通往网关的路由里的 `subset`，与网关 Service 的 DestinationRule 中 `subsets` 下的名称对照一下。',
      ),
      show: scene(dialled),
      sends: { url: cnn },
      after: both(
        '`NC` has few causes: a subset that no visible DestinationRule defines, misspelled or in a namespace that this proxy does not read; a port that the Service or ServiceEntry lacks; a host that this proxy does not know. `istioctl proxy-config clusters` lists what there is.',
        '`NC` 的原因不多：subset 没有被任何可见的 DestinationRule 定义，可能是拼错，也可能在该代理不读取的命名空间里；端口不在 Service 或 ServiceEntry 中；或者该代理不认识这个主机。`istioctl proxy-config clusters` 会列出实际有哪些 cluster。',
      ),
    },
    {
      title: both('NR before HTTP: filter_chain_not_found', 'HTTP 之前的 NR：filter_chain_not_found'),
      says: both(
        'Send it again: 503, and now the gateway has lines, three alike. They begin with `- - -`, so no HTTP was read yet; the flag is `NR`, the detail `filter_chain_not_found`. Each shows a server name in the column SNI.\n\nMend the handshake between sidecar and gateway.',
        '再发一次：503，这回网关有日志了，而且是相同的三行。它们以 `- - -` 开头，说明还没有读到 HTTP；标志是 `NR`，详情为 `filter_chain_not_found`。每行的 SNI 一列都有一个服务器名称。\n\n请修好 Sidecar 与网关之间的握手。',
      ),
      goals: [
        sent(cnn),
        { says: both('The gateway ends the mutual TLS and knows the caller', '网关终止双向 TLS，并认出调用方'), is: known },
      ],
      wrong: [
        {
          is: {
            request: { url: cnn },
            ends: { hops: [{ proxy: 'gateway', flags: 'NR', sni: 'istio-egressgateway.istio-system.svc.cluster.local' }] },
          },
          says: both(
            'A name is sent now, but it is the gateway’s own. The server’s `hosts` say edition.cnn.com, and that is the name it listens for.',
            '现在发送了名称，但那是网关自己的名称。server 的 `hosts` 写的是 edition.cnn.com，它等的是这个名称。',
          ),
          such: scene(but(dialled, [hop, hopWith('istio-egressgateway.istio-system.svc.cluster.local')])),
        },
        {
          is: { request: { url: cnn }, ends: { status: 503, hops: [{ proxy: 'sidecar', flags: 'UC' }] } },
          says: both(
            'Now the sidecar sends plaintext: `UC` at the sidecar, `NR` without any SNI at the gateway. ISTIO_MUTUAL has to stay, with a name beside it.',
            '现在 Sidecar 发送的是明文：Sidecar 上是 `UC`，网关上是没有 SNI 的 `NR`。ISTIO_MUTUAL 必须保留，只是旁边还要写名称。',
          ),
          such: scene(but(dialled, [hop, '{number: 80}, tls: {mode: DISABLE}'])),
        },
      ],
      points: [{ control: 'trace' }, { control: 'yaml' }],
      hint: both(
        'The name begins with `outbound_.80_.`: what Istio sends when nobody says a name. Add `sni: edition.cnn.com` beside ISTIO_MUTUAL in subset `cnn`.',
        '名称以 `outbound_.80_.` 开头：没有指定名称时，Istio 就发送它。请在 subset `cnn` 的 ISTIO_MUTUAL 旁加上 `sni: edition.cnn.com`。',
      ),
      show: scene(shaken),
      sends: { url: cnn },
      after: both(
        'The gateway chooses by the SNI which server’s settings count, before it reads anything else. There are three lines for one request, because the sidecar tries a failed handshake twice more. In the sidecar’s own line this is `URX,UF`: retries used up, upstream connection failed.\n\nThe tutorials looked for the gateway’s certificate in `/etc/certs`. There is nothing any more: `istioctl proxy-config secret` shows what a proxy has.',
        '网关在读取任何内容之前，先按 SNI 决定使用哪个 server 的设置。一个请求对应三行日志，是因为握手失败后 Sidecar 又重试了两次。在 Sidecar 自己的日志里，这表现为 `URX,UF`：重试次数用尽，上游连接失败。\n\n教程到 `/etc/certs` 里查看网关的证书。那里如今什么也没有：用 `istioctl proxy-config secret` 可以看到代理持有的证书。',
      ),
    },
    {
      title: both('NR in HTTP: route_not_found', 'HTTP 之中的 NR：route_not_found'),
      says: both(
        'Send it again: 404. Both proxies have a line of HTTP with 404 now. Only one of them made it up: the sidecar’s says `via_upstream`, it only passes on; the gateway’s says `NR route_not_found`.\n\nGive the gateway a route.',
        '再发一次：404。现在两个代理都有一行状态为 404 的 HTTP 日志。但只有一个是它的来源：Sidecar 那行写着 `via_upstream`，只是转述；网关那行写着 `NR route_not_found`。\n\n请让网关有路由可走。',
      ),
      goals: [sent(cnn), { says: both('The gateway sends the request on to the host', '网关把请求继续发往主机'), is: sentOn }],
      wrong: [
        {
          is: { request: { url: cnn }, ends: { status: 503, hops: [{ proxy: 'sidecar', flags: 'UF', cluster: 'istio-egressgateway' }] } },
          says: both(
            'Now the gateway does not listen where the sidecar dials. Do not move the server to port 8080; let the match name the server’s port.',
            '现在网关不在 Sidecar 所连接的端口上监听了。不要把 server 挪到 8080，而应让匹配条件写 server 的端口。',
          ),
          such: scene(but(shaken, ['port: {number: 80, name: https', 'port: {number: 8443, name: https'])),
        },
      ],
      points: [{ control: 'yaml' }],
      hint: both(
        'The second route matches `port: 8080`. For a gateway, that is compared with the number of the Gateway’s server, and not with the port of the pod that log lines show.',
        '第二条路由匹配 `port: 8080`。对网关来说，它与 Gateway 中 server 的端口号比较，而不是与日志里出现的 Pod 端口比较。',
      ),
      show: scene(routed),
      sends: { url: cnn },
      after: both(
        'The log of the gateway shows 8080 as its local port, and that is how 8080 comes into a match by mistake. The same 404 comes from a VirtualService that names another Gateway (a short name means its own namespace), and from hosts that do not agree. In all these cases `istioctl proxy-config routes` on the gateway shows no route for the host.',
        '网关的日志以 8080 作为本地端口，于是有人误把 8080 写进匹配条件。VirtualService 引用了别的 Gateway（短名称指自己的命名空间），或者主机名对不上，也会得到同样的 404。在这些情况下，对网关执行 `istioctl proxy-config routes`，都找不到通往该主机的路由。',
      ),
    },
    {
      title: both('UH: nobody to dial', 'UH：无处可连'),
      says: both(
        'Send it again: 503 once more. The sidecar passes on what the gateway says, and the gateway’s line has a cluster at last, and the flag `UH`: no healthy upstream.\n\nLet the gateway find the host.',
        '再发一次：又是 503。Sidecar 只是转述网关的回答；网关那行终于有了 cluster 名称，标志是 `UH`：没有健康的上游。\n\n请让网关找得到主机。',
      ),
      goals: [
        sent(cnn),
        { says: both('The request arrives through the gateway, in TLS on port 443', '请求经网关以 TLS 到达 443 端口'), is: arrives },
      ],
      wrong: [
        {
          is: { request: { url: cnn }, ends: { status: 400, gateway: 'any' } },
          says: both(
            'The gateway connects, but says plain HTTP to port 443: 400. The rule that starts TLS must stay as it was.',
            '网关连上了，却向 443 端口发送明文 HTTP：400。发起 TLS 的规则应当保持原样。',
          ),
          such: scene(but(resolved, ['{number: 443}, tls: {mode: SIMPLE}', '{number: 443}, tls: {mode: DISABLE}'])),
        },
      ],
      points: [{ control: 'yaml' }],
      hint: both(
        'Where does a gateway get the address of `edition.cnn.com` from? Look at `resolution` in the ServiceEntry.',
        '网关从哪里得到 `edition.cnn.com` 的地址？请看 ServiceEntry 的 `resolution`。',
      ),
      show: scene(resolved),
      sends: { url: cnn },
      after: both(
        '`resolution: NONE` means: connect to the address that the client was connecting to. A sidecar knows it, since it caught the app’s connection. The connection at the gateway was meant for the gateway, so there is no such address. With DNS the proxy looks the name up by itself.',
        '`resolution: NONE` 的意思是：连接客户端原本要连接的地址。Sidecar 知道这个地址，因为应用的连接是它截获的。而到达网关的连接本来就是发给网关的，没有那样的地址。用 DNS，代理会自己解析名称。',
      ),
    },
    {
      title: both('UF: nobody listens', 'UF：没有监听'),
      says: both(
        'CNN works. Now the other host: send `https://www.wikipedia.org/`. Curl exit 35, one line only, the sidecar’s: cluster and SNI are right, the flags are `UF,URX`, and the failure says that the connection was refused. The gateway wrote nothing.\n\nLet it arrive through the gateway, still inside of mutual TLS.',
        'CNN 通了。现在轮到另一个主机：发送 `https://www.wikipedia.org/`。curl 退出码 35，只有 Sidecar 的一行日志：cluster 和 SNI 都对，标志是 `UF,URX`，失败原因是连接被拒绝。网关什么也没写。\n\n请让它经网关到达，并且仍然套在双向 TLS 里。',
      ),
      goals: [
        sent(wiki),
        {
          says: both('The app’s HTTPS arrives through the gateway, inside of mutual TLS', '应用的 HTTPS 套在双向 TLS 里，经网关到达'),
          is: { request: { url: wiki }, ends: { arrives: true, hops: [{ proxy: 'gateway', tls: true, peer: true }] } },
        },
        { says: both('CNN still works', 'CNN 仍然可用'), is: arrives },
      ],
      wrong: [
        {
          is: { request: { url: wiki }, ends: { gateway: 'any', arrives: true, hops: [{ proxy: 'gateway', tls: false }] } },
          says: both(
            'It arrives, but the mutual TLS around it is gone: the gateway passes on bytes of a caller that it does not know.',
            '请求到达了，但外层的双向 TLS 没有了：网关在为它不认识的调用方转发字节。',
          ),
          such: scene(
            but(
              resolved,
              ['hosts: [www.wikipedia.org]\n    tls: {mode: ISTIO_MUTUAL}', 'hosts: [www.wikipedia.org]\n    tls: {mode: PASSTHROUGH}'],
              ['tls: {mode: ISTIO_MUTUAL, sni: www.wikipedia.org}', 'tls: {mode: DISABLE}'],
            ),
          ),
        },
        {
          is: { request: { url: wiki }, ends: { exit: 35, hops: [{ proxy: 'gateway', code: 400, flags: 'DPE' }] } },
          says: both(
            'Now the gateway listens, but as an HTTP server: behind the mutual TLS it finds the app’s TLS and not a request (`DPE`). The protocol stays TLS; it is the kind of route that does not fit.',
            '网关现在监听了，却是作为 HTTP server：解开双向 TLS 之后，它看到的是应用的 TLS，而不是 HTTP 请求（`DPE`）。协议仍应是 TLS，不合适的是路由的种类。',
          ),
          such: scene(
            but(
              resolved,
              ['port: {number: 443, name: tls, protocol: TLS}\n    hosts', 'port: {number: 443, name: tls, protocol: HTTPS}\n    hosts'],
              [wikiMatch, '  http:\n  - match: [{gateways: [wiki-egress], port: 443}]'],
            ),
          ),
        },
      ],
      points: [{ control: 'trace' }, { control: 'problems' }],
      hint: both(
        'For a server of protocol TLS, Istio opens a listener only if there are routes of the right kind. A TLS server that ends the TLS itself needs a route under `tcp`, matched by port alone; `tls` routes with `sniHosts` belong to PASSTHROUGH. Now **Problems** may help: L3 has a fix.',
        '对于协议为 TLS 的 server，只有存在种类相符的路由时，Istio 才会打开监听器。自己终止 TLS 的 TLS server 需要 `tcp` 下的路由，只按端口匹配；带 `sniHosts` 的 `tls` 路由属于 PASSTHROUGH。现在可以看**问题**面板了：L3 有修复。',
      ),
      show: scene(passed),
      sends: { url: wiki },
      after: both(
        'A way to remember it all: who wrote the last line, and what is missing behind it? No line at the gateway: look at the sidecar’s cluster and flags. `NC`: the name in the route. `NR` without HTTP: SNI and servers. `NR` with HTTP: hosts, ports and binding. `UH`: addresses. `UF`: the other end does not listen, or its TLS fails, and the text behind it says which. And 200 proves nothing until the gateway says so too.\n\nFor TLS that is passed on, the tutorials’ other means still serve: `openssl s_client -connect www.wikipedia.org:443 -servername www.wikipedia.org` in the pod shows whose certificate answers, and the gateway’s counter `upstream_cx_total` for the host, read with `pilot-agent request GET stats`, grows with each connection.',
        '可以这样记住：最后一行日志是谁写的，它后面缺了什么？网关没有日志：看 Sidecar 的 cluster 和标志。`NC`：路由里的名称。没有 HTTP 的 `NR`：SNI 与 server。有 HTTP 的 `NR`：主机、端口和绑定。`UH`：地址。`UF`：对端没有监听，或者 TLS 失败，后面的文字会说明是哪一种。至于 200，在网关也这么说之前，什么都不能证明。\n\n对于透传的 TLS，教程里的另外两种办法依然有用：在 Pod 中执行 `openssl s_client -connect www.wikipedia.org:443 -servername www.wikipedia.org`，可以看到是谁的证书在应答；用 `pilot-agent request GET stats` 读取网关上该主机的计数器 `upstream_cx_total`，每建立一个连接它就会增加。',
      ),
    },
  ],
  issues: [56743, 56201, 50247, 50075, 37293],
}
