import { cutTo } from '../base/slug'
import { spaced } from '../base/spaced'
import { both } from '../base/text'
import { isWildcarded } from '../istio/host-name'
import type { ClientTls, DestinationRule, ServiceHost, ServiceHostPort } from '../istio/mesh'
import { portsServed } from '../istio/service-registry'
import { carriesTls, originatesTls } from '../istio/tls-mode'
import type { Rule, RuleFinding, RuleInput } from '../rules/kind'
import type { Fix } from '../yaml/document'
import { but, c5, c6, originate } from './canon'
import { type Cluster, clusterOf } from './cluster'
import { destinationEntries, type Ground, groundOf } from './ground'
import { at, called, foretelling, inside, issue, once, ruled, setting } from './named'
import { type Landing, walkOf } from './walk'

const id = 'L7'

/** What the gateway sends to a host's port against what is served there (istio/README 7.8). */
function check(of: RuleInput): RuleFinding[] {
  const ground = groundOf(of)
  return once(
    walkOf(of)
      .landings.filter(({ kind }) => kind === 'http')
      .flatMap((landing) => {
        const { to, gateway, number } = landing
        const entries = destinationEntries(ground, to.host, gateway.namespace)
        const entry = entries[0]
        const port = entry?.ports.find((each) => each.number === number)
        if (!entry || !port || entry.by !== 'ServiceEntry') return []
        const cluster = clusterOf(ground, gateway, to.host, to.subset, number)
        const { tls, exists } = cluster
        if (!exists) return []
        const at80 = portsServed(of.mesh, entry, port).every((served) => served === 80)
        if ((port.protocol === 'HTTPS' || port.protocol === 'TLS') && opensNone(tls) && !at80)
          return plain(ground, landing, number, cluster)
        if (port.protocol === 'HTTP' && at80 && tls && !opensNone(tls) && !servesTls(of, to.host)) return [wrongPort(landing, entry, tls)]
        return []
      }),
  )
}

const opensNone = (tls: ClientTls | null): boolean => tls === null || !carriesTls(tls.mode)

const servesTls = ({ around }: RuleInput, host: string): boolean =>
  Object.hasOwn(around.hosts, host) && ['tls', 'mutual', 'optional'].includes(around.hosts[host]?.ports[80] ?? '')

/** Whether a rule starts TLS to a port, somewhere. */
export const startsTls = ({ policy, subsets }: DestinationRule, port: number): ClientTls | undefined => {
  for (const each of [policy, ...subsets.map((subset) => subset.policy)]) {
    const own = each?.ports.find((settings) => settings.port === port)
    const tls = own ? own.tls : each?.tls
    if (tls && originatesTls(tls.mode)) return tls
  }
  return undefined
}

/** Rules that start TLS to the port but that the gateway does not go by; L11 tells of those that bring a credential. */
export const unusedFor = (ground: Ground, { to }: Landing, number: number): readonly DestinationRule[] =>
  ground.destinationRulesOf(to.host).filter((destinationRule) => startsTls(destinationRule, number))

function plain(ground: Ground, landing: Landing, number: number, { by }: Cluster): RuleFinding[] {
  const { host, to, routes, gateway, leg } = landing
  const unused = unusedFor(ground, landing, number)
  if (unused.some((destinationRule) => startsTls(destinationRule, number)?.credentialName)) return []
  const [other] = unused
  const why = other
    ? both(
        `${called(other)} starts it, but the gateway in ${gateway.namespace} does not use that rule`,
        `${called(other)} 会发起 TLS，但 ${gateway.namespace} 中的网关不采用这条规则`,
      )
    : both('no DestinationRule starts TLS there', '没有 DestinationRule 在那里发起 TLS')
  return [
    foretelling(
      ruled(
        id,
        'error',
        at(to.from, 'destination'),
        both(
          `${called(routes)} lets the gateway send HTTP to port ${number} of ${to.host}, where TLS is spoken, and ${why.en}.`,
          spaced(`${called(routes)} 让网关把 HTTP 发往 ${to.host} 的 ${number} 端口，那里使用 TLS，而${why.zh}。`),
        ),
        other ? undefined : originated(leg.gateway.namespace, to.host, to.subset, number, by),
      ),
      leg,
      host,
      both('the server is spoken to in plain text and answers 400', '服务器收到明文，回答 400'),
      [{ status: 400 }],
    ),
  ]
}

/** In the rule that the gateway goes by, or in one of its own. */
function originated(namespace: string, host: string, subset: string, port: number, by: readonly DestinationRule[]): Fix | undefined {
  const says = both(`Start TLS to ${host} at the gateway`, `在网关向 ${host} 发起 TLS`)
  const [own] = by
  if (subset || isWildcarded(host) || by.length > 1) return undefined
  const settings = { port: { number: port }, tls: { mode: 'SIMPLE' } }
  if (own?.policy)
    return own.policy.ports.some((each) => each.port === port)
      ? undefined
      : setting(says, [at(own.policy.from, 'portLevelSettings', own.policy.ports.length), settings])
  const add = {
    apiVersion: 'networking.istio.io/v1',
    kind: 'DestinationRule',
    metadata: { name: cutTo(`originate-${host.replaceAll('.', '-')}`), namespace },
    spec: { host, exportTo: ['.'], trafficPolicy: { portLevelSettings: [settings] } },
  }
  return { says, changes: [{ add }] }
}

function wrongPort({ host, leg, to, routes, number }: Landing, entry: ServiceHost, tls: ClientTls): RuleFinding {
  const served = number === 80 ? both('', '') : both(', served at port 80', '（实际端口为 80）')
  const secure = entry.ports.find(({ protocol }) => protocol === 'HTTPS' || protocol === 'TLS')
  return foretelling(
    ruled(
      id,
      'error',
      tls.from,
      both(
        `${called(tls.from)} starts TLS to ${to.host}, and ${called(routes)} sends to its port ${number}${served.en}, where plain HTTP is spoken.`,
        spaced(
          `${called(tls.from)} 对 ${to.host} 发起 TLS，而 ${called(routes)} 转发到它的 ${number} 端口${served.zh}，那里提供的是明文 HTTP。`,
        ),
      ),
      toSecure(to, entry, secure, tls),
    ),
    leg,
    host,
    both('the handshake fails (503, WRONG_VERSION_NUMBER at the gateway)', '握手失败（503，网关上为 WRONG_VERSION_NUMBER）'),
    [{ status: 503, log: { failure: 'WRONG_VERSION_NUMBER' } }],
  )
}

/** The route goes to the port of TLS, which the ServiceEntry may have to get first; settings for a port alone go with it. */
function toSecure(to: Landing['to'], entry: ServiceHost, secure: ServiceHostPort | undefined, { from }: ClientTls): Fix {
  const number = secure?.number ?? 443
  const says = both(`Send to port ${number}`, `转发到 ${number} 端口`)
  const route = [at(to.from, 'destination', 'port'), { number }] as const
  const own = from.path.at(-3) === 'portLevelSettings' ? [[inside({ from }, ...from.path.slice(0, -1), 'port'), { number }] as const] : []
  const port = { number, name: 'https', protocol: 'HTTPS' }
  return setting(says, route, ...own, ...(secure ? [] : [[inside(entry, 'spec', 'ports', entry.ports.length), port] as const]))
}

const portLevel = 'trafficPolicy: {portLevelSettings: [{port: {number: 443}, tls: {mode: SIMPLE}}]}'

export const originationPort: Rule = {
  id,
  level: 'error',
  title: both('TLS is started where none is served, or not where it is', '在没有 TLS 的端口发起 TLS，或在有 TLS 的端口没有发起'),
  why: both(
    'The gateway sends to the port that its route names; the DestinationRule says for which port TLS is started. `tls` at the top of a policy is for every port, portLevelSettings for one. Both must mean the port on which the server speaks TLS, usually 443. An endpoint’s own `ports` say where a port is really served.',
    '网关转发到路由所写的端口；DestinationRule 决定对哪个端口发起 TLS。写在策略顶层的 `tls` 对所有端口生效，portLevelSettings 只对一个端口生效。两者都必须指服务器使用 TLS 的那个端口，通常是 443。endpoint 自己的 `ports` 决定端口实际在哪里提供。',
  ),
  links: [issue(35661), issue(37348), issue(31513)],
  check,
  good: [
    { says: 'Route and rule name port 443; mTLS hop.', yaml: c6 },
    { says: 'The same with a plain hop.', yaml: c5 },
    {
      says: 'The endpoint serves port 80 at a port of TLS.',
      yaml: but(
        c5,
        [portLevel, portLevel.replace('443', '80')],
        ['edition.cnn.com, port: {number: 443}', 'edition.cnn.com, port: {number: 80}'],
        ['resolution: DNS', 'resolution: DNS\n  endpoints: [{address: edition.cnn.com, ports: {http: 443}}]'],
      ),
    },
  ],
  bad: [
    {
      says: 'TLS for all ports, and a route to port 80.',
      yaml: but(
        c5,
        [portLevel, 'trafficPolicy: {tls: {mode: SIMPLE}}'],
        ['edition.cnn.com, port: {number: 443}', 'edition.cnn.com, port: {number: 80}'],
      ),
      at: 'DestinationRule/originate-tls spec.trafficPolicy.tls',
      shows: { url: 'http://edition.cnn.com/politics', ends: { status: 503 } },
    },
    {
      says: 'TLS for a port that an endpoint serves at 80.',
      yaml: but(
        c5,
        [portLevel, portLevel.replace('443', '8080')],
        ['edition.cnn.com, port: {number: 443}', 'edition.cnn.com, port: {number: 8080}'],
        ['{number: 443, name: https, protocol: HTTPS}', '{number: 8080, name: http-alt, protocol: HTTP}'],
        ['resolution: DNS', 'resolution: DNS\n  endpoints: [{address: edition.cnn.com, ports: {http-alt: 80}}]'],
      ),
      at: 'DestinationRule/originate-tls spec.trafficPolicy.portLevelSettings.0.tls',
      shows: { url: 'http://edition.cnn.com/politics', ends: { status: 503 } },
    },
    {
      says: 'A route to port 443, and nobody starts TLS.',
      yaml: but(c6, [`---\n${originate}`, '']),
      at: 'VirtualService/direct-cnn-through-egress-gateway spec.http.1.route.0.destination',
      shows: { url: 'http://edition.cnn.com/politics', ends: { status: 400 } },
    },
    {
      says: 'TLS for another port.',
      yaml: but(c6, ['port: {number: 443}, tls: {mode: SIMPLE}', 'port: {number: 8443}, tls: {mode: SIMPLE}']),
      at: 'VirtualService/direct-cnn-through-egress-gateway spec.http.1.route.0.destination',
      shows: { url: 'http://edition.cnn.com/politics', ends: { status: 400 } },
    },
    {
      says: 'The rule is in the client’s namespace and is exported to itself alone.',
      yaml: but(c6, ['{name: originate-tls, namespace: istio-system}', '{name: originate-tls, namespace: other}']),
      at: 'VirtualService/direct-cnn-through-egress-gateway spec.http.1.route.0.destination',
      shows: { url: 'http://edition.cnn.com/politics', ends: { status: 400 } },
    },
  ],
}
