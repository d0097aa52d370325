import { both } from '../base/text'
import { sees } from '../istio/export-to'
import type { Routes, ServiceHost } from '../istio/mesh'
import { matchesAt } from '../istio/virtual-service'
import type { Documents, Rule, RuleFinding, RuleInput } from '../rules/kind'
import type { Change, Fix, Place } from '../yaml/document'
import { sameDocument, valueAt } from '../yaml/place'
import { but, c1, c6, file } from './canon'
import { type Ground, groundOf } from './ground'
import { asking } from './legs'
import { called, foretelling, inside, issue, list, once, ruled, setting } from './named'
import { walkOf } from './walk'

const id = 'L18'

/** One host in several VirtualServices of the mesh, or in ServiceEntries of several namespaces (istio/README 7.2, 7.3). */
function check(of: RuleInput): RuleFinding[] {
  const ground = groundOf(of)
  return once([...contested(of, ground), ...divided(of, ground)])
}

/** Ports of the mesh that the HTTP routes of a VirtualService take, by whom they are for; null means all. */
const portsIn = (routes: Routes): (number | null)[] =>
  routes.http.flatMap((route) => matchesAt(routes, route, 'mesh').map((match) => match?.port ?? null))

function contested({ documents, mesh }: RuleInput, ground: Ground): RuleFinding[] {
  const first = new Map<string, Routes[]>()
  return mesh.routes
    .filter(({ by, http, gateways }) => by === 'VirtualService' && http.length > 0 && gateways.includes('mesh'))
    .flatMap((routes) =>
      routes.hosts.flatMap((host, index) => {
        const before = first.get(host) ?? []
        const rival = before.find((other) => !sameDocument(other.from.of, routes.from.of) && clash(ground, other, routes))
        first.set(host, [...before.slice(0, 8), routes])
        return rival ? [loses(documents, rival, routes, host, index)] : []
      }),
    )
}

/** Both take the same port for the same client; one that has nothing for it is passed over. */
function clash(ground: Ground, one: Routes, other: Routes): boolean {
  const [ours, theirs] = [portsIn(one), portsIn(other)]
  const same = ours.some((port) => port === null || theirs.includes(port) || theirs.includes(null)) && theirs.length > 0
  return same && ground.clients.some((client) => isFor(one, client) && isFor(other, client))
}

const isFor = (routes: Routes, client: Ground['clients'][number]): boolean =>
  sees(client.namespace, routes) &&
  routes.http.some((route) => matchesAt(routes, route, 'mesh').some((match) => asking([client], 'http', match).length > 0))

function loses(documents: Documents, older: Routes, younger: Routes, host: string, index: number): RuleFinding {
  return ruled(
    id,
    'warning',
    inside(younger, 'spec', 'hosts', index),
    both(
      `${called(younger)} and ${called(older)} both have HTTP routes for ${host} in the mesh: sidecars use the older one alone, and the routes of the other are never asked. They are not merged.`,
      `${called(younger)} 与 ${called(older)} 都在网格中为 ${host} 设置了 HTTP 路由：Sidecar 只采用较早的那个，另一个的路由从不被查询。它们不会合并。`,
    ),
    joined(documents, older, younger),
  )
}

/**
 * The routes of the mesh in the older one, those of the younger first, for they were meant to lead elsewhere; the younger keeps what it has at
 * gateways. Certain where both are for this host alone, in one namespace, and each match says at which gateway it counts.
 */
function joined(documents: Documents, older: Routes, younger: Routes): Fix | undefined {
  const alone = [older, younger].every(({ hosts, tls, tcp }) => hosts.length === 1 && tls.length + tcp.length === 0)
  const bound = younger.gateways.some((gateway) => gateway !== 'mesh')
  const says = younger.http.every(({ matches }) => matches.length > 0 && matches.every(({ gateways }) => gateways !== null))
  const inMesh = younger.http.filter((route) => matchesAt(younger, route, 'mesh').length > 0)
  const whole = inMesh.every((route) => matchesAt(younger, route, 'mesh').length === route.matches.length)
  if (!alone || older.namespace !== younger.namespace || !whole || (bound && !says)) return undefined
  const written = ({ http }: Pick<Routes, 'http'>) => http.map(({ from }) => valueAt(documents, from))
  const http = inside(older, 'spec', 'http')
  const rest = younger.http.filter((route) => !inMesh.includes(route))
  const more: Change[] =
    bound && rest.length > 0
      ? [
          { set: inside(younger, 'spec', 'http'), value: written({ http: rest }) },
          {
            set: inside(younger, 'spec', 'gateways'),
            value: (valueAt(documents, inside(younger, 'spec', 'gateways')) as string[]).filter((each) => each !== 'mesh'),
          },
        ]
      : [{ remove: { of: younger.from.of, path: [] } }]
  return {
    says: both('Join their routes', '合并它们的路由'),
    changes: [{ set: http, value: [...written({ http: inMesh }), ...written(older)] }, ...more],
  }
}

function divided(of: RuleInput, ground: Ground): RuleFinding[] {
  const { mesh } = of
  const first = new Map<string, ServiceHost>()
  return mesh.serviceHosts
    .filter(({ by }) => by === 'ServiceEntry')
    .flatMap((entry) =>
      entry.hosts.flatMap((host, index) => {
        const before = first.get(host)
        if (!before) first.set(host, entry)
        return before && differ(ground, before, entry)
          ? [astray(of, before, entry, host, twice(of.documents, before, entry, host, index))]
          : []
      }),
    )
}

const numbers = ({ ports }: ServiceHost): string[] => ports.map(({ number }) => String(number))

/** Entries of one namespace bring their ports together; those of two do not, and somebody sees both. */
function differ(ground: Ground, one: ServiceHost, other: ServiceHost): boolean {
  const [ours, theirs] = [numbers(one), numbers(other)]
  const same = ours.length === theirs.length && ours.every((port) => theirs.includes(port))
  const everybody = [...ground.clients, ...ground.gateways].map(({ namespace }) => namespace)
  return one.namespace !== other.namespace && !same && everybody.some((from) => sees(from, one) && sees(from, other))
}

/** With what comes of it where a gateway is sent to a port that only one of them has. */
function astray(of: RuleInput, before: ServiceHost, entry: ServiceHost, host: string, finding: RuleFinding): RuleFinding {
  const landing = walkOf(of).landings.find(
    ({ to }) => to.host === host && lacking(before, entry, to.port) !== lacking(entry, before, to.port),
  )
  if (!landing) return finding
  const says = both(
    `the gateway uses the one without port ${landing.to.port}, and has no cluster for it (NC)`,
    `网关采用的是没有 ${landing.to.port} 端口的那一个，因此没有对应的 cluster（NC）`,
  )
  return foretelling(finding, landing.leg, landing.host, says, [{ fails: true, log: { flags: 'NC' } }])
}

const lacking = (one: ServiceHost, other: ServiceHost, port: number | null): boolean =>
  !one.ports.some(({ number }) => number === port) && other.ports.some(({ number }) => number === port)

/** The ports of the other in each of them, under names that are free there. */
function shared(documents: Documents, one: ServiceHost, other: ServiceHost): Fix {
  const missing = (here: ServiceHost, there: ServiceHost): [Place, unknown][] => {
    const names = new Set(here.ports.map(({ name }) => name))
    const ports = there.ports.filter(({ number }) => !here.ports.some((port) => port.number === number))
    return ports.map((port, index) => {
      const written = valueAt(documents, port.from) as object
      const name = names.has(port.name) ? `${port.name}-${port.number}` : port.name
      return [inside(here, 'spec', 'ports', here.ports.length + index), { ...written, name }]
    })
  }
  return setting(both('Give both the same ports', '让两者的端口相同'), ...missing(one, other), ...missing(other, one))
}

function twice(documents: Documents, before: ServiceHost, entry: ServiceHost, host: string, index: number): RuleFinding {
  return ruled(
    id,
    'warning',
    inside(entry, 'spec', 'hosts', index),
    both(
      `${host} is in ${called(before)} with ports ${list(numbers(before))} and in ${called(entry)} with ${list(numbers(entry))}: ports are not merged across namespaces. Each sidecar uses its own namespace’s entry, gateways by the older, and none of them knows the ports of the other.`,
      `${host} 同时出现在 ${called(before)}（端口 ${list(numbers(before))}）和 ${called(entry)}（端口 ${list(numbers(entry))}）中：不同命名空间的端口不会合并。每个 Sidecar 采用自己命名空间的条目，网关采用较早的一个；它们都不知道另一个条目的端口。`,
    ),
    shared(documents, before, entry),
  )
}

const secondService = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: retries-for-cnn, namespace: default}
spec:
  hosts: [edition.cnn.com]
  http:
  - route: [{destination: {host: edition.cnn.com, port: {number: 80}}}]
    retries: {attempts: 5}
`
const elsewhere = (ports: string) => `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: cnn, namespace: another-team}
spec:
  hosts: [edition.cnn.com]
  ports: [${ports}]
  resolution: DNS
`
const http80 = '{number: 80, name: http, protocol: HTTP}'

export const severalOwners: Rule = {
  id,
  level: 'warning',
  title: both('One host, several owners', '一个主机，多个所有者'),
  why: both(
    'For sidecars only one VirtualService with HTTP routes counts for a host and port: the oldest. At gateways, and between http and tls, several work together. ServiceEntries of one namespace add their ports up, those of several do not, and who sees which depends on the namespace and on age.',
    '对 Sidecar 来说，一个主机和端口只有一个带 HTTP 路由的 VirtualService 生效：最早的那个。在网关上，以及 http 与 tls 之间，多个可以并存。同一命名空间的 ServiceEntry 会合并端口，不同命名空间的不会；谁看到哪一个，取决于命名空间和先后。',
  ),
  links: [issue(56826), issue(55879), issue(13008), issue(8462), 'https://istio.io/latest/docs/reference/config/analysis/ist0109/'],
  check,
  good: [
    { says: 'One VirtualService with both legs, one ServiceEntry.', yaml: c1, url: 'http://edition.cnn.com/politics' },
    { says: 'The same ports in another namespace.', yaml: file(c1, elsewhere(http80)), url: 'http://edition.cnn.com/politics' },
  ],
  bad: [
    {
      says: 'A second VirtualService, older, takes the host: past the gateway.',
      yaml: file(secondService, but(c1, ['direct-cnn-through-egress-gateway', 'to-the-gateway'])),
      at: 'VirtualService/to-the-gateway spec.hosts.0',
      shows: { url: 'http://edition.cnn.com/politics', ends: { direct: true } },
    },
    {
      says: 'An older entry elsewhere lacks the port that the gateway sends to.',
      yaml: file(elsewhere(http80), c6),
      at: 'ServiceEntry/cnn spec.hosts.0',
      shows: { url: 'http://edition.cnn.com/politics', ends: { status: 503 } },
    },
  ],
}
