import { spaced } from '../base/spaced'
import { both } from '../base/text'
import type { NetworkPolicy } from '../istio/mesh'
import { blockedBy } from '../istio/network-policy'
import { selects } from '../istio/selector'
import type { PodIP } from '../istio/service-registry'
import type { Surroundings } from '../istio/surroundings'
import type { Rule, RuleInput } from '../rules/kind'
import type { Finding, Level } from '../yaml/finding'
import { c1, c6, file } from './canon'
import { type Gateway, type Ground, groundOf, podPort } from './ground'
import { type Leg, legsOf } from './legs'
import { called, foretelling, ifAsked, inside, once, ruled } from './named'

const id = 'L15'
type Pod = Surroundings['pods'][number]

/** Guards that keep pods from the gateway itself, from istiod or from DNS (istio/README 3.6). */
function check(of: RuleInput): Finding[] {
  if (of.mesh.networkPolicies.length === 0) return []
  const ground = groundOf(of)
  const gateways = new Map(
    ground.istiod.pods.filter(({ kind }) => kind === 'gateway').map((pod) => [`${pod.pod.namespace}/${pod.pod.name}`, pod]),
  )
  const arrivals = arrivalsOf(legsOf(of))
  const policyOf = ({ namespace, labels }: PodIP['pod']) =>
    of.mesh.networkPolicies.find((each) => each.egress && each.namespace === namespace && selects(each.pods, labels))
  const guarded = of.around.pods.flatMap((pod) => {
    const policy = policyOf(pod)
    return pod.sidecar && policy ? [{ pod, policy }] : []
  })
  const blinded = [...gateways.values()].flatMap(({ pod }) => {
    const policy = policyOf(pod)
    return policy ? blind(ground, policy, pod) : []
  })
  return once([
    ...guarded.flatMap(({ pod, policy }) => {
      const own = arrivals.filter(({ spaces }) => spaces.has(pod.namespace))
      const away = own.filter(({ gateway, port }) =>
        isShut(ground, pod, gateways.get(`${gateway.namespace}/${gateway.name}`), podPort(gateway, port)),
      )
      const [arrival] = away
      if (!arrival) return blind(ground, policy, pod)
      // Where another gateway is open, the pod may never ask for the hosts of this one: that is not written.
      return [shut(policy, pod, arrival, away.length === own.length ? 'error' : 'info')]
    }),
    ...blinded,
  ])
}

interface Arrival {
  /** One of the legs that lead there. */
  leg: Leg
  gateway: Gateway
  port: number
  spaces: ReadonlySet<string>
}

/** Ports of gateways that legs lead to, and the namespaces that are sent there. */
function arrivalsOf(legs: readonly Leg[]): Arrival[] {
  const arrivals = new Map<string, Arrival & { spaces: Set<string> }>()
  for (const leg of legs) {
    const { gateway, port, clients } = leg
    const key = `${gateway.host} ${port}`
    const arrival = arrivals.get(key) ?? { leg, gateway, port, spaces: new Set<string>() }
    for (const { namespace } of clients) arrival.spaces.add(namespace)
    arrivals.set(key, arrival)
  }
  return [...arrivals.values()]
}

const isShut = ({ istiod }: Ground, pod: Pod, to: PodIP | undefined, port: number): boolean =>
  to !== undefined && blockedBy(istiod, pod, to.ip, port, 'TCP') !== null

function shut(policy: NetworkPolicy, pod: Pod, { leg, gateway, port }: Arrival, level: Level): Finding {
  const real = podPort(gateway, port)
  const numbers = policy.to.flatMap(({ ports }) => ports.map((each) => each.port))
  const service = real !== port && numbers.includes(port) && !numbers.includes(real)
  const why = service
    ? both(
        `it names port ${port} of the Service, but a policy sees the pods’ port ${real}`,
        `它写的是 Service 的端口 ${port}，而策略看到的是 Pod 的端口 ${real}`,
      )
    : both(`it does not let port ${real} of pods in ${gateway.namespace} through`, `它不放行 ${gateway.namespace} 中 Pod 的 ${real} 端口`)
  const finding = ruled(
    id,
    level,
    inside(policy, 'spec', 'egress'),
    both(
      `${called(policy)} keeps ${pod.namespace}/${pod.name} from the gateway ${gateway.host}: ${why.en}.`,
      `${called(policy)} 使 ${pod.namespace}/${pod.name} 到不了网关 ${gateway.host}：${why.zh}。`,
    ),
  )
  const host = leg.hosts[0] ?? ''
  return foretelling(
    ifAsked(finding),
    leg,
    host,
    both('requests wait until somebody gives up (503, or the app’s own timeout)', '请求会一直等到有一方放弃（503，或应用自己超时）'),
    [{ status: 503 }, { exit: 28 }, { exit: 35 }],
    [pod],
  )
}

/** What a real cluster needs beside, and the lab has no need of: a warning. */
function blind({ istiod, root }: Ground, policy: NetworkPolicy, pod: PodIP['pod']): Finding[] {
  const control = root === 'istio-system' && blockedBy(istiod, pod, '10.96.0.1', 15012, 'TCP') !== null
  const udp = blockedBy(istiod, pod, '10.96.0.10', 53, 'UDP') !== null
  const tcp = blockedBy(istiod, pod, '10.96.0.10', 53, 'TCP') !== null
  const missing = [
    ...(control
      ? [
          both(
            'istiod in istio-system (TCP 15012): its proxy gets no configuration',
            'istio-system 中的 istiod（TCP 15012）：其代理得不到配置',
          ),
        ]
      : []),
    ...(udp ? [both('DNS in kube-system (UDP 53): no name is resolved', 'kube-system 中的 DNS（UDP 53）：无法解析任何名称')] : []),
    ...(!udp && tcp
      ? [both('DNS over TCP in kube-system (TCP 53): long answers are lost', 'kube-system 中的 TCP DNS（TCP 53）：较长的应答会丢失')]
      : []),
  ]
  if (missing.length === 0) return []
  return [
    ruled(
      id,
      'warning',
      inside(policy, 'spec', 'egress'),
      both(
        `${called(policy)} keeps ${pod.namespace}/${pod.name} from ${missing.map(({ en }) => en).join('; from ')}.`,
        spaced(`${called(policy)} 使 ${pod.namespace}/${pod.name} 到不了${missing.map(({ zh }) => zh).join('；也到不了')}。`),
      ),
    ),
  ]
}

const guard = (rules: string, namespace = 'default') => `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: guard, namespace: ${namespace}}
spec:
  podSelector: {}
  policyTypes: [Egress]
  egress:
${rules}`
const dns = `  - to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}}]
    ports: [{protocol: UDP, port: 53}, {protocol: TCP, port: 53}]
`
const istio = '  - to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: istio-system}}}]\n'
const withPorts = (ports: string) => `${istio}    ports: [${ports}]\n`

export const networkPolicy: Rule = {
  id,
  level: 'error',
  title: both('A NetworkPolicy shuts the gateway out', 'NetworkPolicy 把网关也挡住了'),
  why: both(
    'A guard must leave the way to the gateway open, and to what every proxy needs, the gateway’s as well: istiod and DNS. Policies are enforced at pods: their ports are those on which the gateway’s pods listen (8080, 8443), not those of its Service (80, 443).',
    '这样的策略必须留出通往网关的路，以及每个代理（包括网关的代理）都需要的 istiod 和 DNS。策略在 Pod 上生效：端口是网关 Pod 监听的端口（8080、8443），而不是其 Service 的端口（80、443）。',
  ),
  links: [
    'https://istio.io/latest/docs/tasks/traffic-management/egress/egress-gateway/#apply-kubernetes-network-policies',
    'https://kubernetes.io/docs/concepts/services-networking/network-policies/',
  ],
  check,
  good: [
    { says: 'DNS, and all of istio-system.', yaml: file(c1, guard(dns + istio)), url: 'http://edition.cnn.com/politics' },
    {
      says: 'The pods’ ports.',
      yaml: file(c6, guard(dns + withPorts('{protocol: TCP, port: 8080}, {protocol: TCP, port: 15010}, {protocol: TCP, port: 15012}'))),
      url: 'http://edition.cnn.com/politics',
    },
  ],
  bad: [
    {
      says: 'Ports of the Service instead of the pods’.',
      yaml: file(
        c6,
        guard(
          dns +
            withPorts('{protocol: TCP, port: 80}, {protocol: TCP, port: 443}, {protocol: TCP, port: 15010}, {protocol: TCP, port: 15012}'),
        ),
      ),
      at: 'NetworkPolicy/guard spec.egress',
      shows: { url: 'http://edition.cnn.com/politics', ends: { exit: 28 } },
    },
    {
      says: 'No DNS: no name is resolved.',
      yaml: file(c1, guard(istio)),
      at: 'NetworkPolicy/guard spec.egress',
      level: 'warning',
      // Without DNS some proxies of the lab are never ready, and then no request is sent at all.
      shows: { source: 'istio/README 3.6: DNS over UDP and TCP stays reachable; Kubernetes documentation, Network Policies' },
    },
    {
      says: 'The gateway’s own way to DNS.',
      yaml: file(
        c1,
        guard('  - to: [{ipBlock: {cidr: 0.0.0.0/0}}]\n    ports: [{protocol: TCP, port: 1, endPort: 65535}]\n', 'istio-system'),
      ),
      at: 'NetworkPolicy/guard spec.egress',
      level: 'warning',
      shows: { source: 'istio/README 3.6: DNS over UDP and TCP stays reachable; Kubernetes documentation, Network Policies' },
    },
  ],
}
