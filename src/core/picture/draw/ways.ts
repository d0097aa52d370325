/** Of one host: what apps may dial, and which ways lead on from there. */

import { dialectOf } from '../../compile/dialects'
import type { Protocol, Route, Routes, ServiceHost, ServiceHostPort, Target } from '../../istio/mesh'
import { readsRoutes } from '../../istio/protocol'
import type { Speaks } from '../../model/design'
import type { Place } from '../../yaml/document'
import { type Leg, type Legs, type Source, speaksOf } from './legs'

/** A route that clients take. `sources` is empty for whoever no other way names. */
export interface Way {
  sources: Source[]
  /** Null: as it is dialled, no route says anything. */
  to: Target | null
  route: Route | null
  /** Where the route is written; null with it. */
  routes: Routes | null
  /** No route says so: whoever no match is for goes straight, if there is anybody. */
  unsaid?: true
  places: Place[]
}

export interface HostDial {
  speaks: Speaks
  port: number
  /** In the order in which they are tried; the last may be for everybody. */
  ways: Way[]
  /** The port of the ServiceEntry. */
  entryPort: ServiceHostPort | null
}

/**
 * A call that nobody need make: to a port where a route arrives, to one whose routes name other clients, to one that nobody serves, or in plain
 * text to one to which rules start TLS for others.
 */
export interface Quiet {
  speaks: Speaks
  entryPort: ServiceHostPort
  because: 'arrived-at' | 'others-named' | 'unserved' | 'others-start'
}

export interface HostWays {
  host: string
  entries: readonly ServiceHost[]
  dials: HostDial[]
  /** Ports that a route arrives at and nobody need dial, with what might be said there. */
  quiet: Quiet[]
}

const families: Record<Protocol, Speaks | null> = {
  HTTP: 'HTTP',
  HTTP2: 'HTTP',
  GRPC: 'HTTP',
  HTTPS: 'HTTPS',
  TLS: 'HTTPS',
  TCP: 'TCP',
  MONGO: 'TCP',
  MYSQL: 'TCP',
  REDIS: 'TCP',
  UNSET: 'TCP',
  UDP: null,
}

/** What an app says to a port of this protocol; null: nothing that a sidecar carries. */
export const familyOf = (protocol: Protocol): Speaks | null => families[protocol]

/**
 * `arrivals`: ports of the host at which gateways arrive. `isDrawn`: the host is in the design before, which says who calls it: a port that its
 * dialect lists for no call is then no call.
 */
export function waysOf(host: string, legs: Legs, arrivals: ReadonlySet<number>, isDrawn: boolean): HostWays {
  const entries = legs.serviceHostsOf(host).filter(({ by }) => by === 'ServiceEntry')
  const ports = portsOf(entries)
  const dials = new Map<string, HostDial>()
  const mine = legs.inMesh(host)
  // Ports whose callers were to take a route that no sidecar reads there: they go straight.
  const passed = new Set<number>()
  for (const leg of mine) {
    const plain = mine.some((other) => other.kind === leg.kind && !other.conditional)
    if (leg.conditional && plain) continue
    for (const port of portsFor(leg, ports))
      if (isRead(leg, port, ports)) put(dials, leg, port, ports)
      else passed.add(port)
  }
  const reached = new Set([
    ...arrivals,
    ...ports.flatMap(({ number, targetPort }) => (targetPort && targetPort !== number ? [targetPort] : [])),
    ...[...dials.values()].flatMap(({ ways, port }) => ways.flatMap(({ to }) => (to?.host === host && to.port !== port ? [to.port] : []))),
  ])
  for (const { ways, entryPort } of dials.values())
    if (entryPort && ways.at(-1)?.sources.length) ways.push({ ...direct(entryPort), unsaid: true })
  const dialled = new Set([...dials.values()].map(({ port }) => port))
  const quiet: HostWays['quiet'] = []
  for (const port of ports) {
    const speaks = familyOf(port.protocol)
    if (!speaks || dials.has(`${speaks} ${port.number}`)) continue
    if (isUnserved(port, entries, legs)) quiet.push({ speaks, entryPort: port, because: 'unserved' })
    else if (
      (reached.has(port.number) && !passed.has(port.number)) ||
      dialled.has(port.number) ||
      (isDrawn && dialectOf(port.from.of).listsUnused(port, ports))
    )
      quiet.push({ speaks, entryPort: port, because: 'arrived-at' })
    else dials.set(`${speaks} ${port.number}`, { speaks, port: port.number, ways: [direct(port)], entryPort: port })
  }
  return { host, entries, dials: [...dials.values()], quiet }
}

/** Whether each endpoint is a Service of the text that lacks the port it is reached at. */
const isUnserved = (port: ServiceHostPort, entries: readonly ServiceHost[], legs: Legs): boolean =>
  entries.every(
    ({ endpoints }) =>
      endpoints.length > 0 &&
      endpoints.every(({ address, ports }) => {
        const number = ports[port.name] ?? port.targetPort ?? port.number
        // Without a cluster IP, or as another name, it is reached at any port.
        const services = legs
          .serviceHostsOf(address)
          .filter(({ by, resolution, external }) => by === 'Service' && resolution !== 'NONE' && !external)
        return services.length > 0 && services.every((service) => service.ports.every((each) => each.number !== number))
      }),
  )

export const direct = (port: ServiceHostPort | null): Way => ({
  sources: [],
  to: null,
  route: null,
  routes: null,
  places: port ? [port.from] : [],
})

/** Each number once: the ServiceEntry further up counts. */
function portsOf(entries: readonly ServiceHost[]): ServiceHostPort[] {
  const byNumber = new Map<number, ServiceHostPort>()
  for (const entry of entries) for (const port of entry.ports) if (!byNumber.has(port.number)) byNumber.set(port.number, port)
  return [...byNumber.values()]
}

/** Sidecars pass over a route of a kind that they do not read on the port (istio/README 7.3). */
const isRead = (leg: Leg, number: number, ports: readonly ServiceHostPort[]): boolean => {
  const port = ports.find((each) => each.number === number)
  return !port || readsRoutes(port.protocol, leg.kind)
}

/** A match without a port is for every port of that kind. */
function portsFor(leg: Leg, ports: readonly ServiceHostPort[]): number[] {
  if (leg.port !== null) return [leg.port]
  const fit = ports.filter((port) => familyOf(port.protocol) === speaksOf[leg.kind]).map((port) => port.number)
  if (fit.length > 0) return fit
  return leg.kind === 'http' ? [80] : leg.kind === 'tls' ? [443] : []
}

function put(dials: Map<string, HostDial>, leg: Leg, port: number, ports: readonly ServiceHostPort[]): void {
  const speaks = speaksOf[leg.kind]
  const key = `${speaks} ${port}`
  const dial = dials.get(key) ?? { speaks, port, ways: [], entryPort: ports.find((each) => each.number === port) ?? null }
  dials.set(key, dial)
  const last = dial.ways.at(-1)
  // No client reaches what comes after a way for everybody.
  if (last && last.sources.length === 0 && last.route !== leg.route) return
  const target = heaviest(leg.route)
  if (!target) return
  if (last?.route === leg.route) {
    if (last.sources.length > 0) last.sources = leg.source ? [...last.sources, leg.source] : []
    last.places.push(leg.from)
  } else
    dial.ways.push({
      sources: leg.source ? [leg.source] : [],
      to: target,
      route: leg.route,
      routes: leg.routes,
      places: [leg.route.from, leg.from],
    })
}

const heaviest = (route: Route): Target | undefined =>
  route.to.reduce<Target | undefined>((best, target) => (best && best.weight >= target.weight ? best : target), undefined)
