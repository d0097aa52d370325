/** What istiod knows of a Mesh and its surroundings, indexed once: hosts, routes, rules of dialling, pods (Istio `push_context.go`). */

import { listed } from '../base/collect'
import { aged } from './age'
import { type DestinationRuleIndex, destinationRuleIndex } from './destination-rule'
import { type Exported, type Shelf, shelved } from './export-to'
import type { Mesh } from './mesh'
import { type Host, hostsOf, type PodIP, placedPods } from './service-registry'
import type { Surroundings } from './surroundings'
import { type Bound, boundRoutes } from './virtual-service'

export interface PushContext {
  /** The older first. */
  mesh: Mesh
  around: Surroundings
  pods: readonly PodIP[]
  hosts: Shelf<Host>
  byHost: ReadonlyMap<string, readonly Host[]>
  /** By door: `mesh` or a gateway. */
  routes: ReadonlyMap<string, Shelf<Bound>>
  destinationRules: DestinationRuleIndex
  /** What others derive from it, by their own keys. */
  memory: Map<string, unknown>
}

const known = new WeakMap<Mesh, WeakMap<Surroundings, PushContext>>()

/** The same for the same Mesh and surroundings, which must not be changed afterwards. */
export function pushContextOf(mesh: Mesh, around: Surroundings): PushContext {
  const of = known.get(mesh) ?? new WeakMap<Surroundings, PushContext>()
  known.set(mesh, of)
  const before = of.get(around)
  if (before) return before
  const istiod = started(mesh, around)
  of.set(around, istiod)
  return istiod
}

function started(written: Mesh, around: Surroundings): PushContext {
  const mesh = inAge(written)
  const pods = placedPods(mesh, around)
  const hosts = hostsOf(mesh, pods)
  const byHost = new Map<string, Host[]>()
  for (const host of hosts) listed(byHost, host.name, host)
  return {
    mesh,
    around,
    pods,
    hosts: shelved(hosts as (Host & Exported)[]),
    byHost,
    routes: byDoor(boundRoutes(mesh, around)),
    destinationRules: destinationRuleIndex(mesh, around.root, byHost),
    memory: new Map(),
  }
}

const inAge = (mesh: Mesh): Mesh => ({
  ...mesh,
  gatewayServers: aged(mesh.gatewayServers),
  routes: aged(mesh.routes),
  destinationRules: aged(mesh.destinationRules),
  sidecars: aged(mesh.sidecars),
})

function byDoor(routes: readonly Bound[]): Map<string, Shelf<Bound>> {
  const gateways = new Map<string, Bound[]>()
  for (const bound of routes) for (const door of new Set(bound.gateways)) listed(gateways, door, bound)
  return new Map([...gateways].map(([door, bound]) => [door, shelved(bound)]))
}

/** Remembers what is derived under a name that says all it depends on. */
export function remembered<T>(istiod: PushContext, key: string, make: () => T): T {
  if (istiod.memory.has(key)) return istiod.memory.get(key) as T
  const value = make()
  istiod.memory.set(key, value)
  return value
}
