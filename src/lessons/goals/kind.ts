import type { GenericSchema } from 'valibot'
import type { Goal } from '../kind'
import type { Understood } from '../understood'

/** What forms of goals are made of. It is handed in, so that a lesson that ships loads no valibot. */
export interface Forms {
  v: typeof import('valibot')
  /** A text that is not empty. */
  text: GenericSchema<unknown, string>
  /** A whole number. */
  number: GenericSchema<unknown, number>
  asks: GenericSchema
  /** A goal within this one. */
  goal: GenericSchema<unknown, Goal>
}

/** Goals of one kind: those that have the key `key`. */
export interface GoalKind {
  key: string
  /** How a lesson file writes it; fields that it does not know are refused. */
  form(forms: Forms): GenericSchema
  /** Whether it holds. `met` asks a goal within this one. */
  holds(goal: Goal, of: Understood, met: (goal: Goal) => boolean): boolean
}

/** A kind for the goals that have this key. */
export const goalKind = <K extends string>(
  key: K,
  form: GoalKind['form'],
  holds: (goal: Extract<Goal, Record<K, unknown>>, of: Understood, met: (goal: Goal) => boolean) => boolean,
): GoalKind => ({ key, form, holds: holds as GoalKind['holds'] })
