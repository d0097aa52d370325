/** Other ways to write the same routes: VirtualServices split and merged, matches longer and shorter. */
import type { Chance } from '../chance'
import {
  alike,
  all,
  isTaken,
  type Match,
  type Rewriting,
  type Rule,
  routeKinds,
  rulesOf,
  spaceOf,
  type VirtualService,
  type Written,
} from './kind'

const isMesh = (list: readonly string[]): boolean => list.length === 1 && list[0] === 'mesh'

/** Which of two legs a rule is of; null where it is of both, or says it nowhere. */
function legOf({ match }: Rule, { spec }: VirtualService): 'mesh' | 'gateway' | null {
  const lists = (match ?? [{} as Match]).map(({ gateways }) => gateways ?? spec.gateways ?? ['mesh'])
  if (lists.every(isMesh)) return 'mesh'
  return lists.every((list) => !list.includes('mesh')) ? 'gateway' : null
}

const rulesOfLeg = (service: VirtualService, leg: 'mesh' | 'gateway') =>
  Object.fromEntries(
    routeKinds.flatMap((kind) => {
      const rules = service.spec[kind]?.filter((rule) => legOf(rule, service) === leg) ?? []
      return rules.length > 0 ? [[kind, rules]] : []
    }),
  )

/** The rest of a spec, without its routes. */
function bare({ spec }: VirtualService) {
  const { http: _, tls: __, tcp: ___, ...rest } = spec
  return rest
}

const legEach: Rewriting = {
  name: 'virtual-service-each-leg',
  rewrite(written, chance) {
    let changed = false
    for (const service of all(written, 'VirtualService')) {
      const legs = rulesOf(service).map((rule) => legOf(rule, service))
      if (legs.includes(null) || !legs.includes('mesh') || !legs.includes('gateway')) continue
      const name = `${service.metadata.name}-gateway`
      if (isTaken(written, 'VirtualService', spaceOf(service), name)) continue
      const { gateways = [], ...rest } = bare(service)
      const mesh: VirtualService = {
        ...service,
        spec: { ...rest, ...(chance.one(2) && { gateways: ['mesh'] }), ...rulesOfLeg(service, 'mesh') } as VirtualService['spec'],
      }
      const door: VirtualService = {
        ...service,
        metadata: { ...service.metadata, name },
        spec: {
          ...rest,
          gateways: gateways.filter((each) => each !== 'mesh'),
          ...rulesOfLeg(service, 'gateway'),
        } as VirtualService['spec'],
      }
      written.objects = written.objects.flatMap((object) => (object === service ? [mesh, door] : [object]))
      changed = true
    }
    return changed
  },
}

const familyOf: Record<string, readonly string[]> = { http: ['HTTP', 'HTTP2', 'GRPC'], tls: ['HTTPS', 'TLS'], tcp: ['TCP'] }

/**
 * The ports at which hosts of an object speak TLS, where its routes are for each of them; else null. A TLS route of one host keeps another of the same
 * object from being sent straight on that port.
 */
function tlsPortsOf(written: Written, { spec }: VirtualService): number[] | null {
  const routed = new Set((spec.tls ?? []).flatMap(({ match }) => (match ?? []).map(({ port }) => port)))
  const entries = all(written, 'ServiceEntry').filter((entry) => entry.spec.hosts.some((host) => spec.hosts.includes(host)))
  const ports = entries.flatMap((entry) => entry.spec.ports.filter(({ protocol }) => familyOf.tls?.includes(protocol)))
  const numbers = [...new Set(ports.map(({ number }) => number))].toSorted((x, y) => x - y)
  return !routed.has(undefined) && numbers.every((number) => routed.has(number)) ? numbers : null
}

/** Whether two objects can be one: the same place, readers and gateways, and routes that tell their hosts apart by themselves. */
function canMerge(written: Written, a: VirtualService, b: VirtualService): boolean {
  if (spaceOf(a) !== spaceOf(b) || !alike({ ...bare(a), hosts: [] }, { ...bare(b), hosts: [] })) return false
  const bySni = [a, b].every(
    ({ spec }) => !spec.http && !spec.tcp && spec.tls?.every(({ match }) => match?.every(({ sniHosts }) => sniHosts)),
  )
  const sameTls = alike(tlsPortsOf(written, a), tlsPortsOf(written, b)) && [a, b].every((each) => tlsPortsOf(written, each) !== null)
  return (bySni && sameTls) || routeKinds.every((kind) => kind !== 'tcp' && alike(a.spec[kind], b.spec[kind]) && !a.spec.tls && !a.spec.tcp)
}

const forSeveralHosts: Rewriting = {
  name: 'virtual-service-for-several-hosts',
  after: ['bare-subsets-dropped', 'virtual-service-each-leg'],
  rewrite(written) {
    let changed = false
    for (const first of all(written, 'VirtualService')) {
      for (const other of all(written, 'VirtualService')) {
        if (first === other || !written.objects.includes(first) || !canMerge(written, first, other)) continue
        first.spec.hosts = [...new Set([...first.spec.hosts, ...other.spec.hosts])]
        if (first.spec.tls) first.spec.tls.push(...(other.spec.tls ?? []))
        written.objects = written.objects.filter((object) => object !== other)
        changed = true
      }
    }
    return changed
  },
}

const gatewayLegFirst: Rewriting = {
  name: 'gateway-leg-first',
  rewrite(written) {
    let changed = false
    for (const service of all(written, 'VirtualService'))
      for (const kind of routeKinds) {
        const rules = service.spec[kind] ?? []
        const sorted = [
          ...rules.filter((rule) => legOf(rule, service) === 'gateway'),
          ...rules.filter((rule) => legOf(rule, service) !== 'gateway'),
        ]
        if (rules.every((rule, index) => rule === sorted[index])) continue
        service.spec[kind] = sorted
        changed = true
      }
    return changed
  },
}

/** An object for one gateway need not say it in its matches. */
const gatewaysOfMatchesLeftOut: Rewriting = {
  name: 'gateways-of-matches-left-out',
  after: ['virtual-service-each-leg'],
  rewrite(written) {
    let changed = false
    for (const service of all(written, 'VirtualService')) {
      const whole = service.spec.gateways ?? ['mesh']
      for (const match of rulesOf(service).flatMap((rule) => rule.match ?? [])) {
        if (!match.gateways || !alike(match.gateways.toSorted(), whole.toSorted())) continue
        delete match.gateways
        changed = true
      }
    }
    return changed
  },
}

/** Ports of an object's hosts that a kind of route is for, and servers of its gateways. */
function onlyPort(written: Written, service: VirtualService, kind: (typeof routeKinds)[number], leg: 'mesh' | 'gateway' | null): boolean {
  if (leg === 'mesh') {
    const entries = all(written, 'ServiceEntry').filter(({ spec }) => spec.hosts.some((host) => service.spec.hosts.includes(host)))
    const ports = entries.flatMap(({ spec }) => spec.ports.filter(({ protocol }) => familyOf[kind]?.includes(protocol)))
    return entries.length > 0 && new Set(ports.map(({ number }) => number)).size === 1
  }
  if (leg !== 'gateway') return false
  const servers = all(written, 'Gateway').flatMap(({ spec }) => spec.servers)
  const own = servers.filter(({ hosts }) =>
    hosts.some((host) => host.includes('*') || service.spec.hosts.includes(host.split('/').at(-1) ?? '')),
  )
  return own.length === 1
}

const portsOfMatchesLeftOut: Rewriting = {
  name: 'ports-of-matches-left-out',
  rewrite(written) {
    let changed = false
    for (const service of all(written, 'VirtualService'))
      for (const kind of routeKinds)
        for (const rule of service.spec[kind] ?? []) {
          const same = (service.spec[kind] ?? []).filter((other) => legOf(other, service) === legOf(rule, service))
          if (same.length > 1 || !onlyPort(written, service, kind, legOf(rule, service))) continue
          for (const match of rule.match ?? []) {
            if (match.port === undefined) continue
            delete match.port
            changed = true
          }
        }
    return changed
  },
}

/** HTTP rules for everything need no match at all. */
const emptyMatchesDropped: Rewriting = {
  name: 'empty-matches-dropped',
  after: ['virtual-service-each-leg', 'gateways-of-matches-left-out', 'ports-of-matches-left-out'],
  rewrite(written) {
    let changed = false
    for (const { spec } of all(written, 'VirtualService'))
      for (const rule of spec.http ?? []) {
        if (!rule.match?.some((match) => Object.keys(match).length === 0)) continue
        delete rule.match
        changed = true
      }
    return changed
  },
}

const prefixMatch: Rewriting = {
  name: 'prefix-match',
  rewrite(written) {
    const rules = all(written, 'VirtualService').flatMap(({ spec }) => spec.http ?? [])
    for (const rule of rules) rule.match = (rule.match ?? [{}]).map((match) => ({ ...match, uri: { prefix: '/' } }))
    return rules.length > 0
  },
}

/** A destination needs no port where its host has just one. */
const portOfDestinationLeftOut: Rewriting = {
  name: 'port-of-destination-left-out',
  rewrite(written) {
    let changed = false
    for (const { destination } of all(written, 'VirtualService')
      .flatMap(rulesOf)
      .flatMap(({ route }) => route)) {
      const entries = all(written, 'ServiceEntry').filter(({ spec }) => spec.hosts.includes(destination.host))
      if (!destination.port || entries.length !== 1 || entries[0]?.spec.ports.length !== 1) continue
      delete destination.port
      changed = true
    }
    return changed
  },
}

const onHttp = (name: string, fields: (chance: Chance) => object): Rewriting => ({
  name,
  rewrite(written, chance) {
    const rules = all(written, 'VirtualService').flatMap(({ spec }) => spec.http ?? [])
    for (const rule of rules) Object.assign(rule, fields(chance))
    return rules.length > 0
  },
})

const weighted: Rewriting = {
  name: 'weighted',
  rewrite(written) {
    const routes = all(written, 'VirtualService').flatMap(rulesOf)
    for (const { route } of routes) for (const target of route) target.weight = 100
    return routes.length > 0
  },
}

export const routes: readonly Rewriting[] = [
  legEach,
  forSeveralHosts,
  gatewayLegFirst,
  gatewaysOfMatchesLeftOut,
  portsOfMatchesLeftOut,
  emptyMatchesDropped,
  prefixMatch,
  portOfDestinationLeftOut,
  weighted,
  onHttp('timeouts', (chance) => ({ timeout: chance.pick(['3s', '15s', '1m']) })),
  onHttp('retries', (chance) => ({
    retries: { attempts: 1 + chance.int(3), perTryTimeout: '2s', retryOn: 'gateway-error,connect-failure' },
  })),
  onHttp('headers', () => ({ headers: { request: { set: { 'x-egress': 'yes' } }, response: { remove: ['server'] } } })),
  onHttp('named-routes', (chance) => ({ name: chance.pick(['out', 'forward', 'default-route']) })),
]
