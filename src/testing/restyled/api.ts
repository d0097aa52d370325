/** The way to a gateway said by routes of the Gateway API, beside Istio's own Gateway and what it sends on. */
import { isWildcarded } from '../../core/istio/host-name'
import type { Chance } from '../chance'
import {
  all,
  gatewayLists,
  isTaken,
  type Rewriting,
  type Rule,
  type ServiceEntry,
  spaceOf,
  type Thing,
  type VirtualService,
  type Written,
} from './kind'

type Kind = 'http' | 'tls'
const networking = 'networking.istio.io'
const versions: Record<Kind, readonly string[]> = { http: ['v1', 'v1', 'v1beta1'], tls: ['v1'] }
const routeKind: Record<Kind, string> = { http: 'HTTPRoute', tls: 'TLSRoute' }

/** The host that an object is for, and the one entry that knows it, where both are everybody's and lie together. */
function entryOf(written: Written, { spec, ...service }: VirtualService): ServiceEntry | null {
  const [host = ''] = spec.hosts
  if (spec.hosts.length !== 1 || isWildcarded(host) || spec.exportTo) return null
  const routed = all(written, 'VirtualService').filter((other) => other.spec.hosts.includes(host))
  const entries = all(written, 'ServiceEntry').filter((each) => each.spec.hosts.includes(host))
  const [entry] = entries
  const alone = routed.length === 1 && entries.length === 1 && entry?.spec.hosts.length === 1
  return alone && !entry.spec.exportTo && spaceOf(entry) === spaceOf({ ...service, spec } as Thing) ? entry : null
}

const isMesh = (list: readonly string[] | undefined): boolean => list?.length === 1 && list[0] === 'mesh'

/** The port of a leg that asks for nothing else, and whose subset says nothing. */
function plainPort(written: Written, rule: Rule, kind: Kind): number | null {
  const [match, ...more] = rule.match ?? []
  const [to, ...others] = rule.route
  const keys = Object.keys(match ?? {}).filter((key) => !['gateways', 'port', ...(kind === 'tls' ? ['sniHosts'] : [])].includes(key))
  if (!match || match.port === undefined || more.length + others.length + keys.length > 0 || !to?.destination.port) return null
  if (Object.keys(rule).some((key) => key !== 'match' && key !== 'route')) return null
  const { host, subset } = to.destination
  const parts = all(written, 'DestinationRule').flatMap(({ spec }) => (spec.host === host ? (spec.subsets ?? []) : []))
  return subset && parts.some(({ name, trafficPolicy }) => name === subset && trafficPolicy) ? null : match.port
}

const apiRoute = (entry: ServiceEntry, kind: Kind, rule: Rule, port: number, chance: Chance): Thing => {
  const { host, port: to } = (rule.route[0] as Rule['route'][number]).destination
  return {
    apiVersion: `gateway.networking.k8s.io/${chance.pick(versions[kind])}`,
    kind: routeKind[kind],
    metadata: { name: `${entry.metadata.name}-${port}`, namespace: spaceOf(entry) },
    spec: {
      parentRefs: [{ group: networking, kind: 'ServiceEntry', name: entry.metadata.name, port }],
      ...(kind === 'tls' && { hostnames: entry.spec.hosts }),
      rules: [
        { backendRefs: [{ group: networking, kind: 'Hostname', name: host, port: to?.number, ...(chance.one(2) && { weight: 1 }) }] },
      ],
    },
  }
}

/** The legs of clients as routes of the Gateway API; the gateway's stay. */
const meshLegs = (kind: Kind): Rewriting => ({
  name: `mesh-legs-as-${routeKind[kind].toLowerCase()}s`,
  // A route refers to its entry by the name that this has in the end.
  rank: 1,
  rewrite(written, chance) {
    let changed = false
    for (const service of all(written, 'VirtualService')) {
      const entry = entryOf(written, service)
      const rules = service.spec[kind] ?? []
      const legs = rules.filter(({ match }) => match?.every(({ gateways }) => isMesh(gateways)))
      const ports = legs.map((rule) => plainPort(written, rule, kind))
      if (!entry || legs.length === 0 || ports.includes(null) || new Set(ports).size < ports.length) continue
      // What is left must not speak for clients of the same ports.
      if (rules.some((rule) => !legs.includes(rule) && !rule.match?.every(({ gateways }) => gateways && !gateways.includes('mesh'))))
        continue
      const routes = legs.map((rule, index) => apiRoute(entry, kind, rule, ports[index] as number, chance))
      if (routes.some(({ kind: of, metadata }) => isTaken(written, of, spaceOf(entry), metadata.name))) continue
      const { [kind]: _, ...rest } = service.spec
      const kept = rules.filter((rule) => !legs.includes(rule))
      service.spec = { ...rest, ...(kept.length > 0 && { [kind]: kept }) } as VirtualService['spec']
      const bound = gatewayLists(service).slice(1).flat()
      if (!bound.includes('mesh')) service.spec.gateways = (service.spec.gateways ?? []).filter((name) => name !== 'mesh')
      const empty = !service.spec.http && !service.spec.tls && !service.spec.tcp
      written.objects = [...written.objects.filter((object) => !(empty && object === service)), ...routes]
      changed = true
    }
    return changed
  },
})

export const api: readonly Rewriting[] = [meshLegs('http'), meshLegs('tls')]
