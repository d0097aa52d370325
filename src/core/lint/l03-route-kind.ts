import { spaced } from '../base/spaced'
import { both } from '../base/text'
import { matchesAt } from '../istio/virtual-service'
import type { Documents, Rule, RuleFinding, RuleInput } from '../rules/kind'
import type { Change, Fix } from '../yaml/document'
import { valueAt } from '../yaml/place'
import { but, c3, c4, c6 } from './canon'
import { type RouteKind } from './legs'
import { at, called, foretelling, inside, issue, ofSome, once, ruled, server, setting } from './named'
import { type Trouble, troublesOf } from './walk'

const id = 'L3'
type Kind = Extract<Trouble, { is: 'kind' }>
type Inner = Extract<Trouble, { is: 'inner' }>

/** Which routes of a VirtualService count is the server's word (istio/README 7.6, table). */
const check = (of: RuleInput): RuleFinding[] =>
  once([
    ...troublesOf(of, 'kind').map((trouble) => ofSome(passedOver(of.documents, trouble), trouble)),
    ...troublesOf(of, 'inner').map((trouble) => ofSome(unread(trouble), trouble)),
  ])

const results: Record<RouteKind, { en: string; zh: string }> = {
  http: { en: 'the gateway answers 404', zh: '网关回答 404' },
  tls: { en: 'the gateway does not even listen, connections are refused', zh: '网关甚至不会监听，连接被拒绝' },
  tcp: { en: 'the gateway does not even listen, connections are refused', zh: '网关甚至不会监听，连接被拒绝' },
}

function passedOver(documents: Documents, trouble: Kind): RuleFinding {
  const { routes, kind, wants, server: to, at: place } = trouble
  const [where, result] = [server(to), results[wants]]
  return foretelling(
    ruled(
      id,
      'error',
      place,
      both(
        `${called(routes)} has this leg under ${kind}, but for ${where.en}, ${to.protocol}${to.tls ? ` ${to.tls.mode}` : ''}, only ${wants} routes count.`,
        spaced(
          `${called(routes)} 把这一段写在 ${kind} 下，但对${where.zh}（${to.protocol}${to.tls ? ` ${to.tls.mode}` : ''}）来说，只有 ${wants} 路由有效。`,
        ),
      ),
      moved(documents, trouble),
    ),
    trouble.leg,
    trouble.host,
    result,
    [trouble.leg.kind === 'tls' ? { exit: 35 } : { status: wants === 'http' ? 404 : 503 }],
    trouble.clients,
  )
}

/** The route under the other key; certain where it is for the gateway alone. */
function moved(documents: Documents, { routes, kind, wants, server: to, index, host }: Kind): Fix | undefined {
  const route = routes[kind][index]
  const matches = route ? matchesAt(routes, route, `${to.namespace}/${to.name}`) : []
  if (!route || matches.length !== Math.max(route.matches.length, 1) || routes.by !== 'VirtualService') return undefined
  if (route.matches.some((match) => match.gateways?.includes('mesh') || (match.gateways === null && routes.gateways.includes('mesh'))))
    return undefined
  const match = matches.map((each) => ({
    ...(each && { gateways: valueAt(documents, at(each.from, 'gateways')) }),
    port: to.number,
    ...(wants === 'tls' && { sniHosts: [host] }),
  }))
  const written = { match, route: valueAt(documents, at(route.from, 'route')) }
  const alone = routes[kind].length === 1
  const changes: Change[] = [
    { set: inside(routes, 'spec', wants, routes[wants].length), value: written },
    { remove: alone ? inside(routes, 'spec', kind) : route.from },
  ]
  return { says: both(`Move this leg to ${wants}`, `把这一段移到 ${wants} 下`), changes }
}

function unread({ leg, server: to, host, clients }: Inner): RuleFinding {
  const where = server(to)
  return foretelling(
    ruled(
      id,
      'error',
      at(to.from, 'port', 'protocol'),
      both(
        `The app’s own TLS to ${host} arrives inside of the mTLS at ${where.en}, whose protocol HTTPS expects HTTP there.`,
        spaced(`应用发往 ${host} 的 TLS 包在 mTLS 里到达${where.zh}，而它的协议 HTTPS 期待里面是 HTTP。`),
      ),
      to.by === 'Istio' ? setting(both('Say TLS', '改为 TLS'), [at(to.from, 'port', 'protocol'), 'TLS']) : undefined,
    ),
    leg,
    host,
    both('the gateway logs 400 DPE, and the app’s TLS fails (curl exit 35)', '网关记录 400 DPE，应用的 TLS 失败（curl 退出码 35）'),
    [{ exit: 35, log: { code: 400, flags: 'DPE' } }],
    clients,
  )
}

const gatewayLeg = '  tcp:\n  - match: [{gateways: [istio-egressgateway], port: 443}]'

export const routeKind: Rule = {
  id,
  level: 'error',
  title: both('Routes of a kind that the server does not read', 'server 不读取的路由类型'),
  why: both(
    'A server of HTTP, or of HTTPS that ends TLS, reads `http` routes. One that passes TLS through reads `tls` routes, by SNI. One of protocol TLS that ends TLS, and one of TCP, see bytes only and read `tcp` routes. Routes of another kind are left out; without any route a TLS or TCP server has no listener at all.',
    'HTTP server 以及终止 TLS 的 HTTPS server 读取 `http` 路由；透传 TLS 的 server 按 SNI 读取 `tls` 路由；协议为 TLS 且终止 TLS 的 server，以及 TCP server，只看到字节，读取 `tcp` 路由。其他类型的路由会被略去；没有任何路由时，TLS 或 TCP server 根本没有监听器。',
  ),
  links: [issue(37293), issue(51471), issue(48955), issue(39210)],
  check,
  good: [
    { says: 'tcp behind a server that ends TLS.', yaml: c4, url: 'https://edition.cnn.com/politics' },
    { says: 'tls behind a server that passes through.', yaml: c3, url: 'https://edition.cnn.com/politics' },
  ],
  bad: [
    {
      says: 'tls behind a server that ends TLS.',
      yaml: but(c4, [gatewayLeg, '  - match: [{gateways: [istio-egressgateway], port: 443, sniHosts: [edition.cnn.com]}]']),
      at: 'VirtualService/direct-cnn-through-egress-gateway spec.tls.1',
      shows: { url: 'https://edition.cnn.com/politics', ends: { exit: 35 } },
    },
    {
      says: 'tcp behind a server that passes through.',
      yaml: but(c3, ['  - match: [{gateways: [istio-egressgateway], port: 443, sniHosts: [edition.cnn.com]}]', gatewayLeg]),
      at: 'VirtualService/direct-cnn-through-egress-gateway spec.tcp.0',
      shows: { url: 'https://edition.cnn.com/politics', ends: { exit: 35 } },
    },
    {
      says: 'tcp behind a server of HTTPS.',
      yaml: but(c6, [
        '  - match: [{gateways: [istio-egressgateway], port: 80}]',
        '  tcp:\n  - match: [{gateways: [istio-egressgateway], port: 80}]',
      ]),
      at: 'VirtualService/direct-cnn-through-egress-gateway spec.tcp.0',
      shows: { url: 'http://edition.cnn.com/politics', ends: { status: 404 } },
    },
    {
      says: 'The app’s TLS behind a server of HTTPS.',
      yaml: but(c4, [
        'port: {number: 443, name: tls, protocol: TLS}\n    hosts',
        'port: {number: 443, name: tls, protocol: HTTPS}\n    hosts',
      ]),
      at: 'Gateway/istio-egressgateway spec.servers.0.port.protocol',
      shows: { url: 'https://edition.cnn.com/politics', ends: { exit: 35 } },
    },
  ],
}
