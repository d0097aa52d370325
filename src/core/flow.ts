/** A flow: one path as people say it, and how it is put into a design without changing any path that was there. */
import {
  type AppHop,
  type Call,
  type Design,
  defaultNamespace,
  type Hop,
  type Id,
  isAppHop,
  isWireHop,
  type Node,
  type NodeKindId,
  type TlsFields,
  type TlsMode,
  type WireHop,
} from './design'
import { dialledPort, type Path } from './path'

export interface Flow {
  pod: { namespace?: string; name: string }
  call: Call
  gateway?: { namespace?: string; name: string; tls: TlsMode; port?: number }
  host: string
  wire: { tls: TlsMode; port?: number; fields: TlsFields }
}

export const defaultGatewayNamespace = 'istio-system'
export const defaultGatewayName = 'istio-egressgateway'

/** Ids are names: the same thing has the same id tomorrow, in a link, and after an import. */
export function nodeId(kind: NodeKindId, name: string, namespace: string): Id {
  return kind === 'host' ? `host:${name}` : `${kind}:${namespace}/${name}`
}

/** An id that nobody has yet: the wished one, or with the next free number behind it. */
export function freeId(wish: Id, taken: (id: Id) => boolean): Id {
  if (!taken(wish)) return wish
  for (let n = 2; ; n++) if (!taken(`${wish}#${n}`)) return `${wish}#${n}`
}

/** The node with this name, and the nodes with it added if there was none. */
function ensureNode(nodes: Node[], kind: NodeKindId, name: string, namespace: string): [Node[], Node] {
  const found = nodes.find((node) => node.kind === kind && node.name === name && (kind === 'host' || (node.namespace || defaultNamespace) === namespace))
  if (found) return [nodes, found]
  const id = freeId(nodeId(kind, name, namespace), (id) => nodes.some((node) => node.id === id))
  const node: Node = { id, kind, name, ...(kind !== 'host' && { namespace }), fields: {} }
  return [[...nodes, node], node]
}

const sameWire = (a: Flow['wire'], b: Flow['wire']): boolean =>
  a.tls === b.tls && a.port === b.port && JSON.stringify(sorted(a.fields)) === JSON.stringify(sorted(b.fields))
const sorted = (fields: TlsFields) => Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1))
const sameCall = (a: Call, b: Call): boolean => a.speaks === b.speaks && dialledPort(a) === dialledPort(b)

/**
 * The design with this flow in it: missing nodes and hops are added, hops that say the same are shared, and what differs on a shared hop
 * becomes an override. Every other path stays as it was; a flow that is there already changes nothing.
 */
export function addFlow(design: Design, flow: Flow): Design {
  const namespace = flow.pod.namespace ?? defaultNamespace
  let nodes = design.nodes
  let pod: Node, sidecar: Node, host: Node
  let gateway: Node | undefined
  ;[nodes, pod] = ensureNode(nodes, 'pod', flow.pod.name, namespace)
  ;[nodes, sidecar] = ensureNode(nodes, 'sidecar', flow.pod.name, namespace)
  if (flow.gateway) [nodes, gateway] = ensureNode(nodes, 'gateway', flow.gateway.name, flow.gateway.namespace ?? defaultGatewayNamespace)
  ;[nodes, host] = ensureNode(nodes, 'host', flow.host, namespace)
  const hops = withRoad(design.hops, { pod, sidecar, gateway, host }, flow)
  return nodes === design.nodes && hops === design.hops ? design : { ...design, nodes, hops }
}

interface Ends {
  pod: Node
  sidecar: Node
  gateway: Node | undefined
  host: Node
}

function withRoad(before: Hop[], ends: Ends, flow: Flow): Hop[] {
  let hops = before
  const id = (from: Node, to: Node) => freeId(`${from.id}>${to.id}`, (id) => hops.some((hop) => hop.id === id))
  let app = hops.find((hop): hop is AppHop => isAppHop(hop) && hop.from === ends.pod.id && hop.to === ends.sidecar.id)
  if (!app) {
    app = { id: id(ends.pod, ends.sidecar), from: ends.pod.id, to: ends.sidecar.id, call: flow.call, overrides: {} }
    hops = [...hops, app]
  }
  let mesh: WireHop | undefined
  const { gateway } = ends
  if (gateway && flow.gateway) {
    mesh = hops.find((hop): hop is WireHop => isWireHop(hop) && hop.from === ends.sidecar.id && hop.to === gateway.id)
    if (!mesh) {
      const { tls, port } = flow.gateway
      const except = hops.filter((hop) => hop.from === gateway.id).map((hop) => hop.id)
      mesh = { id: id(ends.sidecar, gateway), from: ends.sidecar.id, to: gateway.id, wire: { tls, ...(port && { port }), fields: {} }, overrides: {}, except }
      hops = [...hops, mesh]
    }
  }
  const from = gateway ?? ends.sidecar
  const candidates = hops.filter((hop): hop is WireHop => isWireHop(hop) && hop.from === from.id && hop.to === ends.host.id && sameWire(hop.wire, flow.wire))
  let outside = candidates.find((hop) => carries(app as AppHop, mesh, hop, flow))
  if (outside) return hops
  outside = candidates.find((hop) => mesh?.except.includes(hop.id))
  if (!outside) {
    const created: WireHop = { id: id(from, ends.host), from: from.id, to: ends.host.id, wire: flow.wire, overrides: {}, except: [] }
    outside = created
    hops = hops.map((hop) => (gateway && isWireHop(hop) && hop.to === gateway.id && hop.id !== mesh?.id ? { ...hop, except: [...hop.except, created.id] } : hop))
    hops = [...hops, created]
  }
  return withOverrides(hops, app, mesh, outside.id, flow)
}

/** Whether the pod already takes this outside hop in just this way. */
function carries(app: AppHop, mesh: WireHop | undefined, outside: WireHop, flow: Flow): boolean {
  if (!sameCall({ ...app.call, ...app.overrides[outside.id] }, flow.call)) return false
  if (!mesh) return true
  const wire = { ...mesh.wire, ...mesh.overrides[outside.id] }
  return !mesh.except.includes(outside.id) && wire.tls === flow.gateway?.tls && wire.port === flow.gateway.port
}

function withOverrides(hops: Hop[], app: AppHop, mesh: WireHop | undefined, outside: Id, flow: Flow): Hop[] {
  return hops.map((hop) => {
    if (hop.id === app.id && isAppHop(hop)) return withCall(hop, outside, flow.call)
    if (hop.id === mesh?.id && isWireHop(hop) && flow.gateway) return withGateway(hop, outside, flow.gateway, hops)
    return hop
  })
}

function without<T>(overrides: Record<Id, T>, outside: Id): Record<Id, T> {
  const { [outside]: _, ...rest } = overrides
  return rest
}

/** An override that names no port would leave the default's standing, so it names its own. */
function withCall(hop: AppHop, outside: Id, call: Call): AppHop {
  const others = outside in hop.overrides ? without(hop.overrides, outside) : hop.overrides
  if (sameCall(hop.call, call)) return others === hop.overrides ? hop : { ...hop, overrides: others }
  const port = call.port ?? (hop.call.port === undefined ? undefined : dialledPort(call) || undefined)
  return { ...hop, overrides: { ...others, [outside]: { ...call, ...(port !== undefined && { port }) } } }
}

/** No override can take a port away: where one flow leaves it open, those that came before it carry theirs themselves. */
function withGateway(hop: WireHop, outside: Id, { tls, port }: NonNullable<Flow['gateway']>, hops: readonly Hop[]): WireHop {
  const before = port === undefined && hop.wire.port !== undefined ? withPortPushedDown(hop, hops) : hop
  const except = before.except.filter((id) => id !== outside)
  const others = without(before.overrides, outside)
  const same = before.wire.tls === tls && before.wire.port === port
  return { ...before, except, overrides: same ? others : { ...others, [outside]: { tls, ...(port !== undefined && { port }) } } }
}

function withPortPushedDown(hop: WireHop, hops: readonly Hop[]): WireHop {
  const { port, ...wire } = hop.wire
  const carried = hops.filter((other) => other.from === hop.to && !hop.except.includes(other.id))
  return { ...hop, wire, overrides: { ...hop.overrides, ...Object.fromEntries(carried.map(({ id }) => [id, { port, ...hop.overrides[id] }])) } }
}

/** A path as a flow, the way the notation writes it. */
export function flowOf(path: Path, design: Design): Flow {
  const outside = design.hops.find((hop) => hop.id === path.outside.hop)
  const app = design.hops.find((hop) => hop.id === path.hops[0])
  const call = app && isAppHop(app) ? { ...app.call, ...app.overrides[path.outside.hop] } : { speaks: path.speaks, port: path.dialled }
  return {
    pod: { namespace: path.pod.namespace ?? defaultNamespace, name: path.pod.name },
    call,
    ...(path.gateway &&
      path.mesh && {
        gateway: {
          namespace: path.gateway.namespace ?? defaultNamespace,
          name: path.gateway.name,
          tls: path.mesh.tls,
          ...(path.mesh.port !== undefined && { port: path.mesh.port }),
        },
      }),
    host: path.host.name,
    wire: outside && isWireHop(outside) ? outside.wire : { tls: path.outside.tls, port: path.outside.port, fields: path.outside.fields },
  }
}
