import type { Goal } from '../kind'
import type { Understood } from '../understood'

/** Goals of one kind: those that have the key `key`. */
export interface GoalKind {
  key: string
  /** Whether it holds. `met` asks a goal within this one. */
  holds(goal: Goal, of: Understood, met: (goal: Goal) => boolean): boolean
}

/** A kind for the goals that have this key. */
export const goalKind = <K extends string>(
  key: K,
  holds: (goal: Extract<Goal, Record<K, unknown>>, of: Understood, met: (goal: Goal) => boolean) => boolean,
): GoalKind => ({ key, holds: holds as GoalKind['holds'] })
