/** Mistake: a ServiceEntry says that port 443 speaks HTTP. */
import { both } from '../../core/base/text'
import { but } from '../but'
import type { Goal, Lesson } from '../kind'

const https = 'https://www.wikipedia.org/'
const known = 'outbound|443||www.wikipedia.org'

const started = `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: wikipedia
  namespace: default
spec:
  hosts: [www.wikipedia.org]
  location: MESH_EXTERNAL
  ports:
  - number: 80
    name: http
    protocol: HTTP
  - number: 443
    name: http-443
    protocol: HTTP
  resolution: DNS
`

const port = '    name: http-443\n    protocol: HTTP\n'
const as = (name: string, protocol: string) => but(started, [port, `    name: ${name}\n    protocol: ${protocol}\n`])
const strict = 'outbound REGISTRY_ONLY'
const port443 = (protocol: string): Goal => ({
  any: [0, 1].map((index) => ({
    object: { kind: 'ServiceEntry', where: { [`spec.ports.${index}.number`]: 443, [`spec.ports.${index}.protocol`]: protocol } },
  })),
})

export const mistakeHttpsPortAsHttp: Lesson = {
  id: 'mistake-https-port-as-http',
  part: 'mistake',
  title: both('Port 443 declared as HTTP', '把 443 端口声明为 HTTP'),
  story: both(
    'A ServiceEntry makes a host known, and apps call it by https without trouble. On the day when the mesh is closed to unknown hosts, all of these calls are reset, although the host is known. The cause has been in the ServiceEntry all the time.',
    '主机已用 ServiceEntry 登记，应用用 https 访问它，一直没有问题。等到网格改为只放行已知主机的那一天，这些请求却全部被重置，明明主机是登记过的。其实，原因早就写在 ServiceEntry 里了。',
  ),
  issues: [16458, 16450, 17358],
  start: { flows: '', yaml: started },
  steps: [
    {
      title: both('It works, but how?', '能用，但是怎么通的？'),
      says: both(
        'Send `https://www.wikipedia.org/` in **Trace**. It arrives. Look which cluster the sidecar names in its log: the name shows whether it took the request for the known host.',
        '在**逐跳推演**中发送 `https://www.wikipedia.org/`，请求能够到达。看看 Sidecar 在日志中写的是哪个 cluster：从名字就能知道，它有没有把请求认作发往已登记的主机。',
      ),
      goals: [
        { says: both('The request was sent', '请求已发送'), is: { sent: { url: https } } },
        {
          says: both('It leaves as unknown traffic, through PassthroughCluster', '它作为未知流量，从 PassthroughCluster 离开'),
          is: { request: { url: https }, ends: { arrives: true, hops: [{ proxy: 'sidecar', cluster: 'PassthroughCluster' }] } },
        },
      ],
      points: [{ control: 'trace' }],
      hint: both(
        'Trace is a tab below the canvas. Choose `default/sleep`, type the address and press Send.',
        '“逐跳推演”是画布下方的标签页。选择 `default/sleep`，输入地址，按“发送”。',
      ),
      sends: { url: https },
      after: both(
        'The sidecar expects plain HTTP on port 443, since the ServiceEntry says so, and finds the host in the Host header. What comes is TLS: no header can be read, nobody claims the connection, and it leaves as unknown traffic. No rule, no limit and no metric for this host applies to it.',
        '按照 ServiceEntry 的说法，443 端口上应该是明文 HTTP，Sidecar 要从 Host 头里读出主机名。可来的是 TLS，读不到任何请求头，没有谁认领这条连接，它便作为未知流量离开了。为这个主机配置的规则、限额、指标，对它统统不起作用。',
      ),
    },
    {
      title: both('Close the mesh to unknown hosts', '只放行已知主机'),
      says: both(
        'Set the outbound traffic policy to `REGISTRY_ONLY`, as a closed mesh has it, and look at the same request again.',
        '把出站流量策略改为 `REGISTRY_ONLY`，也就是只放行已知主机，再看同一个请求。',
      ),
      goals: [
        { says: both('The outbound traffic policy is REGISTRY_ONLY', '出站流量策略为 REGISTRY_ONLY'), is: { outbound: 'REGISTRY_ONLY' } },
        {
          says: both('The https request is reset: curl exit 35', 'https 请求被重置：curl 退出码 35'),
          is: { request: { url: https }, ends: { exit: 35, hops: [{ proxy: 'sidecar', flags: 'UH', cluster: 'BlackHoleCluster' }] } },
        },
      ],
      points: [{ control: 'outbound' }],
      hint: both(
        'The outbound traffic policy is in the inspector while nothing on the canvas is selected.',
        '画布上什么都不选中时，属性面板里就有出站流量策略。',
      ),
      show: { flows: strict, yaml: started },
      after: both(
        'Unknown traffic now ends in `BlackHoleCluster`. The flag `UH` sounds as if the host were ill (no healthy upstream), but nobody has even looked for the host: this cluster is empty on purpose.',
        '未知流量现在止于 `BlackHoleCluster`。标志 `UH` 的意思是没有健康的上游，听起来像是主机出了毛病，其实根本没有谁去找过它：这个 cluster 本来就是空的。',
      ),
    },
    {
      title: both('Make the port known for what it is', '如实声明端口'),
      says: both(
        'Fix the ServiceEntry so that the https request belongs to the host. The mesh stays closed: a host that nobody made known must not be reached.',
        '请修改 ServiceEntry，让 https 请求归到这个主机名下。网格仍然只放行已知主机：没有登记过的主机不应能访问。',
      ),
      goals: [
        {
          says: both('https arrives, and the sidecar knows the host', 'https 能到达，且 Sidecar 认识这个主机'),
          is: { request: { url: https }, ends: { arrives: true, hops: [{ proxy: 'sidecar', cluster: known }] } },
        },
        {
          says: both('http still arrives', 'http 仍能到达'),
          is: { request: { url: 'http://www.wikipedia.org/' }, ends: { arrives: true } },
        },
        {
          says: both('A host that is not known is still refused', '未登记的主机仍被拒绝'),
          is: {
            request: { url: 'https://www.python.org/' },
            ends: { exit: 35, hops: [{ proxy: 'sidecar', cluster: 'BlackHoleCluster' }] },
          },
        },
      ],
      wrong: [
        {
          is: { all: [{ outbound: 'ALLOW_ANY' }, port443('HTTP')] },
          says: both(
            'Under `ALLOW_ANY` it arrives again, like everything else: as unknown traffic, and the mesh is open.',
            '改回 `ALLOW_ANY` 之后它又能到达了，但和其他一切流量一样，是作为未知流量离开的，网格也敞开了。',
          ),
          such: { flows: '', yaml: started },
        },
        {
          is: { all: [port443('HTTP'), { object: { kind: 'ServiceEntry', where: { 'spec.ports.*.name': 'https' } } }] },
          says: both(
            'The name of a port is a name in a ServiceEntry: what counts is `protocol`. (In a Kubernetes Service the name says the protocol.)',
            '在 ServiceEntry 里，端口的名字只是名字，起作用的是 `protocol`。（在 Kubernetes 的 Service 里，才是由端口名表明协议。）',
          ),
          such: { flows: strict, yaml: as('https', 'HTTP') },
        },
        {
          is: { any: [port443('HTTP2'), port443('GRPC')] },
          says: both(
            '`HTTP2` and `GRPC` are HTTP in plaintext too: a sidecar cannot look for a Host header in TLS, whatever the version.',
            '`HTTP2` 和 `GRPC` 同样是明文的 HTTP：不管哪个版本，Sidecar 都无法从 TLS 里读出 Host 头。',
          ),
          such: { flows: strict, yaml: as('http2', 'HTTP2') },
        },
        {
          is: port443('TCP'),
          says: both(
            'As `TCP` it arrives, and so does everything else on port 443: without an address of its own this entry takes the connections of all hosts, and sends them to this one.',
            '声明为 `TCP` 确实能到达，可是 443 端口上的其他流量也一并归了它：没有自己的地址时，这个条目会接走发往所有主机的连接，全部送到这一个主机。',
          ),
          such: { flows: strict, yaml: as('tcp', 'TCP') },
        },
      ],
      points: [{ control: 'problems' }],
      hint: both(
        'The **Problems** panel warns of it as L12, and its fix sets the protocol of port 443 to `HTTPS`. `TLS` does the same.',
        '**问题**面板以 L12 警告了它，修复按钮会把 443 端口的协议改为 `HTTPS`。写 `TLS` 也一样。',
      ),
      show: { flows: strict, yaml: as('https', 'HTTPS') },
      after: both(
        'For `HTTPS` and `TLS` a sidecar tells hosts apart by the SNI, the name that a client says in the clear at the start of its handshake. `istioctl analyze` says nothing of the mistake: HTTP on 443 is a legal thing to declare.',
        '端口声明为 `HTTPS` 或 `TLS` 时，Sidecar 按 SNI 区分主机，也就是客户端在握手之初以明文报出的名称。对这个错误，`istioctl analyze` 不会有任何提示：在 443 端口上声明 HTTP 是合法的。',
      ),
    },
  ],
}
