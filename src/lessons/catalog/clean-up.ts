/** Lesson: cleaning up, and what happens while only a part is gone. */
import { both } from '../../core/base/text'
import type { Lesson, Scene } from '../kind'

const http = 'http://edition.cnn.com/politics'

const serviceEntry = `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: cnn
  namespace: default
spec:
  hosts:
  - edition.cnn.com
  ports:
  - number: 80
    name: http-port
    protocol: HTTP
  - number: 443
    name: https
    protocol: HTTPS
  resolution: DNS
`
const gateway = `apiVersion: networking.istio.io/v1
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
      name: http
      protocol: HTTP
    hosts:
    - edition.cnn.com
`
const destinationRule = `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: egressgateway-for-cnn
  namespace: istio-system
spec:
  host: istio-egressgateway.istio-system.svc.cluster.local
  subsets:
  - name: cnn
`
const virtualService = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: direct-cnn-through-egress-gateway
  namespace: default
spec:
  hosts:
  - edition.cnn.com
  gateways:
  - istio-egressgateway
  - mesh
  http:
  - match:
    - gateways:
      - mesh
      port: 80
    route:
    - destination:
        host: istio-egressgateway.istio-system.svc.cluster.local
        subset: cnn
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
/** The mesh of the lesson with these objects. */
const left = (...objects: string[]): Scene => ({ flows: 'outbound REGISTRY_ONLY\npod default/sleep', yaml: objects.join('---\n') })

const there = (kind: string) => ({ object: { kind } })
const gone = (kind: string) => ({ not: there(kind) })

export const cleanUp: Lesson = {
  id: 'clean-up',
  part: 'tutorial',
  title: both('Cleaning up', '清理'),
  story: both(
    'What was built in four steps is taken down in four, and the order counts: while a part is gone and another still points to it, requests fail. You take the tutorial’s configuration apart, with traffic running, and see what every missing piece does, and what no `kubectl delete` takes back.',
    '四步搭起来的东西，也要分四步拆掉，而且顺序很重要：一部分已经删除，另一部分还指着它，这时请求就会失败。本课在流量不断的情况下拆除教程的配置，看看每缺一样会发生什么，以及哪些东西是 `kubectl delete` 收不回的。',
  ),
  start: left(serviceEntry, gateway, destinationRule, virtualService),
  steps: [
    {
      title: both('Begin as the tutorial does', '先照教程的做法'),
      says: both(
        'The tutorials delete the Gateway first. Do the same: take the Gateway out of the YAML, all of it, and nothing else.\n\nThen send `http://edition.cnn.com/politics`, as an app that goes on working would.',
        '教程清理时先删 Gateway。照样做：把整个 Gateway 从 YAML 中删掉，别的都不动。\n\n然后发送 `http://edition.cnn.com/politics`，就像一个仍在运行的应用那样。',
      ),
      goals: [
        {
          says: both('Only the Gateway is gone', '只删掉了 Gateway'),
          is: { all: [gone('Gateway'), there('VirtualService'), there('DestinationRule'), there('ServiceEntry')] },
        },
        {
          says: both('The app sees 503: nobody listens at the gateway', '应用看到 503：网关上没有监听'),
          is: { request: { url: http }, ends: { status: 503, hops: [{ proxy: 'sidecar', code: 503, flags: 'UF' }] } },
        },
      ],
      wrong: [
        {
          is: { all: [gone('Gateway'), gone('VirtualService')] },
          says: both(
            'More than the Gateway is gone: whoever removes the gateway from the picture removes its route as well. Undo, and delete the one object in the YAML.',
            '删掉的不止 Gateway：在图上删除网关，它的路由也会一起删除。请撤销，然后在 YAML 中只删这一个对象。',
          ),
          such: left(serviceEntry),
        },
      ],
      points: [{ control: 'yaml' }],
      hint: both(
        'Select from `apiVersion` above `kind: Gateway` down to the next `---` and delete it.',
        '从 `kind: Gateway` 上面的 `apiVersion` 一直选到下一个 `---`，删除。',
      ),
      show: left(serviceEntry, destinationRule, virtualService),
      after: both(
        'The VirtualService still sends sidecars to the gateway, but without a Gateway object its pods open no port: `connection refused`, after retries `503 URX,UF`. The gateway writes no line at all, so its log is the wrong place to search.\n\nBy the way: where the Gateway API is installed, `kubectl delete gateway` may mean its Gateway. Write `gw`.',
        'VirtualService 仍让 Sidecar 把请求送往网关，但没有了 Gateway 对象，网关的 Pod 就不开放端口：连接被拒绝，重试之后得到 `503 URX,UF`。网关一行日志也没有，所以去网关的日志里找原因是白费功夫。\n\n顺便一提：如果集群装了 Gateway API，`kubectl delete gateway` 指的可能是它的 Gateway。请写 `gw`。',
      ),
    },
    {
      title: both('Take the route away first', '应当先撤路由'),
      says: both(
        'What points to others must go before what is pointed at. Make `http://edition.cnn.com/politics` work again, not by bringing anything back, but by removing the object that still leads to the gateway.',
        '指向别人的对象，要比被指向的先删。请让 `http://edition.cnn.com/politics` 恢复正常：不是把什么加回来，而是删掉那个仍然通向网关的对象。',
      ),
      goals: [
        {
          says: both('The request arrives, directly and under the host’s name', '请求以主机的名义直接到达'),
          is: {
            request: { url: http },
            ends: { arrives: true, gateway: 'none', hops: [{ proxy: 'sidecar', cluster: 'outbound|80||edition.cnn.com' }] },
          },
        },
        { says: both('No VirtualService is left', '没有剩下 VirtualService'), is: gone('VirtualService') },
      ],
      wrong: [
        {
          is: { request: { url: http }, ends: { status: 503, hops: [{ proxy: 'sidecar', flags: 'NC' }] } },
          says: both(
            'Now even the sidecar fails: `503 NC`. The route asks for a subset, and the DestinationRule that had it is gone. That object is pointed at; the VirtualService is the one that points.',
            '现在连 Sidecar 自己也失败了：`503 NC`。路由要用一个 subset，而定义它的 DestinationRule 已经删掉。它是被指向的一方；指向别人的是 VirtualService。',
          ),
          such: left(serviceEntry, virtualService),
        },
        {
          is: { all: [gone('ServiceEntry'), there('VirtualService')] },
          says: both(
            'Without the ServiceEntry nobody knows the host any more, neither sidecar nor gateway. It goes last.',
            '没有 ServiceEntry，Sidecar 和网关就都不认识这个主机了。它应当最后删。',
          ),
          such: left(destinationRule, virtualService),
        },
        {
          is: { request: { url: http }, ends: { arrives: true, gateway: 'any' } },
          says: both(
            'The Gateway is back and everything works as at the beginning. That is safe, but no step towards the end: delete the VirtualService.',
            'Gateway 恢复了，一切和开头一样。这样没有坏处，但清理并没有前进：请删除 VirtualService。',
          ),
          such: left(serviceEntry, gateway, destinationRule, virtualService),
        },
      ],
      points: [{ control: 'yaml' }],
      hint: both(
        'Which object names the gateway’s Service as a destination? Delete it.',
        '哪个对象把网关的 Service 写成了目的地？删掉它。',
      ),
      show: left(serviceEntry, destinationRule),
      after: both(
        'Without a route the sidecar falls back to the ServiceEntry and goes to the host itself. Had the VirtualService been first, no request would have failed at any moment.\n\nWhere a NetworkPolicy forbids the direct way, that way times out: then the policy goes first, or the app is stopped before.',
        '没有路由，Sidecar 就按 ServiceEntry 自己去访问主机。如果一开始先删 VirtualService，自始至终都不会有请求失败。\n\n如果有 NetworkPolicy（网络策略）禁止直接访问，这条路会超时：那就要先删网络策略，或者先停掉应用。',
      ),
    },
    {
      title: both('What nobody uses any more', '没人再用的东西'),
      says: both(
        'Traffic flows, but objects that were made for the gateway are still there. Remove what is left of them; the host itself stays known.',
        '流量正常，但为网关建的对象还没清干净。把剩下的删掉，主机本身仍要登记着。',
      ),
      goals: [
        {
          says: both('Neither Gateway nor DestinationRule is left', 'Gateway 和 DestinationRule 都没有了'),
          is: { all: [gone('Gateway'), gone('DestinationRule')] },
        },
        {
          says: both('The request arrives directly', '请求直接到达'),
          is: { request: { url: http }, ends: { arrives: true, gateway: 'none' } },
        },
      ],
      wrong: [
        {
          is: gone('ServiceEntry'),
          says: both(
            'The ServiceEntry is gone as well, and under `REGISTRY_ONLY` the app is cut off from the host (502). Whether it may be is a question of its own: the next step.',
            'ServiceEntry 也删掉了，在 `REGISTRY_ONLY` 之下应用就访问不了这个主机（502）。能不能删是另一个问题，下一步再说。',
          ),
          such: left(),
        },
      ],
      points: [{ control: 'yaml' }],
      hint: both('One object in the YAML has the gateway’s Service as its `host`.', 'YAML 中有一个对象的 `host` 是网关的 Service。'),
      show: left(serviceEntry),
      after: both(
        'Such remains are silent, until the next tutorial. A DestinationRule for the gateway’s Service that is in a client’s namespace hides all others for it: subsets made elsewhere are not found, `503 NC`. And an old Gateway merges with a new one on the same pod: a plaintext server that came first pushes a TLS server off the port.',
        '这类残留平时毫无声息，到做下一个教程时才发作。客户端命名空间里若留着一条针对网关 Service 的 DestinationRule，别处的同类规则对它就全部失效：找不到 subset，`503 NC`。旧的 Gateway 还会与新的在同一个 Pod 上合并：先来的明文 server 会把同一端口上后来的 TLS server 挤掉。',
      ),
    },
    {
      title: both('The host, last of all', '最后才是主机'),
      says: both(
        'No app needs the host any more: unregister it, and see how the mesh treats it from now on.',
        '应用不再需要这个主机了：取消登记，看看网格从此怎样对待它。',
      ),
      goals: [
        { says: both('No ServiceEntry is left', '没有剩下 ServiceEntry'), is: gone('ServiceEntry') },
        {
          says: both('The sidecar refuses the request: 502', 'Sidecar 拒绝请求：502'),
          is: { request: { url: http }, ends: { status: 502 } },
        },
      ],
      points: [{ control: 'yaml' }],
      hint: both('Delete the last object; the editor may be empty.', '删掉最后一个对象；编辑器里可以什么都不剩。'),
      show: left(),
      after: both(
        'All four objects are gone. The order to remember: first the VirtualService, then DestinationRule and Gateway, the ServiceEntry last. The clean-up chapter of every **Runbook** deletes in this order.\n\nAnd yet the mesh is not as it was before the tutorial: then this request left freely.',
        '四个对象都删掉了。要记住的顺序是：先删 VirtualService，再删 DestinationRule 和 Gateway，最后删 ServiceEntry。**操作手册**的“清理”一章总是按这个顺序删除。\n\n可是网格还没有回到教程开始之前的样子：那时这个请求是可以自由离开的。',
      ),
    },
    {
      title: both('What no delete takes back', '删除对象收不回的东西'),
      says: both(
        'The mesh still refuses what it does not know: that was switched on for the tutorial, and it is a setting and no object. Put it back to Istio’s default.',
        '网格仍然拒绝没有登记的主机：这是为教程打开的设置，不是对象，删除对象收不回它。请把它恢复成 Istio 的默认值。',
      ),
      goals: [
        {
          says: both('The request leaves as it did before the tutorial, unmanaged', '请求像教程开始之前那样，不受管理地离开'),
          is: { request: { url: http }, ends: { arrives: true, hops: [{ proxy: 'sidecar', cluster: 'PassthroughCluster' }] } },
        },
        {
          says: both('No object is left', '没有剩下任何对象'),
          is: { all: [gone('ServiceEntry'), gone('VirtualService'), gone('Gateway'), gone('DestinationRule')] },
        },
      ],
      wrong: [
        {
          is: there('ServiceEntry'),
          says: both(
            'The request arrives because the host is registered again. Before the tutorial it was not: the policy was another one.',
            '请求能到达，是因为主机又登记上了。教程开始之前并没有登记它，不同的是出站流量策略。',
          ),
          such: left(serviceEntry),
        },
      ],
      points: [{ control: 'outbound' }],
      hint: both(
        'With nothing selected, unfold **Design** in the inspector: **Outbound policy** becomes `ALLOW_ANY`.',
        '什么都不选，展开属性面板里的**设计**，把**出站流量策略**改为 `ALLOW_ANY`。',
      ),
      show: { flows: 'pod default/sleep', yaml: '' },
      after: both(
        'The start state is back. On a cluster, look for the rest of what is no Istio object: labels on namespaces (`istio-injection`, and those that old NetworkPolicies asked for; a label goes with a minus sign: `kubectl label namespace NAME istio-injection-`), NetworkPolicies, Secrets and certificates on your disk, the sample pods, access logging. A proxy that was injected stays until its pod is made anew.',
        '起始状态恢复了。在真实集群上，还要检查那些不属于 Istio 对象的东西：命名空间的标签（`istio-injection`，以及旧 NetworkPolicy 要求的标签；去掉标签要在末尾加减号：`kubectl label namespace NAME istio-injection-`）、网络策略、Secret 和磁盘上的证书、示例 Pod、访问日志设置。已经注入的代理，要等 Pod 重建之后才会消失。',
      ),
    },
  ],
}
