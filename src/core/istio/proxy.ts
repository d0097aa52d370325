/** A proxy: a sidecar or a gateway, who it is and what it sees. */

import { memoBy } from '../base/memo'
import type { PushContext } from './push-context'
import type { PodIP } from './service-registry'
import { gatewayScopeOf, type SidecarScope, sidecarScopeOf } from './sidecar-scope'
import type { Workload } from './surroundings'

/** Which proxy is meant. */
export interface ProxyRef {
  kind: 'sidecar' | 'gateway'
  namespace: string
  name: string
}

export interface Proxy {
  ref: ProxyRef
  pod: Workload
  at: PodIP
  identity: string
  scope: SidecarScope
}

/** The proxy of a pod; always the same object for the same pod. */
export const proxyOf = memoBy((push: PushContext, at: PodIP): Proxy => {
  const { pod } = at
  const ref = proxyRefOf(at)
  return {
    ref,
    pod,
    at,
    identity: identityOf(pod),
    scope: ref.kind === 'gateway' ? gatewayScopeOf(push, pod.namespace) : sidecarScopeOf(push, pod),
  }
})

/** Whose proxy a pod has. */
export const proxyRefOf = ({ kind, pod: { namespace, name } }: PodIP): ProxyRef => ({
  kind: kind === 'gateway' ? 'gateway' : 'sidecar',
  namespace,
  name,
})

/** The name in a workload's certificate. */
export const identityOf = (pod: Workload): string => `spiffe://cluster.local/ns/${pod.namespace}/sa/${pod.serviceAccount}`
