import type { TlsMode } from '../../src/core/istio/tls-mode'
import type { Asks } from '../../src/lessons/kind'

/** One thing that a learner does in the page; nodes are named as on the canvas: `sidecar sleep`, `gateway istio-egressgateway`, `host NAME`. */
export type Act =
  /** In the Trace panel. */
  | { send: Asks }
  /** In the picker of a hop. */
  | { tls: TlsMode; from: string; to: string }
  /** In the Add flow dialog, under what is drawn already. */
  | { flow: string }
  /** The node, or the hop between two, is selected and removed by key. */
  | { remove: string | readonly [from: string, to: string] }
  /** The two are connected. */
  | { connect: readonly [from: string, to: string] }
  /** The button of the first problem with this code. */
  | { fix: string }
  /** In the editor: a piece of the text that is there once is replaced. */
  | { edit: string; by: string }
  /** In the inspector, with nothing selected. */
  | { outbound: 'ALLOW_ANY' | 'REGISTRY_ONLY' }
  /** In the inspector of a node, or of the hop between two: a field by its label. */
  | { field: string; of: string | readonly [from: string, to: string]; value: string }
  /** Egress of a namespace is guarded by a NetworkPolicy. */
  | { guard: string }

/** What a learner does in each step of a lesson, so that its goals hold at the end. Wrong turns are welcome: `wrong` must be noticed by Check. */
export interface Learner {
  lesson: string
  steps: readonly { wrong?: readonly Act[]; acts: readonly Act[] }[]
}
