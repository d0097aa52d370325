/** What is understood of the learner's work, for the goals of a step. */

import { goalsMet, wrongWays } from '../../lessons/check'
import type { Asks, Goal, Step, TakenLesson } from '../../lessons/kind'
import { defaultPod, type Understood, walkOf, walksOf } from '../../lessons/understood'
import { acceptedMeshOf, documentsOf, problemsOf, surroundingsNow } from '../derived/understand'
import { saying, type Told } from '../state/saying'
import { designOf, draftOf, type OpenLesson, type State, type Verdict } from '../state/store'

/** Whether the work can be judged: the schemas are there, and the picture has followed what was typed. */
export const canJudge = (state: State): boolean => state.schemas !== null && draftOf(state)?.is !== 'typing'

/** What a goal is asked of. What was sent before this step began does not count for it. */
export function understoodNow(state: State): Understood {
  const sent = state.sent === state.lesson?.sentBefore ? null : state.sent
  return {
    outbound: designOf(state).world.outbound,
    documents: documentsOf(state),
    problems: problemsOf(state),
    sent,
    ...walksOf(acceptedMeshOf(state), surroundingsNow(state)),
  }
}

/** Which goals of the step hold now. A text that cannot be read as a whole could not be applied: it meets none. */
export function metNow(state: State, { lesson, step }: OpenLesson): boolean[] {
  const current = stepOf(lesson, step)
  if (draftOf(state)?.is === 'broken') return current.goals.map(() => false)
  return goalsMet(current, understoodNow(state))
}

export const stepOf = ({ steps }: TakenLesson, index: number): Step<string> => steps[index] ?? (steps[0] as Step<string>)

/** What is to be said of the step: that it is done, or what is lacking, which wrong way was taken, and how the requests end now. */
export function verdictOf(state: State, open: OpenLesson): Verdict {
  const step = stepOf(open.lesson, open.step)
  const met = metNow(state, open)
  const lacking = step.goals.filter((_, index) => !met[index]).map(({ is }) => is)
  const broken = draftOf(state)?.is === 'broken'
  return {
    done: lacking.length === 0,
    lacks: step.goals.flatMap((_, index) => (met[index] ? [] : [index])),
    wrong: broken ? [] : wrongWays(step, understoodNow(state)),
    broken,
    ends: broken ? [] : endsOf(state, lacking),
    count: (open.verdict?.count ?? 0) + 1,
  }
}

/** How the requests that these goals speak of end, a sentence each. */
function endsOf(state: State, goals: readonly Goal[]): Told[] {
  const asked = new Map(goals.flatMap(asksIn).map((asks) => [JSON.stringify([asks.from ?? defaultPod, asks.url, asks.curl]), asks]))
  return [...asked.values()].map((asks) => {
    const { says } = walkOf(acceptedMeshOf(state), surroundingsNow(state), asks)
    return saying('endsNow', { url: asks.url, says })
  })
}

/** The requests that a goal speaks of. */
export const asksIn = (goal: Goal): Asks[] => {
  if ('request' in goal) return [goal.request]
  if ('all' in goal) return goal.all.flatMap(asksIn)
  return 'any' in goal ? goal.any.flatMap(asksIn) : []
}
