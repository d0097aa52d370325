import { spaced } from '../base/spaced'
import { both } from '../base/text'
import { sees } from '../istio/export-to'
import { isTLS } from '../istio/protocol'
import type { WorkloadRef } from '../istio/surroundings'
import { matchesAt } from '../istio/virtual-service'
import type { Rule, RuleFinding, RuleInput } from '../rules/kind'
import { but, c1, c6, file, originate } from './canon'
import { clusterOf } from './cluster'
import { destinationEntries, type Ground, groundOf, portSentTo } from './ground'
import { asking, type Leg, routeKinds } from './legs'
import { called, foretelling, ifAsked, issue, list, once, ruled } from './named'
import { causeOf } from './subset'
import { walkOf } from './walk'

const id = 'L29'

/** A subset of an outside host, at the proxy that a route sends there from: it has a cluster only for subsets of the rules that apply to it (istio/README 7.4). */
function check(of: RuleInput): RuleFinding[] {
  const ground = groundOf(of)
  return once(
    [
      ...walkOf(of).landings.map(({ leg, kind, host, routes, to, gateway, number }) => ({
        asked: leg,
        kind,
        host,
        routes,
        to,
        proxies: [gateway],
        number,
      })),
      ...straight(of, ground),
    ].flatMap((sent) => unknown(of, ground, sent)),
  )
}

interface Sent extends Pick<Leg, 'kind' | 'routes' | 'to'> {
  /** What is asked for, and by whom. */
  asked: Pick<Leg, 'kind' | 'match' | 'route' | 'routes' | 'clients'>
  host: string
  /** Who sends them on to the subset: a gateway, or each client’s sidecar. */
  proxies: readonly WorkloadRef[]
  number: number
}

/** Routes in the mesh that lead past gateways. */
const straight = ({ mesh }: RuleInput, ground: Ground): Sent[] =>
  mesh.routes.flatMap((routes) =>
    routeKinds.flatMap((kind) =>
      routes[kind].flatMap((route) =>
        route.to
          .filter(({ host, subset }) => subset && !ground.gatewayOf(host))
          .flatMap((to) =>
            matchesAt(routes, route, 'mesh').map((match): Sent => {
              const clients = asking(
                ground.clients.filter(({ namespace }) => sees(namespace, routes)),
                kind,
                match,
              )
              const number = portSentTo(ground, to, match?.port ?? (kind === 'http' ? 80 : 443))
              const host = (kind === 'tls' && match?.sniHosts[0]) || (routes.hosts[0] ?? to.host)
              return { asked: { kind, match, route, routes, clients }, kind, routes, to, host, proxies: clients, number }
            }),
          ),
      ),
    ),
  )

/** Of proxies that see the port of the host, those without a cluster for the subset. */
function blindTo(ground: Ground, { to, proxies, number }: Sent): WorkloadRef[] {
  const knows = ({ namespace }: WorkloadRef) =>
    destinationEntries(ground, to.host, namespace).some(({ ports }) => ports.some((port) => port.number === number))
  return proxies.filter((proxy) => knows(proxy) && !clusterOf(ground, proxy, to.host, to.subset, number).exists)
}

function unknown({ documents }: RuleInput, ground: Ground, sent: Sent): RuleFinding[] {
  const { asked, kind, host, routes, to, proxies, number } = sent
  const blind = to.subset ? blindTo(ground, sent) : []
  const [proxy] = blind
  const [entry] = ground.entriesFor(to.host)
  if (!proxy || !entry) return []
  const gateway = ground.gateways.find((each) => each === proxy)
  const secure = entry.ports.some((port) => port.number === number && isTLS(port.protocol))
  const { place, why, fix } = causeOf(documents, ground, {
    proxy,
    host: to.host,
    subset: to.subset,
    port: number,
    to: to.from,
    home: entry.namespace,
    tls: kind === 'http' && secure ? { mode: 'SIMPLE' } : null,
    ...(gateway && { labels: gateway.labels }),
  })
  const spaces = list([...new Set(blind.map(({ namespace }) => namespace))])
  const who = gateway
    ? both(`the gateway ${gateway.host} does not know`, `网关 ${gateway.host}`)
    : both(`sidecars in ${spaces} do not know`, `${spaces} 中的 Sidecar`)
  const says = both(
    `${called(routes)} sends to subset ${to.subset} of ${to.host}, which ${who.en}: ${why.en}.`,
    spaced(`${called(routes)} 转发到 ${to.host} 的 subset ${to.subset}，而${who.zh}不知道它：${why.zh}。`),
  )
  return [
    foretelling(
      // Where some sidecars know it, the others may never ask for this host: who is meant is not written.
      ifAsked(ruled(id, blind.length === proxies.length ? 'error' : 'info', place, says, fix)),
      asked,
      host,
      both('there is no cluster for it (NC)', '没有对应的 cluster（NC）'),
      [{ fails: true, log: { flags: 'NC' } }],
      gateway ? asked.clients : blind,
    ),
  ]
}

const toSubset = (yaml: string): string =>
  but(yaml, ['{host: edition.cnn.com, port: {number: 443}}', '{host: edition.cnn.com, subset: tls, port: {number: 443}}'])
const inSubset = (yaml: string): string =>
  but(yaml, [
    '  trafficPolicy: {portLevelSettings: [{port: {number: 443}, tls: {mode: SIMPLE}}]}\n',
    '  subsets:\n  - name: tls\n    trafficPolicy: {portLevelSettings: [{port: {number: 443}, tls: {mode: SIMPLE}}]}\n',
  ])
const withoutRule = but(toSubset(c6), [`---\n${originate}`, ''])
const selecting = `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: selecting, namespace: istio-system}
spec:
  host: edition.cnn.com
  workloadSelector: {matchLabels: {app: somebody}}
  trafficPolicy: {loadBalancer: {simple: RANDOM}}
`
const url = 'http://edition.cnn.com/politics'
const shows = { url, ends: { status: 503 } }

export const hostSubset: Rule = {
  id,
  level: 'error',
  title: both('The host’s subset is not seen by the proxy', '代理看不到主机的 subset'),
  why: both(
    'A subset is a cluster only for proxies that obey the rule that defines it. They look into their own namespace, then into that of the ServiceEntry, then into istio-system, and the first that has any rule for the host wins whole. Where a route names a subset that this rule lacks, there is nothing to send to.',
    '只有遵循定义该 subset 的规则的代理才有相应的 cluster。代理先看自己的命名空间，再看 ServiceEntry 的命名空间，最后看 istio-system；第一个有该主机规则的命名空间整体生效。如果路由写了这条规则没有的 subset，就无处可送。',
  ),
  links: [issue(30730), issue(11124), 'https://istio.io/latest/docs/ops/best-practices/traffic-management/#cross-namespace-configuration'],
  check,
  good: [{ says: 'The rule of the gateway has the subset.', yaml: inSubset(toSubset(c6)), url }],
  bad: [
    {
      says: 'No rule has it.',
      yaml: withoutRule,
      at: 'VirtualService/direct-cnn-through-egress-gateway spec.http.1.route.0.destination.subset',
      shows,
    },
    {
      says: 'The rule that the gateway uses lacks it.',
      yaml: toSubset(c6),
      at: 'VirtualService/direct-cnn-through-egress-gateway spec.http.1.route.0.destination.subset',
      shows,
    },
    {
      says: 'The rule is exported to others only.',
      yaml: but(inSubset(toSubset(c6)), ['exportTo: ["."]', 'exportTo: [default]']),
      at: 'DestinationRule/originate-tls spec.exportTo',
      shows,
    },
    {
      says: 'The rule is in a third namespace.',
      yaml: but(
        inSubset(toSubset(c6)),
        ['{name: originate-tls, namespace: istio-system}', '{name: originate-tls, namespace: third}'],
        ['  exportTo: ["."]\n  subsets', '  subsets'],
      ),
      at: 'DestinationRule/originate-tls metadata.namespace',
      shows,
    },
    {
      says: 'A rule beside the gateway selects a workload.',
      yaml: file(
        but(
          inSubset(toSubset(c6)),
          ['{name: originate-tls, namespace: istio-system}', '{name: originate-tls, namespace: default}'],
          ['  exportTo: ["."]\n  subsets', '  exportTo: [istio-system]\n  subsets'],
        ),
        selecting,
      ),
      at: 'DestinationRule/selecting spec.workloadSelector',
      shows,
    },
    {
      says: 'A sidecar that is sent straight to a subset.',
      yaml: but(c1, [
        'destination: {host: istio-egressgateway.istio-system.svc.cluster.local, subset: cnn, port: {number: 80}}',
        'destination: {host: edition.cnn.com, subset: none, port: {number: 80}}',
      ]),
      at: 'VirtualService/direct-cnn-through-egress-gateway spec.http.0.route.0.destination.subset',
      shows,
    },
  ],
}
