/** A rule behind those that read what is written: a route to another host, and TLS that asks it for the name of the first. */

import { grouped } from '../base/collect'
import { both } from '../base/text'
import { at, called, issue, setting } from '../lint/named'
import type { Rule, RuleFinding, RuleInput } from '../rules/kind'
import type { Fix } from '../yaml/document'
import { found } from '../yaml/finding'
import { type Failed, unheard } from './unheard'

const id = 'L38'

type Sent = Failed & { elsewhere: NonNullable<Failed['elsewhere']> }

/** One finding for each destination in a route and host that is asked for. */
function check({ documents, mesh, around }: RuleInput): RuleFinding[] {
  const sent = unheard(documents, mesh, around).flatMap(({ failed, remark }) =>
    !remark && failed.elsewhere ? [{ ...failed, elsewhere: failed.elsewhere }] : [],
  )
  const alike = grouped(sent, ({ elsewhere: { asked, route } }) => [JSON.stringify([asked, route.of.key, route.path])])
  return [...alike.values()].map((same) => findingOf({ documents, mesh, around }, same))
}

/** An app that speaks TLS itself has no other name to give; a proxy takes it from the Host header (istio/README 7.5). */
function findingOf(of: RuleInput, same: readonly Sent[]): RuleFinding {
  const [{ elsewhere, trace }] = same as [Sent, ...Sent[]]
  const { asked, to, route } = elsewhere
  const own = trace.request.url.startsWith('https:')
  const sentence = own
    ? both(
        `${called(route)} sends the app’s own TLS for ${asked} to ${to}. The SNI and the name that the app checks stay ${asked}: unless the certificate of ${to} has that name too, the handshake fails (curl exit 60).`,
        `${called(route)} 把应用自己发往 ${asked} 的 TLS 转发到 ${to}。SNI 和应用校验的名称仍是 ${asked}：除非 ${to} 的证书也包含该名称，否则握手失败（curl 退出码 60）。`,
      )
    : both(
        `${called(route)} sends requests for ${asked} to ${to}, and the TLS there takes SNI and the name to check from the Host header, ${asked}: unless the certificate of ${to} has that name too, the app sees 503.`,
        `${called(route)} 把发往 ${asked} 的请求转发到 ${to}，而那里的 TLS 从 Host 头取得 SNI 和要校验的名称，即 ${asked}：除非 ${to} 的证书也包含该名称，否则应用看到 503。`,
      )
  const fix = own ? undefined : renamed(of, same)
  return { ...found('rule', id, 'warning', route, sentence, fix), calls: same.map((each) => each.trace.request) }
}

/** The Host header of the other host: certain where the route leads there alone. */
function renamed({ mesh }: RuleInput, same: readonly Sent[]): Fix | undefined {
  const [{ elsewhere }] = same as [Sent, ...Sent[]]
  const { to, route } = elsewhere
  const [spec, kind, index] = route.path
  const written = mesh.routes
    .filter(({ by, from }) => by === 'VirtualService' && from.of.key === route.of.key)
    .flatMap(({ http }) => http)
    .find(({ from: { path } }) => path[1] === kind && path[2] === index)
  if (spec !== 'spec' || written?.to.length !== 1 || written.rewrite?.authority) return undefined
  return setting(both(`Ask for ${to}`, `改为请求 ${to}`), [at(written.from, 'rewrite', 'authority'), to])
}

const entries = (port: string): string => `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: alias, namespace: default}
spec:
  hosts: [news.example.com]
  ports: [${port}]
  resolution: DNS
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: cnn, namespace: default}
spec:
  hosts: [edition.cnn.com]
  ports: [{number: 443, name: https, protocol: HTTPS}]
  resolution: DNS
---
`
const routes = (rules: string): string => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: alias, namespace: default}
spec:
  hosts: [news.example.com]
${rules}`
const http = `${entries('{number: 80, name: http, protocol: HTTP}')}${routes(`  http:
  - route: [{destination: {host: edition.cnn.com, port: {number: 443}}}]
`)}---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: originate-tls, namespace: default}
spec:
  host: edition.cnn.com
  trafficPolicy: {portLevelSettings: [{port: {number: 443}, tls: {mode: SIMPLE}}]}
`
const tls = `${entries('{number: 443, name: tls, protocol: TLS}')}${routes(`  tls:
  - match: [{port: 443, sniHosts: [news.example.com]}]
    route: [{destination: {host: edition.cnn.com, port: {number: 443}}}]
`)}`

export const anotherHost: Rule = {
  id,
  level: 'warning',
  title: both('TLS asks a host for the name of another', 'TLS 向主机请求的是另一个主机的名称'),
  why: both(
    'A route changes where a request goes, not what it asks for. Where a proxy starts TLS and the DestinationRule has no `sni`, SNI and the name to check come from the Host header; an app that speaks TLS itself has written both before any route is asked. A server that has no certificate for that name is refused by whoever checks it. `rewrite.authority` in the route changes Host header, SNI and check together; an app’s own TLS nobody can change but the app.',
    '路由改变请求去往哪里，而不改变它请求的是谁。代理发起 TLS 而 DestinationRule 没有 `sni` 时，SNI 和要校验的名称取自 Host 头；应用自己使用 TLS 时，两者在任何路由生效之前就已写定。如果服务器没有该名称的证书，校验方就会拒绝它。路由中的 `rewrite.authority` 会同时改变 Host 头、SNI 和校验的名称；应用自己的 TLS 则只有应用本身能改。',
  ),
  links: [issue(50126), 'https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRewrite'],
  check,
  good: [
    {
      says: 'The route asks for the host that it leads to.',
      yaml: http.replace('  - route:', '  - rewrite: {authority: edition.cnn.com}\n    route:'),
      around: { hosts: { 'edition.cnn.com': {} } },
      url: 'http://news.example.com/',
      direct: true,
    },
    {
      says: 'The certificate has both names.',
      yaml: tls,
      around: { hosts: { 'edition.cnn.com': { names: ['news.example.com'] } } },
      url: 'https://news.example.com/',
      direct: true,
    },
  ],
  bad: [
    {
      says: 'A sidecar starts TLS for the host that was asked for, to another.',
      yaml: http,
      around: { hosts: { 'edition.cnn.com': {} } },
      at: 'VirtualService/alias spec.http.0.route.0',
      shows: { url: 'http://news.example.com/', ends: { status: 503 } },
    },
    {
      says: 'The app’s own TLS comes to another host.',
      yaml: tls,
      around: { hosts: { 'edition.cnn.com': {} } },
      at: 'VirtualService/alias spec.tls.0.route.0',
      shows: { url: 'https://news.example.com/', ends: { exit: 60 } },
    },
  ],
}
