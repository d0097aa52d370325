/** Mesh -> roads: for every host who calls it, which way, and how each hop is spoken. */

import { listed } from '../../base/collect'
import { memo } from '../../base/memo'
import { type Exported, namespacesThatSee, sees } from '../../istio/export-to'
import { portOf } from '../../istio/filter-chain'
import { isWildcarded, serviceOf, subsetOf } from '../../istio/host-name'
import type { DestinationRule, Mesh, ServiceHost, Target, TrafficPolicy } from '../../istio/mesh'
import { type PushContext, serviceForHost } from '../../istio/push-context'
import { fits } from '../../istio/selector'
import { portsServed } from '../../istio/service-registry'
import { carriesTls, originatesTls } from '../../istio/tls-mode'
import type { Design, Speaks } from '../../model/design'
import type { Place } from '../../yaml/document'
import { type Asking, type Crowd, clientsOf, type Hint } from './clients'
import { connectionOf, hasSubset, namedSubset, outsideOf, rulesFor } from './dial'
import { disagreeing } from './ends'
import { behind, type GatewayAt, type Gateways } from './gateways'
import type { Guarded } from './guards'
import type { Leg, Legs } from './legs'
import type { Client, Road } from './road'
import { direct, type HostDial, type HostWays, type Way, waysOf } from './ways'

/** Everything that a road is made from. */
export interface Ground {
  mesh: Mesh
  legs: Legs
  gateways: Gateways
  istiod: PushContext
  guards: readonly Guarded[]
  crowd: Crowd
  before: Design | null
  root: string
}

export interface HostRoads {
  host: string
  entries: readonly ServiceHost[]
  roads: Road[]
  /** Targets of sidecars that are neither the host nor a gateway. */
  strays: Target[]
  /** Targets of gateways that are another host. */
  elsewhere: Target[]
  /** Calls that the text lets through, though nobody in the picture makes them. */
  quiet: HostWays['quiet']
}

const kindOf: Record<Speaks, Leg['kind']> = { HTTP: 'http', HTTPS: 'tls', TCP: 'tcp' }

/** So many hosts are looked at between two pauses. */
const between = 100

/** Roads of every host that is drawn, in the order of the text; pauses now and then, for whoever has something else to do. */
export function* roadsOf(ground: Ground): Generator<undefined, HostRoads[]> {
  const { legs, before } = ground
  const written = new Set(legs.hosts)
  // Services of the cluster need no ServiceEntry: no text describes a straight way to one.
  const unwritten = (before?.nodes ?? []).flatMap(({ kind, name }) =>
    kind === 'host' && serviceOf(name) && !written.has(name) ? [name] : [],
  )
  const made: HostRoads[] = []
  for (const host of [...legs.hosts, ...unwritten]) {
    if (!isDrawn(host, ground)) continue
    made.push(hostRoads(host, ground))
    if (made.length % between === 0) yield
  }
  return made.filter(({ host, roads, entries }) => entries.length > 0 || roads.length > 0 || !serviceOf(host))
}

/** A gateway's own Service is no host; a wildcard that only routes speak of is drawn as the hosts below it. */
function isDrawn(host: string, { gateways, legs }: Ground): boolean {
  if (gateways.at(host)) return false
  if (!isWildcarded(host) || legs.serviceHostsOf(host).length > 0) return true
  return !legs.hosts.some((other) => other !== host && subsetOf(other, host) && legs.serviceHostsOf(other).length > 0)
}

function hostRoads(host: string, ground: Ground): HostRoads {
  const arrivals = new Set(arrivalsOf(ground.mesh).get(host))
  const isDrawn = ground.before?.nodes.some(({ kind, name }) => kind === 'host' && name === host) ?? false
  const ways = withFormer(waysOf(host, ground.legs, arrivals, isDrawn), ground)
  if (isInternal(host, ways, ground)) return { host, entries: [], roads: [], strays: [], elsewhere: [], quiet: [] }
  const roads: Road[] = []
  const strays = new Set<Target>()
  const quiet = [...ways.quiet]
  for (const dial of ways.dials) {
    for (const [way, clients] of clientsOf(dial, askingOf(ways, dial, ground))) {
      if (way.unsaid && clients.length === 0 && dial.entryPort)
        quiet.push({ speaks: dial.speaks, entryPort: dial.entryPort, because: 'others-named' })
      for (const client of clients) {
        const road = roadOf(client, host, dial, way, ways, ground)
        if (road) roads.push(road)
        else if (way.to) strays.add(way.to)
      }
    }
  }
  const unmeant = new Set(ground.before ? [] : unmeantOf(roads))
  for (const { speaks, entryPort } of ways.dials)
    if (entryPort && roads.some((road) => unmeant.has(road) && road.speaks === speaks && road.dialled === entryPort.number))
      quiet.push({ speaks, entryPort, because: 'others-start' })
  const drawn = roads.filter((road) => !unmeant.has(road))
  const elsewhere = [...new Set(drawn.flatMap((road) => road.elsewhere ?? []))]
  return { host, entries: ways.entries, roads: drawn, strays: [...strays], elsewhere, quiet: isDrawn ? [] : quiet }
}

/** Plain text to a port to which others start TLS: nobody means that, it is what is left over for whom no rule selects. */
const unmeantOf = (roads: readonly Road[]): Road[] =>
  roads.filter(
    ({ speaks, dialled, gateway, outside }) =>
      speaks === 'HTTP' &&
      !gateway &&
      outside &&
      !carriesTls(outside.tls) &&
      roads.some(
        (other) => !other.gateway && other.dialled === dialled && other.outside?.port === outside.port && originatesTls(other.outside.tls),
      ),
  )

/** Ports at which routes of gateways arrive, by host, whichever host was asked for. */
const arrivalsOf = memo((mesh: Mesh): ReadonlyMap<string, number[]> => {
  const arrivals = new Map<string, number[]>()
  for (const routes of mesh.routes) {
    const own = routes.parents
      ? routes.parents.some(({ kind }) => kind === 'Gateway')
      : routes.gateways.some((gateway) => gateway !== 'mesh')
    if (!own) continue
    for (const { to, matches } of [...routes.http, ...routes.tls, ...routes.tcp]) {
      if (matches.length > 0 && matches.every(({ gateways }) => gateways?.every((gateway) => gateway === 'mesh'))) continue
      for (const { host, port } of to) if (port !== null) listed(arrivals, host, port)
    }
  }
  return arrivals
})

/** A route from a Service of the cluster to itself, over which no TLS starts, is nothing of the way out. */
function isInternal(host: string, { entries, dials }: HostWays, ground: Ground): boolean {
  if (!serviceOf(host) || entries.length > 0 || ground.crowd.calls(host).length > 0) return false
  const starts = rulesFor(ground.istiod, host).some(({ policy, subsets }) =>
    [policy, ...subsets.map((subset) => subset.policy)].some(startsTls),
  )
  return !starts && dials.every((dial) => dial.ways.every((way) => way.to?.host === host))
}

const startsTls = (policy: TrafficPolicy | null): boolean =>
  [policy?.tls, ...(policy?.ports.map((each) => each.tls) ?? [])].some((tls) => originatesTls(tls?.mode))

/** Calls of before that no route has to speak of: to a port where routes arrive, and to a Service of the cluster. They go on while the port is there. */
function withFormer(ways: HostWays, { crowd }: Ground): HostWays {
  const former = ways.quiet.filter(({ speaks, entryPort }) => crowd.callers(ways.host, { speaks, port: entryPort.number }).length > 0)
  const said = new Set(ways.dials.map(({ speaks, port }) => `${speaks} ${port}`))
  const plain =
    serviceOf(ways.host) && ways.entries.length === 0
      ? crowd.calls(ways.host).filter(({ speaks, port }) => !said.has(`${speaks} ${port}`))
      : []
  const dials = [
    ...former.map(({ speaks, entryPort }): HostDial => ({ speaks, port: entryPort.number, ways: [direct(entryPort)], entryPort })),
    ...plain.map((call): HostDial => ({ ...call, ways: [direct(null)], entryPort: null })),
  ]
  return dials.length > 0 ? { ...ways, dials: [...ways.dials, ...dials] } : ways
}

function askingOf(ways: HostWays, dial: HostDial, ground: Ground): Asking {
  const { gateways, crowd, guards } = ground
  const gatewayOf = (way: Way): GatewayAt | undefined => (way.to ? gateways.at(way.to.host) : undefined)
  return {
    crowd,
    host: ways.host,
    home: homesOf(ways, dial, ground),
    hints: (way) => hintsOf(ways, dial, way, ground),
    mayGo(namespace, way) {
      if (way.routes && !sees(namespace, way.routes)) return false
      if (ways.entries.length > 0 && !ways.entries.some((entry) => sees(namespace, entry))) return false
      const guard = guards.find((each) => each.namespace === namespace)
      const gateway = gatewayOf(way)
      return !guard || (gateway !== undefined && (guard.allows === null || guard.allows.has(gateway.namespace)))
    },
    suits(client, way) {
      if (way.to && !hasSubset(ground.istiod, client, way.to.host, way.to.subset)) return false
      if (gatewayOf(way)) return true
      const [host, subset, port] = [way.to?.host ?? ways.host, way.to?.subset ?? '', arrivalPort(ground, client, way.to, dial.port)]
      const isStarted = originatesTls(connectionOf(ground.istiod, client, host, subset, port).tls?.mode)
      // Where a rule starts TLS, the way is for those who obey it.
      return dial.speaks === 'HTTPS' ? !isStarted : isStarted || !rulesFor(ground.istiod, host).some((rule) => startsAt(rule, subset, port))
    },
    gateways: (way) => gatewayOf(way)?.namespace ?? null,
  }
}

/** The namespaces that something is exported to, where that is not all of them. */
const toSome = (of: Exported): string[] => [...namespacesThatSee(of)].filter((space) => space !== '*')

/** Whether a rule says to start TLS to a port. */
const startsAt = (rule: DestinationRule, subset: string, port: number): boolean => {
  const part = subset ? namedSubset(rule, subset) : rule
  return [part?.policy, rule.policy].some(
    (policy) =>
      part && (originatesTls(policy?.tls?.mode) || policy?.ports.some((each) => each.port === port && originatesTls(each.tls?.mode))),
  )
}

/** Where clients are likely to be: beside the host's objects, but not beside a gateway. */
function homesOf(ways: HostWays, dial: HostDial, { gateways, root }: Ground): string[] {
  const written = [
    ...ways.entries.map((entry) => entry.namespace),
    ...dial.ways.flatMap(({ route }) => (route ? [route.from.of.namespace] : [])),
  ]
  const told = [...ways.entries, ...dial.ways.flatMap(({ routes }) => routes ?? [])]
  const shown = told.flatMap((each) => toSome(each).filter((space) => space !== each.namespace))
  const onTheWay = new Set([root, ...gateways.all.map(({ namespace }) => namespace)])
  const spaces = [...new Set([...written, ...shown])]
  return [...spaces.filter((space) => !onTheWay.has(space)), 'default', ...spaces]
}

/** A rule that only some see, or that selects some, tells who they are. */
function hintsOf(ways: HostWays, dial: HostDial, way: Way, { istiod, gateways, legs }: Ground): Hint[] {
  const gateway = way.to && gateways.at(way.to.host)
  if (gateway && way.to) {
    const { host, subset } = way.to
    const rules = rulesFor(istiod, host).filter((rule) => rule.by === 'DestinationRule' && (subset === '' || namedSubset(rule, subset)))
    const away = rules.filter((rule) => rule.namespace !== gateway.namespace)
    return away.length === rules.length ? away.map(({ namespace }) => ({ namespace, labels: null })) : []
  }
  const port = arrivalPort({ istiod }, { namespace: ways.entries[0]?.namespace ?? '' }, way.to, dial.port)
  // What is said of a port at which a gateway arrives may be said to the gateway alone.
  const subset = way.to?.subset ?? ''
  const isThere = (to: Target) => to.host === ways.host && to.port === port && to.subset === subset
  const arriving = new Set(legs.atGateways(ways.host).flatMap(({ route, gatewayName }) => (route.to.some(isThere) ? [gatewayName] : [])))
  const arrives = ({ gatewayServers }: GatewayAt) => gatewayServers.some((server) => arriving.has(`${server.namespace}/${server.name}`))
  const isGateway = ({ namespace, labels }: Hint) =>
    gateways.all.some((each) => each.namespace === namespace && fits(labels, each.labels) && arrives(each))
  // Another rule, nearer to them, may hide it.
  const obeys = ({ namespace, labels }: Hint) =>
    originatesTls(connectionOf(istiod, { namespace, labels: labels ?? {} }, ways.host, subset, port).tls?.mode)
  const hints = rulesFor(istiod, ways.host).flatMap((rule): Hint[] => {
    const part = subset ? namedSubset(rule, subset) : rule
    const starts =
      part && [part.policy, rule.policy].some((policy) => policy?.tls || policy?.ports.some((each) => each.port === port && each.tls))
    // Where an app brings TLS of its own, such a rule is for others.
    if (rule.by !== 'DestinationRule' || !starts || dial.speaks === 'HTTPS') return []
    if (rule.selector) return [{ namespace: rule.namespace, labels: rule.selector }]
    return toSome(rule).map((namespace) => ({ namespace, labels: null }))
  })
  return hints.filter((hint) => !isGateway(hint) && obeys(hint))
}

function roadOf(client: Client, host: string, dial: HostDial, way: Way, ways: HostWays, ground: Ground): Road | null {
  const { speaks, port: dialled } = dial
  const base = { client, speaks, dialled, host }
  const app = dial.entryPort ? [dial.entryPort.from] : []
  const target = way.to
  if (!target || target.host === host) {
    const { outside, places } = leaving(
      client,
      host,
      target?.subset ?? '',
      arrivalPort(ground, client, target, dialled),
      speaks,
      ways,
      ground,
    )
    return { ...base, gateway: null, outside, places: { app, mesh: [], outside: [...way.places, ...places] } }
  }
  const gateway = ground.gateways.at(target.host)
  if (!gateway) return null
  const port = arrivalPort(ground, client, target, dialled)
  const said = connectionOf(ground.istiod, client, target.host, target.subset, port)
  const tls = said.tls && carriesTls(said.tls.mode) ? 'ISTIO_MUTUAL' : 'DISABLE'
  const there = behind(gateway, port, host, kindOf[speaks], ground.legs)
  const onward = there?.leg?.route.to.find((each) => each.host === host) ?? there?.leg?.route.to[0]
  const places = { app, mesh: [...way.places, ...said.places, ...(there ? [there.gatewayServer.from] : [])], outside: [] as Place[] }
  const ends = there && disagreeing(said.tls?.mode ?? 'DISABLE', speaks, there.gatewayServer)
  const met = { ...base, ...(ends && { ends }) }
  const arrived = { name: gateway.name, namespace: gateway.namespace, tls, port } as const
  if (!there?.leg || !onward || ground.gateways.at(onward.host)) return { ...met, gateway: arrived, outside: null, places }
  if (onward.host !== host && !subsetOf(onward.host, host)) return { ...met, gateway: arrived, outside: null, elsewhere: onward, places }
  const { outside, places: left } = leaving(
    gateway,
    onward.host,
    onward.subset,
    arrivalPort(ground, gateway, onward, port),
    speaks,
    ways,
    ground,
  )
  return { ...met, gateway: arrived, outside, places: { ...places, outside: [there.leg.route.from, there.leg.from, ...left] } }
}

/** The port of a target that a proxy sends to, which the target need not name; without a target the one that is dialled. */
const arrivalPort = (
  { istiod }: Pick<Ground, 'istiod'>,
  { namespace }: Pick<Client, 'namespace'>,
  target: Target | null,
  dialled: number,
): number => (target ? portOf(target, serviceForHost(istiod, target.host, namespace)?.ports ?? [], dialled) : dialled)

/** The last hop: from a sidecar or a gateway to a port of the host. */
function leaving(
  proxy: Pick<Client, 'namespace' | 'labels'>,
  host: string,
  subset: string,
  port: number,
  speaks: Speaks,
  { entries }: HostWays,
  { istiod, mesh }: Ground,
): { outside: NonNullable<Road['outside']>; places: readonly Place[] } {
  const said = connectionOf(istiod, proxy, host, subset, port)
  const entry = entries.find(({ ports }) => ports.some(({ number }) => number === port))
  const entryPort = entry?.ports.find(({ number }) => number === port)
  const [served = port] = entry && entryPort ? portsServed(mesh, entry, entryPort) : []
  // Where a proxy reads no HTTP, it has no name but the one that is written.
  const nameless = speaks === 'TCP' && originatesTls(said.tls?.mode) && !said.tls?.sni
  return {
    outside: { ...outsideOf(said.tls, host, speaks), port: served, ...(nameless && { nameless }) },
    places: [...(entryPort ? [entryPort.from] : []), ...said.places],
  }
}
