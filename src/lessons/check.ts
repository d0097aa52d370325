/** Whether the goals of a step hold, and which wrong way was taken. */
import type { Text } from '../core/base/text'
import { goalKinds } from './goals'
import type { Goal, Step } from './kind'
import type { Understood } from './understood'

const kinds = new Map(goalKinds.map((kind) => [kind.key, kind]))

/** Whether a goal holds of what is understood. A goal of no known kind never holds; `read.ts` refuses such a file. */
export function met(goal: Goal, of: Understood): boolean {
  const kind = Object.keys(goal).flatMap((key) => kinds.get(key) ?? [])[0]
  return kind?.holds(goal, of, (inner) => met(inner, of)) ?? false
}

/** Which goals of a step hold, in their order. */
export const goalsMet = (step: Step, of: Understood): boolean[] => step.goals.map(({ is }) => met(is, of))

/** The wrong ways that were taken; none where all goals hold. */
export function wrongWays(step: Step, of: Understood): Text[] {
  if (goalsMet(step, of).every(Boolean)) return []
  return (step.wrong ?? []).filter(({ is }) => met(is, of)).map(({ says }) => says)
}
