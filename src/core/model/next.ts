/** How a path goes on from a node: what can be reached, and new nodes with their hop, as one step. Pure. */
import type { Id } from '../base/id'
import { both, type Text } from '../base/text'
import { type Design, isAppHop, type Node, type NodeKindId, namespaceOf, nodeOf } from './design'
import { addNode, connect, dockedTo, mayConnect } from './edit'
import { placeBeside } from './layout'
import { reachedFrom } from './nodes'

export interface Next {
  /** Nodes that are not connected yet, then those that are and may be once more. */
  fresh: Node[]
  again: Node[]
  /** Kinds of which a new one may follow. */
  kinds: NodeKindId[]
}

/** A pod that has its sidecar goes on from there. */
export const startOf = (design: Design, id: Id): Id => dockedTo(design, id)?.id ?? id

/** What a hop from this node may lead to; nothing where there is no such node. */
export function nextOf(design: Design, id: Id): Next {
  const node = nodeOf(design, id)
  if (!node) return { fresh: [], again: [], kinds: [] }
  const leaving = design.hops.filter(({ from }) => from === id)
  const legal = design.nodes.filter((other) => mayConnect(design, id, other.id) === true)
  const isConnected = (other: Node) => leaving.some(({ to }) => to === other.id)
  return {
    fresh: legal.filter((other) => !isConnected(other)),
    again: legal.filter(isConnected),
    kinds: reachedFrom(node.kind).filter((kind) => kind !== 'sidecar' || leaving.length === 0),
  }
}

type Made = { design: Design; id: Id } | { refused: Text }

/** A new node of a kind beside another one: a pod runs in the namespace of a pod that it is put beside. */
export function newBeside(design: Design, kind: NodeKindId, near: Id | null): { design: Design; id: Id } {
  const other = near === null ? undefined : nodeOf(design, near)
  const at = placeBeside(design, kind, near)
  const runs = kind === 'pod' && (other?.kind === 'pod' || other?.kind === 'sidecar')
  return addNode(design, kind, { ...(at && { at }), ...(runs && { namespace: namespaceOf(other) }) })
}

/** A new node of the kind, with the hop to it. */
export function grown(design: Design, from: Id, kind: NodeKindId, near: Id = from): Made {
  const { design: added, id } = newBeside(design, kind, near)
  const result = connect(added, startOf(added, from), id)
  return 'refused' in result ? result : { design: result.design, id }
}

/** A new pod whose sidecar leads to this gateway or host. */
export function grownBack(design: Design, to: Id): Made {
  const { design: added, id } = newBeside(design, 'pod', to)
  const result = connect(added, startOf(added, id), to)
  return 'refused' in result ? result : { design: result.design, id }
}

/** Another one like this node, that the same path leads to; a pod leads to where this one leads first. Refused for a sidecar alone. */
export function sibling(design: Design, id: Id): Made {
  const node = nodeOf(design, id)
  if (!node || node.kind === 'sidecar') return { refused: both('A sidecar comes with its pod.', 'Sidecar 随其 Pod 一起添加。') }
  if (node.kind !== 'pod') {
    const from = design.hops.find((hop) => hop.to === id)?.from
    return from === undefined ? newBeside(design, node.kind, id) : grown(design, from, node.kind, id)
  }
  const { design: added, id: made } = newBeside(design, 'pod', id)
  const first = design.hops.find((hop) => !isAppHop(hop) && hop.from === startOf(design, id))
  const result = first && connect(added, startOf(added, made), first.to)
  return { design: result && 'design' in result ? result.design : added, id: made }
}
