/** What the palette holds, and how a piece is named while it is dragged. */

import type { NodeKindId } from '../../core/model/design'
import { nodeKindIds } from '../../core/model/nodes'

export type Piece = NodeKindId | 'guard'
export const pieces: readonly Piece[] = [...nodeKindIds, 'guard']
export const pieceType = 'application/x-egress-piece'
