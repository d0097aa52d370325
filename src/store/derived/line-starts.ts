/** Lines of a text: counted once, however many offsets are looked up. */
import { memoLast } from '../../core/base/memo'

/** Where each line starts. */
const startsOf = memoLast((text: string): readonly number[] => {
  const starts = [0]
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
})

/** The line of an offset, counted from 1 as editors do. */
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
