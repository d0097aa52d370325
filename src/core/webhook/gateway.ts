/** What Istio's webhook refuses in a Gateway, but for TLS (istio/README 5; pkg/config/validation, ValidateGateway). */

import { isIP } from '../base/ip'
import { asList, field, has, inside, itemsOf, type Loose, numberOf, textOf } from '../base/loose'
import { both } from '../base/text'
import { isLabel, isPartialWildcard, isWildcardDomain } from '../istio/host-name-validation'
import { isProtocol } from '../istio/protocol'
import { documentRule, networking, type Remark, without, written } from '../rules/one-document'

const reference = 'https://istio.io/latest/docs/reference/config/networking/gateway/'

/** A Gateway with these lines under `servers`. */
const gateway = (servers: string, name = 'istio-egressgateway') => `apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: ${name}
  namespace: default
spec:
  selector:
    istio: egressgateway
  servers:${servers}
`

const httpServer = (host: string, port = 'number: 80\n      name: http\n      protocol: HTTP') => `
  - port:
      ${port}
    hosts:
    - "${host}"`

const good = { says: 'an HTTP server for one host', yaml: gateway(httpServer('edition.cnn.com')) }

/** A name with a dot cannot be told from `name.namespace` in a VirtualService. */
const gatewayName = documentRule({
  id: 'W10',
  level: 'error',
  title: both('Name of a Gateway', 'Gateway 的名称'),
  why: both(
    'VirtualServices name a Gateway as `name`, `namespace/name` or, in the old form, `name.namespace`. A dot in the name itself would be read as the last of these, so Istio refuses it.',
    'VirtualService 以 `name`、`namespace/name` 或旧写法 `name.namespace` 引用 Gateway。名称中的点会被当作最后一种写法，因此 Istio 会拒绝。',
  ),
  links: [reference],
  group: networking,
  kinds: ['Gateway'],
  look: (_spec, { name }) =>
    isLabel(name)
      ? []
      : [
          {
            path: ['metadata', 'name'],
            says: both(
              `Istio refuses the name ${name}: a Gateway’s name has letters, digits and dashes only.`,
              `Istio 会拒绝名称 ${name}：Gateway 的名称只能含字母、数字和连字符。`,
            ),
          },
        ],
  good: [good],
  bad: [
    {
      says: 'a dot in the name',
      yaml: gateway(httpServer('edition.cnn.com'), 'cnn.egress'),
      at: 'Gateway/cnn.egress metadata.name',
      shows: { check: 'invalid gateway name' },
    },
  ],
})

const noServer = documentRule({
  id: 'W11',
  level: 'error',
  title: both('Gateway without servers or hosts', 'Gateway 没有 server 或 host'),
  why: both(
    'A Gateway is nothing but its servers, and a server is told apart by its hosts. Istio refuses a Gateway without the one or the other.',
    'Gateway 由 server 组成，server 由 hosts 区分。缺少其中之一，Istio 都会拒绝。',
  ),
  links: [reference],
  group: networking,
  kinds: ['Gateway'],
  look: (spec) => {
    if (asList(spec.servers).length === 0)
      return [
        {
          path: ['spec', 'servers'],
          says: both('Istio refuses a Gateway without a server.', 'Istio 会拒绝没有 server 的 Gateway。'),
        },
      ]
    return servers(spec).flatMap(([index, server]) =>
      has(server, 'hosts') && asList(field(server, 'hosts')).length === 0
        ? [
            {
              path: ['spec', 'servers', index, 'hosts'],
              says: both('Istio refuses a server without a host.', 'Istio 会拒绝没有 host 的 server。'),
            },
          ]
        : [],
    )
  },
  good: [good],
  bad: [
    {
      says: 'an empty list of servers',
      yaml: gateway(' []'),
      at: 'Gateway/istio-egressgateway spec.servers',
      shows: { check: 'gateway must have at least one server' },
    },
    {
      says: 'a server with an empty list of hosts',
      yaml: gateway('\n  - port:\n      number: 80\n      name: http\n      protocol: HTTP\n    hosts: []'),
      at: 'Gateway/istio-egressgateway spec.servers.0.hosts',
      shows: { check: 'server config must contain at least one host' },
    },
  ],
})

const portNames = documentRule({
  id: 'W12',
  level: 'error',
  title: both('Port names of a Gateway are unique', 'Gateway 的端口名必须唯一'),
  why: both(
    'Each server of one Gateway has a port name of its own; Istio refuses a second server with the same name. Other Gateways may use it.',
    '同一 Gateway 内每个 server 的端口名各不相同；重复时 Istio 会拒绝。其他 Gateway 可以使用相同的名称。',
  ),
  links: [reference],
  group: networking,
  kinds: ['Gateway'],
  look: (spec) => {
    const taken = new Set<string>()
    const all = new Set(servers(spec).map(([, server]) => textOf(inside(server, 'port'), 'name')))
    return servers(spec).flatMap(([index, server]): Remark[] => {
      const name = textOf(inside(server, 'port'), 'name')
      if (name === '' || !taken.has(name)) {
        taken.add(name)
        return []
      }
      const path = ['spec', 'servers', index, 'port', 'name']
      const free = freeName(name, all)
      all.add(free)
      return [
        {
          path,
          says: both(
            `Two servers of this Gateway have the port name ${name}: Istio refuses it.`,
            `此 Gateway 有两个 server 的端口名都是 ${name}：Istio 会拒绝。`,
          ),
          fix: written(path, free),
        },
      ]
    })
  },
  good: [good],
  bad: [
    {
      says: 'two servers named http',
      yaml: gateway(httpServer('edition.cnn.com') + httpServer('www.example.com', 'number: 8080\n      name: http\n      protocol: HTTP')),
      at: 'Gateway/istio-egressgateway spec.servers.1.port.name',
      shows: { check: 'port names in servers must be unique' },
    },
  ],
})

const serverPort = documentRule({
  id: 'W13',
  level: 'error',
  title: both('Port of a Gateway’s server', 'Gateway server 的端口'),
  why: both(
    'A server needs a protocol that Istio knows. `targetPort` has no meaning here: which port of the pod is bound follows from the gateway’s Service.',
    'server 需要 Istio 认识的协议。`targetPort` 在这里没有意义：绑定 Pod 的哪个端口由网关的 Service 决定。',
  ),
  links: [`${reference}#Port`],
  group: networking,
  kinds: ['Gateway'],
  look: (spec) => servers(spec).flatMap(([index, server]) => portRemarks(inside(server, 'port'), ['spec', 'servers', index, 'port'])),
  good: [good],
  bad: [
    {
      says: 'a protocol that does not exist',
      yaml: gateway(httpServer('edition.cnn.com', 'number: 80\n      name: http\n      protocol: HTTP1')),
      at: 'Gateway/istio-egressgateway spec.servers.0.port.protocol',
      shows: { check: 'invalid protocol' },
    },
    {
      says: 'a targetPort',
      yaml: gateway(httpServer('edition.cnn.com', 'number: 80\n      name: http\n      protocol: HTTP\n      targetPort: 8080')),
      at: 'Gateway/istio-egressgateway spec.servers.0.port.targetPort',
      shows: { check: 'targetPort has no impact on Gateways' },
    },
    {
      says: 'a port beyond 65535',
      yaml: gateway(httpServer('edition.cnn.com', 'number: 70000\n      name: http\n      protocol: HTTP')),
      at: 'Gateway/istio-egressgateway spec.servers.0.port.number',
      shows: { check: 'port number 70000 must be in the range 1..65535' },
    },
  ],
})

function portRemarks(port: Loose, path: readonly (string | number)[]): Remark[] {
  const remarks: Remark[] = []
  const protocol = textOf(port, 'protocol')
  const number = numberOf(port, 'number')
  if (protocol !== '' && !isProtocol(protocol))
    remarks.push({
      path: [...path, 'protocol'],
      says: both(`Istio does not know the protocol ${protocol}.`, `Istio 不认识协议 ${protocol}。`),
    })
  if (number > 65535 || number < 0)
    remarks.push({ path: [...path, 'number'], says: both(`There is no port ${number}.`, `不存在端口 ${number}。`) })
  if (numberOf(port, 'targetPort') > 0)
    remarks.push({
      path: [...path, 'targetPort'],
      says: both('A Gateway’s server has no targetPort: Istio refuses it.', 'Gateway 的 server 没有 targetPort：Istio 会拒绝。'),
      fix: without([[...path, 'targetPort']]),
    })
  return remarks
}

const serverHosts = documentRule({
  id: 'W14',
  level: 'error',
  title: both('Hosts of a Gateway’s server', 'Gateway server 的 hosts'),
  why: both(
    'A server’s hosts are full names (`edition.cnn.com`), wildcards of whole labels (`*.cnn.com`, `*`) or IP addresses, and may be narrowed to the VirtualServices of one namespace: `ns/name`, `./name`. Short names of Services are refused.',
    'server 的 hosts 是完整名称（`edition.cnn.com`）、整段通配符（`*.cnn.com`、`*`）或 IP 地址，也可以限定某个命名空间的 VirtualService：`ns/name`、`./name`。Service 的短名称会被拒绝。',
  ),
  links: [`${reference}#Server`],
  group: networking,
  kinds: ['Gateway'],
  look: (spec) =>
    servers(spec).flatMap(([index, server]) =>
      itemsOf(server, 'hosts').flatMap(([at, host]) => {
        const trouble = typeof host === 'string' ? serverHostTrouble(host) : null
        return trouble ? [{ path: ['spec', 'servers', index, 'hosts', at], says: trouble }] : []
      }),
    ),
  good: [
    good,
    { says: 'a wildcard of one namespace', yaml: gateway(httpServer('./*.cnn.com')) },
    { says: 'an IP address', yaml: gateway(httpServer('10.0.0.1')) },
  ],
  bad: [
    {
      says: 'a short name',
      yaml: gateway(httpServer('cnn')),
      at: 'Gateway/istio-egressgateway spec.servers.0.hosts.0',
      shows: { check: 'short names (non FQDN) are not allowed' },
    },
    {
      says: 'a wildcard inside a label',
      yaml: gateway(httpServer('*-edition.cnn.com')),
      at: 'Gateway/istio-egressgateway spec.servers.0.hosts.0',
      shows: { check: 'partial wildcard' },
    },
    {
      says: 'a URL in place of a host',
      yaml: gateway(httpServer('https://edition.cnn.com')),
      at: 'Gateway/istio-egressgateway spec.servers.0.hosts.0',
      shows: { check: 'invalid' },
    },
  ],
})

function serverHostTrouble(written: string) {
  const slash = written.indexOf('/')
  const namespace = slash < 0 ? '*' : written.slice(0, slash)
  const host = slash < 0 ? written : written.slice(slash + 1)
  if (namespace !== '*' && namespace !== '.' && !isLabel(namespace))
    return both(
      `Istio refuses ${written}: before the slash comes a namespace, \`.\` or \`*\`.`,
      `Istio 会拒绝 ${written}：斜杠前应为命名空间、\`.\` 或 \`*\`。`,
    )
  if (host !== '*' && !host.includes('.'))
    return both(`Istio refuses the short name ${written}: write the whole host name.`, `Istio 会拒绝短名称 ${written}：请写完整的主机名。`)
  if (isPartialWildcard(host))
    return both(
      `Istio refuses ${written}: a wildcard stands for a whole label, as in *.cnn.com.`,
      `Istio 会拒绝 ${written}：通配符必须占整段，例如 *.cnn.com。`,
    )
  return isWildcardDomain(host) || isIP(host)
    ? null
    : both(`${written} is no name of a host: Istio refuses it.`, `${written} 不是主机名：Istio 会拒绝。`)
}

const servers = (spec: Loose) => itemsOf(spec, 'servers')

function freeName(name: string, taken: ReadonlySet<string>): string {
  for (let count = 2; ; count++) if (!taken.has(`${name}-${count}`)) return `${name}-${count}`
}

export const webhookGateway = [gatewayName, noServer, portNames, serverPort, serverHosts]
