/**
 * What a stage of a request's way hands back: what it tells, and the value that the next stage takes, or how the way ends here. Stages change
 * nothing; `onward` and `after` put together what several of them tell.
 */

import type { Text } from '../base/text'
import type { Place } from '../yaml/document'
import type { Facts, FailureName } from './failures'
import type { HopLine, Layer, Stage, StepAt, TraceStep } from './outcome'
import type { End } from './wire'

export interface Failure {
  name: FailureName
  facts: Facts
}

/** What a stage tells. Of two failures or doubts the first counts: the farthest on the request's way, and the first thing that is not known. */
export interface Told {
  steps: readonly TraceStep[]
  failure: Failure | null
  /** Something that the tracer cannot know. */
  doubt: Text | null
}

/** How a connection ended for who began it, the lines that proxies behind it wrote, and what of its end is not known. */
export interface Ended {
  end: End
  lines: readonly HopLine[]
  doubt?: Text
}

export type Decided<T> = Told & ({ goesOn: T } | { ends: Ended })

const nothing: Told = { steps: [], failure: null, doubt: null }

export const goesOn = <T>(value: T, told: Partial<Told> = {}): Decided<T> => ({ ...nothing, ...told, goesOn: value })
export const ends = (ended: Ended, told: Partial<Told> = {}): Decided<never> => ({ ...nothing, ...told, ends: ended })

/** The same decision, with what was told before it. */
export const after = <T>(before: Partial<Told>, decided: Decided<T>): Decided<T> => ({ ...decided, ...both(before, decided) })

/** The next stage, unless the way ends before it. */
export const onward = <T, Next>(decided: Decided<T>, next: (value: T) => Decided<Next>): Decided<Next> =>
  'ends' in decided ? decided : after(decided, next(decided.goesOn))

const both = (a: Partial<Told>, b: Told): Told => ({
  steps: a.steps?.length ? [...a.steps, ...b.steps] : b.steps,
  failure: a.failure ?? b.failure,
  doubt: a.doubt ?? b.doubt,
})

type More = Partial<Pick<TraceStep, 'ok' | 'to' | 'flag'>> & { wire?: readonly Layer[] }

/** A step; it succeeds and leads nowhere unless `more` says otherwise. */
export const step = (
  at: StepAt,
  stage: Stage,
  says: Text,
  because: Place | null,
  { ok = true, to = null, wire = [], flag }: More = {},
): TraceStep => ({
  at,
  stage,
  ok,
  says,
  to,
  wire,
  ...(flag && { flag }),
  because,
})
