/** Looking into objects as they are written: what is not of the expected kind counts as left out, and nothing throws. */

import type { Labels } from './labels'

const units: Record<string, number> = { h: 3600, m: 60, s: 1, ms: 0.001, us: 0.000001, ns: 0.000000001 }

const nothing: Loose = Object.freeze({})

export type Loose = Readonly<Record<string, unknown>>

export const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const asMap = (value: unknown): Loose => (isMap(value) ? value : nothing)

export const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

export const asText = (value: unknown, otherwise = ''): string => (typeof value === 'string' && value !== '' ? value : otherwise)

export const asTexts = (value: unknown): string[] => asList(value).filter((item): item is string => typeof item === 'string')

export const asNumber = (value: unknown): number | null => (typeof value === 'number' && Number.isFinite(value) ? value : null)

export const asFlag = (value: unknown): boolean => value === true

/** The value of a field, and never one that every object has by birth, such as `constructor`. */
export const field = (of: unknown, name: string): unknown => {
  const map = asMap(of)
  return Object.hasOwn(map, name) ? map[name] : undefined
}

/** A mapping below a field. */
export const inside = (of: unknown, ...names: readonly string[]): Loose =>
  asMap(names.reduce<unknown>((value, name) => field(value, name), of))

/** The items of a list field, each with its place in the list. */
export const itemsOf = (of: unknown, name: string): readonly (readonly [number, unknown])[] =>
  asList(field(of, name)).map((value, index) => [index, value] as const)

/** Texts in a list field; what is no text is left out. */
export const textsOf = (of: unknown, name: string): readonly string[] => asTexts(field(of, name))

/** A text field; empty where it is left out, as in Istio's own types. */
export const textOf = (of: unknown, name: string): string => asText(field(of, name))

/** A number field; 0 where it is left out, as in Istio's own types. */
export const numberOf = (of: unknown, name: string): number => {
  const value = field(of, name)
  return typeof value === 'number' ? value : 0
}

/** Whether a field is written at all, and not as null. */
export const has = (of: unknown, name: string): boolean => field(of, name) !== undefined && field(of, name) !== null

/** Whether a field says something: a text that is not empty, a list with entries. */
export const filled = (of: unknown, name: string): boolean => textOf(of, name) !== '' || asList(field(of, name)).length > 0

/** Entries of a map; of anything else none. */
export const entriesOf = (value: unknown): [string, unknown][] => Object.entries(asMap(value))

export const asLabels = (value: unknown): Labels =>
  Object.fromEntries(entriesOf(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'))

/** One of the words that a field knows; an unknown one counts as not written. */
export function asOneOf<T extends string>(value: unknown, words: readonly T[], otherwise: T): T {
  return words.includes(value as T) ? (value as T) : otherwise
}

/** A duration such as `1m30s`, in seconds. */
export function asDuration(value: unknown): number | null {
  const text = asText(value)
  if (!/^(\d+(\.\d+)?(h|ms|m|s|us|ns))+$/.test(text)) return null
  let seconds = 0
  for (const [, number, unit] of text.matchAll(/(\d+(?:\.\d+)?)(h|ms|m|s|us|ns)/gy))
    seconds += Number(number) * (units[unit as string] ?? 0)
  return seconds
}
