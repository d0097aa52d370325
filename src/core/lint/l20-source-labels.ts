import { both } from '../base/text'
import type { Match, Routes } from '../istio/mesh'
import type { Rule, RuleFinding, RuleInput } from '../rules/kind'
import { but, c1 } from './canon'
import { at, called, ruled } from './named'

const id = 'L20'

/** In an HTTP match Istio asks for the source only where `gateways` is left out (istio/README 7.3). */
const check = ({ mesh }: RuleInput): RuleFinding[] =>
  mesh.routes
    .filter(({ by }) => by === 'VirtualService')
    .flatMap((routes) => routes.http.flatMap(({ matches }) => matches.filter(ignored).map((match) => notAsked(routes, match))))

const ignored = ({ gateways, sourceLabels, sourceNamespace }: Match): boolean =>
  gateways?.includes('mesh') === true && (Object.keys(sourceLabels).length > 0 || sourceNamespace !== '')

function notAsked(routes: Routes, match: Match): RuleFinding {
  const field = match.sourceNamespace ? 'sourceNamespace' : 'sourceLabels'
  const wanted = [...Object.entries(match.sourceLabels).map(([key, value]) => `${key}: ${value}`), match.sourceNamespace]
    .filter(Boolean)
    .join(', ')
  return ruled(
    id,
    'warning',
    at(match.from, field),
    both(
      `${called(routes)} means this match for ${wanted} only, but it also says gateways: Istio then ignores ${field}, and every pod matches.`,
      `${called(routes)} 的这条匹配本来只针对 ${wanted}，但同时写了 gateways：此时 Istio 会忽略 ${field}，所有 Pod 都会匹配。`,
    ),
    {
      says: both('Leave gateways out of this match', '去掉这条匹配中的 gateways'),
      changes: [{ remove: at(match.from, 'gateways') }],
    },
  )
}

export const sourceLabels: Rule = {
  id,
  level: 'warning',
  title: both('sourceLabels beside gateways in an HTTP match', 'HTTP 匹配中 sourceLabels 与 gateways 并存'),
  why: both(
    'For HTTP routes Istio compares either the gateways or the source of a match, never both: where `gateways` is written, `sourceLabels` and `sourceNamespace` are not looked at. TLS matches evaluate both. Leave `gateways` out: the source’s labels alone already keep the route away from the gateway.',
    '对 HTTP 路由，Istio 只比对一条匹配的 gateways 或来源，二者不会同时比对：写了 `gateways`，就不再看 `sourceLabels` 和 `sourceNamespace`。TLS 匹配则两者都比对。请去掉 `gateways`：仅凭来源标签，该路由就不会用于网关。',
  ),
  links: ['https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPMatchRequest'],
  check,
  good: [
    {
      says: 'The match asks for labels, and for no gateway.',
      yaml: but(c1, ['{gateways: [mesh], port: 80}', '{port: 80, sourceLabels: {app: sleep}}']),
    },
  ],
  bad: [
    {
      says: 'The route is meant for app: other, yet the request of app: sleep takes it.',
      yaml: but(c1, ['{gateways: [mesh], port: 80}', '{gateways: [mesh], port: 80, sourceLabels: {app: other}}']),
      at: 'VirtualService/direct-cnn-through-egress-gateway spec.http.0.match.0.sourceLabels',
      shows: { url: 'http://edition.cnn.com/politics', ends: { status: 200 } },
    },
  ],
}
