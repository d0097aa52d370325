/** NetworkPolicies that a guard represents: who may leave only through the gateway (compile/README 10). */

import { both, type Text } from '../../base/text'
import type { Mesh, NetworkPolicy, NetworkPolicyRule } from '../../istio/mesh'
import type { Design, Guard } from '../../model/design'

export interface Guarded {
  namespace: string
  dns: boolean
  /** Namespaces that stay reachable; null: they are named by labels that only the cluster knows. */
  allows: ReadonlySet<string> | null
  networkPolicy: NetworkPolicy
}

/** What a NetworkPolicy is as a guard; or why it is none. */
function guardedBy(networkPolicy: NetworkPolicy): Guarded | { why: Text } {
  if (!networkPolicy.egress)
    return { why: both('It says nothing of what may leave: only egress policies are drawn.', '它没有规定出站流量：只画出 egress 策略。') }
  if (Object.keys(networkPolicy.pods.labels).length > 0 || networkPolicy.pods.expressions.some(({ operator }) => operator !== 'NotIn'))
    return {
      why: both(
        'It is for some pods only; a guard is for its whole namespace. The trace obeys it.',
        '它只针对部分 Pod；图中的网络策略针对整个命名空间。推演会遵守它。',
      ),
    }
  if (networkPolicy.to.some((rule) => !staysInside(rule)))
    return {
      why: both(
        'It lets pods leave by addresses or anywhere, so it is no guard of the way out. The trace obeys it.',
        '它允许按地址或任意离开，因此不能当作网络策略的出口限制。推演会遵守它。',
      ),
    }
  const names = networkPolicy.to.flatMap(({ peers }) => peers.map((peer) => peer.namespaces?.labels['kubernetes.io/metadata.name']))
  return {
    namespace: networkPolicy.namespace,
    dns: networkPolicy.to.some(isDns),
    allows: names.includes(undefined) ? null : new Set(names as string[]),
    networkPolicy,
  }
}

const staysInside = ({ peers }: NetworkPolicyRule): boolean =>
  peers.length > 0 && peers.every((peer) => peer.cidr === '' && (peer.namespaces !== null || peer.pods !== null))

const isDns = ({ ports, peers }: NetworkPolicyRule): boolean =>
  ports.some(({ port }) => port === 53) ||
  (ports.length === 0 && peers.some((peer) => peer.namespaces?.labels['kubernetes.io/metadata.name'] === 'kube-system'))

/** The guards of a Mesh, one a namespace, and the policies that are none. */
export function guardsOf(mesh: Mesh): { guards: Guarded[]; others: { networkPolicy: NetworkPolicy; why: Text }[] } {
  const guards = new Map<string, Guarded>()
  const others: { networkPolicy: NetworkPolicy; why: Text }[] = []
  for (const networkPolicy of mesh.networkPolicies) {
    const made = guardedBy(networkPolicy)
    if ('why' in made) others.push({ networkPolicy, why: made.why })
    else if (!guards.has(made.namespace)) guards.set(made.namespace, made)
    else others.push({ networkPolicy, why: both('Another policy guards this namespace already.', '此命名空间已有另一条策略。') })
  }
  return { guards: [...guards.values()], others }
}

/** The guards as a design has them; those of before keep their order. */
export function drawnGuards(guards: readonly Guarded[], before: Design | null): Guard[] {
  const made = guards.map(({ namespace, dns }): Guard => ({ kind: 'NetworkPolicy', namespace, dns }))
  const order = new Map((before?.guards ?? []).map((guard, index) => [guard.namespace, index]))
  const sorted = made.toSorted((a, b) => (order.get(a.namespace) ?? made.length) - (order.get(b.namespace) ?? made.length))
  return before && JSON.stringify(sorted) === JSON.stringify(before.guards) ? before.guards : sorted
}
