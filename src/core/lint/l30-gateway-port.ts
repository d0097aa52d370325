import { both } from '../base/text'
import type { Rule, RuleFinding, RuleInput } from '../rules/kind'
import type { Fix, Place } from '../yaml/document'
import { but, c1, c6 } from './canon'
import { type Ground, groundOf } from './ground'
import { at, called, foretelling, issue, list, once, ruled, setting } from './named'
import { type Trouble, troublesOf } from './walk'

const id = 'L30'
type Shut = Extract<Trouble, { is: 'shut' }>

/** A port that the gateway’s Service does not have: sidecars have no cluster for it, whatever its pods listen on (istio/README 7.4). */
function check(of: RuleInput): RuleFinding[] {
  const ground = groundOf(of)
  return once(troublesOf(of, 'shut').map((trouble) => shut(ground, trouble)))
}

function shut(ground: Ground, trouble: Shut): RuleFinding {
  const { leg, host } = trouble
  const has = list(leg.gateway.ports.map(({ number }) => String(number)))
  return foretelling(
    ruled(
      id,
      'error',
      at(leg.to.from, 'destination'),
      both(
        `${called(leg.routes)} sends ${host} to port ${leg.port} of ${leg.gateway.host}, but that Service only has ${has}.`,
        `${called(leg.routes)} 把 ${host} 送往 ${leg.gateway.host} 的 ${leg.port} 端口，但该 Service 只有 ${has}。`,
      ),
      fixOf(ground, trouble),
    ),
    leg,
    host,
    both('sidecars have no cluster for it (NC)', 'Sidecar 没有对应的 cluster（NC）'),
    [{ fails: true }],
  )
}

/** The port behind which a server waits for the host; certain where there is one. Settings of the port in the subset come along. */
function fixOf(ground: Ground, { leg, host, cluster: { own } }: Shut): Fix | undefined {
  const open = leg.gateway.ports.filter(({ number }) => ground.serversOf(leg.gateway, number).for(host).length > 0)
  const [port] = open
  if (!port || open.length > 1) return undefined
  const settings = own?.policy?.ports.find((each) => each.port === leg.port)
  const more: [Place, unknown][] = settings ? [[at(settings.from, 'port', 'number'), port.number]] : []
  return setting(
    both(`Send to port ${port.number}`, `送往 ${port.number} 端口`),
    [at(leg.to.from, 'destination', 'port'), { number: port.number }],
    ...more,
  )
}

const url = 'http://edition.cnn.com/politics'
const shows = { url, ends: { status: 503 } }
const toPod = ['subset: cnn, port: {number: 80}', 'subset: cnn, port: {number: 8080}'] as const

export const gatewayPort: Rule = {
  id,
  level: 'error',
  title: both('The gateway’s Service has no such port', '网关的 Service 没有这个端口'),
  why: both(
    'A route names a port of the gateway’s Service, never that on which its pods listen. A port that the Service lacks, 8080 or 9443 say, is no cluster of any sidecar. The Gateway’s server has the number of the Service’s port too; where another number is needed, the Service must have it first.',
    '路由写的是网关 Service 的端口，而不是其 Pod 监听的端口。Service 没有的端口（例如 8080 或 9443），在任何 Sidecar 中都没有对应的 cluster。Gateway 的 server 写的也是 Service 的端口号；若要用别的端口，必须先在 Service 上加上它。',
  ),
  links: [issue(50247), 'https://istio.io/latest/docs/tasks/traffic-management/egress/egress-gateway/'],
  check,
  good: [{ says: 'The port of the Service.', yaml: c1, url }],
  bad: [
    {
      says: 'The port of the pods.',
      yaml: but(c1, toPod),
      at: 'VirtualService/direct-cnn-through-egress-gateway spec.http.0.route.0.destination',
      shows,
    },
    {
      says: 'The port of the pods, in the settings of the subset as well.',
      yaml: but(c6, toPod, ['{port: {number: 80}, tls: {mode: ISTIO_MUTUAL', '{port: {number: 8080}, tls: {mode: ISTIO_MUTUAL']),
      at: 'VirtualService/direct-cnn-through-egress-gateway spec.http.0.route.0.destination',
      shows,
    },
  ],
}
