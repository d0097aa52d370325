/** On which line of the text something stands: counted once a text. */
import type { Place, Span } from '../../core/yaml/document'
import type { State } from '../state/store'
import { spanOf, textOf } from './understand'

let last: { text: string; starts: number[] } = { text: '', starts: [0] }

/** Where each line starts. */
function startsOf(text: string): number[] {
  if (last.text !== text) {
    const starts = [0]
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
    last = { text, starts }
  }
  return last.starts
}

/** The line of a place or span, from 1; null where it stands nowhere. */
export function lineOf(state: State, at: Place | Span | null): number | null {
  if (!at) return null
  const span = 'from' in at ? at : spanOf(state, at)
  if (!span) return null
  const starts = startsOf(textOf(state))
  let [low, high] = [0, starts.length - 1]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((starts[middle] as number) <= span.from) low = middle
    else high = middle - 1
  }
  return low + 1
}
