/** Mistake: an AuthorizationPolicy that first does nothing, and then denies everybody. */
import { both } from '../../core/base/text'
import { but } from '../but'
import type { Goal, Lesson } from '../kind'

const url = 'http://httpbin.org/get'

const started = `apiVersion: networking.istio.io/v1
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
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata:
  name: only-sleep-may-leave
  namespace: default
spec:
  selector:
    matchLabels: {istio: egressgateway}
  action: ALLOW
  rules:
  - from:
    - source:
        principals: [cluster.local/ns/default/sa/sleep]
`

const flows = ['sleep', 'batch'].map((pod) => `${pod} HTTP -> istio-egressgateway DISABLE -> httpbin.org DISABLE`).join('\n')
const selector = '  selector:\n    matchLabels: {istio: egressgateway}\n'
const inDefault = 'name: only-sleep-may-leave\n  namespace: default'
const moved = but(started, [inDefault, 'name: only-sleep-may-leave\n  namespace: istio-system'])
const rule = '  - from:\n    - source:\n        principals: [cluster.local/ns/default/sa/sleep]\n'

const plainServer = 'port: {number: 80, name: http, protocol: HTTP}\n    hosts: [httpbin.org]\n'
const mutualServer = 'port: {number: 80, name: https, protocol: HTTPS}\n    hosts: [httpbin.org]\n    tls: {mode: ISTIO_MUTUAL}\n'
const bare = '  - name: httpbin\n---'
const mutual = `  - name: httpbin
    trafficPolicy:
      portLevelSettings:
      - port: {number: 80}
        tls: {mode: ISTIO_MUTUAL, sni: httpbin.org}
---`
const overMutual = but(moved, [plainServer, mutualServer], [bare, mutual])

const denied = (from: string): Goal => ({ request: { from, url }, ends: { status: 403, hops: [{ proxy: 'gateway', code: 403 }] } })
const arrives = (from: string): Goal => ({ request: { from, url }, ends: { arrives: true, gateway: 'any' } })

export const mistakePolicyWithoutIdentity: Lesson = {
  id: 'mistake-policy-without-identity',
  part: 'mistake',
  title: both('A policy that lets all in, then nobody', '先放行所有人、后拒绝所有人的策略'),
  story: both(
    'Only sleep may leave through the egress gateway, says an AuthorizationPolicy. It was applied without a complaint, and everybody leaves as before. Once it is put right it denies everybody, sleep included.',
    '一条 AuthorizationPolicy 规定：只有 sleep 可以经出口网关出去。它顺利应用了，可大家照样都能出去。等到把它改对，却谁也出不去了，连 sleep 也被拒绝。',
  ),
  issues: [22609, 46591, 29119],
  start: { flows, yaml: started },
  steps: [
    {
      title: both('See it do nothing', '看它毫无作用'),
      says: both(
        'The policy allows the identity of `sleep` and nobody else. Send `http://httpbin.org/get` in **Trace** from `default/batch`.',
        '这条策略只允许 `sleep` 的身份。请在**逐跳推演**中从 `default/batch` 发送 `http://httpbin.org/get`。',
      ),
      goals: [
        { says: both('The request was sent from batch', '已从 batch 发送请求'), is: { sent: { from: 'default/batch', url } } },
        { says: both('It passes the gateway and arrives', '它经过网关并到达'), is: arrives('default/batch') },
      ],
      points: [{ control: 'trace' }],
      hint: both(
        'The Trace panel has a list of pods: choose `default/batch` there, type the address and press Send.',
        '“逐跳推演”里有一个 Pod 列表：选择 `default/batch`，输入地址，按“发送”。',
      ),
      sends: { from: 'default/batch', url },
      after: both(
        'A policy counts in its own namespace. In `default` no pod has the label `istio: egressgateway`: the policy selects nobody. Applying it says nothing of that; `istioctl analyze` does, as IST0127. The gateway runs in `istio-system`.',
        '策略只在自己的命名空间生效。`default` 里没有哪个 Pod 带有标签 `istio: egressgateway`：这条策略什么也没选中。应用时不会有任何提示，`istioctl analyze` 则会报出 IST0127。网关运行在 `istio-system`。',
      ),
    },
    {
      title: both('Put the policy where the gateway is', '把策略放到网关所在之处'),
      says: both(
        'Make the policy count for the egress gateway: `batch` must be denied there. How `sleep` fares you will see afterwards.',
        '请让策略对出口网关生效：`batch` 应当在那里被拒绝。`sleep` 会怎样，随后再看。',
      ),
      goals: [{ says: both('The gateway denies batch: 403', '网关拒绝 batch：403'), is: denied('default/batch') }],
      wrong: [
        {
          is: {
            all: [
              arrives('default/batch'),
              { object: { kind: 'AuthorizationPolicy', namespace: 'default', where: { 'spec.selector': null } } },
            ],
          },
          says: both(
            'Without a selector the policy is for every pod of its namespace, but for what **arrives** at them. What leaves through the gateway is none of its business, as long as it is in `default`.',
            '去掉 selector，策略就对本命名空间的所有 Pod 生效，但管的是**到达**它们的请求。只要它还在 `default`，经网关出去的流量就与它无关。',
          ),
          such: { flows, yaml: but(started, [selector, '']) },
        },
        {
          is: {
            all: [arrives('default/batch'), { not: { object: { kind: 'AuthorizationPolicy' } } }],
          },
          says: both('Without any policy everybody may leave.', '没有任何策略，谁都可以出去。'),
          such: { flows, yaml: started.slice(0, started.lastIndexOf('---\n')) },
        },
      ],
      points: [{ control: 'problems' }],
      hint: both(
        'The **Problems** panel warns of it as L13; its fix writes `namespace: istio-system` into the policy.',
        '**问题**面板以 L13 警告了它，修复按钮会把策略的命名空间改为 `istio-system`。',
      ),
      show: { flows, yaml: moved },
      after: both(
        'The gateway denies `batch`: `403 rbac_access_denied_matched_policy[none]`, no rule matched. Now send the same from `default/sleep`, whom the rule names.',
        '网关拒绝了 `batch`：`403 rbac_access_denied_matched_policy[none]`，没有匹配的规则。现在换 `default/sleep` 发送同样的请求，规则里写的正是它。',
      ),
    },
    {
      title: both('Let the gateway know who calls', '让网关知道是谁在访问'),
      says: both(
        '`sleep` is denied as well: the rule asks who calls, and the hop to the gateway is plaintext, so nobody can show an identity. The **Problems** panel reports it as L13.\n\nMake it as it was meant: `sleep` leaves, `batch` does not.',
        '`sleep` 也被拒绝了：规则要看调用方是谁，而到网关这一跳是明文，谁也拿不出身份。**问题**面板以 L13 指出了这一点。\n\n请实现原来的意图：`sleep` 可以出去，`batch` 不行。',
      ),
      goals: [
        { says: both('From sleep it passes the gateway and arrives', '从 sleep 发出的请求经过网关并到达'), is: arrives('default/sleep') },
        { says: both('The gateway still denies batch: 403', '网关仍然拒绝 batch：403'), is: denied('default/batch') },
      ],
      wrong: [
        {
          is: { all: [arrives('default/sleep'), arrives('default/batch')] },
          says: both('`sleep` is let in, and so is everybody else.', '`sleep` 放行了，可是别人也全都放行了。'),
          such: { flows, yaml: but(moved, [rule, '  - to:\n    - operation:\n        hosts: [httpbin.org]\n']) },
        },
        {
          is: {
            all: [
              denied('default/sleep'),
              { object: { kind: 'AuthorizationPolicy', where: { 'spec.rules.*.from.*.source.namespaces.*': 'default' } } },
            ],
          },
          says: both(
            '`namespaces` is read from the same certificate as `principals`: on a plaintext hop there is none, and everybody is denied as before. It would not tell `sleep` from `batch` either.',
            '`namespaces` 和 `principals` 一样取自证书：明文的一跳没有证书，照样人人被拒。况且它也分不清 `sleep` 和 `batch`。',
          ),
          such: { flows, yaml: but(moved, ['principals: [cluster.local/ns/default/sa/sleep]', 'namespaces: [default]']) },
        },
        {
          is: { request: { from: 'default/sleep', url }, ends: { status: 503, hops: [{ proxy: 'gateway', flags: 'NR' }] } },
          says: both(
            'The server of the gateway asks for mutual TLS now, and what arrives does not fit: let the DestinationRule say `ISTIO_MUTUAL` too, with `sni: httpbin.org`.',
            '网关的 server 已经要求双向 TLS，到达的连接却对不上：DestinationRule 也要写 `ISTIO_MUTUAL`，并加上 `sni: httpbin.org`。',
          ),
          such: { flows, yaml: but(moved, [plainServer, mutualServer]) },
        },
        {
          is: { request: { from: 'default/sleep', url }, ends: { status: 503, hops: [{ proxy: 'gateway', flags: 'DPE' }] } },
          says: both(
            'Sidecars speak mutual TLS now, and the server of the gateway still expects HTTP (`400 DPE`). Let the Gateway say protocol `HTTPS` with `tls: {mode: ISTIO_MUTUAL}`.',
            'Sidecar 已经改用双向 TLS，网关的 server 却还在等 HTTP（`400 DPE`）。请在 Gateway 中把协议写成 `HTTPS`，并加上 `tls: {mode: ISTIO_MUTUAL}`。',
          ),
          such: { flows, yaml: but(moved, [bare, mutual]) },
        },
      ],
      points: [{ hop: ['sidecar sleep', 'gateway istio-egressgateway'] }, { hop: ['sidecar batch', 'gateway istio-egressgateway'] }],
      hint: both(
        'Make the hops from the sidecars to the gateway mutual TLS: click each and choose `ISTIO_MUTUAL`.',
        '把两个 Sidecar 到网关的这一跳都改成双向 TLS：逐一点击，选择 `ISTIO_MUTUAL`。',
      ),
      show: { flows, yaml: overMutual },
      after: both(
        'An identity comes from a certificate, and the gateway sees one only where mutual TLS ends at it. For HTTPS that is passed through there is none either: there a policy can match `connection.sni`, which says where to, never who.',
        '身份来自证书；只有当双向 TLS 在网关终止时，网关才看得到证书。透传的 HTTPS 同样没有：那里的策略可以依据 `connection.sni`，它只说明去哪里，从不说明是谁。',
      ),
    },
  ],
}
