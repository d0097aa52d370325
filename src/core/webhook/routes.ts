/** What Istio's webhook says of the routes of a VirtualService (istio/README 5; pkg/config/validation, validateTLSRoute and below). */

import { isIP } from '../base/ip'
import { asList, field, has, inside, itemsOf, type Loose, numberOf, textOf, textsOf } from '../base/loose'
import { both, numbered } from '../base/text'
import { isWildcarded, subsetOf } from '../istio/host-name'
import { isLabel, isWildcardDomain } from '../istio/host-name-validation'
import { documentRule, networking, type Remark } from '../rules/one-document'
import type { Path } from '../yaml/document'
import { virtualService } from './virtual-service'

const reference = 'https://istio.io/latest/docs/reference/config/networking/virtual-service/'

const kinds = ['http', 'tls', 'tcp'] as const

/** All routes of a VirtualService, each with its place. */
const routesOf = (spec: Loose, only: readonly string[] = kinds) =>
  only.flatMap((kind) => itemsOf(spec, kind).map(([index, route]) => ({ kind, route, path: ['spec', kind, index] as Path })))

/** Where requests are sent: the destinations of routes, and mirrors. */
const destinationsOf = (spec: Loose) =>
  routesOf(spec).flatMap(({ kind, route, path }) => [
    ...itemsOf(route, 'route').map(([index, to]) => ({
      to: inside(to, 'destination'),
      path: [...path, 'route', index, 'destination'] as Path,
    })),
    ...(kind === 'http' && has(route, 'mirror') ? [{ to: inside(route, 'mirror'), path: [...path, 'mirror'] as Path }] : []),
    ...itemsOf(route, 'mirrors').map(([index, to]) => ({
      to: inside(to, 'destination'),
      path: [...path, 'mirrors', index, 'destination'] as Path,
    })),
  ])

const tls = (lines: string) => virtualService({ routes: `tls:\n${lines}` })
const route = (host = 'edition.cnn.com', rest = '') => `    route:
    - destination:
        host: "${host}"
        port:
          number: 443
${rest}`
const passthrough = (sniHosts: string) =>
  tls(`  - match:
    - gateways: [istio-egressgateway]
      port: 443
      sniHosts: ${sniHosts}
${route()}`)
const http = (lines: string) => virtualService({ routes: `http:\n${lines}` })

const good = [
  { says: 'a TLS route for the VirtualService’s host', yaml: passthrough('[edition.cnn.com]') },
  { says: 'an HTTP route', yaml: virtualService({}) },
]

const sniHosts = documentRule({
  id: 'W40',
  level: 'error',
  title: both('SNI of a TLS route', 'TLS 路由的 SNI'),
  why: both(
    'Each name in `sniHosts` must be one of the VirtualService’s hosts, or below a wildcard among them: the hosts say which services the rules are for, `sniHosts` what a ClientHello is compared with.',
    '`sniHosts` 中的每个名称都必须是 VirtualService 的某个 host，或在其通配符之下：hosts 说明规则针对哪些服务，`sniHosts` 与 ClientHello 比较。',
  ),
  links: [`${reference}#TLSMatchAttributes`],
  group: networking,
  kinds: ['VirtualService'],
  look: (spec) => {
    const hosts = textsOf(spec, 'hosts')
    const plain = new Set(hosts)
    const wild = hosts.filter((host) => isWildcarded(host))
    const fits = (name: string) =>
      isIP(name) || name.startsWith('outbound_') || plain.has(name) || wild.some((host) => subsetOf(name, host))
    return sniOf(spec).flatMap(({ name, path }): Remark[] =>
      fits(name)
        ? []
        : [
            {
              path,
              says: isWildcardDomain(name)
                ? both(
                    `${name} is none of this VirtualService’s hosts (${short(hosts)}): Istio refuses it.`,
                    `${name} 不在此 VirtualService 的 hosts（${short(hosts)}）中：Istio 会拒绝。`,
                  )
                : both(`${name} is no name of a host: Istio refuses it.`, `${name} 不是主机名：Istio 会拒绝。`),
            },
          ],
    )
  },
  good: [
    ...good,
    { says: 'a name below the wildcard', yaml: passthrough('[edition.cnn.com]').replace('[edition.cnn.com]', '["*.cnn.com"]') },
  ],
  bad: [
    {
      says: 'another host',
      yaml: passthrough('[www.cnn.com]'),
      at: 'VirtualService/cnn spec.tls.0.match.0.sniHosts.0',
      shows: { check: 'is not a compatible subset of any of the virtual service hosts' },
    },
    {
      says: 'a wildcard wider than the host',
      yaml: passthrough('["*.cnn.com"]'),
      at: 'VirtualService/cnn spec.tls.0.match.0.sniHosts.0',
      shows: { check: 'is not a compatible subset of any of the virtual service hosts' },
    },
  ],
})

const sniOf = (spec: Loose) =>
  routesOf(spec, ['tls']).flatMap(({ route: one, path }) =>
    itemsOf(one, 'match').flatMap(([at, match]) =>
      itemsOf(match, 'sniHosts').flatMap(([index, name]) =>
        typeof name === 'string' ? [{ name, path: [...path, 'match', at, 'sniHosts', index] as Path }] : [],
      ),
    ),
  )

/** A few names, and how many more there are. */
const short = (names: readonly string[]) => (names.length > 3 ? `${names.slice(0, 3).join(', ')}, …` : names.join(', '))

const sniAddress = documentRule({
  id: 'W41',
  level: 'warning',
  title: both('IP address as SNI', '以 IP 地址作为 SNI'),
  why: both(
    'SNI carries names of hosts only (RFC 6066): a client that dials an address sends none, so the route hardly ever matches.',
    'SNI 只能携带主机名（RFC 6066）：直接访问地址的客户端不会发送 SNI，因此该路由几乎不会匹配。',
  ),
  links: [`${reference}#TLSMatchAttributes`],
  group: networking,
  kinds: ['VirtualService'],
  look: (spec) =>
    sniOf(spec).flatMap(({ name, path }): Remark[] =>
      isIP(name) && !isWildcardDomain(name)
        ? [{ path, says: both(`Clients send no SNI for the address ${name}.`, `客户端不会为地址 ${name} 发送 SNI。`) }]
        : [],
    ),
  good,
  bad: [
    {
      says: 'an address among sniHosts',
      yaml: passthrough('[edition.cnn.com, 151.101.1.67]'),
      at: 'VirtualService/cnn spec.tls.0.match.0.sniHosts.1',
      shows: { check: 'goes against SNI spec' },
    },
  ],
})

const tlsMatch = documentRule({
  id: 'W42',
  level: 'error',
  title: both('A TLS route needs sniHosts', 'TLS 路由需要 sniHosts'),
  why: both(
    'A `tls` route is chosen by SNI: each of its rules has a match, and each match names SNI hosts. A `tcp` route may do without a match.',
    '`tls` 路由按 SNI 选择：每条规则都有 match，每个 match 都有 sniHosts。`tcp` 路由可以没有 match。',
  ),
  links: [`${reference}#TLSRoute`],
  group: networking,
  kinds: ['VirtualService'],
  look: (spec) =>
    routesOf(spec, ['tls']).flatMap(({ route: one, path }): Remark[] => {
      if (has(one, 'match') && asList(field(one, 'match')).length === 0)
        return [
          { path: [...path, 'match'], says: both('Istio refuses a tls route without a match.', 'Istio 会拒绝没有 match 的 tls 路由。') },
        ]
      return itemsOf(one, 'match').flatMap(([at, match]) =>
        has(match, 'sniHosts') && asList(field(match, 'sniHosts')).length === 0
          ? [
              {
                path: [...path, 'match', at, 'sniHosts'],
                says: both('Istio refuses a tls match without SNI hosts.', 'Istio 会拒绝没有 sniHosts 的 tls match。'),
              },
            ]
          : [],
      )
    }),
  good,
  bad: [
    {
      says: 'an empty match',
      yaml: tls(`  - match: []\n${route()}`),
      at: 'VirtualService/cnn spec.tls.0.match',
      shows: { check: 'TLS route must have at least one match condition' },
    },
    {
      says: 'no SNI host',
      yaml: passthrough('[]'),
      at: 'VirtualService/cnn spec.tls.0.match.0.sniHosts',
      shows: { check: 'TLS match must have at least one SNI host' },
    },
  ],
})

const weights = documentRule({
  id: 'W43',
  level: 'error',
  title: both('Weights of several destinations', '多个目的地的权重'),
  why: both(
    'Among several destinations at least one weight is above 0; none is below. They need not add up to 100, and a single destination needs none.',
    '多个目的地中至少一个权重大于 0，且都不能为负。总和不必是 100，单个目的地不需要权重。',
  ),
  links: [`${reference}#HTTPRouteDestination`],
  group: networking,
  kinds: ['VirtualService'],
  look: (spec) =>
    routesOf(spec).flatMap(({ route: one, path }): Remark[] => {
      const to = itemsOf(one, 'route')
      const negative = to.find(([, target]) => numberOf(target, 'weight') < 0)
      if (negative)
        return [
          {
            path: [...path, 'route', negative[0], 'weight'],
            says: both('Istio refuses a weight below 0.', 'Istio 会拒绝小于 0 的权重。'),
          },
        ]
      return to.length > 1 && to.every(([, target]) => numberOf(target, 'weight') === 0)
        ? [
            {
              path: [...path, 'route'],
              says: both(
                `${numbered(to.length, 'destination')} without a weight: Istio refuses it, since none would get anything.`,
                `${to.length} 个目的地都没有权重：谁也得不到请求，Istio 会拒绝。`,
              ),
            },
          ]
        : []
    }),
  good: [
    ...good,
    {
      says: 'weights that do not add up to 100',
      yaml: http(
        '  - route:\n    - destination:\n        host: edition.cnn.com\n      weight: 1\n    - destination:\n        host: www.cnn.com\n      weight: 2\n',
      ),
    },
  ],
  bad: [
    {
      says: 'two destinations without weights',
      yaml: http('  - route:\n    - destination:\n        host: edition.cnn.com\n    - destination:\n        host: www.cnn.com\n'),
      at: 'VirtualService/cnn spec.http.0.route',
      shows: { check: 'total destination weight = 0' },
    },
  ],
})

const destinations = documentRule({
  id: 'W44',
  level: 'error',
  title: both('Destination of a route', '路由的目的地'),
  why: both(
    'A destination is one service by its name, never `*`, no URL and no port in it; a subset’s name is a label of DNS; the port is a number from 1 to 65535.',
    '目的地是一个服务的名称，不能是 `*`，不含 URL 和端口；subset 名称是 DNS 标签；端口为 1 到 65535。',
  ),
  links: [`${reference}#Destination`],
  group: networking,
  kinds: ['VirtualService'],
  look: (spec) => destinationsOf(spec).flatMap(({ to, path }) => destinationRemarks(to, path)),
  good,
  bad: [
    {
      says: 'a wildcard for all hosts',
      yaml: tls(`  - match:\n    - port: 443\n      sniHosts: [edition.cnn.com]\n${route('*')}`),
      at: 'VirtualService/cnn spec.tls.0.route.0.destination.host',
      shows: { check: 'invalid destination host *' },
    },
    {
      says: 'a host with its port',
      yaml: http('  - route:\n    - destination:\n        host: edition.cnn.com:443\n'),
      at: 'VirtualService/cnn spec.http.0.route.0.destination.host',
      shows: { check: 'invalid' },
    },
    {
      says: 'a subset that is no label',
      yaml: http('  - route:\n    - destination:\n        host: edition.cnn.com\n        subset: edition.cnn\n'),
      at: 'VirtualService/cnn spec.http.0.route.0.destination.subset',
      shows: { check: 'subset name is invalid' },
    },
    {
      says: 'a port without number',
      yaml: http('  - route:\n    - destination:\n        host: edition.cnn.com\n        port: {}\n'),
      at: 'VirtualService/cnn spec.http.0.route.0.destination.port',
      shows: { check: 'port number 0 must be in the range 1..65535' },
    },
  ],
})

function destinationRemarks(to: Loose, path: Path): Remark[] {
  const remarks: Remark[] = []
  const host = textOf(to, 'host')
  const subset = textOf(to, 'subset')
  const number = numberOf(inside(to, 'port'), 'number')
  if (host !== '' && (host === '*' || !isWildcardDomain(host)))
    remarks.push({
      path: [...path, 'host'],
      says: both(`${host} is no name of a service to send to: Istio refuses it.`, `${host} 不是可发往的服务名称：Istio 会拒绝。`),
    })
  if (subset !== '' && !isLabel(subset))
    remarks.push({
      path: [...path, 'subset'],
      says: both(
        `The subset ${subset} has no proper name: letters, digits and dashes only.`,
        `subset ${subset} 的名称不合法：只能含字母、数字和连字符。`,
      ),
    })
  if (has(to, 'port') && (number < 1 || number > 65535))
    remarks.push({
      path: [...path, 'port'],
      says: both(
        `The destination’s port has no number from 1 to 65535: Istio refuses it.`,
        `目的地的端口没有 1 到 65535 的 number：Istio 会拒绝。`,
      ),
    })
  return remarks
}

const answers = documentRule({
  id: 'W45',
  level: 'error',
  title: both('What an HTTP route does', 'HTTP 路由的动作'),
  why: both(
    'An HTTP route sends on (`route`), redirects (`redirect`), answers (`directResponse`) or hands over (`delegate`): exactly one of them. `fault` and `rewrite` go with `route` only.',
    'HTTP 路由要么转发（`route`）、重定向（`redirect`）、直接应答（`directResponse`），要么委托（`delegate`）：只能是其中之一。`fault` 和 `rewrite` 只与 `route` 搭配。',
  ),
  links: [`${reference}#HTTPRoute`],
  group: networking,
  kinds: ['VirtualService'],
  look: (spec) =>
    routesOf(spec, ['http', 'tls', 'tcp']).flatMap(({ kind, route: one, path }): Remark[] => {
      const sends = asList(field(one, 'route')).length > 0
      if (kind !== 'http')
        return sends
          ? []
          : [{ path, says: both(`Istio refuses a ${kind} route without a destination.`, `Istio 会拒绝没有目的地的 ${kind} 路由。`) }]
      const does = ['redirect', 'directResponse', 'delegate'].filter((name) => has(one, name))
      if (!sends && does.length === 0)
        return [{ path, says: both('Istio refuses an http route that goes nowhere.', 'Istio 会拒绝没有去向的 http 路由。') }]
      const hands = has(one, 'delegate')
      const own = does.filter((name) => (hands ? name !== 'directResponse' : true))
      const beside = hands || own.length === 0 ? [] : ['fault', 'rewrite'].filter((name) => has(one, name))
      const all = [...(sends ? ['route'] : []), ...own, ...beside]
      return all.length > 1 && own.length > 0
        ? [
            {
              path: [...path, all[1]!],
              says: both(
                `${all.join(' and ')} in one http route: Istio refuses it.`,
                `同一 http 路由中有 ${all.join(' 和 ')}：Istio 会拒绝。`,
              ),
            },
          ]
        : []
    }),
  good,
  bad: [
    {
      says: 'a match and nothing else',
      yaml: http('  - match:\n    - port: 80\n'),
      at: 'VirtualService/cnn spec.http.0',
      shows: { check: 'HTTP route, redirect or direct_response is required' },
    },
    {
      says: 'route and redirect',
      yaml: http('  - route:\n    - destination:\n        host: edition.cnn.com\n    redirect:\n      scheme: https\n'),
      at: 'VirtualService/cnn spec.http.0.redirect',
      shows: { check: 'HTTP route cannot contain both route and redirect' },
    },
    {
      says: 'a tls route without destination',
      yaml: tls('  - match:\n    - port: 443\n      sniHosts: [edition.cnn.com]\n    route: []\n'),
      at: 'VirtualService/cnn spec.tls.0',
      shows: { check: 'TLS route is required' },
    },
  ],
})

export const webhookRoutes = [sniHosts, sniAddress, tlsMatch, weights, destinations, answers]
