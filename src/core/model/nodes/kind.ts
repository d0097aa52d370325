import type { Text } from '../../base/text'
import type { Leg, NodeKindId } from '../design'
import type { Field } from '../field'

export interface Size {
  width: number
  height: number
}

/** A kind of node: how it is called, how large its card is, which fields it has, and where a hop from it may lead. */
export interface NodeKind {
  id: NodeKindId
  title: Text
  says: Text
  /** Fixed by kind, because React Flow measures every node unless it is told. A gateway and a host grow by `row` for each row of theirs. */
  size: Size
  row: number
  /** From the card's top: where its rows begin, and where a hop leaves it. */
  head: number
  outAt: number
  /** The x of the column in which it is put. */
  column: number
  /** Names of new ones: of the first, and of the nth. */
  newName(nth: number): string
  /** Whether it is in a namespace, so that two namespaces may have one of the same name. */
  namespaced: boolean
  fields: readonly Field[]
  /** The kinds that a hop from it may lead to, and which part of a road such a hop is. */
  reaches: Readonly<Partial<Record<NodeKindId, Leg>>>
}
