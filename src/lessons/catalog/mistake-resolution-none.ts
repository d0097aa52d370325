/** Mistake: a ServiceEntry that only a sidecar can go by, behind a gateway. */
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
  location: MESH_EXTERNAL
  ports:
  - {number: 80, name: http, protocol: HTTP}
  - {number: 443, name: https, protocol: HTTPS}
  resolution: NONE
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
  hosts: [edition.cnn.com]
  gateways: [mesh, cnn-gateway]
  http:
  - match:
    - {gateways: [mesh], port: 80}
    route:
    - destination: {host: istio-egressgateway.istio-system.svc.cluster.local, port: {number: 80}}
  - match:
    - {gateways: [cnn-gateway], port: 80}
    route:
    - destination: {host: edition.cnn.com, port: {number: 443}}
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: originate-tls-for-cnn
  namespace: istio-system
spec:
  host: edition.cnn.com
  exportTo: ["."]
  trafficPolicy:
    portLevelSettings:
    - port: {number: 443}
      tls: {mode: SIMPLE}
`
const none = '  resolution: NONE\n'
const entry = (where: Record<string, string | null>): Goal => ({ object: { kind: 'ServiceEntry', where } })
const unavailable: Goal = {
  request: { url: http },
  ends: { status: 503, gateway: 'any', hops: [{ proxy: 'gateway', code: 503, flags: 'UH' }] },
}

export const mistakeResolutionNone: Lesson = {
  id: 'mistake-resolution-none',
  part: 'mistake',
  title: both('No healthy upstream', '没有可用的上游'),
  story: both(
    'A ServiceEntry with `resolution: NONE` has served an app for years: the sidecar lets requests pass to wherever they were going. Now its traffic is to leave through the egress gateway, and every request ends with 503, no healthy upstream.',
    '一个 `resolution: NONE` 的 ServiceEntry 用了好几年：请求原本要去哪里，Sidecar 就放行到哪里。如今流量要改从出口网关出去，结果每个请求都是 503，no healthy upstream。',
  ),
  issues: [50075, 51507, 42238],
  start: scene(started),
  steps: [
    {
      title: both('See which proxy gives up', '看看是哪个代理放弃了'),
      says: both(
        'Send `https://edition.cnn.com/politics` in **Trace**: it arrives, straight from the sidecar. Then send `http://edition.cnn.com/politics`, which goes through the gateway.',
        '在**逐跳推演**中发送 `https://edition.cnn.com/politics`：请求从 Sidecar 直接到达主机。再发送经过网关的 `http://edition.cnn.com/politics`。',
      ),
      goals: [
        { says: both('The http request was sent', 'http 请求已发送'), is: { sent: { url: http } } },
        { says: both('The gateway answers 503 with flag UH', '网关返回 503，标志为 UH'), is: unavailable },
      ],
      points: [{ control: 'trace' }],
      hint: both(
        'Trace is a tab below the canvas. Choose `default/sleep`, type the http address and press Send.',
        '“逐跳推演”是画布下方的标签页。选择 `default/sleep`，输入 http 地址，按“发送”。',
      ),
      sends: { url: http },
      after: both(
        '`UH` means that the cluster exists and has no endpoint: `outbound|443||edition.cnn.com` is known to the gateway, but nobody has told it an address. With NONE a proxy goes on to the address that the connection was meant for. At the sidecar that is the host’s; at the gateway it is the gateway’s own.',
        '`UH` 表示 cluster 存在，但没有 endpoint：网关知道 `outbound|443||edition.cnn.com`，却没有任何地址可连。`NONE` 的意思是继续连接原本的目的地址。在 Sidecar 上，那是主机的地址；到了网关，就成了网关自己的地址。',
      ),
    },
    {
      title: both('Give the gateway an address', '给网关一个地址'),
      says: both(
        'Fix it so that `http://` arrives through the gateway, which starts TLS, and the app’s own `https://` keeps working.',
        '请让 `http://` 经过网关到达主机（由网关发起 TLS），同时应用自己的 `https://` 不受影响。',
      ),
      goals: [
        {
          says: both('http arrives through the gateway, in TLS', 'http 经过网关，以 TLS 到达主机'),
          is: { request: { url: http }, ends: { gateway: 'any', arrives: true, server: { port: 443, tls: true } } },
        },
        {
          says: both('The app’s own https still arrives', '应用自己的 https 仍能到达'),
          is: { request: { url: https }, ends: { arrives: true } },
        },
      ],
      wrong: [
        {
          is: { all: [unavailable, entry({ 'spec.resolution': 'STATIC' })] },
          says: both(
            '`STATIC` takes its addresses from `endpoints`, and there are none: now the sidecar has lost the host as well, and the app’s own https is reset.',
            '`STATIC` 的地址来自 `endpoints`，而这里一个也没有：现在连 Sidecar 也找不到主机，应用自己的 https 会被重置。',
          ),
          such: scene(but(started, [none, '  resolution: STATIC\n'])),
        },
        {
          is: { all: [unavailable, entry({ 'spec.resolution': null })] },
          says: both(
            'A ServiceEntry without `resolution` has NONE: that is the default, and nothing has changed.',
            'ServiceEntry 不写 `resolution` 时默认就是 `NONE`，等于什么都没改。',
          ),
          such: scene(but(started, [none, ''])),
        },
        {
          is: { request: { url: http }, ends: { gateway: 'none', arrives: true } },
          says: both(
            'It arrives because the gateway is left out. From the sidecar NONE does work; the task is to leave through the gateway.',
            '请求能到达，是因为绕过了网关。`NONE` 在 Sidecar 上本来就可用；这里的任务是从网关出去。',
          ),
          such: scene(but(started, ['[mesh, cnn-gateway]', '[cnn-gateway]'])),
        },
      ],
      points: [{ control: 'problems' }],
      hint: both(
        'The **Problems** panel reports it as L8, and its fix writes `resolution: DNS`. If the host has fixed addresses, `STATIC` with `endpoints` does as well.',
        '**问题**面板以 L8 指出了它，修复按钮会写成 `resolution: DNS`。如果主机的地址是固定的，用 `STATIC` 加 `endpoints` 也可以。',
      ),
      show: scene(but(started, [none, '  resolution: DNS\n'])),
      after: both(
        'With `DNS` each proxy looks the name up by itself, wherever the connection came from. This also says why a wildcard host cannot go through a gateway: `*.cnn.com` is no name that can be looked up, NONE is all it can have from a sidecar, and a gateway needs the hosts one by one. No analyzer speaks of it.',
        '使用 `DNS` 时，每个代理自己解析名称，不管连接从哪里来。由此也能明白，为什么通配符主机不能经过网关：`*.cnn.com` 无法解析，只能在 Sidecar 上用 `NONE`；要经过网关，就得把主机逐个列出。没有分析器会指出这一点。',
      ),
    },
  ],
}
