/** Mistake: a ServiceEntry with a TCP port and no addresses takes the connections of all hosts. */
import { both } from '../../core/base/text'
import { but } from '../but'
import type { Goal, Lesson } from '../kind'

const wikipedia = 'https://www.wikipedia.org/'
const python = 'https://www.python.org/'
const queue = 'https://queue.example.com/'

const started = `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: message-queue
  namespace: default
spec:
  hosts: [queue.example.com]
  location: MESH_EXTERNAL
  ports:
  - number: 443
    name: amqps
    protocol: TCP
  resolution: DNS
`

const forWikipedia = `---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: wikipedia
  namespace: default
spec:
  hosts: [www.wikipedia.org]
  ports:
  - {number: 443, name: tls, protocol: TLS}
  resolution: DNS
`
const asTls = but(started, ['protocol: TCP', 'protocol: TLS'])
const strict = 'outbound REGISTRY_ONLY'

const reaches = (url: string): Goal => ({
  all: [
    { request: { url }, ends: { arrives: true } },
    { not: { request: { url }, ends: { hops: [{ proxy: 'sidecar', cluster: 'queue.example.com' }] } } },
  ],
})
const queueKnown: Goal = {
  request: { url: queue },
  ends: { arrives: true, hops: [{ proxy: 'sidecar', cluster: 'outbound|443||queue.example.com' }] },
}
const astray = (url: string): Goal => ({
  request: { url },
  ends: { exit: 60, hops: [{ proxy: 'sidecar', cluster: 'outbound|443||queue.example.com' }] },
})

export const mistakeTcpWithoutAddresses: Lesson = {
  id: 'mistake-tcp-without-addresses',
  part: 'mistake',
  title: both('A TCP port that takes everybody’s connections', '接走所有连接的 TCP 端口'),
  story: both(
    'One team makes its message queue known, which is served on port 443: its protocol is not HTTP, so TCP seems right. Minutes later apps all over the mesh complain that the whole internet has a wrong certificate.',
    '某个团队登记了自己的消息队列，服务在 443 端口；因为不是 HTTP，协议就写了 TCP。几分钟后，网格里到处有应用报错：互联网上所有网站的证书都不对了。',
  ),
  issues: [58696],
  start: { flows: '', yaml: started },
  steps: [
    {
      title: both('See it fail', '看它怎样失败'),
      says: both(
        'No object names `www.wikipedia.org`, and unknown hosts are allowed. Send `https://www.wikipedia.org/` in **Trace**, and look where the connection really goes.',
        '没有任何对象提到 `www.wikipedia.org`，而未知主机是允许访问的。在**逐跳推演**中发送 `https://www.wikipedia.org/`，看看连接究竟去了哪里。',
      ),
      goals: [
        { says: both('The request was sent', '请求已发送'), is: { sent: { url: wikipedia } } },
        {
          says: both('The app is shown the certificate of another host: curl exit 60', '应用看到的是另一个主机的证书：curl 退出码 60'),
          is: astray(wikipedia),
        },
      ],
      points: [{ control: 'trace' }],
      hint: both(
        'Trace is a tab below the canvas. Choose `default/sleep`, type the address and press Send.',
        '“逐跳推演”是画布下方的标签页。选择 `default/sleep`，输入地址，按“发送”。',
      ),
      sends: { url: wikipedia },
      after: both(
        'The app asked for Wikipedia and was connected to the queue: the cluster in the log says so, `outbound|443||queue.example.com`. TCP has no name on the wire. For HTTP a sidecar reads the Host header, for TLS the SNI; for TCP only the address is left, and this ServiceEntry gives none. So it takes every connection to port 443 that nobody else claims.',
        '应用要访问维基百科，却被接到了消息队列：日志里的 cluster `outbound|443||queue.example.com` 说明了一切。TCP 连接上没有名称可读。HTTP 可以看 Host 头，TLS 可以看 SNI，TCP 就只剩下地址，而这个 ServiceEntry 没有写地址。于是，443 端口上凡是没有谁认领的连接，都归了它。',
      ),
    },
    {
      title: both('Give others their connections back', '把连接还给别人'),
      says: both(
        'Fix the ServiceEntry: the queue stays known to the mesh, and every other host is reached as if the entry did not exist. AMQP over TLS begins with a TLS handshake, like https.',
        '请修改 ServiceEntry：消息队列仍为网格所知，其他主机则不受它影响。提示：基于 TLS 的 AMQP 和 https 一样，都以 TLS 握手开始。',
      ),
      goals: [
        { says: both('www.wikipedia.org is reached', '能访问 www.wikipedia.org'), is: reaches(wikipedia) },
        { says: both('www.python.org is reached', '能访问 www.python.org'), is: reaches(python) },
        { says: both('The queue is reached, as a known host', '能访问消息队列，且它是已知主机'), is: queueKnown },
      ],
      wrong: [
        {
          is: { all: [{ request: { url: wikipedia }, ends: { arrives: true } }, astray(python)] },
          says: both(
            'Wikipedia is claimed by an entry of its own now, but every host that has none still ends at the queue. Look at `www.python.org`.',
            '维基百科现在有自己的条目认领了，但没有条目的主机仍会被送到消息队列。看看 `www.python.org`。',
          ),
          such: { flows: '', yaml: started + forWikipedia },
        },
        {
          is: { all: [{ outbound: 'REGISTRY_ONLY' }, astray(wikipedia)] },
          says: both(
            'The outbound traffic policy is for connections that nobody claims, and the queue’s entry claims them all: under `REGISTRY_ONLY` they end at the queue just the same.',
            '出站流量策略只管没有谁认领的连接，而消息队列的条目把它们全认领了：换成 `REGISTRY_ONLY`，它们照样被送到消息队列。',
          ),
          such: { flows: strict, yaml: started },
        },
        {
          is: { request: { url: wikipedia }, ends: { arrives: true, hops: [{ proxy: 'sidecar', cluster: 'queue.example.com' }] } },
          says: both(
            'With `resolution: NONE` each connection goes to the address that the app dialled, so nobody is led astray. But the entry still claims every one of them: in logs, metrics and rules Wikipedia is the queue.',
            '改成 `resolution: NONE` 之后，连接都去往应用所连的地址，没有谁会走错。但它们仍然全归这个条目认领：在日志、指标和规则看来，维基百科就是消息队列。',
          ),
          such: { flows: '', yaml: but(started, ['resolution: DNS', 'resolution: NONE']) },
        },
        {
          is: { request: { url: queue }, ends: { arrives: true, hops: [{ proxy: 'sidecar', cluster: 'PassthroughCluster' }] } },
          says: both(
            'The others are well again, but the queue is unknown to the mesh now: it is reached through PassthroughCluster, and not at all once the mesh is closed.',
            '其他主机好了，可是网格不再认识消息队列：它只能经 PassthroughCluster 访问；网格一旦只放行已知主机，就完全访问不了。',
          ),
          such: { flows: '', yaml: but(started, ['protocol: TCP', 'protocol: HTTP']) },
        },
      ],
      points: [{ control: 'problems' }],
      hint: both(
        'The **Problems** panel warns of it as L12, and its fix sets the protocol to `TLS`: then the entry takes only connections with its own SNI. Where the protocol has no TLS, `addresses` with the host’s IP does it.',
        '**问题**面板以 L12 警告了它，修复按钮会把协议改为 `TLS`：这样，条目只认领 SNI 是自己的连接。如果协议不含 TLS，可以用 `addresses` 写出主机的 IP。',
      ),
      show: { flows: '', yaml: asTls },
      after: both(
        '`TLS` in a ServiceEntry does not mean HTTP inside: it says that connections begin with a handshake, and can be told apart by their SNI. `istioctl analyze` warns of a TCP port without addresses as IST0134.',
        'ServiceEntry 中的 `TLS` 并不意味着里面是 HTTP：它只说明连接以 TLS 握手开始，因而可以按 SNI 区分。对没有地址的 TCP 端口，`istioctl analyze` 会以 IST0134 提出警告。',
      ),
    },
    {
      title: both('Prove it in a closed mesh', '在封闭的网格中验证'),
      says: both(
        'The entry had one more effect that nobody noticed: it opened port 443 for everyone. Set the outbound traffic policy to `REGISTRY_ONLY`: the queue must be reached, and nothing else.',
        '这个条目还有一个没人注意到的后果：它等于对所有连接敞开了 443 端口。请把出站流量策略改为 `REGISTRY_ONLY`：此时应当只能访问消息队列，别的一概不行。',
      ),
      goals: [
        { says: both('The outbound traffic policy is REGISTRY_ONLY', '出站流量策略为 REGISTRY_ONLY'), is: { outbound: 'REGISTRY_ONLY' } },
        { says: both('The queue is reached', '能访问消息队列'), is: queueKnown },
        {
          says: both('www.wikipedia.org is refused by the sidecar', 'www.wikipedia.org 被 Sidecar 拒绝'),
          is: { request: { url: wikipedia }, ends: { exit: 35, hops: [{ proxy: 'sidecar', flags: 'UH', cluster: 'BlackHoleCluster' }] } },
        },
      ],
      points: [{ control: 'outbound' }],
      hint: both(
        'The outbound traffic policy is in the inspector while nothing on the canvas is selected.',
        '画布上什么都不选中时，属性面板里就有出站流量策略。',
      ),
      show: { flows: strict, yaml: asTls },
      after: both(
        'With the TCP port the app got a stranger’s certificate here too, instead of a clean refusal.',
        '如果端口仍是 TCP，即使在这里，应用看到的也会是别人的证书，而不是干脆的拒绝。',
      ),
    },
  ],
}
