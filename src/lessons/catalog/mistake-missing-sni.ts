/** Mistake: mutual TLS to the gateway without an SNI that its server lists. */
import { both } from '../../core/base/text'
import { but } from '../but'
import type { Goal, Lesson } from '../kind'

const url = 'http://edition.cnn.com/politics'

const started = `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: cnn
  namespace: default
spec:
  hosts: [edition.cnn.com]
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
  selector:
    istio: egressgateway
  servers:
  - port:
      number: 80
      name: https
      protocol: HTTPS
    hosts:
    - edition.cnn.com
    tls:
      mode: ISTIO_MUTUAL
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
      - port:
          number: 80
        tls:
          mode: ISTIO_MUTUAL
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
        port: {number: 80}
`

const clientTls = '        tls:\n          mode: ISTIO_MUTUAL\n---'
const withSni = (sni: string) => but(started, [clientTls, `        tls:\n          mode: ISTIO_MUTUAL\n          sni: ${sni}\n---`])
const clientPlain = but(started, [clientTls, '        tls:\n          mode: DISABLE\n---'])
const serverTls = 'name: https\n      protocol: HTTPS\n    hosts:\n    - edition.cnn.com\n    tls:\n      mode: ISTIO_MUTUAL\n'
const serverPlain = 'name: http\n      protocol: HTTP\n    hosts:\n    - edition.cnn.com\n'
const serverHosts = '    hosts:\n    - edition.cnn.com\n'

const second = 'http://www.cnn.com/'
const ofSecond = `---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: www-cnn
  namespace: default
spec:
  hosts: [www.cnn.com]
  ports:
  - {number: 80, name: http, protocol: HTTP}
  resolution: DNS
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: www-cnn-through-egress-gateway
  namespace: default
spec:
  hosts: [www.cnn.com]
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
        host: www.cnn.com
        port: {number: 80}
`
const mended = withSni('edition.cnn.com')
const bothHosts = but(mended, [serverHosts, `${serverHosts}    - www.cnn.com\n`]) + ofSecond

const identified = (asked: string): Goal => ({
  request: { url: asked },
  ends: { arrives: true, hops: [{ proxy: 'gateway', tls: true, peer: true }] },
})
const closed: Goal = { request: { url }, ends: { status: 503, hops: [{ proxy: 'gateway', flags: 'NR' }] } }
const anyHost: Goal = { object: { kind: 'Gateway', where: { 'spec.servers.*.hosts.*': '*' } } }

export const mistakeMissingSni: Lesson = {
  id: 'mistake-missing-sni',
  part: 'mistake',
  title: both('Mutual TLS without the right SNI', '双向 TLS 没有正确的 SNI'),
  story: both(
    'The hop to the gateway shall be mutual TLS. Both ends say ISTIO_MUTUAL, the certificates come from Istio itself, nothing else is to be configured, it seems. Yet every request ends with 503, and the gateway logs NR filter_chain_not_found.',
    '到网关这一跳要用双向 TLS。两端都写了 ISTIO_MUTUAL，证书由 Istio 自己签发，看来没有别的要配了。可是每个请求都是 503，网关日志里写着 NR filter_chain_not_found。',
  ),
  issues: [56201, 41380, 32466],
  start: { flows: '', yaml: started },
  steps: [
    {
      title: both('See it fail', '看它怎样失败'),
      says: both(
        'Send `http://edition.cnn.com/politics` in **Trace**, and read the line of the gateway: which SNI did it get, and which hosts does its server list?',
        '在**逐跳推演**中发送 `http://edition.cnn.com/politics`，读一读网关的日志行：它收到的 SNI 是什么？它的 server 列出的主机又是什么？',
      ),
      goals: [
        { says: both('The request was sent', '请求已发送'), is: { sent: { url } } },
        { says: both('The gateway closes the connection: NR', '网关关闭连接：NR'), is: closed },
      ],
      points: [{ control: 'trace' }],
      hint: both(
        'Trace is a tab below the canvas. Choose `default/sleep`, type the address and press Send.',
        '“逐跳推演”是画布下方的标签页。选择 `default/sleep`，输入地址，按“发送”。',
      ),
      sends: { url },
      after: both(
        'The app sees 503, the sidecar logs `URX,UF`, and the gateway has three lines, one for each try: `NR filter_chain_not_found`, with an SNI that nobody wrote: `outbound_.80_.cnn_.istio-egressgateway.istio-system.svc.cluster.local`. A gateway chooses among its TLS servers by SNI before it reads anything else, and none of them lists this name.',
        '应用看到 503，Sidecar 记录 `URX,UF`，网关则有三行日志，每次尝试一行：`NR filter_chain_not_found`，其中的 SNI 谁也没有写过：`outbound_.80_.cnn_.istio-egressgateway.istio-system.svc.cluster.local`。网关在读取任何内容之前，先按 SNI 选择 TLS server，而没有一个 server 列出这个名称。',
      ),
    },
    {
      title: both('Say the name that the server lists', '报出 server 列出的名称'),
      says: both(
        'Fix it so that the request arrives over mutual TLS. The server of the gateway shall go on serving `edition.cnn.com` only.',
        '请让请求以双向 TLS 经过网关并到达主机。网关的 server 仍然只为 `edition.cnn.com` 服务。',
      ),
      goals: [
        {
          says: both('The request passes the gateway and arrives', '请求经过网关并到达'),
          is: { request: { url }, ends: { gateway: 'any', arrives: true } },
        },
        {
          says: both('The hop to the gateway is mutual TLS', '到网关这一跳是双向 TLS'),
          is: { request: { url }, ends: { hops: [{ proxy: 'gateway', tls: true, peer: true }] } },
        },
        { says: both('The server of the gateway does not take every host', '网关的 server 不接受任意主机'), is: { not: anyHost } },
      ],
      wrong: [
        {
          is: { all: [anyHost, { request: { url }, ends: { arrives: true } }] },
          says: both(
            'A server with the host `*` takes every SNI, also the made-up one, and it works. But the server is now open for each host that any team routes to it, and the SNI in its log says nothing any more.',
            '主机写成 `*` 的 server 接受任何 SNI，自动生成的那个也不例外，于是能用了。但是，这个 server 从此对任何团队路由过来的任何主机敞开，日志里的 SNI 也不再说明什么。',
          ),
          such: { flows: '', yaml: but(started, [serverHosts, '    hosts:\n    - "*"\n']) },
        },
        {
          is: {
            request: { url },
            ends: { hops: [{ proxy: 'gateway', flags: 'NR', sni: 'istio-egressgateway.istio-system.svc.cluster.local' }] },
          },
          says: both(
            'The name of the gateway’s Service is where the connection goes, but not what the server lists: the SNI must be one of `hosts` in the Gateway.',
            '网关 Service 的名称说明连接发往哪里，但 server 列出的并不是它：SNI 必须是 Gateway 的 `hosts` 之一。',
          ),
          such: { flows: '', yaml: withSni('istio-egressgateway.istio-system.svc.cluster.local') },
        },
        {
          is: { request: { url }, ends: { status: 503, hops: [{ proxy: 'gateway', flags: 'NR', sni: '', tls: false }] } },
          says: both(
            'Now the sidecar sends plaintext. That has no SNI at all, and the server expects TLS: the connection is closed as before, only without three tries.',
            '现在 Sidecar 发的是明文，根本没有 SNI，而 server 要的是 TLS：连接照样被关闭，只是不再尝试三次。',
          ),
          such: { flows: '', yaml: clientPlain },
        },
        {
          is: { request: { url }, ends: { gateway: 'any', arrives: true, hops: [{ proxy: 'gateway', tls: false }] } },
          says: both(
            'It arrives, in plaintext: the hop has lost its encryption, and the gateway no longer knows who calls.',
            '请求到达了，但这一跳成了明文：不再加密，网关也不再知道是谁在访问。',
          ),
          such: { flows: '', yaml: but(clientPlain, [serverTls, serverPlain]) },
        },
      ],
      points: [{ control: 'problems' }],
      hint: both(
        'The **Problems** panel reports it as L1, and its fix writes `sni: edition.cnn.com` beside `mode: ISTIO_MUTUAL` in the DestinationRule.',
        '**问题**面板以 L1 指出了它，修复按钮会在 DestinationRule 的 `mode: ISTIO_MUTUAL` 旁边写上 `sni: edition.cnn.com`。',
      ),
      show: { flows: '', yaml: mended },
      after: both(
        'It is in no other place: `sni` in the DestinationRule, `hosts` in the Gateway, and the two must meet. `istioctl analyze` compares them nowhere. When you see `filter_chain_not_found`, compare the SNI of that line with the hosts of the server.',
        '关键就在两处：DestinationRule 里的 `sni` 和 Gateway 里的 `hosts`，两者必须对得上，而 `istioctl analyze` 从不比较它们。看到 `filter_chain_not_found` 时，就拿那一行日志里的 SNI 去对 server 的 hosts。',
      ),
    },
    {
      title: both('Two hosts, one SNI', '两个主机，一个 SNI'),
      says: both(
        'Lead `http://www.cnn.com/` through the gateway as well, over mutual TLS. Does it need an SNI of its own? The server is one of HTTPS: behind the handshake it reads the Host header of each request.',
        '请让 `http://www.cnn.com/` 也以双向 TLS 经过网关。它需要自己的 SNI 吗？这个 server 的协议是 HTTPS：握手之后，它还会读取每个请求的 Host 头。',
      ),
      goals: [
        {
          says: both('www.cnn.com is reached through the gateway, over mTLS', '以 mTLS 经过网关访问到 www.cnn.com'),
          is: identified(second),
        },
        { says: both('edition.cnn.com is still reached that way', 'edition.cnn.com 的访问方式不变'), is: identified(url) },
        { says: both('The server of the gateway does not take every host', '网关的 server 不接受任意主机'), is: { not: anyHost } },
      ],
      wrong: [
        {
          is: { request: { url: second }, ends: { status: 404, hops: [{ proxy: 'gateway', flags: 'NR', tls: true }] } },
          says: both(
            'The door opens now: the handshake succeeds, and the gateway answers 404. It is `NR` again, but `route_not_found`: the request was read, and no server of this gateway lists its host. Add `www.cnn.com` to the `hosts` of the server.',
            '门已经开了：握手成功，网关回答 404。日志里又是 `NR`，但这次是 `route_not_found`：请求读到了，可是网关没有哪个 server 列出它的主机。请在 server 的 `hosts` 中加上 `www.cnn.com`。',
          ),
          such: { flows: '', yaml: mended + ofSecond },
        },
      ],
      hint: both(
        'A ServiceEntry for the host, a second line under `hosts` of the server, and a VirtualService like the first one, with the same subset `cnn`. Or draw it: **Add flow** takes `sleep HTTP -> istio-egressgateway ISTIO_MUTUAL -> www.cnn.com DISABLE`.',
        '为该主机写一个 ServiceEntry，在 server 的 `hosts` 下加一行，再仿照第一个写一个 VirtualService，引用同一个 subset `cnn`。也可以画出来：打开**添加路径**，输入 `sleep HTTP -> istio-egressgateway ISTIO_MUTUAL -> www.cnn.com DISABLE`。',
      ),
      show: { flows: '', yaml: bothHosts },
      after: both(
        'The SNI opens the door of a server, the Host header chooses the route behind it. So one subset with one `sni` serves all hosts of an HTTPS server; a server of protocol TLS reads no Host header, and needs an SNI for each host.',
        'SNI 打开的是 server 的门，进门之后由 Host 头选择路由。所以对 HTTPS server 来说，一个 subset、一个 `sni` 就能服务它的所有主机；协议为 TLS 的 server 不读取 Host 头，每个主机都要有自己的 SNI。',
      ),
    },
  ],
}
