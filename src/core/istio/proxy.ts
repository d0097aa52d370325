/** A proxy: a sidecar or a gateway, who it is and what it sees. */

import { type PushContext, remembered } from './push-context'
import type { PodIP } from './service-registry'
import { gatewayScopeOf, type SidecarScope, sidecarScopeOf } from './sidecar-scope'
import type { Workload } from './surroundings'

export interface Proxy {
  kind: 'sidecar' | 'gateway'
  pod: Workload
  at: PodIP
  /** As access logs of the lab and steps name it: `sidecar ns/name`. */
  title: string
  identity: string
  sight: SidecarScope
}

/** The proxy of a pod; always the same object for the same pod. */
export function proxyOf(istiod: PushContext, at: PodIP): Proxy {
  const kind = at.kind === 'gateway' ? 'gateway' : 'sidecar'
  const { pod } = at
  return remembered(istiod, `proxy ${at.ip}`, () => ({
    kind,
    pod,
    at,
    title: `${kind} ${pod.namespace}/${pod.name}`,
    identity: identityOf(pod),
    sight: kind === 'gateway' ? gatewayScopeOf(istiod, pod.namespace) : sidecarScopeOf(istiod, pod),
  }))
}

/** The name in a workload's certificate. */
export const identityOf = (pod: Workload): string => `spiffe://cluster.local/ns/${pod.namespace}/sa/${pod.serviceAccount}`
