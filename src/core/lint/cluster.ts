/** Which DestinationRule a proxy finds for a host, and the TLS that its cluster then speaks: as the tracer finds it, asked of any namespace. */

import { type ConsolidatedDestinationRule, destinationRuleFor, destinationRulesFor, policyFor } from '../istio/destination-rule'
import type { ClientTls, DestinationRule } from '../istio/mesh'
import { seenFrom } from '../istio/rules-visible'
import type { Host } from '../istio/service-registry'
import type { Ground, Proxy } from './ground'

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
export function clusterOf(ground: Ground, proxy: Proxy, host: string, subset: string, port: number): Cluster {
  const rule = ruleOf(ground, proxy, host)
  const own = subset ? rule?.subsets.find(({ name }) => name === subset) : undefined
  const by = rule?.of ?? []
  return subset && !own
    ? { by, exists: false, tls: null }
    : { by, exists: true, ...(own && { own }), tls: policyFor(rule, subset, port).tls }
}

/** The rules that a proxy goes by for a host. */
export const dialsSeen = (ground: Ground, proxy: Proxy, host: string): readonly DestinationRule[] => ruleOf(ground, proxy, host)?.of ?? []

function ruleOf(ground: Ground, proxy: Proxy, host: string): ConsolidatedDestinationRule | null {
  const { namespace, labels } = proxy
  return destinationRuleFor(
    destinationRulesFor(ground.istiod.destinationRules, namespace, hostOf(ground, host, namespace)),
    namespace,
    labels,
  )
}

/** The host as a namespace knows it: its own, then a Service, then the oldest; one that nobody listed lies where its name says. */
function hostOf(ground: Ground, name: string, from: string): Host {
  const all = (ground.istiod.byHost.get(name) ?? []).filter((host) => seenFrom(host, from))
  const known = all.find(({ namespace }) => namespace === from) ?? all.find(({ kubernetes }) => kubernetes) ?? all[0]
  if (known) return known
  const [, namespace = ''] = /^[^.]+\.([^.]+)\.svc\.cluster\.local$/.exec(name) ?? []
  return { ...nowhere, name, namespace }
}

const nowhere: Host = {
  name: '',
  namespace: '',
  kubernetes: false,
  address: '',
  ports: [],
  resolution: 'NONE',
  external: true,
  exportTo: [],
  endpoints: [],
  subjectAltNames: [],
  creationTimestamp: '',
  from: null,
  written: '',
}
