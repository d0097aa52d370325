/** Lesson: HTTP through the egress gateway. */
import { both } from '../../core/base/text'
import { but } from '../but'
import { httpGatewayThen } from '../comparisons/http-gateway'
import type { Lesson, Scene } from '../kind'

const politics = 'http://edition.cnn.com/politics'
const world = 'http://edition.cnn.com/world'
const https = 'https://edition.cnn.com/politics'

const direct: Scene = { flows: 'sleep HTTP -> edition.cnn.com DISABLE' }
const through: Scene = { flows: 'sleep HTTP -> istio-egressgateway DISABLE -> edition.cnn.com DISABLE' }

/** What is written for `through`. */
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
      name: http-edition-cnn-com
      protocol: HTTP
    hosts:
    - edition.cnn.com
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
---
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
`
const withoutMesh = but(written, ['gateways:\n  - mesh\n  - istio-egressgateway', 'gateways:\n  - istio-egressgateway'])
const wrongGatewayPort = but(written, ['- istio-egressgateway\n      port: 80', '- istio-egressgateway\n      port: 8080'])

export const httpGateway: Lesson = {
  id: 'http-gateway',
  part: 'tutorial',
  title: both('HTTP through the egress gateway', 'HTTP 流量经过出口网关'),
  story: both(
    'A mesh whose traffic leaves everywhere can be watched nowhere, and often only a few nodes have a way to the internet at all. An egress gateway is one door for all of it: a proxy at the edge of the mesh, where requests are logged, limited and allowed. You lead one host through it, read its log, and learn which of the four objects does what.',
    '出口流量从各处离开网格，就无从监控；而且很多集群里只有少数专用节点能访问外网。出口网关是统一的出口：它是网格边缘的一个代理，请求在这里被记录、限制和授权。本课把一个主机的流量引导到网关，查看日志，并弄清四个对象各管什么。',
  ),
  start: direct,
  steps: [
    {
      title: both('See where the request leaves', '看看请求从哪里离开'),
      says: both(
        'The host is known to the mesh by a ServiceEntry, and the sidecar of `sleep` goes there by itself.\n\nOpen **Trace**, send `http://edition.cnn.com/politics`, and look where the request leaves the mesh.',
        '网格已经通过 ServiceEntry 认识这个主机，`sleep` 的 Sidecar 会自行访问它。\n\n打开**逐跳推演**，发送 `http://edition.cnn.com/politics`，看看请求从哪里离开网格。',
      ),
      goals: [{ says: both('The request was sent', '请求已发送'), is: { sent: { url: politics } } }],
      points: [{ control: 'trace' }],
      hint: both(
        'Trace is a tab below the canvas. Choose `default/sleep`, type the address and press **Send**.',
        '“逐跳推演”是画布下方的标签页。选择 `default/sleep`，输入地址，按**发送**。',
      ),
      sends: { url: politics },
      after: both(
        'Two proxies could have seen it, and only one did: the sidecar. Nobody at the edge of the mesh knows of this request.',
        '本来可以有两个代理看到这个请求，实际只有 Sidecar 看到了。网格边缘对它一无所知。',
      ),
    },
    {
      title: both('Lead it through the gateway', '引导它经过网关'),
      says: both(
        'Put an egress gateway between `sleep` and `edition.cnn.com`, and let the request pass it.\n\nLeave the hop to the gateway in plaintext for now: mode `DISABLE`.',
        '在 `sleep` 与 `edition.cnn.com` 之间放一个出口网关，让请求经过它。\n\n通往网关的这一跳暂时保持明文，即模式 `DISABLE`。',
      ),
      goals: [
        {
          says: both('The request passes the gateway', '请求经过网关'),
          is: { request: { url: politics }, ends: { gateway: 'any' } },
        },
        {
          says: both('The host answers on port 80', '主机在 80 端口应答'),
          is: { request: { url: politics }, ends: { arrives: true, server: { port: 80 } } },
        },
      ],
      wrong: [
        {
          is: { request: { url: politics }, ends: { gateway: 'any', server: { port: 443, tls: true } } },
          says: both(
            'It passes the gateway, and the gateway starts TLS to port 443. That is a later lesson: choose `DISABLE` on the last hop for this one.',
            '请求经过了网关，但网关向 443 端口发起了 TLS。那是后面课程的内容：本课请在最后一跳选择 `DISABLE`。',
          ),
          such: { flows: 'sleep HTTP -> istio-egressgateway DISABLE -> edition.cnn.com SIMPLE' },
        },
        {
          is: {
            all: [
              { request: { url: politics }, ends: { gateway: 'none' } },
              { request: { url: https }, ends: { gateway: 'any' } },
            ],
          },
          says: both(
            'The app’s HTTPS passes the gateway now, and its HTTP still leaves directly. Click on the band between pod and sidecar: for this lesson the app sends HTTP.',
            '现在经过网关的是应用的 HTTPS，HTTP 仍然直接离开。请点击 Pod 与 Sidecar 之间的条带：本课中应用发送的是 HTTP。',
          ),
          such: {
            flows: 'sleep HTTP -> edition.cnn.com DISABLE\nsleep HTTPS -> istio-egressgateway DISABLE -> edition.cnn.com PASSTHROUGH',
          },
        },
      ],
      points: [{ control: 'palette' }],
      hint: both(
        'Drag **Gateway** from the palette onto the canvas, then draw from the sidecar of `sleep` to the gateway, and from the gateway to the host. Or open **Add flow** and type `sleep HTTP -> istio-egressgateway DISABLE -> edition.cnn.com DISABLE`.',
        '从组件栏把**网关**拖到画布上，再从 `sleep` 的 Sidecar 连到网关，从网关连到主机。也可以打开**添加路径**，输入 `sleep HTTP -> istio-egressgateway DISABLE -> edition.cnn.com DISABLE`。',
      ),
      show: through,
      after: both(
        'Four objects say this: the ServiceEntry makes the host known, the Gateway opens a port on the gateway’s pods, the VirtualService has one leg for the sidecar and one for the gateway, and the DestinationRule names the way between the two.',
        '这由四个对象共同实现：ServiceEntry 让网格认识主机；Gateway 在网关的 Pod 上开放一个端口；VirtualService 有两段路由，一段给 Sidecar，一段给网关；DestinationRule 为两者之间的路命名。',
      ),
    },
    {
      title: both('One request, two lines', '一个请求，两行日志'),
      says: both(
        'Send `http://edition.cnn.com/world` and compare the access log lines of the two proxies: the cluster in each says where that proxy sent the request.',
        '发送 `http://edition.cnn.com/world`，比较两个代理的访问日志：每一行里的 cluster 说明该代理把请求送到了哪里。',
      ),
      goals: [
        { says: both('The request was sent', '请求已发送'), is: { sent: { url: world } } },
        {
          says: both(
            'The sidecar’s line names the gateway, the gateway’s line names the host',
            'Sidecar 那一行写着网关，网关那一行写着主机',
          ),
          is: {
            request: { url: world },
            ends: {
              hops: [
                { proxy: 'sidecar', code: 200, cluster: 'egressgateway' },
                { proxy: 'gateway', code: 200, cluster: 'edition.cnn.com' },
              ],
            },
          },
        },
      ],
      points: [{ control: 'trace' }],
      hint: both(
        'Each step of the trace can be unfolded. On a cluster you read the same with `kubectl logs -l istio=egressgateway -c istio-proxy -n istio-system`.',
        '推演中的每一步都可以展开。在真实集群上，用 `kubectl logs -l istio=egressgateway -c istio-proxy -n istio-system` 能看到同样的内容。',
      ),
      sends: { url: world },
      after: both(
        'A cluster’s name reads direction, port, subset, host. The sidecar’s is `outbound|80|edition-cnn-com|istio-egressgateway…`, with the subset that the DestinationRule made; the gateway’s is `outbound|80||edition.cnn.com`.\n\nThe two lines have different request ids. They are joined by address: the address from which the sidecar went on is the one that the gateway has as its caller. The gateway’s pod listens on 8080; port 80 of its Service leads there.',
        'cluster 名称的写法是：方向、端口、subset、主机。Sidecar 的是 `outbound|80|edition-cnn-com|istio-egressgateway…`，其中的 subset 由 DestinationRule 定义；网关的是 `outbound|80||edition.cnn.com`。\n\n两行的请求 ID 并不相同，要靠地址对应起来：Sidecar 发往上游时使用的本地地址，就是网关那一行里的来源地址。网关的 Pod 监听的是 8080，Service 的 80 端口会转到那里。',
      ),
    },
    {
      title: both('And HTTPS meanwhile?', '那么 HTTPS 呢？'),
      says: both(
        'The gateway and the route are there. Send `https://edition.cnn.com/politics`, to the very same host, and look which way it takes.',
        '网关有了，路由也有了。向同一个主机发送 `https://edition.cnn.com/politics`，看看它走哪条路。',
      ),
      goals: [
        { says: both('The request was sent', '请求已发送'), is: { sent: { url: https } } },
        {
          says: both('It arrives without passing the gateway', '它没有经过网关就到达了'),
          is: { request: { url: https }, ends: { arrives: true, gateway: 'none' } },
        },
      ],
      points: [{ control: 'trace' }],
      hint: both('The address begins with `https://` this time; everything else stays.', '这次地址以 `https://` 开头，其余不变。'),
      sends: { url: https },
      after: both(
        'The leg for sidecars matches port 80, so port 443 is somebody else’s affair. No object knows it, and what is unknown leaves through `PassthroughCluster`. Had the ServiceEntry listed 443 as the tutorial’s does, the line would name the host, and the gateway would still see nothing.\n\nA host is not led through a gateway; a port of it is.',
        '给 Sidecar 的那段路由只匹配 80 端口，443 端口与它无关。没有对象登记过这个端口，未知流量便经 `PassthroughCluster` 离开。教程里的 ServiceEntry 登记了 443，那样日志里会写出主机名，但网关照样什么也看不到。\n\n引导到网关的从来不是“一个主机”，而是它的某个端口。',
      ),
    },
    {
      title: both('Lose the gateway without an error', '悄无声息地丢掉网关'),
      says: both(
        'An experiment. `gateways` of the VirtualService says for whom its routes count: `mesh` is every sidecar, the other name is the gateway. Take `mesh` out of that list, in the YAML, and leave all four objects standing.\n\nWhere does `http://edition.cnn.com/politics` go now?',
        '来做个实验。VirtualService 的 `gateways` 说明这些路由对谁生效：`mesh` 指所有 Sidecar，另一个名称指网关。请在 YAML 中把 `mesh` 从这个列表里去掉，四个对象都保留。\n\n现在 `http://edition.cnn.com/politics` 会走哪条路？',
      ),
      goals: [
        {
          says: both('The request arrives past the gateway', '请求绕过网关到达'),
          is: { request: { url: politics }, ends: { arrives: true, gateway: 'none' } },
        },
        {
          says: both('Gateway and VirtualService are still there', 'Gateway 和 VirtualService 都还在'),
          is: { all: [{ object: { kind: 'Gateway' } }, { object: { kind: 'VirtualService' } }] },
        },
      ],
      wrong: [
        {
          is: {
            all: [{ request: { url: politics }, ends: { gateway: 'none' } }, { not: { object: { kind: 'VirtualService' } } }],
          },
          says: both(
            'The VirtualService is gone as a whole. Undo, and change one line of it in the YAML instead.',
            'VirtualService 整个没有了。请先撤销，再在 YAML 中只改它的一行。',
          ),
          such: direct,
        },
        {
          is: { request: { url: politics }, ends: { status: 404, gateway: 'any' } },
          says: both(
            'The request reaches the gateway, and there no route fits (404). That was the gateway’s leg; the list meant here is at the top, `spec.gateways`.',
            '请求到了网关，但在那里没有匹配的路由（404）。你改的是网关那一段；这里说的是最上面的列表 `spec.gateways`。',
          ),
          such: { flows: '', yaml: wrongGatewayPort },
        },
      ],
      points: [{ control: 'yaml' }],
      hint: both(
        'Find `gateways:` right below `hosts:` of the VirtualService and delete the line `- mesh`. The `gateways` within `match` may stay.',
        '找到 VirtualService 中 `hosts:` 下面的 `gateways:`，删掉 `- mesh` 这一行。`match` 里面的 `gateways` 可以不动。',
      ),
      show: { flows: '', yaml: withoutMesh },
      after: both(
        'Nothing failed. The cluster takes the YAML, `istioctl analyze` is silent, the app gets its page, and the gateway’s log stays empty. A sidecar that finds no route for itself falls back to the ServiceEntry and goes there directly.\n\nA gateway that nothing passes looks just like one that works. Only tracing a request shows it.',
        '什么错误都没有：集群接受这份 YAML，`istioctl analyze` 没有提示，应用照常收到页面，只有网关的日志是空的。Sidecar 找不到属于自己的路由，就按 ServiceEntry 直接访问主机。\n\n没有流量经过的网关，看上去和正常工作的网关一模一样。只有看请求实际走的路，才能分辨。',
      ),
    },
    {
      title: both('Fix it', '把它修好'),
      says: both(
        'Bring the request back to the gateway. The **Problems** panel has noticed what you did and says why it matters.',
        '让请求重新经过网关。**问题**面板已经发现了刚才的改动，并说明了它的影响。',
      ),
      goals: [
        {
          says: both('The request passes the gateway and arrives', '请求经过网关并到达'),
          is: { request: { url: politics }, ends: { arrives: true, gateway: 'any' } },
        },
        { says: both('No error is left', '没有剩下错误'), is: { problem: 'none' } },
      ],
      points: [{ control: 'problems' }],
      hint: both(
        'Open **Problems** and press **Fix** at L4; or write `- mesh` back; or undo.',
        '打开**问题**，在 L4 处按**修复**；也可以把 `- mesh` 写回去，或者撤销。',
      ),
      show: { flows: '', yaml: written },
      after: both(
        'Who reads what: the **sidecar** takes ServiceEntry, DestinationRule and the leg for `mesh`; the **gateway** takes Gateway, ServiceEntry and the leg with its own name. When something fails, ask first which of the two wrote the last line.',
        '谁读什么：**Sidecar** 读 ServiceEntry、DestinationRule 和 `mesh` 那一段路由；**网关**读 Gateway、ServiceEntry 和写着自己名称的那一段。以后出了问题，先看最后一行日志是哪一个写的。',
      ),
    },
  ],
  comparisons: httpGatewayThen,
}
