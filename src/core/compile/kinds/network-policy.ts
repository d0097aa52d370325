/** NetworkPolicy: a guarded namespace may reach DNS, istiod and its gateways, nothing else (compile/README 10). */

import { both, type Text } from '../../base/text'
import { type Guard, labelsOf, type Node, namespaceOf } from '../../model/design'
import { quoted } from '../needs'
import type { Resource } from '../resource'
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

/** A gateway that runs in the guarded namespace must itself get out: the policy leaves it alone, by a label that no client there has. */
function allBut(gateways: readonly Node[], clients: readonly Node[]): object {
  if (gateways.length === 0) return {}
  const matchExpressions = gateways.flatMap((gateway) => {
    const labels = Object.entries(labelsOf(gateway))
    const [key, value] = labels.find(([key, value]) => !clients.some((client) => labelsOf(client)[key] === value)) ?? labels[0] ?? []
    return key === undefined ? [] : [{ key, operator: 'NotIn', values: [value] }]
  })
  return { matchExpressions }
}

/** A namespace is not the design's to make: it holds the apps. kubectl refuses what is to be in one that is not there. */
function thereFirst(name: string): Text {
  const create = `kubectl create namespace ${quoted(name)}`
  return both(
    `The namespace ${name} must be there before all this is applied: ${create}`,
    `应用这些对象之前，命名空间 ${name} 必须已经存在：${create}`,
  )
}

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
        podSelector: allBut(
          design.nodes.filter((node) => node.kind === 'gateway' && namespaceOf(node) === guard.namespace),
          pods,
        ),
        policyTypes: ['Egress'],
        egress: [
          ...(guard.dns ? [{ to: [everything('kube-system')], ports: dnsPorts }] : []),
          ...[...doors].map((namespace) => ({ to: [everything(namespace)] })),
        ],
      },
    },
    says: both(`Pods of ${guard.namespace} leave only through the gateway.`, `${guard.namespace} 的 Pod 只能经网关离开。`),
    notes: guard.namespace === 'default' ? [] : [thereFirst(guard.namespace)],
    needs: [],
    origins: [{ path: [], ids: pods.map((pod) => pod.id) }],
  }
}
