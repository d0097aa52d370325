/** Every change of a design: a Design goes in, a Design comes out. What changes nothing returns the very design that came in. */

import type { Id } from '../base/id'
import { spaced } from '../base/spaced'
import { both, type Text } from '../base/text'
import type { TlsMode } from '../istio/tls-mode'

import {
  type AppHop,
  type Call,
  type Design,
  defaultNamespace,
  type Fields,
  type Guard,
  type Hop,
  hopOf,
  isAppHop,
  isWireHop,
  type Leg,
  type Node,
  type NodeKindId,
  namespaceOf,
  nodeOf,
  type Point,
  type Speaks,
  type TlsFields,
  type Wire,
  type WireHop,
  type World,
} from './design'
import { defaultGatewayNamespace } from './flow'
import { freeId, nodeId } from './grow'
import { legOf, nodeKinds, reachedFrom } from './nodes'
import { pathsOf } from './path'
import { firstMode, tlsKinds } from './tls'

const alike = (a: unknown, b: unknown): boolean => Object.is(a, b) || JSON.stringify(a) === JSON.stringify(b)

/** The list with one thing changed; the very list if that says the same as before. */
function changedIn<T extends { id: Id }>(list: T[], id: Id, change: (thing: T) => T): T[] {
  const index = list.findIndex((thing) => thing.id === id)
  const before = list[index]
  const after = before && change(before)
  return before === undefined || after === undefined || alike(before, after) ? list : list.with(index, after)
}

function mapHop(design: Design, id: Id, change: (hop: Hop) => Hop): Design {
  const hops = changedIn(design.hops, id, change)
  return hops === design.hops ? design : { ...design, hops }
}

function mapNode(design: Design, id: Id, change: (node: Node) => Node): Design {
  const nodes = changedIn(design.nodes, id, change)
  return nodes === design.nodes ? design : { ...design, nodes }
}

/** A name of this kind that is still free in the design: `sleep`, `sleep-2`, ... */
export function freeName(design: Design, kind: NodeKindId, namespace: string): string {
  const { newName, namespaced } = nodeKinds[kind]
  const taken = (name: string) =>
    design.nodes.some((node) => node.kind === kind && node.name === name && (!namespaced || namespaceOf(node) === namespace))
  for (let nth = 1; ; nth++) if (!taken(newName(nth))) return newName(nth)
}

/**
 * Adds a node and tells its id. A pod comes with its sidecar and the hop between them, in one step; a sidecar alone is for a pod that has
 * none: `to` names it.
 */
export function addNode(
  design: Design,
  kind: NodeKindId,
  wish: { name?: string; namespace?: string; at?: Point; to?: Id } = {},
): { design: Design; id: Id } {
  const pod = wish.to ? nodeOf(design, wish.to) : undefined
  const namespace = wish.namespace ?? (pod ? namespaceOf(pod) : kind === 'gateway' ? defaultGatewayNamespace : defaultNamespace)
  const name = wish.name ?? (kind === 'sidecar' && pod ? pod.name : freeName(design, kind, namespace))
  const id = freeId(nodeId(kind, name, namespace), (id) => nodeOf(design, id) !== undefined)
  const node: Node = { id, kind, name, ...(kind !== 'host' && { namespace }), ...(wish.at && { at: wish.at }), fields: {} }
  const added = { ...design, nodes: [...design.nodes, node] }
  if (kind === 'pod') {
    const { design: docked, id: sidecar } = addNode(added, 'sidecar', { name, namespace, to: id })
    return { design: connected(docked, id, sidecar), id }
  }
  return { design: added, id }
}

function connected(design: Design, from: Id, to: Id): Design {
  const result = connect(design, from, to)
  return 'design' in result ? result.design : design
}

/** true, or why no hop may be drawn from one node to the other. */
export function mayConnect(design: Design, from: Id, to: Id): true | Text {
  const a = nodeOf(design, from)
  const b = nodeOf(design, to)
  if (!a || !b) return both('There is nothing at that end.', '那一端没有节点。')
  if (a.id === b.id) return both('A hop needs two ends.', '一跳需要两端。')
  const [toTitle, fromTitle] = [nodeKinds[b.kind].title, nodeKinds[a.kind].title]
  if (!legOf(a.kind, b.kind)) {
    const reach = reachedFrom(a.kind).map((kind) => nodeKinds[kind].title)
    if (reach.length === 0) return both('A host is where the road ends: nothing leaves it.', '外部主机是路的终点：没有流量从它离开。')
    return both(
      `A ${fromTitle.en.toLowerCase()} does not lead to a ${toTitle.en.toLowerCase()}; it leads to a ${reach.map((t) => t.en.toLowerCase()).join(' or a ')}.`,
      spaced(`${fromTitle.zh}不能通向${toTitle.zh}；它可以通向${reach.map((t) => t.zh).join('或')}。`),
    )
  }
  if (a.kind === 'pod') {
    if (design.hops.some((hop) => hop.from === a.id)) return both(`${a.name} has its sidecar already.`, `${a.name} 已有 Sidecar。`)
    if (design.hops.some((hop) => hop.to === b.id)) return both('This sidecar belongs to another pod.', '这个 Sidecar 属于另一个 Pod。')
  }
  if (a.kind === 'sidecar' && b.kind === 'gateway' && design.hops.some((hop) => hop.from === a.id && hop.to === b.id))
    return both('They are connected already.', '它们已经相连。')
  return true
}

/** Draws a hop, with the first TLS mode that fits what the apps behind it say; or tells why not. */
export function connect(design: Design, from: Id, to: Id): { design: Design; id: Id } | { refused: Text } {
  const may = mayConnect(design, from, to)
  if (may !== true) return { refused: may }
  const id = freeId(`${from}>${to}`, (id) => hopOf(design, id) !== undefined)
  if (nodeOf(design, from)?.kind === 'pod') {
    const hop: AppHop = { id, from, to, call: { speaks: 'HTTP' }, overrides: {} }
    return { design: { ...design, hops: [...design.hops, hop] }, id }
  }
  const hop: WireHop = { id, from, to, wire: { tls: 'DISABLE', fields: {} }, overrides: {}, except: [] }
  const drawn = { ...design, hops: [...design.hops, hop] }
  const tls = firstMode((mode) => fits(drawn, id, mode) === true)
  return { design: setTls(drawn, id, tls), id }
}

/** Which leg a hop is; null if one of its ends is gone or they do not belong together. */
export function legOfHop(design: Design, hop: Hop): Leg | null {
  const from = nodeOf(design, hop.from)
  const to = nodeOf(design, hop.to)
  return from && to ? legOf(from.kind, to.kind) : null
}

/** What apps say on the paths along a hop. On a hop that no complete path takes yet: what the pods behind it say by default. */
export function speaksAlong(design: Design, hop: Id): Speaks[] {
  const along = pathsOf(design).filter((path) => path.hops.includes(hop))
  if (along.length > 0) return [...new Set(along.map((path) => path.speaks))]
  const behind = new Set<Speaks>()
  const walk = (id: Id, depth: number) => {
    const at = hopOf(design, id)
    if (!at || depth > 3) return
    if (isAppHop(at)) behind.add(at.call.speaks)
    for (const before of design.hops) if (before.to === at.from) walk(before.id, depth + 1)
  }
  walk(hop, 0)
  return [...behind]
}

/** true if the mode can be chosen on this hop, or why not. */
export function fits(design: Design, hop: Id, tls: TlsMode): true | Text {
  const at = hopOf(design, hop)
  const leg = at && legOfHop(design, at)
  if (!leg) return both('This hop has lost an end.', '这一跳缺少一端。')
  const said = speaksAlong(design, hop)
  for (const speaks of said.length > 0 ? said : (['HTTP'] as const)) {
    const answer = tlsKinds[tls].fits(leg, speaks)
    if (answer !== true) return answer
  }
  return true
}

export function setTls(design: Design, hop: Id, tls: TlsMode): Design {
  return mapHop(design, hop, (at) => (isWireHop(at) && at.wire.tls !== tls ? { ...at, wire: { ...at.wire, tls } } : at))
}

/** Changes port or fields of a hop. An empty value takes the field away. */
export function setWire(design: Design, hop: Id, change: Partial<Pick<Wire, 'port'>> & { fields?: Partial<TlsFields> }): Design {
  return mapHop(design, hop, (at) => {
    if (!isWireHop(at)) return at
    const { port, ...wire } = {
      ...at.wire,
      ...('port' in change && { port: change.port }),
      fields: cleaned({ ...at.wire.fields, ...change.fields }),
    }
    return { ...at, wire: { ...wire, ...(port !== undefined && { port }) } }
  })
}

/**
 * Changes what a pod says, and with it the outside hops that only this pod takes and that would no longer fit: HTTPS goes through
 * (PASSTHROUGH), HTTP and TCP get TLS outside (SIMPLE). `forHop` limits the change to one outside hop, as an override. If another pod
 * shares a hop that would no longer fit, nothing changes and the sentence says why.
 */
export function setCall(design: Design, hop: Id, call: Call, forHop?: Id): { design: Design } | { refused: Text } {
  let changed = withCall(design, hop, call, forHop)
  const paths = pathsOf(changed)
  for (const path of paths) {
    if (path.hops[0] !== hop || tlsKinds[path.outside.tls].fits('outside', path.speaks) === true) continue
    const other = paths.find((p) => p.outside.hop === path.outside.hop && p.pod.id !== path.pod.id)
    if (other) {
      return {
        refused: both(
          `${other.pod.name} says ${other.speaks} over the same hop to ${path.host.name}. Draw a second hop to it, or change ${other.pod.name} first.`,
          `${other.pod.name} 在通往 ${path.host.name} 的同一跳上发出 ${other.speaks}。请另画一跳，或先更改 ${other.pod.name}。`,
        ),
      }
    }
    changed = setTls(
      changed,
      path.outside.hop,
      firstMode((mode) => tlsKinds[mode].fits('outside', path.speaks) === true),
    )
  }
  return { design: changed }
}

/** The call alone, whatever hops fit it then. */
export const withCall = (design: Design, hop: Id, call: Call, forHop?: Id): Design =>
  mapHop(design, hop, (at) => {
    if (!isAppHop(at)) return at
    if (forHop) return { ...at, overrides: { ...at.overrides, [forHop]: call } }
    return { ...at, call }
  })

/** Takes an app's call for one outside hop back to what it says by default. */
export function clearCall(design: Design, hop: Id, forHop: Id): Design {
  return mapHop(design, hop, (at) => (isAppHop(at) ? { ...at, overrides: without(at.overrides, forHop) } : at))
}

/** What differs on a mesh hop for one outside hop; `null` takes the difference back. */
export function overrideWire(design: Design, hop: Id, forHop: Id, change: { tls?: TlsMode; port?: number } | null): Design {
  return mapHop(design, hop, (at) => {
    if (!isWireHop(at)) return at
    if (change === null) return { ...at, overrides: without(at.overrides, forHop) }
    return { ...at, overrides: { ...at.overrides, [forHop]: cleaned({ ...at.overrides[forHop], ...change }) } }
  })
}

/** Whether an outside hop's traffic comes along a mesh hop. */
export function setCarried(design: Design, hop: Id, outside: Id, carried: boolean): Design {
  return mapHop(design, hop, (at) => {
    if (!isWireHop(at)) return at
    const except = at.except.filter((id) => id !== outside)
    return { ...at, except: carried ? except : [...except, outside] }
  })
}

/** Renames a node or moves it to another namespace. A pod takes its sidecar along. */
export function setIdentity(design: Design, id: Id, change: { name?: string; namespace?: string }): Design {
  const node = nodeOf(design, id)
  if (!node) return design
  const apply = (n: Node): Node => {
    const { namespace, ...rest } = { ...n, ...change }
    return namespace ? { ...n, ...change } : rest
  }
  const renamed = mapNode(design, id, apply)
  const docked = node.kind === 'pod' ? dockedTo(design, id) : undefined
  return docked ? mapNode(renamed, docked.id, apply) : renamed
}

/** The sidecar that a pod's hop leads to. */
export function dockedTo(design: Design, pod: Id): Node | undefined {
  const hop = design.hops.find((hop) => hop.from === pod && isAppHop(hop))
  return hop && nodeOf(design, hop.to)
}

export function setFields(design: Design, id: Id, fields: Partial<Fields>): Design {
  return mapNode(design, id, (node) => ({ ...node, fields: cleaned({ ...node.fields, ...fields }) }))
}

export const setName = (design: Design, name: string): Design => (name === design.name ? design : { ...design, name })

export function setWorld(design: Design, change: Partial<World>): Design {
  const world = { ...design.world, ...change }
  return alike(world, design.world) ? design : { ...design, world }
}

/** Guards a namespace, or takes its guard away with `null`. A guard that changes keeps its place. */
export function setGuard(design: Design, namespace: string, guard: Partial<Guard> | null): Design {
  const known = design.guards.some((g) => g.namespace === namespace)
  if (guard === null) return known ? { ...design, guards: design.guards.filter((g) => g.namespace !== namespace) } : design
  const before: Guard[] = known ? design.guards : [...design.guards, { kind: 'NetworkPolicy', namespace, dns: true }]
  const guards = before.map((g) => (g.namespace === namespace ? { ...g, ...guard } : g))
  return alike(guards, design.guards) ? design : { ...design, guards }
}

/** Puts nodes where a drag or an arrow key left them. */
export function move(design: Design, to: Record<Id, Point>): Design {
  const nodes = design.nodes.map((node) =>
    Object.hasOwn(to, node.id) && !alike(to[node.id], node.at) ? { ...node, at: to[node.id] } : node,
  )
  return nodes.every((node, index) => node === design.nodes[index]) ? design : { ...design, nodes }
}

/** Removes nodes and hops, with all hops that lose an end and all that was said about them. A pod takes its sidecar along. */
export function remove(design: Design, ids: readonly Id[]): Design {
  const gone = new Set(ids)
  for (const id of ids) {
    if (nodeOf(design, id)?.kind !== 'pod') continue
    const docked = dockedTo(design, id)
    if (docked) gone.add(docked.id)
  }
  const nodes = design.nodes.filter((node) => !gone.has(node.id))
  const hops = design.hops.filter((hop) => !gone.has(hop.id) && !gone.has(hop.from) && !gone.has(hop.to))
  if (nodes.length === design.nodes.length && hops.length === design.hops.length) return design
  const left = new Set(hops.map((hop) => hop.id))
  return { ...design, nodes, hops: hops.map((hop) => forgetful(hop, left)) }
}

/** A hop without what it says about hops that are gone. */
function forgetful(hop: Hop, left: Set<Id>): Hop {
  const kept = <T>(overrides: Record<Id, T>): Record<Id, T> => Object.fromEntries(Object.entries(overrides).filter(([id]) => left.has(id)))
  if (isAppHop(hop)) return { ...hop, overrides: kept(hop.overrides) }
  return { ...hop, overrides: kept(hop.overrides), except: hop.except.filter((id) => left.has(id)) }
}

function without<T>(record: Record<Id, T>, id: Id): Record<Id, T> {
  const { [id]: _, ...rest } = record
  return rest
}

/** Without the entries that say nothing: undefined, empty text, empty list, false. */
export function cleaned<T extends object>(fields: T): T {
  const says = (value: unknown) =>
    value !== undefined &&
    value !== '' &&
    value !== false &&
    !(Array.isArray(value) && value.length === 0) &&
    !(typeof value === 'object' && value !== null && Object.keys(value).length === 0)
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => says(value))) as T
}
