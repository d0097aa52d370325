/** Every kind of node, in the order of the palette. */
import type { Leg, NodeKindId } from '../design'
import { gateway } from './gateway'
import { host } from './host'
import type { NodeKind } from './kind'
import { pod } from './pod'
import { sidecar } from './sidecar'

export const nodeKinds: Record<NodeKindId, NodeKind> = { pod, sidecar, gateway, host }

/** Which leg lies between two kinds; null where no hop may be. */
export const legOf = (from: NodeKindId, to: NodeKindId): Leg | null => nodeKinds[from].reaches[to] ?? null

/** The kinds that a hop from this one may lead to. */
export const reachedFrom = (from: NodeKindId): readonly NodeKindId[] => nodeKindIds.filter((to) => legOf(from, to) !== null)

/** Their ids, in the same order. */
export const nodeKindIds = Object.keys(nodeKinds) as NodeKindId[]
