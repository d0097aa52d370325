/** What NetworkPolicies let out of a pod: as a CNI enforces them, by the pod's own address and port (istio/README 3.6; lab `network.go`). */

import { own } from '../base/collect'
import { inBlock } from '../base/ip-block'
import type { Labels } from '../base/labels'
import { memoBy } from '../base/memo'
import type { NetworkPolicy, NetworkPolicyRule } from './mesh'
import type { PushContext } from './push-context'
import { selects } from './selector'
import type { Workload } from './surroundings'

/** The addresses of istiod and of kube-dns (lab `network.go`): a policy may select both. */
export const dnsAddress = '10.96.0.10'
const clusterPods: { namespace: string; labels: Labels; ip: string }[] = [
  { namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' }, ip: dnsAddress },
  { namespace: 'istio-system', labels: { app: 'istiod' }, ip: '10.96.0.1' },
]

/** The NetworkPolicy that stops a connection; null where it is let through. */
export function blockedBy(istiod: PushContext, from: Workload, ip: string, port: number, protocol: 'TCP' | 'UDP'): NetworkPolicy | null {
  const here = networkPoliciesOf(istiod, from)
  if (here.length === 0) return null
  const open = here.some((networkPolicy) => networkPolicy.to.some((rule) => lets(istiod, networkPolicy, rule, ip, port, protocol)))
  return open ? null : (here[0] ?? null)
}

const networkPoliciesOf = memoBy(({ mesh }: PushContext, { namespace, labels }: Workload): NetworkPolicy[] =>
  mesh.networkPolicies.filter(
    (networkPolicy) => networkPolicy.egress && networkPolicy.namespace === namespace && selects(networkPolicy.pods, labels),
  ),
)

function lets(
  istiod: PushContext,
  networkPolicy: NetworkPolicy,
  rule: NetworkPolicyRule,
  ip: string,
  port: number,
  protocol: string,
): boolean {
  const ports = rule.ports.length === 0 || rule.ports.some((each) => portFits(each, port, protocol))
  return ports && (rule.peers.length === 0 || rule.peers.some((peer) => peerFits(istiod, networkPolicy, peer, ip)))
}

function portFits(of: NetworkPolicyRule['ports'][number], port: number, protocol: string): boolean {
  if ((of.protocol || 'TCP') !== protocol) return false
  if (typeof of.port !== 'number') return true
  return of.endPort === null ? of.port === port : port >= of.port && port <= of.endPort
}

function peerFits(istiod: PushContext, networkPolicy: NetworkPolicy, peer: NetworkPolicyRule['peers'][number], ip: string): boolean {
  if (peer.cidr) return inBlock(ip, peer.cidr) && !peer.except.some((block) => inBlock(ip, block))
  const pods = [...clusterPods, ...istiod.pods.map(({ pod, ip }) => ({ namespace: pod.namespace, labels: pod.labels, ip }))]
  const there = pods.find((pod) => pod.ip === ip)
  if (!there) return false
  const inNamespace = peer.namespaces
    ? selects(peer.namespaces, namespaceLabels(istiod, there.namespace))
    : there.namespace === networkPolicy.namespace
  return inNamespace && (!peer.pods || selects(peer.pods, there.labels))
}

/** Every namespace carries its name as a label. */
export const namespaceLabels = ({ around }: PushContext, namespace: string): Labels => ({
  ...own(around.namespaceLabels, namespace),
  'kubernetes.io/metadata.name': namespace,
})
