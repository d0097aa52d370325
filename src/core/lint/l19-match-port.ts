import { spaced } from '../base/spaced'
import { both } from '../base/text'
import { isWildcarded } from '../istio/host-name'
import type { Rule, RuleInput } from '../rules/kind'
import type { Finding } from '../yaml/finding'
import { but, c1, c3 } from './canon'
import { type Ground, groundOf, seenKnown } from './ground'
import { type Leg, legsOf } from './legs'
import { at, called, issue, list, once, ruled, server, setting } from './named'
import { type Trouble, troublesOf } from './walk'

const id = 'L19'

/** `port` of a match is the Gateway server's number on the gateway leg, and the dialled port on the mesh leg (istio.md 7.3). */
function check(of: RuleInput): Finding[] {
  const ground = groundOf(of)
  return once([...troublesOf(of, 'port').map(atGateway), ...legsOf(of).flatMap((leg) => inMesh(ground, leg))])
}

function atGateway({ leg, host, server: to, match, wants }: Extract<Trouble, { is: 'port' }>): Finding {
  const where = server(to)
  const pod = leg.gate.ports.find(({ number }) => number === to.number)?.targetPort
  const guess = match.port === pod && pod !== to.number
  const because = guess
    ? both(` ${match.port} is where the pods listen, which no route asks for.`, `${match.port} 是 Pod 监听的端口，路由不看它。`)
    : both('', '')
  const result = wants === 'http' ? both('404', '404') : both('a refused connection', '连接被拒绝')
  return ruled(
    id,
    'error',
    at(match.from, 'port'),
    both(
      `The leg of ${host} at the gateway matches port ${match.port}, but ${where.en} has number ${to.number}: it never fits, and the app sees ${result.en}.${because.en}`,
      spaced(
        `${host} 在网关上的这一段匹配端口 ${match.port}，但${where.zh}的端口号是 ${to.number}：它永远不会匹配，应用看到 ${result.zh}。${because.zh}`,
      ),
    ),
    setting(both(`Match port ${to.number}`, `匹配端口 ${to.number}`), [at(match.from, 'port'), to.number]),
  )
}

/** A mesh leg on a port that the host's entry does not have: sidecars have no listener to put it in. */
function inMesh(ground: Ground, { routes, kind, match, hosts, clients }: Leg): Finding[] {
  const [host] = hosts
  const port = match?.port
  if (!match || !port || !host || isWildcarded(host) || (kind === 'http' && port === 80) || routes.by !== 'VirtualService') return []
  const entries = clients.flatMap((client) => seenKnown(ground, host, client.namespace))
  const ports = entries.flatMap((entry) => entry.ports)
  if (ports.length === 0 || ports.some(({ number }) => number === port)) return []
  const fit = [
    ...new Set(
      ports.filter(({ protocol }) => (kind === 'http') === !['HTTPS', 'TLS', 'TCP'].includes(protocol)).map(({ number }) => number),
    ),
  ]
  const [only] = fit
  return [
    ruled(
      id,
      'error',
      at(match.from, 'port'),
      both(
        `The leg of ${host} in the mesh matches port ${port}, but ${list([...new Set(entries.map(called))])} only has ${list([...new Set(ports.map(({ number }) => String(number)))])}: requests to these ports leave past the gateway.`,
        `${host} 在网格中的这一段匹配端口 ${port}，但 ${list([...new Set(entries.map(called))])} 只有 ${list([...new Set(ports.map(({ number }) => String(number)))])}：发往这些端口的请求绕过网关直接离开。`,
      ),
      fit.length === 1 && only ? setting(both(`Match port ${only}`, `匹配端口 ${only}`), [at(match.from, 'port'), only]) : undefined,
    ),
  ]
}

export const matchPort: Rule = {
  id,
  level: 'error',
  title: both('match.port fits nothing', 'match.port 不匹配任何端口'),
  why: both(
    'In the mesh leg `port` is the port that the app dials, as the ServiceEntry lists it. In the gateway leg it is the number of the Gateway’s server, which is the port of the gateway’s Service: 80, not the 8080 on which the pods listen.',
    '在网格的一段，`port` 是应用所访问的端口，即 ServiceEntry 列出的端口。在网关的一段，它是 Gateway 服务器的端口号，也就是网关 Service 的端口：80，而不是 Pod 监听的 8080。',
  ),
  links: [issue(50247), issue(9502), issue(56743)],
  check,
  good: [
    { says: 'The dialled port, then the server’s number.', yaml: c1, url: 'http://edition.cnn.com/politics' },
    { says: 'The same for TLS.', yaml: c3, url: 'https://edition.cnn.com/politics' },
  ],
  bad: [
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
