/** What the first paint derives from the design: its meaning without places, and what gateways carry. Remembered by their inputs. */

import { continued, memoLast } from '../../core/base/memo'
import { unfit } from '../../core/compile/plan/fit'
import { type Lane, lanesOf } from '../../core/compile/plan/lanes'
import type { Design } from '../../core/model/design'
import { pathsOf } from '../../core/model/path'
import { designOf, type State } from '../state/store'

/** Moving a node is no change of meaning: the same nodes but for `at` give the same object, so that nothing is compiled again. */
export const meaningOf = continued((before: Design | null, design: Design) => (before && sameMeaning(before, design) ? before : design))

/** Whether they differ in nothing but where nodes are, and their own name. */
export function sameMeaning(a: Design, b: Design): boolean {
  if (a.hops !== b.hops || a.guards !== b.guards || a.world !== b.world || a.names !== b.names || a.nodes.length !== b.nodes.length)
    return false
  return a.nodes.every((node, index) => {
    const other = b.nodes[index]
    return (
      other &&
      node.id === other.id &&
      node.kind === other.kind &&
      node.name === other.name &&
      node.namespace === other.namespace &&
      node.fields === other.fields
    )
  })
}

const lanes = memoLast(
  (design: Design): Lane[] =>
    lanesOf(
      design,
      pathsOf(design).filter((path) => unfit(path) === null),
    ).lanes,
)

/** The lanes of the plan alone: the canvas draws no more of it. */
export const lanesNow = (state: State): Lane[] => lanes(meaningOf(designOf(state)))
