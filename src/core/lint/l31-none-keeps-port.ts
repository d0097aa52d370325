import { both } from '../base/text'
import { sees } from '../istio/export-to'
import { isWildcarded } from '../istio/host-name'
import type { Routes, ServiceHost, Target } from '../istio/mesh'
import { originatesTls } from '../istio/tls-mode'
import { matchesAt } from '../istio/virtual-service'
import type { Rule, RuleFinding, RuleInput } from '../rules/kind'
import { but, file, originate } from './canon'
import { clusterOf } from './cluster'
import { type Ground, groundOf, portSentTo } from './ground'
import { routeKinds } from './legs'
import { at, called, inside, once, ruled, setting } from './named'

const id = 'L31'

/** With resolution NONE a sidecar goes on to the very address and port that the app dialled, whatever port the route names (istio/README 7.8). */
function check(of: RuleInput): RuleFinding[] {
  const ground = groundOf(of)
  return once(
    of.mesh.routes.flatMap((routes) =>
      routeKinds.flatMap((kind) =>
        routes[kind].flatMap((route) =>
          route.to.flatMap((to) => {
            const [entry] = ground.entriesFor(to.host)
            const dialled = matchesAt(routes, route, 'mesh').flatMap((match) => match?.port ?? [])
            const sent = dialled.map((port) => ({ dialled: port, number: portSentTo(ground, to, port) }))
            const other = sent.find((each) => each.dialled !== each.number)
            return entry && other && keepsPort(entry, other.number) ? [kept(ground, routes, to, entry, other)] : []
          }),
        ),
      ),
    ),
  )
}

/** What is dialled, and the port of the destination that it is sent to. */
interface Sent {
  dialled: number
  number: number
}

const keepsPort = ({ by, resolution, ports }: ServiceHost, number: number): boolean =>
  by === 'ServiceEntry' && resolution === 'NONE' && ports.some((port) => port.number === number && !port.targetPort)

function kept(ground: Ground, routes: Routes, to: Target, entry: ServiceHost, { dialled, number }: Sent): RuleFinding {
  const secure = ground.clients
    .filter(({ namespace }) => sees(namespace, routes))
    .some((client) => originatesTls(clusterOf(ground, client, to.host, to.subset, number).tls?.mode))
  return ruled(
    id,
    secure ? 'error' : 'warning',
    at(to.from, 'destination', to.port === null ? 'host' : 'port'),
    both(
      `${called(routes)} sends what is dialled on port ${dialled} to port ${number} of ${to.host}, but ${called(entry)} has resolution NONE, which keeps the port: it arrives at ${dialled}${secure ? ', with the TLS that is meant for the other' : ''}.`,
      `${called(routes)} 把访问 ${dialled} 端口的流量转发到 ${to.host} 的 ${number} 端口，但 ${called(entry)} 的 resolution 为 NONE，会保留端口：流量仍到达 ${dialled}${secure ? '，并带着本该发往另一个端口的 TLS' : ''}。`,
    ),
    entry.hosts.some(isWildcarded)
      ? undefined
      : setting(both('Resolve by DNS', '用 DNS 解析'), [inside(entry, 'spec', 'resolution'), 'DNS']),
  )
}

const straight = (resolution: string): string =>
  file(
    `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: cnn, namespace: default}
spec:
  hosts: [edition.cnn.com]
  ports: [{number: 80, name: http, protocol: HTTP}, {number: 443, name: https, protocol: HTTPS}]
  resolution: ${resolution}
`,
    `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cnn, namespace: default}
spec:
  hosts: [edition.cnn.com]
  http:
  - match: [{port: 80}]
    route: [{destination: {host: edition.cnn.com, port: {number: 443}}}]
`,
    but(originate, ['namespace: istio-system', 'namespace: default']),
  )
const url = 'http://edition.cnn.com/politics'

export const noneKeepsPort: Rule = {
  id,
  level: 'error',
  title: both('Resolution NONE keeps the dialled port', 'resolution NONE 会保留所访问的端口'),
  why: both(
    'With resolution NONE a proxy looks nothing up: it goes on to the address and port that the app dialled. The port of a route’s destination then chooses the settings, TLS among them, but not where the connection goes. To reach another port the host needs DNS or endpoints, or a targetPort in its ServiceEntry.',
    'resolution 为 NONE 时，代理不做解析，而是继续连接应用所访问的地址和端口。路由目的地的端口只决定采用哪些设置（包括 TLS），并不决定连接去往哪里。要到达别的端口，主机需要 DNS 或 endpoints，或者在 ServiceEntry 中写 targetPort。',
  ),
  links: ['https://istio.io/latest/docs/reference/config/networking/service-entry/#ServiceEntry-Resolution'],
  check,
  good: [{ says: 'DNS.', yaml: straight('DNS'), url, direct: true }],
  bad: [
    {
      says: 'TLS that is meant for 443 arrives at 80.',
      yaml: straight('NONE'),
      at: 'VirtualService/cnn spec.http.0.route.0.destination.port',
      shows: { url, ends: { status: 503 } },
    },
  ],
}
