/** VirtualService: one per host, mesh leg first, gateway leg second, each with gateways and port in its match (compile/README 5, 7). */

import { both } from '../../base/text'
import { serviceHostOf } from '../../model/design'
import type { Dial, Way } from '../plan/dials'
import type { Lane } from '../plan/lanes'
import type { HostPlan } from '../plan/plan'
import type { Origin, Resource } from '../resource'
import type { ResourceKind, Writing } from './kind'
import { type Origination, originationOf } from './origination'

export const virtualService: ResourceKind = {
  group: 'networking.istio.io',
  kind: 'VirtualService',
  ofHost: (host, by) => (host.dials.some((dial) => dial.routed) ? [routesFor(host, by)] : []),
}

type Naming = Pick<Writing, 'style'>
type RouteKind = 'http' | 'tls' | 'tcp'
interface Rule {
  kind: RouteKind
  rule: { match: object[]; route: object[] }
  ids: string[]
}

function routesFor(host: HostPlan, by: Naming): Resource {
  const origination = originationOf(host, by)
  const dials = host.dials.filter((dial) => dial.routed)
  const rules = [
    ...dials.flatMap((dial) => meshRules(dial, by, origination)),
    ...host.lanes.map((lane) => gatewayRule(host, lane, by, origination)),
  ]
  const doors = [...new Set(host.lanes.map((lane) => gatewayRef(lane, host, by)))]
  const kinds = (['http', 'tls', 'tcp'] as const).filter((kind) => rules.some((rule) => rule.kind === kind))
  return {
    group: 'networking.istio.io',
    kind: 'VirtualService',
    name: by.style.routeName(host),
    namespace: host.namespace,
    body: {
      spec: {
        hosts: [host.host.name],
        ...(doors.length > 0 && { gateways: ['mesh', ...doors] }),
        ...Object.fromEntries(kinds.map((kind) => [kind, rules.filter((rule) => rule.kind === kind).map(({ rule }) => rule)])),
      },
    },
    says:
      doors.length > 0
        ? both(`Sends what goes to ${host.host.name} through the gateway.`, `把发往 ${host.host.name} 的流量引导到网关。`)
        : both(`Says where ${host.host.name} is reached.`, `指定从哪里访问 ${host.host.name}。`),
    notes: by.style.routeNotes(host),
    needs: [],
    origins: [{ path: [], ids: [host.host.id] }, ...kinds.flatMap((kind) => originsOf(kind, rules))],
  }
}

const originsOf = (kind: RouteKind, rules: readonly Rule[]): Origin[] =>
  rules.filter((rule) => rule.kind === kind).map(({ ids }, index) => ({ path: ['spec', kind, index], ids }))

/** A Gateway object as a VirtualService names it: both are in one namespace, so the short name is enough (istio/README 7.2). */
const gatewayRef = (lane: Lane, host: HostPlan, by: Naming): string => by.style.gatewayName(lane.gateway, host.namespace)

const meshKind = { HTTP: 'http', HTTPS: 'tls', TCP: 'tcp' } as const

/** One rule a way; the last takes whoever is left. */
function meshRules(dial: Dial, by: Naming, origination: Origination): Rule[] {
  return dial.ways.map((way) => {
    const kind = meshKind[dial.speaks]
    const ids = [
      ...new Set(way.paths.flatMap((path) => [path.pod.id, path.sidecar.id, path.hops[0] as string, path.mesh?.hop ?? path.outside.hop])),
    ]
    return { kind, ids, rule: { match: meshMatches(dial, way), route: [{ destination: destinationOf(dial, way, by, origination) }] } }
  })
}

/**
 * In HTTP matches sourceLabels and sourceNamespace count only where `gateways` is left out; TLS and TCP matches take both (istio/README 7.3).
 */
function meshMatches(dial: Dial, way: Way): object[] {
  const names = dial.speaks === 'HTTPS' ? { sniHosts: [dial.host.name] } : {}
  const here = { port: dial.port, ...names }
  if (way.sources.length === 0) return [{ gateways: ['mesh'], ...here }]
  return way.sources.map(({ namespace, labels }) => ({
    ...(dial.speaks !== 'HTTP' && { gateways: ['mesh'] }),
    ...here,
    sourceNamespace: namespace,
    ...(labels && { sourceLabels: labels }),
  }))
}

function destinationOf(dial: Dial, way: Way, by: Naming, origination: Origination): object {
  if (way.lane) return { host: serviceHostOf(way.lane.gateway), subset: by.style.subset(dial.host), port: { number: way.lane.port } }
  const subset = way.straight?.by === 'route' ? origination.subsetOf(way) : undefined
  const port = way.straight?.by === 'route' ? way.straight.port : dial.port
  return { host: dial.host.name, ...(subset && { subset }), port: { number: port } }
}

function gatewayRule(host: HostPlan, lane: Lane, by: Naming, origination: Origination): Rule {
  const kind = lane.server.routes
  const subset = origination.subsetOf(lane)
  const match = { gateways: [gatewayRef(lane, host, by)], port: lane.port, ...(kind === 'tls' && { sniHosts: [host.host.name] }) }
  return {
    kind,
    ids: [...new Set(lane.paths.map((path) => path.outside.hop))],
    rule: {
      match: [match],
      route: [{ destination: { host: host.host.name, ...(subset && { subset }), port: { number: lane.outside.port } } }],
    },
  }
}
