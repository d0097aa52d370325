/** The rows of the Problems list for a state; the same array while nothing they come from has changed. */
import { memoLast } from '../../core/base/memo'
import { fixOfTrace } from '../../store/actions/trace-fix'
import { notDrawnOf, problemsOf, traceOf } from '../../store/derived/understand'
import type { State } from '../../store/state/store'
import { type ProblemRow, rowsOf } from './problem-rows'

export const allRows = (state: State): readonly ProblemRow[] =>
  rowsFrom(problemsOf(state), traceOf(state), notDrawnOf(state), fixOfTrace(state))

const rowsFrom = memoLast(rowsOf)
