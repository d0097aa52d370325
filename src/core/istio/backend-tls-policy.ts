/** BackendTLSPolicies as istiod makes DestinationRules of them (Istio `config/kube/gateway/backend_policies.go`). */

import { compare } from '../base/collect'
import type { DestinationRule, Mesh, TrafficPolicy } from './mesh'
import { type Host, serviceName } from './service-registry'

/** One for each host that a policy targets; of several for the same, the first by name counts. */
export function rulesOfBackendTlsPolicies(mesh: Mesh, byHost: ReadonlyMap<string, readonly Host[]>): DestinationRule[] {
  const made = new Map<string, DestinationRule>()
  const policies = mesh.destinationRules.filter(({ by }) => by === 'BackendTLSPolicy')
  for (const dial of policies.sort((a, b) => compare(a.namespace, b.namespace) || compare(a.name, b.name))) {
    for (const target of dial.targets) {
      for (const host of targetHosts(dial, target, mesh)) {
        const policy = policyAt(dial, target.section, byHost.get(host) ?? [])
        if (!policy) continue
        const key = `${dial.namespace}/${target.kind}/${target.name}/${host}`
        const before = made.get(key)
        made.set(key, before ? { ...before, policy: together(before.policy, policy) } : { ...dial, host, short: host, policy })
      }
    }
  }
  return [...made.values()]
}

function targetHosts(dial: DestinationRule, target: DestinationRule['targets'][number], mesh: Mesh): string[] {
  if (target.kind === 'Service') return [serviceName(target.name, dial.namespace)]
  if (target.kind !== 'ServiceEntry') return []
  const entry = mesh.serviceHosts.find(
    (known) => known.by === 'ServiceEntry' && known.name === target.name && known.namespace === dial.namespace,
  )
  return entry?.hosts ?? []
}

/** Without a section for all ports; a section that no port is named by makes the policy count for nothing. */
function policyAt(dial: DestinationRule, section: string, hosts: readonly Host[]): TrafficPolicy | null {
  const policy = dial.policy
  if (!policy) return null
  if (section === '') return policy
  const port = hosts
    .filter(({ namespace }) => namespace === dial.namespace)
    .flatMap(({ ports }) => ports)
    .find(({ name }) => name === section)
  return port ? { ...policy, tls: null, ports: [{ port: port.number, tls: policy.tls, others: [], from: policy.from }] } : null
}

function together(a: TrafficPolicy | null, b: TrafficPolicy): TrafficPolicy {
  if (!a) return b
  return { ...a, tls: a.tls ?? b.tls, ports: [...a.ports, ...b.ports.filter(({ port }) => !a.ports.some((each) => each.port === port))] }
}
