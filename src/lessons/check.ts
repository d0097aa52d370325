/** Whether the goals of a step hold, and which wrong way was taken. */
import { goalKinds } from './goals'
import type { Goal, Step } from './kind'
import type { Understood } from './understood'

/** A step, whatever language it speaks. */
type Asked = Pick<Step<unknown>, 'goals' | 'wrong'>

const kinds = new Map(goalKinds.map((kind) => [kind.key, kind]))

/** Whether a goal holds of what is understood. A goal of no known kind never holds; `read.ts` refuses such a file. */
export function met(goal: Goal, of: Understood): boolean {
  const kind = Object.keys(goal).flatMap((key) => kinds.get(key) ?? [])[0]
  return kind?.holds(goal, of, (inner) => met(inner, of)) ?? false
}

/** Which goals of a step hold, in their order. */
export const goalsMet = ({ goals }: Asked, of: Understood): boolean[] => goals.map(({ is }) => met(is, of))

/** Which of the step's wrong ways were taken, counted from 0; none where all goals hold. */
export function wrongWays(step: Asked, of: Understood): number[] {
  if (goalsMet(step, of).every(Boolean)) return []
  return (step.wrong ?? []).flatMap(({ is }, index) => (met(is, of) ? [index] : []))
}
