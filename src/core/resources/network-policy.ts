/** NetworkPolicy: a guarded namespace may reach DNS, istiod and its gateways, nothing else (recipe.md 10). */
import { type Guard, namespaceOf } from '../design'
import type { Resource } from '../resource'
import { both } from '../text'
import type { ResourceKind, Writing } from './kind'

export const networkPolicy: ResourceKind = {
  group: 'networking.k8s.io',
  kind: 'NetworkPolicy',
  ofDesign: (by) => by.design.guards.map((guard) => policyFor(guard, by)),
}

const everything = (namespace: string) => ({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } } })
const dnsPorts = [
  { protocol: 'UDP', port: 53 },
  { protocol: 'TCP', port: 53 },
]

function policyFor(guard: Guard, { design, plan, style }: Writing): Resource {
  const own = plan.paths.filter((path) => namespaceOf(path.pod) === guard.namespace)
  const doors = new Set([design.world.root, ...own.flatMap((path) => (path.gateway ? [namespaceOf(path.gateway)] : []))])
  const pods = design.nodes.filter((node) => node.kind === 'pod' && namespaceOf(node) === guard.namespace)
  return {
    group: 'networking.k8s.io',
    kind: 'NetworkPolicy',
    name: style.guardName,
    namespace: guard.namespace,
    body: {
      spec: {
        podSelector: {},
        policyTypes: ['Egress'],
        egress: [...(guard.dns ? [{ to: [everything('kube-system')], ports: dnsPorts }] : []), ...[...doors].map((namespace) => ({ to: [everything(namespace)] }))],
      },
    },
    says: both(`Pods of ${guard.namespace} leave only through the gateway.`, `${guard.namespace} 的 pod 只能经网关离开。`),
    notes: [],
    needs: [],
    origins: [{ path: [], ids: pods.map((pod) => pod.id) }],
  }
}
