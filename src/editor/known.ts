/** Values that the text itself knows, for the fields that name them: hosts, subsets, gateways, namespaces, ports, Secrets. */

import { both, type Text } from '../core/base/text'
import type { Mesh } from '../core/istio/mesh'
import type { Path } from '../core/yaml/document'

export interface KnownValue {
  value: string
  /** Where it comes from: `ServiceEntry cnn`. */
  from: string
}

export interface Known {
  hosts: readonly KnownValue[]
  /** By the full name of the host. */
  subsets: ReadonlyMap<string, readonly KnownValue[]>
  gateways: readonly KnownValue[]
  namespaces: readonly KnownValue[]
  /** By host. */
  ports: ReadonlyMap<string, readonly KnownValue[]>
  secrets: readonly KnownValue[]
}

export const nothingKnown: Known = { hosts: [], subsets: new Map(), gateways: [], namespaces: [], ports: new Map(), secrets: [] }

const once = (values: Iterable<KnownValue>): KnownValue[] => {
  const seen = new Map<string, KnownValue>()
  for (const one of values) if (!seen.has(one.value)) seen.set(one.value, one)
  return [...seen.values()]
}

/** All that a mesh names, in time linear in it. `namespaces`: those around it. */
export function knownOf(mesh: Mesh, namespaces: readonly string[]): Known {
  const hosts: KnownValue[] = []
  const ports = new Map<string, KnownValue[]>()
  const subsets = new Map<string, KnownValue[]>()
  for (const known of mesh.serviceHosts)
    for (const host of known.hosts) {
      const from = `${known.by} ${known.name}`
      hosts.push({ value: host, from })
      const own = ports.get(host) ?? []
      ports.set(host, own)
      for (const port of known.ports) own.push({ value: String(port.number), from: `${port.protocol} – ${from}` })
    }
  for (const dial of mesh.destinationRules) {
    if (!dial.host) continue
    hosts.push({ value: dial.host, from: `${dial.by} ${dial.name}` })
    const own = subsets.get(dial.host) ?? []
    subsets.set(dial.host, own)
    for (const subset of dial.subsets) own.push({ value: subset.name, from: `${dial.by} ${dial.name}` })
  }
  const gateways = mesh.gatewayServers
    .filter(({ by }) => by === 'Istio')
    .map(({ name, namespace }) => ({ value: `${namespace}/${name}`, from: 'Gateway' }))
  const written = [...mesh.serviceHosts, ...mesh.gatewayServers, ...mesh.routes, ...mesh.destinationRules].map(({ namespace }) => namespace)
  return {
    hosts: once(hosts),
    subsets: new Map([...subsets].map(([host, own]) => [host, once(own)])),
    gateways: [{ value: 'mesh', from: '' }, ...once(gateways)],
    namespaces: once([...written, ...namespaces].filter(Boolean).map((value) => ({ value, from: '' }))),
    ports: new Map([...ports].map(([host, own]) => [host, once(own)])),
    secrets: once(
      mesh.secretAccess.flatMap((grant) => (grant.by === 'Secret' ? [{ value: grant.name, from: `Secret ${grant.namespace}` }] : [])),
    ),
  }
}

const meshWord = both('all sidecars', '所有 Sidecar')

/** What is beside a value in the list: where it is known from. */
export const knownWord = ({ value, from }: KnownValue): Text => (value === 'mesh' ? meshWord : { en: from, zh: from })

/**
 * The values that fit a place. `beside` tells what is beside it in the same map, such as the host of a destination.
 */
export function valuesFor(known: Known, path: Path, beside: (key: string) => string | undefined): readonly KnownValue[] {
  const names = path.filter((part) => typeof part === 'string')
  const last = names.at(-1) ?? ''
  const above = names.at(-2) ?? ''
  const inList = typeof path.at(-1) === 'number'
  if (last === 'namespace') return known.namespaces
  if (last === 'gateways' && inList) return known.gateways
  if (last === 'exportTo' && inList) return [{ value: '.', from: '' }, { value: '*', from: '' }, ...known.namespaces]
  if ((last === 'hosts' || last === 'sniHosts' || last === 'hostnames') && inList) return known.hosts
  if (last === 'host' || last === 'sni' || last === 'hostname' || last === 'authority') return known.hosts
  if (last === 'subset') return known.subsets.get(beside('host') ?? '') ?? once([...known.subsets.values()].flat())
  if (last === 'credentialName') return known.secrets
  if (last === 'number' && above === 'port') return known.ports.get(beside('host') ?? '') ?? once([...known.ports.values()].flat())
  return []
}
