import { both } from '../base/text'
import type { Route, Routes, Target } from '../istio/mesh'
import type { Rule, RuleFinding, RuleInput } from '../rules/kind'
import { but, c1 } from './canon'
import { groundOf } from './ground'
import { at, called, issue, ruled, setting } from './named'

const id = 'L14'

/** A destination without a port, where the service has several: the dialled port is taken (istio/README 8). */
function check(of: RuleInput): RuleFinding[] {
  const ground = groundOf(of)
  const portsOf = (host: string): readonly number[] =>
    ground.gatewayOf(host)?.ports.map((port) => port.number) ?? [
      ...new Set(ground.serviceHostsOf(host).flatMap(({ ports }) => ports.map((port) => port.number))),
    ]
  return of.mesh.routes
    .filter(({ by }) => by === 'VirtualService')
    .flatMap((routes) =>
      [...routes.http, ...routes.tls, ...routes.tcp].flatMap((route) =>
        route.to
          .filter((to) => to.port === null && to.host && portsOf(to.host).length > 1)
          .map((to) => missing(routes, route, to, portsOf(to.host))),
      ),
    )
}

function missing(routes: Routes, route: Route, to: Target, ports: readonly number[]): RuleFinding {
  const dialled = [...new Set(route.matches.map((match) => match.port))]
  const [port] = dialled
  const certain = dialled.length === 1 && typeof port === 'number' && ports.includes(port)
  return ruled(
    id,
    'warning',
    at(to.from, 'destination'),
    both(
      `${called(routes)} sends to ${to.host} without a port, and that has several (${ports.join(', ')}): the port that the app dialled is taken.`,
      `${called(routes)} 转发到 ${to.host} 时没有写端口，而它有多个端口（${ports.join('、')}）：实际采用的是应用所访问的端口。`,
    ),
    certain ? setting(both(`Name port ${port}`, `写明端口 ${port}`), [at(to.from, 'destination', 'port'), { number: port }]) : undefined,
  )
}

export const noPort: Rule = {
  id,
  level: 'warning',
  title: both('A destination names no port', '目的地没有写端口'),
  why: both(
    'Istio then takes the port that the app dialled. That works while both ports are the same by chance; once the gateway listens elsewhere, requests go astray. `istioctl analyze` calls it an error (IST0112).',
    '这时 Istio 采用应用所访问的端口。两个端口恰好相同时可以工作；一旦网关改用别的端口，请求就会走错。`istioctl analyze` 会把它报为错误（IST0112）。',
  ),
  links: ['https://istio.io/latest/docs/reference/config/analysis/ist0112/', issue(34324)],
  check,
  good: [{ says: 'The port is named.', yaml: c1 }],
  bad: [
    {
      says: 'The mesh leg names no port: port 80 of the gateway is taken because the app dialled 80.',
      yaml: but(c1, ['subset: cnn, port: {number: 80}', 'subset: cnn']),
      at: 'VirtualService/direct-cnn-through-egress-gateway spec.http.0.route.0.destination',
      shows: { check: 'IST0112' },
    },
  ],
}
