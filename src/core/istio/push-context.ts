/** What istiod knows of a Mesh and its surroundings, indexed once: hosts, routes, rules of dialling, pods (Istio `push_context.go`). */

import { listed } from '../base/collect'
import type { Labels } from '../base/labels'
import { memoBy } from '../base/memo'
import { aged } from './age'
import {
  type ConsolidatedDestinationRule,
  type DestinationRuleIndex,
  destinationRuleFor,
  destinationRuleIndex,
  destinationRulesFor,
} from './destination-rule'
import { sees, type VisibilityIndex, visibilityIndex } from './export-to'
import { serviceOf } from './host-name'
import { kubernetesServices, withAliases } from './kubernetes-service'
import type { Mesh } from './mesh'
import { asSeen } from './service-entry-visibility'
import { type PodIP, placedPods, type Service, servicesOfEntries } from './service-registry'
import type { Surroundings } from './surroundings'
import { type VirtualService, virtualServicesOf } from './virtual-service'

export interface PushContext {
  /** The older first. */
  mesh: Mesh
  around: Surroundings
  pods: readonly PodIP[]
  hosts: VisibilityIndex<Service>
  byHost: ReadonlyMap<string, readonly Service[]>
  /** By gateway; `mesh` is one too. */
  routes: ReadonlyMap<string, VisibilityIndex<VirtualService>>
  destinationRules: DestinationRuleIndex
}

/** The same for the same Mesh and surroundings, which must not be changed afterwards. */
export const pushContextOf = memoBy((written: Mesh, around: Surroundings): PushContext => {
  const mesh = inAge(asSeen(written, around))
  const pods = placedPods(mesh, around)
  const hosts = withAliases([...kubernetesServices(mesh, pods), ...servicesOfEntries(mesh, pods)])
  const byHost = new Map<string, Service[]>()
  for (const host of hosts) listed(byHost, host.name, host)
  return {
    mesh,
    around,
    pods,
    hosts: visibilityIndex(hosts),
    byHost,
    routes: byGateway(virtualServicesOf(mesh, around)),
    destinationRules: destinationRuleIndex(mesh, around.root, byHost),
  }
})

const inAge = (mesh: Mesh): Mesh => ({
  ...mesh,
  gatewayServers: aged(mesh.gatewayServers),
  routes: aged(mesh.routes),
  destinationRules: aged(mesh.destinationRules),
  sidecars: aged(mesh.sidecars),
})

function byGateway(routes: readonly VirtualService[]): Map<string, VisibilityIndex<VirtualService>> {
  const gateways = new Map<string, VirtualService[]>()
  for (const virtualService of routes) for (const gateway of new Set(virtualService.gateways)) listed(gateways, gateway, virtualService)
  return new Map([...gateways].map(([gateway, virtualService]) => [gateway, visibilityIndex(virtualService)]))
}

/** What a host is to proxies of a namespace: its own Service or ServiceEntry, else a Service of Kubernetes, else the oldest that it sees (Istio `model/sidecar.go`). */
export function serviceForHost({ byHost }: PushContext, name: string, namespace: string): Service | undefined {
  const all = byHost.get(name) ?? []
  const own = all.find((service) => service.namespace === namespace)
  if (own) return own
  const visible = all.filter((service) => sees(namespace, service))
  return visible.find(({ kubernetes }) => kubernetes) ?? visible[0]
}

/** The DestinationRule of a proxy for a host; of a Service that nothing lists its full name says the namespace. */
export function destinationRuleForHost(
  istiod: PushContext,
  { namespace, labels }: { namespace: string; labels: Labels },
  host: string,
): ConsolidatedDestinationRule | null {
  const of = serviceForHost(istiod, host, namespace) ?? { name: host, namespace: serviceOf(host)?.namespace ?? '' }
  return destinationRuleFor(destinationRulesFor(istiod.destinationRules, namespace, of), namespace, labels)
}
