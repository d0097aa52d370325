/** Which cluster of a proxy is meant, and its name as Envoy has it in access logs and `istioctl proxy-config` (Istio `model/context.go`, BuildSubsetKey). */

/** A cluster that istiod builds for a port of a host, or one of those that every sidecar has. */
export type ClusterRef = HostCluster | { name: 'PassthroughCluster' | 'BlackHoleCluster' | 'AllowAnyDynamicDNSCluster' }

export interface HostCluster {
  direction: 'outbound'
  port: number
  /** Empty for none. */
  subset: string
  host: string
}

export const outbound = (host: string, subset: string, port: number): HostCluster => ({ direction: 'outbound', port, subset, host })

/** `outbound|443|subset|host`, or the cluster's own name. */
export const clusterName = (of: ClusterRef): string => ('name' in of ? of.name : `${of.direction}|${of.port}|${of.subset}|${of.host}`)

const others = ['PassthroughCluster', 'BlackHoleCluster', 'AllowAnyDynamicDNSCluster'] as const

/** The other way round, for what a real proxy wrote; null for what is no such name. */
export function clusterNamed(name: string): ClusterRef | null {
  const other = others.find((each) => each === name)
  if (other) return { name: other }
  const [direction, port, subset, host] = name.split('|')
  return direction === 'outbound' && host !== undefined && subset !== undefined ? outbound(host, subset, Number(port)) : null
}
