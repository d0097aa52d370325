import { both } from '../base/text'
import type { Match, Routes } from '../istio/mesh'
import type { Rule, RuleFinding, RuleInput } from '../rules/kind'
import { but, c3 } from './canon'
import { at, called, ruled } from './named'

const id = 'L25'

/** Istiod writes the `sniHosts` of a match into a filter chain as they are, and Envoy takes no name twice in one listener. */
const check = ({ mesh }: RuleInput): RuleFinding[] =>
  mesh.routes
    .filter(({ by }) => by === 'VirtualService')
    .flatMap((routes) => routes.tls.flatMap(({ matches }) => matches.flatMap((match) => twice(routes, match))))

/** The first name of a match that comes again; `*` beside others is no chain of names. */
function twice(routes: Routes, match: Match): RuleFinding[] {
  const names = match.sniHosts
  const index = names.findIndex((name, here) => names.indexOf(name) < here)
  const name = names[index]
  if (name === undefined || names.includes('*')) return []
  return [
    ruled(
      id,
      'error',
      at(match.from, 'sniHosts', index),
      both(
        `${called(routes)} lists ${name} twice in one match: Envoy refuses the whole listener, and with it all other chains of its port.`,
        `${called(routes)} 在同一条匹配中把 ${name} 写了两次：Envoy 会拒绝整个监听器，该端口的其他过滤器链随之失效。`,
      ),
      {
        says: both(`Take the second ${name} out`, `去掉第二个 ${name}`),
        changes: [{ remove: at(match.from, 'sniHosts', index) }],
      },
    ),
  ]
}

export const sniTwice: Rule = {
  id,
  level: 'error',
  title: both('An SNI host twice in one match', '同一条匹配中 SNI 主机重复'),
  why: both(
    'A `tls` match becomes a filter chain that is chosen by SNI. Envoy refuses a listener in which a name is asked for twice, also where both are in the same chain, and with it all other chains of that port. Neither the API server nor istioctl analyze says a word; only the proxy’s status (`istioctl proxy-status`, listener rejected) does.',
    '一条 `tls` 匹配会变成按 SNI 选择的过滤器链。同一个监听器里若有名称重复，即使重复出现在同一条过滤器链中，Envoy 也会拒绝整个监听器，该端口的其他过滤器链随之失效。API server 和 istioctl analyze 都不会提示，只有代理的状态（`istioctl proxy-status` 中 listener 被拒绝）会显示。',
  ),
  links: ['https://istio.io/latest/docs/reference/config/networking/virtual-service/#TLSMatchAttributes'],
  check,
  good: [{ says: 'Each name occurs once.', yaml: c3 }],
  bad: [
    {
      says: 'Twice at the sidecar: the request leaves without the gateway.',
      yaml: but(c3, [
        '[{gateways: [mesh], port: 443, sniHosts: [edition.cnn.com]}]',
        '[{gateways: [mesh], port: 443, sniHosts: [edition.cnn.com, edition.cnn.com]}]',
      ]),
      at: 'VirtualService/direct-cnn-through-egress-gateway spec.tls.0.match.0.sniHosts.1',
      shows: { url: 'https://edition.cnn.com/politics', ends: { direct: true } },
    },
    {
      says: 'Twice at the gateway: its port is closed.',
      yaml: but(c3, [
        '[{gateways: [istio-egressgateway], port: 443, sniHosts: [edition.cnn.com]}]',
        '[{gateways: [istio-egressgateway], port: 443, sniHosts: [edition.cnn.com, edition.cnn.com]}]',
      ]),
      at: 'VirtualService/direct-cnn-through-egress-gateway spec.tls.1.match.0.sniHosts.1',
      shows: { url: 'https://edition.cnn.com/politics', ends: { exit: 35 } },
    },
  ],
}
