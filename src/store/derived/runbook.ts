/** What the runbook of the open document is made from. Making it takes a while: whoever shows it does so in pieces. */

import { dialects } from '../../core/compile/dialects'
import type { Dialect } from '../../core/compile/dialects/kind'
import type { Design } from '../../core/model/design'
import type { Own } from '../../core/runbook/chapters/kind'
import { type Asked, designOf, draftOf, type State } from '../state/store'
import { meaningOf } from './meaning'
import { parsedOf, refusedOf } from './understand'

export interface RunbookSources {
  design: Design
  dialect: Dialect
  /** The person's own text, which is then what is applied. */
  own: Own | null
  sent: Asked | null
}

/** The sources as they stand. A runbook is named after its design, whose name is no part of what it means. */
export function runbookSources(state: State): RunbookSources {
  const design = designOf(state)
  return {
    design: { ...meaningOf(design), name: design.name },
    dialect: dialects[state.dialect],
    own: draftOf(state) ? { parsed: parsedOf(state), refused: refusedOf(state) } : null,
    sent: state.sent,
  }
}

/** While none of these is another, nor is any of the sources. */
export const runbookInputs = (state: State): readonly unknown[] => [
  meaningOf(designOf(state)),
  designOf(state).name,
  state.dialect,
  draftOf(state) && parsedOf(state),
  draftOf(state) && refusedOf(state),
  state.sent,
]
