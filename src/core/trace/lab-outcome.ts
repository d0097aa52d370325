/** An outcome as the lab writes it, with proxies and clusters as words (e2e/mesh/README.md), and the way back: the one border where they are taken apart. */

import { clusterName, clusterNamed } from '../istio/cluster-ref'
import type { ProxyRef } from '../istio/proxy'
import type { HopLine, Outcome } from './outcome'
import { titleOf } from './ref'

export interface LabHop extends Omit<HopLine, 'proxy' | 'cluster'> {
  /** `sidecar ns/pod` or `gateway ns/name` */
  proxy: string
  /** As Envoy has it; empty for none. */
  cluster: string
}

export interface LabOutcome extends Omit<Outcome, 'hops'> {
  hops: LabHop[]
}

const labHop = (hop: HopLine): LabHop => ({
  ...hop,
  proxy: titleOf(hop.proxy),
  cluster: hop.cluster ? clusterName(hop.cluster) : '',
})

export const labOutcome = (outcome: Outcome): LabOutcome => ({ ...outcome, hops: outcome.hops.map(labHop) })

/** Throws for a proxy or a cluster that the lab cannot have written. */
export const outcomeOfLab = (outcome: LabOutcome): Outcome => ({
  ...outcome,
  hops: outcome.hops.map((hop) => ({ ...hop, proxy: proxyNamed(hop.proxy), cluster: clusterOf(hop.cluster) })),
})

function proxyNamed(title: string): ProxyRef {
  const [, kind, namespace, name] = /^(sidecar|gateway) ([^/]+)\/(.+)$/.exec(title) ?? []
  if (kind === undefined || namespace === undefined || name === undefined) throw new Error(`${title} is no proxy of the lab`)
  return { kind: kind as ProxyRef['kind'], namespace, name }
}

function clusterOf(name: string): HopLine['cluster'] {
  const found = clusterNamed(name)
  if (!found && name !== '' && name !== '-') throw new Error(`${name} is no cluster`)
  return found
}
