import { both } from '../base/text'
import { isWildcarded } from '../istio/host-name'
import type { ServiceHost } from '../istio/mesh'
import type { Rule, RuleFinding, RuleInput } from '../rules/kind'
import type { Fix } from '../yaml/document'
import { but, c1, c3, c6 } from './canon'
import { destinationEntries, groundOf } from './ground'
import { minorOf } from './l16-version'
import { called, foretelling, inside, issue, list, once, ruled, setting } from './named'
import { type Landing, walkOf } from './walk'

const id = 'L8'

/** A gateway dials by name: it cannot go on to an address that only the app knew (istio/README 7.8). */
function check(of: RuleInput): RuleFinding[] {
  const ground = groundOf(of)
  return once(
    walkOf(of).landings.flatMap((landing) => {
      const entry = destinationEntries(ground, landing.to.host, landing.gateway.namespace)[0]
      if (entry?.resolution === 'NONE' || (entry?.resolution === 'DYNAMIC_DNS' && landing.kind !== 'http'))
        return [dead(of, entry, landing)]
      return []
    }),
  )
}

function dead(of: RuleInput, entry: ServiceHost, { host, kind, leg, to }: Landing): RuleFinding {
  const hosts = list(entry.hosts)
  const result =
    kind === 'http'
      ? both('the app sees 503 UH no_healthy_upstream', '应用看到 503 UH no_healthy_upstream')
      : both('the app sees a reset (UH, curl exit 35)', '应用的连接被重置（UH，curl 退出码 35）')
  return foretelling(
    ruled(
      id,
      'error',
      inside(entry, 'spec', 'resolution'),
      both(
        `${called(entry)} leaves ${hosts} with resolution ${entry.resolution}: ${leg.gateway.host} has to dial ${to.host} and has no address for it.`,
        `${called(entry)} 中 ${hosts} 的 resolution 为 ${entry.resolution}：${leg.gateway.host} 要连接 ${to.host}，却没有它的地址。`,
      ),
      fixOf(of, entry),
    ),
    leg,
    host,
    result,
    [{ ...(leg.kind === 'http' ? { status: 503 } : { exit: 35 }), log: { flags: 'UH' } }],
  )
}

/** A name is resolved by DNS; one below a wildcard by the Host header, since Istio 1.30 and where the gateway reads HTTP. */
function fixOf(of: RuleInput, entry: ServiceHost): Fix | undefined {
  const place = inside(entry, 'spec', 'resolution')
  if (entry.hosts.length === 0) return undefined
  if (entry.hosts.every((host) => !isWildcarded(host))) return setting(both('Resolve by DNS', '用 DNS 解析'), [place, 'DNS'])
  const landings = walkOf(of).landings.filter(({ to }) => entry.hosts.includes(to.host))
  const byHost = entry.hosts.every(isWildcarded) && landings.every(({ kind }) => kind === 'http') && (minorOf(of.around.istio) ?? 0) >= 30
  return byHost ? setting(both('Resolve what each request asks for', '按每个请求的主机解析'), [place, 'DYNAMIC_DNS']) : undefined
}

export const undialable: Rule = {
  id,
  level: 'error',
  title: both('The gateway cannot dial the host', '网关无法连接该主机'),
  why: both(
    'With resolution NONE a proxy goes on to the address that the connection was meant for. At a sidecar that is the server’s; at the gateway it is the gateway’s own, so there is nowhere to go. Behind a gateway a host needs DNS or fixed endpoints, and so a name without a wildcard. Two ways lead out: HTTP below a wildcard is dialled by its Host header with DYNAMIC_DNS (Istio 1.30); TLS below a wildcard leaves at the sidecar, or its hosts are listed by name.',
    'resolution 为 NONE 时，代理会继续连接该连接原本要去的地址。在 Sidecar 上那是服务器的地址；在网关上则是网关自己的地址，因此无处可去。经过网关的主机需要 DNS 或固定的 endpoints，所以也要是不带通配符的名称。有两条出路：通配符下的 HTTP 可用 DYNAMIC_DNS（Istio 1.30）按 Host 头连接；通配符下的 TLS 由 Sidecar 直接发出，或逐个列出主机名。',
  ),
  links: [issue(50075), issue(51507), issue(42238)],
  check,
  good: [
    { says: 'DNS, HTTP.', yaml: c6, url: 'http://edition.cnn.com/politics' },
    { says: 'DNS, TLS.', yaml: c3, url: 'https://edition.cnn.com/politics' },
  ],
  bad: [
    {
      says: 'NONE behind a gateway.',
      yaml: but(c6, ['resolution: DNS', 'resolution: NONE']),
      at: 'ServiceEntry/cnn spec.resolution',
      shows: { url: 'http://edition.cnn.com/politics', ends: { status: 503 } },
    },
    {
      says: 'HTTP below a wildcard, behind a gateway.',
      yaml: but(
        c1,
        ['resolution: DNS', 'resolution: NONE'],
        ['[edition.cnn.com]', '["*.cnn.com"]'],
        ['{host: edition.cnn.com', '{host: "*.cnn.com"'],
      ),
      at: 'ServiceEntry/cnn spec.resolution',
      shows: { url: 'http://edition.cnn.com/politics', ends: { status: 503 } },
    },
    {
      says: 'A wildcard without addresses behind a gateway.',
      yaml: but(
        c3,
        ['resolution: DNS', 'resolution: NONE'],
        ['[edition.cnn.com]', '["*.cnn.com"]'],
        ['destination: {host: edition.cnn.com', 'destination: {host: "*.cnn.com"'],
      ),
      at: 'ServiceEntry/cnn spec.resolution',
      shows: { url: 'https://edition.cnn.com/politics', ends: { exit: 35 } },
    },
  ],
}
