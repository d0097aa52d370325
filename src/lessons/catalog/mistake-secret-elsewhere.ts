/** Mistake: the Secret lies with the app, and the gateway looks for it beside itself. */
import { both } from '../../core/base/text'
import { but } from '../but'
import type { Goal, Lesson, Scene } from '../kind'

const http = 'http://partner.example.com/'

const scene = (yaml: string): Scene => ({ flows: '', yaml })
const rule = '  name: partner-mtls\n  namespace: istio-system\nspec:\n  host: partner.example.com\n  exportTo: ["."]\n'
const secret = '  name: client-credential\n  namespace: default\n'
const started = `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: partner
  namespace: default
spec:
  hosts: [partner.example.com]
  ports:
  - {number: 80, name: http, protocol: HTTP}
  - {number: 443, name: https, protocol: HTTPS}
  resolution: DNS
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: partner-gateway
  namespace: default
spec:
  selector: {istio: egressgateway}
  servers:
  - port: {number: 443, name: https, protocol: HTTPS}
    hosts: [partner.example.com]
    tls: {mode: ISTIO_MUTUAL}
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: to-egress-gateway
  namespace: istio-system
spec:
  host: istio-egressgateway.istio-system.svc.cluster.local
  subsets:
  - name: partner
    trafficPolicy:
      portLevelSettings:
      - port: {number: 443}
        tls: {mode: ISTIO_MUTUAL, sni: partner.example.com}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: partner-through-gateway
  namespace: default
spec:
  hosts: [partner.example.com]
  gateways: [mesh, partner-gateway]
  http:
  - match:
    - {gateways: [mesh], port: 80}
    route:
    - destination: {host: istio-egressgateway.istio-system.svc.cluster.local, subset: partner, port: {number: 443}}
  - match:
    - {gateways: [partner-gateway], port: 443}
    route:
    - destination: {host: partner.example.com, port: {number: 443}}
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
${rule}  trafficPolicy:
    portLevelSettings:
    - port: {number: 443}
      tls:
        mode: MUTUAL
        credentialName: client-credential
        sni: partner.example.com
        subjectAltNames: [partner.example.com]
---
apiVersion: v1
kind: Secret
metadata:
${secret}type: Opaque
`

const unsupplied: Goal = {
  request: { url: http },
  ends: { status: 503, hops: [{ proxy: 'gateway', code: 503, flags: 'UF', cluster: 'outbound|443||partner.example.com' }] },
}
const dial = (where: Record<string, string>): Goal => ({ object: { kind: 'DestinationRule', name: 'partner-mtls', where } })

export const mistakeSecretElsewhere: Lesson = {
  id: 'mistake-secret-elsewhere',
  part: 'mistake',
  title: both('A Secret in the wrong place', '放错地方的 Secret'),
  story: both(
    'The gateway is to show a client certificate to a partner. The team has created the Secret where it keeps everything, in its own namespace, and the DestinationRule names it. Each request ends with 503, and the gateway takes longer to start than it used to.',
    '网关要向合作方出示客户端证书。团队按照习惯，把 Secret 建在自己的命名空间里，DestinationRule 也引用了它。结果每个请求都是 503，而且网关启动也比以前慢了。',
  ),
  issues: [33368, 24667],
  start: scene(started),
  steps: [
    {
      title: both('Read why the gateway cannot connect', '看看网关为什么连不上'),
      says: both(
        'Send `http://partner.example.com/` in **Trace**, and read the failure in the gateway’s line. (Of a Secret only its place is read here; what it holds is left out.)',
        '在**逐跳推演**中发送 `http://partner.example.com/`，读一读网关那一行的失败原因。（这里只看 Secret 放在哪里，内容已省略。）',
      ),
      goals: [
        { says: both('The request was sent', '请求已发送'), is: { sent: { url: http } } },
        { says: both('The gateway cannot connect: 503, URX,UF', '网关无法建立连接：503，URX,UF'), is: unsupplied },
      ],
      points: [{ control: 'trace' }],
      hint: both(
        'Trace is a tab below the canvas. Choose `default/sleep`, type the address and press Send.',
        '“逐跳推演”是画布下方的标签页。选择 `default/sleep`，输入地址，按“发送”。',
      ),
      sends: { url: http },
      after: both(
        '`TLS_error: Secret is not supplied by SDS`. Nothing was wrong on the wire: no connection was tried. The gateway has asked istiod for `client-credential`, istiod looks for it in the namespace of the pod that asks, `istio-system`, and finds none.',
        '`TLS_error: Secret is not supplied by SDS`。网络上没有出任何问题，因为根本没有尝试连接。网关向 istiod 要 `client-credential`，istiod 就在提问的 Pod 所在的命名空间 `istio-system` 里找，没有找到。',
      ),
    },
    {
      title: both('Put it beside the gateway', '把它放到网关旁边'),
      says: both(
        'Fix it so that the request arrives, the host sees a client certificate, and the hop to the gateway stays mutual TLS.',
        '请让请求到达主机，主机能看到客户端证书，而到网关这一跳仍是双向 TLS。',
      ),
      goals: [
        {
          says: both('The host sees a client certificate, brought by the gateway', '主机看到网关出示的客户端证书'),
          is: { request: { url: http }, ends: { gateway: 'any', arrives: true, server: { port: 443, clientCert: true } } },
        },
        {
          says: both('The hop to the gateway is still mutual TLS', '到网关这一跳仍是双向 TLS'),
          is: { request: { url: http }, ends: { hops: [{ proxy: 'gateway', tls: true, peer: true }] } },
        },
      ],
      wrong: [
        {
          is: { all: [unsupplied, dial({ 'spec.trafficPolicy.portLevelSettings.*.tls.credentialName': 'default/client-credential' })] },
          says: both(
            'A namespace can be written there, but it does not open it: istiod hands out Secrets of the asking pod’s own namespace only.',
            '这里可以写命名空间，但写了也拿不到：istiod 只下发提问的 Pod 自己命名空间里的 Secret。',
          ),
          such: scene(but(started, ['credentialName: client-credential', 'credentialName: default/client-credential'])),
        },
        {
          is: { all: [unsupplied, dial({ 'metadata.namespace': 'default' })] },
          says: both(
            'The Secret is looked for where the pod lies, not where the rule lies. The gateway sees the rule in `default`, and still looks in `istio-system`.',
            'Secret 是到 Pod 所在的地方去找的，而不是规则所在的地方。网关看得到 `default` 里的规则，却仍然在 `istio-system` 里找 Secret。',
          ),
          such: scene(but(started, [rule, '  name: partner-mtls\n  namespace: default\nspec:\n  host: partner.example.com\n'])),
        },
        {
          is: {
            all: [{ request: { url: http }, ends: { status: 400 } }, dial({ 'metadata.namespace': 'default', 'spec.exportTo.*': '.' })],
          },
          says: both(
            'Moved to `default` with `exportTo: ["."]`, the rule is out of the gateway’s sight: no TLS is started at all, and the host answers 400 to plaintext.',
            '规则移到 `default`，又带着 `exportTo: ["."]`，网关就看不到它了：根本不会发起 TLS，主机对明文返回 400。',
          ),
          such: scene(but(started, [rule, rule.replace('istio-system', 'default')])),
        },
      ],
      points: [{ control: 'yaml' }],
      hint: both(
        'L11 in **Problems** names both namespaces. Put the Secret into `istio-system`. On a cluster it is created there anew; **Before you apply** has the command, with the keys `tls.crt`, `tls.key` and `ca.crt`.',
        '**问题**面板里的 L11 指出了这两个命名空间。请让 Secret 位于 `istio-system`。在集群上要在那里重新创建一份，命令见**应用之前**，键名为 `tls.crt`、`tls.key` 和 `ca.crt`。',
      ),
      show: scene(but(started, [secret, secret.replace('default', 'istio-system')])),
      after: both(
        'The one who ends or starts TLS needs the key, and here that is the gateway. It also means that the app’s namespace need not have the key at all. `istioctl analyze` finds a missing Secret only if it can see the cluster’s Secrets, and then of Gateways, not of DestinationRules.',
        '谁终止或发起 TLS，谁就需要私钥，而这里是网关。这也意味着应用的命名空间里根本不必有私钥。`istioctl analyze` 只有看得到集群里的 Secret 时才能发现缺失，而且只查 Gateway，不查 DestinationRule。',
      ),
    },
  ],
}
