/** Mistake: a DestinationRule in the client's namespace hides the common one beside the gateway. */
import { both } from '../../core/base/text'
import { but } from '../but'
import type { Goal, Lesson } from '../kind'

const url = 'http://httpbin.org/get'
const gatewayHost = 'istio-egressgateway.istio-system.svc.cluster.local'

const common = `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: httpbin
  namespace: istio-system
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
  namespace: istio-system
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
  namespace: istio-system
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
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: egressgateway
  namespace: istio-system
spec:
  host: ${gatewayHost}
  subsets:
  - name: httpbin
    trafficPolicy:
      tls: {mode: ISTIO_MUTUAL, sni: httpbin.org}
`
const limit = `  trafficPolicy:
    connectionPool:
      tcp: {maxConnections: 100}
`
const ofShop = (more = '') => `---
# the shop team: not more than 100 connections to the gateway
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: limit-egress
  namespace: shop
spec:
  host: ${gatewayHost}
${limit}${more}`

const commonHead = `name: egressgateway\n  namespace: istio-system\nspec:\n  host: ${gatewayHost}\n`
const mutualSubset = `  subsets:
  - name: httpbin
    trafficPolicy:
      tls: {mode: ISTIO_MUTUAL, sni: httpbin.org}
`
const flows = ['default', 'shop']
  .map((namespace) => `${namespace}/sleep HTTP -> istio-egressgateway ISTIO_MUTUAL -> httpbin.org DISABLE`)
  .join('\n')
const started = common + ofShop()

const arrivesFrom = (from: string): Goal => ({
  request: { from, url },
  ends: { arrives: true, hops: [{ proxy: 'gateway', tls: true, peer: true }] },
})
const unknownInShop: Goal = {
  request: { from: 'shop/sleep', url },
  ends: { status: 503, hops: [{ proxy: 'sidecar', code: 503, flags: 'NC' }] },
}
const ruleIn = (namespace: string, where: Record<string, string | number> = {}): Goal => ({
  object: { kind: 'DestinationRule', namespace, where: { 'spec.host': gatewayHost, ...where } },
})

export const mistakeShadowedRule: Lesson = {
  id: 'mistake-shadowed-rule',
  part: 'mistake',
  title: both('A rule that hides another one', '被遮住的规则'),
  story: both(
    'The platform team keeps one DestinationRule for the egress gateway in istio-system, and it serves everyone. Then the shop team adds a small rule of its own, only to limit its connections, and loses its way out.',
    '平台团队在 istio-system 里维护一条出口网关的 DestinationRule，大家共用。后来 shop 团队只是想限制连接数，加了一条自己的小规则，结果再也出不去了。',
  ),
  issues: [31025],
  start: { flows, yaml: started },
  steps: [
    {
      title: both('See it fail', '看它怎样失败'),
      says: both(
        'Send `http://httpbin.org/get` in **Trace** from `shop/sleep`. From `default/sleep` the same request arrives.',
        '在**逐跳推演**中从 `shop/sleep` 发送 `http://httpbin.org/get`。同样的请求从 `default/sleep` 发送则能到达。',
      ),
      goals: [
        { says: both('The request was sent from shop', '已从 shop 发送请求'), is: { sent: { from: 'shop/sleep', url } } },
        { says: both('Its sidecar answers by itself: 503 NC', '由它自己的 Sidecar 回答：503 NC'), is: unknownInShop },
      ],
      points: [{ control: 'trace' }],
      hint: both(
        'The Trace panel has a list of pods: choose `shop/sleep` there, type the address and press Send.',
        '“逐跳推演”里有一个 Pod 列表：选择 `shop/sleep`，输入地址，按“发送”。',
      ),
      sends: { from: 'shop/sleep', url },
      after: both(
        'The subset exists, in `istio-system`, but a sidecar in `shop` does not get that far: it looks for rules on a host in its own namespace first, and with any rule there the search is over. The rule of the team wins **whole**, and it has no subset `httpbin`: `NC`, no cluster.',
        'subset 是有的，就在 `istio-system`，可 `shop` 中的 Sidecar 根本不会找到那里去：对一个主机，它先看自己命名空间里的规则，只要有，查找就到此为止。于是团队的规则**整条**生效，其中并没有 subset `httpbin`：`NC`，没有 cluster。',
      ),
    },
    {
      title: both('Give shop its way back', '让 shop 恢复出口'),
      says: both(
        'Fix it so that `shop` passes the gateway over mutual TLS again, and `default` goes on doing so.',
        '请让 `shop` 重新以双向 TLS 经过网关，`default` 也继续正常。',
      ),
      goals: [
        { says: both('From shop it passes the gateway over mTLS', '从 shop 发出的请求以 mTLS 经过网关'), is: arrivesFrom('shop/sleep') },
        { says: both('From default it still does', '从 default 发出的仍然如此'), is: arrivesFrom('default/sleep') },
      ],
      wrong: [
        {
          is: {
            all: [
              unknownInShop,
              { any: [ruleIn('istio-system', { 'spec.exportTo.*': '*' }), ruleIn('istio-system', { 'spec.exportTo.*': 'shop' })] },
            ],
          },
          says: both(
            'The common rule was exported to `shop` before, too. It is not hidden: it is not asked for, as long as `shop` has a rule for this host.',
            '公共规则本来就导出到了 `shop`。它并不是不可见，而是没有谁去问它：只要 `shop` 里还有这个主机的规则，就轮不到它。',
          ),
          such: { flows, yaml: but(common, [commonHead, `${commonHead}  exportTo: ["*"]\n`]) + ofShop() },
        },
        {
          is: { request: { from: 'shop/sleep', url }, ends: { status: 503, hops: [{ proxy: 'gateway', flags: 'NR', tls: false }] } },
          says: both(
            'The subset is there now, but it must also say what the common one says: without `ISTIO_MUTUAL` plaintext arrives at a server that expects TLS (`NR filter_chain_not_found`). Nothing is merged across namespaces.',
            'subset 有了，但公共规则里写的内容它也要写：没有 `ISTIO_MUTUAL`，到达网关的就是明文，而 server 要的是 TLS（`NR filter_chain_not_found`）。跨命名空间不会有任何合并。',
          ),
          such: { flows, yaml: common + ofShop('  subsets:\n  - name: httpbin\n') },
        },
        {
          is: {
            all: [
              unknownInShop,
              {
                any: [ruleIn('shop', { 'spec.trafficPolicy.tls.mode': 'ISTIO_MUTUAL' }), ruleIn('shop', { 'spec.subsets.*.name': 'shop' })],
              },
            ],
          },
          says: both(
            'Mutual TLS was not what was missing first: the route names subset `httpbin`, and the rule of `shop` has none of this name.',
            '首先缺的并不是双向 TLS：路由引用的是 subset `httpbin`，而 `shop` 的规则里没有叫这个名字的 subset。',
          ),
          such: { flows, yaml: started + '    tls: {mode: ISTIO_MUTUAL, sni: httpbin.org}\n' },
        },
      ],
      points: [{ control: 'problems' }],
      hint: both(
        'Either the rule of `shop` gets the subset too, as the fix of L5 in the **Problems** panel does, or it goes away.',
        '要么让 `shop` 的规则也有这个 subset（**问题**面板中 L5 的修复就是这样做的），要么去掉 `shop` 的规则。',
      ),
      show: { flows, yaml: common + ofShop(mutualSubset) },
      after: both(
        'The search for a DestinationRule: the client’s namespace, then that of the service, then the root namespace. The first place that has any wins, and what the others say is lost.',
        'DestinationRule 的查找顺序：客户端的命名空间，该服务所在的命名空间，最后是根命名空间。哪里先有，就以哪里为准，其余的全不算数。',
      ),
    },
    {
      title: both('Keep the limit, lose the copy', '保留限制，去掉副本'),
      says: both(
        'A copy of the subset in `shop` has to follow each change of the platform team. Find a place for the limit of 100 connections where it hides nothing: let the common rule carry it.',
        'subset 在 `shop` 里有一份副本，平台团队每次修改都得跟着改。请给“最多 100 个连接”的限制换一个不会遮住别人的地方：写进公共规则。',
      ),
      goals: [
        {
          says: both('The rule in istio-system limits connections to 100', 'istio-system 中的规则把连接数限制为 100'),
          is: {
            any: ['trafficPolicy', 'subsets.*.trafficPolicy']
              .flatMap((policy) => [policy, `${policy}.portLevelSettings.*`])
              .map((at) => ruleIn('istio-system', { [`spec.${at}.connectionPool.tcp.maxConnections`]: 100 })),
          },
        },
        { says: both('shop has no rule for the gateway any more', 'shop 中不再有针对网关的规则'), is: { not: ruleIn('shop') } },
        {
          says: both('From shop and default it passes the gateway over mTLS', '从 shop 和 default 发出的请求都以 mTLS 经过网关'),
          is: { all: [arrivesFrom('shop/sleep'), arrivesFrom('default/sleep')] },
        },
      ],
      wrong: [
        {
          is: {
            all: [
              { not: ruleIn('shop') },
              arrivesFrom('shop/sleep'),
              { not: { object: { kind: 'DestinationRule', where: { 'spec.trafficPolicy.connectionPool.tcp.maxConnections': 100 } } } },
            ],
          },
          says: both('Nothing is hidden any more, but the limit has gone with the rule.', '不再遮住谁了，但限制也随着规则一起没有了。'),
          such: { flows, yaml: common },
        },
        {
          is: { all: [ruleIn('istio-system', { 'spec.trafficPolicy.connectionPool.tcp.maxConnections': 100 }), ruleIn('shop')] },
          says: both(
            'The common rule has the limit, but `shop` still has a rule of its own, which goes on hiding it.',
            '公共规则有了限制，但 `shop` 自己的规则还在，仍然遮着它。',
          ),
          such: { flows, yaml: but(common, [commonHead, commonHead + limit]) + ofShop(mutualSubset) },
        },
      ],
      points: [{ control: 'yaml' }],
      hint: both(
        'Move the `connectionPool` to a `trafficPolicy` of `egressgateway` in `istio-system`, beside `subsets`, and delete `limit-egress`.',
        '把 `connectionPool` 移到 `istio-system` 中 `egressgateway` 的 `trafficPolicy` 里（与 `subsets` 并列），再删除 `limit-egress`。',
      ),
      show: { flows, yaml: but(common, [commonHead, commonHead + limit]) },
      after: both(
        'Within one rule a subset adds to what is at the top, field by field: `tls` from the subset, `connectionPool` from above. That holds inside of one rule, and for rules in one namespace, never across namespaces.',
        '在同一条规则里，subset 会逐个字段叠加到顶层设置之上：`tls` 取自 subset，`connectionPool` 取自顶层。这只在同一条规则内、以及同一命名空间的规则之间成立，绝不会跨命名空间。',
      ),
    },
  ],
}
