import { spaced } from '../base/spaced'
import { both } from '../base/text'
import { usesIstioCertificates } from '../istio/tls-mode'
import type { Documents, Rule, RuleFinding, RuleInput } from '../rules/kind'
import { but, c1, c3, file, gatewayHost } from './canon'
import { type Ground, groundOf } from './ground'
import { called, foretelling, ifAsked, issue, list, once, ruled } from './named'
import { causeOf } from './subset'
import { ends, type Trouble, troublesOf } from './walk'

const id = 'L5'
type Unseen = Extract<Trouble, { is: 'subset' }>

/** A subset counts only in the DestinationRule that the client's lookup finds first (istio/README 7.4). */
function check(of: RuleInput): RuleFinding[] {
  const ground = groundOf(of)
  return once(troublesOf(of, 'subset').map((trouble) => unseen(of.documents, ground, trouble)))
}

/** What the gateway’s server for the host expects. */
function wantedBy(ground: Ground, { leg, host }: Unseen): object | null {
  const [server] = ground.serversOf(leg.gateway, leg.port).for(host)
  return server && ends(server) && usesIstioCertificates(server.tls?.mode) ? { mode: 'ISTIO_MUTUAL', sni: host } : null
}

function unseen(documents: Documents, ground: Ground, trouble: Unseen): RuleFinding {
  const { leg, clients, host } = trouble
  const spaces = list([...new Set(clients.map(({ namespace }) => namespace))])
  const { place, why, fix } = causeOf(documents, ground, {
    proxy: clients[0] ?? { namespace: leg.routes.namespace, labels: {} },
    host: leg.gateway.host,
    subset: leg.to.subset,
    port: leg.port,
    to: leg.to.from,
    home: leg.gateway.namespace,
    tls: wantedBy(ground, trouble),
  })
  const result =
    leg.kind === 'http'
      ? both(
          `an app there that asks for ${host} sees 503 (NC cluster_not_found)`,
          `那里的应用请求 ${host} 时会看到 503（NC cluster_not_found）`,
        )
      : both(
          `an app there that asks for ${host} sees a reset (NC, curl exit 35)`,
          `那里的应用请求 ${host} 时，连接被重置（NC，curl 退出码 35）`,
        )
  // Where some clients see it, the others may never ask for this host: who is meant is not written.
  const nobody = clients.length === leg.clients.length
  return foretelling(
    ifAsked(
      ruled(
        id,
        nobody ? 'error' : 'info',
        place,
        both(
          `${called(leg.routes)} sends to subset ${leg.to.subset} of ${leg.gateway.host}, which sidecars in ${spaces} do not know: ${why.en}.`,
          spaced(
            `${called(leg.routes)} 转发到 ${leg.gateway.host} 的 subset ${leg.to.subset}，而 ${spaces} 中的 Sidecar 不知道它：${why.zh}。`,
          ),
        ),
        fix,
      ),
    ),
    leg,
    host,
    result,
    [{ ...(leg.kind === 'http' ? { status: 503 } : { exit: 35 }), log: { flags: 'NC' } }],
    clients,
  )
}

const elsewhere = { pods: [{ namespace: 'test-egress', name: 'sleep' }] }
const inGatewayNamespace = (yaml: string) =>
  but(yaml, ['{name: egressgateway-for-cnn, namespace: default}', '{name: egressgateway-for-cnn, namespace: istio-system}'])
const another = `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: mine, namespace: default}
spec:
  host: ${gatewayHost}
  trafficPolicy: {loadBalancer: {simple: RANDOM}}
`

export const hopRuleUnseen: Rule = {
  id,
  level: 'error',
  title: both('The gateway’s subset is not seen by the client', '客户端看不到网关的 subset'),
  why: both(
    'For a DestinationRule a sidecar looks into its own namespace, then into that of the service, then into istio-system. The first that has any rule for the host wins whole. A rule for the gateway that is beside one client is therefore unknown to clients elsewhere: one rule in the gateway’s namespace serves all.',
    'Sidecar 查找 DestinationRule 时，先看自己的命名空间，再看服务所在的命名空间，最后看 istio-system；第一个有该主机规则的命名空间整体生效。因此，放在某个客户端旁边的网关规则，别处的客户端并不知道：在网关的命名空间放一份，就能服务所有人。',
  ),
  links: [
    issue(30730),
    issue(11124),
    issue(31025),
    'https://istio.io/latest/docs/ops/best-practices/traffic-management/#cross-namespace-configuration',
  ],
  check,
  good: [
    {
      says: 'The rule is in the gateway’s namespace.',
      yaml: inGatewayNamespace(c1),
      around: elsewhere,
      from: 'test-egress/sleep',
      url: 'http://edition.cnn.com/politics',
    },
    { says: 'The client lives beside the rule.', yaml: c1, url: 'http://edition.cnn.com/politics' },
  ],
  bad: [
    {
      says: 'A client in another namespace, HTTP.',
      yaml: c1,
      around: elsewhere,
      at: 'DestinationRule/egressgateway-for-cnn metadata.namespace',
      shows: { url: 'http://edition.cnn.com/politics', from: 'test-egress/sleep', ends: { status: 503 } },
    },
    {
      says: 'A client in another namespace, TLS.',
      yaml: c3,
      around: elsewhere,
      at: 'DestinationRule/egressgateway-for-cnn metadata.namespace',
      shows: { url: 'https://edition.cnn.com/politics', from: 'test-egress/sleep', ends: { exit: 35 } },
    },
    {
      says: 'Another rule for the gateway in the client’s namespace.',
      yaml: file(inGatewayNamespace(c1), another),
      at: 'DestinationRule/mine',
      shows: { url: 'http://edition.cnn.com/politics', ends: { status: 503 } },
    },
    {
      says: 'The rule is kept to the gateway’s namespace.',
      yaml: but(inGatewayNamespace(c1), ['  subsets:\n', '  exportTo: ["."]\n  subsets:\n']),
      at: 'DestinationRule/egressgateway-for-cnn spec.exportTo',
      shows: { url: 'http://edition.cnn.com/politics', ends: { status: 503 } },
    },
    {
      says: 'No rule has the subset.',
      yaml: but(c1, ['- name: cnn', '- name: other']),
      at: 'VirtualService/direct-cnn-through-egress-gateway spec.http.0.route.0.destination.subset',
      shows: { url: 'http://edition.cnn.com/politics', ends: { status: 503 } },
    },
  ],
}
