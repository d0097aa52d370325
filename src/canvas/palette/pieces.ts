/** What the palette holds, and how a piece is named while it is dragged. */
import type { NodeKindId } from '../../core/model/design'

export type Piece = NodeKindId | 'guard'
export const pieces: readonly Piece[] = ['pod', 'sidecar', 'gateway', 'host', 'guard']
export const pieceType = 'application/x-egress-piece'
