import { both } from '../base/text'
import { sees } from '../istio/export-to'
import { isWildcarded } from '../istio/host-name'
import type { ClientTls, DestinationRule, SecretAccess } from '../istio/mesh'
import { fits } from '../istio/selector'
import { secretsThere } from '../istio/surroundings'
import { originatesTls } from '../istio/tls-mode'
import type { Rule, RuleFinding, RuleInput } from '../rules/kind'
import type { Fix } from '../yaml/document'
import { b1, but, c9, nginxAround, nginxUrl } from './canon'
import { clusterOf } from './cluster'
import { type Ground, groundOf } from './ground'
import { startsTls, unusedFor } from './l07-origination-port'
import { tlsOf } from './l10-name-unchecked'
import { at, called, foretelling, foretellingOf, inside, issue, list, once, ruled, setting } from './named'
import { type Landing, walkOf } from './walk'

const id = 'L11'

/** A client certificate from a Secret: who reads the rule, where the Secret lies, who may read it (istio/README 3.4, 7.5). */
function check(of: RuleInput): RuleFinding[] {
  const ground = groundOf(of)
  const { landings } = walkOf(of)
  const behind = new Set(landings.map(({ to }) => to.host))
  return once([
    ...landings.filter(({ kind }) => kind === 'http').flatMap((landing) => atGateway(of, ground, landing)),
    ...of.mesh.destinationRules
      .filter(({ host, by }) => by === 'DestinationRule' && !behind.has(host))
      .flatMap((destinationRule) => atSidecar(of, ground, destinationRule)),
  ])
}

const fromSecret = (tls: ClientTls): boolean => tls.credentialName !== '' && !tls.credentialName.startsWith('configmap://')

function atGateway(of: RuleInput, ground: Ground, landing: Landing): RuleFinding[] {
  const { to, gateway, number } = landing
  const { tls, exists } = clusterOf(ground, gateway, to.host, to.subset, number)
  if (tls && fromSecret(tls)) return elsewhere(of, tls, gateway.namespace, landing)
  if (!exists || tls) return []
  return unusedFor(ground, landing, number)
    .filter((destinationRule) => startsTls(destinationRule, number)?.credentialName && !to.subset)
    .slice(0, 1)
    .map((destinationRule) => unseen(destinationRule, startsTls(destinationRule, number) as ClientTls, landing, number))
}

function unseen(destinationRule: DestinationRule, tls: ClientTls, { host, leg, to, gateway }: Landing, number: number): RuleFinding {
  const why = destinationRule.selector
    ? both(
        `it selects pods of its own namespace ${destinationRule.namespace} only`,
        `它只能选中自己命名空间 ${destinationRule.namespace} 中的 Pod`,
      )
    : both(
        `it is in ${destinationRule.namespace}, where the gateway does not look`,
        `它在 ${destinationRule.namespace} 中，网关不会去那里查找`,
      )
  return foretelling(
    ruled(
      id,
      'error',
      inside(destinationRule, 'metadata', 'namespace'),
      both(
        `${called(destinationRule)} brings the certificate ${tls.credentialName} to port ${number} of ${to.host}, but the gateway in ${gateway.namespace} does not use it, since ${why.en}.`,
        `${called(destinationRule)} 用证书 ${tls.credentialName} 连接 ${to.host} 的 ${number} 端口，但 ${gateway.namespace} 中的网关不采用它，因为${why.zh}。`,
      ),
      {
        says: both(`Move it to ${gateway.namespace}`, `移到 ${gateway.namespace}`),
        changes: [{ set: inside(destinationRule, 'metadata', 'namespace'), value: gateway.namespace }],
      },
    ),
    leg,
    host,
    both('the gateway sends plain text, and the server answers 400', '网关发送明文，服务器回答 400'),
    [{ status: 400 }],
  )
}

/** Told only where the Secret is known to lie elsewhere: the YAML of a configuration rarely has it. */
function elsewhere({ mesh, around }: RuleInput, tls: ClientTls, namespace: string, { leg, host: asked }: Landing): RuleFinding[] {
  const { host } = leg.gateway
  const names = [tls.credentialName, `${tls.credentialName}-cacert`]
  const secrets = [...secretsThere(around, mesh.secretAccess), ...mesh.secretAccess.filter(({ by }) => by === 'Secret')].filter(
    ({ name }) => names.includes(name),
  )
  if (secrets.length === 0 || secrets.some((secret) => secret.namespace === namespace)) return []
  const spaces = list([...new Set(secrets.map((secret) => secret.namespace))])
  return [
    foretelling(
      ruled(
        id,
        'error',
        at(tls.from, 'credentialName'),
        both(
          `${called(tls.from)} names Secret ${tls.credentialName}, which is in ${spaces}, but ${host} reads Secrets of its own namespace ${namespace} only.`,
          `${called(tls.from)} 引用 Secret ${tls.credentialName}，它在 ${spaces} 中，但 ${host} 只读取自己命名空间 ${namespace} 中的 Secret。`,
        ),
      ),
      leg,
      asked,
      both('the connection is never made (503, Secret is not supplied by SDS)', '连接无法建立（503，Secret is not supplied by SDS）'),
      [{ status: 503 }],
    ),
  ]
}

function atSidecar(of: RuleInput, ground: Ground, destinationRule: DestinationRule): RuleFinding[] {
  const [tls] = tlsOf(destinationRule).filter((each) => originatesTls(each.mode) && fromSecret(each))
  if (!tls) return []
  if (destinationRule.selector) return mayNotRead(of, ground, destinationRule, tls)
  const users = ground.clients.filter((client) => sees(client.namespace, destinationRule))
  // A rule alone may be meant for a gateway whose routes are in another file.
  if (users.length === 0 || ground.serviceHostsOf(destinationRule.host).length === 0) return []
  return [
    foretellingOf(
      ruled(
        id,
        'error',
        tls.from,
        both(
          `${called(destinationRule)} has credentialName ${tls.credentialName} and no workloadSelector: sidecars ignore such TLS settings.`,
          `${called(destinationRule)} 写了 credentialName ${tls.credentialName}，却没有 workloadSelector：Sidecar 会忽略这样的 TLS 设置。`,
        ),
        selecting(destinationRule, ground),
      ),
      users,
      plainUrl(ground, destinationRule.host),
      both('the server is spoken to in plain text', '以明文连接服务器'),
      [{ status: 400 }],
    ),
  ]
}

/** A request in plain HTTP to a host, whose TLS the proxy would start. */
function plainUrl(ground: Ground, host: string): string | null {
  const ports = ground.serviceHostsOf(host).flatMap((entry) => entry.ports)
  const port = ports.find(({ protocol }) => protocol === 'HTTP')
  return port && !isWildcarded(host) ? `http://${host}:${port.number}/` : null
}

/** Certain where one workload alone lives beside the rule. */
function selecting(destinationRule: DestinationRule, ground: Ground): Fix | undefined {
  const near = ground.clients.filter(({ namespace }) => namespace === destinationRule.namespace)
  const [only] = near
  return near.length === 1 && only && Object.keys(only.labels).length > 0
    ? setting(both('Select the client’s pods', '选中客户端的 Pod'), [
        inside(destinationRule, 'spec', 'workloadSelector'),
        { matchLabels: only.labels },
      ])
    : undefined
}

/** Without a RoleBinding the Secret is not handed out. One may be in another file, so this is a warning. */
function mayNotRead({ mesh, around }: RuleInput, ground: Ground, destinationRule: DestinationRule, tls: ClientTls): RuleFinding[] {
  const gateway = ground.gateways.some(
    ({ namespace, labels }) => namespace === destinationRule.namespace && fits(destinationRule.selector, labels),
  )
  const pods = around.pods.filter(
    ({ namespace, labels, sidecar }) => sidecar && namespace === destinationRule.namespace && fits(destinationRule.selector, labels),
  )
  const denied = pods.find(
    ({ serviceAccount }) => !mesh.secretAccess.some((grant) => binds(grant, destinationRule.namespace, serviceAccount)),
  )
  if (gateway || !denied) return []
  return [
    foretellingOf(
      ruled(
        id,
        'warning',
        at(tls.from, 'credentialName'),
        both(
          `${called(destinationRule)} lets the sidecar of ${denied.name} read Secret ${tls.credentialName}, but no RoleBinding here lets service account ${denied.serviceAccount} list Secrets in ${destinationRule.namespace}: istiod then hands it out to nobody.`,
          `${called(destinationRule)} 让 ${denied.name} 的 Sidecar 读取 Secret ${tls.credentialName}，但这里没有 RoleBinding 允许服务账号 ${denied.serviceAccount} 列出 ${destinationRule.namespace} 中的 Secret：istiod 因此不会下发它。`,
        ),
      ),
      pods,
      plainUrl(ground, destinationRule.host),
      both('the connection is never made (503, Secret is not supplied by SDS)', '连接无法建立（503，Secret is not supplied by SDS）'),
      [{ status: 503 }],
    ),
  ]
}

const binds = (grant: SecretAccess, namespace: string, account: string): boolean =>
  grant.by === 'RoleBinding' &&
  (grant.namespace === namespace || grant.namespace === '') &&
  grant.subjects.some(({ kind, name }) => (kind === 'ServiceAccount' && name === account) || kind === 'Group')

const sidecarMutual = but(b1, [
  'tls: {mode: SIMPLE}',
  'tls: {mode: MUTUAL, credentialName: client-credential, sni: edition.cnn.com, subjectAltNames: [edition.cnn.com]}',
])
const sidecarAround = { secrets: [{ namespace: 'default', name: 'client-credential' }], hosts: { 'edition.cnn.com': { mutual: true } } }
const selectsSleep = ['  host: edition.cnn.com\n', '  host: edition.cnn.com\n  workloadSelector: {matchLabels: {app: sleep}}\n'] as const
const role = `---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: read-secrets, namespace: default}
rules:
- {apiGroups: [""], resources: [secrets], verbs: [list]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: read-secrets, namespace: default}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: read-secrets}
subjects:
- {kind: ServiceAccount, name: sleep, namespace: default}
`

export const credential: Rule = {
  id,
  level: 'error',
  title: both('The client certificate does not reach its proxy', '客户端证书到不了代理'),
  why: both(
    'credentialName names a Secret in the namespace of the pod whose proxy starts the TLS: the gateway’s, or the client’s. A gateway uses a DestinationRule of its own namespace or of the host’s. A sidecar obeys credentialName only under a workloadSelector that selects it, and gets the Secret only if its service account may list Secrets there.',
    'credentialName 指的是发起 TLS 的代理所在 Pod 的命名空间中的 Secret：网关的，或客户端的。网关采用自己命名空间或主机所在命名空间的 DestinationRule。Sidecar 只有被 workloadSelector 选中时才会理会 credentialName，而且只有它的服务账号有权在那里列出 Secret，才能得到它。',
  ),
  links: [issue(31738), issue(25517), issue(33368), issue(24667), issue(18233)],
  check,
  good: [
    { says: 'Rule and Secret lie with the gateway.', yaml: c9, around: nginxAround, url: nginxUrl },
    {
      says: 'At a sidecar: selector, Secret, Role and RoleBinding.',
      yaml: but(sidecarMutual, selectsSleep) + role,
      around: sidecarAround,
      url: 'http://edition.cnn.com/politics',
      direct: true,
    },
  ],
  bad: [
    {
      says: 'The rule is with the client.',
      yaml: but(c9, ['{name: originate-mtls-for-nginx, namespace: istio-system}', '{name: originate-mtls-for-nginx, namespace: default}']),
      around: nginxAround,
      at: 'DestinationRule/originate-mtls-for-nginx metadata.namespace',
      shows: { url: nginxUrl, ends: { status: 400 } },
    },
    {
      says: 'The Secret lies with the client.',
      yaml: c9,
      around: { ...nginxAround, secrets: [{ namespace: 'default', name: 'client-credential' }] },
      at: 'DestinationRule/originate-mtls-for-nginx spec.trafficPolicy.portLevelSettings.0.tls.credentialName',
      shows: { url: nginxUrl, ends: { status: 503 } },
    },
    {
      says: 'A sidecar without workloadSelector.',
      yaml: sidecarMutual + role,
      around: sidecarAround,
      at: 'DestinationRule/originate-tls spec.trafficPolicy.portLevelSettings.0.tls',
      shows: { url: 'http://edition.cnn.com/politics', ends: { status: 400 } },
    },
    {
      says: 'A sidecar whose account may not read Secrets.',
      yaml: but(sidecarMutual, selectsSleep),
      around: sidecarAround,
      at: 'DestinationRule/originate-tls spec.trafficPolicy.portLevelSettings.0.tls.credentialName',
      shows: { url: 'http://edition.cnn.com/politics', ends: { status: 503 } },
    },
  ],
}
