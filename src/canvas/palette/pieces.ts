/** What the palette holds, and how a piece is named while it is dragged. */

import type { NodeKindId } from '../../core/model/design'
import { nodeKindIds } from '../../core/model/nodes'
import type { IconName } from '../../ui/icons'

/** The icon of a node's kind has the kind's own name. */
export const iconOf = (kind: NodeKindId): IconName => kind

export type Piece = NodeKindId | 'guard'
export const pieces: readonly Piece[] = [...nodeKindIds, 'guard']
export const pieceType = 'application/x-egress-piece'
