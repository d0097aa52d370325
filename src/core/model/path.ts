/** Each road pod -> sidecar -> (gateway) -> host:port, with overrides applied. The only file that applies them. */

import { kept } from '../base/collect'
import type { Id } from '../base/id'
import { memo, memoLast } from '../base/memo'
import { originatesTls, type TlsMode } from '../istio/tls-mode'

import {
  type AppHop,
  type Call,
  type Design,
  type Hop,
  isAppHop,
  isWireHop,
  type Node,
  type Speaks,
  type TlsFields,
  type WireHop,
} from './design'

export interface Path {
  /** Stable: the outside hop and the pod it starts from. */
  id: string
  pod: Node
  sidecar: Node
  gateway: Node | null
  host: Node
  /** What the app says and dials. */
  speaks: Speaks
  dialled: number
  /** The mesh leg; null on a direct road. `port` only if the user chose one. */
  mesh: { hop: Id; tls: TlsMode; port?: number } | null
  outside: { hop: Id; tls: TlsMode; port: number; fields: TlsFields }
  /** The hops it goes along, in order. */
  hops: Id[]
}

const defaultPort: Record<Speaks, number> = { HTTP: 80, HTTPS: 443, TCP: 0 }

/** The port an app dials: its own, else 80 for HTTP and 443 for HTTPS; 0 for TCP without one (`check.ts` reports it). */
export const dialledPort = (call: Call): number => call.port ?? defaultPort[call.speaks]

/** The host's port an outside hop arrives at: its own, else 443 for SIMPLE and MUTUAL, else what the app dials. */
export const arrivalPort = (wire: { tls: TlsMode; port?: number }, dialled: number): number =>
  wire.port ?? (originatesTls(wire.tls) ? 443 : dialled)

/**
 * All complete roads of a design, in the order of its outside hops, along each in the order of its pods. Roads that miss an end are left out, and so are calls without a port;
 * what no call can carry (`tls/`, `fits`) is a road all the same: `check.ts` speaks of it.
 */
export const pathsOf = memo((design: Design): Path[] => allPaths(design))

function allPaths(design: Design): Path[] {
  const nodes = new Map(design.nodes.map((node) => [node.id, node]))
  const into = hopsInto(design)
  const paths: Path[] = []
  for (const outside of design.hops) {
    if (!isWireHop(outside)) continue
    const host = nodes.get(outside.to)
    const from = nodes.get(outside.from)
    if (host?.kind !== 'host' || !from) continue
    if (from.kind === 'sidecar') paths.push(...fromSidecar(from, null, outside, host, nodes, into))
    if (from.kind !== 'gateway') continue
    for (const mesh of into.get(from.id) ?? []) {
      const sidecar = nodes.get(mesh.from)
      if (!isWireHop(mesh) || sidecar?.kind !== 'sidecar' || exceptedBy(mesh).has(outside.id)) continue
      paths.push(...fromSidecar(sidecar, { gateway: from, mesh }, outside, host, nodes, into))
    }
  }
  return paths
}

/** The hops that lead to each node, in the order of the nodes they come from: which hop was drawn first must not matter. */
function hopsInto(design: Design): Map<Id, Hop[]> {
  const place = new Map(design.nodes.map((node, index) => [node.id, index]))
  const into = new Map<Id, Hop[]>()
  for (const hop of design.hops) {
    const others = into.get(hop.to)
    if (others) others.push(hop)
    else into.set(hop.to, [hop])
  }
  for (const hops of into.values()) if (hops.length > 1) hops.sort((a, b) => (place.get(a.from) ?? 0) - (place.get(b.from) ?? 0))
  return into
}

/** A gateway with many pods and hosts has long lists of exceptions, and each pair asks. */
const exceptedBy = memo((mesh: WireHop): ReadonlySet<Id> => new Set(mesh.except))

/** The paths along an outside hop, by their pods: what is unchanged stays the same object, so that what was made of it may stay too. */
const pathsAlong = memo((outside: WireHop) => {
  const byPod = new Map<Id, (...parts: [Node, Node, Node | undefined, WireHop | undefined, Node, AppHop]) => Path | null>()
  return (id: Id) =>
    kept(byPod, id, () =>
      memoLast((pod: Node, sidecar: Node, gateway: Node | undefined, mesh: WireHop | undefined, host: Node, app: AppHop) =>
        pathAlong({ pod, sidecar, host, app, outside, via: gateway && mesh ? { gateway, mesh } : null }),
      ),
    )
})

function fromSidecar(
  sidecar: Node,
  via: { gateway: Node; mesh: WireHop } | null,
  outside: WireHop,
  host: Node,
  nodes: Map<Id, Node>,
  into: Map<Id, Hop[]>,
): Path[] {
  const paths: Path[] = []
  for (const app of into.get(sidecar.id) ?? []) {
    const pod = nodes.get(app.from)
    if (!isAppHop(app) || pod?.kind !== 'pod') continue
    const path = pathsAlong(outside)(pod.id)(pod, sidecar, via?.gateway, via?.mesh, host, app)
    if (!path) continue
    paths.push(path)
  }
  return paths
}

interface Parts {
  pod: Node
  sidecar: Node
  host: Node
  app: AppHop
  outside: WireHop
  via: { gateway: Node; mesh: WireHop } | null
}

function pathAlong({ pod, sidecar, host, app, outside, via }: Parts): Path | null {
  const call = { ...app.call, ...app.overrides[outside.id] }
  const dialled = dialledPort(call)
  if (dialled === 0) return null
  const over = via?.mesh.overrides[outside.id]
  const port = over?.port ?? via?.mesh.wire.port
  return {
    id: `${pod.id}|${outside.id}`,
    pod,
    sidecar,
    gateway: via?.gateway ?? null,
    host,
    speaks: call.speaks,
    dialled,
    mesh: via ? { hop: via.mesh.id, tls: over?.tls ?? via.mesh.wire.tls, ...(port !== undefined && { port }) } : null,
    outside: { hop: outside.id, tls: outside.wire.tls, port: arrivalPort(outside.wire, dialled), fields: outside.wire.fields },
    hops: via ? [app.id, via.mesh.id, outside.id] : [app.id, outside.id],
  }
}
