/** Mesh -> Design: what proxies have been told, as a picture. What was there before keeps its id and its place. */

import type { Id } from '../base/id'
import type { Labels } from '../base/labels'
import type { DestinationRule, Mesh } from '../istio/mesh'
import { pushContextOf } from '../istio/push-context'
import { fits } from '../istio/selector'
import { asSeen } from '../istio/service-entry-visibility'
import { labSurroundings, type Surroundings } from '../istio/surroundings'
import { type Design, defaultGatewayPorts, defaultWorld, type Fields, labelsOf, namespaceOf, type ServicePort } from '../model/design'
import { placed } from '../model/layout'
import { pathsOf } from '../model/path'
import type { Document, DocumentId, Place } from '../yaml/document'
import { clientWorkloads } from './client-workloads'
import { built } from './draw/build'
import { crowdOf } from './draw/clients'
import { type Disagreement, disagreementsOf } from './draw/ends'
import { type GatewayAt, gatewaysOf } from './draw/gateways'
import { drawnGuards, type Guarded, guardsOf } from './draw/guards'
import { hasTestServer, hostFields } from './draw/hosts'
import { type Legs, legsOf } from './draw/legs'
import { namesOf } from './draw/names'
import { type NotDrawn, notDrawn } from './draw/not-drawn'
import { placesOf } from './draw/places'
import { portsWritten } from './draw/ports'
import type { Road } from './draw/road'
import { type Ground, type HostRoads, roadsOf } from './draw/roads'
import { visibilityOf } from './drawn-surroundings'

export type { NotDrawn } from './draw/not-drawn'

export interface Drawing {
  design: Design
  /** Which parts of the text each node and hop comes from. */
  places: ReadonlyMap<Id, readonly Place[]>
  notDrawn: readonly NotDrawn[]
  /** Hops on which client and gateway do not say the same; the picture has the client's mode. */
  disagreements: ReadonlyMap<Id, readonly Disagreement[]>
}

/**
 * The picture of a text, as far as one can be drawn: half a configuration is half a picture. `before` gives ids, positions and what no YAML
 * says: the World, who the clients are where no rule names them.
 */
export function draw(documents: readonly Document[], mesh: Mesh, before: Design | null, around?: Surroundings): Drawing {
  const steps = drawSteps(documents, mesh, before, around)
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
  }
}

/** The same, with pauses: a text of thousands of documents is drawn while the page goes on. */
export function* drawSteps(
  documents: readonly Document[],
  mesh: Mesh,
  before: Design | null,
  around?: Surroundings,
): Generator<undefined, Drawing> {
  const ground = groundOf(mesh, before, around)
  yield
  const hosts = yield* roadsOf(ground)
  yield
  const { guards, others } = guardsOf(mesh)
  const roads = [...hosts.flatMap((each) => each.roads), ...guardedRoads(hosts, guards, ground)]
  const testServer = hasTestServer(documents)
  const parts = {
    roads,
    clients: ground.crowd.all.filter((client) => before || roads.some((road) => road.client === client)),
    hosts: hosts.map(({ host, entries }) => ({ name: host, fields: hostFields(mesh, host, entries[0], testServer) })),
    gateways: ground.gateways.all.map((gateway) => ({
      name: gateway.name,
      namespace: gateway.namespace,
      fields: gatewayFields(gateway, roads),
    })),
  }
  const blank: Design | null = before && { ...before, guards: drawnGuards(guards, before), names: {} }
  const bare = portsWritten(parts, roads, blank, before, built)
  yield
  const drawn: Design = { ...homed(bare, hosts, ground.legs), guards: drawnGuards(guards, before), ...worldOf(before, around) }
  const names = namesOf({ ...drawn, names: {} }, { ...ground, guards })
  const named = { ...drawn, names: before && alike(names, before.names) ? before.names : names }
  yield
  const design = asBefore(placed(named), before)
  const places = placesOf(design, hosts, roads, ground)
  yield
  const used = new Set([...places.values()].flatMap((list) => list.map(({ of }) => of.key)))
  for (const { networkPolicy } of guards) used.add(networkPolicy.from.of.key)
  for (const of of rightsOf(mesh, design)) used.add(of.key)
  return {
    design,
    places,
    disagreements: disagreementsOf(design, roads),
    notDrawn: notDrawn(documents, { mesh, legs: ground.legs, used, hosts, policies: others }),
  }
}

function groundOf(written: Mesh, before: Design | null, around: Surroundings | undefined): Ground {
  const root = before?.world.root ?? around?.root ?? defaultWorld.root
  const visibility = before ? visibilityOf(before.world) : (around?.serviceEntryVisibility ?? null)
  const isSame = around?.root === root && alike(around.serviceEntryVisibility, visibility)
  const surroundings = isSame ? around : { ...labSurroundings, ...around, root, serviceEntryVisibility: visibility }
  const mesh = asSeen(written, surroundings)
  const legs = legsOf(mesh)
  const gateways = gatewaysOf(mesh, legs, before, around)
  const istiod = pushContextOf(written, surroundings)
  const workloads = clientWorkloads(mesh, gateways.all).filter(({ sidecar }) => sidecar)
  const crowd = crowdOf(before, accountsOf(mesh, gateways.all), workloads)
  return { mesh, legs, gateways, istiod, guards: guardsOf(mesh).guards, crowd, before, root }
}

/**
 * The account of a client that nobody named, where a sidecar beside it takes a Secret, and a RoleBinding there names just one other account. What
 * an installation of a gateway binds is the gateway's.
 */
function accountsOf(mesh: Mesh, gateways: readonly GatewayAt[]): (namespace: string, name: string) => string | undefined {
  const taking = new Set(mesh.destinationRules.filter((rule) => rule.selector && takesSecret(rule)).map(({ namespace }) => namespace))
  const accounts = new Map<string, string[]>()
  for (const grant of mesh.secretAccess) {
    if (grant.by !== 'RoleBinding') continue
    for (const { kind, namespace, name } of grant.subjects) {
      const ofGateway = gateways.some((gateway) => gateway.namespace === namespace && name.startsWith(gateway.name))
      if (kind === 'ServiceAccount' && taking.has(namespace) && !ofGateway)
        accounts.set(namespace, [...(accounts.get(namespace) ?? []), name])
    }
  }
  return (namespace, name) => {
    const there = accounts.get(namespace) ?? []
    return there.length === 1 && there[0] !== name ? there[0] : undefined
  }
}

const takesSecret = ({ policy, subsets }: DestinationRule): boolean =>
  [policy, ...subsets.map((subset) => subset.policy)].some((each) =>
    [each?.tls, ...(each?.ports.map(({ tls }) => tls) ?? [])].some((tls) => tls?.credentialName),
  )

/** Roles and RoleBindings that clients of the picture need. */
function rightsOf(mesh: Mesh, design: Design): DocumentId[] {
  const readers = pathsOf(design).filter((path) => !path.gateway && path.outside.fields.credentialName)
  const spaces = new Set(readers.map(({ pod }) => namespaceOf(pod)))
  return mesh.secretAccess
    .filter((grant) => (grant.by === 'Role' || grant.by === 'RoleBinding') && spaces.has(grant.namespace))
    .map(({ from }) => from.of)
}

/** A guarded namespace may reach the gateways that its policy names: somebody there does, where no other road shows it. */
function guardedRoads(hosts: readonly HostRoads[], guards: readonly Guarded[], { crowd, root }: Ground): Road[] {
  const all = hosts.flatMap(({ roads }) => roads)
  return guards.flatMap(({ namespace, allows }) =>
    [...(allows ?? [])].flatMap((space): Road[] => {
      const through = all.filter(({ gateway, outside }) => gateway?.namespace === space && outside)
      if (space === root || through.some(({ client }) => client.namespace === namespace)) return []
      const like = through.find(
        (road) =>
          !hosts.some(
            ({ roads }) =>
              roads.includes(road) &&
              roads.some(
                (other) =>
                  other.speaks === road.speaks &&
                  other.dialled === road.dialled &&
                  !(alike(other.gateway, road.gateway) && alike(other.outside, road.outside)),
              ),
          ),
      )
      return like ? [{ ...like, client: crowd.ensure({ namespace, labels: null }, () => true) }] : []
    }),
  )
}

function gatewayFields({ name, namespace, labels, ports }: GatewayAt, roads: readonly Road[]): Fields {
  const usual = labelsOf({ id: '', kind: 'gateway', name, namespace, fields: {} })
  const plain = fits(labels, usual)
  const used = roads.flatMap(({ gateway }) => (gateway?.name === name && gateway.namespace === namespace ? [gateway.port] : []))
  const own = ports ?? defaultGatewayPorts
  const missing = [...new Set(used)].filter((number) => !own.some((port) => port.number === number))
  const all: ServicePort[] = [...own]
  // A port that no text tells of leads to its own number, unless another port leads there already: two would share one listener.
  for (const number of missing) {
    let targetPort = number
    while (all.some((port) => port.targetPort === targetPort)) targetPort++
    all.push({ number, targetPort })
  }
  const said = missing.length > 0 || (ports && !alike(ports, defaultGatewayPorts))
  return { ...(!plain && { labels: labels as Labels }), ...(said && { ports: all }) }
}

/** Where a host's objects lie, where that is not beside its first client. */
function homed(design: Design, hosts: readonly HostRoads[], legs: Legs): Design {
  const first = new Map<string, string>()
  for (const path of pathsOf(design)) if (!first.has(path.host.name)) first.set(path.host.name, namespaceOf(path.pod))
  const home = new Map(
    hosts.map(({ host, entries }) => {
      const route = [...legs.inMesh(host), ...legs.atGateways(host)].find(({ routes }) => !routes.parents)
      return [host, entries[0]?.namespace ?? route?.routes.namespace] as const
    }),
  )
  const nodes = design.nodes.map((node) => {
    if (node.kind !== 'host') return node
    const wish = home.get(node.name)
    if (wish === undefined || (node.namespace || first.get(node.name)) === wish) return node
    const { namespace: _, ...rest } = node
    return first.get(node.name) === wish ? rest : { ...rest, namespace: wish }
  })
  return { ...design, nodes }
}

function worldOf(before: Design | null, around: Surroundings | undefined): Pick<Design, 'world'> {
  if (before) return { world: before.world }
  const outbound = around?.outbound ?? defaultWorld.outbound
  return { world: { ...defaultWorld, outbound } }
}

const alike = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b)

/** The very design of before, or the very parts of it, where nothing of them changed. */
function asBefore(design: Design, before: Design | null): Design {
  if (!before) return design
  const nodes =
    design.nodes.length === before.nodes.length && design.nodes.every((node, index) => alike(node, before.nodes[index]))
      ? before.nodes
      : design.nodes
  const hops =
    design.hops.length === before.hops.length && design.hops.every((hop, index) => hop === before.hops[index]) ? before.hops : design.hops
  const same = nodes === before.nodes && hops === before.hops && design.guards === before.guards && design.names === before.names
  return same ? before : { ...design, nodes, hops }
}
