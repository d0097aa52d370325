import { spaced } from '../base/spaced'
import { both } from '../base/text'
import type { AuthorizationPolicy } from '../istio/mesh'
import { fits } from '../istio/selector'
import { usesIstioCertificates } from '../istio/tls-mode'
import type { Rule, RuleFinding, RuleInput } from '../rules/kind'
import type { Place } from '../yaml/document'
import { c1, c3, c4, c6, file } from './canon'
import { clusterOf } from './cluster'
import { type Gateway, type Ground, groundOf } from './ground'
import { at, called, foretelling, inside, issue, list, once, ruled, setting } from './named'
import { ends, kindFor, type Landing, walkOf } from './walk'

const id = 'L13'
const identity = ['principals', 'namespaces', 'serviceAccounts']
const ofHttp = ['hosts', 'methods', 'paths']

type RuleOf = AuthorizationPolicy['rules'][number]

/** AuthorizationPolicies at a gateway that ask for what no connection there can show (istio/README 3.6). */
function check(of: RuleInput): RuleFinding[] {
  const ground = groundOf(of)
  const byGateway = new Map<Gateway, readonly AuthorizationPolicy[]>(
    ground.gateways.map((gateway) => [
      gateway,
      ground.policiesAt(gateway).filter(({ action, rules }) => action === 'ALLOW' && rules.length > 0),
    ]),
  )
  return once([
    ...walkOf(of).landings.flatMap((landing) => denied(ground, landing, byGateway.get(landing.leg.gateway) ?? [])),
    ...of.mesh.authorizationPolicies.flatMap((policy) => elsewhere(ground, policy)),
  ])
}

/** Told where no rule of any policy can ever let this connection in. */
function denied(ground: Ground, landing: Landing, policies: readonly AuthorizationPolicy[]): RuleFinding[] {
  const rules = policies.flatMap((policy) => policy.rules.map((rule) => ({ policy, rule })))
  const anonymous = !showsIdentity(ground, landing)
  const bytes = kindFor(landing.server) !== 'http'
  const causes = rules.map(({ policy, rule }) => ({
    policy,
    rule,
    why: anonymous && asksIdentity(rule) ? 'identity' : bytes && asksHttp(rule) ? 'http' : null,
  }))
  if (causes.length === 0 || causes.some(({ why }) => why === null)) return []
  return causes
    .slice(0, 1)
    .map(({ policy, rule, why }) => (why === 'identity' ? nobody(landing, policy, rule) : bytesOnly(landing, policy, rule)))
}

/** The gateway sees who calls only where mutual TLS ends at it. */
function showsIdentity(ground: Ground, { leg, server }: Landing): boolean {
  const mutual = leg.clients.some((client) =>
    usesIstioCertificates(clusterOf(ground, client, leg.gateway.host, leg.to.subset, leg.port).tls?.mode),
  )
  return mutual && ends(server)
}

const has = (entry: Record<string, string[]>, fields: readonly string[]): boolean =>
  fields.some((field) => (Object.hasOwn(entry, field) ? (entry[field]?.length ?? 0) : 0) > 0)
const asksIdentity = ({ from, when }: RuleOf): boolean =>
  (from.length > 0 && from.every((entry) => has(entry, identity))) ||
  when.some(({ key, values }) => /^source\.(principal|namespace|serviceAccount)$/.test(key) && values.length > 0)
const asksHttp = ({ to, when }: RuleOf): boolean =>
  (to.length > 0 && to.every((entry) => has(entry, ofHttp))) || when.some(({ key }) => key.startsWith('request.'))

const seen = ({ leg }: Landing) =>
  leg.kind === 'http'
    ? both('the app sees 403', '应用看到 403')
    : both('the app sees a reset (curl exit 35)', '应用的连接被重置（curl 退出码 35）')

function nobody(landing: Landing, policy: AuthorizationPolicy, rule: RuleOf): RuleFinding {
  const { leg, host } = landing
  const result = seen(landing)
  return foretelling(
    ruled(
      id,
      'error',
      at(rule.at, 'from'),
      both(
        `${called(policy)} lets callers in by who they are, but what arrives for ${host} at ${leg.gateway.host} shows no identity: the hop carries no mTLS that ends there. The policy denies everybody.`,
        spaced(
          `${called(policy)} 按身份放行，但到达 ${leg.gateway.host} 的 ${host} 流量不带身份：这一跳没有在那里终止的 mTLS。该策略会拒绝所有人。`,
        ),
      ),
    ),
    leg,
    host,
    result,
    [leg.kind === 'http' ? { status: 403 } : { exit: 35 }],
  )
}

function bytesOnly(landing: Landing, policy: AuthorizationPolicy, rule: RuleOf): RuleFinding {
  const { leg, host } = landing
  const result = seen(landing)
  const [entry] = rule.to
  const hosts = entry && Object.hasOwn(entry, 'hosts') ? (entry.hosts ?? []) : []
  const plain = hosts.filter((each) => !each.includes(':'))
  const only = rule.to.length === 1 && entry && plain.length > 0 && !has(entry, ['methods', 'paths']) && rule.when.length === 0
  return foretelling(
    ruled(
      id,
      'error',
      at(rule.at, 'to'),
      both(
        `${called(policy)} asks for ${list(hosts.length > 0 ? ['hosts'] : ['methods', 'paths'])} of a request, but ${leg.gateway.host} sees only bytes of what arrives for ${host}, where only connection.sni tells hosts apart: the rule never fits.`,
        `${called(policy)} 要看请求的 ${list(hosts.length > 0 ? ['hosts'] : ['methods', 'paths'])}，但 ${leg.gateway.host} 对 ${host} 的流量只看到字节，在那里只有 connection.sni 能区分主机：这条规则永远不会匹配。`,
      ),
      only ? bySni(rule, plain) : undefined,
    ),
    leg,
    host,
    result,
    [leg.kind === 'http' ? { status: 403 } : { exit: 35 }],
  )
}

function bySni(rule: RuleOf, hosts: readonly string[]) {
  return {
    says: both('Ask for connection.sni', '改用 connection.sni'),
    changes: [{ set: at(rule.at, 'when'), value: [{ key: 'connection.sni', values: hosts }] }, { remove: at(rule.at, 'to') }],
  }
}

/** A policy with a gateway's labels in another namespace selects nothing there. */
function elsewhere(ground: Ground, policy: AuthorizationPolicy): RuleFinding[] {
  const { namespace, selector } = policy
  if (namespace === ground.root || !selector || Object.keys(selector).length === 0) return []
  const gateway = ground.gateways.find(({ labels }) => fits(selector, labels))
  const here = [...ground.clients, ...ground.gateways].some((each) => each.namespace === namespace && fits(selector, each.labels))
  if (!gateway || here) return []
  const place: Place = inside(policy, 'metadata', 'namespace')
  return [
    ruled(
      id,
      'warning',
      place,
      both(
        `${called(policy)} selects the labels of ${gateway.host}, but counts in ${namespace} only, where no pod has them: it has no effect. The gateway runs in ${gateway.namespace}.`,
        `${called(policy)} 选择了 ${gateway.host} 的标签，但它只在 ${namespace} 生效，而那里没有这样的 Pod：它不起作用。网关运行在 ${gateway.namespace}。`,
      ),
      setting(both(`Move it to ${gateway.namespace}`, `移到 ${gateway.namespace}`), [place, gateway.namespace]),
    ),
  ]
}

const policy = (rule: string, namespace = 'istio-system') => `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: allow-cnn, namespace: ${namespace}}
spec:
  selector: {matchLabels: {istio: egressgateway}}
  action: ALLOW
  rules:
  - ${rule}
`
const bySleep = 'from: [{source: {principals: [cluster.local/ns/default/sa/sleep]}}]'
const byHost = 'to: [{operation: {hosts: [edition.cnn.com]}}]'

export const policyAtGateway: Rule = {
  id,
  level: 'error',
  title: both('A policy asks for what the gateway cannot see', '策略要求网关看不到的东西'),
  why: both(
    'An AuthorizationPolicy at the gateway knows callers by the certificate of the hop: over plain text or TLS that is passed through there is none, and principals and namespaces match nobody. Where the gateway only sees bytes, hosts and paths match nothing either; the SNI of the connection does. And a policy counts only in its own namespace, or everywhere from the root namespace.',
    '网关上的 AuthorizationPolicy 通过这一跳的证书认识调用方：明文或透传的 TLS 没有证书，principals 和 namespaces 匹配不到任何人。网关只看到字节时，hosts 和 paths 也匹配不到，只有连接的 SNI 可以。另外，策略只在自己的命名空间生效，放在根命名空间则处处生效。',
  ),
  links: [issue(22609), issue(46591), issue(29119)],
  check,
  good: [
    { says: 'By identity on a hop of mTLS.', yaml: file(c6, policy(bySleep)), url: 'http://edition.cnn.com/politics' },
    {
      says: 'By SNI where TLS is passed through.',
      yaml: file(c3, policy('when: [{key: connection.sni, values: [edition.cnn.com]}]')),
      url: 'https://edition.cnn.com/politics',
    },
    { says: 'By identity, TLS in TLS.', yaml: file(c4, policy(bySleep)), url: 'https://edition.cnn.com/politics' },
  ],
  bad: [
    {
      says: 'By identity on a hop in plain text.',
      yaml: file(c1, policy(bySleep)),
      at: 'AuthorizationPolicy/allow-cnn spec.rules.0.from',
      shows: { url: 'http://edition.cnn.com/politics', ends: { status: 403 } },
    },
    {
      says: 'By identity where TLS is passed through.',
      yaml: file(c3, policy(bySleep)),
      at: 'AuthorizationPolicy/allow-cnn spec.rules.0.from',
      shows: { url: 'https://edition.cnn.com/politics', ends: { exit: 35 } },
    },
    {
      says: 'By host where the gateway sees bytes.',
      yaml: file(c4, policy(byHost)),
      at: 'AuthorizationPolicy/allow-cnn spec.rules.0.to',
      shows: { url: 'https://edition.cnn.com/politics', ends: { exit: 35 } },
    },
  ],
}
