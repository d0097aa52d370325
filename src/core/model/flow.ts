/** A flow: one path as people say it, and how it is put into a design without changing any path that was there. */

import type { Id } from '../base/id'
import { memo } from '../base/memo'
import type { TlsMode } from '../istio/tls-mode'

import {
  type AppHop,
  type Call,
  type Design,
  defaultNamespace,
  type Hop,
  isAppHop,
  isWireHop,
  namespaceOf,
  type TlsFields,
  type WireHop,
} from './design'
import { addHop, carryAgain, ensureNode, except, exceptsOf, type Growing, growing, grownOf, own, wireKey, wireOf } from './grow'
import { dialledPort, type Path } from './path'

export interface Flow {
  pod: { namespace?: string; name: string }
  call: Call
  gateway?: { namespace?: string; name: string; tls: TlsMode; port?: number }
  host: string
  wire: { tls: TlsMode; port?: number; fields: TlsFields }
  /** Which of several outside hops that say the same, counted from 1. Without it the flow shares one where it can. */
  hop?: number
}

export const defaultGatewayNamespace = 'istio-system'

const sameCall = (a: Call, b: Call): boolean => a.speaks === b.speaks && dialledPort(a) === dialledPort(b)

/** A pod with its sidecar, and what it says where it had none. */
export function ensurePod(grown: Growing, name: string, namespace: string, call: Call = { speaks: 'HTTP' }): AppHop {
  const pod = ensureNode(grown, 'pod', name, namespace)
  const known = grown.apps.get(pod.id)
  if (known) return known
  const sidecar = ensureNode(grown, 'sidecar', name, namespace)
  return addHop<AppHop>(grown, { from: pod.id, to: sidecar.id, call, overrides: {} }, 'sidecar')
}

/**
 * Puts a flow in: missing nodes and hops are added, hops that say the same are shared, and what differs on a shared hop becomes an override.
 * Every other path stays as it was; a flow that is there already changes nothing.
 */
export function putFlow(grown: Growing, flow: Flow): void {
  const app = ensurePod(grown, flow.pod.name, flow.pod.namespace ?? defaultNamespace, flow.call)
  const mesh = flow.gateway && ensureMesh(grown, app.to, flow.gateway)
  const host = ensureNode(grown, 'host', flow.host, '')
  const from = mesh ? mesh.to : app.to
  const alike = grown.alike.get(wireKey(from, host.id, flow.wire)) ?? []
  const excepted = mesh && alike.length > 0 ? exceptsOf(grown, mesh) : undefined
  const wished = flow.hop === undefined ? alike : alike.slice(flow.hop - 1, flow.hop)
  if (wished.some((outside) => !excepted?.has(outside) && carries(app, mesh, outside, flow))) return
  const shared = excepted && wished.find((outside) => excepted.has(outside))
  const outside = shared ?? addHop<WireHop>(grown, { from, to: host.id, wire: flow.wire, overrides: {}, except: [] }, 'host').id
  if (mesh && shared === undefined) for (const other of grown.into.get(mesh.to) ?? []) if (other !== mesh.id) except(grown, other, outside)
  say(grown, app.from, outside, flow.call)
  if (shared !== undefined && mesh) carryAgain(grown, mesh.id, shared)
  if (mesh && flow.gateway) carry(grown, mesh.id, outside, flow.gateway)
}

/** The hop from a sidecar to a gateway. A new one carries nothing of what is there. */
export function ensureMesh(grown: Growing, sidecar: Id, { name, namespace, tls, port }: NonNullable<Flow['gateway']>): WireHop {
  const gateway = ensureNode(grown, 'gateway', name, namespace ?? defaultGatewayNamespace)
  const known = grown.meshes.get(`${sidecar}>${gateway.id}`)
  if (known !== undefined) return wireOf(grown, known)
  const wire: WireHop['wire'] = { tls, ...(port !== undefined && { port }), fields: {} }
  const all = [...(grown.outOf.get(gateway.id) ?? [])]
  grown.written += all.length
  return addHop<WireHop>(grown, { from: sidecar, to: gateway.id, wire, overrides: {}, except: all }, 'gateway')
}

/** Whether the pod already takes this outside hop in just this way. */
function carries(app: AppHop, mesh: WireHop | undefined, outside: Id, flow: Flow): boolean {
  const said = app.overrides[outside]
  if (!sameCall(said ? { ...app.call, ...said } : app.call, flow.call)) return false
  if (!mesh) return true
  const over = mesh.overrides[outside]
  const wire = over ? { ...mesh.wire, ...over } : mesh.wire
  return wire.tls === flow.gateway?.tls && wire.port === flow.gateway.port
}

/** An override that names no port would leave the default's standing, so it names its own. */
function say(grown: Growing, pod: Id, outside: Id, call: Call): void {
  const app = grown.apps.get(pod) as AppHop
  const same = sameCall(app.call, call)
  if (same && !(outside in app.overrides)) return
  const { overrides } = own<AppHop>(grown, app.id)
  const port = call.port ?? (app.call.port === undefined ? undefined : dialledPort(call) || undefined)
  if (same) delete overrides[outside]
  else overrides[outside] = { ...call, ...(port !== undefined && { port }) }
}

/** No override can take a port away: where one flow leaves it open, those that came before it carry theirs themselves. */
function carry(grown: Growing, mesh: Id, outside: Id, { tls, port }: NonNullable<Flow['gateway']>): void {
  const hop = own<WireHop>(grown, mesh)
  if (port === undefined && hop.wire.port !== undefined) pushPortDown(grown, hop)
  if (hop.wire.tls === tls && hop.wire.port === port) delete hop.overrides[outside]
  else hop.overrides[outside] = { tls, ...(port !== undefined && { port }) }
}

function pushPortDown(grown: Growing, hop: WireHop): void {
  const excepted = exceptsOf(grown, hop)
  const { port, ...wire } = hop.wire
  hop.wire = wire
  for (const id of grown.outOf.get(hop.to) ?? []) if (!excepted.has(id)) hop.overrides[id] = { port, ...hop.overrides[id] }
}

/** The design with this flow in it (`putFlow`); the very design that came in if it has that flow. */
export function addFlow(design: Design, flow: Flow): Design {
  const grown = growing(design)
  putFlow(grown, flow)
  return grownOf(grown)
}

const hopsOf = memo((design: Design): Map<Id, Hop> => new Map(design.hops.map((hop) => [hop.id, hop])))

/** A path as a flow, the way the notation writes it. */
export function flowOf(path: Path, design: Design): Flow {
  const outside = hopsOf(design).get(path.outside.hop)
  const app = hopsOf(design).get(path.hops[0] as Id)
  const call = app && isAppHop(app) ? { ...app.call, ...app.overrides[path.outside.hop] } : { speaks: path.speaks, port: path.dialled }
  return {
    pod: { namespace: namespaceOf(path.pod), name: path.pod.name },
    call,
    ...(path.gateway &&
      path.mesh && {
        gateway: {
          namespace: namespaceOf(path.gateway),
          name: path.gateway.name,
          tls: path.mesh.tls,
          ...(path.mesh.port !== undefined && { port: path.mesh.port }),
        },
      }),
    host: path.host.name,
    wire: outside && isWireHop(outside) ? outside.wire : { tls: path.outside.tls, port: path.outside.port, fields: path.outside.fields },
  }
}
