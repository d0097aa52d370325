/** Lesson: nobody bypasses the gateway. */
import { both } from '../../core/base/text'
import { but } from '../but'
import { forbidBypassThen } from '../comparisons/forbid-bypass'
import type { Goal, Lesson } from '../kind'

const cnn = 'https://edition.cnn.com/politics'
const other = 'https://www.example.org/'
const client = 'test-egress/sleep'

const passthrough = `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: cnn, namespace: default}
spec:
  hosts: [edition.cnn.com]
  ports:
  - {number: 443, name: tls, protocol: TLS}
  resolution: DNS
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: istio-egressgateway, namespace: default}
spec:
  selector: {istio: egressgateway}
  servers:
  - port: {number: 443, name: tls, protocol: TLS}
    hosts: [edition.cnn.com]
    tls: {mode: PASSTHROUGH}
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: egressgateway-for-cnn, namespace: default}
spec:
  host: istio-egressgateway.istio-system.svc.cluster.local
  subsets:
  - name: cnn
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: direct-cnn-through-egress-gateway, namespace: default}
spec:
  hosts: [edition.cnn.com]
  gateways: [mesh, istio-egressgateway]
  tls:
  - match: [{gateways: [mesh], port: 443, sniHosts: [edition.cnn.com]}]
    route: [{destination: {host: istio-egressgateway.istio-system.svc.cluster.local, subset: cnn, port: {number: 443}}}]
  - match: [{gateways: [istio-egressgateway], port: 443, sniHosts: [edition.cnn.com]}]
    route: [{destination: {host: edition.cnn.com, port: {number: 443}}}]
`

const policy = (namespace: string, ports = '') => `---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: allow-egress-to-istio-and-dns, namespace: ${namespace}}
spec:
  podSelector: {}
  policyTypes: [Egress]
  egress:
  - to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}}]
    ports: [{protocol: UDP, port: 53}, {protocol: TCP, port: 53}]
  - to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: istio-system}}}]
${ports}`

const hopRule = (namespace: string) => `{name: egressgateway-for-cnn, namespace: ${namespace}}`
const beside = [hopRule('default'), hopRule('istio-system')] as const

const guarded = `${passthrough}${policy('test-egress')}`
const shared = but(guarded, beside)
const bothGuarded = `${shared}${policy('default')}`

const drawn = 'sleep HTTPS -> istio-egressgateway DISABLE -> edition.cnn.com PASSTHROUGH'
const bare = `pod ${client} sidecar=false`
const injected = `pod ${client}`
const open = { flows: `${drawn}\n${bare}` }
const closed = { flows: `${drawn}\n${bare}\noutbound REGISTRY_ONLY` }
const withSidecar = { flows: `${drawn}\n${injected}\noutbound REGISTRY_ONLY` }

const through: Goal = { request: { url: cnn }, ends: { gateway: 'any', arrives: true } }
const alsoThrough: Goal = { request: { from: client, url: cnn }, ends: { gateway: 'any', arrives: true } }
const shut = (from: string, host: string): Goal => ({ bypass: { from, host }, can: false })
const held = (from: string): Goal => ({ bypass: { from, host: 'edition.cnn.com', way: 'no-network-policy' }, can: false })

export const forbidBypass: Lesson = {
  id: 'forbid-bypass',
  part: 'tutorial',
  title: both('Nobody bypasses the gateway', '禁止绕过出口网关'),
  story: both(
    'Routes lead traffic to the gateway, but they force nobody. A pod that has no sidecar, or that slips past it, goes where it likes, and the gateway’s logs show a peace that is none. In this lesson a second namespace joins, `test-egress`, whose pod does just that. You shut the way with a NetworkPolicy and then open the right one.',
    '路由把流量引导到网关，却不强迫任何人。没有 Sidecar 的 Pod，或者绕开了 Sidecar 的 Pod，想去哪里就去哪里，而网关的日志里一片太平。本课中会多出一个命名空间 `test-egress`，其中的 Pod 正是如此。你先用网络策略堵住这条路，再打开正确的路。',
  ),
  start: { ...open, yaml: passthrough },
  steps: [
    {
      title: both('What REGISTRY_ONLY stops', 'REGISTRY_ONLY 能拦住什么'),
      says: both(
        'At first sight the outbound policy does it: what nobody made known is let out by no sidecar.\n\nWith nothing selected, set it to REGISTRY_ONLY, and send `https://www.example.org/` from `default/sleep`.',
        '乍看之下，出站流量策略就够了：没有登记过的主机，Sidecar 一律不放行。\n\n不选中任何东西，把它设为 REGISTRY_ONLY，然后从 `default/sleep` 发送 `https://www.example.org/`。',
      ),
      goals: [
        { says: both('The request was sent', '请求已发送'), is: { sent: { url: other } } },
        {
          says: both('default/sleep does not reach a host that nobody made known', 'default/sleep 访问不到没有登记过的主机'),
          is: shut('default/sleep', 'www.example.org'),
        },
        { says: both('It still reaches edition.cnn.com through the gateway', '它仍能经网关访问 edition.cnn.com'), is: through },
      ],
      points: [{ control: 'outbound' }, { control: 'trace' }],
      hint: both(
        'Click on an empty place of the canvas: the inspector then shows the design, and in it the outbound policy.',
        '点击画布的空白处：属性面板会显示整个设计，其中就有出站流量策略。',
      ),
      show: { ...closed, yaml: passthrough },
      sends: { url: other },
      after: both(
        'Curl exit 35, and `BlackHoleCluster` in the log of the sidecar. Mind who stopped it: the sidecar of `default/sleep`. REGISTRY_ONLY is a setting of sidecars, and holds for pods that have one and send their traffic through it.',
        'curl 退出码 35，Sidecar 的日志里是 `BlackHoleCluster`。请注意是谁拦住了它：`default/sleep` 自己的 Sidecar。REGISTRY_ONLY 是 Sidecar 的设置，只对有 Sidecar、并且流量经过它的 Pod 有效。',
      ),
    },
    {
      title: both('What it does not stop', '它拦不住什么'),
      says: both(
        'The pod in `test-egress` has no sidecar: the namespace is not labelled for injection.\n\nSend `https://www.example.org/` from `test-egress/sleep`. Then look who wrote a line about it.',
        '`test-egress` 中的 Pod 没有 Sidecar：该命名空间没有启用注入。\n\n从 `test-egress/sleep` 发送 `https://www.example.org/`，然后看看谁为它写了日志。',
      ),
      goals: [
        { says: both('The request was sent from test-egress', '请求已从 test-egress 发送'), is: { sent: { from: client, url: other } } },
      ],
      points: [{ node: 'pod test-egress/sleep' }, { control: 'trace' }],
      hint: both('In Trace, choose `test-egress/sleep` under From.', '在“逐跳推演”的“从”中选择 `test-egress/sleep`。'),
      sends: { from: client, url: other },
      after: both(
        'It arrived, and nobody wrote a line: no proxy was on the way. An app with a sidecar can do nearly the same, by an annotation on its pod or by being the user whose traffic is not redirected. Istio cannot forbid it, since Istio acts only where traffic passes its proxies. What forbids it must sit in the network: a firewall, nodes without a way out, or a NetworkPolicy.',
        '请求到达了，而且没有任何日志：途中根本没有代理。有 Sidecar 的应用也几乎可以做到同样的事，比如给 Pod 加一条注解，或者以流量不被重定向的用户身份运行。Istio 无法禁止，因为只有流量经过它的代理，它才起作用。能禁止的手段必须在网络里：防火墙、没有公网出口的节点，或者 NetworkPolicy（网络策略）。',
      ),
    },
    {
      title: both('Shut the namespace', '封住这个命名空间'),
      says: both(
        'Add a guard to `test-egress`: a NetworkPolicy that lets its pods out to DNS and to `istio-system`, where istiod and the gateway are, and nowhere else.\n\nThe verdicts on bypass are in **Problems**.',
        '为 `test-egress` 添加网络策略：它的 Pod 只能访问 DNS 和 `istio-system`（istiod 和网关所在的命名空间），其他一概不行。\n\n能否绕过网关，**问题**面板里有结论。',
      ),
      goals: [
        {
          says: both('test-egress/sleep cannot get past the gateway', 'test-egress/sleep 无法绕过网关'),
          is: { all: [shut(client, 'edition.cnn.com'), shut(client, 'www.example.org')] },
        },
        { says: both('No change of the pod helps it either', '改动 Pod 也无济于事'), is: held(client) },
        { says: both('default/sleep still goes through the gateway', 'default/sleep 仍能经网关访问'), is: through },
      ],
      wrong: [
        {
          is: { all: [held('default/sleep'), { bypass: { from: client, host: 'edition.cnn.com' }, can: true }] },
          says: both(
            'The guard is at `default`. A NetworkPolicy counts for the pods of its own namespace only, and the one that bypasses is in `test-egress`.',
            '网络策略加在了 `default` 上。NetworkPolicy 只对自己命名空间的 Pod 有效，而绕过网关的那个 Pod 在 `test-egress`。',
          ),
          such: { ...closed, yaml: `${passthrough}${policy('default')}` },
        },
        {
          is: { all: [shut(client, 'www.example.org'), { not: held(client) }] },
          says: both(
            'With a sidecar the ordinary request is stopped. But a sidecar can be taken away again by whoever may change the pod. The step asks for something that holds without it.',
            '有了 Sidecar，普通的请求会被拦住。但能修改 Pod 的人随时可以再去掉它。这一步要的是没有 Sidecar 也有效的办法。',
          ),
          such: { ...withSidecar, yaml: passthrough },
        },
      ],
      points: [{ node: 'pod test-egress/sleep' }, { control: 'problems' }],
      hint: both(
        'The frame of the namespace `test-egress` on the canvas has a button **Add guard**; the list of guards is also in the inspector of the design. By hand: a NetworkPolicy with `policyTypes: [Egress]`.',
        '画布上 `test-egress` 命名空间的边框有一个**添加**网络策略的按钮；整个设计的属性面板里也有网络策略列表。也可以手写一个 `policyTypes: [Egress]` 的 NetworkPolicy。',
      ),
      show: { ...closed, yaml: guarded },
      after: both(
        'Send it once more: the connection times out, curl exit 28, and again nobody logs it. A NetworkPolicy drops packets; it neither answers nor explains. DNS is allowed only to `kube-system`, so that names cannot carry data out either. And it needs a network plugin that enforces it: with one that does not, the object is accepted and does nothing.',
        '再发送一次：连接超时，curl 退出码 28，仍然没有任何日志。NetworkPolicy 只是丢弃数据包，既不应答也不解释。DNS 也只放行到 `kube-system`，这样就无法借域名查询把数据带出去。另外，它需要网络插件来执行：如果插件不支持，这个对象会被接受，却不起任何作用。',
      ),
    },
    {
      title: both('Bring the pod into the mesh', '让 Pod 加入网格'),
      says: both(
        'Now the pod reaches nothing at all. The way that is left leads through a sidecar to the gateway. On a cluster you would label the namespace `istio-injection=enabled` and restart the pod; here, give it a sidecar on the canvas.\n\nThen send `https://edition.cnn.com/politics` from `test-egress/sleep`. It will fail: see where.',
        '现在这个 Pod 什么都访问不到。剩下的路是经 Sidecar 到网关。在集群里，要给命名空间打上 `istio-injection=enabled` 标签并重启 Pod；在这里，请在画布上给它加一个 Sidecar。\n\n然后从 `test-egress/sleep` 发送 `https://edition.cnn.com/politics`。它会失败：看看失败在哪里。',
      ),
      goals: [
        {
          says: both('The traffic of test-egress/sleep passes a sidecar', 'test-egress/sleep 的流量经过 Sidecar'),
          is: { request: { from: client, url: cnn }, ends: { hops: [{ proxy: `sidecar ${client}` }] } },
        },
        { says: both('The request was sent from test-egress', '请求已从 test-egress 发送'), is: { sent: { from: client, url: cnn } } },
        { says: both('The guard is still there', '网络策略仍在'), is: held(client) },
      ],
      wrong: [
        {
          is: { all: [{ not: held(client) }, { request: { from: client, url: cnn }, ends: { hops: [{ proxy: `sidecar ${client}` }] } }] },
          says: both(
            'The sidecar is there, but the guard is gone: whoever slips past the sidecar is free again.',
            'Sidecar 有了，网络策略却没了：绕开 Sidecar 的流量又可以自由出去。',
          ),
          such: { ...withSidecar, yaml: passthrough },
        },
      ],
      points: [{ node: 'pod test-egress/sleep' }, { control: 'trace' }],
      hint: both(
        'Drag from the dot at the right of the pod’s card to an empty place and choose a new sidecar. Or open **Add flow** and type `pod test-egress/sleep`.',
        '从 Pod 卡片右侧的圆点拖到空白处，选择新建 Sidecar。也可以打开**添加路径**，输入 `pod test-egress/sleep`。',
      ),
      show: { ...withSidecar, yaml: guarded },
      sends: { from: client, url: cnn },
      after: both(
        'Curl exit 35 again, but this time there is a line to read: the sidecar’s, with the flag `NC`, no cluster found. The VirtualService in `default` is seen from every namespace, so this sidecar, too, wants to send to subset `cnn` of the gateway. The DestinationRule that defines the subset is in `default`, and sidecars of `test-egress` do not read it there.',
        'curl 退出码仍是 35，但这一次有日志可看：Sidecar 的那一行带有标志 `NC`，即找不到 cluster。`default` 中的 VirtualService 对所有命名空间可见，因此这个 Sidecar 也要把请求发往网关的 subset `cnn`。而定义该 subset 的 DestinationRule 在 `default` 里，`test-egress` 的 Sidecar 不会去那里读取。',
      ),
    },
    {
      title: both('A rule that both namespaces see', '让两个命名空间都看得到规则'),
      says: both(
        'See to it that **both** pods reach `edition.cnn.com` through the gateway, with the guard in place.',
        '请让**两个** Pod 都能经网关访问 `edition.cnn.com`，同时保留网络策略。',
      ),
      goals: [
        { says: both('test-egress/sleep arrives through the gateway', 'test-egress/sleep 经网关到达'), is: alsoThrough },
        { says: both('default/sleep arrives through the gateway', 'default/sleep 经网关到达'), is: through },
        {
          says: both('Nothing gets past the gateway from test-egress', 'test-egress 没有任何流量能绕过网关'),
          is: { all: [shut(client, 'edition.cnn.com'), held(client)] },
        },
      ],
      wrong: [
        {
          is: { all: [alsoThrough, { request: { url: cnn }, ends: { hops: [{ proxy: 'sidecar', flags: 'NC' }] } }] },
          says: both(
            'Now `test-egress` has the rule, and `default` lost it: `NC` there. Either both get a copy, or one lies where all look.',
            '现在 `test-egress` 有了规则，`default` 却没有了：那里变成 `NC`。要么各有一份，要么放在大家都会查找的地方。',
          ),
          such: { ...withSidecar, yaml: but(guarded, [hopRule('default'), hopRule('test-egress')]) },
        },
        {
          is: { object: { kind: 'DestinationRule', namespace: 'istio-system', where: { 'spec.exportTo.0': '.' } } },
          says: both(
            'It is the right place, but `exportTo: ["."]` shows the rule to `istio-system` alone. A rule on the hop is read by the clients’ sidecars.',
            '位置对了，但 `exportTo: ["."]` 让规则只对 `istio-system` 可见。通往网关这一跳的规则是由客户端的 Sidecar 读取的。',
          ),
          such: {
            ...withSidecar,
            yaml: but(guarded, [`${hopRule('default')}\nspec:\n`, `${hopRule('istio-system')}\nspec:\n  exportTo: ["."]\n`]),
          },
        },
      ],
      points: [{ control: 'yaml' }, { control: 'problems' }],
      hint: both(
        'A sidecar looks for rules on the gateway’s Service in its own namespace first, then in the Service’s. Put the DestinationRule into `istio-system`; or make a copy of it in `test-egress`, as the tutorial does.',
        '对网关的 Service，Sidecar 先在自己的命名空间查找规则，再到 Service 所在的命名空间查找。把 DestinationRule 放到 `istio-system`；或者像教程那样，在 `test-egress` 再放一份副本。',
      ),
      show: { ...withSidecar, yaml: shared },
      after: both(
        'The guard does not mind, since the sidecar speaks only to the gateway in `istio-system`, and the gateway lies under no guard. One rule beside the gateway serves every namespace. Beware of the mixture: a namespace with any rule of its own for the gateway no longer sees the common one, also if its own has other subsets.',
        '网络策略并不妨碍，因为 Sidecar 只与 `istio-system` 中的网关通信，而网关不受这个策略约束。网关旁边的一条规则就够所有命名空间使用。但不要混用：命名空间里只要有一条自己的、针对网关的规则，就再也看不到公共的那条，哪怕它定义的是别的 subset。',
      ),
    },
    {
      title: both('And the first namespace?', '第一个命名空间呢？'),
      says: both(
        '`default` obeys so far because its sidecar does. Whoever can change the pod can take the sidecar out of the way: **Problems** still reports a way past the gateway.\n\nShut that one too, and let the traffic through the gateway live.',
        '到目前为止，`default` 守规矩只是因为它的 Sidecar 守规矩。能修改 Pod 的人就能让 Sidecar 不再起作用：**问题**面板仍然指出一条绕过网关的路。\n\n请把这条路也堵上，同时不要影响经过网关的流量。',
      ),
      goals: [
        { says: both('No change of the pod opens a way from default', '改动 Pod 也无法从 default 绕过网关'), is: held('default/sleep') },
        { says: both('default/sleep arrives through the gateway', 'default/sleep 经网关到达'), is: through },
        { says: both('test-egress is as it was', 'test-egress 保持不变'), is: { all: [alsoThrough, held(client)] } },
      ],
      wrong: [
        {
          is: { request: { url: cnn }, ends: { exit: 28 } },
          says: both(
            'The way past the gateway is shut, and so is the one to it: time-out. If the policy names ports, they must be those of the **pods**, 8443 and 15012, not those of the Service: a NetworkPolicy sees the packet behind the Service’s translation.',
            '绕过网关的路堵上了，通往网关的路也堵上了：超时。如果策略写了端口，必须是 **Pod** 的端口，即 8443 和 15012，而不是 Service 的端口：NetworkPolicy 看到的是经过 Service 转换之后的数据包。',
          ),
          such: { ...withSidecar, yaml: `${shared}${policy('default', '    ports: [{protocol: TCP, port: 443}]\n')}` },
        },
      ],
      points: [{ control: 'problems' }],
      hint: both('The same guard as before, for `default`.', '与前面相同的网络策略，这次用于 `default`。'),
      show: { ...withSidecar, yaml: bothGuarded },
      after: both(
        'Routing and enforcement are two jobs. Istio routes: with sidecar, VirtualService and gateway the good requests find their way and are logged. The network enforces: what does not take that way goes nowhere. REGISTRY_ONLY stays useful beside it, since it answers at once and names the host in a log, where the network only stays silent.',
        '引导和强制是两项工作。Istio 负责引导：有了 Sidecar、VirtualService 和网关，正常的请求能找到路，并且留下日志。网络负责强制：不走这条路的流量哪里也去不了。REGISTRY_ONLY 仍然有用，因为它立刻给出回答，并在日志中写下主机名，而网络只会沉默。',
      ),
    },
  ],
  comparisons: forbidBypassThen,
  issues: [30730, 11124, 31025],
}
