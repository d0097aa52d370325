/** BackendTLSPolicies as istiod makes DestinationRules of them (Istio `config/kube/gateway/backend_policies.go`). */

import { compare } from '../base/collect'
import { serviceHost } from './host-name'
import type { DestinationRule, Mesh, TrafficPolicy } from './mesh'
import type { Service } from './service-registry'
import { entryHostsOf } from './virtual-service'

/** One for each host that a policy targets; of several for the same, the first by name counts. */
export function rulesOfBackendTlsPolicies(mesh: Mesh, byHost: ReadonlyMap<string, readonly Service[]>): DestinationRule[] {
  const made = new Map<string, DestinationRule>()
  const policies = mesh.destinationRules.filter(({ by }) => by === 'BackendTLSPolicy')
  for (const policyRule of policies.toSorted((a, b) => compare(a.namespace, b.namespace) || compare(a.name, b.name))) {
    for (const target of policyRule.targets) {
      for (const host of targetHosts(policyRule, target, mesh)) {
        const policy = policyAt(policyRule, target.section, byHost.get(host) ?? [])
        if (!policy) continue
        const key = `${policyRule.namespace}/${target.kind}/${target.name}/${host}`
        const before = made.get(key)
        made.set(key, before ? { ...before, policy: together(before.policy, policy) } : { ...policyRule, host, short: host, policy })
      }
    }
  }
  return [...made.values()]
}

function targetHosts(policyRule: DestinationRule, target: DestinationRule['targets'][number], mesh: Mesh): readonly string[] {
  if (target.kind === 'Service') return [serviceHost(target.name, policyRule.namespace)]
  if (target.kind !== 'ServiceEntry') return []
  return entryHostsOf(mesh)(policyRule.namespace, target.name)
}

/** Without a section for all ports; a section that no port is named by makes the policy count for nothing. */
function policyAt(policyRule: DestinationRule, section: string, hosts: readonly Service[]): TrafficPolicy | null {
  const policy = policyRule.policy
  if (!policy) return null
  if (section === '') return policy
  const port = hosts
    .filter(({ namespace }) => namespace === policyRule.namespace)
    .flatMap(({ ports }) => ports)
    .find(({ name }) => name === section)
  return port ? { ...policy, tls: null, ports: [{ port: port.number, tls: policy.tls, others: [], from: policy.from }] } : null
}

function together(a: TrafficPolicy | null, b: TrafficPolicy): TrafficPolicy {
  if (!a) return b
  return { ...a, tls: a.tls ?? b.tls, ports: [...a.ports, ...b.ports.filter(({ port }) => !a.ports.some((each) => each.port === port))] }
}
