/** A way of a pod past the gateway. */

import type { Text } from '../../base/text'
import type { Fix, Place } from '../../yaml/document'

/**
 * `no-sidecar`: nothing takes the pod's traffic. `annotation`: an annotation keeps the sidecar away. `no-route`: the host is known, and no
 * route leads to a gateway. `other-entry`: a ServiceEntry for other hosts takes it and dials what the app dialled. `allow-any`: what is unknown may leave. `other-port`: the same on ports that nobody lists. `dns`: the guard
 * lets DNS out to anywhere. `no-network-policy`: only the sidecar holds the pod, which a pod can have itself excused from.
 */
export const wayIds = [
  'no-sidecar',
  'annotation',
  'no-route',
  'other-entry',
  'allow-any',
  'other-port',
  'dns',
  'no-network-policy',
] as const
export type WayId = (typeof wayIds)[number]

export interface Way {
  way: WayId
  /** `request`: any request of the app does it. `pod`: the pod has to be changed for it. */
  takes: 'request' | 'pod'
  /** Requests that go this way; empty where it is no matter of a URL. */
  urls: readonly string[]
  says: Text
  because: Place | null
  closedBy: Text
  fix?: Fix
}
