/** Nodes by the names that points of a step have. */
import { type Design, type Node, namespaceOf } from '../core/model/design'

/** The node that is called `pod sleep`, or `pod test-egress/sleep` where several namespaces have one; undefined where there is none. */
export const nodeNamed = ({ nodes }: Design, called: string): Node | undefined =>
  nodes.find((node) => called === `${node.kind} ${node.name}` || called === `${node.kind} ${namespaceOf(node)}/${node.name}`)
