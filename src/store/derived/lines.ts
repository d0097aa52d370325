/** On which line of the text something is. */
import type { Place, Span } from '../../core/yaml/document'
import type { State } from '../state/store'
import { lineIn } from './line-starts'
import { spanOf, textOf } from './understand'

/** The line of a place or span, from 1; null where it is nowhere. */
export function lineOf(state: State, at: Place | Span | null): number | null {
  if (!at) return null
  const span = 'from' in at ? at : spanOf(state, at)
  if (!span) return null
  return lineIn(textOf(state), span.from)
}
