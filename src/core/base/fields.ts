/** Looking into objects as they are written: whatever is not of the expected kind counts as left out, nothing throws. */

export type Fields = Readonly<Record<string, unknown>>

const none: Fields = Object.freeze({})

/** A mapping, or an empty one. */
export const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : none

/** The value of a field, and never one that every object has by birth, such as `constructor`. */
export const field = (of: unknown, name: string): unknown => {
  const fields = fieldsOf(of)
  return Object.hasOwn(fields, name) ? fields[name] : undefined
}

/** A mapping below a field. */
export const inside = (of: unknown, ...names: readonly string[]): Fields =>
  fieldsOf(names.reduce<unknown>((value, name) => field(value, name), of))

/** A list, or an empty one. */
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

/** The entries of a list field, each with its place in the list. */
export const entriesOf = (of: unknown, name: string): readonly (readonly [number, unknown])[] =>
  listOf(field(of, name)).map((value, index) => [index, value] as const)

/** Texts in a list field; what is no text is left out. */
export const textsOf = (of: unknown, name: string): readonly string[] =>
  listOf(field(of, name)).filter((value): value is string => typeof value === 'string')

/** A text field; empty where it is left out, as in Istio's own types. */
export const textOf = (of: unknown, name: string): string => {
  const value = field(of, name)
  return typeof value === 'string' ? value : ''
}

/** A number field; 0 where it is left out, as in Istio's own types. */
export const numberOf = (of: unknown, name: string): number => {
  const value = field(of, name)
  return typeof value === 'number' ? value : 0
}

/** Whether a field is written at all, and not as null. */
export const has = (of: unknown, name: string): boolean => field(of, name) !== undefined && field(of, name) !== null

/** Whether a field says something: a text that is not empty, a list with entries. */
export const filled = (of: unknown, name: string): boolean => textOf(of, name) !== '' || listOf(field(of, name)).length > 0
