/** Mistake: what a team keeps to itself is kept from the gateway as well. */
import { both } from '../../core/base/text'
import { but } from '../but'
import type { Goal, Lesson, Scene } from '../kind'

const http = 'http://edition.cnn.com/politics'
const https = 'https://edition.cnn.com/politics'
const other = 'team-b/web'

const flows = `outbound REGISTRY_ONLY
sleep HTTP -> edition.cnn.com DISABLE
team-b/web HTTP -> httpbin.org DISABLE`
const scene = (yaml: string): Scene => ({ flows, yaml })
const entry = '  hosts: [edition.cnn.com]\n  exportTo: ["."] # ours alone\n'
const service = '  hosts: [edition.cnn.com]\n  exportTo: ["."]\n'
const started = `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: cnn
  namespace: default
spec:
${entry}  ports:
  - {number: 80, name: http, protocol: HTTP}
  - {number: 443, name: https, protocol: HTTPS}
  resolution: DNS
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: cnn-gateway
  namespace: default
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
${service}  gateways: [mesh, cnn-gateway]
  http:
  - match:
    - {gateways: [mesh], port: 80}
    route:
    - destination: {host: istio-egressgateway.istio-system.svc.cluster.local, port: {number: 80}}
  - match:
    - {gateways: [cnn-gateway], port: 80}
    route:
    - destination: {host: edition.cnn.com, port: {number: 80}}
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: httpbin
  namespace: team-b
spec:
  hosts: [httpbin.org]
  exportTo: [team-b]
  ports:
  - {number: 80, name: http, protocol: HTTP}
  resolution: DNS
`
const exported = (text: string, to: string) => text.replace('exportTo: ["."]', `exportTo: ${to}`)
const routed = but(started, [service, exported(service, '[".", istio-system]')])

const unrouted: Goal = { request: { url: http }, ends: { status: 404, hops: [{ proxy: 'gateway', code: 404, flags: 'NR' }] } }
const unknown: Goal = { request: { url: http }, ends: { status: 503, hops: [{ proxy: 'gateway', code: 503, flags: 'NC' }] } }
const arrives: Goal = { request: { url: http }, ends: { gateway: 'any', arrives: true } }
const ownWorks: Goal = { request: { url: https }, ends: { arrives: true } }
const past: Goal = { request: { url: http }, ends: { gateway: 'none', arrives: true } }
const closed: Goal = { request: { from: other, url: http }, ends: { status: 502, gateway: 'none' } }

export const mistakeExportToDot: Lesson = {
  id: 'mistake-export-to-dot',
  part: 'mistake',
  title: both('Hidden from the gateway as well', '连网关也看不到了'),
  story: both(
    'Only namespace `default` may call `edition.cnn.com`, so the team has put `exportTo: ["."]` into its objects, as the guidelines on large meshes advise. From then on the gateway answers 404.',
    '只允许 `default` 命名空间访问 `edition.cnn.com`，于是团队按照大规模网格的建议，在自己的对象里都写上了 `exportTo: ["."]`。从那以后，网关就只返回 404。',
  ),
  issues: [57329, 47080, 48300],
  start: scene(started),
  steps: [
    {
      title: both('See who has lost the route', '看看谁丢了路由'),
      says: both(
        'Send `http://edition.cnn.com/politics` from `default/sleep` in **Trace**. The sidecar does send it to the gateway.',
        '在**逐跳推演**中从 `default/sleep` 发送 `http://edition.cnn.com/politics`。Sidecar 确实把它送到了网关。',
      ),
      goals: [
        { says: both('The request was sent', '请求已发送'), is: { sent: { url: http } } },
        { says: both('The gateway answers 404 with flag NR', '网关返回 404，标志为 NR'), is: unrouted },
      ],
      points: [{ control: 'trace' }],
      hint: both(
        'Trace is a tab below the canvas. Choose `default/sleep`, type the address and press Send.',
        '“逐跳推演”是画布下方的标签页。选择 `default/sleep`，输入地址，按“发送”。',
      ),
      sends: { url: http },
      after: both(
        'One VirtualService has a leg for sidecars and a leg for the gateway. The dot keeps it in `default`; the gateway’s pods are in `istio-system`, so the gateway has never seen its own leg. The Gateway object is no help: it opens the port, but brings no routes.',
        '一个 VirtualService 有两段：一段给 Sidecar，一段给网关。点号把它限制在 `default`，而网关的 Pod 在 `istio-system`，所以网关从未见过属于自己的那一段。Gateway 对象帮不上忙：它只打开端口，不带路由。',
      ),
    },
    {
      title: both('Show the gateway its leg', '让网关看到自己那一段'),
      says: both(
        'Export the VirtualService to the gateway too. The request may then fail in another way; that is for the next step.',
        '请把 VirtualService 也导出给网关。之后请求可能以另一种方式失败，留到下一步处理。',
      ),
      goals: [
        {
          says: both('Requests come to the gateway, and it has a route for them', '请求到达网关，而且网关有它的路由'),
          is: { any: [unknown, arrives] },
        },
        { says: both('The app’s own https still arrives', '应用自己的 https 仍能到达'), is: ownWorks },
      ],
      wrong: [
        {
          is: { all: [past, { object: { kind: 'VirtualService', where: { 'spec.exportTo.0': 'istio-system' } } }] },
          says: both(
            'It is exported to the gateway’s namespace alone now, and the sidecars in `default` have lost it: requests leave straight past the gateway. The dot must stay in the list.',
            '现在它只导出到网关的命名空间，`default` 里的 Sidecar 反而看不到了：请求绕过网关直接离开。点号必须留在列表里。',
          ),
          such: scene(but(started, [service, exported(service, '[istio-system]')])),
        },
        {
          is: { all: [unrouted, { object: { kind: 'ServiceEntry', name: 'cnn', where: { 'spec.exportTo.*': 'istio-system' } } }] },
          says: both(
            'The gateway knows the host now, but still has no route that leads there: 404 is about the VirtualService.',
            '网关现在知道这个主机了，但仍没有通向它的路由：404 说的是 VirtualService。',
          ),
          such: scene(but(started, [entry, exported(entry, '[".", istio-system]')])),
        },
      ],
      points: [{ control: 'problems' }],
      hint: both(
        'L24 in **Problems** has the fix: `exportTo: [".", istio-system]` in the VirtualService.',
        '**问题**面板里的 L24 有修复按钮：在 VirtualService 中写成 `exportTo: [".", istio-system]`。',
      ),
      show: scene(routed),
      after: both(
        'From 404 NR to 503 NC, which is a step forward: the gateway has a route now, and looks for the cluster that it names.',
        '从 404 NR 变成了 503 NC，这是进展：网关有了路由，正在找路由所指的 cluster。',
      ),
    },
    {
      title: both('Show it the host, and nobody else', '让它看到主机，但不让别人看到'),
      says: both(
        '`NC`: the gateway does not know the host, since the ServiceEntry is private too.\n\nMend this so that the request arrives, and `team-b/web` still cannot call the host: for that namespace it must stay unknown.',
        '`NC`：网关不认识这个主机，因为 ServiceEntry 同样是私有的。\n\n请让请求到达主机，同时 `team-b/web` 依然不能访问它：对那个命名空间来说，这个主机必须仍未登记。',
      ),
      goals: [
        { says: both('The request arrives through the gateway', '请求经过网关到达主机'), is: arrives },
        { says: both('The app’s own https still arrives', '应用自己的 https 仍能到达'), is: ownWorks },
        { says: both('team-b/web is still refused: 502', 'team-b/web 仍被拒绝：502'), is: closed },
      ],
      wrong: [
        {
          is: { request: { from: other, url: http }, ends: { arrives: true } },
          says: both(
            'Exported to all, the host is known to everybody: `team-b/web` may call it now, and does not even go through the gateway.',
            '导出给所有人之后，谁都认识这个主机：`team-b/web` 现在也能访问它，而且根本不经过网关。',
          ),
          such: scene(but(routed, [entry, exported(entry, '["*"]')])),
        },
        {
          is: {
            all: [
              { request: { url: https }, ends: { exit: 35 } },
              { object: { kind: 'ServiceEntry', name: 'cnn', where: { 'spec.exportTo.0': 'istio-system' } } },
            ],
          },
          says: both(
            'Without the dot your own namespace does not know the host any more: the app’s https is reset, since the mesh lets only known hosts out.',
            '去掉点号，你自己的命名空间就不认识这个主机了：应用的 https 被重置，因为网格只放行已登记的主机。',
          ),
          such: scene(but(routed, [entry, exported(entry, '[istio-system]')])),
        },
      ],
      points: [{ control: 'problems' }],
      hint: both(
        'L24 again: its fix adds `istio-system` to the list of the ServiceEntry and keeps the dot.',
        '还是 L24：修复按钮会在 ServiceEntry 的列表里加上 `istio-system`，并保留点号。',
      ),
      show: scene(but(routed, [entry, exported(entry, '[".", istio-system]')])),
      after: both(
        'The gateway is one more reader of what a team writes: ServiceEntry and VirtualService need its namespace beside the dot, DestinationRules wherever it uses them. The analyzers find each of these objects valid by itself and say nothing.',
        '团队写下的配置，网关也是读者之一：ServiceEntry 和 VirtualService 除了点号，还要写上网关的命名空间；网关要用到的 DestinationRule 也一样。在分析器看来，每个对象单独都合法，所以什么也不会说。',
      ),
    },
  ],
}
