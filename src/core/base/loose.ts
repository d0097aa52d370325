import type { Labels } from './labels'

const units: Record<string, number> = { h: 3600, m: 60, s: 1, ms: 0.001, us: 0.000001, ns: 0.000000001 }

const nothing: Loose = Object.freeze({})

export type Loose = Readonly<Record<string, unknown>>

export const isMap = (value: unknown): value is Loose => typeof value === 'object' && value !== null && !Array.isArray(value)

export const asMap = (value: unknown): Loose => (isMap(value) ? value : nothing)

export const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

export const asText = (value: unknown, otherwise = ''): string => (typeof value === 'string' && value !== '' ? value : otherwise)

export const asTexts = (value: unknown): string[] => asList(value).filter((item): item is string => typeof item === 'string')

export const asNumber = (value: unknown): number | null => (typeof value === 'number' && Number.isFinite(value) ? value : null)

export const asFlag = (value: unknown): boolean => value === true

export const has = (map: Loose, key: string): boolean => Object.hasOwn(map, key) && map[key] !== null && map[key] !== undefined

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
  for (const [, number, unit] of text.matchAll(/(\d+(?:\.\d+)?)(h|ms|m|s|us|ns)/g)) seconds += Number(number) * (units[unit as string] ?? 0)
  return seconds
}
