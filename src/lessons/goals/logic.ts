/** Goals of goals. */
import { goalKind } from './kind'

export const all = goalKind('all', (goal, _, met) => goal.all.every(met))
export const any = goalKind('any', (goal, _, met) => goal.any.some(met))
export const not = goalKind('not', (goal, _, met) => !met(goal.not))
