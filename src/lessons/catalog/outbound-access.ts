/** Lesson: access to hosts outside, and what the mesh does with those that nobody made known. */
import { both } from '../../core/base/text'
import { outboundAccessThen } from '../comparisons/outbound-access'
import type { Lesson, Scene } from '../kind'

const http = 'http://edition.cnn.com/politics'
const https = 'https://edition.cnn.com/politics'
const known = 'http://httpbin.org/get'
const stranger = 'http://www.wikipedia.org/'

/** Another app stands beside from the beginning. */
const open = 'sleep HTTP -> httpbin.org DISABLE\npod default/legacy'
const strict = `outbound REGISTRY_ONLY\n${open}`
const withHttp = `${strict}\nsleep HTTP -> edition.cnn.com DISABLE`
const withHttps = `${withHttp}\nsleep HTTPS -> edition.cnn.com PASSTHROUGH`

/** Port 443 is listed, as if plain HTTP were spoken there. */
const httpOn443: Scene = {
  flows: strict,
  yaml: `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: httpbin-org
  namespace: default
spec:
  hosts:
  - httpbin.org
  ports:
  - number: 80
    name: http
    protocol: HTTP
  resolution: DNS
---
apiVersion: networking.istio.io/v1
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
    name: http-443
    protocol: HTTP
  resolution: DNS
`,
}

export const outboundAccess: Lesson = {
  id: 'outbound-access',
  part: 'tutorial',
  title: both('Access to hosts outside', '访问外部主机'),
  story: both(
    'Before anything is led through a gateway: how does a pod in the mesh reach a host outside at all? By default it may go anywhere, and nobody takes note. You close that door, open it again for one host, and find the door that no setting of Istio closes.',
    '先不谈网关：网格里的 Pod 究竟是怎样访问外部主机的？默认情况下它可以访问任何地方，而且没有人过问。你将先把这扇门关上，再为一个主机重新打开，最后会发现还有一扇门，Istio 的任何设置都关不上。',
  ),
  start: { flows: open },
  steps: [
    {
      title: both('Ask for a host that nobody made known', '访问一个没有登记过的主机'),
      says: both(
        'The mesh knows one host outside, `httpbin.org`: a ServiceEntry says so, which you see in the YAML. It has never heard of `edition.cnn.com`.\n\nOpen **Trace**, send `http://edition.cnn.com/politics` all the same, and read in the sidecar’s line by which cluster it leaves.',
        '网格只认识一个外部主机 `httpbin.org`，它登记在 YAML 里的 ServiceEntry 中。`edition.cnn.com` 则从未登记过。\n\n打开**逐跳推演**，照样发送 `http://edition.cnn.com/politics`，看看在 Sidecar 的日志里，请求是从哪个 cluster 离开的。',
      ),
      goals: [
        { says: both('The request was sent', '请求已发送'), is: { sent: { url: http } } },
        {
          says: both('It arrives, and no gateway sees it', '请求到达，没有经过任何网关'),
          is: { request: { url: http }, ends: { arrives: true, gateway: 'none' } },
        },
      ],
      points: [{ control: 'trace' }],
      hint: both(
        'Trace is a tab below the canvas. Choose `default/sleep`, type the address and press **Send**.',
        '“逐跳推演”是画布下方的标签页。选择 `default/sleep`，输入地址，按**发送**。',
      ),
      sends: { url: http },
      after: both(
        'The cluster is called `PassthroughCluster`: the sidecar connects the app to the address that it dialled, and that is all. The mesh’s outbound traffic policy is `ALLOW_ANY`, Istio’s default.\n\nSuch traffic is unmanaged: no route, no retry, no TLS setting applies to it, and in the metrics all unknown hosts are one.',
        '这个 cluster 叫 `PassthroughCluster`：应用访问哪个地址，Sidecar 就原样连到哪个地址，除此之外什么也不做。这是因为网格的出站流量策略是 `ALLOW_ANY`，也就是 Istio 的默认值。\n\n这样的流量不受管理：路由、重试、TLS 设置对它都不起作用，在指标里所有未知主机也混在一起。',
      ),
    },
    {
      title: both('Let nothing out that is not registered', '没有登记的一律不放行'),
      says: both(
        'Make the sidecar refuse hosts that it does not know. `httpbin.org` must stay reachable.\n\nThe setting belongs to the mesh and not to a host: the inspector shows it while nothing is selected, under **Design**.',
        '让 Sidecar 拒绝它不认识的主机，同时 `httpbin.org` 必须仍能访问。\n\n这个设置属于整个网格，不属于某个主机：什么都不选时，可以在属性面板的**设计**里看到它。',
      ),
      goals: [
        {
          says: both('HTTP to an unknown host is answered with 502', '对未知主机的 HTTP 请求得到 502'),
          is: { request: { url: http }, ends: { status: 502 } },
        },
        {
          says: both('HTTPS to an unknown host is cut off (curl exit 35)', '对未知主机的 HTTPS 连接被切断（curl 退出码 35）'),
          is: { request: { url: https }, ends: { exit: 35, hops: [{ proxy: 'sidecar', cluster: 'BlackHoleCluster' }] } },
        },
        { says: both('httpbin.org still answers', 'httpbin.org 仍能访问'), is: { request: { url: known }, ends: { arrives: true } } },
      ],
      wrong: [
        {
          is: { request: { url: http }, ends: { exit: 28 } },
          says: both(
            'This is a NetworkPolicy: packets vanish until the app gives up (curl exit 28), and known hosts are cut off as well. What is wanted here is the sidecar’s own answer: the outbound traffic policy.',
            '这是 NetworkPolicy（网络策略）的效果：数据包直接被丢弃，应用只能等到超时（curl 退出码 28），连已登记的主机也访问不了。这里要的是让 Sidecar 自己拒绝，即出站流量策略。',
          ),
          such: { flows: `guard default\n${open}` },
        },
      ],
      points: [{ control: 'outbound' }],
      hint: both(
        'Click on an empty place of the canvas and unfold **Design** in the inspector. **Outbound policy** offers `ALLOW_ANY` and `REGISTRY_ONLY`.',
        '点击画布的空白处，展开属性面板里的**设计**。**出站流量策略**有 `ALLOW_ANY` 和 `REGISTRY_ONLY` 两个选项。',
      ),
      show: { flows: strict },
      after: both(
        'The same policy, two faces. An HTTP request can be answered, so the sidecar says `502` itself (route `block_all`). A TLS connection cannot: it ends in `BlackHoleCluster`, and curl reports exit 35.\n\nOn a cluster this is `meshConfig.outboundTrafficPolicy.mode`, or a Sidecar resource for one namespace.',
        '同一个策略，有两种表现。HTTP 请求可以应答，所以 Sidecar 自己返回 `502`（路由名为 `block_all`）；TLS 连接无法应答，只能送进 `BlackHoleCluster`，curl 报告退出码 35。\n\n在真实集群上，这就是 `meshConfig.outboundTrafficPolicy.mode`；也可以用 Sidecar 资源只对一个命名空间设置。',
      ),
    },
    {
      title: both('Make the host known', '登记这个主机'),
      says: both(
        'Now let `sleep` reach `http://edition.cnn.com`, and keep every other unknown host out.\n\nDraw a hop from the sidecar to a new host, and look at the object that the YAML gains.',
        '现在让 `sleep` 能访问 `http://edition.cnn.com`，其他未知主机仍然拒绝。\n\n从 Sidecar 画一跳到新的主机，看看 YAML 里多了哪个对象。',
      ),
      goals: [
        {
          says: both('The request arrives at port 80, under the host’s own name', '请求以该主机自己的名义到达 80 端口'),
          is: {
            request: { url: http },
            ends: { arrives: true, server: { port: 80 }, hops: [{ proxy: 'sidecar', cluster: 'outbound|80||edition.cnn.com' }] },
          },
        },
        {
          says: both('Other unknown hosts are still refused', '其他未知主机仍被拒绝'),
          is: { request: { url: stranger }, ends: { arrives: false } },
        },
      ],
      wrong: [
        {
          is: { request: { url: http }, ends: { arrives: true, hops: [{ proxy: 'sidecar', cluster: 'PassthroughCluster' }] } },
          says: both(
            'It arrives, because everything may leave again: `ALLOW_ANY` is back. Leave the policy at `REGISTRY_ONLY` and make this one host known instead.',
            '请求到达了，但那是因为又恢复成 `ALLOW_ANY`，什么都可以离开。请把策略留在 `REGISTRY_ONLY`，只登记这一个主机。',
          ),
          such: { flows: open },
        },
        {
          is: { request: { url: http }, ends: { arrives: true, server: { port: 443, tls: true } } },
          says: both(
            'The host is known, and the sidecar starts TLS to it on port 443 (`SIMPLE`). That is more than was asked: choose `DISABLE` on this hop, so that the host gets the HTTP that the app said.',
            '主机登记好了，但 Sidecar 向它的 443 端口发起了 TLS（`SIMPLE`）。这超出了要求：请在这一跳选择 `DISABLE`，让主机收到应用原本发出的 HTTP。',
          ),
          such: { flows: `${strict}\nsleep HTTP -> edition.cnn.com SIMPLE` },
        },
      ],
      points: [{ control: 'palette' }, { node: 'sidecar sleep' }],
      hint: both(
        'Drag **Host** from the palette, name it `edition.cnn.com`, connect the sidecar with it and choose `DISABLE`. Or open **Add flow** and type `sleep HTTP -> edition.cnn.com DISABLE`.',
        '从组件栏拖入**主机**，命名为 `edition.cnn.com`，再从 Sidecar 连过去，选择 `DISABLE`。也可以打开**添加路径**，输入 `sleep HTTP -> edition.cnn.com DISABLE`。',
      ),
      show: { flows: withHttp },
      after: both(
        'A ServiceEntry puts the host into the registry of the mesh, as if it were a service of the cluster. Its requests now have a cluster of their own, `outbound|80||edition.cnn.com`: they are logged, counted and routed under that name, and rules can be written for it.',
        'ServiceEntry 把这个主机写入网格的注册表，从此它就像集群里的一个服务。它的请求有了自己的 cluster `outbound|80||edition.cnn.com`：日志、指标、路由都使用这个名称，也可以为它编写规则。',
      ),
    },
    {
      title: both('A port is known, or it is not', '端口也要登记'),
      says: both(
        'Send `https://edition.cnn.com/politics`. As long as only port 80 is registered it is cut off, although the host is known.\n\nLet the app speak HTTPS to the host too, besides HTTP.',
        '发送 `https://edition.cnn.com/politics`。只要登记的只有 80 端口，连接就会被切断，哪怕主机本身已经登记。\n\n请让应用除了 HTTP 之外，也能用 HTTPS 访问这个主机。',
      ),
      goals: [
        {
          says: both('HTTPS arrives at port 443', 'HTTPS 到达 443 端口'),
          is: {
            request: { url: https },
            ends: {
              arrives: true,
              server: { port: 443, tls: true },
              hops: [{ proxy: 'sidecar', cluster: 'outbound|443||edition.cnn.com' }],
            },
          },
        },
        { says: both('HTTP arrives as before', 'HTTP 照旧到达'), is: { request: { url: http }, ends: { arrives: true } } },
        {
          says: both('Other unknown hosts are still refused', '其他未知主机仍被拒绝'),
          is: { request: { url: stranger }, ends: { arrives: false } },
        },
      ],
      wrong: [
        {
          is: {
            all: [
              { request: { url: https }, ends: { exit: 35 } },
              { object: { kind: 'ServiceEntry', where: { 'spec.hosts.*': 'edition.cnn.com', 'spec.ports.*.number': 443 } } },
            ],
          },
          says: both(
            'Port 443 is listed, but not as what is spoken there. With protocol `HTTP` the sidecar waits for plaintext on it, and the app’s TLS belongs to nobody. Say `TLS` or `HTTPS`.',
            '443 端口写上了，协议却不对。写成 `HTTP`，Sidecar 就在这个端口等待明文，应用发来的 TLS 便无人认领。应写 `TLS` 或 `HTTPS`。',
          ),
          such: httpOn443,
        },
      ],
      points: [{ control: 'yaml' }],
      hint: both(
        '**Add flow**: `sleep HTTPS -> edition.cnn.com PASSTHROUGH`. In the YAML it is a second entry below `ports` of the ServiceEntry, number 443, protocol `TLS`.',
        '**添加路径**：`sleep HTTPS -> edition.cnn.com PASSTHROUGH`。写在 YAML 里，就是 ServiceEntry 的 `ports` 下面再加一项：端口号 443，协议 `TLS`。',
      ),
      show: { flows: withHttps },
      after: both(
        'The protocol of a port says to the sidecar what it may look at. `HTTP`: requests, paths, headers. `TLS` or `HTTPS`: only the name in the TLS greeting, the SNI; the rest is encrypted by the app and stays so.',
        '端口的协议告诉 Sidecar 能看到什么。写 `HTTP`，它能看到请求、路径和头部；写 `TLS` 或 `HTTPS`，它只能看到 TLS 握手里的主机名（SNI），其余内容由应用加密，始终看不到。',
      ),
    },
    {
      title: both('The door that stays open', '关不上的那扇门'),
      says: both(
        'The policy is strict, but who enforces it? The sidecar. Beside `sleep` runs an older app, `legacy`. Take its sidecar away, as happens where injection is switched off for a pod: the card of the sidecar goes, the pod stays.\n\nThen send `http://www.wikipedia.org/` from `default/legacy`. Nobody made that host known.',
        '策略已经很严格了，但由谁来执行？由 Sidecar。`sleep` 旁边还有一个老应用 `legacy`。请去掉它的 Sidecar，就像有人为这个 Pod 关掉了注入：删除 Sidecar 卡片，保留 Pod。\n\n然后从 `default/legacy` 发送 `http://www.wikipedia.org/`，这个主机从未登记过。',
      ),
      goals: [
        {
          says: both('A pod without a sidecar reaches a host that nobody made known', '没有 Sidecar 的 Pod 访问到了没有登记的主机'),
          is: {
            any: [
              { bypass: { from: 'default/legacy', host: 'www.wikipedia.org', way: 'no-sidecar' }, can: true },
              { bypass: { host: 'www.wikipedia.org', way: 'no-sidecar' }, can: true },
            ],
          },
        },
        {
          says: both('The policy itself is as strict as before', '策略本身没有放宽'),
          is: {
            any: [
              { outbound: 'REGISTRY_ONLY' },
              { object: { kind: 'Sidecar', where: { 'spec.outboundTrafficPolicy.mode': 'REGISTRY_ONLY' } } },
            ],
          },
        },
      ],
      wrong: [
        {
          is: {
            request: { from: 'default/legacy', url: stranger },
            ends: { arrives: true, hops: [{ proxy: 'sidecar', cluster: 'PassthroughCluster' }] },
          },
          says: both(
            'It arrives, because everybody may do everything again. Leave the policy at `REGISTRY_ONLY`: what is to be shown is that it does not bind this pod.',
            '请求到达了，但那是因为对所有 Pod 都放行了。请把策略留在 `REGISTRY_ONLY`：这里要看的是，它约束不了这个 Pod。',
          ),
          such: { flows: withHttps.replace('outbound REGISTRY_ONLY', 'outbound ALLOW_ANY') },
        },
      ],
      points: [{ node: 'sidecar legacy' }],
      hint: both(
        'Click on the card **sidecar** below the pod `legacy` and press Delete. In **Trace**, choose `default/legacy` under **From**.',
        '点击 Pod `legacy` 下方的 **Sidecar** 卡片，按 Delete。在**逐跳推演**的“从”一栏选择 `default/legacy`。',
      ),
      show: { flows: withHttps.replace('pod default/legacy', 'pod default/legacy sidecar=false') },
      sends: { from: 'default/legacy', url: stranger },
      after: both(
        'It arrives, and no proxy writes a line. `REGISTRY_ONLY` is a habit of sidecars and no firewall: a pod without one is free, and so is a pod whose annotation `traffic.sidecar.istio.io/excludeOutboundIPRanges` leads its traffic around the sidecar.\n\nHence the egress gateway: one place that all traffic shall pass, and a NetworkPolicy, enforced outside the pod, that lets nothing else out. The next lessons build both.',
        '请求到达了，而且没有任何代理留下日志。`REGISTRY_ONLY` 只是 Sidecar 的行为，不是防火墙：没有 Sidecar 的 Pod 不受约束；注解 `traffic.sidecar.istio.io/excludeOutboundIPRanges` 也能让 Pod 的流量绕过 Sidecar。\n\n所以才需要出口网关：所有出口流量都必须经过这一处；再加上在 Pod 之外强制执行的 NetworkPolicy（网络策略），别的路一概不通。后面的课程会把它们逐一搭建起来。',
      ),
    },
  ],
  comparisons: outboundAccessThen,
}
