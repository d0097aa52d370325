/** Lesson: the gateway shows a client certificate. */
import { both } from '../../core/base/text'
import { mutualTlsNginxThen } from '../comparisons/mutual-tls-nginx'
import { mutualTlsOriginationThen } from '../comparisons/mutual-tls-origination'
import type { Goal, Lesson } from '../kind'

const url = 'http://nginx.example.com/'
const way = 'sleep HTTP -> istio-egressgateway ISTIO_MUTUAL:443 -> nginx.example.com'
const server = 'host nginx.example.com testServer'
const secret = 'credentialName=client-credential'
const mounted = [
  'clientCertificate=/etc/nginx-client-certs/tls.crt',
  'privateKey=/etc/nginx-client-certs/tls.key',
  'caCertificates=/etc/nginx-ca-certs/ca.crt',
].join(' ')

/** What a rule with `sni` alone looks like, written by hand. */
const nameUnchecked = `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: nginx, namespace: default}
spec:
  hosts: [nginx.example.com]
  ports:
  - {number: 80, name: http, protocol: HTTP}
  - {number: 443, name: https, protocol: HTTPS}
  resolution: DNS
  endpoints: [{address: my-nginx.mesh-external.svc.cluster.local}]
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: istio-egressgateway, namespace: default}
spec:
  selector: {istio: egressgateway}
  servers:
  - port: {number: 443, name: https, protocol: HTTPS}
    hosts: [nginx.example.com]
    tls: {mode: ISTIO_MUTUAL}
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: egressgateway-for-nginx, namespace: istio-system}
spec:
  host: istio-egressgateway.istio-system.svc.cluster.local
  subsets:
  - name: nginx
    trafficPolicy:
      portLevelSettings: [{port: {number: 443}, tls: {mode: ISTIO_MUTUAL, sni: nginx.example.com}}]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: direct-nginx-through-egress-gateway, namespace: default}
spec:
  hosts: [nginx.example.com]
  gateways: [mesh, istio-egressgateway]
  http:
  - match: [{gateways: [mesh], port: 80}]
    route: [{destination: {host: istio-egressgateway.istio-system.svc.cluster.local, subset: nginx, port: {number: 443}}}]
  - match: [{gateways: [istio-egressgateway], port: 443}]
    route: [{destination: {host: nginx.example.com, port: {number: 443}}}]
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: originate-mtls-for-nginx, namespace: istio-system}
spec:
  host: nginx.example.com
  exportTo: ["."]
  trafficPolicy:
    portLevelSettings:
    - port: {number: 443}
      tls: {mode: MUTUAL, credentialName: client-credential, sni: nginx.example.com}
`

/** Where the TLS settings of a rule may stand. */
const places = [
  'spec.trafficPolicy.tls',
  'spec.trafficPolicy.portLevelSettings.*.tls',
  'spec.subsets.*.trafficPolicy.tls',
  'spec.subsets.*.trafficPolicy.portLevelSettings.*.tls',
]
const rule = (where: Record<string, string | boolean | null>): Goal => ({
  object: { kind: 'DestinationRule', where: { 'spec.host': 'nginx.example.com', ...where } },
})
const says = (field: string, value: string | boolean): Goal => ({ any: places.map((place) => rule({ [`${place}.${field}`]: value })) })
const saysNo = (field: string): Goal => rule(Object.fromEntries(places.map((place) => [`${place}.${field}`, null])))
const known: Goal = { request: { url }, ends: { gateway: 'any', arrives: true, server: { port: 443, tls: true, clientCert: true } } }

export const mutualTlsOrigination: Lesson = {
  id: 'mutual-tls-origination',
  part: 'tutorial',
  title: both('The gateway shows a client certificate', '由出口网关发起双向 TLS'),
  story: both(
    'A partner’s server lets in only callers that show a certificate it knows. No app should have to carry that certificate and its key. The egress gateway can show it for all of them: in one place, guarded, and easy to renew. You set it up and then put your own nginx in the partner’s place, to try it for real.',
    '合作方的服务器只接待能出示受信证书的调用方。证书和密钥不该由每个应用各自携带，而可以由出口网关统一出示：放在一处，便于保护，也便于更换。本课先完成配置，再用自己的 nginx 代替合作方的服务器，以便实际演练。',
  ),
  start: { flows: `${way} SIMPLE` },
  steps: [
    {
      title: both('What the server sees of the caller', '服务器看到的调用方'),
      says: both(
        'The gateway starts TLS already, of mode SIMPLE. Send `http://nginx.example.com/` in **Trace**, and look at the last step: what does the server learn about who is calling?',
        '网关已经会发起 TLS，模式是 SIMPLE。请在**逐跳推演**中发送 `http://nginx.example.com/`，看最后一步：服务器能知道是谁在调用吗？',
      ),
      goals: [{ says: both('The request was sent', '请求已发送'), is: { sent: { url } } }],
      points: [{ control: 'trace' }],
      hint: both(
        'Trace is a tab below the canvas. Choose `default/sleep`, type the address and press Send.',
        '“逐跳推演”是画布下方的标签页。选择 `default/sleep`，输入地址，按“发送”。',
      ),
      sends: { url },
      after: both(
        'Under SIMPLE only the server shows a certificate. The gateway stays a stranger: a server that insists on knowing its callers ends it here. nginx with `ssl_verify_client on` answers 400, others break the handshake. The caller’s identity inside of the mesh does not help, since nobody outside trusts Istio’s CA.',
        'SIMPLE 模式下只有服务器出示证书，网关始终是陌生人：坚持要认识调用方的服务器会到此为止。配置了 `ssl_verify_client on` 的 nginx 回答 400，其他服务器则直接中断握手。调用方在网格内的身份也帮不上忙，因为外部没有人信任 Istio 的 CA。',
      ),
    },
    {
      title: both('Let the gateway show a certificate', '让网关出示证书'),
      says: both(
        'Choose MUTUAL for the hop from the gateway to the host. The gateway then needs a certificate, its key, and the CA that it trusts the server by. The simplest place for the three is a Secret: name it `client-credential` in the field `credentialName`.',
        '把网关到主机的一跳改为 MUTUAL。这样网关就需要一张证书、对应的密钥，以及用来信任服务器的 CA。最简单的办法是把三者放进一个 Secret：在 `credentialName` 字段填入 `client-credential`。',
      ),
      goals: [
        {
          says: both('The server sees the gateway’s client certificate', '服务器看到网关的客户端证书'),
          is: known,
        },
      ],
      wrong: [
        {
          is: { all: [says('mode', 'MUTUAL'), saysNo('credentialName'), { any: [saysNo('clientCertificate'), saysNo('privateKey')] }] },
          says: both(
            'MUTUAL is chosen, but there is no certificate to show: Istio refuses the rule. Select the hop and fill in `credentialName`.',
            '选择了 MUTUAL，却没有可以出示的证书：Istio 会拒绝这条规则。请选中这一跳，填写 `credentialName`。',
          ),
          such: { flows: `${way} MUTUAL` },
        },
        {
          is: { request: { url }, ends: { gateway: 'none', server: { clientCert: true } } },
          says: both(
            'The certificate is shown by the sidecar, past the gateway. Every app would need its own copy of the Secret, and the right to read it. Let the request pass the gateway.',
            '证书由 Sidecar 出示，而且绕过了网关。这样每个应用的命名空间都要有一份 Secret，还要有读取它的权限。请让请求经过网关。',
          ),
          such: { flows: `sleep HTTP -> nginx.example.com MUTUAL ${secret}` },
        },
      ],
      points: [{ hop: ['gateway istio-egressgateway', 'host nginx.example.com'] }, { control: 'inspector' }],
      hint: both(
        'Click the last hop, choose MUTUAL, and type `client-credential` into `credentialName` in the inspector.',
        '点击最后一跳，选择 MUTUAL，然后在属性面板的 `credentialName` 中填入 `client-credential`。',
      ),
      show: { flows: `${way} MUTUAL ${secret}` },
      after: both(
        'The Secret belongs into the namespace of the **gateway’s pod**, `istio-system`, and nowhere else: the proxy that starts the TLS asks istiod for it, and istiod gives out only Secrets of that proxy’s own namespace. Where it is missing, the gateway’s line says `Secret is not supplied by SDS` and the app sees 503.',
        'Secret 必须放在**网关 Pod** 所在的命名空间，即 `istio-system`，放在别处都不行：由发起 TLS 的代理向 istiod 索取，而 istiod 只交出该代理自己命名空间里的 Secret。找不到时，网关日志写着 `Secret is not supplied by SDS`，应用看到 503。',
      ),
    },
    {
      title: both('Your own nginx', '自己的 nginx'),
      says: both(
        'The partner’s server is no place to practise. Put up your own: turn on **Test server** at the host. nginx then comes along in the YAML, in a namespace without sidecars, so that for the mesh it lies outside.\n\nThen open the **Runbook** and read the chapter on certificates: there are the openssl commands that make them, and the kubectl commands that make Secrets of them.',
        '合作方的服务器不是练习的地方。自己搭一个：在主机上打开**测试服务器**。nginx 会随 YAML 一起导出，位于没有 Sidecar 的命名空间，因此对网格来说它在外部。\n\n然后打开**操作手册**，阅读关于证书的一章：那里有生成证书的 openssl 命令，以及用它们创建 Secret 的 kubectl 命令。',
      ),
      goals: [
        {
          says: both('A server of your own is in the YAML', 'YAML 中有自己的服务器'),
          is: { object: { kind: 'Deployment' } },
        },
        {
          says: both('The ServiceEntry leads to it', 'ServiceEntry 指向它'),
          is: { not: { object: { kind: 'ServiceEntry', where: { 'spec.endpoints': null } } } },
        },
        { says: both('It sees the gateway’s certificate', '它看到网关的证书'), is: known },
      ],
      wrong: [
        {
          is: {
            all: [
              { not: { object: { kind: 'Deployment' } } },
              { not: { object: { kind: 'ServiceEntry', where: { 'spec.endpoints': null } } } },
            ],
          },
          says: both(
            'The ServiceEntry names an endpoint now, but nothing is there to answer. **Test server** brings both.',
            'ServiceEntry 现在写了 endpoint，但那里没有任何东西应答。**测试服务器**会同时带来两者。',
          ),
          such: { flows: `${way} MUTUAL ${secret}\nhost nginx.example.com endpoints=my-nginx.mesh-external.svc.cluster.local` },
        },
      ],
      points: [{ node: 'host nginx.example.com' }, { control: 'runbook' }],
      hint: both(
        'Select the host; the inspector has a field **Test server**. Or open **Add flow** and type `host nginx.example.com testServer`.',
        '选中主机，属性面板里有**测试服务器**字段。也可以打开**添加路径**，输入 `host nginx.example.com testServer`。',
      ),
      show: { flows: `${way} MUTUAL ${secret}\n${server}` },
      after: both(
        'There are three certificates: a CA of your own, one for nginx, one for the gateway, both signed by that CA. nginx trusts the CA and so the gateway; the gateway finds the same CA as `ca.crt` in its Secret and so trusts nginx, which no CA of an operating system knows. The tutorial made certificates with a CN alone. Names are checked against the subjectAltName today, so these have one.',
        '一共有三张证书：自己的 CA，以及由它签发的 nginx 证书和网关证书。nginx 信任这个 CA，因而信任网关；网关在 Secret 的 `ca.crt` 里找到同一个 CA，因而信任 nginx，而操作系统自带的 CA 都不认识它。教程生成的证书只有 CN。如今名称按 subjectAltName 校验，所以这里的证书带有它。',
      ),
    },
    {
      title: both('Whose certificate comes back?', '回来的是谁的证书'),
      says: both(
        'So far the gateway sends the Host header as SNI and checks the server’s certificate against it. Let the configuration say the name explicitly: SNI `nginx.example.com`.\n\nTake care that the server’s name goes on being checked; the CA alone is not enough, since it may have signed certificates for others, too.',
        '到目前为止，网关把 Host 头作为 SNI 发送，并据此校验服务器的证书。现在请在配置里明确写出名称：SNI `nginx.example.com`。\n\n注意：服务器的名称必须继续得到校验。只校验 CA 是不够的，因为它可能也给别人签发过证书。',
      ),
      goals: [
        { says: both('The rule sends the SNI nginx.example.com', '规则发送 SNI nginx.example.com'), is: says('sni', 'nginx.example.com') },
        {
          says: both('The server’s name is checked', '服务器的名称得到校验'),
          is: { all: [{ not: { problem: 'L10' } }, { not: says('insecureSkipVerify', true) }] },
        },
        { says: both('The server still sees the client certificate', '服务器仍看到客户端证书'), is: known },
      ],
      wrong: [
        {
          is: { problem: 'L10' },
          says: both(
            'With `sni` and without `subjectAltNames` the name is not checked any more: the gateway would take any certificate of that CA. The request succeeds, and that is what makes it dangerous. Add `subjectAltNames`.',
            '写了 `sni` 却没有 `subjectAltNames`，名称就不再校验：这个 CA 签发的任何证书，网关都会接受。请求照样成功，危险正在于此。请加上 `subjectAltNames`。',
          ),
          such: { flows: '', yaml: nameUnchecked },
        },
        {
          is: says('insecureSkipVerify', true),
          says: both(
            '`insecureSkipVerify` checks nothing at all: neither the name nor the CA. It is for experiments only.',
            '`insecureSkipVerify` 什么都不校验：既不校验名称，也不校验 CA。它只适合做试验。',
          ),
          such: { flows: `${way} MUTUAL ${secret} insecureSkipVerify\n${server}` },
        },
      ],
      points: [{ hop: ['gateway istio-egressgateway', 'host nginx.example.com'] }, { control: 'problems' }],
      hint: both(
        'Select the last hop and fill in the field `sni`; the names to check are then written beside it by themselves. By hand, `subjectAltNames: [nginx.example.com]` goes next to `sni`.',
        '选中最后一跳，填写 `sni` 字段；要校验的名称会自动写在旁边。手写时，请在 `sni` 旁加上 `subjectAltNames: [nginx.example.com]`。',
      ),
      show: { flows: `${way} MUTUAL ${secret} sni=nginx.example.com\n${server}` },
      after: both(
        'Without `sni` and `subjectAltNames` both come from the Host header. As soon as `sni` is given, Istio checks only the names in `subjectAltNames`, and with none of them, none. The tutorial has `sni` alone, and no request ever showed it.',
        '`sni` 和 `subjectAltNames` 都不写时，两者都取自 Host 头。一旦写了 `sni`，Istio 就只校验 `subjectAltNames` 中的名称；一个也没有，就一个也不校验。教程只写了 `sni`，而任何请求都看不出这个问题。',
      ),
    },
    {
      title: both('The old way: mounted files', '过去的做法：挂载文件'),
      says: both(
        'The tutorial knew no `credentialName`: it mounted the Secrets into the gateway’s pod and named the files. You still meet this where something else brings certificates into the pod, such as a CSI driver.\n\nTurn the rule into that form: `/etc/nginx-client-certs/tls.crt`, `/etc/nginx-client-certs/tls.key`, and `/etc/nginx-ca-certs/ca.crt` as the CA.',
        '教程的年代还没有 `credentialName`：它把 Secret 挂载到网关的 Pod，再写文件路径。如果证书由别的机制送进 Pod，例如 CSI 驱动，今天仍会遇到这种写法。\n\n请把规则改成这种形式：`/etc/nginx-client-certs/tls.crt`、`/etc/nginx-client-certs/tls.key`，CA 为 `/etc/nginx-ca-certs/ca.crt`。',
      ),
      goals: [
        { says: both('The rule names no Secret', '规则不再引用 Secret'), is: saysNo('credentialName') },
        {
          says: both('The certificate comes from a file', '证书来自文件'),
          is: says('clientCertificate', '/etc/nginx-client-certs/tls.crt'),
        },
        { says: both('nginx sees the client certificate', 'nginx 看到客户端证书'), is: known },
      ],
      wrong: [
        {
          is: { all: [{ not: saysNo('credentialName') }, { not: saysNo('clientCertificate') }] },
          says: both(
            'Either a Secret or files: Istio refuses both beside each other. Empty `credentialName`.',
            'Secret 和文件只能选其一：两者并存会被 Istio 拒绝。请清空 `credentialName`。',
          ),
          such: { flows: `${way} MUTUAL ${secret} ${mounted}\n${server}` },
        },
        {
          is: { all: [saysNo('credentialName'), { any: [saysNo('clientCertificate'), saysNo('privateKey')] }] },
          says: both(
            'Now there is neither a Secret nor a whole pair of certificate and key.',
            '现在既没有 Secret，也没有完整的一对证书和密钥。',
          ),
          such: { flows: `${way} MUTUAL clientCertificate=/etc/nginx-client-certs/tls.crt\n${server}` },
        },
      ],
      points: [{ hop: ['gateway istio-egressgateway', 'host nginx.example.com'] }, { control: 'runbook' }],
      hint: both(
        'Select the last hop; empty `credentialName` and fill in `clientCertificate`, `privateKey` and `caCertificates`.',
        '选中最后一跳；清空 `credentialName`，填写 `clientCertificate`、`privateKey` 和 `caCertificates`。',
      ),
      show: { flows: `${way} MUTUAL ${mounted}\n${server}` },
      after: both(
        'The YAML looks harmless, but files must be in the gateway’s pod before: its Deployment has to be changed and rolled out, which the Runbook now shows as a step of its own. Where a file is missing, istiod holds nothing back, `istioctl analyze` says nothing, and only this one cluster fails, with `Secret is not supplied by SDS`. A Secret by `credentialName` needs none of that.',
        'YAML 看起来没什么，但文件必须事先就在网关的 Pod 里：要修改它的 Deployment 并重新发布，操作手册现在把它列为单独的步骤。文件缺失时，istiod 不会阻拦，`istioctl analyze` 也不作声，只有这一个 cluster 失败，报 `Secret is not supplied by SDS`。用 `credentialName` 引用 Secret 则不需要这些。',
      ),
    },
  ],
  comparisons: [...mutualTlsNginxThen, ...mutualTlsOriginationThen],
  issues: [33368, 24667, 8541, 9659, 20856],
}
