/** What Istio's webhook refuses in the conditions and values of an AuthorizationPolicy (istio/README 5; pkg/config/security, ValidateAttribute). */

import { isIP } from '../base/ip'
import { asList, field, has, inside, itemsOf, type Loose, textOf } from '../base/loose'
import { spaced } from '../base/spaced'
import { both } from '../base/text'
import { documentRule, type Remark, security } from '../rules/one-document'
import type { Path } from '../yaml/document'
import { good, operationFields, policy, rulesOf, sourceFields } from './authorization-policy'

const reference = 'https://istio.io/latest/docs/reference/config/security/authorization-policy/'

const known = [
  'source.ip',
  'remote.ip',
  'source.namespace',
  'source.serviceAccount',
  'source.principal',
  'source.trustDomain',
  'request.auth.principal',
  'request.auth.audiences',
  'request.auth.presenter',
  'destination.ip',
  'destination.port',
  'connection.sni',
]
/** Those with a key in brackets: `request.headers[user-agent]`. */
const keyed = ['request.headers', 'request.auth.claims', 'experimental.']

const conditions = documentRule({
  id: 'W83',
  level: 'error',
  title: both('Conditions of a policy', '策略的条件'),
  why: both(
    'A condition (`when`) names an attribute that Istio knows, such as `connection.sni` or `request.headers[x]`, and has values. Hosts are no attribute: they are under `to.operation.hosts`.',
    '条件（`when`）的 key 须是 Istio 认识的属性，例如 `connection.sni` 或 `request.headers[x]`，并带有值。主机不是属性：应写在 `to.operation.hosts`。',
  ),
  links: ['https://istio.io/latest/docs/reference/config/security/conditions/'],
  group: security,
  kinds: ['AuthorizationPolicy'],
  look: (spec) =>
    rulesOf(spec).flatMap(({ rule, path }) =>
      itemsOf(rule, 'when').flatMap(([index, condition]) => conditionRemarks(condition, [...path, 'when', index])),
    ),
  good: [...good, { says: 'by SNI', yaml: policy('  rules:\n  - when:\n    - key: connection.sni\n      values: [edition.cnn.com]\n') }],
  bad: [
    {
      says: 'an attribute that does not exist',
      yaml: policy('  rules:\n  - when:\n    - key: request.host\n      values: [edition.cnn.com]\n'),
      at: 'AuthorizationPolicy/egress spec.rules.0.when.0.key',
      shows: { check: 'unknown attribute' },
    },
    {
      says: 'an empty value',
      yaml: policy('  rules:\n  - when:\n    - key: connection.sni\n      values: [""]\n'),
      at: 'AuthorizationPolicy/egress spec.rules.0.when.0.values.0',
      shows: { check: 'empty value not allowed' },
    },
    {
      says: 'no values',
      yaml: policy('  rules:\n  - when:\n    - key: connection.sni\n'),
      at: 'AuthorizationPolicy/egress spec.rules.0.when.0',
      shows: { check: 'at least one of `values` or `notValues` must be set' },
    },
  ],
})

function conditionRemarks(condition: unknown, path: readonly (string | number)[]): Remark[] {
  const key = textOf(condition, 'key')
  if (key === '')
    return has(condition, 'key')
      ? [{ path: [...path, 'key'], says: both('Istio refuses a condition without a key.', 'Istio 会拒绝没有 key 的条件。') }]
      : []
  if (asList(field(condition, 'values')).length === 0 && asList(field(condition, 'notValues')).length === 0)
    return [{ path, says: both(`${key} needs values or notValues: Istio refuses it.`, `${key} 需要 values 或 notValues：Istio 会拒绝。`) }]
  for (const name of ['values', 'notValues']) {
    const [empty] = itemsOf(condition, name).find(([, value]) => value === '') ?? []
    if (empty !== undefined)
      return [
        { path: [...path, name, empty], says: both(`An empty value of ${key}: Istio refuses it.`, `${key} 的值为空：Istio 会拒绝。`) },
      ]
  }
  const prefix = keyed.find((name) => key.startsWith(name))
  const fits = known.includes(key) || (prefix !== undefined && /^[^[]+\[.+\]$/.test(key))
  return fits ? [] : [{ path: [...path, 'key'], says: both(`Istio knows no attribute ${key}.`, `Istio 没有属性 ${key}。`) }]
}

const values = documentRule({
  id: 'W84',
  level: 'error',
  title: both('Values in a policy', '策略中的值'),
  why: both(
    'Ports are numbers from 0 to 65535 in quotes, IP blocks are addresses or CIDRs, and no value is empty.',
    '端口是带引号的 0 到 65535 的数字，IP 块是地址或 CIDR，任何值都不能为空。',
  ),
  links: [`${reference}#Source`],
  group: security,
  kinds: ['AuthorizationPolicy'],
  look: (spec) =>
    rulesOf(spec).flatMap(({ rule, path }) => [
      ...itemsOf(rule, 'from').flatMap(([index, entry]) =>
        valueRemarks(inside(entry, 'source'), sourceFields, [...path, 'from', index, 'source']),
      ),
      ...itemsOf(rule, 'to').flatMap(([index, entry]) =>
        valueRemarks(inside(entry, 'operation'), operationFields, [...path, 'to', index, 'operation']),
      ),
    ]),
  good,
  bad: [
    {
      says: 'a port that is no number',
      yaml: policy('  rules:\n  - to:\n    - operation:\n        ports: [https]\n'),
      at: 'AuthorizationPolicy/egress spec.rules.0.to.0.operation.ports.0',
      shows: { check: 'bad port' },
    },
    {
      says: 'an IP block that is none',
      yaml: policy('  rules:\n  - from:\n    - source:\n        ipBlocks: [10.0.0.0/99]\n'),
      at: 'AuthorizationPolicy/egress spec.rules.0.from.0.source.ipBlocks.0',
      shows: { check: 'bad CIDR range' },
    },
  ],
})

function valueRemarks(part: Loose, names: readonly string[], path: readonly (string | number)[]): Remark[] {
  return names.flatMap((name) =>
    itemsOf(part, name).flatMap(([index, value]): Remark[] => {
      if (typeof value !== 'string' || valueFits(name.toLowerCase(), value)) return []
      return [
        {
          path: [...path, name, index],
          says: both(
            `Istio refuses ${value || 'an empty value'} in ${name}.`,
            spaced(`Istio 会拒绝 ${name} 中的${value ? ` ${value}` : '空值'}。`),
          ),
        },
      ]
    }),
  )
}

function valueFits(name: string, value: string): boolean {
  if (name.endsWith('ports')) return /^\d{1,5}$/.test(value) && Number(value) <= 65535
  if (name.endsWith('ipblocks')) return isCidr(value)
  return value !== ''
}

function isCidr(value: string): boolean {
  const [address = '', bits, ...rest] = value.split('/')
  if (rest.length > 0 || !isIP(address)) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (address.includes(':') ? 128 : 32))
}

/** Of whom an external authorizer is not told: it is asked by HTTP filters, before the identity of the caller is looked at. */
const identities = ['namespaces', 'serviceAccounts', 'trustDomains', 'principals', 'requestPrincipals'].flatMap((name) => [
  name,
  `not${name[0]?.toUpperCase()}${name.slice(1)}`,
])
const identityKeys = ['source.namespace', 'source.serviceAccount', 'source.trustDomain', 'source.principal']

const unsupported = (path: Path, name: string): Remark => ({
  path,
  says: both(`CUSTOM cannot match ${name}: Istio refuses it.`, `CUSTOM 不能匹配 ${name}：Istio 会拒绝。`),
})

const custom = documentRule({
  id: 'W96',
  level: 'error',
  title: both('CUSTOM matches no identities', 'CUSTOM 不能匹配身份'),
  why: both(
    'Rules of CUSTOM say for which requests the external authorizer is asked: by hosts, paths, methods, ports and addresses. Who the caller is the authorizer finds out itself.',
    'CUSTOM 的规则说明哪些请求要询问外部授权服务：按主机、路径、方法、端口和地址。由哪一方发起请求由授权服务自行判断。',
  ),
  links: [`${reference}#AuthorizationPolicy-Action`],
  group: security,
  kinds: ['AuthorizationPolicy'],
  look: (spec) =>
    textOf(spec, 'action') !== 'CUSTOM'
      ? []
      : rulesOf(spec).flatMap(({ rule, path }) => [
          ...itemsOf(rule, 'from').flatMap(([index, from]) =>
            identities
              .filter((name) => asList(field(field(from, 'source'), name)).length > 0)
              .map((name) => unsupported([...path, 'from', index, 'source', name], name)),
          ),
          ...itemsOf(rule, 'when').flatMap(([index, condition]) => {
            const key = textOf(condition, 'key')
            return identityKeys.includes(key) || key.startsWith('request.auth.') ? [unsupported([...path, 'when', index, 'key'], key)] : []
          }),
        ]),
  good: [
    {
      says: 'by host',
      yaml: policy('  action: CUSTOM\n  provider:\n    name: opa\n  rules:\n  - to:\n    - operation:\n        hosts: [edition.cnn.com]\n'),
    },
  ],
  bad: [
    {
      says: 'by principal',
      yaml: policy(
        '  action: CUSTOM\n  provider:\n    name: opa\n  rules:\n  - from:\n    - source:\n        principals: [cluster.local/ns/default/sa/sleep]\n',
      ),
      at: 'AuthorizationPolicy/egress spec.rules.0.from.0.source.principals',
      shows: { check: 'is currently not supported with CUSTOM action' },
    },
  ],
})

export const webhookPolicyValues = [conditions, values, custom]
