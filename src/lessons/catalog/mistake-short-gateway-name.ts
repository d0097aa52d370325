/** Mistake: a VirtualService names its Gateway by a short name, and the Gateway is in another namespace; behind it the port of the pods. */
import { both } from '../../core/base/text'
import { but } from '../but'
import type { Goal, Lesson, Scene } from '../kind'

const http = 'http://edition.cnn.com/politics'
const https = 'https://edition.cnn.com/politics'

const scene = (yaml: string): Scene => ({ flows: '', yaml })
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
  name: cnn-gateway
  namespace: istio-system
spec:
  selector: {istio: egressgateway}
  servers:
  - port: {number: 80, name: http, protocol: HTTP}
    hosts: [edition.cnn.com]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: cnn-through-gateway
  namespace: default
spec:
  hosts: [edition.cnn.com]
  gateways: [mesh, cnn-gateway]
  http:
  - match:
    - {gateways: [mesh], port: 80}
    route:
    - destination:
        host: istio-egressgateway.istio-system.svc.cluster.local
        port: {number: 80}
  - match:
    - {gateways: [cnn-gateway], port: 8080}
    route:
    - destination:
        host: edition.cnn.com
        port: {number: 80}
`
const full = 'istio-system/cnn-gateway'
const listed = but(started, ['[mesh, cnn-gateway]', `[mesh, ${full}]`])
const named = but(listed, ['gateways: [cnn-gateway]', `gateways: [${full}]`])

const notFound: Goal = {
  request: { url: http },
  ends: { status: 404, gateway: 'any', hops: [{ proxy: 'gateway', code: 404, flags: 'NR' }] },
}
const through: Goal = { request: { url: http }, ends: { gateway: 'any' } }
const past: Goal = { request: { url: http }, ends: { gateway: 'none', arrives: true } }
const ownWorks: Goal = { request: { url: https }, ends: { arrives: true } }

export const mistakeShortGatewayName: Lesson = {
  id: 'mistake-short-gateway-name',
  part: 'mistake',
  title: both('The gateway answers 404', '网关返回 404'),
  story: both(
    'The platform team keeps all Gateways in `istio-system`, and an app team writes its VirtualService in its own namespace. Everything was applied without a word of complaint, requests do come to the gateway, and the gateway answers 404 to each of them.',
    '平台团队把所有 Gateway 放在 `istio-system`，应用团队则在自己的命名空间里写 VirtualService。应用配置时没有任何报错，请求也确实到了网关，网关却对每个请求都返回 404。',
  ),
  issues: [50247, 9502, 48300],
  start: scene(started),
  steps: [
    {
      title: both('See who says 404', '看看 404 是谁返回的'),
      says: both(
        'Send `http://edition.cnn.com/politics` in **Trace**, and compare the two log lines: the one of the sidecar and the one of the gateway.',
        '在**逐跳推演**中发送 `http://edition.cnn.com/politics`，对比 Sidecar 与网关的两行日志。',
      ),
      goals: [
        { says: both('The request was sent', '请求已发送'), is: { sent: { url: http } } },
        { says: both('The gateway answers 404 with flag NR', '网关返回 404，标志为 NR'), is: notFound },
      ],
      points: [{ control: 'trace' }],
      hint: both(
        'Trace is a tab below the canvas. Choose `default/sleep`, type the address and press Send.',
        '“逐跳推演”是画布下方的标签页。选择 `default/sleep`，输入地址，按“发送”。',
      ),
      sends: { url: http },
      after: both(
        'The sidecar writes `404 - via_upstream`: it only passes on what it was told. The gateway writes `404 NR route_not_found`: a listener took the request, so Gateway and port are in order, but no route is bound to it. The host never heard of the request.',
        'Sidecar 写的是 `404 - via_upstream`：它只是转达上游的回答。网关写的是 `404 NR route_not_found`：有监听器接下了请求，说明 Gateway 和端口都没问题，但没有任何路由绑定到它。主机根本没有收到这个请求。',
      ),
    },
    {
      title: both('Let the two find each other', '让两者找到对方'),
      says: both(
        'A Gateway’s short name means the VirtualService’s own namespace. `cnn-gateway` in `default` is looked for, and nobody has made one there.\n\nMend it so that the VirtualService is bound to the Gateway of the platform team. Requests may still end with 404 after that; there is one more mistake behind it.',
        'Gateway 的短名称指的是 VirtualService 自己所在的命名空间。这里找的是 `default` 里的 `cnn-gateway`，而那里并没有。\n\n请修正它，让 VirtualService 绑定到平台团队的 Gateway。改好之后请求可能还是 404，因为后面还藏着一个错误。',
      ),
      goals: [
        {
          says: both('The VirtualService is bound to a Gateway that exists', 'VirtualService 绑定到了存在的 Gateway'),
          is: { not: { problem: 'L4' } },
        },
        { says: both('Requests still come to the gateway', '请求仍会到达网关'), is: through },
        { says: both('The app’s own https still arrives', '应用自己的 https 仍能到达'), is: ownWorks },
      ],
      wrong: [
        {
          is: { all: [notFound, { problem: 'L4' }, { object: { kind: 'VirtualService', where: { 'spec.gateways.*': full } } }] },
          says: both(
            'The list at the top has the full name now, but the second match still says `cnn-gateway`. A match compares names as well, and there the short one means `default/cnn-gateway` as before.',
            '顶部的列表已经写了全名，但第二个 match 里还是 `cnn-gateway`。match 同样要比对名称，那里的短名称仍然指 `default/cnn-gateway`。',
          ),
          such: scene(listed),
        },
        {
          is: { all: [notFound, { object: { kind: 'Gateway', where: { 'spec.servers.*.hosts.*': '*' } } }] },
          says: both(
            'Which hosts the Gateway takes was never the trouble: the request already came in. With `*` it takes even more, and still has no route for any of it.',
            'Gateway 接受哪些主机并不是问题所在，请求本来就进得来。写成 `*` 只会放进更多请求，却依然没有路由。',
          ),
          such: scene(
            but(started, [
              '    hosts: [edition.cnn.com]\n---\napiVersion: networking.istio.io/v1\nkind: VirtualService',
              '    hosts: ["*"]\n---\napiVersion: networking.istio.io/v1\nkind: VirtualService',
            ]),
          ),
        },
        {
          is: past,
          says: both(
            'The 404 is gone because nothing goes through the gateway any more: without `mesh` in the list sidecars do not read the VirtualService.',
            '404 不见了，是因为请求根本不再经过网关：列表里没有 `mesh`，Sidecar 就不会读取这个 VirtualService。',
          ),
          such: scene(but(named, [`[mesh, ${full}]`, `[${full}]`])),
        },
      ],
      points: [{ control: 'problems' }],
      hint: both(
        'The **Problems** panel reports it as L4; its fix writes `istio-system/cnn-gateway` at both places. To move the Gateway into `default` would do as well, since its `selector` finds the gateway’s pods in any namespace.',
        '**问题**面板以 L4 指出了它，修复按钮会在两处都写成 `istio-system/cnn-gateway`。把 Gateway 移到 `default` 也可以，因为它的 `selector` 在所有命名空间里选择网关 Pod。',
      ),
      show: scene(named),
      after: both(
        '`namespace/name` works everywhere and always says what it means. Of this mistake `istioctl analyze` does speak: IST0101, referenced gateway not found, and IST0132.',
        '`命名空间/名称` 在哪里都有效，含义也最明确。这个错误 `istioctl analyze` 会报出来：IST0101（找不到引用的 Gateway）和 IST0132。',
      ),
    },
    {
      title: both('The same 404, another cause', '同样的 404，另一个原因'),
      says: both(
        'Send the request again: still `404 NR`. Somebody has looked at the gateway’s listeners, seen `0.0.0.0_8080`, and written that port into the match.\n\nMend this too, so that the request arrives through the gateway.',
        '再发送一次请求：还是 `404 NR`。有人查看了网关的监听器，看到 `0.0.0.0_8080`，就把这个端口写进了 match。\n\n请把它也修好，让请求经过网关到达主机。',
      ),
      goals: [
        {
          says: both('The request arrives through the gateway', '请求经过网关到达主机'),
          is: { request: { url: http }, ends: { gateway: 'any', arrives: true, server: { port: 80 } } },
        },
        { says: both('The app’s own https still arrives', '应用自己的 https 仍能到达'), is: ownWorks },
      ],
      wrong: [
        {
          is: past,
          says: both(
            'The leg of the mesh is another matter: there the port is the one that the app dials. Sidecars find no rule for port 80 now, and requests leave straight past the gateway.',
            '网格那一段是另一回事：那里的端口是应用所访问的端口。现在 Sidecar 找不到 80 端口的规则，请求绕过网关直接离开。',
          ),
          such: scene(but(named, ['{gateways: [mesh], port: 80}', '{gateways: [mesh], port: 8080}'])),
        },
      ],
      points: [{ control: 'problems' }],
      hint: both(
        'L19 in **Problems** has the fix: in the leg of the gateway `port` is the number of the Gateway’s server, 80.',
        '**问题**面板里的 L19 有修复按钮：在网关那一段，`port` 是 Gateway 中 server 的端口号，即 80。',
      ),
      show: scene(but(named, ['port: 8080', 'port: 80'])),
      after: both(
        'Three ports have to do with one server: 80 in the Gateway and in `match.port`, 80 of the Service, 8080 on which the pods listen. Configuration says the first, logs and `proxy-config listeners` show the last. Of this one no analyzer speaks.',
        '同一个 server 牵涉三个端口：Gateway 和 `match.port` 里的 80，Service 的 80，以及 Pod 实际监听的 8080。配置里写的是第一个，日志和 `proxy-config listeners` 显示的是最后一个。这个错误没有任何分析器会指出。',
      ),
    },
  ],
}
