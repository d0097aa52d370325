/** What the Problems panel tells. */
import { goalKind } from './kind'

export const problem = goalKind(
  'problem',
  ({ v, text }) => v.strictObject({ problem: text }),
  (goal, of) =>
    goal.problem === 'none' ? of.problems.every(({ level }) => level === 'info') : of.problems.some(({ rule }) => rule === goal.problem),
)
