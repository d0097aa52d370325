/** What a text itself says to be there, and is taken to answer: hosts of its ServiceEntries that DNS finds, and endpoints with ports of their own. */

import { grouped } from '../base/collect'
import { isIP } from '../base/ip'
import { memo } from '../base/memo'
import { isWildcarded, serviceHost } from '../istio/host-name'
import type { Mesh, Protocol } from '../istio/mesh'
import type { Outside, Serving } from '../istio/surroundings'
import { originatesTls } from '../istio/tls-mode'

const speaks: Partial<Record<Protocol, Serving>> = { HTTPS: 'tls', TLS: 'tls' }

/** What a port of a host answers with: TLS where its protocol says so, or where a rule of the text starts TLS to it. */
export function servingAt(mesh: Mesh, hosts: readonly string[], port: { number: number; protocol: Protocol }): Serving {
  const { byHost, byTarget } = rulesOf(mesh.destinationRules)
  const starts = hosts
    .flatMap((host) => [...(byHost.get(host) ?? []), ...beginningsOf(host).flatMap((name) => byTarget.get(name) ?? [])])
    .flatMap(({ policy, subsets }) => [policy, ...subsets.map((subset) => subset.policy)])
    .some((policy) => {
      const own = policy?.ports.find((each) => each.port === port.number)
      return originatesTls((own ? own.tls : policy?.tls)?.mode)
    })
  return starts ? 'tls' : (speaks[port.protocol] ?? 'plain')
}

/** Rules by the host that they are for, and by the name of the Service that they target: each of many hosts asks for its own. */
const rulesOf = memo((rules: Mesh['destinationRules']) => ({
  byHost: grouped(rules, ({ host }) => [host]),
  byTarget: grouped(rules, ({ targets }) => new Set(targets.map(({ name }) => name))),
}))

/** What comes before each dot of a name. */
const beginningsOf = (host: string): string[] => [...host.matchAll(/\./g)].map(({ index }) => host.slice(0, index))

/** Hosts that a ServiceEntry lets DNS find exist and speak what the entry says; so do endpoints that are written with their ports. */
export const writtenHosts = (mesh: Mesh): Record<string, Outside> => ({ ...writtenEndpoints(mesh), ...foundByDns(mesh) })

function foundByDns(mesh: Mesh): Record<string, Outside> {
  const hosts: Record<string, Outside> = {}
  for (const entry of mesh.serviceHosts) {
    if (entry.by !== 'ServiceEntry' || (entry.resolution !== 'DNS' && entry.resolution !== 'DNS_ROUND_ROBIN')) continue
    const ports = Object.fromEntries(entry.ports.map((port) => [port.targetPort ?? port.number, servingAt(mesh, entry.hosts, port)]))
    const names = entry.hosts.filter((host) => !isWildcarded(host))
    const served = entry.endpoints.length > 0 ? entry.endpoints.map(({ address }) => address) : names
    for (const name of served) {
      const before = hosts[name]?.ports ?? { 80: 'plain', 443: 'tls' }
      hosts[name] = { ports: { ...ports, ...before }, names, impostor: false, redirects: false, addresses: [] }
    }
  }
  return hosts
}

/** Who answers at those addresses, by a name of its own. Its certificate has every name that a rule of the text asks for. */
function writtenEndpoints(mesh: Mesh): Record<string, Outside> {
  const names = [...new Set(mesh.destinationRules.flatMap(namesAsked))]
  const found: Record<string, Outside> = {}
  const serve = (address: string, hosts: readonly string[], port: number, serving: Serving) => {
    if (address === '' || address.includes('/')) return
    const key = isIP(address) ? `at-${address}.endpoint` : address
    const before = found[key] ?? { ports: {}, names: [], impostor: false, redirects: false, addresses: isIP(address) ? [address] : [] }
    found[key] = { ...before, ports: { [port]: serving, ...before.ports }, names: [...new Set([...before.names, ...hosts, ...names])] }
  }
  for (const { by, hosts, ports, endpoints } of mesh.serviceHosts) {
    if (by !== 'ServiceEntry') continue
    for (const endpoint of endpoints)
      for (const port of ports) {
        const own = endpoint.ports[port.name]
        if (own !== undefined) serve(endpoint.address, hosts, own, servingAt(mesh, hosts, port))
      }
  }
  const services = grouped(mesh.serviceHosts, ({ by, name, namespace }) => (by === 'Service' ? [serviceHost(name, namespace)] : []))
  for (const { service, namespace, addresses, ports } of mesh.endpointSlices) {
    const host = serviceHost(service, namespace)
    const [of] = services.get(host) ?? []
    for (const port of of?.ports ?? []) {
      const target = ports[port.name]
      if (target !== undefined) for (const address of addresses) serve(address, [host], target, servingAt(mesh, [host], port))
    }
  }
  return found
}

const namesAsked = ({ policy, subsets }: Mesh['destinationRules'][number]): string[] =>
  [policy, ...subsets.map((subset) => subset.policy)]
    .flatMap((each) => [each?.tls, ...(each?.ports.map(({ tls }) => tls) ?? [])])
    .flatMap((tls) => (tls ? [tls.sni, ...tls.subjectAltNames].filter((name) => name !== '') : []))
