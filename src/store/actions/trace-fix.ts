/** What mends a request that dies: of the fixes of what is found, the first with which the same request arrives. Tried, not guessed. */

import { memoLast } from '../../core/base/memo'
import type { Surroundings } from '../../core/istio/surroundings'
import { read } from '../../core/read/read'
import type { Trace } from '../../core/trace/outcome'
import { trace as walk } from '../../core/trace/trace'
import type { Fix } from '../../core/yaml/document'
import type { Finding } from '../../core/yaml/finding'
import { parse } from '../../core/yaml/parse'
import { patched } from '../../core/yaml/patch'
import { problemsOf, surroundingsNow, textOf, traceOf } from '../derived/understand'
import type { State } from '../state/store'

/** So many are tried, and none on a text that would take too long. */
const tries = 8
const long = 400_000

/** The tracer's own fix, or one that was tried; null where none helps, or nothing has to be mended. */
export function fixOfTrace(state: State): Fix | null {
  const trace = traceOf(state)
  if (!trace?.failure) return null
  return trace.fix ?? triedLast(textOf(state), trace, problemsOf(state), surroundingsNow(state))
}

/** Fixes of what lies on the way come first: of the objects that decided a step. Pure. */
export function tried(text: string, trace: Trace, problems: readonly Finding[], around: Surroundings): Fix | null {
  if (text.length > long) return null
  const decided = new Set(trace.steps.flatMap(({ because }) => (because ? [because.of.key] : [])))
  const offered = problems.filter(({ fix, by }) => fix && by !== 'design')
  const onTheWay = offered.filter(({ at }) => at && decided.has(at.of.key))
  const fixes = [...new Set([...onTheWay, ...offered].flatMap(({ fix }) => fix ?? []))]
  return fixes.slice(0, tries).find((fix) => arrives(text, fix, trace, around)) ?? null
}

const triedLast = memoLast(tried)

function arrives(text: string, fix: Fix, trace: Trace, around: Surroundings): boolean {
  const result = patched(text, fix.changes)
  if ('refused' in result) return false
  const again = walk(read(parse(result.text).documents), around, trace.request)
  return again.failure === null && again.unknown === null
}
