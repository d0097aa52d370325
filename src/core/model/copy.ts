/** Copies of parts of a design, for paste and duplicate. */

import type { Id } from '../base/id'
import { type Design, type Hop, hopOf, isAppHop, type Node, namespaceOf, nodeOf, type Point } from './design'
import { freeId, nodeId } from './grow'

/**
 * A copy of nodes and the hops that leave them, for paste and duplicate. Every copy gets a free name, `by` moves it; a hop to a gateway or
 * host that is not copied leads to the one that is there. Tells the ids of the new nodes.
 */
export function paste(design: Design, from: Pick<Design, 'nodes' | 'hops'>, by: Point): { design: Design; ids: Id[] } {
  let result = design
  const ids = new Map<Id, Id>()
  for (const node of from.nodes) {
    const namespace = node.kind === 'host' ? '' : namespaceOf(node)
    const name = nameForCopy(result, node, namespace)
    const id = freeId(nodeId(node.kind, name, namespace), (id) => nodeOf(result, id) !== undefined)
    ids.set(node.id, id)
    const at = node.at && { at: { x: node.at.x + by.x, y: node.at.y + by.y } }
    result = { ...result, nodes: [...result.nodes, { ...node, ...at, id, name }] }
  }
  const hopIds = new Map<Id, Id>()
  const copies: Hop[] = []
  for (const hop of from.hops) {
    const start = ids.get(hop.from)
    const end = ids.get(hop.to) ?? nodeOf(design, hop.to)?.id
    if (!start || !end || (isAppHop(hop) && !ids.has(hop.to))) continue
    const id = freeId(`${start}>${end}`, (id) => hopOf(result, id) !== undefined || copies.some((copy) => copy.id === id))
    hopIds.set(hop.id, id)
    copies.push({ ...hop, id, from: start, to: end })
  }
  const known = (id: Id) => hopIds.get(id) ?? hopOf(design, id)?.id
  const mapped = copies.map(
    (hop): Hop =>
      isAppHop(hop)
        ? { ...hop, overrides: rekeyed(hop.overrides, known) }
        : { ...hop, overrides: rekeyed(hop.overrides, known), except: hop.except.flatMap((id) => known(id) ?? []) },
  )
  return { design: { ...result, hops: [...result.hops, ...mapped] }, ids: [...ids.values()] }
}

function nameForCopy(design: Design, node: Node, namespace: string): string {
  const taken = (name: string) =>
    design.nodes.some((n) => n.kind === node.kind && n.name === name && (node.kind === 'host' || namespaceOf(n) === namespace))
  if (!taken(node.name)) return node.name
  for (let n = 2; ; n++) {
    const name = node.kind === 'host' ? node.name.replace(/^(\*\.)?/, (star) => `${star}copy-${n}.`) : `${node.name.slice(0, 58)}-${n}`
    if (!taken(name)) return name
  }
}

function rekeyed<T>(overrides: Record<Id, T>, known: (id: Id) => Id | undefined): Record<Id, T> {
  return Object.fromEntries(Object.entries(overrides).flatMap(([id, value]) => (known(id) ? [[known(id), value]] : [])))
}
