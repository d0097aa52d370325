import { grouped } from '../base/collect'
import { spaced } from '../base/spaced'
import { both, type Text } from '../base/text'
import { sees } from '../istio/export-to'
import { hostBelow } from '../istio/host-name'
import type { DestinationRule, Mesh, ServiceHost, ServiceHostPort } from '../istio/mesh'
import { portsServed } from '../istio/service-registry'
import { carriesTls } from '../istio/tls-mode'
import type { Rule, RuleFinding, RuleInput } from '../rules/kind'
import { but, c3, c5, file } from './canon'
import { groundOf } from './ground'
import { at, called, foretellingOf, issue, list, ruled, setting } from './named'

const id = 'L12'
const plain = ['HTTP', 'HTTP2', 'GRPC']

/** HTTP on 443 leaves the app's TLS unmanaged (istio/README 7.1.3); TCP without addresses takes what belongs to other hosts. */
function check(of: RuleInput): RuleFinding[] {
  const uses = usesOf(of.mesh)
  const takers = grouped(
    of.mesh.serviceHosts,
    (entry) => new Set(entry.ports.filter((port) => takesAll(entry, port)).map(({ number }) => number)),
  )
  return of.mesh.serviceHosts.flatMap((entry) =>
    entry.ports.flatMap((port) => {
      const used = entry.hosts.map((host) => uses.get(`${host} ${port.number}`))
      const http = entry.by === 'ServiceEntry' && port.number === 443 && plain.includes(port.protocol)
      if (http && used.every((use) => use !== 'plain')) return [asHttp(of, entry, port)]
      if (!takesAll(entry, port)) return []
      const others = (takers.get(port.number) ?? []).filter((other) => other !== entry)
      return [asTcp(entry, port, others, used.includes('tcp'))]
    }),
  )
}

/** Protocols that Istio takes as bytes (istio/README 7.1). */
const bytes = ['TCP', 'MYSQL', 'MONGO', 'REDIS']

const takesAll = ({ by, hosts, addresses }: ServiceHost, { protocol }: ServiceHostPort): boolean =>
  // Several hosts on such a port are refused, which W63 tells.
  by === 'ServiceEntry' && hosts.length === 1 && addresses.length === 0 && bytes.includes(protocol)

/** How routes use a host's port: a port that a route sends plain HTTP to on purpose, or TCP. */
function usesOf(mesh: Mesh): Map<string, 'plain' | 'tcp'> {
  const uses = new Map<string, 'plain' | 'tcp'>()
  const originated = new Set(mesh.destinationRules.flatMap(portsWithTls))
  for (const entry of mesh.serviceHosts)
    for (const port of entry.ports)
      for (const served of portsServed(mesh, entry, port))
        for (const host of served === port.number ? [] : entry.hosts)
          if (!originated.has(`${host} ${port.number}`)) uses.set(`${host} ${served}`, 'plain')
  for (const { http, tcp } of mesh.routes) {
    for (const { to } of http)
      for (const { host, port } of to)
        if (!originated.has(`${host} ${port}`) && !originated.has(`${host} any`)) uses.set(`${host} ${port}`, 'plain')
    for (const { to } of tcp) for (const { host, port } of to) uses.set(`${host} ${port}`, 'tcp')
  }
  return uses
}

/** Ports that a rule starts TLS to: `host port`, or `host any`. */
const portsWithTls = ({ host, policy, subsets }: DestinationRule): string[] =>
  [policy, ...subsets.map((subset) => subset.policy)].flatMap((each) =>
    each
      ? [{ port: 'any', tls: each.tls }, ...each.ports]
          .filter(({ tls }) => tls && carriesTls(tls.mode))
          .map(({ port }) => `${host} ${port}`)
      : [],
  )

function asHttp(of: RuleInput, entry: ServiceHost, port: ServiceHostPort): RuleFinding {
  const hosts = list(entry.hosts)
  const [host = ''] = entry.hosts
  const registryOnly = of.around.outbound === 'REGISTRY_ONLY'
  const finding = ruled(
    id,
    'warning',
    at(port.from, 'protocol'),
    both(
      `${called(entry)} says that port 443 of ${hosts} speaks ${port.protocol}. An app’s https://${hosts} then belongs to no one.`,
      `${called(entry)} 声明 ${hosts} 的 443 端口使用 ${port.protocol}。应用发送的 https://${hosts} 因此无人认领。`,
    ),
    setting(both('Say HTTPS', '改为 HTTPS'), [at(port.from, 'protocol'), 'HTTPS']),
  )
  const clients = groundOf(of).clients.filter((client) => sees(client.namespace, entry))
  return foretellingOf(
    finding,
    clients,
    `https://${hostBelow(host, 'www')}/`,
    registryOnly
      ? both('the sidecar cuts it off under REGISTRY_ONLY', '在 REGISTRY_ONLY 下 Sidecar 会切断它')
      : both('it leaves as unknown traffic through PassthroughCluster', '它作为未知流量经 PassthroughCluster 直接离开'),
    registryOnly ? [{ fails: true }] : [{ direct: true }],
  )
}

function asTcp(entry: ServiceHost, port: ServiceHostPort, others: readonly ServiceHost[], routed: boolean): RuleFinding {
  const hosts = list(entry.hosts)
  const [rival] = others
  const also: Text = rival
    ? both(
        ` ${called(rival)} wants the same for ${list(rival.hosts)}: of the two only one gets all.`,
        `${called(rival)} 也想为 ${list(rival.hosts)} 接管该端口：二者之中只有一个得到全部连接。`,
      )
    : both('', '')
  return ruled(
    id,
    'warning',
    at(port.from, 'protocol'),
    both(
      `${called(entry)} has ${port.protocol} on port ${port.number} and no addresses: every connection to that port that no SNI rule takes goes to ${hosts}, whatever host the app asked for.${also.en}`,
      spaced(
        `${called(entry)} 的 ${port.number} 端口为 ${port.protocol}，却没有 addresses：凡是没有 SNI 规则认领的连接，无论应用请求的是哪个主机，都会被送往 ${hosts}。${also.zh}`,
      ),
    ),
    port.number === 443 && !routed && entry.hosts.length > 0
      ? setting(both('Say TLS', '改为 TLS'), [at(port.from, 'protocol'), 'TLS'])
      : undefined,
  )
}

const other = `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: db, namespace: default}
spec:
  hosts: [db.example.com]
  ports: [{number: 443, name: tcp, protocol: TCP}]
  resolution: DNS
`

const mysql = (name: string) => `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: ${name}, namespace: default}
spec:
  hosts: [${name}.example.com]
  ports: [{number: 3306, name: mysql, protocol: MYSQL}]
  resolution: DNS
`

export const portProtocol: Rule = {
  id,
  level: 'warning',
  title: both('The protocol of the port does not tell hosts apart', '端口的协议无法区分主机'),
  why: both(
    'On a port that all outside hosts share, a sidecar tells them apart by the Host header for HTTP and by the SNI for HTTPS and TLS. TLS that arrives on a port declared as HTTP fits neither. TCP has no name at all: without `addresses` of its own, such an entry takes everything that nothing else took.',
    '对所有外部主机共用的端口，Sidecar 对 HTTP 按 Host 头区分主机，对 HTTPS 和 TLS 按 SNI 区分。TLS 到达声明为 HTTP 的端口时，两者都不适用。TCP 则完全没有名称：如果没有自己的 `addresses`，这样的条目会接走所有未被认领的连接。',
  ),
  links: [issue(16458), issue(17358), issue(58696), 'https://istio.io/latest/docs/ops/common-problems/network-issues/'],
  check,
  good: [
    { says: 'HTTP on 80, HTTPS on 443.', yaml: c5, url: 'http://edition.cnn.com/politics' },
    { says: 'TLS on 443.', yaml: c3, url: 'https://edition.cnn.com/politics' },
    {
      says: 'The endpoint serves plain HTTP at 443, by the port that apps ask for too.',
      yaml: `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: cnn, namespace: default}
spec:
  hosts: [edition.cnn.com]
  ports: [{number: 80, name: http, protocol: HTTP}, {number: 443, name: http-alt, protocol: HTTP}]
  resolution: DNS
  endpoints: [{address: edition.cnn.com, ports: {http: 443}}]
`,
      around: { hosts: { 'edition.cnn.com': { ports: { '443': 'plain' } } } },
      url: 'http://edition.cnn.com/politics',
      direct: true,
    },
  ],
  bad: [
    {
      says: 'HTTP on 443: the app’s own https is unmanaged.',
      yaml: but(c5, ['name: https, protocol: HTTPS}]', 'name: https, protocol: HTTP}]']),
      at: 'ServiceEntry/cnn spec.ports.1.protocol',
      shows: { url: 'https://edition.cnn.com/politics', ends: { status: 200, direct: true } },
    },
    {
      says: 'TCP on 443 without addresses: another host’s connection ends at the wrong server.',
      yaml: file(other),
      around: { hosts: { 'db.example.com': {} } },
      at: 'ServiceEntry/db spec.ports.0.protocol',
      shows: { url: 'https://edition.cnn.com/politics', ends: { exit: 60 } },
    },
    {
      says: 'Two hosts of MySQL on one port: one of them gets what was meant for the other.',
      yaml: file(mysql('one'), mysql('two')),
      around: { hosts: { 'one.example.com': { ports: { '3306': 'tls' } }, 'two.example.com': { ports: { '3306': 'tls' } } } },
      at: 'ServiceEntry/two spec.ports.0.protocol',
      shows: { url: 'https://two.example.com:3306/', ends: { exit: 60 } },
    },
  ],
}
