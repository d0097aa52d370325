/** What a lesson's goals are asked of: a scene as the product understands it. */

import type { Mesh } from '../core/istio/mesh'
import type { Surroundings } from '../core/istio/surroundings'
import type { Design } from '../core/model/design'
import { type Bypass, bypass } from '../core/trace/bypass'
import type { Outcome, Trace } from '../core/trace/outcome'
import { trace } from '../core/trace/trace'
import type { Document } from '../core/yaml/document'
import type { Finding } from '../core/yaml/finding'
import type { Asks } from './kind'

export interface Understood {
  outbound: Design['world']['outbound']
  documents: readonly Document[]
  /** Errors and warnings, as the Problems panel has them. */
  problems: readonly Finding[]
  /** The request that was sent last in the Trace panel; null: none. */
  sent: Asks | null
  /** How a request ends; null where that cannot be told. */
  outcome(asks: Asks): Outcome | null
  bypass(from: string, host: string): Bypass
}

/** The pod that a request comes from where none is named. */
export const defaultPod = 'default/sleep'

/** How a request of a lesson goes. */
export const walkOf = (mesh: Mesh, around: Surroundings, { from = defaultPod, url, curl = [] }: Asks): Trace =>
  trace(mesh, around, { from, url, curl })

/** The parts of Understood that follow from the Mesh: `mesh` is what a cluster would take of the YAML. */
export const walksOf = (mesh: Mesh, around: Surroundings): Pick<Understood, 'outcome' | 'bypass'> => ({
  outcome(asks) {
    const walk = walkOf(mesh, around, asks)
    return walk.unknown ? null : walk.outcome
  },
  bypass: (from, host) => bypass(mesh, around, from, host),
})
