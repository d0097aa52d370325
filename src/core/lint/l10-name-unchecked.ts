import { both } from '../base/text'
import type { ClientTls, DestinationRule, Mesh } from '../istio/mesh'
import { originatesTls } from '../istio/tls-mode'
import type { Rule, RuleFinding, RuleInput } from '../rules/kind'
import { but, c6 } from './canon'
import { at, called, issue, list, ruled, setting } from './named'

const id = 'L10'

/** Every block of TLS settings of a rule. */
export const tlsOf = ({ policy, subsets }: DestinationRule): ClientTls[] =>
  [policy, ...subsets.map((subset) => subset.policy)].flatMap((each) =>
    each ? [each.tls, ...each.ports.map((port) => port.tls)].filter((tls) => tls !== null) : [],
  )

/** An SNI that is set switches the check of the server's name off, unless the rule or the ServiceEntry lists names to check (istio/README 7.5). */
function check({ mesh }: RuleInput): RuleFinding[] {
  const checked = namesToCheck(mesh)
  return mesh.destinationRules.flatMap((destinationRule) =>
    tlsOf(destinationRule)
      .filter((tls) => originatesTls(tls.mode) && tls.sni && !tls.insecureSkipVerify)
      .filter((tls) => tls.subjectAltNames.length === 0 && !checked.has(destinationRule.host))
      .map((tls) => unchecked(destinationRule, tls)),
  )
}

const namesToCheck = ({ serviceHosts: known }: Mesh): Set<string> =>
  new Set(known.filter((entry) => entry.subjectAltNames.length > 0).flatMap((entry) => entry.hosts))

function unchecked(destinationRule: DestinationRule, tls: ClientTls): RuleFinding {
  const policy = destinationRule.by === 'BackendTLSPolicy'
  const place = policy ? { of: destinationRule.from.of, path: ['spec', 'validation'] } : tls.from
  const names = policy ? [{ type: 'Hostname', hostname: tls.sni }] : [tls.sni]
  const about = destinationRule.host || list(destinationRule.targets.map(({ name }) => name))
  return ruled(
    id,
    'warning',
    place,
    both(
      `${called(destinationRule)} opens TLS to ${about} with SNI ${tls.sni}, but nothing checks whose certificate comes back: any server with a certificate of a trusted CA is taken for it.`,
      `${called(destinationRule)} 以 SNI ${tls.sni} 向 ${about} 发起 TLS，却没有校验对方证书上的名称：只要证书由受信任的 CA 签发，任何服务器都会被接受。`,
    ),
    setting(both(`Check the certificate for ${tls.sni}`, `校验证书中的名称 ${tls.sni}`), [at(place, 'subjectAltNames'), names]),
  )
}

export const nameUnchecked: Rule = {
  id,
  level: 'warning',
  title: both('The server’s name is not checked', '未校验服务器的名称'),
  why: both(
    'Without `sni` Istio takes the name from the Host header, and Envoy checks the certificate against it. As soon as `sni` is written, that check is off, and Envoy only checks the names in `subjectAltNames`. With none there, a certificate that a public CA gave to anybody is good enough.',
    '不写 `sni` 时，Istio 从 Host 头取得名称，Envoy 用它校验证书。一旦写了 `sni`，这项校验就被关闭，Envoy 只比对 `subjectAltNames` 中的名称。如果那里也是空的，任何人从公共 CA 拿到的证书都能通过。',
  ),
  links: [issue(50126), issue(53186), 'https://istio.io/latest/docs/reference/config/networking/destination-rule/#ClientTLSSettings'],
  check,
  good: [
    { says: 'Neither is set: the Host header is checked.', yaml: c6 },
    {
      says: 'Both are set.',
      yaml: but(c6, ['tls: {mode: SIMPLE}', 'tls: {mode: SIMPLE, sni: edition.cnn.com, subjectAltNames: [edition.cnn.com]}']),
    },
  ],
  bad: [
    {
      says: 'A server with a foreign certificate answers, and nobody minds.',
      yaml: but(c6, ['tls: {mode: SIMPLE}', 'tls: {mode: SIMPLE, sni: edition.cnn.com}']),
      around: { hosts: { 'edition.cnn.com': { impostor: true } } },
      at: 'DestinationRule/originate-tls spec.trafficPolicy.portLevelSettings.0.tls',
      shows: { url: 'http://edition.cnn.com/politics', ends: { status: 200 } },
    },
  ],
}
