/** What istiod knows of a Mesh and its surroundings, indexed once: hosts, routes, rules of dialling, pods (Istio `push_context.go`). */

import { listed } from '../base/collect'
import { aged } from './age'
import { type DialIndex, dialIndex } from './destination-rule'
import { type Exported, type Shelf, shelved } from './export-to'
import type { Mesh } from './mesh'
import { type Host, hostsOf, type PodIP, placedPods } from './service-registry'
import type { Surroundings } from './surroundings'
import { type Bound, boundRoutes } from './virtual-service'

export interface Istiod {
  /** The older first. */
  mesh: Mesh
  around: Surroundings
  pods: readonly PodIP[]
  hosts: Shelf<Host>
  byHost: ReadonlyMap<string, readonly Host[]>
  /** By door: `mesh` or a gateway. */
  routes: ReadonlyMap<string, Shelf<Bound>>
  dials: DialIndex
  /** What others derive from it, by their own keys. */
  memory: Map<string, unknown>
}

const known = new WeakMap<Mesh, WeakMap<Surroundings, Istiod>>()

/** The same for the same Mesh and surroundings, which must not be changed afterwards. */
export function istiodOf(mesh: Mesh, around: Surroundings): Istiod {
  const of = known.get(mesh) ?? new WeakMap<Surroundings, Istiod>()
  known.set(mesh, of)
  const before = of.get(around)
  if (before) return before
  const istiod = started(mesh, around)
  of.set(around, istiod)
  return istiod
}

function started(written: Mesh, around: Surroundings): Istiod {
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
    dials: dialIndex(mesh, around.root, byHost),
    memory: new Map(),
  }
}

const inAge = (mesh: Mesh): Mesh => ({
  ...mesh,
  known: mesh.known,
  listens: aged(mesh.listens),
  routes: aged(mesh.routes),
  dials: aged(mesh.dials),
  scopes: aged(mesh.scopes),
})

function byDoor(routes: readonly Bound[]): Map<string, Shelf<Bound>> {
  const doors = new Map<string, Bound[]>()
  for (const bound of routes) for (const door of new Set(bound.doors)) listed(doors, door, bound)
  return new Map([...doors].map(([door, bound]) => [door, shelved(bound)]))
}

/** Remembers what is derived under a name that says all it depends on. */
export function remembered<T>(istiod: Istiod, key: string, make: () => T): T {
  if (istiod.memory.has(key)) return istiod.memory.get(key) as T
  const value = make()
  istiod.memory.set(key, value)
  return value
}
