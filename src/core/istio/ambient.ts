/** What labels hand over to ambient: whose traffic a ztunnel takes, and which hosts go through a waypoint (Istio `api/label`, `ambient/waypoints.go`). */

import type { Labels } from '../base/labels'
import { memo } from '../base/memo'
import type { Mesh, Namespace, ServiceHost } from './mesh'
import type { Workload } from './surroundings'

export const dataplaneMode = 'istio.io/dataplane-mode'
export const useWaypoint = 'istio.io/use-waypoint'
const useWaypointNamespace = 'istio.io/use-waypoint-namespace'
/** The class of a Gateway that is a waypoint. */
export const waypointClass = 'istio-waypoint'

/** What was found, and the Namespace that says it; null where the object says it by itself. */
export interface Ambient {
  namespace: Namespace | null
}

/** The last Namespace of a name counts, as in a cluster. */
const namespaceNamed = (mesh: Mesh, name: string): Namespace | undefined => mesh.namespaces.findLast((each) => each.name === name)

/** Whether a ztunnel takes a pod's traffic: by its own label, else by its namespace's; null: it does not. */
export function ambientPod(mesh: Mesh, { namespace, labels }: Pick<Workload, 'namespace' | 'labels'>): Ambient | null {
  const own = labels[dataplaneMode]
  if (own !== undefined) return own === 'ambient' ? { namespace: null } : null
  const home = namespaceNamed(mesh, namespace)
  return home?.labels[dataplaneMode] === 'ambient' ? { namespace: home } : null
}

/** The waypoint that a host goes through, as `namespace/name`: by its own label, else by its namespace's; null for none, and for `none`. */
export function waypointOf(mesh: Mesh, { namespace, labels }: Pick<ServiceHost, 'namespace' | 'labels'>): string | null {
  const named = (by: Labels): string | null =>
    by[useWaypoint] && by[useWaypoint] !== 'none' ? `${by[useWaypointNamespace] || namespace}/${by[useWaypoint]}` : null
  if (labels[useWaypoint] !== undefined) return named(labels)
  return named(namespaceNamed(mesh, namespace)?.labels ?? {})
}

/** Hosts that go through a waypoint, each with the first that one of its entries names. */
export const waypointsByHost = memo((mesh: Mesh): ReadonlyMap<string, string> => {
  const waypoints = new Map<string, string>()
  for (const entry of mesh.serviceHosts) {
    const waypoint = waypointOf(mesh, entry)
    if (waypoint) for (const host of entry.hosts) if (!waypoints.has(host)) waypoints.set(host, waypoint)
  }
  return waypoints
})
