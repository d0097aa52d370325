import type { Id } from '../base/id'
import type { Text } from '../base/text'
import type { Fix, Place, Span } from './document'

export type Level = 'error' | 'warning' | 'info'

/** Who says it: the reader of YAML, the schemas of the CRDs, a rule, the trace of a request, or the check of the drawing. */
export type Source = 'yaml' | 'schema' | 'rule' | 'trace' | 'design'

/** One problem: which rule says it, how bad it is, what to read, and where it is. */
export interface Finding {
  rule: string
  level: Level
  by: Source
  says: Text
  /** The node or hop it is about; null where none is known. */
  on: Id | null
  /** The field of that node or hop, as the kind's `fields` name it. */
  field?: string
  /** A value that would be right, for a button that sets it. */
  offer?: string
  /** The part of the text it is about. */
  at?: Place
  /** Where no object could be read: the span itself. */
  span?: Span
  fix?: Fix
  /** The object lacks something that every object has: it can be read all the same. */
  lacks?: true
}

/** A finding of the drawing. */
export const finding = (rule: string, level: Level, on: Id | null, says: Text, more: Partial<Finding> = {}): Finding => ({
  rule,
  level,
  by: 'design',
  says,
  on,
  ...more,
})

/** A finding of the text. */
export const found = (by: Source, rule: string, level: Level, at: Place, says: Text, fix?: Fix): Finding => ({
  rule,
  level,
  by,
  says,
  on: null,
  at,
  ...(fix && { fix }),
})
