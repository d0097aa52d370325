import { spaced } from '../base/spaced'
import { both } from '../base/text'
import { sees } from '../istio/export-to'
import { hostBelow, subsetOf } from '../istio/host-name'
import type { Routes } from '../istio/mesh'
import { isHTTP } from '../istio/protocol'
import { matchesAt } from '../istio/virtual-service'
import type { Documents, Rule, RuleFinding, RuleInput } from '../rules/kind'
import type { Change, Fix, Place } from '../yaml/document'
import { valueAt } from '../yaml/place'
import { but, c1, c3, gatewayHost } from './canon'
import { type Ground, groundOf } from './ground'
import { asking, type Leg, legsOf, routeKinds, urlOf } from './legs'
import { at, called, foretelling, foretellingOf, inside, issue, list, ofSome, once, ruled, server, setting } from './named'
import { type Trouble, troublesOf } from './walk'

const id = 'L4'
type Lost = Extract<Trouble, { is: 'unserved' | 'unbound' }>

/** A VirtualService counts at the gateways that it lists, by full name, and in the mesh only where it lists `mesh` (istio/README 7.2, 7.3). */
function check(of: RuleInput): RuleFinding[] {
  const ground = groundOf(of)
  return once([
    ...shortNames(of, ground),
    ...withoutMesh(of, ground),
    ...troublesOf(of, 'unserved', 'unbound').map((trouble) =>
      ofSome(
        foretelling(unmet(of.documents, ground, trouble), trouble.leg, trouble.host, refused, [{ fails: true }], trouble.clients),
        trouble,
      ),
    ),
  ])
}

/** Routes at a gateway that send on to the very host, while no route in the mesh leads there. */
function withoutMesh(of: RuleInput, ground: Ground): RuleFinding[] {
  const led = new Set(legsOf(of).flatMap(({ hosts }) => hosts))
  return of.mesh.routes
    .filter((routes) => routes.by === 'VirtualService' && !routes.gateways.includes('mesh') && !routes.hosts.some((host) => led.has(host)))
    .filter((routes) =>
      routes.gateways.some((gatewayName) =>
        ground.gatewayServersCalled(gatewayName).some((gatewayServer) => ground.gatewaysOf(gatewayServer).length > 0),
      ),
    )
    .filter((routes) => goesOut(routes))
    .map((routes) => ({ ...forgotten(of.documents, ground, routes), ...straight(ground, routes) }))
}

const refused = both('the gateway does not know where to send what arrives, and refuses it', '网关不知道该把到达的请求送往哪里，因此拒绝')

/** An app's request for the first of the hosts. */
function straight({ clients }: Ground, { http, tls, hosts: [host] }: Routes): Pick<RuleFinding, 'foretells'> {
  const scheme = http.length > 0 ? 'http' : tls.length > 0 ? 'https' : null
  if (!scheme || host === undefined || clients.length === 0) return {}
  const says = both('the app’s requests leave straight past the gateway', '应用的请求绕过网关直接离开')
  return { foretells: { clients, url: `${scheme}://${hostBelow(host, 'www')}/`, ends: [{ direct: true }], says } }
}

/** Egress: what arrives for a host is sent to that host. */
const goesOut = (routes: Routes): boolean =>
  routeKinds.some((kind) => routes[kind].some(({ to }) => to.some((target) => routes.hosts.some((host) => subsetOf(target.host, host)))))

function forgotten(documents: Documents, ground: Ground, routes: Routes): RuleFinding {
  const place = inside(routes, 'spec', 'gateways')
  const written = valueAt(documents, place)
  const hosts = list(routes.hosts)
  const all = routeKinds.flatMap((kind) => routes[kind])
  const leads = all.some(
    ({ to, matches }) => to.some(({ host }) => ground.gatewayOf(host)) || matches.some(({ gateways }) => gateways?.includes('mesh')),
  )
  return ruled(
    id,
    'error',
    place,
    both(
      `${called(routes)} lists ${list(routes.gateways)} and not mesh, and nothing else sends ${hosts} to the gateway: sidecars do not read it.`,
      `${called(routes)} 只列出 ${list(routes.gateways)}，没有 mesh，也没有别的对象把 ${hosts} 送往网关：Sidecar 不会读取它。`,
    ),
    !Array.isArray(written)
      ? undefined
      : leads
        ? setting(both('List mesh', '加上 mesh'), [place, ['mesh', ...written]])
        : led(ground, routes, written),
  )
}

/**
 * The missing leg: plain HTTP to the one gateway that the routes are for. Certain where each match names its gateways, so that none of them
 * counts in the mesh, and where the server expects plain text, so that nothing has to be said of the hop.
 */
function led(ground: Ground, routes: Routes, names: readonly unknown[]): Fix | undefined {
  const servers = routes.gateways.flatMap((gatewayName) => ground.gatewayServersCalled(gatewayName))
  const [server] = servers
  const [gateway] = server ? ground.gatewaysOf(server) : []
  const ports = new Set(
    routes.hosts
      .flatMap((host) => ground.entriesFor(host))
      .flatMap(({ ports }) => ports.filter(({ protocol }) => isHTTP(protocol)).map(({ number }) => number)),
  )
  const apart = routes.http.every(({ matches }) => matches.length > 0 && matches.every(({ gateways }) => gateways !== null))
  const [port] = ports
  if (!server || !gateway || servers.length > 1 || server.tls || routes.http.length === 0 || routes.tls.length + routes.tcp.length > 0)
    return undefined
  if (!apart || ports.size !== 1 || port === undefined) return undefined
  const leg = {
    match: [{ gateways: ['mesh'], port }],
    route: [{ destination: { host: gateway.host, port: { number: server.number } } }],
  }
  return setting(
    both('Lead the mesh to the gateway', '让网格走网关'),
    [inside(routes, 'spec', 'gateways'), ['mesh', ...names]],
    [inside(routes, 'spec', 'http', routes.http.length), leg],
  )
}

/** A short name of the gateway's Service, which is in another namespace than the VirtualService (istio/README 7.2). */
function shortNames(of: RuleInput, ground: Ground): RuleFinding[] {
  const byName = new Map(ground.gateways.map((gateway) => [gateway.name, gateway]))
  return of.mesh.routes.flatMap((routes) =>
    routeKinds.flatMap((kind) =>
      routes[kind].flatMap((route) =>
        route.to.flatMap((target) => {
          const gateway = target.short && !target.short.includes('.') ? byName.get(target.short) : undefined
          const known = ground.gatewayOf(target.host) || ground.serviceHostsOf(target.host).length > 0
          return gateway && !known && routes.by === 'VirtualService'
            ? [tooShort(ground, { kind, routes, route, to: target }, gateway.host)]
            : []
        }),
      ),
    ),
  )
}

function tooShort(ground: Ground, sent: Pick<Leg, 'kind' | 'routes' | 'route' | 'to'>, full: string): RuleFinding {
  const { kind, routes, route, to } = sent
  const { host, short, from } = to
  const place = at(from, 'destination', 'host')
  const [match] = matchesAt(routes, route, 'mesh')
  const [name] = (kind === 'tls' && match?.sniHosts) || routes.hosts
  const finding = ruled(
    id,
    'error',
    place,
    both(
      `${called(routes)} sends to ${short}, which in namespace ${routes.namespace} means ${host}: there is no such Service. The gateway is ${full}.`,
      `${called(routes)} 转发到 ${short}，它在命名空间 ${routes.namespace} 中指 ${host}：没有这个 Service。网关是 ${full}。`,
    ),
    setting(both('Write the full name', '写出全名'), [place, full]),
  )
  const clients = asking(
    ground.clients.filter((client) => sees(client.namespace, routes)),
    kind,
    match ?? null,
  )
  const url = match === undefined || name === undefined ? null : urlOf({ ...sent, match }, name)
  return foretellingOf(finding, clients, url, both('the sidecar has no cluster for it (NC)', 'Sidecar 没有对应的 cluster（NC）'), [
    { log: { flags: 'NC' } },
  ])
}

/** A leg that ends at the gateway: nothing listens for the host there, or nothing is bound. */
function unmet(documents: Documents, ground: Ground, trouble: Lost): RuleFinding {
  const { leg, host } = trouble
  const wrong = leg.routes.gateways.find((gatewayName) => gatewayName !== 'mesh' && ground.gatewayServersCalled(gatewayName).length === 0)
  if (wrong) return misnamed(documents, ground, trouble, wrong)
  const place = inside(leg.routes, 'spec', 'gateways')
  if (trouble.is === 'unbound') {
    const where = server(trouble.server)
    return ruled(
      id,
      'error',
      place,
      both(
        `${called(leg.routes)} sends ${host} to ${where.en}, but no VirtualService that lists ${trouble.server.namespace}/${trouble.server.name} has routes for ${host}.`,
        spaced(
          `${called(leg.routes)} 把 ${host} 送往${where.zh}，但没有列出 ${trouble.server.namespace}/${trouble.server.name} 的 VirtualService 为 ${host} 提供路由。`,
        ),
      ),
    )
  }
  const there = ground.serversOf(leg.gateway, leg.port).all.flatMap(({ hosts }) => hosts)
  const has = there.length > 0 ? both(`only ${list(there)}`, `只有 ${list(there)}`) : both('nothing at all', '什么都没有')
  return ruled(
    id,
    'error',
    at(leg.to.from, 'destination'),
    both(
      `${called(leg.routes)} sends ${host} to port ${leg.port} of ${leg.gateway.host}, but no Gateway has a server for ${host} there, ${has.en}.`,
      `${called(leg.routes)} 把 ${host} 送往 ${leg.gateway.host} 的 ${leg.port} 端口，但没有 Gateway 在那里为 ${host} 设置 server，${has.zh}。`,
    ),
  )
}

function misnamed(documents: Documents, ground: Ground, { leg }: Lost, gatewayName: string): RuleFinding {
  const { routes } = leg
  const elsewhere = ground
    .gatewayServersNamed(gatewayName.slice(gatewayName.indexOf('/') + 1))
    .find((gatewayServer) => ground.gatewaysOf(gatewayServer).includes(leg.gateway))
  const places = namesOf(documents, routes, gatewayName)
  const place = places[0] ?? inside(routes, 'spec', 'gateways')
  const full = elsewhere && `${elsewhere.namespace}/${elsewhere.name}`
  const found = full
    ? both(`the Gateway is in ${elsewhere.namespace}`, `而这个 Gateway 在 ${elsewhere.namespace}`)
    : both('no Gateway here is called so', '这里没有叫这个名称的 Gateway')
  return ruled(
    id,
    'error',
    place,
    both(
      `${called(routes)} is bound to Gateway ${gatewayName}, but ${found.en}.`,
      `${called(routes)} 绑定到 Gateway ${gatewayName}，${found.zh}。`,
    ),
    full ? renamed(places, full) : undefined,
  )
}

/** Where a VirtualService names a gateway: in its list, and in matches. */
function namesOf(documents: Documents, routes: Routes, gatewayName: string): Place[] {
  const lists = [
    inside(routes, 'spec', 'gateways'),
    ...routeKinds.flatMap((kind) => routes[kind].flatMap(({ matches }) => matches.map((match) => at(match.from, 'gateways')))),
  ]
  return lists.flatMap((place) => {
    const names = valueAt(documents, place)
    return Array.isArray(names)
      ? names.flatMap((name, index) => (name === gatewayName || `${routes.namespace}/${name}` === gatewayName ? [at(place, index)] : []))
      : []
  })
}

const renamed = (places: readonly Place[], full: string): Fix => ({
  says: both(`Name it ${full}`, `写成 ${full}`),
  changes: places.map((set): Change => ({ set, value: full })),
})

const meshLeg = `  - match: [{gateways: [mesh], port: 80}]
    route: [{destination: {host: ${gatewayHost}, subset: cnn, port: {number: 80}}}]
`

export const binding: Rule = {
  id,
  level: 'error',
  title: both('A VirtualService is not bound where it should be', 'VirtualService 没有绑定到应在的地方'),
  why: both(
    'One VirtualService has two legs: sidecars read those of `mesh`, the gateway reads those of its Gateway. Without mesh in the list sidecars do not see it and traffic goes out directly, without any error. A Gateway’s short name means the VirtualService’s own namespace; elsewhere it is `namespace/name`.',
    '一个 VirtualService 有两段：Sidecar 读取属于 `mesh` 的一段，网关读取属于自己 Gateway 的一段。列表里没有 mesh 时，Sidecar 看不到它，流量会直接出去，而且没有任何报错。Gateway 的短名指 VirtualService 自己的命名空间；在别处则要写成 `namespace/name`。',
  ),
  links: [issue(50247), issue(9502), issue(48300), issue(56743)],
  check,
  good: [
    { says: 'Both are listed.', yaml: c1, url: 'http://edition.cnn.com/politics' },
    { says: 'The same for the app’s TLS.', yaml: c3, url: 'https://edition.cnn.com/politics' },
  ],
  bad: [
    {
      says: 'mesh is left out of the list, though a match names it.',
      yaml: but(c1, ['gateways: [mesh, istio-egressgateway]', 'gateways: [istio-egressgateway]']),
      at: 'VirtualService/direct-cnn-through-egress-gateway spec.gateways',
      shows: { url: 'http://edition.cnn.com/politics', ends: { status: 200, direct: true } },
    },
    {
      says: 'mesh and its leg are left out.',
      yaml: but(c1, ['gateways: [mesh, istio-egressgateway]', 'gateways: [istio-egressgateway]'], [meshLeg, '']),
      at: 'VirtualService/direct-cnn-through-egress-gateway spec.gateways',
      shows: { url: 'http://edition.cnn.com/politics', ends: { status: 200, direct: true } },
    },
    {
      says: 'The Gateway is in another namespace than its short name says.',
      yaml: but(c1, ['{name: istio-egressgateway, namespace: default}', '{name: istio-egressgateway, namespace: istio-system}']),
      at: 'VirtualService/direct-cnn-through-egress-gateway spec.gateways.1',
      shows: { url: 'http://edition.cnn.com/politics', ends: { status: 404 } },
    },
    {
      says: 'No server for the host.',
      yaml: but(c1, ['protocol: HTTP}\n    hosts: [edition.cnn.com]', 'protocol: HTTP}\n    hosts: [www.example.com]']),
      at: 'VirtualService/direct-cnn-through-egress-gateway spec.http.0.route.0.destination',
      shows: { url: 'http://edition.cnn.com/politics', ends: { status: 404 } },
    },
    {
      says: 'A short name of the gateway’s Service.',
      yaml: but(c1, [`destination: {host: ${gatewayHost},`, 'destination: {host: istio-egressgateway,']),
      at: 'VirtualService/direct-cnn-through-egress-gateway spec.http.0.route.0.destination.host',
      shows: { url: 'http://edition.cnn.com/politics', ends: { status: 503 } },
    },
  ],
}
