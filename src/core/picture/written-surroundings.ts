/** What a text itself says to be there, and is taken to answer: hosts of its ServiceEntries, and where they are served. */

import { grouped, own } from '../base/collect'
import { isIP } from '../base/ip'
import { memo } from '../base/memo'
import { isWildcarded, serviceHost } from '../istio/host-name'
import type { Mesh, Protocol } from '../istio/mesh'
import { endpointsWritten } from '../istio/service-registry'
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
      const at = policy?.ports.find((each) => each.port === port.number)
      return originatesTls((at ? at.tls : policy?.tls)?.mode)
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

/** Hosts of ServiceEntries exist, at the addresses that are written, and speak what the entry says; so do endpoints. */
export const writtenHosts = (mesh: Mesh): Record<string, Outside> => ({ ...writtenEndpoints(mesh), ...entered(mesh) })

/** An address of a block: its first. */
export const firstOf = (address: string): string => address.replace(/\/\d+$/, '')

function entered(mesh: Mesh): Record<string, Outside> {
  const hosts: Record<string, Outside> = {}
  for (const entry of mesh.serviceHosts) {
    if (entry.by !== 'ServiceEntry') continue
    const ports = Object.fromEntries(entry.ports.map((port) => [port.targetPort ?? port.number, servingAt(mesh, entry.hosts, port)]))
    const names = entry.hosts.filter((host) => !isWildcarded(host))
    const addresses = entry.addresses.map(firstOf).filter(isIP)
    const aliases = entry.resolution.startsWith('DNS') ? entry.endpoints.map(({ address }) => address).filter((each) => !isIP(each)) : []
    for (const name of [...names, ...aliases]) {
      const before = own(hosts, name)
      hosts[name] = {
        ports: { ...ports, ...(before?.ports ?? { 80: 'plain', 443: 'tls' }) },
        names,
        impostor: false,
        redirects: false,
        addresses: names.includes(name) ? [...new Set([...(before?.addresses ?? []), ...addresses])] : [],
      }
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
  for (const entry of mesh.serviceHosts) {
    if (entry.by !== 'ServiceEntry') continue
    for (const { address, ports } of endpointsWritten(mesh, entry))
      for (const port of entry.ports)
        serve(address, entry.hosts, ports[port.name] ?? port.targetPort ?? port.number, servingAt(mesh, entry.hosts, port))
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
