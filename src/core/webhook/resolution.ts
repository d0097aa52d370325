/** What Istio's webhook refuses of a ServiceEntry's resolution (istio/README 5; pkg/config/validation, ValidateServiceEntry). */

import { isIP } from '../base/ip'
import { asList, field, has, itemsOf, type Loose, textOf } from '../base/loose'
import { both, type Text } from '../base/text'
import { isWildcarded } from '../istio/host-name'
import { isDomain } from '../istio/host-name-validation'
import { documentRule, networking, type Remark, without, written } from '../rules/one-document'
import { good, resolutionOf, serviceEntry } from './service-entry'

const reference = 'https://istio.io/latest/docs/reference/config/networking/service-entry/#ServiceEntry-Resolution'

const byName = (spec: Loose): boolean => ['DNS', 'DNS_ROUND_ROBIN'].includes(resolutionOf(spec))

const wildcardDns = documentRule({
  id: 'W65',
  level: 'error',
  title: both('A wildcard cannot be looked up', '通配符无法解析'),
  why: both(
    'With DNS the proxy looks the host’s own name up, and a wildcard is no name. Give `endpoints`, or NONE (the app’s own address is dialled, from sidecars only), or DYNAMIC_DNS since Istio 1.30.',
    '使用 DNS 时代理解析主机自身的名称，而通配符不是名称。可改为提供 `endpoints`、使用 NONE（直接连接应用给出的地址，仅限 Sidecar），或自 Istio 1.30 起使用 DYNAMIC_DNS。',
  ),
  links: [reference, 'https://github.com/istio/istio/issues/13241', 'https://github.com/istio/istio/issues/17481'],
  group: networking,
  kinds: ['ServiceEntry'],
  look: (spec) =>
    !byName(spec) || asList(spec.endpoints).length > 0
      ? []
      : itemsOf(spec, 'hosts').flatMap(([index, host]): Remark[] =>
          typeof host === 'string' && isWildcarded(host) && host !== '*'
            ? [
                {
                  path: ['spec', 'hosts', index],
                  says: both(
                    `${host} cannot be looked up: Istio refuses ${resolutionOf(spec)} without endpoints.`,
                    `${host} 无法解析：没有 endpoint 时 Istio 会拒绝 ${resolutionOf(spec)}。`,
                  ),
                },
              ]
            : [],
        ),
  good,
  bad: [
    {
      says: 'a wildcard with DNS',
      yaml: serviceEntry({ hosts: '["*.cnn.com"]' }),
      at: 'ServiceEntry/cnn spec.hosts.0',
      shows: { check: 'hosts must be FQDN or contain only prefix wildcards' },
    },
  ],
})

const endpoints = documentRule({
  id: 'W66',
  level: 'error',
  title: both('Addresses of endpoints', 'endpoint 的地址'),
  why: both(
    'With STATIC every endpoint is an IP address; with DNS it may be a name as well. A port of an endpoint is named as in `ports`.',
    '使用 STATIC 时每个 endpoint 都是 IP 地址；使用 DNS 时也可以是名称。endpoint 的端口名须出现在 `ports` 中。',
  ),
  links: ['https://istio.io/latest/docs/reference/config/networking/workload-entry/'],
  group: networking,
  kinds: ['ServiceEntry'],
  look: (spec) => {
    if (resolutionOf(spec) !== 'STATIC' && !byName(spec)) return []
    const names = new Set(itemsOf(spec, 'ports').map(([, port]) => textOf(port, 'name')))
    return itemsOf(spec, 'endpoints').flatMap(([index, endpoint]) => endpointRemarks(index, endpoint, names, byName(spec)))
  },
  good: [
    ...good,
    { says: 'STATIC with an address', yaml: serviceEntry({ resolution: 'STATIC', more: '  endpoints:\n  - address: 198.51.100.7\n' }) },
  ],
  bad: [
    {
      says: 'STATIC with a name',
      yaml: serviceEntry({ resolution: 'STATIC', more: '  endpoints:\n  - address: edition.cnn.com\n' }),
      at: 'ServiceEntry/cnn spec.endpoints.0.address',
      shows: { check: 'is not a valid IP address' },
    },
    {
      says: 'a port that the entry does not have',
      yaml: serviceEntry({ more: '  endpoints:\n  - address: edition.cnn.com\n    ports:\n      https: 8443\n' }),
      at: 'ServiceEntry/cnn spec.endpoints.0.ports.https',
      shows: { check: 'is not defined by the service entry' },
    },
  ],
})

/** Where an address is neither an IP address nor a name; `address` may be empty. */
export const noAddressSays = (address: string): Text =>
  both(
    `${address || 'An endpoint'} is neither a name nor an IP address: Istio refuses it.`,
    `${address || '端点'} 既不是名称也不是 IP 地址：Istio 会拒绝。`,
  )

function endpointRemarks(index: number, endpoint: unknown, names: ReadonlySet<string>, named: boolean): Remark[] {
  const address = textOf(endpoint, 'address')
  const path = ['spec', 'endpoints', index]
  const fits = isIP(address) || (named ? isDomain(address) : address.startsWith('unix://') || address === '')
  const ports = field(endpoint, 'ports')
  const unknown = typeof ports === 'object' && ports !== null ? Object.keys(ports).filter((name) => !names.has(name)) : []
  return [
    ...(fits
      ? []
      : [
          {
            path: has(endpoint, 'address') ? [...path, 'address'] : path,
            says: named
              ? noAddressSays(address)
              : both(
                  `With STATIC an endpoint is an IP address: Istio refuses ${address}.`,
                  `使用 STATIC 时 endpoint 须为 IP 地址：Istio 会拒绝 ${address}。`,
                ),
          },
        ]),
    ...unknown.map((name) => ({
      path: [...path, 'ports', name],
      says: both(`The entry has no port named ${name}: Istio refuses it.`, `该 ServiceEntry 没有名为 ${name} 的端口：Istio 会拒绝。`),
    })),
  ]
}

const wildcardOnly = documentRule({
  id: 'W67',
  level: 'error',
  title: both('DYNAMIC_DNS is for wildcards', 'DYNAMIC_DNS 用于通配符'),
  why: both(
    'DYNAMIC_DNS (since Istio 1.28, for sidecars since 1.30) looks up the name that the request carries: Host or SNI. So its hosts are wildcards, its ports HTTP, HTTP2, GRPC or TLS, and addresses or endpoints have no meaning.',
    'DYNAMIC_DNS（自 Istio 1.28，Sidecar 自 1.30）解析请求自带的名称：Host 或 SNI。因此 hosts 是通配符，端口为 HTTP、HTTP2、GRPC 或 TLS，地址和 endpoint 没有意义。',
  ),
  links: [reference],
  group: networking,
  kinds: ['ServiceEntry'],
  look: (spec) => (resolutionOf(spec) === 'DYNAMIC_DNS' ? dynamicRemarks(spec) : []),
  good: [...good, { says: 'a wildcard, HTTP and TLS', yaml: serviceEntry({ hosts: '["*.cnn.com"]', resolution: 'DYNAMIC_DNS' }) }],
  bad: [
    {
      says: 'a plain host',
      yaml: serviceEntry({ resolution: 'DYNAMIC_DNS' }),
      at: 'ServiceEntry/cnn spec.hosts.0',
      shows: { check: 'host must be wildcarded for resolution mode DYNAMIC_DNS' },
    },
    {
      says: 'HTTPS',
      yaml: serviceEntry({
        hosts: '["*.cnn.com"]',
        resolution: 'DYNAMIC_DNS',
        ports: '[{number: 443, name: https, protocol: HTTPS}]',
      }),
      at: 'ServiceEntry/cnn spec.ports.0.protocol',
      shows: { check: 'only HTTP, TLS, GRPC, and HTTP2 protocols are supported' },
    },
    {
      says: 'addresses',
      yaml: serviceEntry({ hosts: '["*.cnn.com"]', resolution: 'DYNAMIC_DNS', more: '  addresses: [198.51.100.7]\n' }),
      at: 'ServiceEntry/cnn spec.addresses',
      shows: { check: 'addresses cannot be set for resolution type DYNAMIC_DNS' },
    },
  ],
})

function dynamicRemarks(spec: Loose): Remark[] {
  const hosts = itemsOf(spec, 'hosts').flatMap(([index, host]): Remark[] =>
    typeof host === 'string' && !isWildcarded(host)
      ? [
          {
            path: ['spec', 'hosts', index],
            says: both(`DYNAMIC_DNS is for wildcards: Istio refuses ${host}.`, `DYNAMIC_DNS 用于通配符：Istio 会拒绝 ${host}。`),
            ...(asList(spec.hosts).length === 1 && { fix: written(['spec', 'resolution'], 'DNS') }),
          },
        ]
      : [],
  )
  const ports = itemsOf(spec, 'ports').flatMap(([index, port]): Remark[] => {
    const protocol = textOf(port, 'protocol').toLowerCase()
    if (['http', 'http2', 'grpc', 'tls'].includes(protocol)) return []
    const path = ['spec', 'ports', index, ...(has(port, 'protocol') ? ['protocol'] : [])]
    return [
      {
        path,
        says: both(
          `DYNAMIC_DNS is for HTTP, HTTP2, GRPC and TLS: Istio refuses ${protocol.toUpperCase() || 'a port without protocol'}.`,
          `DYNAMIC_DNS 用于 HTTP、HTTP2、GRPC 和 TLS：Istio 会拒绝 ${protocol.toUpperCase() || '没有协议的端口'}。`,
        ),
        ...(protocol === 'https' && { fix: written(path, 'TLS') }),
      },
    ]
  })
  const idle = ['addresses', 'endpoints'].filter((name) => asList(spec[name]).length > 0)
  return [
    ...hosts,
    ...ports,
    ...idle.map((name) => ({
      path: ['spec', name],
      says: both(`DYNAMIC_DNS has no ${name}: Istio refuses them.`, `DYNAMIC_DNS 没有 ${name}：Istio 会拒绝。`),
      fix: without([['spec', name]]),
    })),
  ]
}

export const webhookResolution = [wildcardDns, endpoints, wildcardOnly]
