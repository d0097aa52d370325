/** What Istio's webhook says of a ServiceEntry's hosts and ports (istio/README 5; pkg/config/validation, ValidateServiceEntry). */

import { asList, itemsOf, type Loose, numberOf, textOf, textsOf } from '../base/loose'
import { both } from '../base/text'
import { isLabel, isPartialWildcard, isWildcardDomain } from '../istio/host-name-validation'
import { isHTTP, isProtocol, isTLS } from '../istio/protocol'
import { documentRule, networking, type Remark } from '../rules/one-document'

const reference = 'https://istio.io/latest/docs/reference/config/networking/service-entry/'

/** A ServiceEntry with these hosts, ports and further lines below `spec`. */
export const serviceEntry = ({
  hosts = '[edition.cnn.com]',
  ports = '[{number: 80, name: http, protocol: HTTP}, {number: 443, name: tls, protocol: TLS}]',
  resolution = 'DNS',
  more = '',
}: {
  hosts?: string
  ports?: string
  resolution?: string
  more?: string
}) => `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: cnn
  namespace: default
spec:
  hosts: ${hosts}
  ports: ${ports}
  resolution: ${resolution}
${more}`

export const good = [
  { says: 'one host, DNS', yaml: serviceEntry({}) },
  { says: 'a wildcard without resolution', yaml: serviceEntry({ hosts: '["*.cnn.com"]', resolution: 'NONE' }) },
]

/** Left out, it is NONE. */
export const resolutionOf = (spec: Loose): string => textOf(spec, 'resolution') || 'NONE'

const names = documentRule({
  id: 'W60',
  level: 'error',
  title: both('Hosts of a ServiceEntry', 'ServiceEntry 的 hosts'),
  why: both(
    'A host is a name of DNS or a wildcard: no scheme, no port, no path. An IP address belongs into `addresses` or `endpoints`, beside any name as host.',
    'host 是 DNS 名称或通配符：不含协议、端口和路径。IP 地址应写在 `addresses` 或 `endpoints` 中，host 随意取名。',
  ),
  links: [reference, 'https://github.com/istio/istio/issues/13241'],
  group: networking,
  kinds: ['ServiceEntry'],
  look: (spec) =>
    itemsOf(spec, 'hosts').flatMap(([index, host]): Remark[] =>
      typeof host !== 'string' || host === '*' || isWildcardDomain(host)
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
      yaml: serviceEntry({ hosts: '["https://edition.cnn.com"]' }),
      at: 'ServiceEntry/cnn spec.hosts.0',
      shows: { check: 'invalid' },
    },
    {
      says: 'an IP address',
      yaml: serviceEntry({ hosts: '["151.101.1.67"]', resolution: 'NONE' }),
      at: 'ServiceEntry/cnn spec.hosts.0',
      shows: { check: 'invalid' },
    },
  ],
})

const partial = documentRule({
  id: 'W61',
  level: 'warning',
  title: both('Wildcard inside a label', '段内通配符'),
  why: both(
    'A wildcard stands for whole labels: `*.cnn.com`. Something like `*-edition.cnn.com` is not matched as one expects.',
    '通配符代表整段：`*.cnn.com`。类似 `*-edition.cnn.com` 的写法不会按预期匹配。',
  ),
  links: [reference],
  group: networking,
  kinds: ['ServiceEntry'],
  look: (spec) =>
    resolutionOf(spec) === 'DYNAMIC_DNS'
      ? []
      : itemsOf(spec, 'hosts').flatMap(([index, host]): Remark[] =>
          typeof host === 'string' && isPartialWildcard(host) && isWildcardDomain(host)
            ? [
                {
                  path: ['spec', 'hosts', index],
                  says: both(
                    `${host}: a wildcard stands for a whole label, as in *.cnn.com.`,
                    `${host}：通配符必须占整段，例如 *.cnn.com。`,
                  ),
                },
              ]
            : [],
        ),
  good,
  bad: [
    {
      says: 'a wildcard inside a label',
      yaml: serviceEntry({ hosts: '["*-edition.cnn.com"]', resolution: 'NONE' }),
      at: 'ServiceEntry/cnn spec.hosts.0',
      shows: { check: 'partial wildcard' },
    },
  ],
})

const ports = documentRule({
  id: 'W62',
  level: 'error',
  title: both('Ports of a ServiceEntry', 'ServiceEntry 的端口'),
  why: both(
    'A port has a protocol that Istio knows (HTTP, HTTPS, HTTP2, GRPC, TLS, TCP, MONGO, MYSQL, REDIS, UDP) and a name of letters, digits and dashes.',
    '端口的协议须是 Istio 认识的（HTTP、HTTPS、HTTP2、GRPC、TLS、TCP、MONGO、MYSQL、REDIS、UDP），名称只含字母、数字和连字符。',
  ),
  links: [`${reference}#ServicePort`],
  group: networking,
  kinds: ['ServiceEntry'],
  look: (spec) =>
    itemsOf(spec, 'ports').flatMap(([index, port]): Remark[] => {
      const protocol = textOf(port, 'protocol')
      const name = textOf(port, 'name')
      const target = numberOf(port, 'targetPort')
      const path = ['spec', 'ports', index]
      const unknown = protocol !== '' && !isProtocol(protocol)
      return [
        ...(unknown
          ? [{ path: [...path, 'protocol'], says: both(`Istio does not know the protocol ${protocol}.`, `Istio 不认识协议 ${protocol}。`) }]
          : []),
        ...(name !== '' && !isLabel(name)
          ? [
              {
                path: [...path, 'name'],
                says: both(
                  `${name} is no name of a port: letters, digits and dashes only.`,
                  `${name} 不是合法的端口名：只能含字母、数字和连字符。`,
                ),
              },
            ]
          : []),
        ...(target < 0 || target > 65535
          ? [{ path: [...path, 'targetPort'], says: both(`There is no port ${target}.`, `不存在端口 ${target}。`) }]
          : []),
      ]
    }),
  good,
  bad: [
    {
      says: 'a protocol that does not exist',
      yaml: serviceEntry({ ports: '[{number: 80, name: http, protocol: HTTP1}]' }),
      at: 'ServiceEntry/cnn spec.ports.0.protocol',
      shows: { check: 'unsupported protocol' },
    },
    {
      says: 'an underscore in the name',
      yaml: serviceEntry({ ports: '[{number: 80, name: http_cnn, protocol: HTTP}]' }),
      at: 'ServiceEntry/cnn spec.ports.0.name',
      shows: { check: 'invalid port name' },
    },
  ],
})

const severalTcp = documentRule({
  id: 'W63',
  level: 'error',
  title: both('Several hosts on a TCP port', '多个主机共用 TCP 端口'),
  why: both(
    'HTTP tells hosts apart by the Host header, TLS by SNI; plain TCP says nothing, so a ServiceEntry with a TCP port has one host, unless its resolution is NONE, where hosts do not count.',
    'HTTP 用 Host 头、TLS 用 SNI 区分主机；明文 TCP 无从区分，因此带 TCP 端口的 ServiceEntry 只能有一个主机，除非 resolution 为 NONE（此时不看主机）。',
  ),
  links: [reference],
  group: networking,
  kinds: ['ServiceEntry'],
  look: (spec) => {
    if (resolutionOf(spec) === 'NONE' || asList(spec.hosts).length < 2) return []
    const tcp = itemsOf(spec, 'ports').find(([, port]) => !isHTTP(textOf(port, 'protocol')) && !isTLS(textOf(port, 'protocol')))
    return tcp
      ? [
          {
            path: ['spec', 'ports', tcp[0]],
            says: both(
              'Several hosts share a port that is neither HTTP nor TLS: Istio refuses it. Write a ServiceEntry for each host.',
              '多个主机共用既非 HTTP 也非 TLS 的端口：Istio 会拒绝。请为每个主机写一个 ServiceEntry。',
            ),
          },
        ]
      : []
  },
  good: [...good, { says: 'several hosts, HTTP and TLS', yaml: serviceEntry({ hosts: '[edition.cnn.com, www.cnn.com]' }) }],
  bad: [
    {
      says: 'two hosts on a port for MongoDB',
      yaml: serviceEntry({ hosts: '[edition.cnn.com, www.cnn.com]', ports: '[{number: 27017, name: mongo, protocol: MONGO}]' }),
      at: 'ServiceEntry/cnn spec.ports.0',
      shows: { check: 'multiple hosts provided with non-HTTP, non-TLS ports' },
    },
  ],
})

/** Hosts that share an address cannot be told apart on a TCP port. */
const tcpHostsByAddress = documentRule({
  id: 'W64',
  level: 'warning',
  title: both('Several hosts behind one address', '多个主机共用一个地址'),
  why: both(
    'With `addresses` and a port that is read as TCP the address decides; several hosts behind it are one and the same.',
    '设置了 `addresses` 且端口按 TCP 处理时由地址决定；其后的多个主机无法区分。',
  ),
  links: [reference],
  group: networking,
  kinds: ['ServiceEntry'],
  look: (spec) => {
    const dns = ['DNS', 'DNS_ROUND_ROBIN'].includes(resolutionOf(spec))
    if (!dns || textsOf(spec, 'hosts').length < 2 || asList(spec.addresses).length === 0) return []
    const tcp = itemsOf(spec, 'ports').find(([, port]) =>
      ['tcp', 'https', 'tls', 'mongo', 'redis', 'mysql'].includes(textOf(port, 'protocol').toLowerCase()),
    )
    return tcp
      ? [
          {
            path: ['spec', 'hosts'],
            says: both('Several hosts behind the same addresses cannot be told apart.', '同一地址后的多个主机无法区分。'),
          },
        ]
      : []
  },
  good,
  bad: [
    {
      says: 'two hosts with addresses',
      yaml: serviceEntry({ hosts: '[edition.cnn.com, www.cnn.com]', more: '  addresses: [198.51.100.7]\n' }),
      at: 'ServiceEntry/cnn spec.hosts',
      shows: { check: 'service entry can not have more than one host specified simultaneously with address and tcp port' },
    },
  ],
})

export const webhookServiceEntry = [names, partial, ports, severalTcp, tcpHostsByAddress]
