import { spaced } from '../base/spaced'
import { both } from '../base/text'
import { serverHost } from '../istio/host-name'
import type { GatewayServer } from '../istio/mesh'
import { matchesAt } from '../istio/virtual-service'
import type { Rule, RuleFinding, RuleInput } from '../rules/kind'
import type { Fix, Place } from '../yaml/document'
import { but, c1, c3, file } from './canon'
import { clusterOf } from './cluster'
import { type Gateway, type Ground, groundOf, podPort } from './ground'
import { hostsMeet, type Leg, legsOf } from './legs'
import { at, called, foretelling, issue, list, once, ruled, server, setting } from './named'

const id = 'L9'

/** Servers that istiod drops because of an older one on the same port of the same pods (istio/README 7.6). */
function check(of: RuleInput): RuleFinding[] {
  const ground = groundOf(of)
  return once(
    ground.gateways.flatMap((gateway) => {
      const numbers = new Set(ground.gatewayServersAt(gateway).map(({ number }) => number))
      return [...numbers].flatMap((number) =>
        [...ground.serversOf(gateway, number).lost].map(([lost, by]) => dropped(ground, legsOf(of), gateway, lost, by)),
      )
    }),
  )
}

/** Adds what happens to an app whose traffic goes there. */
function hit(
  legs: readonly Leg[],
  gateway: Gateway,
  lost: GatewayServer,
  hosts: readonly string[],
  by: GatewayServer,
  finding: RuleFinding,
): RuleFinding {
  const leg = legs.find(
    (each) =>
      each.gateway === gateway &&
      podPort(gateway, each.port) === podPort(gateway, lost.number) &&
      each.hosts.some((host) => hostsMeet(hosts, host)),
  )
  const host = leg?.hosts.find((each) => hostsMeet(hosts, each))
  if (!leg || host === undefined) return finding
  const log = by.tls ? { flags: 'NR' } : { code: 400, flags: 'DPE' }
  if (leg.kind === 'http')
    return foretelling(
      finding,
      leg,
      host,
      by.tls
        ? both('the gateway closes them (NR), and the app sees 503', '网关关闭这些连接（NR），应用看到 503')
        : both('the gateway logs 400 DPE, and the app sees 503', '网关记录 400 DPE，应用看到 503'),
      [{ status: 503, log }],
    )
  return foretelling(finding, leg, host, both('the app’s TLS fails (curl exit 35)', '应用的 TLS 失败（curl 退出码 35）'), [{ exit: 35 }])
}

function dropped(ground: Ground, legs: readonly Leg[], gateway: Gateway, lost: GatewayServer, by: GatewayServer): RuleFinding {
  const [one, other] = [server(lost), server(by)]
  if (!by.tls)
    return hit(
      legs,
      gateway,
      lost,
      lost.hosts,
      by,
      ruled(
        id,
        'error',
        at(lost.from, 'port'),
        both(
          `On the pods of ${gateway.host}, ${one.en} and ${other.en} share a port. The older one is plain ${by.protocol}, so Istio drops this one: connections for ${list(lost.hosts)} meet plain text.`,
          spaced(
            `在 ${gateway.host} 的 Pod 上，${one.zh}与${other.zh}共用一个端口。较早的是明文 ${by.protocol}，所以 Istio 丢弃这一个：发往 ${list(lost.hosts)} 的连接遇到的是明文。`,
          ),
        ),
        movedTo(ground, legs, gateway, lost),
      ),
    )
  const twice = lost.hosts.filter((host) => by.hosts.some((each) => serverHost(each).host === serverHost(host).host))
  const others = lost.hosts.filter((host) => !twice.includes(host))
  return hit(
    legs,
    gateway,
    lost,
    others,
    by,
    ruled(
      id,
      'error',
      at(lost.from, 'hosts'),
      both(
        `${called(by)} already has a TLS server for ${list(twice)} on this port of ${gateway.host}: Istio drops ${one.en} with all its hosts, and has no server for the others.`,
        spaced(
          `${called(by)} 在 ${gateway.host} 的这个端口上已经有 ${list(twice)} 的 TLS server：Istio 会丢弃${one.zh}及其全部主机，其余主机因此没有 server。`,
        ),
      ),
    ),
  )
}

/**
 * The server on a port of the Service that no server has, with all that leads to it: the legs of its hosts, their settings for the port, and
 * the matches of its routes. Certain where nothing of that is for other hosts as well.
 */
function movedTo(ground: Ground, legs: readonly Leg[], gateway: Gateway, lost: GatewayServer): Fix | undefined {
  const free = gateway.ports.find(({ number }) => ground.serversOf(gateway, number).all.length === 0)?.number
  if (free === undefined || lost.by !== 'Istio') return undefined
  const isFor = (hosts: readonly string[]) => hosts.every((host) => hostsMeet(lost.hosts, host))
  const leading = legs.filter((leg) => leg.gateway === gateway && leg.port === lost.number)
  const own = leading.filter(({ hosts }) => hosts.some((host) => hostsMeet(lost.hosts, host)))
  const bound = own.flatMap(({ hosts }) => hosts.flatMap((host) => ground.boundTo(`${lost.namespace}/${lost.name}`, host)))
  const subsets = new Set(
    own.flatMap((leg) => leg.clients.flatMap((client) => clusterOf(ground, client, gateway.host, leg.to.subset, leg.port).own ?? [])),
  )
  const shared = leading.some((leg) => !own.includes(leg) && [...subsets].some(({ name }) => name === leg.to.subset))
  if (own.length === 0 || shared || ![...own, ...bound].every(({ hosts }) => isFor(hosts))) return undefined
  const matches = bound.flatMap((routes) =>
    [...routes.http, ...routes.tls, ...routes.tcp].flatMap((route) => matchesAt(routes, route, `${lost.namespace}/${lost.name}`)),
  )
  const places = new Map<string, [Place, unknown]>()
  const put = (place: Place, value: unknown) => places.set(JSON.stringify([place.of.key, place.path]), [place, value])
  put(at(lost.from, 'port', 'number'), free)
  for (const { to } of own) put(at(to.from, 'destination', 'port'), { number: free })
  for (const { policy } of subsets)
    for (const { port, from } of policy?.ports ?? []) if (port === lost.number) put(at(from, 'port', 'number'), free)
  for (const match of matches) if (match?.port === lost.number && match.gateways) put(at(match.from, 'port'), free)
  return setting(both(`Move it to port ${free}`, `移到 ${free} 端口`), ...places.values())
}

const second = (yaml: string): string =>
  but(
    yaml,
    ['edition.cnn.com', 'www.example.com'],
    ['name: cnn', 'name: example'],
    ['subset: cnn', 'subset: example'],
    ['direct-cnn-through-egress-gateway', 'direct-example-through-egress-gateway'],
    ['egressgateway-for-cnn', 'egressgateway-for-example'],
    ['{name: istio-egressgateway, namespace: default}', '{name: example-gateway, namespace: default}'],
    ['istio-egressgateway]', 'example-gateway]'],
  )
/** TLS through port 80 of the gateway. */
const onPort80 = (yaml: string): string =>
  but(
    yaml,
    ['port: {number: 443, name: tls, protocol: TLS}\n    hosts', 'port: {number: 80, name: tls, protocol: TLS}\n    hosts'],
    ['cnn, port: {number: 443}', 'cnn, port: {number: 80}'],
    ['[istio-egressgateway], port: 443', '[istio-egressgateway], port: 80'],
  )
const both443 = 'hosts: [edition.cnn.com]\n    tls: {mode: PASSTHROUGH}'

export const portClash: Rule = {
  id,
  level: 'error',
  title: both('Two servers clash on one port of the gateway', '两个 server 在网关的同一端口上冲突'),
  why: both(
    'All Gateways that select the same pods are merged. Plain HTTP servers share a port, told apart by the Host header; TLS servers share one by SNI. Plain and TLS do not mix: if the older is plain, TLS servers behind it are dropped. A host may be in one TLS server of a port only; the later server is dropped whole. Age is the order here.',
    '选中同一批 Pod 的所有 Gateway 会合并。明文 HTTP server 共用端口，按 Host 头区分；TLS server 共用端口，按 SNI 区分。明文与 TLS 不能混用：若较早的是明文，其后的 TLS server 会被丢弃。同一端口上，一个主机只能出现在一个 TLS server 里，较晚的 server 会被整个丢弃。这里以文本顺序代表先后。',
  ),
  links: ['https://istio.io/latest/docs/reference/config/analysis/ist0145/', issue(38324)],
  check,
  good: [
    { says: 'Two plain servers on one port.', yaml: file(c1, second(c1)), url: 'http://www.example.com/' },
    { says: 'Two TLS servers on one port.', yaml: file(c3, second(c3)), url: 'https://www.example.com/' },
  ],
  bad: [
    {
      says: 'An older plain server drops a TLS server.',
      yaml: file(second(c1), onPort80(c3)),
      at: 'Gateway/istio-egressgateway spec.servers.0.port',
      shows: { url: 'https://edition.cnn.com/politics', ends: { exit: 35 } },
    },
    {
      says: 'A host in two TLS servers: the later one is gone, with its other hosts.',
      yaml: file(
        but(second(c3), [
          'hosts: [www.example.com]\n    tls: {mode: PASSTHROUGH}',
          'hosts: [www.example.com, shop.example.com]\n    tls: {mode: PASSTHROUGH}',
        ]),
        but(c3, [both443, 'hosts: [edition.cnn.com, shop.example.com]\n    tls: {mode: PASSTHROUGH}']),
      ),
      at: 'Gateway/istio-egressgateway spec.servers.0.hosts',
      shows: { url: 'https://edition.cnn.com/politics', ends: { exit: 35 } },
    },
  ],
}
