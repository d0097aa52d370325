/** What the runbook of the open document is made from. Making it takes a while: whoever shows it does so in pieces. */

import { dialects } from '../../core/compile/dialects'
import type { Dialect } from '../../core/compile/dialects/kind'
import { goneOf } from '../../core/edit/gone'
import type { Design } from '../../core/model/design'
import type { Own } from '../../core/runbook/chapters/kind'
import type { Document } from '../../core/yaml/document'
import { parse } from '../../core/yaml/parse'
import { type Asked, designOf, draftOf, type State, type Step } from '../state/store'
import { meaningOf } from './meaning'
import { parsedOf, refusedOf } from './understand'

export interface RunbookSources {
  design: Design
  dialect: Dialect
  /** The person's own text, which is then what is applied. */
  own: Own | null
  /** What that text had since it was opened, and has no more. */
  gone: readonly Document[]
  sent: Asked | null
}

/** The sources as they are. A runbook is named after its design, whose name is no part of what it means. */
export function runbookSources(state: State): RunbookSources {
  const design = designOf(state)
  return {
    design: { ...meaningOf(design), name: design.name },
    dialect: dialects[state.dialect],
    own: draftOf(state) ? { parsed: parsedOf(state), refused: refusedOf(state) } : null,
    gone: draftOf(state) ? goneSince(openedText(state.history), parsedOf(state).documents) : [],
    sent: state.sent,
  }
}

/** Steps that put another text in the place of the one before. */
const opens: ReadonlySet<string> = new Set<Step>(['import', 'load', 'clear', 'reprint', 'show', 'reset', 'restore'])

/** The person's text as it was when it was opened or begun; null where it is as it was. */
function openedText({ past, label, now }: State['history']): string | null {
  let [led, text] = [label, now.draft?.text]
  for (const entry of past.toReversed()) {
    if (opens.has(led) || !entry.value.draft) break
    led = entry.label
    text = entry.value.draft.text
  }
  return text === undefined || text === now.draft?.text ? null : text
}

const goneSince = (text: string | null, documents: readonly Document[]): readonly Document[] =>
  text === null ? [] : goneOf(parse(text).documents, documents)

/** While none of these is another, nor is any of the sources. */
export const runbookInputs = (state: State): readonly unknown[] => [
  meaningOf(designOf(state)),
  designOf(state).name,
  state.dialect,
  draftOf(state) && parsedOf(state),
  draftOf(state) && refusedOf(state),
  draftOf(state) && openedText(state.history),
  state.sent,
]
