/** Mistake: two teams make one host known, and the older entry lacks the port that the gateway sends to. */
import { both } from '../../core/base/text'
import { but } from '../but'
import type { Goal, Lesson, Scene } from '../kind'

const http = 'http://edition.cnn.com/politics'
const https = 'https://edition.cnn.com/politics'
const billing = 'billing/invoices'

const flows = `outbound REGISTRY_ONLY
sleep HTTP -> edition.cnn.com DISABLE
billing/invoices HTTP -> edition.cnn.com DISABLE`
const scene = (yaml: string): Scene => ({ flows, yaml })

const theirs = `  name: cnn
  namespace: billing
  creationTimestamp: "2024-02-01T09:00:00Z"
spec:
  hosts: [edition.cnn.com]
`
const theirPort = `  ports:
  - {number: 80, name: http-web, protocol: HTTP}
`
const ours = `  name: cnn
  namespace: default
  creationTimestamp: "2025-06-01T09:00:00Z"
spec:
  hosts: [edition.cnn.com]
`
const started = `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
${theirs}${theirPort}  resolution: DNS
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
${ours}  ports:
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
const hidden = but(started, [theirs, `${theirs}  exportTo: ["."]\n`])
const secondEntry = `---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: cnn-https
  namespace: default
spec:
  hosts: [edition.cnn.com]
  ports:
  - {number: 443, name: https, protocol: HTTPS}
  resolution: DNS
`

const lacking: Goal = { request: { url: http }, ends: { status: 503, hops: [{ proxy: 'gateway', code: 503, flags: 'NC' }] } }
const through: Goal = { request: { url: http }, ends: { gateway: 'any', arrives: true, server: { port: 443, tls: true } } }
const theirsArrives: Goal = { request: { from: billing, url: http }, ends: { gateway: 'any', arrives: true } }
const ourHttps: Goal = { request: { url: https }, ends: { arrives: true } }

export const mistakePortOfAnotherTeam: Lesson = {
  id: 'mistake-port-of-another-team',
  part: 'mistake',
  title: both('A port that another team never listed', '别的团队没有列出的端口'),
  story: both(
    'Your ServiceEntry for `edition.cnn.com` lists ports 80 and 443, and in a test cluster all of it worked. In production the gateway answers 503. Long ago team billing made the same host known, with port 80 alone, and nobody remembers.',
    '你为 `edition.cnn.com` 写的 ServiceEntry 列出了 80 和 443 端口，在测试集群里一切正常。到了生产环境，网关却返回 503。原来 billing 团队很早以前登记过同一个主机，只写了 80 端口，而且谁都不记得了。',
  ),
  issues: [56826, 55879, 13008, 8462],
  start: scene(started),
  steps: [
    {
      title: both('See what the gateway does not know', '看看网关缺了什么'),
      says: both(
        'Send `http://edition.cnn.com/politics` from `default/sleep` in **Trace**. The gateway should start TLS to port 443.',
        '在**逐跳推演**中从 `default/sleep` 发送 `http://edition.cnn.com/politics`。网关本应向 443 端口发起 TLS。',
      ),
      goals: [
        { says: both('The request was sent', '请求已发送'), is: { sent: { url: http } } },
        { says: both('The gateway answers 503 with flag NC', '网关返回 503，标志为 NC'), is: lacking },
      ],
      points: [{ control: 'trace' }],
      hint: both(
        'Trace is a tab below the canvas. Choose `default/sleep`, type the address and press Send.',
        '“逐跳推演”是画布下方的标签页。选择 `default/sleep`，输入地址，按“发送”。',
      ),
      sends: { url: http },
      after: both(
        '`NC cluster_not_found`: the route names port 443 of the host, and at the gateway there is no such cluster, although your entry lists the port. A gateway belongs to no team. Of several entries for a host that are exported to all it uses the **oldest**, and ports of entries in different namespaces are not merged.',
        '`NC cluster_not_found`：路由指向该主机的 443 端口，而网关上没有这个 cluster，尽管你的 ServiceEntry 列出了这个端口。网关不属于任何团队：同一主机有多个导出给所有人的条目时，它采用**最早**的那个，不同命名空间的端口不会合并。',
      ),
    },
    {
      title: both('Let the gateway know the port', '让网关知道这个端口'),
      says: both(
        'Fix it so that your request arrives through the gateway, without breaking anything for billing: `billing/invoices` sends `http://` too, and is to go on doing so.\n\nIn these texts `creationTimestamp` is what the cluster set. It cannot be set by anybody, so leave it alone.',
        '请让你的请求经过网关到达主机，同时不影响 billing 团队：`billing/invoices` 也在发送 `http://`，它应当照常工作。\n\n文本里的 `creationTimestamp` 是集群给出的，任何人都不能设定，请不要改它。',
      ),
      goals: [
        { says: both('Your request arrives through the gateway, in TLS', '你的请求经过网关，以 TLS 到达主机'), is: through },
        { says: both('The app’s own https still arrives', '应用自己的 https 仍能到达'), is: ourHttps },
        { says: both('The request of billing arrives as well', 'billing 的请求同样能到达'), is: theirsArrives },
      ],
      wrong: [
        {
          is: { request: { url: http }, ends: { gateway: 'any', arrives: true, server: { port: 80, tls: false } } },
          says: both(
            'Port 80 is in both entries, so the request arrives, but in plaintext: the TLS that the gateway should start belongs to port 443.',
            '80 端口两个条目里都有，所以请求能到达，但走的是明文：网关要发起的 TLS 是写在 443 端口上的。',
          ),
          such: scene(but(started, ['{host: edition.cnn.com, port: {number: 443}}', '{host: edition.cnn.com, port: {number: 80}}'])),
        },
        {
          is: { all: [lacking, { object: { kind: 'ServiceEntry', name: 'cnn-https' } }] },
          says: both(
            'Entries of one namespace do add their ports up, but yours had port 443 before. The one that the gateway uses is in `billing`.',
            '同一命名空间的条目确实会合并端口，但你的条目本来就有 443。网关采用的是 `billing` 里的那个。',
          ),
          such: scene(started + secondEntry),
        },
      ],
      points: [{ control: 'problems' }],
      hint: both(
        'L18 in **Problems** names the two entries. Keep theirs to themselves with `exportTo: ["."]`, add port 443 to it, or take it away. To export yours to `istio-system` by name does as well: at a gateway an entry that names its namespace comes before those for all.',
        '**问题**面板里的 L18 列出了这两个条目。可以给对方的条目加上 `exportTo: ["."]`，让它只在自己的命名空间可见；也可以给它补上 443 端口，或者干脆删掉它。在你的条目里点名导出到 `istio-system` 同样可行：对网关来说，点名导出给它所在命名空间的条目，优先于导出给所有人的条目。',
      ),
      show: scene(hidden),
      after: both(
        'Which entry a gateway takes is decided by age, so the same files give a different result in a cluster where they were applied in another order. That is why the test cluster did not show the problem.',
        '网关采用哪个条目取决于创建的先后，所以同样的文件按不同的顺序应用，结果就可能不同。这正是测试集群没有暴露问题的原因。',
      ),
    },
    {
      title: both('Now billing asks', '轮到 billing 出问题了'),
      says: both(
        'The next day billing wants to call `https://edition.cnn.com/politics`, and `billing/invoices` gets a reset, although everybody else can. Send it in **Trace**, and fix it.',
        '第二天，billing 想访问 `https://edition.cnn.com/politics`，`billing/invoices` 的连接却被重置，而别人都没问题。请在**逐跳推演**中发送这个请求，并把它修好。',
      ),
      goals: [
        {
          says: both('The https of billing arrives as to a known host', 'billing 的 https 作为对已登记主机的访问能到达'),
          is: { request: { from: billing, url: https }, ends: { arrives: true, hops: [{ proxy: 'sidecar', cluster: 'outbound|443||' }] } },
        },
        { says: both('Your request still arrives through the gateway', '你的请求仍经过网关到达主机'), is: through },
        { says: both('The http of billing does too', 'billing 的 http 也一样'), is: theirsArrives },
        {
          says: both('The mesh still lets only known hosts out', '网格仍只放行已登记的主机'),
          is: { outbound: 'REGISTRY_ONLY' },
        },
      ],
      wrong: [
        {
          is: { all: [lacking, { not: { object: { kind: 'ServiceEntry', namespace: 'billing', where: { 'spec.exportTo.0': '.' } } } }] },
          says: both(
            'Exported to all again, the older entry is back at the gateway, and your request ends with 503 as at first.',
            '再次导出给所有人之后，这个较早的条目又回到了网关上，你的请求又像最初那样以 503 结束。',
          ),
          such: scene(started),
        },
        {
          is: {
            all: [
              { request: { from: billing, url: https }, ends: { exit: 35 } },
              {
                object: {
                  kind: 'ServiceEntry',
                  namespace: 'billing',
                  where: { 'spec.ports.1.number': 443, 'spec.ports.1.protocol': 'HTTP' },
                },
              },
            ],
          },
          says: both(
            'Port 443 is listed now, but as HTTP: the sidecar waits for plain HTTP there and has nothing for TLS. Its protocol is HTTPS or TLS.',
            '443 端口列出来了，但协议写成了 HTTP：Sidecar 在那里只认明文 HTTP，对 TLS 没有规则。协议应为 HTTPS 或 TLS。',
          ),
          such: scene(but(hidden, [theirPort, `${theirPort}  - {number: 443, name: http-secure, protocol: HTTP}\n`])),
        },
      ],
      points: [{ control: 'yaml' }],
      hint: both(
        'A sidecar prefers the entry of its own namespace, and that one lists port 80 alone. Add `{number: 443, name: https, protocol: HTTPS}` to the entry of billing, or take that entry away, so that billing uses yours.',
        'Sidecar 优先采用自己命名空间的条目，而 billing 的条目只列出了 80 端口。请给它加上 `{number: 443, name: https, protocol: HTTPS}`，或者删掉这个条目，让 billing 使用你的。',
      ),
      show: scene(but(hidden, [theirPort, `${theirPort}  - {number: 443, name: https, protocol: HTTPS}\n`])),
      after: both(
        'Sidecars use their own namespace first, gateways by age, and neither adds up ports of several namespaces. One host, one entry, kept by one team and exported to all is what spares the question.',
        'Sidecar 先看自己的命名空间，网关看先后，而两者都不会合并不同命名空间的端口。一个主机只留一个条目，由一个团队维护并导出给所有人，就不会再有这样的麻烦。',
      ),
    },
  ],
}
