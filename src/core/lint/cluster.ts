/** The cluster of any proxy for a host, as istiod makes it: which DestinationRules count, and the TLS that they say. */

import { policyFor } from '../istio/destination-rule'
import type { ClientTls, DestinationRule } from '../istio/mesh'
import { destinationRuleForHost } from '../istio/push-context'
import type { WorkloadRef } from '../istio/surroundings'
import type { Ground } from './ground'

export interface Cluster {
  /** The rules that count; empty where none is found. */
  by: readonly DestinationRule[]
  /** False: a subset is named that none of them has. */
  exists: boolean
  /** The subset that is named. */
  own?: DestinationRule['subsets'][number]
  tls: ClientTls | null
}

/** The cluster of a proxy for a host, a subset ('' for none) and a port. */
export function clusterOf(ground: Ground, proxy: WorkloadRef, host: string, subset: string, port: number): Cluster {
  const rule = destinationRuleForHost(ground.istiod, proxy, host)
  const own = subset ? rule?.named.get(subset) : undefined
  const by = rule?.of ?? []
  return subset && !own
    ? { by, exists: false, tls: null }
    : { by, exists: true, ...(own && { own }), tls: policyFor(rule, subset, port).tls }
}

/** The rules that a proxy uses for a host. */
export const destinationRulesSeen = (ground: Ground, proxy: WorkloadRef, host: string): readonly DestinationRule[] =>
  destinationRuleForHost(ground.istiod, proxy, host)?.of ?? []
