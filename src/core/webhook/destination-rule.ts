/** What Istio's webhook refuses in a DestinationRule (istio/README 5; pkg/config/validation, ValidateDestinationRule and validateTrafficPolicy). */

import { asList, field, has, inside, itemsOf, type Loose, textOf, textsOf } from '../base/loose'
import { both } from '../base/text'
import { isLabel, isWildcardDomain } from '../istio/host-name-validation'
import { documentRule, networking, type Remark, without } from '../rules/one-document'
import type { Path } from '../yaml/document'

const reference = 'https://istio.io/latest/docs/reference/config/networking/destination-rule/'

/** A DestinationRule for edition.cnn.com with these lines below `spec`. */
export const destinationRule = (lines: string) => `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: cnn
  namespace: default
spec:
  host: edition.cnn.com
${lines}`

const onPort = (tls: string) => `  trafficPolicy:
    portLevelSettings:
    - port:
        number: 443
      ${tls}
`
export const good = [{ says: 'SIMPLE on one port', yaml: destinationRule(onPort('tls: {mode: SIMPLE}')) }]

/** A traffic policy, or one of its port settings, with its place. */
interface Policy {
  path: Path
  policy: Loose
  port: boolean
}

/** All policies of a DestinationRule: its own, those of its subsets, and their port settings. */
export function policiesOf(spec: Loose): Policy[] {
  const withPorts = (of: unknown, path: Path): Policy[] =>
    has(of, 'trafficPolicy')
      ? [
          { path: [...path, 'trafficPolicy'], policy: inside(of, 'trafficPolicy'), port: false },
          ...itemsOf(inside(of, 'trafficPolicy'), 'portLevelSettings').map(([index, policy]) => ({
            path: [...path, 'trafficPolicy', 'portLevelSettings', index],
            policy: inside({ policy }, 'policy'),
            port: true,
          })),
        ]
      : []
  return [
    ...withPorts(spec, ['spec']),
    ...itemsOf(spec, 'subsets').flatMap(([index, subset]) => withPorts(subset, ['spec', 'subsets', index])),
  ]
}

const settings = ['outlierDetection', 'connectionPool', 'loadBalancer', 'tls']
const topSettings = [...settings, 'portLevelSettings', 'tunnel', 'proxyProtocol', 'retryBudget']

/** An empty list of port settings counts as left out. */
const says = (policy: Loose, name: string): boolean => (name === 'portLevelSettings' ? asList(policy[name]).length > 0 : has(policy, name))

const emptyPolicy = documentRule({
  id: 'W50',
  level: 'error',
  title: both('A traffic policy says something', '流量策略不能为空'),
  why: both(
    'A `trafficPolicy`, and each entry of `portLevelSettings`, holds at least one setting. Often the indentation is wrong and the setting is beside it.',
    '`trafficPolicy` 和 `portLevelSettings` 的每一项都至少包含一个设置。常见原因是缩进错误，设置写到了旁边。',
  ),
  links: [`${reference}#TrafficPolicy`],
  group: networking,
  kinds: ['DestinationRule'],
  look: (spec) =>
    policiesOf(spec).flatMap(({ path, policy, port }): Remark[] =>
      (port ? settings : topSettings).some((name) => says(policy, name))
        ? []
        : [{ path, says: both('Istio refuses a traffic policy without any setting.', 'Istio 会拒绝没有任何设置的流量策略。') }],
    ),
  good,
  bad: [
    {
      says: 'an empty policy',
      yaml: destinationRule('  trafficPolicy: {}\n'),
      at: 'DestinationRule/cnn spec.trafficPolicy',
      shows: { check: 'traffic policy must have at least one field' },
    },
    {
      says: 'a port without a setting',
      yaml: destinationRule('  trafficPolicy:\n    portLevelSettings:\n    - port:\n        number: 443\n'),
      at: 'DestinationRule/cnn spec.trafficPolicy.portLevelSettings.0',
      shows: { check: 'port traffic policy must have at least one field' },
    },
  ],
})

const portless = documentRule({
  id: 'W51',
  level: 'error',
  title: both('Port settings name their port', '端口设置必须写明端口'),
  why: both(
    'An entry of `portLevelSettings` is for one port of the service, given as `port: {number: …}`. It is the port that the route sends to.',
    '`portLevelSettings` 的每一项针对服务的一个端口，写作 `port: {number: …}`，即路由所发往的端口。',
  ),
  links: [`${reference}#TrafficPolicy-PortTrafficPolicy`],
  group: networking,
  kinds: ['DestinationRule'],
  look: (spec) =>
    policiesOf(spec).flatMap(({ path, policy, port }): Remark[] =>
      port && !has(policy, 'port')
        ? [{ path, says: both('Istio refuses port settings without a port.', 'Istio 会拒绝没有写明端口的端口设置。') }]
        : [],
    ),
  good,
  bad: [
    {
      says: 'no port',
      yaml: destinationRule('  trafficPolicy:\n    portLevelSettings:\n    - tls: {mode: SIMPLE}\n'),
      at: 'DestinationRule/cnn spec.trafficPolicy.portLevelSettings.0',
      shows: { check: 'portTrafficPolicy must have valid port' },
    },
  ],
})

const subsets = documentRule({
  id: 'W52',
  level: 'error',
  title: both('Names of subsets', 'subset 的名称'),
  why: both(
    'Each subset of a DestinationRule has a name of its own: letters, digits and dashes. Routes name it.',
    'DestinationRule 的每个 subset 名称各不相同，只含字母、数字和连字符；路由按名称引用它。',
  ),
  links: [`${reference}#Subset`],
  group: networking,
  kinds: ['DestinationRule'],
  look: (spec) => {
    const taken = new Set<string>()
    return itemsOf(spec, 'subsets').flatMap(([index, subset]): Remark[] => {
      const name = textOf(subset, 'name')
      const path: Path = ['spec', 'subsets', index, 'name']
      if (!has(subset, 'name')) return []
      if (taken.has(name))
        return [{ path, says: both(`The subset ${name} appears twice: Istio refuses it.`, `subset ${name} 出现两次：Istio 会拒绝。`) }]
      taken.add(name)
      return isLabel(name)
        ? []
        : [
            {
              path,
              says: both(
                `Istio refuses the subset name ${name}: letters, digits and dashes only.`,
                `Istio 会拒绝 subset 名称 ${name}：只能含字母、数字和连字符。`,
              ),
            },
          ]
    })
  },
  good: [...good, { says: 'a bare subset', yaml: destinationRule('  subsets:\n  - name: cnn\n') }],
  bad: [
    {
      says: 'a subset twice',
      yaml: destinationRule('  subsets:\n  - name: cnn\n  - name: cnn\n'),
      at: 'DestinationRule/cnn spec.subsets.1.name',
      shows: { check: 'duplicate subset names' },
    },
    {
      says: 'a dot in the name',
      yaml: destinationRule('  subsets:\n  - name: edition.cnn\n'),
      at: 'DestinationRule/cnn spec.subsets.0.name',
      shows: { check: 'subset name is invalid' },
    },
  ],
})

const selectorExport = documentRule({
  id: 'W53',
  level: 'error',
  title: both('workloadSelector beside exportTo', 'workloadSelector 与 exportTo 并存'),
  why: both(
    'A DestinationRule with a `workloadSelector` is for pods of its own namespace, so it may be exported nowhere else: `exportTo` is `.` or left out.',
    '带 `workloadSelector` 的 DestinationRule 只针对本命名空间的 Pod，不能导出到别处：`exportTo` 为 `.` 或省略。',
  ),
  links: [reference],
  group: networking,
  kinds: ['DestinationRule'],
  look: (spec, { namespace }) => {
    const beyond = has(spec, 'workloadSelector') && textsOf(spec, 'exportTo').some((to) => to !== '.' && to !== namespace)
    return beyond
      ? [
          {
            path: ['spec', 'exportTo'],
            says: both(
              'A DestinationRule with a workloadSelector is for its own namespace: Istio refuses this exportTo.',
              '带 workloadSelector 的 DestinationRule 只用于本命名空间：Istio 会拒绝此 exportTo。',
            ),
            fix: without([['spec', 'exportTo']]),
          },
        ]
      : []
  },
  good: [
    ...good,
    {
      says: 'exported to its own namespace',
      yaml: destinationRule(`  exportTo: ["."]\n  workloadSelector:\n    matchLabels:\n      app: sleep\n${onPort('tls: {mode: SIMPLE}')}`),
    },
  ],
  bad: [
    {
      says: 'exported to everybody',
      yaml: destinationRule(`  exportTo: ["*"]\n  workloadSelector:\n    matchLabels:\n      app: sleep\n${onPort('tls: {mode: SIMPLE}')}`),
      at: 'DestinationRule/cnn spec.exportTo',
      shows: { check: 'destination rule with workload selector cannot have exportTo beyond current namespace' },
    },
  ],
})

const tunnel = documentRule({
  id: 'W54',
  level: 'error',
  title: both('tunnel beside proxyProtocol', 'tunnel 与 proxyProtocol 并存'),
  why: both(
    'A tunnel through an HTTP proxy and a PROXY header are two ways to begin a connection; Istio refuses both at once.',
    '经 HTTP 代理的隧道与 PROXY 头是两种连接开头方式，二者并存时 Istio 会拒绝。',
  ),
  links: [`${reference}#TrafficPolicy-TunnelSettings`],
  group: networking,
  kinds: ['DestinationRule'],
  look: (spec) =>
    policiesOf(spec).flatMap(({ path, policy, port }): Remark[] =>
      !port && has(policy, 'tunnel') && has(policy, 'proxyProtocol')
        ? [
            {
              path: [...path, 'proxyProtocol'],
              says: both('Istio refuses tunnel and proxyProtocol together.', 'Istio 会拒绝同时设置 tunnel 和 proxyProtocol。'),
            },
          ]
        : [],
    ),
  good,
  bad: [
    {
      says: 'both',
      yaml: destinationRule(
        '  trafficPolicy:\n    tunnel:\n      targetHost: edition.cnn.com\n      targetPort: 443\n    proxyProtocol:\n      version: V1\n',
      ),
      at: 'DestinationRule/cnn spec.trafficPolicy.proxyProtocol',
      shows: { check: 'tunnel and proxyProtocol must not be set together' },
    },
  ],
})

const host = documentRule({
  id: 'W55',
  level: 'error',
  title: both('Host of a DestinationRule', 'DestinationRule 的 host'),
  why: both(
    'The host is the name of a service, or a wildcard over services: no scheme, no port, no address with a mask.',
    'host 是服务名称或覆盖多个服务的通配符：不含协议、端口或网段。',
  ),
  links: [reference],
  group: networking,
  kinds: ['DestinationRule'],
  look: (spec) => {
    const name = field(spec, 'host')
    return typeof name !== 'string' || isWildcardDomain(name)
      ? []
      : [
          {
            path: ['spec', 'host'],
            says: both(`${name || '""'} is no name of a host: Istio refuses it.`, `${name || '""'} 不是主机名：Istio 会拒绝。`),
          },
        ]
  },
  good,
  bad: [
    {
      says: 'a host with its port',
      yaml: destinationRule('').replace('edition.cnn.com', 'edition.cnn.com:443'),
      at: 'DestinationRule/cnn spec.host',
      shows: { check: 'invalid' },
    },
  ],
})

const emptyPool = documentRule({
  id: 'W56',
  level: 'error',
  title: both('A connection pool says something', '连接池设置不能为空'),
  why: both('`connectionPool` holds `tcp`, `http` or both.', '`connectionPool` 包含 `tcp`、`http` 或两者。'),
  links: [`${reference}#ConnectionPoolSettings`],
  group: networking,
  kinds: ['DestinationRule'],
  look: (spec) =>
    policiesOf(spec).flatMap(({ path, policy }): Remark[] => {
      const pool = inside(policy, 'connectionPool')
      return has(policy, 'connectionPool') && !has(pool, 'tcp') && !has(pool, 'http')
        ? [{ path: [...path, 'connectionPool'], says: both('Istio refuses an empty connection pool.', 'Istio 会拒绝空的连接池设置。') }]
        : []
    }),
  good,
  bad: [
    {
      says: 'neither tcp nor http',
      yaml: destinationRule('  trafficPolicy:\n    connectionPool: {}\n'),
      at: 'DestinationRule/cnn spec.trafficPolicy.connectionPool',
      shows: { check: 'connection pool must have at least one field' },
    },
  ],
})

export const webhookDestinationRule = [emptyPolicy, portless, subsets, selectorExport, tunnel, host, emptyPool]
