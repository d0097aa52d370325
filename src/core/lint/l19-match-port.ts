import { endingIn, spaced } from '../base/spaced'
import { both, type Text } from '../base/text'
import { hostBelow, isWildcarded } from '../istio/host-name'
import type { ServiceHostPort } from '../istio/mesh'
import { isHTTP } from '../istio/protocol'
import type { Rule, RuleFinding, RuleInput } from '../rules/kind'
import { but, c1, c3, gatewayHost } from './canon'
import { type Ground, groundOf, seenServiceHosts } from './ground'
import { allLegsOf, type Leg } from './legs'
import { at, called, foretelling, issue, list, ofSome, once, ruled, server, setting } from './named'
import { type Trouble, troublesOf } from './walk'

const id = 'L19'

/** `port` of a match is the Gateway server's number on the gateway leg, and the dialled port on the mesh leg (istio/README 7.3). */
function check(of: RuleInput): RuleFinding[] {
  const ground = groundOf(of)
  return once([
    ...troublesOf(of, 'port').map((trouble) => ofSome(atGateway(trouble), trouble)),
    ...allLegsOf(of).flatMap((leg) => (leg.unread ? [shutOut(leg, leg.unread)] : inMesh(ground, leg))),
  ])
}

function atGateway({ leg, host, server: to, match, wants, clients }: Extract<Trouble, { is: 'port' }>): RuleFinding {
  const where = server(to)
  const pod = leg.gateway.ports.find(({ number }) => number === to.number)?.targetPort
  const guess = match.port === pod && pod !== to.number
  const because = guess
    ? both(` (${match.port} is where the pods listen, which no route asks for)`, `（${match.port} 是 Pod 监听的端口，路由不看它）`)
    : both('', '')
  const result = wants === 'http' ? both('the app sees 404', '应用看到 404') : both('the app sees a refused connection', '应用的连接被拒绝')
  return foretelling(
    ruled(
      id,
      'error',
      at(match.from, 'port'),
      both(
        `The leg of ${host} at the gateway matches port ${match.port}, but ${where.en} has number ${to.number}${because.en}: it never fits.`,
        spaced(`${host} 在网关上的这一段匹配端口 ${match.port}，但${where.zh}的端口号是 ${to.number}${because.zh}：它永远不会匹配。`),
      ),
      setting(both(`Match port ${to.number}`, `匹配端口 ${to.number}`), [at(match.from, 'port'), to.number]),
    ),
    leg,
    host,
    result,
    [leg.kind === 'tls' ? { exit: 35 } : { status: wants === 'http' ? 404 : 503 }],
    clients,
  )
}

/** A mesh leg whose kind of routes the port's protocol shuts out (istio/README 7.3). */
function shutOut({ routes, kind, match, route, hosts, clients }: Leg, port: ServiceHostPort): RuleFinding {
  const { protocol, number, from } = port
  const [host = ''] = hosts
  const read = isHTTP(protocol) ? both('http', 'http') : both('tls and tcp', 'tls 和 tcp')
  const finding = ruled(
    id,
    'error',
    match ? at(match.from, 'port') : route.from,
    both(
      `${called(routes)} has a leg of ${host} for port ${number} under ${kind}, but ${called(from)} says that this port speaks ${protocol}: sidecars read only ${read.en} routes there, and pass over this one.`,
      spaced(
        `${called(routes)} 把 ${host} 在 ${number} 端口的一段写在 ${kind} 下，但 ${called(from)} 声明该端口使用 ${protocol}：Sidecar 在那里只读取 ${read.zh} 路由，会略过这一段。`,
      ),
    ),
  )
  return foretold(
    urlAt(host, port),
    clients,
    both('requests to this port leave past the gateway', '发往该端口的请求绕过网关直接离开'),
    finding,
  )
}

/** A mesh leg on a port that the host's entry does not have: sidecars have no listener to put it in. */
function inMesh(ground: Ground, { routes, kind, match, hosts, clients }: Leg): RuleFinding[] {
  const [host] = hosts
  const port = match?.port
  if (!match || !port || !host || isWildcarded(host) || (kind === 'http' && port === 80) || routes.by !== 'VirtualService') return []
  const entries = clients.flatMap((client) => seenServiceHosts(ground, host, client.namespace))
  const ports = entries.flatMap((entry) => entry.ports)
  if (ports.length === 0 || ports.some(({ number }) => number === port)) return []
  const fit = [
    ...new Set(
      ports.filter(({ protocol }) => (kind === 'http') === !['HTTPS', 'TLS', 'TCP'].includes(protocol)).map(({ number }) => number),
    ),
  ]
  const [only] = fit
  const url = urlAt(host, ports[0])
  const says = both('requests to these ports leave past the gateway', '发往这些端口的请求绕过网关直接离开')
  return [
    foretold(
      url,
      clients,
      says,
      ruled(
        id,
        'error',
        at(match.from, 'port'),
        both(
          `The leg of ${host} in the mesh matches port ${port}, but ${list([...new Set(entries.map(called))])} only has ${list([...new Set(ports.map(({ number }) => String(number)))])}.`,
          `${host} 在网格中的这一段匹配端口 ${port}，但 ${list([...new Set(entries.map(called))])} 只有 ${list([...new Set(ports.map(({ number }) => String(number)))])}。`,
        ),
        fit.length === 1 && only ? setting(both(`Match port ${only}`, `匹配端口 ${only}`), [at(match.from, 'port'), only]) : undefined,
      ),
    ),
  ]
}

/** What an app asks for at a port of a host; null for bytes that no URL says. */
const urlAt = (host: string, port: ServiceHostPort | undefined): string | null =>
  !port || port.protocol === 'TCP' ? null : `${isHTTP(port.protocol) ? 'http' : 'https'}://${hostBelow(host, 'www')}:${port.number}/`

/** With what comes of it: the request leaves without a gateway. */
const foretold = (url: string | null, clients: Leg['clients'], says: Text, finding: RuleFinding): RuleFinding =>
  url === null || clients.length === 0
    ? { ...finding, says: endingIn(finding.says, says) }
    : { ...finding, foretells: { says, clients, url, ends: [{ direct: true }] } }

export const matchPort: Rule = {
  id,
  level: 'error',
  title: both('match.port fits nothing', 'match.port 不匹配任何端口'),
  why: both(
    'In the mesh leg `port` is the port that the app dials, as the ServiceEntry lists it. In the gateway leg it is the number of the Gateway’s server, which is the port of the gateway’s Service: 80, not the 8080 on which the pods listen.',
    '在网格的一段，`port` 是应用所访问的端口，即 ServiceEntry 列出的端口。在网关的一段，它是 Gateway server 的端口号，也就是网关 Service 的端口：80，而不是 Pod 监听的 8080。',
  ),
  links: [issue(50247), issue(9502), issue(56743)],
  check,
  good: [
    { says: 'The dialled port, then the server’s number.', yaml: c1, url: 'http://edition.cnn.com/politics' },
    { says: 'The same for TLS.', yaml: c3, url: 'https://edition.cnn.com/politics' },
  ],
  bad: [
    {
      says: 'An http rule on a port of TLS.',
      yaml: but(
        c3,
        [
          '[{gateways: [mesh], port: 443, sniHosts: [edition.cnn.com]}]',
          '[{gateways: [istio-egressgateway], port: 8443, sniHosts: [edition.cnn.com]}]',
        ],
        [
          '  tls:\n',
          `  http:\n  - match: [{gateways: [mesh], port: 443}]\n    route: [{destination: {host: ${gatewayHost}, port: {number: 443}}}]\n  tls:\n`,
        ],
      ),
      at: 'VirtualService/direct-cnn-through-egress-gateway spec.http.0.match.0.port',
      shows: { url: 'https://edition.cnn.com/politics', ends: { status: 200, direct: true } },
    },
    {
      says: 'The gateway leg says the pods’ port.',
      yaml: but(c1, ['[istio-egressgateway], port: 80', '[istio-egressgateway], port: 8080']),
      at: 'VirtualService/direct-cnn-through-egress-gateway spec.http.1.match.0.port',
      shows: { url: 'http://edition.cnn.com/politics', ends: { status: 404 } },
    },
    {
      says: 'The mesh leg says a port that the host does not have.',
      yaml: but(c1, ['[mesh], port: 80', '[mesh], port: 8080']),
      at: 'VirtualService/direct-cnn-through-egress-gateway spec.http.0.match.0.port',
      shows: { url: 'http://edition.cnn.com/politics', ends: { status: 200, direct: true } },
    },
    {
      says: 'The gateway leg of a passthrough says the pods’ port.',
      yaml: but(c3, ['[istio-egressgateway], port: 443', '[istio-egressgateway], port: 8443']),
      at: 'VirtualService/direct-cnn-through-egress-gateway spec.tls.1.match.0.port',
      shows: { url: 'https://edition.cnn.com/politics', ends: { exit: 35 } },
    },
  ],
}
