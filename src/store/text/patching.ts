/** A change of the picture over a person's own text: written into that text, or asked about. */

import type { DialectId } from '../../core/compile/dialects'
import { costsOfPrinting } from '../../core/edit/reprint'
import { writtenBack } from '../../core/edit/write-back'
import type { Design } from '../../core/model/design'
import { placed } from '../../core/model/layout'
import type { Work } from '../../core/model/work'
import { read } from '../../core/read/read'
import { saying, type Told } from '../state/saying'
import { type Step, take } from '../state/step'
import { type Question, store, workOf } from '../state/store'
import { sayGone, settle } from './drafting'
import { dropped, errorSpan } from './following'
import { parsedText } from './reading'

/** Writes what an edit of the design changes into the person's text; where that cannot be, asks (`State.question`). */
export function editOver(label: Step, next: (design: Design) => Design, step: string | null = null): void {
  settle()
  const { design, draft } = workOf(store.getState())
  const after = placed(next(design))
  if (!draft) return take({ design: after, draft }, label, step)
  // What surrounds the YAML is in no text.
  if (after.nodes === design.nodes && after.hops === design.hops && after.guards === design.guards && after.names === design.names)
    return take({ design: after, draft }, label, step)
  if (draft.is !== 'drawn') return ask(saying('textBroken'), { design: after, draft: null }, label)
  const result = writtenBack(draft.text, design, after, store.getState().schemas)
  if ('refused' in result) return ask(result.refused, { design: after, draft: null }, label)
  const work: Work = { design: after, draft: { text: result.text, is: 'drawn' } }
  const gone = result.gone.map(({ kind, namespace, name }) => `${kind} ${namespace}/${name}`).join(', ')
  if (result.costs.length > 0)
    return ask(saying('editCosts'), { design: after, draft: null }, label, { written: { work, costs: result.costs, gone } })
  take(work, label, step)
  sayGone(gone)
}

function ask(why: Told, work: Work, label: Step, more: Partial<Question> = {}): void {
  const { design, draft } = workOf(store.getState())
  const text = draft?.text ?? ''
  const error = errorSpan(text)
  const dialect = more.dialect ?? store.getState().dialect
  const costs = error ? [] : costsOfPrinting(read(parsedText(text).documents), design, work.design, dialect)
  store.setState({ question: { why, drops: [...costs, ...dropped(text, design)], written: null, work, label, error, ...more } })
}

/** Another dialect over a person's text is a text printed anew: asks. */
export function askDialect(dialect: DialectId): void {
  settle()
  const { design, draft } = workOf(store.getState())
  if (!draft) return store.setState({ dialect })
  ask(saying('otherDialect'), { design, draft: null }, 'reprint', { dialect })
}
