import { spaced } from '../base/spaced'
import { both, type Text } from '../base/text'
import { isWildcarded } from '../istio/host-name'
import type { GatewayServer } from '../istio/mesh'
import type { End, Rule, RuleFinding, RuleInput } from '../rules/kind'
import type { Fix } from '../yaml/document'
import { but, c4, c6, file } from './canon'
import { legsOf, type RouteKind } from './legs'
import { at, called, foretelling, issue, ofSome, once, ruled, server, setting } from './named'
import { kindFor, type Trouble, troublesOf } from './walk'

const id = 'L1'
type Sni = Extract<Trouble, { is: 'sni' }>

/** The outer SNI of an mTLS hop must be one of the server's hosts (istio/README 7.5, 7.8). */
function check(of: RuleInput): RuleFinding[] {
  const users = usersOf(of)
  return once(troublesOf(of, 'sni').map((trouble) => ofSome(closed(trouble, users), trouble)))
}

const clusterName = ({ leg }: Pick<Sni, 'leg'>): string => `${leg.port} ${leg.to.subset} ${leg.gateway.host}`

/** Hosts that share the settings of a cluster. */
function usersOf(of: RuleInput): Map<string, Set<string>> {
  const users = new Map<string, Set<string>>()
  for (const leg of legsOf(of)) {
    const name = clusterName({ leg })
    const hosts = users.get(name) ?? new Set<string>()
    for (const host of leg.hosts) hosts.add(host)
    users.set(name, hosts)
  }
  return users
}

function closed(trouble: Sni, users: Map<string, Set<string>>): RuleFinding {
  const { leg, tls, sni, servers, takenBy } = trouble
  const [first] = servers
  const where = first ? server(first) : both('no server', '没有 server')
  const made = tls.sni ? both('', '') : both(', which Istio makes up where no sni is written', '（没有写 sni 时由 Istio 自行生成）')
  const other = takenBy && server(takenBy)
  const takes = other
    ? both(`${other.en} takes that, and ${trouble.host} is for ${where.en}`, `接收它的是${other.zh}，而 ${trouble.host} 属于${where.zh}`)
    : both(`but ${where.en} only takes its own hosts`, `但${where.zh} 只接受自己的主机`)
  const { says, end } = takenBy ? misled(trouble, takenBy) : refused(leg.kind)
  return foretelling(
    ruled(
      id,
      'error',
      tls.sni ? at(tls.from, 'sni') : tls.from,
      both(
        `${called(tls.from)} opens mTLS to the gateway with SNI ${sni}${made.en}${other ? ':' : ','} ${takes.en}.`,
        spaced(`${called(tls.from)} 以 SNI ${sni}${made.zh} 向网关发起 mTLS，${takes.zh}。`),
      ),
      fixOf(trouble, users),
    ),
    leg,
    trouble.host,
    says,
    [end],
    trouble.clients,
  )
}

interface Ending {
  says: Text
  end: End
}

/** No server is for the SNI. */
const refused = (kind: RouteKind): Ending => ({
  says:
    kind === 'http'
      ? both(
          'the gateway closes the connection (NR filter_chain_not_found), and the app sees 503',
          '网关关闭连接（NR filter_chain_not_found），应用看到 503',
        )
      : both(
          'the gateway closes the connection (NR filter_chain_not_found), and the app’s connection is reset (curl exit 35)',
          '网关关闭连接（NR filter_chain_not_found），应用的连接被重置（curl 退出码 35）',
        ),
  end: { ...(kind === 'http' ? { status: 503 } : { exit: 35 }), log: { flags: 'NR', details: 'filter_chain_not_found' } },
})

/** The server of other hosts takes it: by its own routes (istio/README 7.6). */
function misled({ leg, host }: Sni, by: GatewayServer): Ending {
  if (leg.kind === 'http' && kindFor(by) === 'http')
    return {
      says: both(`${called(by)} has no route for ${host}, and the app sees 404`, `${called(by)} 没有 ${host} 的路由，应用看到 404`),
      end: { status: 404, log: { flags: 'NR', details: 'route_not_found' } },
    }
  return {
    says: both(`it goes where ${called(by)} sends to, not to ${host}`, `请求被送往 ${called(by)} 转发的地方，而不是 ${host}`),
    end: { fails: true },
  }
}

/** Certain where all who share the settings are hosts of one server. */
function fixOf(trouble: Sni, users: Map<string, Set<string>>): Fix | undefined {
  const { host, tls, servers } = trouble
  const hosts = [...(users.get(clusterName(trouble)) ?? [])]
  if (isWildcarded(host) || !servers.some((each) => hosts.every((user) => user === host || each.hosts.includes(user)))) return undefined
  return setting(both(`Set sni to ${host}`, `将 sni 设为 ${host}`), [at(tls.from, 'sni'), host])
}

/** Another host by a Gateway of its own, which shares the subset and with it the SNI. */
const besides = (text: string): string => {
  const [entry = '', gateway = '', , ...rest] = text.split('---\n')
  return but(
    file(entry, gateway, ...rest),
    ['edition.cnn.com', 'api.example.com'],
    ['{name: cnn,', '{name: api,'],
    ['{name: istio-egressgateway,', '{name: other,'],
    ['direct-cnn-through', 'direct-api-through'],
    ['originate-tls', 'originate-api'],
    ['mesh, istio-egressgateway]', 'mesh, other]'],
    ['[istio-egressgateway]', '[other]'],
  )
}

export const sni: Rule = {
  id,
  level: 'error',
  title: both('The SNI of the hop is no host of the server', '这一跳的 SNI 不是 server 的主机'),
  why: both(
    'A gateway’s TLS servers are told apart by SNI. For mutual TLS between sidecar and gateway the SNI is the one in the DestinationRule; without one Istio sends outbound_.PORT_.SUBSET_.HOST, which no server lists. What matches no server is closed before a byte is read; what matches a server of other hosts is answered by the routes of those.',
    '网关的 TLS server 按 SNI 区分。Sidecar 与网关之间的双向 TLS 使用 DestinationRule 中的 SNI；如果没有写，Istio 会发送 outbound_.PORT_.SUBSET_.HOST，而没有任何 server 列出它。不匹配任何 server 的连接，一个字节都不读就会被关闭；匹配到其他主机的 server 的连接，则按那些主机的路由处理。',
  ),
  links: [issue(56201), issue(41380), issue(32466)],
  check,
  good: [
    { says: 'The subset names the host.', yaml: c6, url: 'http://edition.cnn.com/politics' },
    { says: 'The same for TLS in TLS.', yaml: c4, url: 'https://edition.cnn.com/politics' },
  ],
  bad: [
    {
      says: 'No sni.',
      yaml: but(c6, ['ISTIO_MUTUAL, sni: edition.cnn.com}', 'ISTIO_MUTUAL}']),
      at: 'DestinationRule/egressgateway-for-cnn spec.subsets.0.trafficPolicy.portLevelSettings.0.tls',
      shows: { url: 'http://edition.cnn.com/politics', ends: { status: 503 } },
    },
    {
      says: 'Another host’s sni.',
      yaml: but(c6, ['sni: edition.cnn.com}', 'sni: x.example.com}']),
      at: 'DestinationRule/egressgateway-for-cnn spec.subsets.0.trafficPolicy.portLevelSettings.0.tls.sni',
      shows: { url: 'http://edition.cnn.com/politics', ends: { status: 503 } },
    },
    {
      says: 'The sni of a host of another Gateway.',
      yaml: file(c6, besides(c6)),
      at: 'DestinationRule/egressgateway-for-cnn spec.subsets.0.trafficPolicy.portLevelSettings.0.tls.sni',
      shows: { url: 'http://api.example.com/', ends: { status: 404 } },
    },
    {
      says: 'The same, TLS in TLS: it comes to the other host.',
      yaml: file(c4, besides(c4)),
      around: { hosts: { 'edition.cnn.com': {} } },
      at: 'DestinationRule/egressgateway-for-cnn spec.subsets.0.trafficPolicy.portLevelSettings.0.tls.sni',
      shows: { url: 'https://api.example.com/', ends: { exit: 60 } },
    },
    {
      says: 'No sni, TLS in TLS.',
      yaml: but(c4, ['ISTIO_MUTUAL, sni: edition.cnn.com}', 'ISTIO_MUTUAL}']),
      at: 'DestinationRule/egressgateway-for-cnn spec.subsets.0.trafficPolicy.portLevelSettings.0.tls',
      shows: { url: 'https://edition.cnn.com/politics', ends: { exit: 35 } },
    },
  ],
}
