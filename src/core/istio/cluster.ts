/** A cluster that istiod makes for a proxy: whether it has it, where it dials, with which TLS (istio/README 7.4, 7.5; Istio `cluster.go`, `cluster_tls.go`). */

import { compare, own } from '../base/collect'
import type { Labels } from '../base/labels'
import type { Place } from '../yaml/document'
import { byAge } from './age'
import { type HostCluster, outbound } from './cluster-ref'
import { type ConsolidatedDestinationRule, destinationRuleFor, destinationRulesFor, type Policy, policyFor } from './destination-rule'
import { isWildcarded } from './host-name'
import type { ClientTls } from './mesh'
import type { Proxy } from './proxy'
import type { PushContext } from './push-context'
import { fits } from './selector'
import type { Service, ServicePort } from './service-registry'
import { carriesTls, needsClientCertificate, originatesTls, usesIstioCertificates } from './tls-mode'

/** `eds` and `dns` dial their endpoints, `original` whom the app dialled, `forward` whom the Host header or the SNI names. */
export type Discovery = 'eds' | 'dns' | 'original' | 'forward'

export interface Cluster {
  ref: HostCluster
  host: Service
  port: ServicePort
  subset: string
  discovery: Discovery
  endpoints: readonly { address: string; port: number }[]
  /** What it speaks; null for no TLS. */
  tls: ClientTls | null
  /** SNI where `tls` names none and no Host header is there: `outbound_.80_.subset_.host`. */
  defaultSni: string
  /** The server's name must be that of the Host header (istio/README 7.5). */
  checksHost: boolean
  http2: boolean
  /** What decided how it is dialled, else where the host is known. */
  from: Place | null
  /** TLS settings that it does not obey, for want of a workloadSelector. */
  dropped: ClientTls | null
}

export type Missing = 'host' | 'port' | 'subset' | 'endpoints' | 'refused'
export interface NoCluster {
  missing: Missing
}

/** The DestinationRule that a proxy uses for a host; null for none. */
function ruleFor(push: PushContext, proxy: Proxy, host: Service): ConsolidatedDestinationRule | null {
  const rules = destinationRulesFor(push.destinationRules, proxy.scope.namespace, host)
  return destinationRuleFor(rules, proxy.scope.namespace, proxy.pod.labels)
}

export const isCluster = (of: Cluster | NoCluster): of is Cluster => !('missing' in of)

/** The cluster for a destination as this proxy sees it, or why there is none. */
export function clusterFor(push: PushContext, proxy: Proxy, { host: name, subset, port: number }: HostCluster): Cluster | NoCluster {
  const host = proxy.scope.hosts.get(name)
  // An ExternalName is a second name for another host, which has the cluster.
  if (!host || host.alias !== '') return { missing: 'host' }
  const port = host.ports.find((each) => each.number === number && each.protocol !== 'UDP')
  if (!port) return { missing: 'port' }
  const dynamic = host.resolution === 'DYNAMIC_DNS' && isWildcarded(host.name)
  if (dynamic && !['HTTP', 'TLS', 'GRPC', 'HTTP2'].includes(port.protocol)) return { missing: 'port' }
  const rule = ruleFor(push, proxy, host)
  const part = rule?.named.get(subset)
  if (subset !== '' && (!part || dynamic)) return { missing: 'subset' }
  const discovery = discoveryOf(host, proxy, dynamic)
  const listed = endpointsOf(push, host, number, part?.labels ?? {})
  const endpoints = [...new Map(listed.map((each) => [`${each.address} ${each.port}`, each])).values()]
  // Envoy takes a LOGICAL_DNS cluster with one endpoint alone; a younger entry that says DNS may have brought a second.
  if (host.resolution === 'DNS_ROUND_ROBIN' && listed.length > 1) return { missing: 'refused' }
  if (discovery === 'dns' && endpoints.length === 0) return { missing: 'endpoints' }
  const cluster = finished(proxy, host, port, subset, { discovery, endpoints, rule, policy: policyFor(rule, subset, number) })
  // Without TLS of its own Envoy takes a forward proxy's cluster only if nothing is said of its HTTP.
  return dynamic && cluster.http2 && !cluster.tls ? { missing: 'refused' } : cluster
}

interface Parts extends Pick<Cluster, 'discovery' | 'endpoints'> {
  rule: ConsolidatedDestinationRule | null
  policy: Policy
}

function finished(proxy: Proxy, host: Service, port: ServicePort, subset: string, { discovery, endpoints, rule, policy }: Parts): Cluster {
  const dropped = policy.tls && unobeyed(proxy, policy.tls, rule) ? policy.tls : null
  const tls = dropped || !carriesTls(policy.tls?.mode) ? null : policy.tls
  const names =
    tls && !host.kubernetes && !usesIstioCertificates(tls.mode) && tls.subjectAltNames.length === 0
      ? host.subjectAltNames
      : tls?.subjectAltNames
  return {
    ref: outbound(host.name, subset, port.number),
    host,
    port,
    subset,
    discovery,
    endpoints,
    tls: tls && { ...tls, subjectAltNames: [...(names ?? [])] },
    checksHost:
      tls !== null && !usesIstioCertificates(tls.mode) && tls.sni === '' && tls.subjectAltNames.length === 0 && !tls.insecureSkipVerify,
    defaultSni: `outbound_.${port.number}_.${subset}_.${host.name}`,
    http2: port.protocol === 'HTTP2' || port.protocol === 'GRPC',
    from: policy.from ?? port.from ?? host.from,
    dropped,
  }
}

/** A sidecar obeys `credentialName` only under a workloadSelector (istio/README 7.5); MUTUAL without certificates is never built. */
function unobeyed(proxy: Proxy, tls: ClientTls, rule: ConsolidatedDestinationRule | null): boolean {
  const originates = originatesTls(tls.mode)
  const secret = tls.credentialName !== '' && !tls.credentialName.startsWith('configmap://')
  if (originates && secret && proxy.ref.kind === 'sidecar' && !rule?.selector) return true
  return needsClientCertificate(tls.mode) && tls.credentialName === '' && (tls.clientCertificate === '' || tls.privateKey === '')
}

function discoveryOf(host: Service, proxy: Proxy, dynamic: boolean): Discovery {
  if (dynamic) return 'forward'
  if (host.resolution === 'DNS' || host.resolution === 'DNS_ROUND_ROBIN') return 'dns'
  return host.resolution === 'NONE' && proxy.ref.kind === 'sidecar' ? 'original' : 'eds'
}

/**
 * Where all entries for the host in its namespace are served that have the port: an endpoint's own port by the port's name, else the target
 * port, else the port (Istio `serviceentry/conversion.go`). DNS_ROUND_ROBIN adds none where an older entry has one for the port (Istio
 * `serviceentry/controller.go`, mergeServicesInstancesByNamespaceHost).
 */
function endpointsOf({ byHost }: PushContext, host: Service, number: number, labels: Labels): Cluster['endpoints'] {
  const entries = (byHost.get(host.name) ?? []).filter((each) => each.namespace === host.namespace && each.kubernetes === host.kubernetes)
  const written = new Map(entries.map((entry) => [entry.from ?? entry, entry]))
  const served: { address: string; port: number; labels: Labels }[] = []
  for (const entry of [...written.values()].toSorted((a, b) => byAge(a, b) || compare(a.written, b.written))) {
    const port = entry.ports.find((each) => each.number === number)
    if (!port) continue
    const all = entry.endpoints.flatMap(({ address, labels, ports }) => {
      const at = own(ports, port.name) ?? (entry.kubernetes ? null : (port.target ?? number))
      return at === null ? [] : [{ address, labels, port: at }]
    })
    served.push(...(entry.resolution === 'DNS_ROUND_ROBIN' ? all.slice(0, served.length === 0 ? 1 : 0) : all))
  }
  return served.filter((each) => fits(labels, each.labels))
}
