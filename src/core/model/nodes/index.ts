/** Every kind of node, in the order of the palette. */
import type { NodeKindId } from '../design'
import { gateway } from './gateway'
import { host } from './host'
import type { NodeKind } from './kind'
import { pod } from './pod'
import { sidecar } from './sidecar'

export const nodeKinds: Record<NodeKindId, NodeKind> = { pod, sidecar, gateway, host }

/** Their ids, in the same order. */
export const nodeKindIds = Object.keys(nodeKinds) as NodeKindId[]
