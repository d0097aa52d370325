/** A design while its lines are read: what each line says costs what that line touches. */

import type { Id } from '../../base/id'
import { type Design, type Guard, type Node, type NodeKindId, namespaceOf, type World } from '../design'
import { ensurePod, type Flow, putFlow } from '../flow'
import { ensureNode, type Growing, growing, grownOf, replaceNode } from '../grow'

export interface Draft {
  grown: Growing
  name: string
  world: World
  guards: Map<string, Guard>
  names: Map<string, string>
  /** Pods with a line of their own. Paths say what they say; those that no path mentions get their sidecar at the end. */
  pods: Node[]
  /** Pods whose line says that they have no sidecar; a path gives them one all the same. */
  bare: Set<Id>
}

/** What a line does to a design. */
export type Change = (draft: Draft) => void

/** More exceptions than this, and a design would be larger than what may be saved of it: thousands of pods, each with hosts of its own behind one gateway. */
const mostExceptions = 2_000_000

export const draftOf = (design: Design): Draft => ({
  grown: growing(design),
  name: design.name,
  world: design.world,
  guards: new Map(design.guards.map((guard) => [guard.namespace, guard])),
  names: new Map(Object.entries(design.names)),
  pods: [],
  bare: new Set(),
})

/** The design with all that was read; the very one that the draft began with if nothing was new. Nothing may be read after that. */
export function designOf({ grown, name, world, guards, names, pods, bare }: Draft): Design {
  for (const pod of pods) if (!bare.has(pod.id)) ensurePod(grown, pod.name, namespaceOf(pod))
  const design = grownOf(grown)
  const { start } = grown
  const same =
    name === start.name &&
    alike(world, start.world) &&
    alike([...guards.values()], start.guards) &&
    alike([...names], Object.entries(start.names))
  return same ? design : { ...design, name, world, guards: [...guards.values()], names: Object.fromEntries(names) }
}

const alike = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

/** Puts a flow in; false where the design has become too large for another one. */
export function took({ grown }: Draft, flow: Flow): boolean {
  if (grown.written > mostExceptions) return false
  putFlow(grown, flow)
  return true
}

/** Changes a node, whether its line or its paths come first; a missing one is added. `alone`: a pod that gets no sidecar by its line. */
export function changeNode(
  { grown, pods, bare }: Draft,
  kind: NodeKindId,
  name: string,
  namespace: string,
  change: (node: Node) => Node,
  alone = false,
): void {
  const node = ensureNode(grown, kind, name, namespace)
  if (kind === 'pod') {
    pods.push(node)
    if (alone) bare.add(node.id)
    else ensureNode(grown, 'sidecar', name, namespace)
  }
  const changed = change(node)
  if (!alike(changed, node)) replaceNode(grown, changed)
}
