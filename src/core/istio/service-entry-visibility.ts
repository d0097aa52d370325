/** How far the mesh lets ServiceEntries be seen (`serviceEntryVisibility`, Istio `mesh/v1alpha1/config.proto`, since 1.31). */
import { own } from '../base/collect'
import { memoBy } from '../base/memo'
import { sees } from './export-to'
import type { Mesh, ServiceHost } from './mesh'
import type { Visibility } from './mesh-config'
import { fits } from './selector'
import type { Surroundings } from './surroundings'

/**
 * The Mesh with the `exportTo` of each entry as mesh configuration leaves it: it narrows it to the own namespace or to nobody, and never
 * widens it (Istio `push_context.go`, serviceExportTo). Hidden, an entry is as if it were not there. The same Mesh where nothing is narrowed.
 */
export const asSeen = memoBy((mesh: Mesh, around: Surroundings): Mesh => {
  if (!around.serviceEntryVisibility?.applyToSidecars) return mesh
  return { ...mesh, serviceHosts: mesh.serviceHosts.map((entry) => narrowed(entry, mesh, around)) }
})

function narrowed(entry: ServiceHost, mesh: Mesh, around: Surroundings): ServiceHost {
  const visibility = entry.by === 'ServiceEntry' ? visibilityAt(entry.namespace, mesh, around) : 'PUBLIC'
  if (visibility === 'PUBLIC') return entry
  return { ...entry, exportTo: [visibility === 'NAMESPACE' && sees(entry.namespace, entry) ? '.' : '~'], narrowed: visibility }
}

/** The first policy whose labels a namespace has says how far its entries are seen, else the default. */
function visibilityAt(namespace: string, { namespaces }: Mesh, { serviceEntryVisibility, namespaceLabels }: Surroundings): Visibility {
  const labels = { ...namespaces.find(({ name }) => name === namespace)?.labels, ...own(namespaceLabels, namespace) }
  const { policies = [], defaultVisibility = 'PUBLIC' } = serviceEntryVisibility ?? {}
  return policies.find((policy) => fits(policy.namespaceLabels, labels))?.visibility ?? defaultVisibility
}
