/** Mistake: the subset of the gateway is defined in one client's namespace, and clients elsewhere do not know it. */
import { both } from '../../core/base/text'
import { but } from '../but'
import type { Goal, Hop, Lesson } from '../kind'

const url = 'http://httpbin.org/get'
const gatewayHost = 'istio-egressgateway.istio-system.svc.cluster.local'

const hopRule = (namespace: string, more = '') => `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: egressgateway-for-httpbin
  namespace: ${namespace}
spec:
  host: ${gatewayHost}
${more}  subsets:
  - name: httpbin
    trafficPolicy:
      portLevelSettings:
      - port: {number: 80}
        tls: {mode: ISTIO_MUTUAL, sni: httpbin.org}
`

const others = `apiVersion: networking.istio.io/v1
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
  - port: {number: 80, name: https, protocol: HTTPS}
    hosts: [httpbin.org]
    tls: {mode: ISTIO_MUTUAL}
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
        host: ${gatewayHost}
        subset: httpbin
        port: {number: 80}
  - match:
    - gateways: [istio-egressgateway]
      port: 80
    route:
    - destination:
        host: httpbin.org
        port: {number: 80}
`

const withRules = (...rules: readonly string[]) => [others, ...rules].join('---\n')
const started = withRules(hopRule('default'))
const flows = ['default', 'payments', 'batch']
  .map((namespace) => `${namespace}/sleep HTTP -> istio-egressgateway ISTIO_MUTUAL -> httpbin.org DISABLE`)
  .join('\n')

const through: Hop[] = [{ proxy: 'gateway', tls: true, peer: true }]
const arrivesFrom = (from: string): Goal => ({ request: { from, url }, ends: { arrives: true, hops: through } })
const unknownFrom = (from: string): Goal => ({
  request: { from, url },
  ends: { status: 503, hops: [{ proxy: 'sidecar', code: 503, flags: 'NC' }] },
})
const ruleIn = (namespace: string, where: Record<string, string> = {}): Goal => ({
  object: { kind: 'DestinationRule', namespace, where: { 'spec.host': gatewayHost, ...where } },
})

export const mistakeSubsetElsewhere: Lesson = {
  id: 'mistake-subset-elsewhere',
  part: 'mistake',
  title: both('A subset that only one namespace knows', '只有一个命名空间认识的 subset'),
  story: both(
    'The way through the egress gateway was set up in default, tested there, and announced to all teams. In default it works; from every other namespace the same request ends with 503 before it has left the pod.',
    '经过出口网关的路是在 default 里配置和测试的，然后向所有团队公布。在 default 里一切正常；换成别的命名空间，同样的请求还没离开 Pod 就以 503 告终。',
  ),
  issues: [30730, 11124],
  start: { flows, yaml: started },
  steps: [
    {
      title: both('See it fail elsewhere', '看它在别处怎样失败'),
      says: both(
        'Send `http://httpbin.org/get` in **Trace** from `default/sleep`: it arrives. Then send it from `payments/sleep`, and see who answers.',
        '先在**逐跳推演**中从 `default/sleep` 发送 `http://httpbin.org/get`：能够到达。再从 `payments/sleep` 发送，看看是谁给出了应答。',
      ),
      goals: [
        { says: both('The request was sent from payments', '已从 payments 发送请求'), is: { sent: { from: 'payments/sleep', url } } },
        { says: both('Its sidecar answers by itself: 503 NC', '由它自己的 Sidecar 回答：503 NC'), is: unknownFrom('payments/sleep') },
        { says: both('From default it arrives', '从 default 发送则能到达'), is: arrivesFrom('default/sleep') },
      ],
      points: [{ control: 'trace' }],
      hint: both(
        'The Trace panel has a list of pods: choose `payments/sleep` there, type the address and press Send.',
        '“逐跳推演”里有一个 Pod 列表：选择 `payments/sleep`，输入地址，按“发送”。',
      ),
      sends: { from: 'payments/sleep', url },
      after: both(
        '`NC` is “no cluster”: the route tells the sidecar to send to subset `httpbin` of the gateway, and this sidecar has never heard of such a subset. The route itself is known everywhere, since VirtualServices are. The gateway has no line in its log: the request never came so far.',
        '`NC` 即 no cluster：路由要 Sidecar 转发到网关的 subset `httpbin`，而这个 Sidecar 从没听说过这个 subset。路由本身是处处可见的，VirtualService 默认就是如此。网关日志里一行也没有：请求根本没走到那里。',
      ),
    },
    {
      title: both('Help one team', '先解决一个团队的问题'),
      says: both(
        'Fix it for `payments`: the request passes the gateway over mutual TLS, as it does from `default`, which must go on working.',
        '请让 `payments` 也能用：请求像在 `default` 中一样，以双向 TLS 经过网关；`default` 也要继续正常。',
      ),
      goals: [
        {
          says: both('From payments it passes the gateway over mTLS', '从 payments 发出的请求以 mTLS 经过网关'),
          is: arrivesFrom('payments/sleep'),
        },
        { says: both('From default it does so too', '从 default 发出的也一样'), is: arrivesFrom('default/sleep') },
      ],
      wrong: [
        {
          is: { all: [unknownFrom('payments/sleep'), ruleIn('default', { 'spec.exportTo.*': '*' })] },
          says: both(
            'The rule was exported to everyone before: that is the default. But a sidecar does not look everywhere: only into its own namespace, then into that of the service, then into the root namespace.',
            '这条规则本来就导出给所有人，那是默认值。问题在于 Sidecar 不会到处去找：它只看自己的命名空间，再看该服务所在的命名空间，最后看根命名空间。',
          ),
          such: { flows, yaml: withRules(hopRule('default', '  exportTo: ["*"]\n')) },
        },
        {
          is: { all: [unknownFrom('default/sleep'), ruleIn('istio-system', { 'spec.exportTo.*': '.' })] },
          says: both(
            'The place is right, but `exportTo: ["."]` keeps the rule inside of `istio-system`: now no client sees it.',
            '位置对了，但 `exportTo: ["."]` 把规则限制在 `istio-system` 之内：现在哪个客户端都看不到它。',
          ),
          such: { flows, yaml: withRules(hopRule('istio-system', '  exportTo: ["."]\n')) },
        },
        {
          is: { all: [unknownFrom('default/sleep'), arrivesFrom('payments/sleep')] },
          says: both(
            'Now `payments` knows the subset, and `default` does not any more.',
            '现在 `payments` 认识这个 subset 了，`default` 却不认识了。',
          ),
          such: { flows, yaml: withRules(hopRule('payments')) },
        },
        {
          is: { request: { from: 'payments/sleep', url }, ends: { status: 503, hops: [{ proxy: 'gateway', flags: 'NR', tls: false }] } },
          says: both(
            'Without the subset the route is understood everywhere, but it was the subset that said mutual TLS: plaintext now arrives at a server that expects TLS (`NR filter_chain_not_found`).',
            '去掉 subset，路由倒是处处都认识了，可是双向 TLS 正是写在 subset 里的：现在到达网关的是明文，而 server 要的是 TLS（`NR filter_chain_not_found`）。',
          ),
          such: { flows, yaml: but(started, ['        subset: httpbin\n', '']) },
        },
      ],
      points: [{ control: 'problems' }, { control: 'yaml' }],
      hint: both(
        'Where would a sidecar in `payments` look for a DestinationRule of the gateway’s host? In `payments`, and in the namespace of the gateway’s Service. The **Problems** panel notes it as L5, with a fix.',
        '`payments` 中的 Sidecar 会到哪里找网关主机的 DestinationRule？先看 `payments`，再看网关 Service 所在的命名空间。**问题**面板以 L5 提示了它，并提供修复。',
      ),
      show: { flows, yaml: withRules(hopRule('default'), hopRule('payments')) },
      after: both(
        'A copy in the client’s namespace works; one rule in the gateway’s namespace works as well. The next step tells them apart.',
        '在客户端的命名空间放一份副本可行，在网关的命名空间只放一份也可行。两者有什么差别，下一步就见分晓。',
      ),
    },
    {
      title: both('Help all teams, also those to come', '让所有团队都能用，包括以后的'),
      says: both(
        'The team `batch` comes next. Let it pass the gateway too, with **one** DestinationRule for the gateway’s host, which serves every namespace.',
        '接下来轮到 `batch` 团队。请让它也能经过网关，并且对网关主机只保留**一条**供所有命名空间使用的 DestinationRule。',
      ),
      goals: [
        { says: both('From batch it passes the gateway over mTLS', '从 batch 发出的请求以 mTLS 经过网关'), is: arrivesFrom('batch/sleep') },
        {
          says: both('From default and payments it still does', '从 default 和 payments 发出的仍然如此'),
          is: { all: [arrivesFrom('default/sleep'), arrivesFrom('payments/sleep')] },
        },
        {
          says: both('No client’s namespace has a rule of its own for the gateway', '客户端的命名空间里没有针对网关的规则'),
          is: { not: { any: [ruleIn('default'), ruleIn('payments'), ruleIn('batch')] } },
        },
      ],
      wrong: [
        {
          is: { all: [arrivesFrom('batch/sleep'), ruleIn('istio-system'), { any: [ruleIn('default'), ruleIn('payments')] }] },
          says: both(
            'It works, but the old copies are still there. Where one exists the common rule is not even looked at: when somebody changes it later, those namespaces will not follow.',
            '能用了，但旧的副本还在。有副本的命名空间根本不会去看公共规则：以后公共规则一改，这些命名空间就跟不上了。',
          ),
          such: { flows, yaml: withRules(hopRule('default'), hopRule('payments'), hopRule('istio-system')) },
        },
        {
          is: { all: [arrivesFrom('batch/sleep'), ruleIn('batch')] },
          says: both(
            'One more copy, and one more with each team to come. There is a place where all of them look.',
            '又多了一份副本，以后每来一个团队就要再加一份。其实有一个地方是大家都会去看的。',
          ),
          such: { flows, yaml: withRules(hopRule('default'), hopRule('payments'), hopRule('batch')) },
        },
      ],
      points: [{ control: 'yaml' }],
      hint: both(
        'Write the DestinationRule into `istio-system`, where the gateway’s Service lies, without `exportTo`, and take the copies out.',
        '把 DestinationRule 写到网关 Service 所在的 `istio-system`，不写 `exportTo`，再删掉各处的副本。',
      ),
      show: { flows, yaml: withRules(hopRule('istio-system')) },
      after: both(
        'A rule for the way to the gateway belongs beside the gateway. `istioctl analyze` is silent in all of this: it finds the subset somewhere, and does not ask from where it can be seen.',
        '通往网关的规则，就该放在网关旁边。整个过程中 `istioctl analyze` 都不会出声：它只要在某处找到这个 subset 就满意了，并不追问从哪里看得到它。',
      ),
    },
  ],
}
