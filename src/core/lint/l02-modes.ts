import { spaced } from '../base/spaced'
import { both, type Text } from '../base/text'
import { isWildcarded } from '../istio/host-name'
import type { GatewayServer } from '../istio/mesh'
import { usesIstioCertificates } from '../istio/tls-mode'
import type { End, Rule, RuleFinding, RuleInput } from '../rules/kind'
import type { Fix, Place } from '../yaml/document'
import { but, c1, c3, c4, c6 } from './canon'
import { at, called, foretelling, issue, ofSome, once, ruled, server, setting } from './named'
import { ends, type Trouble, troublesOf } from './walk'

const id = 'L2'
type Modes = Extract<Trouble, { is: 'modes' }>

/** Both ends of the hop must speak the same (istio/README 7.7, hop2). */
const check = (of: RuleInput): RuleFinding[] => once(troublesOf(of, 'modes').map((trouble) => ofSome(disagree(trouble), trouble)))

const sent = ({ leg, tls }: Modes): Text => {
  const mutual = usesIstioCertificates(tls?.mode)
  if (leg.kind === 'tls')
    return mutual
      ? both('the app’s TLS inside of mTLS', '包在 mTLS 里的应用 TLS')
      : both('the app’s own TLS and no mTLS', '应用自己的 TLS，没有 mTLS')
  return mutual ? both('mTLS', 'mTLS') : both('plain text', '明文')
}

const wanted = (of: GatewayServer): Text =>
  !of.tls ? both('plain text', '明文') : ends(of) ? both('mTLS', 'mTLS') : both('TLS to pass through', '用于透传的 TLS')

/** What the app sees (istio/README 7.8). */
function seen({ leg, tls, server: to }: Modes): Text {
  const mutual = usesIstioCertificates(tls?.mode)
  if (leg.kind === 'http')
    return mutual && !to.tls
      ? both('the gateway logs 400 DPE, the app sees 503', '网关记录 400 DPE，应用看到 503')
      : both('the app sees 503', '应用看到 503')
  if (!mutual && ends(to))
    return both(
      'the app is shown the gateway’s certificate and gives up (curl exit 60)',
      '应用看到的是网关的证书，于是放弃（curl 退出码 60）',
    )
  return both('the app’s TLS fails (curl exit 35)', '应用的 TLS 失败（curl 退出码 35）')
}

/** The same as data. */
function endOf({ leg, tls, server: to }: Modes): End {
  const mutual = usesIstioCertificates(tls?.mode)
  if (leg.kind === 'http') return { status: 503, ...(mutual && !to.tls && { log: { code: 400, flags: 'DPE' } }) }
  return { exit: !mutual && ends(to) ? 60 : 35 }
}

function disagree(trouble: Modes): RuleFinding {
  const { leg, tls, server: to } = trouble
  const [says, wants, where, result] = [sent(trouble), wanted(to), server(to), seen(trouble)]
  return foretelling(
    ruled(
      id,
      'error',
      tls ? tls.from : clientPlace(trouble),
      both(
        `Sidecars send ${says.en} to port ${leg.port} of ${leg.gateway.host}, but ${where.en} expects ${wants.en}.`,
        spaced(`Sidecar 向 ${leg.gateway.host} 的 ${leg.port} 端口发送${says.zh}，而${where.zh} 期待${wants.zh}。`),
      ),
      fixOf(trouble),
    ),
    leg,
    trouble.host,
    result,
    [endOf(trouble)],
    trouble.clients,
  )
}

/** The subset that says nothing of TLS, or where the route names the gateway. */
function clientPlace({ leg, cluster }: Modes): Place {
  return cluster.own ? cluster.own.from : at(leg.to.from, 'destination')
}

function fixOf(trouble: Modes): Fix | undefined {
  const { leg, host, tls, server: to } = trouble
  if (tls && usesIstioCertificates(tls.mode)) {
    if (to.tls) return setting(both('No mTLS on this hop', '这一跳不用 mTLS'), [tls.from, { mode: 'DISABLE' }])
    if (leg.kind !== 'http' || to.by !== 'Istio' || to.hosts.length !== 1) return undefined
    const does = both(`Let ${called(to)} expect mTLS`, `让 ${called(to)} 期待 mTLS`)
    return setting(does, [at(to.from, 'port', 'protocol'), 'HTTPS'], [at(to.from, 'tls'), { mode: 'ISTIO_MUTUAL' }])
  }
  if (isWildcarded(host) || !ends(to) || !usesIstioCertificates(to.tls?.mode)) return undefined
  return mutualFrom(trouble, { mode: 'ISTIO_MUTUAL', sni: host })
}

/** mTLS in the subset of the hop, beside whatever else is written there. */
function mutualFrom({ leg, tls, cluster }: Modes, wants: object): Fix | undefined {
  const says = both('Speak mTLS on this hop', '这一跳使用 mTLS')
  if (tls) return setting(says, [tls.from, wants])
  const { own: subset } = cluster
  if (!subset) return undefined
  const settings = { port: { number: leg.port }, tls: wants }
  if (!subset.policy) return setting(says, [at(subset.from, 'trafficPolicy'), { portLevelSettings: [settings] }])
  const there = subset.policy.ports.find(({ port }) => port === leg.port)
  if (there) return setting(says, [at(there.from, 'tls'), wants])
  return setting(says, [at(subset.policy.from, 'portLevelSettings', subset.policy.ports.length), settings])
}

const bareSubset = 'trafficPolicy: {portLevelSettings: '

export const modes: Rule = {
  id,
  level: 'error',
  title: both('The two ends of the hop speak differently', '这一跳的两端说法不一致'),
  why: both(
    'The DestinationRule says what a sidecar sends to the gateway, the server says what the gateway expects: two objects that must agree. Mutual TLS is not automatic here: gateway pods do not announce it, so without ISTIO_MUTUAL in the DestinationRule the hop is plain text, even under PeerAuthentication STRICT.',
    'Sidecar 发给网关什么，写在 DestinationRule 里；网关期待什么，写在它的 server 里：两个对象必须一致。这里的双向 TLS 不会自动启用：网关 Pod 不会声明支持它，所以 DestinationRule 里没有 ISTIO_MUTUAL 时，这一跳就是明文，即使 PeerAuthentication 为 STRICT。',
  ),
  links: [issue(23910), issue(54793), issue(27616)],
  check,
  good: [
    { says: 'Plain text on both ends.', yaml: c1, url: 'http://edition.cnn.com/politics' },
    { says: 'mTLS on both ends.', yaml: c6, url: 'http://edition.cnn.com/politics' },
    { says: 'TLS that is passed through.', yaml: c3, url: 'https://edition.cnn.com/politics' },
  ],
  bad: [
    {
      says: 'mTLS to a plain server.',
      yaml: but(c6, [
        'name: https, protocol: HTTPS}\n    hosts: [edition.cnn.com]\n    tls: {mode: ISTIO_MUTUAL}',
        'name: http, protocol: HTTP}\n    hosts: [edition.cnn.com]',
      ]),
      at: 'DestinationRule/egressgateway-for-cnn spec.subsets.0.trafficPolicy.portLevelSettings.0.tls',
      shows: { url: 'http://edition.cnn.com/politics', ends: { status: 503 } },
    },
    {
      says: 'Plain text to a server of mTLS.',
      yaml: but(c6, [`    ${bareSubset}[{port: {number: 80}, tls: {mode: ISTIO_MUTUAL, sni: edition.cnn.com}}]}\n`, '']),
      at: 'DestinationRule/egressgateway-for-cnn spec.subsets.0',
      shows: { url: 'http://edition.cnn.com/politics', ends: { status: 503 } },
    },
    {
      says: 'mTLS to a server that passes through.',
      yaml: but(c3, [
        '  - name: cnn\n',
        `  - name: cnn\n    ${bareSubset}[{port: {number: 443}, tls: {mode: ISTIO_MUTUAL, sni: edition.cnn.com}}]}\n`,
      ]),
      at: 'DestinationRule/egressgateway-for-cnn spec.subsets.0.trafficPolicy.portLevelSettings.0.tls',
      shows: { url: 'https://edition.cnn.com/politics', ends: { exit: 35 } },
    },
    {
      says: 'The app’s own TLS to a server of mTLS.',
      yaml: but(c4, [`    ${bareSubset}[{port: {number: 443}, tls: {mode: ISTIO_MUTUAL, sni: edition.cnn.com}}]}\n`, '']),
      at: 'DestinationRule/egressgateway-for-cnn spec.subsets.0',
      shows: { url: 'https://edition.cnn.com/politics', ends: { exit: 60 } },
    },
  ],
}
