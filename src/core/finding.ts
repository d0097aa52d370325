import type { Id } from './design'
import type { Text } from './text'

export type Level = 'error' | 'warning' | 'info'

/** One problem: which rule says it, how bad it is, what to read, and where it is. */
export interface Finding {
  rule: string
  level: Level
  says: Text
  /** The node or hop it is about; null for the design as a whole. */
  on: Id | null
  /** The field of that node or hop, as the kind's `fields` name it. */
  field?: string
  /** A value that would be right, for a button that sets it. */
  offer?: string
}

/** A finding, in the order in which one reads it. */
export const finding = (rule: string, level: Level, on: Id | null, says: Text, more: Partial<Finding> = {}): Finding => ({
  rule,
  level,
  on,
  says,
  ...more,
})
