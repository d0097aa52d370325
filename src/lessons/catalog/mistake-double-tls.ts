/** Mistake: a rule that starts TLS for the gateway is seen by sidecars as well. */
import { both } from '../../core/base/text'
import { but } from '../but'
import type { Goal, Lesson } from '../kind'

const http = 'http://edition.cnn.com/politics'
const https = 'https://edition.cnn.com/politics'

const started = `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: cnn
  namespace: default
spec:
  hosts: [edition.cnn.com]
  ports:
  - {number: 80, name: http, protocol: HTTP}
  - {number: 443, name: https, protocol: HTTPS}
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
    hosts: [edition.cnn.com]
    tls: {mode: ISTIO_MUTUAL}
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: egressgateway-for-cnn
  namespace: default
spec:
  host: istio-egressgateway.istio-system.svc.cluster.local
  subsets:
  - name: cnn
    trafficPolicy:
      portLevelSettings:
      - port: {number: 80}
        tls: {mode: ISTIO_MUTUAL, sni: edition.cnn.com}
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
        subset: cnn
        port: {number: 80}
  - match:
    - gateways: [istio-egressgateway]
      port: 80
    route:
    - destination:
        host: edition.cnn.com
        port: {number: 443}
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: originate-tls-for-cnn
  namespace: default
spec:
  host: edition.cnn.com
  trafficPolicy:
    portLevelSettings:
    - port: {number: 443}
      tls: {mode: SIMPLE}
`

const policy = `  trafficPolicy:
    portLevelSettings:
    - port: {number: 443}
      tls: {mode: SIMPLE}
`
const asSubset = `  subsets:
  - name: tls-origination
    trafficPolicy:
      portLevelSettings:
      - port: {number: 443}
        tls: {mode: SIMPLE}
`
const rule = 'name: originate-tls-for-cnn\n  namespace: default\nspec:\n  host: edition.cnn.com\n'
const inRoot = rule.replace('default', 'istio-system')
const toHost = 'host: edition.cnn.com\n        port: {number: 443}'
const bySubset = but(
  started,
  [policy, asSubset],
  [toHost, 'host: edition.cnn.com\n        subset: tls-origination\n        port: {number: 443}'],
)

const ownWorks: Goal = { request: { url: https }, ends: { arrives: true } }
const gatewayStarts: Goal = { request: { url: http }, ends: { gateway: 'any', arrives: true, server: { port: 443, tls: true } } }
const hostRule = (where: Record<string, string | null>): Goal => ({
  object: { kind: 'DestinationRule', where: { 'spec.host': 'edition.cnn.com', ...where } },
})

export const mistakeDoubleTls: Lesson = {
  id: 'mistake-double-tls',
  part: 'mistake',
  title: both('TLS wrapped in TLS', '包了两层的 TLS'),
  story: both(
    'The gateway encrypts what apps send as plain HTTP, and that works. But another app has always called the same host by https, and since the new DestinationRule was applied its connections break: wrong version number.',
    '应用发送明文 HTTP，由网关加密后送出，一切正常。可是另一个应用一直直接用 https 访问同一个主机，自从新的 DestinationRule 生效，它的连接就断了：wrong version number。',
  ),
  issues: [17031, 23740, 28858],
  start: { flows: '', yaml: started },
  steps: [
    {
      title: both('See it fail', '看它怎样失败'),
      says: both(
        'Send `http://edition.cnn.com/politics` in **Trace**: it arrives. Then send `https://edition.cnn.com/politics`, and count how many layers of TLS leave the sidecar.',
        '先在**逐跳推演**中发送 `http://edition.cnn.com/politics`：请求成功到达。再发送 `https://edition.cnn.com/politics`，数一数离开 Sidecar 时有几层 TLS。',
      ),
      goals: [
        { says: both('The https request was sent', 'https 请求已发送'), is: { sent: { url: https } } },
        {
          says: both('Its handshake fails: curl exit 35', '它的握手失败：curl 退出码 35'),
          is: { request: { url: https }, ends: { exit: 35, gateway: 'none', hops: [{ proxy: 'sidecar', cluster: 'outbound|443||' }] } },
        },
      ],
      points: [{ control: 'trace' }],
      hint: both(
        'Trace is a tab below the canvas. Choose `default/sleep`, type the https address and press Send.',
        '“逐跳推演”是画布下方的标签页。选择 `default/sleep`，输入 https 地址，按“发送”。',
      ),
      sends: { url: https },
      after: both(
        'The app starts TLS, and the sidecar starts TLS around it: the host unwraps one layer and finds another where HTTP should be. The log line of the sidecar looks innocent, `0 -` with the right cluster. The only trace is that cluster, `outbound|443||edition.cnn.com`: the one for which the DestinationRule says `SIMPLE`, for the gateway and for every sidecar that sees the rule.',
        '应用自己发起了 TLS，Sidecar 又在外面包了一层：主机解开一层之后，本该是 HTTP 的地方还是 TLS。Sidecar 的日志看上去毫无异样：`0 -`，cluster 也对。线索恰恰就是这个 cluster `outbound|443||edition.cnn.com`：DestinationRule 为它写了 `SIMPLE`，不仅网关照办，所有看得到这条规则的 Sidecar 也照办。',
      ),
    },
    {
      title: both('Keep the rule from sidecars', '不让 Sidecar 看到这条规则'),
      says: both(
        'Fix it so that both work: `http://` still goes through the gateway, which starts TLS, and the app’s own `https://` arrives as the app made it.',
        '请让两者都能工作：`http://` 仍经过网关并由网关发起 TLS，应用自己的 `https://` 则原样到达。',
      ),
      goals: [
        { says: both('The app’s own https arrives', '应用自己的 https 能到达'), is: ownWorks },
        { says: both('http still passes the gateway and arrives in TLS', 'http 仍经过网关，并以 TLS 到达'), is: gatewayStarts },
        {
          says: both('The hop to the gateway is still mutual TLS', '到网关这一跳仍是双向 TLS'),
          is: { request: { url: http }, ends: { hops: [{ proxy: 'gateway', tls: true, peer: true }] } },
        },
      ],
      wrong: [
        {
          is: { all: [{ request: { url: http }, ends: { status: 400 } }, { not: hostRule({}) }] },
          says: both(
            'Without the rule nobody starts TLS: the app’s own https works again, but the gateway speaks plaintext to port 443 and the host answers 400.',
            '没有这条规则，就没有人发起 TLS：应用自己的 https 好了，网关却用明文访问 443 端口，主机回答 400。',
          ),
          such: { flows: '', yaml: started.slice(0, started.lastIndexOf('---\n')) },
        },
        {
          is: { all: [{ request: { url: http }, ends: { status: 400 } }, hostRule({ 'spec.exportTo.*': '.' })] },
          says: both(
            '`exportTo: ["."]` means the namespace in which the rule lies. In `default` that hides it from the gateway and shows it to the very sidecars that should not see it.',
            '`exportTo: ["."]` 指的是规则所在的命名空间。规则放在 `default`，结果网关看不到它，不该看到它的 Sidecar 反而看得到。',
          ),
          such: { flows: '', yaml: but(started, [rule, `${rule}  exportTo: ["."]\n`]) },
        },
        {
          is: {
            all: [
              { request: { url: https }, ends: { exit: 35 } },
              { object: { kind: 'DestinationRule', name: 'originate-tls-for-cnn', namespace: 'istio-system' } },
            ],
          },
          says: both(
            'The rule has moved to `istio-system`, but without `exportTo` it is still exported to every namespace, and sidecars use it as before.',
            '规则已移到 `istio-system`，但没有写 `exportTo`，它仍导出到所有命名空间，Sidecar 照旧采用它。',
          ),
          such: { flows: '', yaml: but(started, [rule, inRoot]) },
        },
        {
          is: {
            all: [
              { request: { url: http }, ends: { status: 400 } },
              hostRule({ 'spec.subsets.0.name': 'tls-origination', 'spec.trafficPolicy': null }),
            ],
          },
          says: both(
            'The settings are in a subset now, but the route from the gateway to the host does not name it: nobody uses it, and the host gets plaintext.',
            '设置已放进 subset，但网关到主机的路由没有引用这个 subset：谁也不会用到它，主机收到的是明文。',
          ),
          such: { flows: '', yaml: but(started, [policy, asSubset]) },
        },
      ],
      points: [{ control: 'problems' }],
      hint: both(
        'The **Problems** panel notes it as L6; its fix exports the rule to the gateway’s namespace alone: `exportTo: [istio-system]`.',
        '**问题**面板以 L6 提示了它，修复按钮会让规则只导出给网关所在的命名空间：`exportTo: [istio-system]`。',
      ),
      show: { flows: '', yaml: but(started, [rule, `${rule}  exportTo: [istio-system]\n`]) },
      after: both(
        'A DestinationRule counts for everyone who sees it, not for the one its author had in mind. `exportTo` says who sees it.',
        'DestinationRule 对所有看得到它的代理生效，而不只是作者心里想的那一个。谁看得到，由 `exportTo` 决定。',
      ),
    },
    {
      title: both('The same without exportTo', '不用 exportTo 的做法'),
      says: both(
        'There is a second way, which needs no word on namespaces: put the settings into a **subset** of the host, and let only the route from the gateway to the host name it. Everyone may then see the rule.\n\nTake `exportTo` out and make it so.',
        '还有一种不涉及命名空间的做法：把设置放进该主机的一个**subset**，只在网关到主机的路由中引用它。这样，规则让谁看到都没有关系。\n\n请去掉 `exportTo`，改成这样。',
      ),
      goals: [
        {
          says: both('TLS is started in a subset alone, and everybody sees the rule', '只在 subset 中发起 TLS，且规则对所有人可见'),
          is: {
            any: ['trafficPolicy.tls.mode', 'trafficPolicy.portLevelSettings.*.tls.mode'].flatMap((tls) =>
              [null, '*'].map((all) =>
                hostRule({
                  [`spec.subsets.*.${tls}`]: 'SIMPLE',
                  'spec.trafficPolicy': null,
                  [all ? 'spec.exportTo.*' : 'spec.exportTo']: all,
                }),
              ),
            ),
          },
        },
        { says: both('The app’s own https arrives', '应用自己的 https 能到达'), is: ownWorks },
        { says: both('http still passes the gateway and arrives in TLS', 'http 仍经过网关，并以 TLS 到达'), is: gatewayStarts },
      ],
      wrong: [
        {
          is: {
            all: [
              { request: { url: http }, ends: { status: 400 } },
              hostRule({ 'spec.subsets.*.trafficPolicy.portLevelSettings.*.tls.mode': 'SIMPLE' }),
            ],
          },
          says: both(
            'The route from the gateway to the host must name the subset too: `subset: tls-origination`.',
            '网关到主机的路由也要引用这个 subset：`subset: tls-origination`。',
          ),
          such: { flows: '', yaml: but(started, [policy, asSubset]) },
        },
      ],
      points: [{ control: 'yaml' }],
      hint: both(
        'Indent the `trafficPolicy` under `subsets: [{name: tls-origination, …}]`, and add `subset: tls-origination` beside `host: edition.cnn.com` in the second route of the VirtualService.',
        '把 `trafficPolicy` 缩进到 `subsets` 的一项之下，该项写 `name: tls-origination`；再到 VirtualService 的第二条路由中，在 `host: edition.cnn.com` 旁边加上 `subset: tls-origination`。',
      ),
      show: { flows: '', yaml: bySubset },
      after: both(
        'The app’s own https uses the cluster without a subset, `outbound|443||edition.cnn.com`, which now has no TLS settings; the gateway uses `outbound|443|tls-origination|edition.cnn.com`. Two clusters, two ways to speak to one host.',
        '应用自己的 https 走的是不带 subset 的 cluster `outbound|443||edition.cnn.com`，它现在没有 TLS 设置；网关走的是 `outbound|443|tls-origination|edition.cnn.com`。访问同一个主机，两个 cluster，两种方式。',
      ),
    },
  ],
}
