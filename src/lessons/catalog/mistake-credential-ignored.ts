/** Mistake: a client certificate from a Secret, at a sidecar that is not selected and may not read it. */
import { both } from '../../core/base/text'
import { but } from '../but'
import type { Goal, Lesson, Scene } from '../kind'

const http = 'http://partner.example.com/'

const scene = (yaml: string): Scene => ({ flows: 'pod default/sleep serviceAccount=sleep', yaml })
const rule = '  name: partner-mtls\n  namespace: default\nspec:\n  host: partner.example.com\n'
const started = `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: partner
  namespace: default
spec:
  hosts: [partner.example.com]
  ports:
  - {number: 80, name: http, protocol: HTTP, targetPort: 443}
  resolution: DNS
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
${rule}  trafficPolicy:
    portLevelSettings:
    - port: {number: 80}
      tls:
        mode: MUTUAL
        credentialName: client-credential
        sni: partner.example.com
        subjectAltNames: [partner.example.com]
`
const selecting = but(started, [rule, `${rule}  workloadSelector:\n    matchLabels: {app: sleep}\n`])
const role = `---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: read-secrets
  namespace: default
rules:
- apiGroups: [""]
  resources: [secrets]
  verbs: [list]
`
const binding = (account: string) => `---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: read-secrets
  namespace: default
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: read-secrets}
subjects:
- {kind: ServiceAccount, name: ${account}, namespace: default}
`

const cluster = 'outbound|80||partner.example.com'
const plain: Goal = { request: { url: http }, ends: { status: 400, hops: [{ proxy: 'sidecar', code: 400, cluster }] } }
const unsupplied: Goal = { request: { url: http }, ends: { status: 503, hops: [{ proxy: 'sidecar', code: 503, flags: 'UF', cluster }] } }
const arrives: Goal = { request: { url: http }, ends: { arrives: true, server: { port: 443, clientCert: true } } }
const dial = (where: Record<string, string | number | null>): Goal => ({ object: { kind: 'DestinationRule', where } })

export const mistakeCredentialIgnored: Lesson = {
  id: 'mistake-credential-ignored',
  part: 'mistake',
  title: both('The client certificate is never sent', '客户端证书从未发出'),
  story: both(
    'A partner wants a client certificate. At the gateway this was one DestinationRule with `credentialName`, so the same is written for a sidecar, and the Secret `client-credential` is created in the app’s namespace. The partner’s server answers 400: plain HTTP was sent to an HTTPS port.',
    '合作方要求客户端证书。在网关上，一条带 `credentialName` 的 DestinationRule 就够了，于是给 Sidecar 也照样写了一条，并在应用的命名空间里创建了 Secret `client-credential`。对方服务器却返回 400：明文 HTTP 发到了 HTTPS 端口。',
  ),
  issues: [31738, 25517, 38324, 18233],
  start: scene(started),
  steps: [
    {
      title: both('See what is sent', '看看发出去的是什么'),
      says: both(
        'Send `http://partner.example.com/` in **Trace**. The ServiceEntry leads port 80 to port 443 of the host, and the DestinationRule should start mutual TLS on the way.',
        '在**逐跳推演**中发送 `http://partner.example.com/`。ServiceEntry 把 80 端口的请求送到主机的 443 端口，途中本应由 DestinationRule 发起双向 TLS。',
      ),
      goals: [
        { says: both('The request was sent', '请求已发送'), is: { sent: { url: http } } },
        { says: both('The host answers 400: it was spoken to in plaintext', '主机返回 400：它收到的是明文'), is: plain },
      ],
      points: [{ control: 'trace' }],
      hint: both(
        'Trace is a tab below the canvas. Choose `default/sleep`, type the address and press Send.',
        '“逐跳推演”是画布下方的标签页。选择 `default/sleep`，输入地址，按“发送”。',
      ),
      sends: { url: http },
      after: both(
        'The 400 comes from the host, and the sidecar’s line is without flags: to the sidecar nothing went wrong. It has left the TLS settings out. Sidecars obey `credentialName` only in a rule that selects them, since a rule for everybody would send everybody after the Secret.',
        '400 来自主机，而 Sidecar 那一行没有任何标志：在它看来一切正常。它把整段 TLS 设置忽略了。只有规则明确选中某个 Sidecar，它才会理会 `credentialName`；否则一条面向所有人的规则，就会让所有 Sidecar 都去找这个 Secret。',
      ),
    },
    {
      title: both('Select the sidecar', '选中这个 Sidecar'),
      says: both(
        'Make the rule one for the pods of `sleep`, so that its sidecar starts TLS. The request need not arrive yet.',
        '让规则只针对 `sleep` 的 Pod，使它的 Sidecar 发起 TLS。这一步请求不必到达。',
      ),
      goals: [
        {
          says: both('The sidecar no longer speaks plaintext to the host', 'Sidecar 不再用明文访问主机'),
          is: { any: [unsupplied, arrives] },
        },
      ],
      wrong: [
        {
          is: { all: [plain, dial({ 'spec.exportTo.*': '.' })] },
          says: both(
            '`exportTo` says who may see a rule. The sidecar saw it before; it is `workloadSelector` that it asks for.',
            '`exportTo` 决定谁看得到规则。Sidecar 原本就看得到，它要的是 `workloadSelector`。',
          ),
          such: scene(but(started, [rule, `${rule}  exportTo: ["."]\n`])),
        },
        {
          is: { all: [plain, dial({ 'metadata.namespace': 'istio-system' })] },
          says: both(
            'That is the place for a gateway’s rule. A rule selects pods of its own namespace, and `sleep` is in `default`.',
            '那是放网关规则的地方。规则只能选中自己命名空间的 Pod，而 `sleep` 在 `default`。',
          ),
          such: scene(but(started, ['  name: partner-mtls\n  namespace: default', '  name: partner-mtls\n  namespace: istio-system'])),
        },
        {
          is: { all: [plain, dial({ 'spec.trafficPolicy.portLevelSettings.*.port.number': 443 })] },
          says: both(
            'Settings follow the port of the ServiceEntry that the app dials, 80, and not by its `targetPort`.',
            '设置要写在应用所访问的端口上，即 ServiceEntry 里的 80，而不是它的 `targetPort`。',
          ),
          such: scene(but(started, ['port: {number: 80}', 'port: {number: 443}'])),
        },
      ],
      points: [{ control: 'problems' }],
      hint: both(
        'L11 in **Problems** has the fix: `workloadSelector: {matchLabels: {app: sleep}}`.',
        '**问题**面板里的 L11 有修复按钮：`workloadSelector: {matchLabels: {app: sleep}}`。',
      ),
      show: scene(selecting),
      after: both(
        'Now the sidecar obeys, and waits: `Secret is not supplied by SDS`. It has asked istiod for the Secret and got nothing, though the Secret is there. Until it comes, this one host answers 503; a proxy that starts in this state is ready some 15 seconds later than usual.',
        '现在 Sidecar 照办了，却只能等：`Secret is not supplied by SDS`。它向 istiod 索取 Secret，一无所获，尽管 Secret 就在那里。在拿到之前，访问这个主机都是 503；代理如果在这种状态下启动，会比平时晚 15 秒左右就绪。',
      ),
    },
    {
      title: both('Let it read the Secret', '允许它读取 Secret'),
      says: both(
        'istiod hands a Secret to a sidecar only if the pod’s service account may list Secrets there. A gateway’s account may by installation; `sleep` may not.\n\nGive it that right, so that the host sees a client certificate.',
        '只有当 Pod 的服务账号有权在该命名空间列出 Secret 时，istiod 才会把 Secret 下发给 Sidecar。网关的账号在安装时就有这个权限，`sleep` 没有。\n\n请授予它这个权限，让主机看到客户端证书。',
      ),
      goals: [
        { says: both('The request arrives, and the host sees a client certificate', '请求到达主机，主机看到客户端证书'), is: arrives },
      ],
      wrong: [
        {
          is: { all: [unsupplied, { object: { kind: 'Role' } }, { not: { object: { kind: 'RoleBinding' } } }] },
          says: both(
            'A Role says what may be done, but nobody has it yet: a RoleBinding gives it to a service account.',
            'Role 只写明了可以做什么，还没有人拥有它：要用 RoleBinding 把它授予服务账号。',
          ),
          such: scene(selecting + role),
        },
        {
          is: { all: [unsupplied, { object: { kind: 'RoleBinding', where: { 'subjects.*.name': 'default' } } }] },
          says: both(
            'The binding is for service account `default`. The pod runs as `sleep`, and that is the one that istiod asks about.',
            '这个绑定授予的是服务账号 `default`。Pod 使用的账号是 `sleep`，istiod 问的正是它。',
          ),
          such: scene(selecting + role + binding('default')),
        },
      ],
      points: [{ control: 'yaml' }],
      hint: both(
        'Two objects in `default`: a Role with `resources: [secrets]`, `verbs: [list]`, and a RoleBinding of it for the ServiceAccount `sleep`. A drawn path with the mode MUTUAL and a credentialName writes both.',
        '在 `default` 里写两个对象：一个 Role，含 `resources: [secrets]`、`verbs: [list]`；一个 RoleBinding，把它授予 ServiceAccount `sleep`。在画布上画一条模式为 MUTUAL、带 credentialName 的路径，也会写出这两个对象。',
      ),
      show: scene(selecting + role + binding('sleep')),
      after: both(
        'Rule, selector, Secret and right: four things for each app that has its own certificate. At an egress gateway it is two, the rule and the Secret, which is one more reason to let the gateway do it.',
        '规则、选择器、Secret、权限：每个自带证书的应用都要备齐这四样。放在出口网关上只要两样，规则和 Secret，这也是把它交给网关的又一个理由。',
      ),
    },
  ],
}
