/** Mistake: certificate files that only the gateway has, in a rule that every sidecar sees. */
import { both } from '../../core/base/text'
import { but } from '../but'
import type { Goal, Lesson, Scene } from '../kind'

const http = 'http://partner.example.com/'
const https = 'https://partner.example.com/'
const other = 'team-b/web'

const flows = 'sleep HTTP -> partner.example.com DISABLE\nteam-b/web HTTP -> partner.example.com DISABLE'
const scene = (yaml: string): Scene => ({ flows, yaml })
const rule = '  name: partner-mtls\n  namespace: default\nspec:\n  host: partner.example.com\n'
const inRoot = rule.replace('default', 'istio-system')
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
        clientCertificate: /etc/partner/tls.crt
        privateKey: /etc/partner/tls.key
        sni: partner.example.com
        subjectAltNames: [partner.example.com]
`
const mended = but(started, [rule, `${rule}  exportTo: [istio-system]\n`])

const own = (from: string): Goal => ({
  request: { from, url: https },
  ends: { arrives: true, hops: [{ proxy: 'sidecar', cluster: 'outbound|443||' }] },
})
const waits: Goal = {
  request: { from: other, url: https },
  ends: { exit: 35, gateway: 'none', hops: [{ proxy: 'sidecar', flags: 'UF', cluster: 'outbound|443||partner.example.com' }] },
}
const brings: Goal = { request: { url: http }, ends: { gateway: 'any', arrives: true, server: { port: 443, clientCert: true } } }
const meshMutual: Goal = { request: { url: http }, ends: { hops: [{ proxy: 'gateway', tls: true, peer: true }] } }
const unstarted: Goal = { request: { url: http }, ends: { status: 400, hops: [{ proxy: 'gateway', code: 400 }] } }
const dial = (where: Record<string, string | null>): Goal => ({ object: { kind: 'DestinationRule', name: 'partner-mtls', where } })

export const mistakeMissingFiles: Lesson = {
  id: 'mistake-missing-files',
  part: 'mistake',
  title: both('Sidecars wait for files that they lack', 'Sidecar 在等它没有的文件'),
  story: both(
    'The certificate for a partner is mounted into the gateway, a DestinationRule names its files, and `http://` through the gateway works. Since then new pods of other teams, which have nothing to do with it, take longer until they are ready, and one app that calls the partner by https itself is reset.',
    '访问合作方用的证书已挂载到网关里，DestinationRule 写明了文件路径，`http://` 经过网关一切正常。可是从那以后，其他团队毫不相干的新 Pod 都要多等一阵才就绪，还有一个自己用 https 访问合作方的应用，连接总是被重置。',
  ),
  issues: [8541, 9659, 20856],
  start: scene(started),
  steps: [
    {
      title: both('See who else uses the rule', '看看还有谁在用这条规则'),
      says: both(
        'Send `http://partner.example.com/` from `default/sleep` in **Trace**: it arrives. Then send `https://partner.example.com/` from `team-b/web`, a pod that has never heard of these files.',
        '在**逐跳推演**中从 `default/sleep` 发送 `http://partner.example.com/`：请求成功到达。再从 `team-b/web` 发送 `https://partner.example.com/`，这个 Pod 与那些文件毫无关系。',
      ),
      goals: [
        {
          says: both('The https request of team-b/web was sent', 'team-b/web 的 https 请求已发送'),
          is: { sent: { from: other, url: https } },
        },
        { says: both('It is reset at its own sidecar: exit 35, flag UF', '它在自己的 Sidecar 处被重置：退出码 35，标志 UF'), is: waits },
      ],
      points: [{ control: 'trace' }],
      hint: both(
        'In Trace choose `team-b/web` under From, type the https address and press Send.',
        '在“逐跳推演”的“从”中选择 `team-b/web`，输入 https 地址，按“发送”。',
      ),
      sends: { from: other, url: https },
      after: both(
        'The failure says `Secret is not supplied by SDS`: to a proxy a file is a Secret under another name, and this one never comes. The rule is in `default` without `exportTo`, so every sidecar of the mesh takes it for its own way to the partner. A proxy waits for what it lacks when it starts; in the mesh lab it is ready about 15 seconds later, and then everything but this one cluster works. How long the agent of a pod in a cluster holds it back was not measured; old releases report sidecars that never become ready.',
        '失败原因是 `Secret is not supplied by SDS`：对代理来说，文件只是换了名字的 Secret，而它永远等不到。规则放在 `default` 且没有写 `exportTo`，于是网格里每个 Sidecar 都拿它来连接合作方。代理启动时会等待缺少的东西；在网格实验环境里，它大约晚 15 秒就绪，之后除了这一个 cluster，其余都正常。集群里 Pod 的代理会被拖延多久，没有实测过；Sidecar 永远不就绪的报告，都来自旧版本。',
      ),
    },
    {
      title: both('Keep the rule to the gateway', '让规则只对网关生效'),
      says: both(
        'Fix it so that no sidecar uses the rule any more: `https://` arrives as the apps make it, and `http://` through the gateway still brings the client certificate.',
        '请让所有 Sidecar 都不再采用这条规则：应用自己的 `https://` 原样到达，经过网关的 `http://` 仍然带着客户端证书。',
      ),
      goals: [
        { says: both('The https of team-b/web arrives', 'team-b/web 的 https 能到达'), is: own(other) },
        { says: both('That of default/sleep too', 'default/sleep 的也能到达'), is: own('default/sleep') },
        { says: both('http brings a client certificate, through the gateway', 'http 经过网关，并带着客户端证书'), is: brings },
        { says: both('The hop to the gateway is still mutual TLS', '到网关这一跳仍是双向 TLS'), is: meshMutual },
      ],
      wrong: [
        {
          is: { all: [unstarted, dial({ 'spec.exportTo.*': '.', 'metadata.namespace': 'default' })] },
          says: both(
            'In `default` the dot means `default`: the sidecars there keep the rule, and the gateway in `istio-system` has lost it. It speaks plaintext now, and the host answers 400.',
            '规则在 `default`，点号指的就是 `default`：那里的 Sidecar 照旧采用它，而 `istio-system` 里的网关看不到了。网关改用明文，主机返回 400。',
          ),
          such: scene(but(started, [rule, `${rule}  exportTo: ["."]\n`])),
        },
        {
          is: { all: [unstarted, dial({ 'spec.workloadSelector.matchLabels.istio': 'egressgateway', 'metadata.namespace': 'default' })] },
          says: both(
            'A selector finds pods of the rule’s own namespace only. In `default` nobody has this label: sidecars are free of the rule, and the gateway is as well. The host gets plaintext and answers 400.',
            '选择器只能选中规则所在命名空间的 Pod。`default` 里没有带这个标签的 Pod：Sidecar 摆脱了规则，网关也一样。主机收到明文，返回 400。',
          ),
          such: scene(but(started, [rule, `${rule}  workloadSelector:\n    matchLabels: {istio: egressgateway}\n`])),
        },
        {
          is: { all: [waits, dial({ 'metadata.namespace': 'istio-system', 'spec.exportTo': null })] },
          says: both(
            'The rule is beside the gateway now, which is a good place, but it is still exported to all. `exportTo: ["."]` or a `workloadSelector` would keep it there.',
            '规则放到了网关旁边，位置不错，但仍导出给所有人。再加上 `exportTo: ["."]` 或 `workloadSelector` 才能把它留在那里。',
          ),
          such: scene(but(started, [rule, inRoot])),
        },
      ],
      points: [{ control: 'problems' }],
      hint: both(
        'L6 in **Problems** has a fix: it exports the rule to `istio-system` alone. To mount the files into every pod instead would spread the key, and would not even help: the apps’ own https would be encrypted twice.',
        '**问题**面板里的 L6 有修复按钮：只导出到 `istio-system`。反过来把文件挂载到每个 Pod，不但会让私钥四处扩散，而且没有用：应用自己的 https 会被加密两次。',
      ),
      show: scene(mended),
      after: both(
        'The rule is known to the gateway alone, and nobody else waits for its files. `istioctl analyze` said nothing of it: it does not know which proxy has which file.',
        '规则只有网关知道，别人不必再等它的文件。`istioctl analyze` 对此只字未提：它不知道哪个代理有哪些文件。',
      ),
    },
    {
      title: both('Prove it', '验证一下'),
      says: both(
        'Send `http://partner.example.com/` from `team-b/web`, and look at the end of the trace: who brings the certificate, and who does the host take the caller for?',
        '从 `team-b/web` 发送 `http://partner.example.com/`，看看推演的末尾：证书是谁出示的？在主机看来，调用方又是谁？',
      ),
      goals: [
        {
          says: both('The http request of team-b/web was sent', 'team-b/web 的 http 请求已发送'),
          is: { sent: { from: other, url: http } },
        },
        {
          says: both('The host sees a client certificate, brought by the gateway', '主机看到网关出示的客户端证书'),
          is: { request: { from: other, url: http }, ends: { gateway: 'any', arrives: true, server: { clientCert: true } } },
        },
      ],
      points: [{ control: 'trace' }],
      hint: both(
        'In Trace choose `team-b/web`, type the http address and press Send.',
        '在“逐跳推演”中选择 `team-b/web`，输入 http 地址，按“发送”。',
      ),
      sends: { from: other, url: http },
      after: both(
        'Everyone who may use the gateway may use its certificate. That is its use, and the reason to say by an AuthorizationPolicy at the gateway who may: the hop is mutual TLS, so the gateway knows each caller.',
        '能用网关的人，就能用它的证书。这正是它的用处，也正因为如此，要在网关上用 AuthorizationPolicy 规定谁可以用：这一跳是双向 TLS，网关认得每个调用方。',
      ),
    },
  ],
}
