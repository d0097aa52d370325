/** Mistake: a name of one's own for a host outside. Since Istio 1.21 the certificate is checked against it. */
import { both } from '../../core/base/text'
import { but } from '../but'
import type { Goal, Lesson, Scene } from '../kind'

const http = 'http://news.example.com/politics'
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
  name: news-gateway
  namespace: default
spec:
  selector: {istio: egressgateway}
  servers:
  - port: {number: 80, name: http, protocol: HTTP}
    hosts: [news.example.com]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: news
  namespace: default
spec:
  hosts: [news.example.com]
  gateways: [mesh, news-gateway]
  http:
  - match:
    - {gateways: [mesh], port: 80}
    route:
    - destination: {host: istio-egressgateway.istio-system.svc.cluster.local, port: {number: 80}}
  - match:
    - {gateways: [news-gateway], port: 80}
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
const tls = (settings: string) => but(started, ['{mode: SIMPLE}', `{mode: SIMPLE, ${settings}}`])
const named = tls('sni: edition.cnn.com')

const rule = (field: string, value: string | boolean): Goal => ({
  object: { kind: 'DestinationRule', where: { [`spec.trafficPolicy.portLevelSettings.*.tls.${field}`]: value } },
})
const failing: Goal = {
  request: { url: http },
  ends: { status: 503, hops: [{ proxy: 'gateway', code: 503, flags: 'UF', cluster: 'outbound|443||edition.cnn.com' }] },
}
const arrives: Goal = {
  request: { url: http },
  ends: { gateway: 'any', arrives: true, server: { port: 443, tls: true, sni: 'edition.cnn.com' } },
}
const ownWorks: Goal = { request: { url: https }, ends: { arrives: true } }
const skips = rule('insecureSkipVerify', true)
const unchecked = both(
  'It arrives because nothing is checked any more: anybody who gets between the gateway and the host may answer in its place. The upgrade asked whom you are talking to, and this only silences the question.',
  '请求能到达，是因为什么都不再校验：任何人只要处在网关与主机之间，就可以冒充主机应答。升级之后的报错是在问“对方究竟是谁”，这样做只是不让它再问。',
)

export const mistakeCertificateName: Lesson = {
  id: 'mistake-certificate-name',
  part: 'mistake',
  title: both('A certificate that was good before the upgrade', '升级之后，证书不被接受了'),
  story: both(
    'Apps call `http://news.example.com`, a name that only exists inside, and the gateway takes that to `edition.cnn.com` in TLS. This has worked since Istio 1.14. After the upgrade to 1.21 or later every request ends with 503, `CERTIFICATE_VERIFY_FAILED`.',
    '应用访问的是 `http://news.example.com`，一个只在内部使用的名称，网关再以 TLS 把请求送到 `edition.cnn.com`。从 Istio 1.14 起一直好好的，升级到 1.21 或更高版本之后，每个请求都变成了 503，报错为 `CERTIFICATE_VERIFY_FAILED`。',
  ),
  issues: [53186, 50126, 50193, 48952],
  start: scene(started),
  steps: [
    {
      title: both('Read what was expected', '看看期望的是什么'),
      says: both(
        'Send `http://news.example.com/politics` in **Trace**, and read in the gateway’s line which name it wanted, and which names the certificate has.',
        '在**逐跳推演**中发送 `http://news.example.com/politics`，从网关那一行日志里读出：它要的是哪个名称，证书上又是哪些名称。',
      ),
      goals: [
        { says: both('The request was sent', '请求已发送'), is: { sent: { url: http } } },
        { says: both('The gateway cannot connect: 503, URX,UF', '网关无法建立连接：503，URX,UF'), is: failing },
      ],
      points: [{ control: 'trace' }],
      hint: both(
        'Trace is a tab below the canvas. Choose `default/sleep`, type the address and press Send.',
        '“逐跳推演”是画布下方的标签页。选择 `default/sleep`，输入地址，按“发送”。',
      ),
      sends: { url: http },
      after: both(
        '`expected SANs: [news.example.com], certificate SANs: [edition.cnn.com]`. Since 1.21 a proxy that starts TLS takes SNI and the name to check from the Host header, and checks the certificate against the CAs of the system. Before, neither was done unless somebody asked for it: the connection was encrypted, to whomever.',
        '`expected SANs: [news.example.com], certificate SANs: [edition.cnn.com]`。从 1.21 起，发起 TLS 的代理用 Host 头作为 SNI，也用它来比对证书，并用系统 CA 校验证书。在此之前，没有人要求就什么都不做：连接是加密的，至于对方是谁，并不知道。',
      ),
    },
    {
      title: both('Say whom you mean', '说明要找的是谁'),
      says: both(
        'Fix it so that the host sees its own name as SNI, `edition.cnn.com`, and answers. The app’s own `https://edition.cnn.com` must keep working.',
        '请让主机看到的 SNI 是它自己的名称 `edition.cnn.com`，并正常应答。应用自己的 `https://edition.cnn.com` 不能受影响。',
      ),
      goals: [
        {
          says: both('The request arrives through the gateway, with SNI edition.cnn.com', '请求经过网关到达主机，SNI 为 edition.cnn.com'),
          is: arrives,
        },
        { says: both('The app’s own https still arrives', '应用自己的 https 仍能到达'), is: ownWorks },
      ],
      wrong: [
        { is: skips, says: unchecked, such: scene(tls('insecureSkipVerify: true')) },
        {
          is: { all: [failing, rule('caCertificates', '/etc/ssl/certs/ca-certificates.crt')] },
          says: both(
            'The CA was never in doubt: the message is about the name. A list of CAs says who may sign a certificate, not for whom it must be.',
            'CA 并没有问题，报错说的是名称。CA 列表规定谁可以签发证书，而不是证书必须属于谁。',
          ),
          such: scene(tls('caCertificates: /etc/ssl/certs/ca-certificates.crt')),
        },
        {
          is: { all: [failing, { object: { kind: 'ServiceEntry', where: { 'spec.subjectAltNames.*': 'edition.cnn.com' } } }] },
          says: both(
            '`subjectAltNames` of the ServiceEntry come on top of the check against the Host header, they do not replace it: `news.example.com` is still asked for.',
            'ServiceEntry 的 `subjectAltNames` 是在 Host 头校验之外追加的，并不能取代它：代理要的仍然是 `news.example.com`。',
          ),
          such: scene(
            but(started, [
              '  hosts: [edition.cnn.com]\n  ports',
              '  hosts: [edition.cnn.com]\n  subjectAltNames: [edition.cnn.com]\n  ports',
            ]),
          ),
        },
        {
          is: {
            all: [{ request: { url: http }, ends: { server: { sni: 'news.example.com' } } }, rule('subjectAltNames.*', 'edition.cnn.com')],
          },
          says: both(
            'The right certificate is asked for now, but the SNI is still `news.example.com`: a server that has several certificates chooses by the SNI, and may show another one. Write `sni` as well.',
            '现在校验的是正确的名称，但 SNI 还是 `news.example.com`：拥有多张证书的服务器按 SNI 选择证书，可能会给出另一张。请把 `sni` 也写上。',
          ),
          such: scene(tls('subjectAltNames: [edition.cnn.com]')),
        },
      ],
      points: [{ control: 'yaml' }],
      hint: both(
        'Either write `sni: edition.cnn.com` beside `mode: SIMPLE`, or put `rewrite: {authority: edition.cnn.com}` into the route of the gateway: then the Host header, and what follows from it, is right as well.',
        '可以在 `mode: SIMPLE` 旁边写 `sni: edition.cnn.com`；也可以在网关那条路由里写 `rewrite: {authority: edition.cnn.com}`，这样 Host 头以及由它得出的一切都是对的。',
      ),
      show: scene(named),
      after: both(
        'With `sni` the host answers. Under many issues this is where the thread ends; but something else has changed with it.',
        '写上 `sni`，主机就应答了。许多 issue 的讨论到这里就结束了，但同时还有一件事悄悄变了。',
      ),
    },
    {
      title: both('Have it checked again', '让校验重新生效'),
      says: both(
        'As soon as `sni` is written, the certificate is no longer checked against the Host header. Unless there is another list, **any** certificate of a public CA is good enough. L10 in **Problems** says so.\n\nSee to it that the certificate must be the one of `edition.cnn.com`.',
        '一旦写了 `sni`，代理就不再用 Host 头比对证书。如果没有另外给出名称列表，公共 CA 签发的**任何**证书都能通过。**问题**面板里的 L10 说的就是它。\n\n请确保证书必须属于 `edition.cnn.com`。',
      ),
      goals: [
        {
          says: both('The name in the certificate is checked', '证书上的名称会被校验'),
          is: { all: [{ not: { problem: 'L10' } }, { not: skips }] },
        },
        { says: both('The request still arrives, with SNI edition.cnn.com', '请求仍能到达，SNI 为 edition.cnn.com'), is: arrives },
        { says: both('The app’s own https still arrives', '应用自己的 https 仍能到达'), is: ownWorks },
      ],
      wrong: [{ is: skips, says: unchecked, such: scene(tls('sni: edition.cnn.com, insecureSkipVerify: true')) }],
      points: [{ control: 'problems' }],
      hint: both(
        'The fix of L10 writes `subjectAltNames: [edition.cnn.com]` beside `sni`.',
        'L10 的修复按钮会在 `sni` 旁边写上 `subjectAltNames: [edition.cnn.com]`。',
      ),
      show: scene(but(named, ['sni: edition.cnn.com', 'sni: edition.cnn.com, subjectAltNames: [edition.cnn.com]'])),
      after: both(
        '`sni` says what is asked for, `subjectAltNames` what is accepted; write both or neither. `istioctl analyze` warns here too (IST0129), but of a CA that is not named, which has been a false alarm since 1.21; of the name it says nothing.',
        '`sni` 是要求对方出示什么，`subjectAltNames` 是自己接受什么；两个要么都写，要么都不写。`istioctl analyze` 在这里也会告警（IST0129），但说的是没有指定 CA，从 1.21 起这已是误报；关于名称，它什么也不会说。',
      ),
    },
  ],
}
