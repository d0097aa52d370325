/** What Istio's webhook says of a VirtualService's hosts and gateways (istio/README 5; pkg/config/validation, ValidateVirtualService). */

import { isIP } from '../base/ip'
import { asList, itemsOf, type Loose, textsOf } from '../base/loose'
import { both } from '../base/text'
import { isWildcarded, matches } from '../istio/host-name'
import { isDomain, isLabel, isWildcardDomain } from '../istio/host-name-validation'
import { documentRule, networking, type Remark, written } from '../rules/one-document'
import type { Path } from '../yaml/document'

const reference = 'https://istio.io/latest/docs/reference/config/networking/virtual-service/'

/** A VirtualService with these hosts, gateways and routes. */
export const virtualService = ({
  hosts = '[edition.cnn.com]',
  gateways = '[mesh, istio-egressgateway]',
  routes = `http:
  - match:
    - gateways: [istio-egressgateway]
      port: 80
    route:
    - destination:
        host: edition.cnn.com
        port:
          number: 80`,
}: {
  hosts?: string
  gateways?: string
  routes?: string
}) => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: cnn
  namespace: default
spec:
  hosts: ${hosts}
  gateways: ${gateways}
  ${routes}
`

const good = [{ says: 'one host, at the gateway and in the mesh', yaml: virtualService({}) }]

/** Bound to gateways alone, not to the sidecars. */
export const onlyGateways = (spec: Loose): boolean => asList(spec.gateways).length > 0 && !textsOf(spec, 'gateways').includes('mesh')

const meshStar = documentRule({
  id: 'W30',
  level: 'error',
  title: both('Host * is for gateways only', '主机 * 只能用于网关'),
  why: both(
    'A VirtualService without `gateways`, or with `mesh` among them, steers the sidecars. For them `*` would be every service there is; Istio refuses it.',
    '没有 `gateways`、或其中含 `mesh` 的 VirtualService 作用于 Sidecar。对它们而言 `*` 是所有服务；Istio 会拒绝。',
  ),
  links: [reference],
  group: networking,
  kinds: ['VirtualService'],
  look: (spec) =>
    onlyGateways(spec)
      ? []
      : itemsOf(spec, 'hosts').flatMap(([index, host]): Remark[] =>
          host === '*'
            ? [
                {
                  path: ['spec', 'hosts', index],
                  says: both(
                    'Istio refuses the host * in a VirtualService for sidecars: name the hosts.',
                    'Istio 会拒绝作用于 Sidecar 的 VirtualService 使用主机 *：请写明主机。',
                  ),
                },
              ]
            : [],
        ),
  good: [...good, { says: '* at a gateway', yaml: virtualService({ hosts: '["*"]', gateways: '[istio-egressgateway]' }) }],
  bad: [
    {
      says: '* for mesh',
      yaml: virtualService({ hosts: '["*"]' }),
      at: 'VirtualService/cnn spec.hosts.0',
      shows: { check: 'wildcard host * is not allowed for virtual services bound to the mesh gateway' },
    },
  ],
})

/** Names such as `outbound_.80_._.H` are allowed at gateways with SNI routes. */
const hostFits = (host: string): boolean => host.startsWith('outbound_') || isWildcardDomain(host) || isIP(host)

const hostNames = documentRule({
  id: 'W31',
  level: 'error',
  title: both('Hosts of a VirtualService', 'VirtualService 的 hosts'),
  why: both(
    'A host is a name of DNS, a wildcard (`*.cnn.com`) or an IP address: no scheme, no port, no path.',
    'host 是 DNS 名称、通配符（`*.cnn.com`）或 IP 地址：不含协议、端口和路径。',
  ),
  links: [reference],
  group: networking,
  kinds: ['VirtualService'],
  look: (spec) =>
    itemsOf(spec, 'hosts').flatMap(([index, host]): Remark[] =>
      typeof host !== 'string' || hostFits(host)
        ? []
        : [
            {
              path: ['spec', 'hosts', index],
              says: both(`${host} is no name of a host: Istio refuses it.`, `${host} 不是主机名：Istio 会拒绝。`),
            },
          ],
    ),
  good,
  bad: [
    {
      says: 'a URL in place of a host',
      yaml: virtualService({ hosts: '["https://edition.cnn.com"]' }),
      at: 'VirtualService/cnn spec.hosts.0',
      shows: { check: 'invalid' },
    },
    {
      says: 'a host with its port',
      yaml: virtualService({ hosts: '["edition.cnn.com:443"]' }),
      at: 'VirtualService/cnn spec.hosts.0',
      shows: { check: 'invalid' },
    },
  ],
})

const overlapping = documentRule({
  id: 'W32',
  level: 'error',
  title: both('Overlapping hosts of a VirtualService', 'VirtualService 的 hosts 重叠'),
  why: both(
    'Inside one VirtualService no host may be written twice or be covered by a wildcard beside it.',
    '同一 VirtualService 内，主机不能重复，也不能被并列的通配符覆盖。',
  ),
  links: [reference],
  group: networking,
  kinds: ['VirtualService'],
  look: (spec) => {
    const hosts = textsOf(spec, 'hosts')
    if (hosts.length !== asList(spec.hosts).length || !hosts.every(hostFits)) return []
    return covered(hosts).map(([index, by]) => ({
      path: ['spec', 'hosts', index],
      says: both(
        `${hosts[index]} is covered by ${by} in the same VirtualService: Istio refuses it.`,
        `${hosts[index]} 已被同一 VirtualService 中的 ${by} 覆盖：Istio 会拒绝。`,
      ),
      ...(hosts[index] === by && { fix: withoutHost(index, by) }),
    }))
  },
  good: [...good, { says: 'a host and another domain’s wildcard', yaml: virtualService({ hosts: '[edition.cnn.com, "*.example.com"]' }) }],
  bad: [
    {
      says: 'a host and the wildcard above it',
      yaml: virtualService({ hosts: '["*.cnn.com", edition.cnn.com]' }),
      at: 'VirtualService/cnn spec.hosts.1',
      shows: { check: 'duplicate hosts in virtual service' },
    },
    {
      says: 'a host twice',
      yaml: virtualService({ hosts: '[edition.cnn.com, edition.cnn.com]' }),
      at: 'VirtualService/cnn spec.hosts.1',
      shows: { check: 'duplicate hosts in virtual service' },
    },
  ],
})

/** Each host that one before it overlaps. Plain names are looked up; only wildcards are compared with all. */
function covered(hosts: readonly string[]): (readonly [number, string])[] {
  const plain = new Set<string>()
  const wild: string[] = []
  return hosts.flatMap((host, index) => {
    const wildcarded = isWildcarded(host)
    const by =
      wild.find((one) => matches(one, host)) ??
      (wildcarded ? [...plain].find((one) => matches(host, one)) : plain.has(host) ? host : undefined)
    if (wildcarded) wild.push(host)
    else plain.add(host)
    return by === undefined ? [] : [[index, by] as const]
  })
}

const withoutHost = (index: number, host: string) => ({
  says: both(`Remove the second ${host}`, `删除重复的 ${host}`),
  remove: [['spec', 'hosts', index] as Path],
})

const delegate = documentRule({
  id: 'W33',
  level: 'error',
  title: both('VirtualService without routes or hosts', 'VirtualService 没有路由或 hosts'),
  why: both(
    'A VirtualService needs `http`, `tls` or `tcp`. One without hosts is a delegate, which another one names: it may have `http` routes only, and no gateways.',
    'VirtualService 需要 `http`、`tls` 或 `tcp`。没有 hosts 的是被其他 VirtualService 引用的委托：只能有 `http` 路由，且不能有 gateways。',
  ),
  links: [reference],
  group: networking,
  kinds: ['VirtualService'],
  look: (spec) => {
    const routes = ['http', 'tls', 'tcp'].filter((kind) => asList(spec[kind]).length > 0)
    if (routes.length === 0)
      return [
        {
          path: ['spec'],
          says: both('Istio refuses a VirtualService without http, tls or tcp.', 'Istio 会拒绝没有 http、tls、tcp 的 VirtualService。'),
        },
      ]
    if (asList(spec.hosts).length > 0) return []
    const wrong = ['gateways', 'tls', 'tcp'].filter((name) => asList(spec[name]).length > 0)
    return wrong.map((name) => ({
      path: ['spec', name],
      says: both(
        `Without hosts it is a delegate, which has no ${name}: Istio refuses it.`,
        `没有 hosts 即为委托，不能有 ${name}：Istio 会拒绝。`,
      ),
    }))
  },
  good,
  bad: [
    {
      says: 'no route of any kind',
      yaml: virtualService({ routes: 'exportTo: ["*"]' }),
      at: 'VirtualService/cnn spec',
      shows: { check: 'http, tcp or tls must be provided in virtual service' },
    },
    {
      says: 'no hosts, but gateways',
      yaml: virtualService({ hosts: '[]' }),
      at: 'VirtualService/cnn spec.gateways',
      shows: { check: 'delegate virtual service must have no gateways specified' },
    },
  ],
})

/** Every list of gateway names: the VirtualService's own, and those of its matches. */
function gatewayLists(spec: Loose): { path: Path; names: readonly string[] }[] {
  const own = { path: ['spec', 'gateways'] as Path, names: textsOf(spec, 'gateways') }
  const ofMatches = ['http', 'tls', 'tcp'].flatMap((kind) =>
    itemsOf(spec, kind).flatMap(([index, route]) =>
      itemsOf(route, 'match').map(([at, match]) => ({
        path: ['spec', kind, index, 'match', at, 'gateways'] as Path,
        names: textsOf(match, 'gateways'),
      })),
    ),
  )
  return [own, ...ofMatches].filter(({ names }) => names.length > 0)
}

/** Istio stops looking at the first name without a slash. */
const looked = (names: readonly string[]) => {
  const end = names.findIndex((name) => !name.includes('/'))
  return end < 0 ? names : names.slice(0, end + 1)
}

const legacyName = documentRule({
  id: 'W34',
  level: 'warning',
  title: both('Old form of a Gateway’s name', 'Gateway 名称的旧写法'),
  why: both(
    '`name.namespace` is the form of Istio before 1.1; Istio still reads it and warns. Today one writes `namespace/name`, or the name alone for a Gateway in the VirtualService’s own namespace.',
    '`name.namespace` 是 Istio 1.1 之前的写法；Istio 仍能识别但会警告。现在写 `namespace/name`，与 VirtualService 同命名空间的 Gateway 只写名称。',
  ),
  links: [reference],
  group: networking,
  kinds: ['VirtualService'],
  look: (spec) =>
    gatewayLists(spec).flatMap(({ path, names }) =>
      looked(names).flatMap((name, index): Remark[] => {
        if (name.includes('/') || !name.includes('.')) return []
        const [first = '', second = ''] = name.split('.')
        return [
          {
            path: [...path, index],
            says: both(`${name} is the old form: write ${second}/${first}.`, `${name} 是旧写法：请写 ${second}/${first}。`),
            ...(isLabel(first) && isLabel(second) && { fix: written([...path, index], `${second}/${first}`) }),
          },
        ]
      }),
    ),
  good: [...good, { says: 'namespace/name', yaml: virtualService({ gateways: '[istio-system/istio-egressgateway]' }) }],
  bad: [
    {
      says: 'name.namespace',
      yaml: virtualService({ gateways: '[istio-egressgateway.istio-system]' }),
      at: 'VirtualService/cnn spec.gateways.0',
      shows: { check: 'using legacy gatewayName format' },
    },
  ],
})

const gatewayNames = documentRule({
  id: 'W35',
  level: 'error',
  title: both('Names of Gateways in a VirtualService', 'VirtualService 中的 Gateway 名称'),
  why: both(
    'A Gateway is named as `name` or `namespace/name`, both labels of DNS; `mesh` stands for all sidecars.',
    'Gateway 写作 `name` 或 `namespace/name`，两者都是 DNS 标签；`mesh` 代表所有 Sidecar。',
  ),
  links: [reference],
  group: networking,
  kinds: ['VirtualService'],
  look: (spec) =>
    gatewayLists(spec).flatMap(({ path, names }) =>
      looked(names).flatMap((name, index): Remark[] =>
        nameFits(name)
          ? []
          : [
              {
                path: [...path, index],
                says: both(
                  `${name} is no name of a Gateway: write name or namespace/name.`,
                  `${name} 不是 Gateway 的名称：请写 name 或 namespace/name。`,
                ),
              },
            ],
      ),
    ),
  good,
  bad: [
    {
      says: 'a name with a wildcard',
      yaml: virtualService({ gateways: '["istio-system/*"]' }),
      at: 'VirtualService/cnn spec.gateways.0',
      shows: { check: 'invalid value for gateway name' },
    },
    {
      says: 'a slash without a namespace',
      yaml: virtualService({ gateways: '[/istio-egressgateway]' }),
      at: 'VirtualService/cnn spec.gateways.0',
      shows: { check: 'config namespace and gateway name cannot be empty' },
    },
  ],
})

function nameFits(name: string): boolean {
  const slash = name.indexOf('/')
  return slash < 0 ? isDomain(name) : isLabel(name.slice(0, slash)) && isLabel(name.slice(slash + 1))
}

export const webhookVirtualService = [meshStar, hostNames, overlapping, delegate, legacyName, gatewayNames]
