/** What Istio's webhook says of an AuthorizationPolicy (istio/README 5; pkg/config/validation, ValidateAuthorizationPolicy). */

import { asList, field, filled, has, inside, itemsOf, type Loose, textOf, textsOf } from '../base/loose'
import { both } from '../base/text'
import { documentRule, type Remark, security, without } from '../rules/one-document'

const reference = 'https://istio.io/latest/docs/reference/config/security/authorization-policy/'

/** An AuthorizationPolicy at the gateway with these lines below `spec`. */
export const policy = (lines: string) => `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata:
  name: egress
  namespace: istio-system
spec:
  selector:
    matchLabels:
      istio: egressgateway
${lines}`

const sleep = 'cluster.local/ns/default/sa/sleep'
export const good = [
  {
    says: 'one client, one host',
    yaml: policy(`  rules:
  - from:
    - source:
        principals: [${sleep}]
    to:
    - operation:
        hosts: [edition.cnn.com]
`),
  },
]

/** Each rule with its place. */
export const rulesOf = (spec: Loose) => itemsOf(spec, 'rules').map(([index, rule]) => ({ rule, path: ['spec', 'rules', index] }))

const sources = ['principals', 'requestPrincipals', 'namespaces', 'ipBlocks', 'remoteIpBlocks', 'serviceAccounts', 'trustDomains']
const operations = ['hosts', 'ports', 'methods', 'paths']
const withNot = (names: readonly string[]) => names.flatMap((name) => [name, `not${name[0]!.toUpperCase()}${name.slice(1)}`])
export const sourceFields = withNot(sources)
export const operationFields = withNot(operations)

const emptyParts = documentRule({
  id: 'W80',
  level: 'error',
  title: both('Parts of a policy rule say something', '策略规则的各部分不能为空'),
  why: both(
    'A `source` or `operation` without any field is refused, and so are an empty `from` or `to`: leave the part out to mean everybody, or everything.',
    '没有任何字段的 `source` 或 `operation` 会被拒绝，空的 `from` 或 `to` 也是：要表示任何来源或任何操作，应省略该部分。',
  ),
  links: [`${reference}#Rule`],
  group: security,
  kinds: ['AuthorizationPolicy'],
  look: (spec) =>
    rulesOf(spec).flatMap(({ rule, path }) => [
      ...partRemarks(rule, path, 'from', 'source', sourceFields),
      ...partRemarks(rule, path, 'to', 'operation', operationFields),
    ]),
  good,
  bad: [
    {
      says: 'an empty source',
      yaml: policy('  rules:\n  - from:\n    - source: {}\n'),
      at: 'AuthorizationPolicy/egress spec.rules.0.from.0.source',
      shows: { check: '`from.source` must not be empty' },
    },
    {
      says: 'an empty operation',
      yaml: policy('  rules:\n  - to:\n    - operation: {}\n'),
      at: 'AuthorizationPolicy/egress spec.rules.0.to.0.operation',
      shows: { check: '`to.operation` must not be empty' },
    },
  ],
})

function partRemarks(rule: unknown, path: readonly (string | number)[], list: string, part: string, names: readonly string[]): Remark[] {
  return itemsOf(rule, list).flatMap(([index, entry]): Remark[] => {
    const here = [...path, list, index]
    if (!has(entry, part))
      return [{ path: here, says: both(`${list} needs ${part}: Istio refuses it.`, `${list} 需要 ${part}：Istio 会拒绝。`) }]
    return names.some((name) => asList(field(inside(entry, part), name)).length > 0)
      ? []
      : [
          {
            path: [...here, part],
            says: both(
              `Istio refuses an empty ${part}: leave ${list} out to mean any.`,
              `Istio 会拒绝空的 ${part}：要表示任意，请省略 ${list}。`,
            ),
          },
        ]
  })
}

const denyNothing = documentRule({
  id: 'W81',
  level: 'error',
  title: both('DENY without rules', '没有规则的 DENY'),
  why: both(
    'DENY without `rules` would never deny anything, so Istio refuses it. An empty rule, `rules: [{}]`, denies everything. (ALLOW without rules allows nothing: that is valid.)',
    '没有 `rules` 的 DENY 永远不会拒绝任何请求，因此 Istio 会拒绝。空规则 `rules: [{}]` 拒绝一切。（没有规则的 ALLOW 不放行任何请求：这是合法的。）',
  ),
  links: [reference],
  group: security,
  kinds: ['AuthorizationPolicy'],
  look: (spec) =>
    ['DENY', 'CUSTOM'].includes(textOf(spec, 'action')) && itemsOf(spec, 'rules').length === 0
      ? [
          {
            path: ['spec', 'action'],
            says: both(
              `${textOf(spec, 'action')} without rules never fires: Istio refuses it.`,
              `没有规则的 ${textOf(spec, 'action')} 永远不会生效：Istio 会拒绝。`,
            ),
          },
        ]
      : [],
  good: [...good, { says: 'an empty rule', yaml: policy('  action: DENY\n  rules:\n  - {}\n') }],
  bad: [
    {
      says: 'no rules',
      yaml: policy('  action: DENY\n'),
      at: 'AuthorizationPolicy/egress spec.action',
      shows: { check: 'DENY action without `rules` is meaningless' },
    },
    {
      says: 'an empty list',
      yaml: policy('  action: DENY\n  rules: []\n'),
      at: 'AuthorizationPolicy/egress spec.action',
      shows: { check: 'DENY action without `rules` is meaningless' },
    },
  ],
})

/** Fields of a source that exist on a plain TCP connection. */
const tcpSources = withNot(['principals', 'namespaces', 'ipBlocks', 'remoteIpBlocks', 'serviceAccounts'])

const denyTcp = documentRule({
  id: 'W82',
  level: 'warning',
  title: both('DENY by HTTP attributes alone', '只按 HTTP 属性的 DENY'),
  why: both(
    'On a TCP or passthrough connection there is no Host, path or method. Istio plays safe: a DENY rule that asks for these alone denies every such connection. Name the port to keep it to HTTP.',
    'TCP 或透传连接没有 Host、路径和方法。Istio 取保守做法：只要求这些属性的 DENY 规则会拒绝所有此类连接。写明端口即可限定在 HTTP。',
  ),
  links: [reference],
  group: security,
  kinds: ['AuthorizationPolicy'],
  look: (spec) =>
    textOf(spec, 'action') !== 'DENY'
      ? []
      : rulesOf(spec).flatMap(({ rule, path }): Remark[] => {
          const from = itemsOf(rule, 'from').filter(([, entry]) => has(entry, 'source'))
          const to = itemsOf(rule, 'to').filter(([, entry]) => has(entry, 'operation'))
          const tcpFrom = from.some(([, entry]) => tcpSources.some((name) => filled(inside(entry, 'source'), name)))
          const tcpTo = to.some(([, entry]) => ['ports', 'notPorts'].some((name) => filled(inside(entry, 'operation'), name)))
          const httpOnly = (from.length > 0 && to.length === 0 && !tcpFrom) || (to.length > 0 && !tcpTo)
          return httpOnly
            ? [
                {
                  path,
                  says: both(
                    'This rule asks for HTTP attributes alone: on TCP and passthrough ports it denies everything.',
                    '此规则只要求 HTTP 属性：在 TCP 和透传端口上会拒绝一切。',
                  ),
                },
              ]
            : []
        }),
  good: [
    ...good,
    {
      says: 'with the port',
      yaml: policy('  action: DENY\n  rules:\n  - to:\n    - operation:\n        hosts: [edition.cnn.com]\n        ports: ["8080"]\n'),
    },
  ],
  bad: [
    {
      says: 'a host alone',
      yaml: policy('  action: DENY\n  rules:\n  - to:\n    - operation:\n        hosts: [edition.cnn.com]\n'),
      at: 'AuthorizationPolicy/egress spec.rules.0',
      shows: { check: 'will deny all traffic to TCP ports' },
    },
  ],
})

const provider = documentRule({
  id: 'W85',
  level: 'error',
  title: both('provider belongs to CUSTOM', 'provider 属于 CUSTOM'),
  why: both(
    'CUSTOM hands the decision to an external authorizer, which `provider.name` names; the other actions have none.',
    'CUSTOM 把决定交给 `provider.name` 指定的外部授权服务；其他 action 没有 provider。',
  ),
  links: [`${reference}#AuthorizationPolicy-ExtensionProvider`],
  group: security,
  kinds: ['AuthorizationPolicy'],
  look: (spec) => {
    const custom = textOf(spec, 'action') === 'CUSTOM'
    if (!custom && has(spec, 'provider'))
      return [
        {
          path: ['spec', 'provider'],
          says: both('Istio refuses a provider without CUSTOM.', 'action 不是 CUSTOM 时 Istio 会拒绝 provider。'),
          fix: without([['spec', 'provider']]),
        },
      ]
    return custom && has(spec, 'rules') && textOf(inside(spec, 'provider'), 'name') === ''
      ? [
          {
            path: ['spec', 'action'],
            says: both('CUSTOM needs provider.name: Istio refuses it without.', 'CUSTOM 需要 provider.name：没有时 Istio 会拒绝。'),
          },
        ]
      : []
  },
  good,
  bad: [
    {
      says: 'a provider with ALLOW',
      yaml: policy('  action: ALLOW\n  provider:\n    name: opa\n  rules:\n  - {}\n'),
      at: 'AuthorizationPolicy/egress spec.provider',
      shows: { check: '`provider` must not be with non CUSTOM action' },
    },
    {
      says: 'CUSTOM without provider',
      yaml: policy('  action: CUSTOM\n  rules:\n  - {}\n'),
      at: 'AuthorizationPolicy/egress spec.action',
      shows: { check: '`provider.name` must not be empty' },
    },
  ],
})

const targetKinds = new Set([
  'Service',
  'ServiceEntry',
  'networking.istio.io/ServiceEntry',
  'gateway.networking.k8s.io/Gateway',
  'gateway.networking.k8s.io/GatewayClass',
])

const targets = documentRule({
  id: 'W86',
  level: 'error',
  title: both('Targets of a policy', '策略的 targetRefs'),
  why: both(
    '`targetRefs` name a Gateway of the Gateway API, a GatewayClass, a Service or a ServiceEntry in the policy’s own namespace. For Istio’s own Gateway kind one selects the pods instead: `selector.matchLabels`.',
    '`targetRefs` 指向本命名空间中的 Gateway API 的 Gateway、GatewayClass、Service 或 ServiceEntry。对 Istio 自身的 Gateway 应改为选择 Pod：`selector.matchLabels`。',
  ),
  links: [reference],
  group: security,
  kinds: ['AuthorizationPolicy'],
  look: (spec) =>
    itemsOf(spec, 'targetRefs').flatMap(([index, ref]): Remark[] => {
      const path = ['spec', 'targetRefs', index]
      const group = textOf(ref, 'group')
      const kind = textOf(ref, 'kind')
      const fits =
        kind === 'ServiceEntry'
          ? group === 'networking.istio.io'
          : targetKinds.has(group === '' || group === 'core' ? kind : `${group}/${kind}`)
      if (kind !== '' && !fits)
        return [
          {
            path: [...path, 'kind'],
            says: both(
              `A policy cannot target ${group ? `${group}/` : ''}${kind}: Istio refuses it.`,
              `策略不能指向 ${group ? `${group}/` : ''}${kind}：Istio 会拒绝。`,
            ),
          },
        ]
      return textOf(ref, 'namespace') === ''
        ? []
        : [
            {
              path: [...path, 'namespace'],
              says: both(
                'A target is in the policy’s own namespace: Istio refuses a namespace here.',
                '目标位于策略自己的命名空间：Istio 会拒绝在此写命名空间。',
              ),
              fix: without([[...path, 'namespace']]),
            },
          ]
    }),
  good,
  bad: [
    {
      says: 'Istio’s own Gateway',
      yaml: policy('  targetRefs:\n  - group: networking.istio.io\n    kind: Gateway\n    name: cnn\n').replace(
        '  selector:\n    matchLabels:\n      istio: egressgateway\n',
        '',
      ),
      at: 'AuthorizationPolicy/egress spec.targetRefs.0.kind',
      shows: { check: 'targetRef must be to one of' },
    },
  ],
})

const noLabels = documentRule({
  id: 'W87',
  level: 'warning',
  title: both('A policy’s selector without labels', '策略的选择器没有标签'),
  why: both(
    'A selector without labels selects everything in the namespace, as if it were left out. Mostly the labels have slipped out by their indentation.',
    '没有标签的选择器选中命名空间内的一切，等于没写。多数情况是标签因缩进错误而脱落。',
  ),
  links: [reference],
  group: security,
  kinds: ['AuthorizationPolicy', 'PeerAuthentication', 'RequestAuthentication'],
  look: (spec) =>
    has(spec, 'selector') && Object.keys(inside(spec, 'selector', 'matchLabels')).length === 0 && textsOf(spec, 'targetRefs').length === 0
      ? [
          {
            path: ['spec', 'selector'],
            says: both(
              'A selector without labels selects every workload of the namespace.',
              '没有标签的选择器会选中该命名空间的所有工作负载。',
            ),
            fix: without([['spec', 'selector']]),
          },
        ]
      : [],
  good,
  bad: [
    {
      says: 'an empty selector',
      yaml: policy('  rules:\n  - {}\n').replace('  selector:\n    matchLabels:\n      istio: egressgateway\n', '  selector: {}\n'),
      at: 'AuthorizationPolicy/egress spec.selector',
      shows: { check: 'workload selector specified without labels' },
    },
  ],
})

export const webhookAuthorizationPolicy = [emptyParts, denyNothing, denyTcp, provider, targets, noLabels]
