/** A scene laid over what somebody has drawn: what is the same stays the same, and where it is. */

import type { Id } from '../../core/base/id'
import { type Design, type Hop, isAppHop, type Node, namespaceOf } from '../../core/model/design'
import { freeId } from '../../core/model/grow'
import { placed } from '../../core/model/layout'
import type { Work } from '../../core/model/work'
import type { Scene } from '../../lessons/kind'
import { workOf } from '../../lessons/scene'

/** The work of a scene under a name of its own. */
export function workOfScene(scene: Scene, name: string): Work {
  const { design, draft } = workOf(scene, 'lesson')
  return { design: { ...design, name }, draft }
}

/** What the scene says, drawn over `before`: nodes and hops that are in both keep their ids and places, new ones go where there is room. */
export function laidOver(before: Design, { design, draft }: Work): Work {
  const known = new Map(before.nodes.map((node) => [nameOf(node), node]))
  const taken = new Set(before.nodes.map(({ id }) => id))
  const ids = new Map<Id, Id>()
  const fresh = (id: Id): Id => {
    const free = freeId(id, (wish) => taken.has(wish))
    taken.add(free)
    return free
  }
  for (const node of design.nodes) ids.set(node.id, known.get(nameOf(node))?.id ?? fresh(node.id))
  const id = (of: Id): Id => ids.get(of) ?? of
  const nodes = design.nodes.map((node): Node => ({ ...node, id: id(node.id), at: known.get(nameOf(node))?.at }))
  const knownHops = new Map(before.hops.map((hop) => [`${hop.from} ${hop.to}`, hop.id]))
  for (const hop of before.hops) taken.add(hop.id)
  for (const hop of design.hops) {
    const ends = `${id(hop.from)} ${id(hop.to)}`
    ids.set(hop.id, knownHops.get(ends) ?? fresh(hop.id))
    knownHops.delete(ends)
  }
  const hops = design.hops.map((hop) => renamed(hop, id))
  return { design: placed({ ...design, name: before.name, nodes, hops }), draft }
}

const nameOf = (node: Node): string => JSON.stringify([node.kind, node.name, node.kind === 'host' ? '' : namespaceOf(node)])

function renamed(hop: Hop, id: (of: Id) => Id): Hop {
  const ends = { id: id(hop.id), from: id(hop.from), to: id(hop.to) }
  const keyed = <T>(record: Record<Id, T>): Record<Id, T> =>
    Object.fromEntries(Object.entries(record).map(([key, value]) => [id(key), value]))
  return isAppHop(hop)
    ? { ...hop, ...ends, overrides: keyed(hop.overrides) }
    : { ...hop, ...ends, overrides: keyed(hop.overrides), except: hop.except.map(id) }
}
