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

const noSteps: readonly TraceStep[] = []

export const goesOn = <T>(value: T, { steps = noSteps, failure = null, doubt = null }: Partial<Told> = {}): Decided<T> => ({
  steps,
  failure,
  doubt,
  goesOn: value,
})

export const ends = (ended: Ended, { steps = noSteps, failure = null, doubt = null }: Partial<Told> = {}): Decided<never> => ({
  steps,
  failure,
  doubt,
  ends: ended,
})

/** The same decision, with what was told before it. */
export function after<T>(before: Partial<Told>, decided: Decided<T>): Decided<T> {
  const steps = joined(before.steps ?? noSteps, decided.steps)
  const failure = before.failure ?? decided.failure
  const doubt = before.doubt ?? decided.doubt
  return 'ends' in decided ? { steps, failure, doubt, ends: decided.ends } : { steps, failure, doubt, goesOn: decided.goesOn }
}

const joined = <T>(a: readonly T[], b: readonly T[]): readonly T[] => (a.length === 0 ? b : b.length === 0 ? a : a.concat(b))

/** The next stage, unless the way ends before it. */
export const onward = <T, Next>(decided: Decided<T>, next: (value: T) => Decided<Next>): Decided<Next> =>
  'ends' in decided ? decided : after(decided, next(decided.goesOn))

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
