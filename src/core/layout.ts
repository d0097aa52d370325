/** Columns: pods with their sidecars, gateways, hosts. Only on request, and for nodes that have no place yet. */
import { type Design, type Id, isWireHop, type Node, namespaceOf, type Point } from './design'
import { nodeKinds } from './nodes'

const left = 40
const top = 72
const columns = { pod: left, sidecar: left, gateway: 400, host: 760 }
const gap = 36
/** Room for the frame of a namespace: its name above, its guard below. */
const frame = 76

/** Every node at its place in the columns; hosts in the order in which hops reach them. */
export function tidied(design: Design): Design {
  const places = placesOf(design)
  return { ...design, nodes: design.nodes.map((node) => ({ ...node, at: places.get(node.id) ?? node.at ?? { x: left, y: top } })) }
}

/** Gives a place to nodes that have none, below what stands in their column; all others stay where they are. */
export function placed(design: Design): Design {
  if (design.nodes.every((node) => node.at)) return design
  if (design.nodes.every((node) => !node.at)) return tidied(design)
  const places = placesOf(design)
  const floor = new Map<number, number>()
  for (const node of design.nodes) {
    if (node.at) floor.set(columns[node.kind], Math.max(floor.get(columns[node.kind]) ?? top, node.at.y + heightOf(design, node) + gap))
  }
  const nodes = design.nodes.map((node) => {
    if (node.at) return node
    const wish = places.get(node.id) ?? { x: columns[node.kind], y: top }
    const y = Math.max(floor.get(wish.x) ?? top, 0)
    if (node.kind !== 'sidecar') floor.set(wish.x, y + heightOf(design, node) + gap)
    return { ...node, at: { x: wish.x, y } }
  })
  return { ...design, nodes }
}

/** How tall a card is, with a row for each hop that arrives. */
function heightOf(design: Design, node: Node): number {
  const kind = nodeKinds[node.kind]
  const docked = node.kind === 'pod' ? nodeKinds.sidecar.size.height : 0
  const rows = kind.row === 0 ? 0 : Math.max(1, design.hops.filter((hop) => (node.kind === 'host' ? hop.to : hop.from) === node.id).length)
  return kind.size.height + docked + kind.row * rows
}

function placesOf(design: Design): Map<Id, Point> {
  const places = new Map<Id, Point>()
  const heights = new Map<Id, number>()
  const arriving = new Map<Id, number>()
  for (const hop of design.hops) {
    arriving.set(hop.to, (arriving.get(hop.to) ?? 0) + 1)
    if (isWireHop(hop)) arriving.set(`out ${hop.from}`, (arriving.get(`out ${hop.from}`) ?? 0) + 1)
  }
  for (const node of design.nodes) {
    const kind = nodeKinds[node.kind]
    const rows = kind.row === 0 ? 0 : Math.max(1, arriving.get(node.kind === 'host' ? node.id : `out ${node.id}`) ?? 0)
    heights.set(node.id, kind.size.height + (node.kind === 'pod' ? nodeKinds.sidecar.size.height : 0) + kind.row * rows)
  }
  const stack = (nodes: Node[], x: number, y: number, space: (node: Node) => number): number => {
    let at = y
    for (const node of nodes) {
      places.set(node.id, { x, y: at })
      at += (heights.get(node.id) ?? 0) + space(node)
    }
    return at
  }
  let y = top
  const namespaces = new Map<string, Node[]>()
  for (const pod of design.nodes.filter((node) => node.kind === 'pod')) {
    const group = namespaces.get(namespaceOf(pod)) ?? []
    group.push(pod)
    namespaces.set(namespaceOf(pod), group)
  }
  for (const group of namespaces.values()) y = stack(group, columns.pod, y, () => gap / 2) + frame
  const docked = new Set<Id>()
  for (const hop of design.hops) {
    const at = places.get(hop.from)
    const pod = design.nodes.find((node) => node.id === hop.from)
    if (pod?.kind === 'pod' && at) {
      places.set(hop.to, { x: at.x, y: at.y + nodeKinds.pod.size.height })
      docked.add(hop.to)
    }
  }
  y = stack(design.nodes.filter((node) => node.kind === 'sidecar' && !docked.has(node.id)), columns.sidecar, y, () => gap)
  const hosts = stack(design.nodes.filter((node) => node.kind === 'host'), columns.host, top, () => gap)
  const gateways = design.nodes.filter((node) => node.kind === 'gateway')
  const tall = gateways.reduce((sum, node) => sum + (heights.get(node.id) ?? 0) + gap, -gap)
  const longest = Math.max(y - frame, hosts - gap) - top
  stack(gateways, columns.gateway, top + Math.max(0, Math.round((longest - tall) / 2)), () => gap)
  return places
}
