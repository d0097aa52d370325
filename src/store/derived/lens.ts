/** What the lens shows: of what the pointer is on, else of what is selected. Null: nothing is looked at. */
import { memoLast } from '../../core/base/memo'
import { type Lens, lensOf } from '../../core/figure/lens'
import { designOf, type State } from '../state/store'
import { lanesNow, meaningOf } from './meaning'

const made = memoLast(lensOf)
const focusOn = memoLast((ids: State['selected']) => ({ ids }))

export function lensNow(state: State): Lens | null {
  const focus = state.lens ?? (state.selected.length > 0 ? focusOn(state.selected) : null)
  return focus && made(meaningOf(designOf(state)), lanesNow(state), focus)
}

/** The same of a row of a gateway (`rowKey`); what is no such row has no name of its own and is faded with its card. */
export const isRowFaded = (state: State, row: string | undefined): boolean => {
  const lens = row === undefined ? null : lensNow(state)
  return lens !== null && lens.paths.length > 0 && !lens.rows.has(row as string)
}

/** Whether the lens is on others: what is on no path fades nothing. */
export const isFaded = (state: State, id: string): boolean => {
  const lens = lensNow(state)
  return lens !== null && lens.paths.length > 0 && !lens.lit.has(id)
}
