/** Roads -> Design. Hops and nodes that mean what they meant before keep their ids, their places and what no YAML says. */

import type { Id } from '../../base/id'
import {
  type AppHop,
  type Design,
  emptyDesign,
  type Hop,
  isAppHop,
  isWireHop,
  type Node,
  namespaceOf,
  type WireHop,
} from '../../model/design'
import { ensureMesh, ensurePod, putFlow } from '../../model/flow'
import { ensureNode, growing, grownOf, wireKey } from '../../model/grow'
import { pathsOf } from '../../model/path'
import { type Client, callOf, podsOf, type Road, wireOf } from './road'

/** What is to be drawn beside the roads. */
export interface Parts {
  roads: readonly Road[]
  clients: readonly Client[]
  hosts: readonly { name: string; fields: Node['fields'] }[]
  gateways: readonly { name: string; namespace: string; fields: Node['fields'] }[]
  /** Whether a road's port of the gateway is written on its hop. */
  writesPort(road: Road): boolean
}

export function built({ roads, clients, hosts, gateways, writesPort }: Parts, before: Design | null): Design {
  const start: Design = { ...(before ?? emptyDesign), nodes: nodesFor(clients, hosts, gateways, before), hops: appHopsOf(before, roads) }
  const grown = growing(start)
  const alone = aloneIn(before)
  for (const { name, namespace } of clients) {
    const first = roads.find(({ client }) => client.name === name && client.namespace === namespace)
    if (first || !alone.has(`${namespace}/${name}`)) ensurePod(grown, name, namespace, first && callOf(first))
  }
  for (const road of roads) {
    const { client, gateway, outside, host } = road
    const pod = { namespace: client.namespace, name: client.name }
    const arrival = gateway && {
      namespace: gateway.namespace,
      name: gateway.name,
      tls: gateway.tls,
      ...(writesPort(road) && { port: gateway.port }),
    }
    if (outside)
      putFlow(grown, { pod, call: callOf(road), ...(arrival && { gateway: arrival }), host, wire: wireOf(outside, road.dialled) })
    else if (arrival) ensureMesh(grown, ensurePod(grown, client.name, client.namespace, callOf(road)).to, arrival)
    ensureNode(grown, 'host', host, '')
  }
  const drawn = grownOf(grown)
  return before ? likeBefore(withLoose(drawn, before), before) : drawn
}

/** Earlier nodes that still represent something, then the new ones. */
function nodesFor(clients: Parts['clients'], hosts: Parts['hosts'], gateways: Parts['gateways'], before: Design | null): Node[] {
  const wanted = new Map<string, Node>()
  const key = (node: Node) => (node.kind === 'host' ? `host ${node.name}` : `${node.kind} ${namespaceOf(node)}/${node.name}`)
  const put = (node: Node) => wanted.set(key(node), node)
  const alone = aloneIn(before)
  for (const { name, namespace, labels, serviceAccount } of clients) {
    const plain = Object.keys(labels).length === 1 && labels.app === name
    put({
      id: `pod:${namespace}/${name}`,
      kind: 'pod',
      name,
      namespace,
      fields: { ...(!plain && { labels }), ...(serviceAccount && { serviceAccount }) },
    })
    if (!alone.has(`${namespace}/${name}`)) put({ id: `sidecar:${namespace}/${name}`, kind: 'sidecar', name, namespace, fields: {} })
  }
  for (const { name, namespace, fields } of gateways) put({ id: `gateway:${namespace}/${name}`, kind: 'gateway', name, namespace, fields })
  for (const { name, fields } of hosts) put({ id: `host:${name}`, kind: 'host', name, fields })
  const loose = looseNodes(before)
  const kept = (before?.nodes ?? []).flatMap((node): Node[] => {
    const now = wanted.get(key(node))
    wanted.delete(key(node))
    if (!now) return loose.has(node.id) || node.kind === 'pod' || node.kind === 'sidecar' ? [node] : []
    const isOurs = node.kind === 'pod' || node.kind === 'sidecar'
    return [isOurs || same(node.fields, now.fields) ? node : { ...node, fields: now.fields }]
  })
  const ids = new Set(kept.map((node) => node.id))
  const fresh = [...wanted.values()].map((node) => {
    let id = node.id
    for (let n = 2; ids.has(id); n++) id = `${node.id}#${n}`
    ids.add(id)
    return id === node.id ? node : { ...node, id }
  })
  return [...kept, ...fresh]
}

const same = (a: unknown, b: unknown): boolean => Object.is(a, b) || JSON.stringify(a) === JSON.stringify(b)

/** The pods that are drawn without a sidecar, as `namespace/name`: no text can say so, and none can give them one. */
function aloneIn(before: Design | null): ReadonlySet<string> {
  const calling = new Set((before?.hops ?? []).filter(isAppHop).map((hop) => hop.from))
  const alone = podsOf(before).filter((pod) => !calling.has(pod.id))
  return new Set(alone.map((pod) => `${namespaceOf(pod)}/${pod.name}`))
}

/** What no road led along: it was in no text, so no text can take it away. */
function looseNodes(before: Design | null): Set<Id> {
  const used = new Set(before ? pathsOf(before).flatMap((path) => [path.host.id, ...(path.gateway ? [path.gateway.id] : [])]) : [])
  return new Set((before?.nodes ?? []).filter((node) => !used.has(node.id)).map((node) => node.id))
}

/** Pods keep their hop, and what they say by default if they still say it somewhere. */
function appHopsOf(before: Design | null, roads: readonly Road[]): AppHop[] {
  const pods = new Map(podsOf(before).map((pod) => [pod.id, pod]))
  return (before?.hops ?? []).filter(isAppHop).flatMap((hop) => {
    const pod = pods.get(hop.from)
    if (!pod) return []
    const own = roads.filter(({ client }) => client.name === pod.name && client.namespace === namespaceOf(pod))
    const [first] = own
    const stays =
      !first ||
      own.some((road) =>
        same(callOf(road), callOf({ speaks: hop.call.speaks, dialled: hop.call.port ?? callOf(road).port ?? usualPort(hop) })),
      )
    return [{ ...hop, call: stays ? hop.call : callOf(first), overrides: {} }]
  })
}

const usualPort = ({ call }: AppHop): number => (call.speaks === 'HTTP' ? 80 : call.speaks === 'HTTPS' ? 443 : 0)

/** Hops of before that no road led along, where both their ends are still there. */
function withLoose(drawn: Design, before: Design): Design {
  const used = new Set(pathsOf(before).flatMap((path) => path.hops))
  const ids = new Set(drawn.nodes.map((node) => node.id))
  const pairs = new Set(drawn.hops.map((hop) => `${hop.from}>${hop.to}`))
  const loose = before.hops.filter(
    (hop) => !used.has(hop.id) && ids.has(hop.from) && ids.has(hop.to) && !pairs.has(`${hop.from}>${hop.to}`),
  )
  const taken = new Set(drawn.hops.map((hop) => hop.id))
  const added = loose.filter((hop) => !taken.has(hop.id))
  if (added.length === 0) return drawn
  const hops = [...drawn.hops, ...added]
  const isAdded = new Set(added.map((hop) => hop.id))
  /** Whatever is joined to one of them behind a gateway: no road leads along it in the text, so none does in the picture. */
  const apart = (mesh: WireHop): Id[] =>
    hops.flatMap((other) => (other.from === mesh.to && (isAdded.has(mesh.id) || isAdded.has(other.id)) ? [other.id] : []))
  return {
    ...drawn,
    hops: hops.map((hop): Hop => {
      if (isAppHop(hop)) return isAdded.has(hop.id) ? { ...hop, overrides: {} } : hop
      const except = [...(isAdded.has(hop.id) ? [] : hop.except), ...apart(hop)]
      if (isAdded.has(hop.id)) return { ...hop, overrides: {}, except }
      return except.length > hop.except.length ? { ...hop, except } : hop
    }),
  }
}

/** Gives hops the ids that they had, and the order. */
function likeBefore(drawn: Design, before: Design): Design {
  const names = hopNames(drawn, before)
  const of = (id: Id) => names.get(id) ?? id
  const renamed = drawn.hops.map((hop): Hop => {
    const overrides = Object.fromEntries(Object.entries(hop.overrides).map(([id, value]) => [of(id), value]))
    return isAppHop(hop)
      ? ({ ...hop, id: of(hop.id), overrides } as Hop)
      : ({ ...hop, id: of(hop.id), overrides, except: hop.except.map(of) } as Hop)
  })
  const place = new Map(before.hops.map((hop, index) => [hop.id, index]))
  const old = new Map(before.hops.map((hop) => [hop.id, hop]))
  const hops = renamed
    .map((hop) => {
      const was = old.get(hop.id)
      return was && sameHop(was, hop) ? was : hop
    })
    .map((hop, index) => ({ hop, rank: place.get(hop.id) ?? before.hops.length + index }))
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ hop }) => hop)
  return { ...drawn, hops }
}

const sortedEntries = (record: object): string => JSON.stringify(Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1)))

function sameHop(a: Hop, b: Hop): boolean {
  if (a.from !== b.from || a.to !== b.to || sortedEntries(a.overrides) !== sortedEntries(b.overrides)) return false
  if (isAppHop(a)) return isAppHop(b) && same(a.call, b.call)
  if (!isWireHop(b)) return false
  return wireKey('', '', a.wire) === wireKey('', '', b.wire) && same(a.except.toSorted(), b.except.toSorted())
}

/** Which hop of before each drawn hop is: between the same ends, the one that says the same, else the next in order. */
function hopNames(drawn: Design, before: Design): Map<Id, Id> {
  const ends = ({ from, to }: Hop) => `${from}>${to}`
  const free = new Map<string, Hop[]>()
  for (const hop of before.hops) free.set(ends(hop), [...(free.get(ends(hop)) ?? []), hop])
  const names = new Map<Id, Id>()
  const pick = (hop: Hop, fits: (other: Hop) => boolean) => {
    const list = free.get(ends(hop)) ?? []
    const index = list.findIndex(fits)
    if (index === -1) return
    names.set(hop.id, (list[index] as Hop).id)
    list.splice(index, 1)
  }
  const says = (hop: Hop) => (isWireHop(hop) ? wireKey('', '', hop.wire) : '')
  for (const hop of drawn.hops) pick(hop, (other) => says(other) === says(hop))
  for (const hop of drawn.hops) if (!names.has(hop.id)) pick(hop, () => true)
  const taken = new Set(names.values())
  for (const hop of drawn.hops) {
    if (names.has(hop.id)) continue
    let id = hop.id
    for (let n = 2; taken.has(id); n++) id = `${ends(hop)}#${n}`
    taken.add(id)
    names.set(hop.id, id)
  }
  return names
}
