import { memo } from '../base/memo'
import { both } from '../base/text'
import type { ClientTls, DestinationRule, TrafficPolicy } from '../istio/mesh'
import { carriesTls, usesIstioCertificates } from '../istio/tls-mode'
import type { Documents, Rule, RuleFinding, RuleInput } from '../rules/kind'
import { valueAt } from '../yaml/place'
import { but, c6 } from './canon'
import { type Ground, groundOf } from './ground'
import { at, called, ruled, setting } from './named'

const id = 'L23'

/** Settings of a port replace the settings above them whole: what does not repeat `tls` has none (istio/README 7.4). */
function check(of: RuleInput): RuleFinding[] {
  const ground = groundOf(of)
  return of.mesh.destinationRules.flatMap((destinationRule) =>
    erasedIn(destinationRule).map((each) => repeat(of.documents, destinationRule, each, missed(ground, destinationRule, each))),
  )
}

/** Whether TLS is needed there; a port of plain HTTP may have been left out on purpose. */
const missed = (ground: Ground, { host }: DestinationRule, { port, tls }: Erased): boolean =>
  usesIstioCertificates(tls.mode) ||
  ground
    .serviceHostsOf(host)
    .some(({ ports }) => ports.some((each) => each.number === port.port && (each.protocol === 'HTTPS' || each.protocol === 'TLS')))

export interface Erased {
  port: TrafficPolicy['ports'][number]
  /** What it erases. */
  tls: ClientTls
}

/** Ports of a rule for which some TLS is written above, and taken away by settings without any. */
export const erasedIn = memo(({ policy, subsets }: DestinationRule): Erased[] => {
  const within = (own: TrafficPolicy | null, above: TrafficPolicy | null): Erased[] =>
    (own?.ports ?? []).flatMap((port) => {
      const tls = own?.tls ?? above?.ports.find((each) => each.port === port.port)?.tls ?? above?.tls
      return !port.tls && tls && carriesTls(tls.mode) ? [{ port, tls }] : []
    })
  return [...within(policy, null), ...subsets.flatMap((subset) => within(subset.policy, policy))]
})

function repeat(documents: Documents, destinationRule: DestinationRule, { port, tls }: Erased, needed: boolean): RuleFinding {
  return ruled(
    id,
    needed ? 'error' : 'info',
    port.from,
    both(
      `${called(destinationRule)} sets tls ${tls.mode} for ${destinationRule.host}, but its portLevelSettings for port ${port.port} say nothing of tls and replace it: connections to that port are plain text.`,
      `${called(destinationRule)} 为 ${destinationRule.host} 设置了 tls ${tls.mode}，但 ${port.port} 端口的 portLevelSettings 没有写 tls，又会整体取代它：到该端口的连接是明文。`,
    ),
    setting(both(`Repeat tls for port ${port.port}`, `为 ${port.port} 端口重复写出 tls`), [
      at(port.from, 'tls'),
      valueAt(documents, tls.from),
    ]),
  )
}

export const erasedTls: Rule = {
  id,
  level: 'error',
  title: both('Port settings that erase tls', '端口设置抹去了 tls'),
  why: both(
    'portLevelSettings do not add to the policy around them, they take its place for that port. A load balancer or a connection pool that is set for one port therefore silently switches the TLS of that port off.',
    'portLevelSettings 并不是在外层策略之上追加，而是对该端口整体取代它。因此，只为一个端口设置负载均衡或连接池，就会悄悄关掉该端口的 TLS。',
  ),
  links: ['https://istio.io/latest/docs/reference/config/networking/destination-rule/#TrafficPolicy-PortTrafficPolicy'],
  check,
  good: [
    {
      says: 'The port repeats tls.',
      yaml: but(c6, [
        'portLevelSettings: [{port: {number: 80}, tls',
        'portLevelSettings: [{port: {number: 80}, loadBalancer: {simple: RANDOM}, tls',
      ]),
    },
  ],
  bad: [
    {
      says: 'A load balancer for port 80 switches its TLS off.',
      yaml: but(c6, [
        'trafficPolicy: {portLevelSettings: [{port: {number: 80}, tls: {mode: ISTIO_MUTUAL, sni: edition.cnn.com}}]}',
        'trafficPolicy: {tls: {mode: ISTIO_MUTUAL, sni: edition.cnn.com}, portLevelSettings: [{port: {number: 80}, loadBalancer: {simple: RANDOM}}]}',
      ]),
      at: 'DestinationRule/egressgateway-for-cnn spec.subsets.0.trafficPolicy.portLevelSettings.0',
      shows: { url: 'http://edition.cnn.com/politics', ends: { status: 503 } },
    },
  ],
}
