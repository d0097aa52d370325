/** Goals of goals. */
import { goalKind } from './kind'

export const all = goalKind(
  'all',
  ({ v, goal }) => v.strictObject({ all: v.array(goal) }),
  (goal, _, met) => goal.all.every(met),
)
export const any = goalKind(
  'any',
  ({ v, goal }) => v.strictObject({ any: v.array(goal) }),
  (goal, _, met) => goal.any.some(met),
)
export const not = goalKind(
  'not',
  ({ v, goal }) => v.strictObject({ not: goal }),
  (goal, _, met) => !met(goal.not),
)
