/** Other ways to make a host known. */
import { isIP } from '../../core/base/ip'
import { isWildcarded } from '../../core/istio/host-name'
import { alike, all, isTaken, type Rewriting, type ServiceEntry, spaceOf, type Thing, type Written } from './kind'

/** Changes each ServiceEntry that can be. */
const onEntries = (name: string, change: (entry: ServiceEntry, written: Written) => boolean): Rewriting => ({
  name,
  rewrite: (written) =>
    all(written, 'ServiceEntry')
      .map((entry) => change(entry, written))
      .some(Boolean),
})

const severalHosts: Rewriting = {
  name: 'several-hosts-in-an-entry',
  rewrite(written) {
    let changed = false
    const rest = ({ spec }: ServiceEntry) => ({
      ...spec,
      hosts: [],
      ports: spec.ports.map(({ number, protocol, targetPort }) => [number, protocol, targetPort]),
    })
    for (const first of all(written, 'ServiceEntry'))
      for (const other of all(written, 'ServiceEntry')) {
        const own = first.spec.addresses?.length || first.spec.endpoints?.length || first.spec.workloadSelector
        if (first === other || own || !written.objects.includes(first) || spaceOf(first) !== spaceOf(other)) continue
        if (!alike(rest(first), rest(other))) continue
        first.spec.hosts.push(...other.spec.hosts)
        written.objects = written.objects.filter((object) => object !== other)
        changed = true
      }
    return changed
  },
}

const entryEachPort: Rewriting = {
  name: 'entry-each-port',
  rewrite(written) {
    let changed = false
    written.objects = written.objects.flatMap((object): Thing[] => {
      const entry = object as ServiceEntry
      if (entry.kind !== 'ServiceEntry' || entry.spec.ports.length < 2 || entry.spec.workloadSelector) return [object]
      const named = (number: number) => `${entry.metadata.name}-${number}`
      if (entry.spec.ports.some(({ number }) => isTaken(written, 'ServiceEntry', spaceOf(entry), named(number)))) return [object]
      changed = true
      return entry.spec.ports.map((port) => ({
        ...structuredClone(entry),
        metadata: { ...structuredClone(entry.metadata), name: named(port.number) },
        spec: {
          ...structuredClone(entry.spec),
          ports: [port],
          ...(entry.spec.endpoints && {
            endpoints: structuredClone(entry.spec.endpoints).map(({ ports, ...rest }) => ({
              ...rest,
              ...(ports && { ports: Object.fromEntries(Object.entries(ports).filter(([name]) => name === port.name)) }),
            })),
          }),
        },
      }))
    })
    return changed
  },
}

/** A workload outside of the cluster, as an object of its own. */
const workloadEntries: Rewriting = {
  name: 'workload-entries',
  rewrite(written) {
    let changed = false
    for (const entry of all(written, 'ServiceEntry')) {
      const { spec } = entry
      const places = spec.endpoints ?? []
      if (spec.resolution !== 'STATIC' || places.length === 0 || !places.every(({ address }) => address && isIP(address))) continue
      const labels = { 'external-workload': entry.metadata.name }
      for (const [index, { address }] of places.entries())
        written.objects.push({
          apiVersion: entry.apiVersion,
          kind: 'WorkloadEntry',
          metadata: {
            name: `${entry.metadata.name}-vm-${index}`,
            ...(entry.metadata.namespace && { namespace: entry.metadata.namespace }),
          },
          spec: { address, labels },
        })
      delete spec.endpoints
      spec.workloadSelector = { labels }
      changed = true
    }
    return changed
  },
}

const byDns = ({ spec }: ServiceEntry): boolean =>
  (spec.resolution === 'DNS' || spec.resolution === 'DNS_ROUND_ROBIN') &&
  !spec.endpoints &&
  !spec.workloadSelector &&
  spec.hosts.length === 1

export const entries: readonly Rewriting[] = [
  severalHosts,
  entryEachPort,
  workloadEntries,
  onEntries('mesh-internal', (entry) => {
    entry.spec.location = 'MESH_INTERNAL'
    return true
  }),
  onEntries('mesh-external', (entry) => {
    if (entry.spec.location) return false
    entry.spec.location = 'MESH_EXTERNAL'
    return true
  }),
  onEntries('own-name-as-endpoint', (entry) => {
    const [host = ''] = entry.spec.hosts
    if (!byDns(entry) || isWildcarded(host)) return false
    entry.spec.endpoints = [{ address: host }]
    return true
  }),
  onEntries('endpoint-ports', ({ spec }) => {
    const free = spec.endpoints?.filter(({ ports }) => !ports) ?? []
    for (const endpoint of free)
      endpoint.ports = Object.fromEntries(spec.ports.map(({ name, number, targetPort }) => [name, targetPort ?? number]))
    return free.length > 0
  }),
  onEntries('endpoint-ports-for-target-ports', ({ spec }) => {
    const own = spec.endpoints?.filter(({ ports }) => ports) ?? []
    if (!spec.endpoints || own.length > 0 || !spec.ports.some(({ targetPort }) => targetPort)) return false
    for (const endpoint of spec.endpoints)
      endpoint.ports = Object.fromEntries(spec.ports.map(({ name, number, targetPort }) => [name, targetPort ?? number]))
    for (const port of spec.ports) delete port.targetPort
    return true
  }),
  onEntries('endpoint-locality', ({ spec }) => {
    for (const endpoint of spec.endpoints ?? [])
      Object.assign(endpoint, { locality: 'eu-west-1/a', labels: { tier: 'outside' }, weight: 1 })
    return !!spec.endpoints
  }),
  onEntries('addresses-as-blocks', ({ spec }) => {
    // Istio's webhook takes blocks for these alone.
    if (!['STATIC', 'NONE'].includes(spec.resolution) || !spec.addresses?.some((address) => isIP(address) && address.includes('.')))
      return false
    spec.addresses = spec.addresses.map((address) => (isIP(address) && address.includes('.') ? `${address}/32` : address))
    return true
  }),
  onEntries('target-ports', ({ spec }) => {
    for (const port of spec.ports) port.targetPort ??= port.number
    return true
  }),
]
