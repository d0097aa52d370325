/** The rows of the Problems list for a state; the same array while nothing they come from has changed. */
import type { NotDrawn } from '../../core/picture/draw'
import type { Trace } from '../../core/trace/outcome'
import type { Finding } from '../../core/yaml/finding'
import { fixOfTrace } from '../../store/actions/mending'
import { notDrawnOf, problemsOf, traceOf } from '../../store/derived/understand'
import type { State } from '../../store/state/store'
import { type ProblemRow, rowsOf } from './problem-rows'

let last: { findings: readonly Finding[]; trace: Trace | null; notDrawn: readonly NotDrawn[]; rows: readonly ProblemRow[] } | null = null

export function allRows(state: State): readonly ProblemRow[] {
  const [findings, trace, notDrawn] = [problemsOf(state), traceOf(state), notDrawnOf(state)]
  if (last?.findings !== findings || last.trace !== trace || last.notDrawn !== notDrawn)
    last = { findings, trace, notDrawn, rows: rowsOf(findings, trace, notDrawn, fixOfTrace(state)) }
  return last.rows
}
