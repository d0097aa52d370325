import { cutTo } from '../base/slug'
import { spaced } from '../base/spaced'
import { both } from '../base/text'
import { sees } from '../istio/export-to'
import { portOf } from '../istio/filter-chain'
import { isServiceHost, isWildcarded, serviceHost, subsetOf } from '../istio/host-name'
import type { Routes, ServiceHost, Target } from '../istio/mesh'
import { matchesAt } from '../istio/virtual-service'
import type { Rule, RuleFinding, RuleInput } from '../rules/kind'
import type { Fix } from '../yaml/document'
import { but, c1, c3, c6, gatewayHost } from './canon'
import { destinationEntries, type Ground, groundOf } from './ground'
import { asking, type Leg, legsOf, routeKinds } from './legs'
import { at, called, foretelling, inside, issue, list, once, ruled, setting } from './named'
import { type Landing, walkOf } from './walk'

const id = 'L22'

/** Hosts that routes speak of and no ServiceEntry makes known (istio/README 7.1.5, 7.8). */
function check(of: RuleInput): RuleFinding[] {
  const ground = groundOf(of)
  const served = new Set(of.around.servers.map(({ service, namespace }) => serviceHost(service, namespace)))
  const outside = (host: string): boolean => host.includes('.') && !isServiceHost(host) && !served.has(host) && !ground.gatewayOf(host)
  const unknown = (host: string): boolean => outside(host) && !isKnown(ground, host)
  const lost = (host: string): boolean => outside(host) && ground.entriesFor(host).length === 0
  const told = new Set<string>()
  const destined = (host: string): boolean => lost(host) && !told.has(host) && told.add(host).size > 0
  const first = (host: string): boolean => unknown(host) && !told.has(host) && told.add(host).size > 0
  return once([
    ...legsOf(of)
      .filter(({ kind, match }) => kind === 'tls' && match)
      .flatMap((leg) => leg.hosts.filter(first).map((host) => untouched(leg, host))),
    ...walkOf(of).landings.flatMap(({ leg, to, routes }) =>
      destined(to.host) ? [undialled(leg, routes, to, ground.serviceHostsOf(to.host)[0])] : [],
    ),
    ...walkOf(of).landings.flatMap((landing) => portless(ground, landing)),
    ...of.mesh.routes.flatMap((routes) => straight(ground, routes, lost)),
  ])
}

/** A route in the mesh to a name that only a wildcard covers, or to a wildcard that no entry has: sidecars have no cluster for it. */
const straight = (ground: Ground, routes: Routes, lost: (host: string) => boolean): RuleFinding[] =>
  routeKinds.flatMap((kind) =>
    routes[kind].flatMap((route) =>
      route.to
        .filter(({ host }) => lost(host) && (isWildcarded(host) ? ground.istiod.mesh.serviceHosts.length > 0 : isKnown(ground, host)))
        .flatMap((to) =>
          matchesAt(routes, route, 'mesh').flatMap((match) => {
            const clients = ground.clients.filter(({ namespace }) => sees(namespace, routes))
            const hosts = (kind === 'tls' && match?.sniHosts) || routes.hosts
            const [known = hosts[0]] = hosts.flatMap((host) => below(ground, host))
            return known === undefined ? [] : [unsent({ kind, match, route, routes, clients: asking(clients, kind, match) }, to, known)]
          }),
        ),
    ),
  )

/** Hosts of entries that a name of a rule covers. */
const below = ({ istiod }: Ground, name: string): string[] =>
  istiod.mesh.serviceHosts.flatMap(({ hosts }) => hosts.filter((host) => subsetOf(host, name)))

const unsent = (leg: Pick<Leg, 'kind' | 'match' | 'route' | 'routes' | 'clients'>, { host, from }: Target, asked: string): RuleFinding =>
  foretelling(
    ruled(
      id,
      'error',
      at(from, 'destination', 'host'),
      both(
        `${called(leg.routes)} sends to ${host}, but a destination must be a host as an entry writes it, and none has ${host}: sidecars have no cluster for it.`,
        `${called(leg.routes)} 转发到 ${host}，但目的地必须与某个条目中写的主机完全一致，而没有条目写了 ${host}：Sidecar 没有对应的 cluster。`,
      ),
    ),
    leg,
    asked,
    both('requests that the rule takes fail (NC)', '被该规则接管的请求会失败（NC）'),
    [{ fails: true, log: { flags: 'NC' } }],
  )

/** A port that the gateway is sent to and that no entry that it sees has: no cluster (lab: o-c6-no-443). */
function portless(ground: Ground, { host, leg, to, routes, gateway, kind, number }: Landing): RuleFinding[] {
  const entries = destinationEntries(ground, to.host, gateway.namespace)
  const [entry] = entries
  if (!entry || entry.by !== 'ServiceEntry' || entries.some(({ ports }) => ports.some((port) => port.number === number))) return []
  const has = list([...new Set(entries.flatMap(({ ports }) => ports.map((port) => String(port.number))))])
  const port = { number, name: `${kind === 'http' ? 'https' : 'tls'}-${number}`, protocol: kind === 'http' ? 'HTTPS' : 'TLS' }
  const certain = number === 443 && !isWildcarded(to.host)
  const result =
    leg.kind === 'http'
      ? both('the app sees 503 (NC cluster_not_found)', '应用看到 503（NC cluster_not_found）')
      : both('the app sees a reset (NC, curl exit 35)', '应用的连接被重置（NC，curl 退出码 35）')
  return [
    foretelling(
      ruled(
        id,
        'error',
        at(to.from, 'destination', 'port'),
        both(
          `${called(routes)} lets the gateway send to port ${number} of ${to.host}, but ${called(entry)} only has ${has}: the gateway has no cluster for it.`,
          `${called(routes)} 让网关转发到 ${to.host} 的 ${number} 端口，但 ${called(entry)} 只有 ${has}：网关没有对应的 cluster。`,
        ),
        certain
          ? setting(both(`Add port ${number} to ${called(entry)}`, `在 ${called(entry)} 中加上 ${number} 端口`), [
              inside(entry, 'spec', 'ports', entry.ports.length),
              port,
            ])
          : undefined,
      ),
      leg,
      host,
      result,
      [{ ...(leg.kind === 'http' ? { status: 503 } : { exit: 35 }), log: { flags: 'NC' } }],
    ),
  ]
}

/** A wildcard of a rule is known through any host below it. */
const isKnown = (ground: Ground, host: string): boolean =>
  ground.serviceHostsOf(host).length > 0 ||
  (isWildcarded(host) && ground.istiod.mesh.serviceHosts.some(({ hosts }) => hosts.some((each) => subsetOf(each, host))))

function untouched(leg: Leg, host: string): RuleFinding {
  const { routes, match } = leg
  const port = match?.port ?? 443
  const place = match ? at(match.from, 'sniHosts') : routes.from
  return foretelling(
    ruled(
      id,
      'error',
      place,
      both(
        `${called(routes)} has a tls rule for ${host}, but no ServiceEntry makes ${host} known: sidecars have no place to put the rule.`,
        `${called(routes)} 有针对 ${host} 的 tls 规则，但没有 ServiceEntry 声明 ${host}：Sidecar 无处放置这条规则。`,
      ),
      entry(routes, host, [{ number: port, name: 'tls', protocol: 'TLS' }]),
    ),
    leg,
    host,
    both(
      `TLS to ${host} leaves straight past the gateway, or is reset under REGISTRY_ONLY`,
      `发往 ${host} 的 TLS 绕过网关直接离开；在 REGISTRY_ONLY 下则被重置`,
    ),
    [{ direct: true }, { exit: 35 }],
  )
}

function undialled(leg: Leg, routes: Routes, to: Target, above: ServiceHost | undefined): RuleFinding {
  const dialled = leg.match?.port ?? 80
  const http = leg.kind === 'http'
  const { host, from } = to
  const why = above
    ? both(
        `${called(above)} only has ${list(above.hosts)}, and a destination must be a host as an entry writes it`,
        `${called(above)} 只有 ${list(above.hosts)}，而目的地必须与条目中写的主机完全一致`,
      )
    : both(`no ServiceEntry makes ${host} known`, `没有 ServiceEntry 声明 ${host}`)
  const far = portOf(to, [], dialled)
  const ports = [
    ...(http ? [{ number: dialled, name: 'http', protocol: 'HTTP' }] : []),
    ...(http && far === dialled ? [] : [{ number: far, name: http ? 'https' : 'tls', protocol: http ? 'HTTPS' : 'TLS' }]),
  ]
  return foretelling(
    ruled(
      id,
      'error',
      at(from, 'destination', 'host'),
      both(
        `${called(routes)} lets the gateway send to ${host}, but ${why.en}: the gateway has no cluster for it.`,
        spaced(`${called(routes)} 让网关转发到 ${host}，但${why.zh}：网关没有对应的 cluster。`),
      ),
      entry(routes, host, ports),
    ),
    leg,
    leg.hosts[0] ?? host,
    http
      ? both('the app sees 503 (NC cluster_not_found)', '应用看到 503（NC cluster_not_found）')
      : both('the app sees a reset (NC, curl exit 35)', '应用的连接被重置（NC，curl 退出码 35）'),
    [{ ...(http ? { status: 503 } : { exit: 35 }), log: { flags: 'NC' } }],
  )
}

function entry({ namespace }: Routes, host: string, ports: readonly object[]): Fix | undefined {
  if (isWildcarded(host)) return undefined
  const name = cutTo(host.replaceAll('.', '-'))
  const add = {
    apiVersion: 'networking.istio.io/v1',
    kind: 'ServiceEntry',
    metadata: { name, namespace },
    spec: { hosts: [host], ports, resolution: 'DNS' },
  }
  return { says: both(`Add a ServiceEntry for ${host}`, `为 ${host} 添加 ServiceEntry`), changes: [{ add }] }
}

const without443 = ', {number: 443, name: https, protocol: HTTPS}'
const withoutEntry = (yaml: string): string => but(yaml, ['hosts: [edition.cnn.com]\n  ports', 'hosts: [www.example.com]\n  ports'])

export const unknownHost: Rule = {
  id,
  level: 'error',
  title: both('A host or port that no ServiceEntry makes known', '没有 ServiceEntry 声明的主机或端口'),
  why: both(
    'A tls or tcp rule of a VirtualService exists only through a service on that port that its hosts cover; without one sidecars pass over it silently. And a gateway can only send to hosts that have an entry: it has no way out for anything unknown.',
    'VirtualService 的 tls 或 tcp 规则，只有通过该端口上被其 hosts 覆盖的服务才会存在；没有这样的服务，Sidecar 会悄悄略过它。而网关只能转发到有条目的主机：未知的一切它都没有出路。',
  ),
  links: ['https://istio.io/latest/docs/reference/config/analysis/ist0101/', issue(56743)],
  check,
  good: [
    { says: 'The host is known, TLS.', yaml: c3, url: 'https://edition.cnn.com/politics' },
    { says: 'The host is known, HTTP.', yaml: c1, url: 'http://edition.cnn.com/politics' },
  ],
  bad: [
    {
      says: 'A tls rule without ServiceEntry: past the gateway, silently.',
      yaml: withoutEntry(c3),
      at: 'VirtualService/direct-cnn-through-egress-gateway spec.tls.0.match.0.sniHosts',
      shows: { url: 'https://edition.cnn.com/politics', ends: { status: 200, direct: true } },
    },
    {
      says: 'HTTP without ServiceEntry: the gateway does not know where to.',
      yaml: withoutEntry(c1),
      at: 'VirtualService/direct-cnn-through-egress-gateway spec.http.1.route.0.destination.host',
      shows: { url: 'http://edition.cnn.com/politics', ends: { status: 503 } },
    },
    {
      says: 'The ServiceEntry has a wildcard above the host that the gateway sends to.',
      yaml: but(c1, ['hosts: [edition.cnn.com]\n  ports', 'hosts: ["*.cnn.com"]\n  ports'], ['resolution: DNS', 'resolution: NONE']),
      at: 'VirtualService/direct-cnn-through-egress-gateway spec.http.1.route.0.destination.host',
      shows: { url: 'http://edition.cnn.com/politics', ends: { status: 503 } },
    },
    {
      says: 'The ServiceEntry lacks the port that the gateway sends to.',
      yaml: but(c6, [without443, '']),
      at: 'VirtualService/direct-cnn-through-egress-gateway spec.http.1.route.0.destination.port',
      shows: { url: 'http://edition.cnn.com/politics', ends: { status: 503 } },
    },
    {
      says: 'A destination below a wildcard that nobody wrote.',
      yaml: but(c1, [
        `destination: {host: ${gatewayHost}, subset: cnn, port: {number: 80}}`,
        'destination: {host: "*.cnn.com", port: {number: 80}}',
      ]),
      at: 'VirtualService/direct-cnn-through-egress-gateway spec.http.0.route.0.destination.host',
      shows: { url: 'http://edition.cnn.com/politics', ends: { status: 503 } },
    },
  ],
}
