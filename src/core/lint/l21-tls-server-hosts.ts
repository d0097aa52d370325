import { both } from '../base/text'
import type { GatewayServer } from '../istio/mesh'
import type { Documents, Rule, RuleFinding, RuleInput } from '../rules/kind'
import type { Fix } from '../yaml/document'
import { valueAt } from '../yaml/place'
import { but, c4 } from './canon'
import { at, called, foretelling, list, ruled, server, setting } from './named'
import { type Landing, walkOf } from './walk'

const id = 'L21'

/** A server that ends TLS and reads bytes has one route for all its hosts (istio/README 7.6). */
function check(of: RuleInput): RuleFinding[] {
  const byServer = new Map<GatewayServer, Landing[]>()
  for (const landing of walkOf(of).landings)
    if (landing.kind === 'tcp' && landing.server.tls) byServer.set(landing.server, [...(byServer.get(landing.server) ?? []), landing])
  return [...byServer].flatMap(([to, landings]) => {
    const targets = [...new Set(landings.map((landing) => landing.to.host))]
    return targets.length > 1 && to.hosts.length > 1 ? [mixed(of.documents, to, landings, targets)] : []
  })
}

function mixed(documents: Documents, to: GatewayServer, landings: Landing[], targets: readonly string[]): RuleFinding {
  const where = server(to)
  const [first] = landings
  const other = landings.find((landing) => landing.to.host !== first?.to.host)
  const winner = targets[0] ?? ''
  const names = first ? called(first.routes) : ''
  const finding = ruled(
    id,
    'error',
    at(to.from, 'hosts'),
    both(
      `${where.en} ends TLS and sees only bytes: its tcp routes know no host, so whatever arrives for ${list(targets)} goes the way of ${names}, to ${winner}.`,
      `${where.zh}终止 TLS 后只看到字节：它的 tcp 路由不知道主机，所以发往 ${list(targets)} 的一切都按 ${names} 送到 ${winner}。`,
    ),
    split(documents, to),
  )
  const says = both(
    'for the others the app meets the wrong server (curl exit 60)',
    '请求其他主机的应用会遇到错误的服务器（curl 退出码 60）',
  )
  return other ? foretelling(finding, other.leg, other.host, says, [{ exit: 60 }]) : finding
}

/** A server for each host; their ports keep unique names. */
function split(documents: Documents, to: GatewayServer): Fix | undefined {
  const servers = { of: to.from.of, path: to.from.path.slice(0, -1) }
  const all = valueAt(documents, servers)
  const own = valueAt(documents, to.from)
  if (to.by !== 'Istio' || !Array.isArray(all) || typeof own !== 'object' || own === null) return undefined
  const more = to.hosts.slice(1).map((host, index) => {
    const port = { ...(valueAt(documents, at(to.from, 'port')) as object), name: `${to.portName}-${index + 2}` }
    return [at(servers, all.length + index), { ...own, hosts: [host], port }] as const
  })
  return setting(both('A server for each host', '每个主机一个 server'), [at(to.from, 'hosts'), to.hosts.slice(0, 1)], ...more)
}

const forHost = (yaml: string): string =>
  but(
    yaml,
    ['edition.cnn.com', 'www.example.com'],
    ['name: cnn', 'name: example'],
    ['subset: cnn', 'subset: example'],
    ['direct-cnn-through-egress-gateway', 'direct-example-through-egress-gateway'],
    ['egressgateway-for-cnn', 'egressgateway-for-example'],
  )
const withoutGateway = (yaml: string): string =>
  yaml
    .split('---\n')
    .filter((document) => !document.includes('kind: Gateway\n'))
    .join('---\n')
const oneServer = 'hosts: [edition.cnn.com]\n    tls: {mode: ISTIO_MUTUAL}\n'
const two = (servers: string) => `${but(c4, [oneServer, servers])}---\n${withoutGateway(forHost(c4))}`

export const tlsServerHosts: Rule = {
  id,
  level: 'error',
  title: both('Several hosts in one server that ends TLS', '终止 TLS 的一个 server 里有多个主机'),
  why: both(
    'A server of protocol TLS with ISTIO_MUTUAL takes the mesh’s TLS off and passes on what is inside without looking. Its tcp routes therefore cannot tell one host from another: the first route gets everything. With a server for each host the outer SNI tells them apart before TLS ends.',
    '协议为 TLS、模式为 ISTIO_MUTUAL 的 server 去掉网格的 TLS，对里面的内容不看就转发。它的 tcp 路由因此无法区分主机：第一条路由得到一切。如果每个主机一个 server，外层 SNI 在 TLS 终止之前就把它们分开了。',
  ),
  links: ['https://istio.io/latest/docs/reference/config/networking/gateway/#Server'],
  check,
  good: [
    {
      says: 'A server for each host.',
      yaml: two(
        `${oneServer}  - port: {number: 443, name: tls-2, protocol: TLS}\n    hosts: [www.example.com]\n    tls: {mode: ISTIO_MUTUAL}\n`,
      ),
      url: 'https://www.example.com/',
    },
  ],
  bad: [
    {
      says: 'Two hosts in one server: the second one’s connections end at the first one’s server.',
      yaml: two('hosts: [edition.cnn.com, www.example.com]\n    tls: {mode: ISTIO_MUTUAL}\n'),
      at: 'Gateway/istio-egressgateway spec.servers.0.hosts',
      shows: { url: 'https://www.example.com/', ends: { exit: 60 } },
      around: { hosts: { 'edition.cnn.com': {} } },
    },
  ],
}
