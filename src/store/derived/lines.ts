/** On which line of the text something stands: counted once a text. */
import { memoLast } from '../../core/base/memo'
import type { Place, Span } from '../../core/yaml/document'
import type { State } from '../state/store'
import { spanOf, textOf } from './understand'

/** Where each line starts. */
const startsOf = memoLast((text: string): readonly number[] => {
  const starts = [0]
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
})

/** The line of a place or span, from 1; null where it stands nowhere. */
export function lineOf(state: State, at: Place | Span | null): number | null {
  if (!at) return null
  const span = 'from' in at ? at : spanOf(state, at)
  if (!span) return null
  return lineIn(textOf(state), span.from)
}

/** The line of an offset, from 1. */
export function lineIn(text: string, offset: number): number {
  const starts = startsOf(text)
  let [low, high] = [0, starts.length - 1]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((starts[middle] as number) <= offset) low = middle
    else high = middle - 1
  }
  return low + 1
}
