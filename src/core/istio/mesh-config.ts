/** Words of the mesh's own configuration (Istio `mesh/v1alpha1/config.proto`). */

/** What a sidecar does with hosts that it does not know; the last since Istio 1.31. */
export const outboundModes = ['ALLOW_ANY', 'REGISTRY_ONLY', 'ALLOW_ANY_DYNAMIC_DNS'] as const
export type OutboundMode = (typeof outboundModes)[number]

/** How far a ServiceEntry may be seen (`serviceEntryVisibility`, since Istio 1.31). */
export const visibilities = ['PUBLIC', 'NAMESPACE', 'NONE'] as const
export type Visibility = (typeof visibilities)[number]
