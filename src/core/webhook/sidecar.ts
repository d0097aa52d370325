/** What Istio's webhook says of a Sidecar (istio/README 5; pkg/config/validation, ValidateSidecar). */

import { asList, field, has, inside, itemsOf, type Loose, numberOf, textOf } from '../base/loose'
import { both } from '../base/text'
import { isLabel, isPartialWildcard, isWildcardDomain } from '../istio/host-name-validation'
import { isProtocol } from '../istio/protocol'
import { documentRule, networking, type Remark, without } from '../rules/one-document'

const reference = 'https://istio.io/latest/docs/reference/config/networking/sidecar/'

/** A Sidecar with these lines below `spec`. */
const sidecar = (lines: string) => `apiVersion: networking.istio.io/v1
kind: Sidecar
metadata:
  name: default
  namespace: default
spec:
${lines}`
const egress = (hosts: string) => sidecar(`  egress:\n  - hosts: ${hosts}\n`)

const good = [
  { says: 'the own namespace and the gateway’s', yaml: egress('["./*", "istio-system/*"]') },
  { says: 'REGISTRY_ONLY', yaml: sidecar('  outboundTrafficPolicy:\n    mode: REGISTRY_ONLY\n') },
]

const hosts = documentRule({
  id: 'W70',
  level: 'error',
  title: both('Hosts of a Sidecar', 'Sidecar 的 hosts'),
  why: both(
    'Each host of an egress listener is `namespace/host`: the namespace may be `*`, `.` or begin with `~` to leave it out, the host is a full name, a wildcard or `*`. A name alone is refused.',
    'egress 监听器的每个 host 写作 `命名空间/主机`：命名空间可为 `*`、`.`，或以 `~` 开头表示排除；主机为完整名称、通配符或 `*`。只写名称会被拒绝。',
  ),
  links: [`${reference}#IstioEgressListener`],
  group: networking,
  kinds: ['Sidecar'],
  look: (spec) =>
    itemsOf(spec, 'egress').flatMap(([index, listener]): Remark[] => {
      const path = ['spec', 'egress', index, 'hosts']
      if (has(listener, 'hosts') && asList(field(listener, 'hosts')).length === 0)
        return [{ path, says: both('Istio refuses an egress listener without a host.', 'Istio 会拒绝没有 host 的 egress 监听器。') }]
      return itemsOf(listener, 'hosts').flatMap(([at, host]): Remark[] => {
        const says = typeof host === 'string' ? hostTrouble(host) : null
        return says ? [{ path: [...path, at], says }] : []
      })
    }),
  good,
  bad: [
    {
      says: 'a name without its namespace',
      yaml: egress('[edition.cnn.com]'),
      at: 'Sidecar/default spec.egress.0.hosts.0',
      shows: { check: 'host must be of form namespace/dnsName' },
    },
    {
      says: 'a short name',
      yaml: egress('["./sleep"]'),
      at: 'Sidecar/default spec.egress.0.hosts.0',
      shows: { check: 'short names (non FQDN) are not allowed' },
    },
    {
      says: 'no host',
      yaml: egress('[]'),
      at: 'Sidecar/default spec.egress.0.hosts',
      shows: { check: 'egress listener must contain at least one host' },
    },
  ],
})

function hostTrouble(written: string) {
  const slash = written.indexOf('/')
  if (slash < 0)
    return both(
      `Istio refuses ${written}: write namespace/host, such as */${written}.`,
      `Istio 会拒绝 ${written}：请写 命名空间/主机，例如 */${written}。`,
    )
  const namespace = written.slice(0, slash).replace(/^~/, '')
  const host = written.slice(slash + 1)
  const space = slash > 0 && (namespace === '' || namespace === '*' || namespace === '.' || isLabel(namespace))
  const name = host === '*' || (host.includes('.') && isWildcardDomain(host) && !isPartialWildcard(host))
  return space && name
    ? null
    : both(
        `Istio refuses ${written}: write namespace/host with a full host name.`,
        `Istio 会拒绝 ${written}：请写 命名空间/主机，主机须为完整名称。`,
      )
}

const repeated = documentRule({
  id: 'W71',
  level: 'warning',
  title: both('A Sidecar’s host that says nothing new', 'Sidecar 中多余的 host'),
  why: both(
    'Beside `namespace/*` a single host of that namespace adds nothing, and beside `*/*` nothing does.',
    '有了 `命名空间/*`，再写该命名空间的单个主机没有作用；有了 `*/*`，其余都没有作用。',
  ),
  links: [`${reference}#IstioEgressListener`],
  group: networking,
  kinds: ['Sidecar'],
  look: (spec, { namespace }) =>
    itemsOf(spec, 'egress').flatMap(([index, listener]) => repeatedHosts(listener, namespace).map((at) => repeatedRemark(index, at))),
  good,
  bad: [
    {
      says: 'a host beside all of its namespace',
      yaml: egress('["./*", "./edition.cnn.com"]'),
      at: 'Sidecar/default spec.egress.0.hosts.1',
      shows: { check: 'duplicated egress host' },
    },
  ],
})

function repeatedHosts(listener: unknown, namespace: string): number[] {
  const seen = new Map<string, Set<string>>()
  return itemsOf(listener, 'hosts').flatMap(([at, written]) => {
    const slash = typeof written === 'string' ? written.indexOf('/') : -1
    if (typeof written !== 'string' || slash < 0 || written.startsWith('~')) return []
    const space = written.slice(0, slash) === '.' ? namespace : written.slice(0, slash)
    const host = written.slice(slash + 1)
    const hostsOf = seen.get(space) ?? new Set<string>()
    const again = host === '*' ? hostsOf.size > 0 : hostsOf.has(host) || hostsOf.has('*')
    seen.set(space, hostsOf.add(host))
    return again ? [at] : []
  })
}

const repeatedRemark = (index: number, at: number): Remark => ({
  path: ['spec', 'egress', index, 'hosts', at],
  says: both('A host above covers this one already, or this one those above.', '此 host 已被上方的覆盖，或覆盖了上方的 host。'),
})

const listeners = documentRule({
  id: 'W72',
  level: 'error',
  title: both('Listeners of a Sidecar', 'Sidecar 的监听器'),
  why: both(
    'A Sidecar says something: egress, ingress or an outbound policy. Only the last egress listener may do without a port (it stands for all other ports); two listeners never share a port, and a listener’s port has a protocol that Istio knows.',
    'Sidecar 至少包含 egress、ingress 或出站策略之一。只有最后一个 egress 监听器可以没有端口（代表其余所有端口）；监听器之间端口不能重复，协议须是 Istio 认识的。',
  ),
  links: [reference],
  group: networking,
  kinds: ['Sidecar'],
  look: (spec) => {
    const says = ['egress', 'ingress'].some((name) => asList(spec[name]).length > 0)
    if (!says && !has(spec, 'outboundTrafficPolicy') && !has(spec, 'inboundConnectionPool'))
      return [{ path: ['spec'], says: both('Istio refuses a Sidecar that says nothing.', 'Istio 会拒绝空的 Sidecar。') }]
    return listenerRemarks(spec)
  },
  good,
  bad: [
    {
      says: 'a listener without port that is not the last',
      yaml: sidecar('  egress:\n  - hosts: ["./*"]\n  - port:\n      number: 80\n      protocol: HTTP\n    hosts: ["./*"]\n'),
      at: 'Sidecar/default spec.egress.0',
      shows: { check: 'the egress listener with empty port should be the last listener in the list' },
    },
    {
      says: 'nothing but a selector',
      yaml: sidecar('  workloadSelector:\n    labels:\n      app: sleep\n'),
      at: 'Sidecar/default spec',
      shows: { check: 'empty configuration provided' },
    },
  ],
})

function listenerRemarks(spec: Loose): Remark[] {
  const all = itemsOf(spec, 'egress')
  const taken = new Set<number>()
  return all.flatMap(([index, listener]): Remark[] => {
    const path = ['spec', 'egress', index]
    if (!has(listener, 'port'))
      return index === all.length - 1
        ? []
        : [
            {
              path,
              says: both(
                'A listener without a port stands for all other ports: Istio wants it last.',
                '没有端口的监听器代表其余所有端口：Istio 要求它排在最后。',
              ),
            },
          ]
    const port = inside(listener, 'port')
    const number = numberOf(port, 'number')
    const protocol = textOf(port, 'protocol')
    const twice = number > 0 && taken.has(number)
    taken.add(number)
    if (twice)
      return [
        {
          path: [...path, 'port', 'number'],
          says: both(`Port ${number} appears twice: Istio refuses it.`, `端口 ${number} 出现两次：Istio 会拒绝。`),
        },
      ]
    return protocol !== '' && !isProtocol(protocol)
      ? [
          {
            path: [...path, 'port', 'protocol'],
            says: both(`Istio does not know the protocol ${protocol}.`, `Istio 不认识协议 ${protocol}。`),
          },
        ]
      : []
  })
}

const egressProxy = documentRule({
  id: 'W73',
  level: 'error',
  title: both('egressProxy needs ALLOW_ANY', 'egressProxy 需要 ALLOW_ANY'),
  why: both(
    'An egress proxy takes what the mesh does not know, so unknown traffic must be allowed: mode ALLOW_ANY, and the proxy’s host and port. With REGISTRY_ONLY, the default here, it would get nothing.',
    '出口代理接收网格不认识的流量，因此必须允许未知流量：模式为 ALLOW_ANY，并写明代理的主机和端口。使用 REGISTRY_ONLY（此处的默认值）时它什么也收不到。',
  ),
  links: [`${reference}#OutboundTrafficPolicy`],
  group: networking,
  kinds: ['Sidecar'],
  look: (spec) => {
    const policy = inside(spec, 'outboundTrafficPolicy')
    if (!has(policy, 'egressProxy')) return []
    const path = ['spec', 'outboundTrafficPolicy', 'egressProxy']
    if (textOf(policy, 'mode') !== 'ALLOW_ANY')
      return [
        { path, says: both('Istio refuses an egressProxy without mode ALLOW_ANY.', '模式不是 ALLOW_ANY 时 Istio 会拒绝 egressProxy。') },
      ]
    return has(inside(policy, 'egressProxy'), 'port')
      ? []
      : [{ path, says: both('Istio refuses an egressProxy without a port.', 'Istio 会拒绝没有端口的 egressProxy。') }]
  },
  good: [
    ...good,
    {
      says: 'with ALLOW_ANY',
      yaml: sidecar(
        '  outboundTrafficPolicy:\n    mode: ALLOW_ANY\n    egressProxy:\n      host: proxy.default.svc.cluster.local\n      port:\n        number: 3128\n',
      ),
    },
  ],
  bad: [
    {
      says: 'with REGISTRY_ONLY',
      yaml: sidecar(
        '  outboundTrafficPolicy:\n    mode: REGISTRY_ONLY\n    egressProxy:\n      host: proxy.default.svc.cluster.local\n      port:\n        number: 3128\n',
      ),
      at: 'Sidecar/default spec.outboundTrafficPolicy.egressProxy',
      shows: { check: 'egress_proxy must be set only with ALLOW_ANY' },
    },
  ],
})

const noLabels = documentRule({
  id: 'W74',
  level: 'warning',
  title: both('A selector without labels', '没有标签的选择器'),
  why: both(
    'A workloadSelector without labels selects everything in the namespace, as if it were left out. Mostly the labels have slipped out by their indentation.',
    '没有标签的 workloadSelector 选中命名空间内的一切，等于没写。多数情况是标签因缩进错误而脱落。',
  ),
  links: [reference],
  group: networking,
  kinds: ['Sidecar', 'ServiceEntry', 'DestinationRule'],
  look: (spec, { kind }) => {
    const name = kind === 'DestinationRule' ? 'matchLabels' : 'labels'
    return has(spec, 'workloadSelector') && Object.keys(inside(spec, 'workloadSelector', name)).length === 0
      ? [
          {
            path: ['spec', 'workloadSelector'],
            says: both(
              'A selector without labels selects every workload of the namespace.',
              '没有标签的选择器会选中该命名空间的所有工作负载。',
            ),
            fix: without([['spec', 'workloadSelector']]),
          },
        ]
      : []
  },
  good,
  bad: [
    {
      says: 'an empty selector',
      yaml: sidecar('  workloadSelector: {}\n  outboundTrafficPolicy:\n    mode: REGISTRY_ONLY\n'),
      at: 'Sidecar/default spec.workloadSelector',
      shows: { check: 'workload selector specified without labels' },
    },
  ],
})

export const webhookSidecar = [hosts, repeated, listeners, egressProxy, noLabels]
