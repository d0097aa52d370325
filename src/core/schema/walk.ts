/** Walks an object along its schema and tells where the two part, as the API server does. */

import { isMap } from '../base/loose'
import type { Path } from '../yaml/document'
import { goPattern, obeys } from './cel'
import { formats } from './formats'
import type { SchemaNode } from './schemas'

export type Trouble =
  | { is: 'unknown'; path: Path; key: string; schema: SchemaNode; beside: Readonly<Record<string, unknown>>; above: SchemaNode | null }
  | { is: 'required'; path: Path; key: string; schema: SchemaNode; beside: Readonly<Record<string, unknown>> }
  | { is: 'type'; path: Path; value: unknown; schema: SchemaNode; wants: readonly string[] }
  | { is: 'enum'; path: Path; value: unknown; schema: SchemaNode }
  | { is: 'least' | 'most'; path: Path; size: number; limit: number; schema: SchemaNode; exclusive: boolean }
  | { is: 'short' | 'long' | 'few' | 'many'; path: Path; size: number; limit: number; schema: SchemaNode; exclusive?: undefined }
  | { is: 'pattern' | 'format'; path: Path; value: string; schema: SchemaNode }
  /** Of several fields at most one may be there. */
  | { is: 'one-of'; path: Path; fields: readonly string[]; schema: SchemaNode }
  | { is: 'form'; path: Path; schema: SchemaNode }
  | { is: 'twice'; path: Path; keys: readonly string[]; value: unknown; schema: SchemaNode }
  | { is: 'rule'; path: Path; rule: string; message: string; zh?: string; value: unknown; schema: SchemaNode }

export const own = <T>(of: Readonly<Record<string, T>> | undefined, key: string): T | undefined =>
  of && Object.hasOwn(of, key) ? of[key] : undefined

interface Walk {
  troubles: Trouble[]
}

/** All troubles of a value with its schema, in the order of the schema's own parts. Rules are asked only of what has the right form. */
export function troublesOf(value: unknown, schema: SchemaNode, native = false): Trouble[] {
  const walk: Walk = { troubles: [] }
  const left = native ? asGoReads(value, schema) : withoutNulls(value, schema)
  visit(walk, withDefaults(left, schema), schema, [], null)
  return walk.troubles
}

const empty: Readonly<Record<string, unknown>> = { string: '', integer: 0, number: 0, boolean: false, object: {}, array: [] }

/** To Go's own types a null or an empty text is what is not written: no field; and a null in a list or a map what its type begins with. */
function asGoReads(value: unknown, schema: SchemaNode | undefined): unknown {
  const zero = (of: SchemaNode | undefined) => (of?.format === 'quantity' ? '0' : (empty[[of?.type ?? []].flat()[0] ?? ''] ?? null))
  const read = (part: unknown, of: SchemaNode | undefined) => (part === null ? zero(of) : asGoReads(part, of))
  if (Array.isArray(value)) return value.map((item) => read(item, schema?.items))
  if (!isMap(value) || !schema) return value
  const entries = Object.entries(value).filter(([key, part]) => {
    const named = own(schema.properties, key)
    return !named || (part !== null && !(part === '' && named.type === 'string' && !named.minLength))
  })
  return Object.fromEntries(entries.map(([key, part]) => [key, read(part, fieldSchema(schema, key))]))
}

/**
 * The API server first drops each null that its field does not allow and that no default replaces; of a list's items none (Kubernetes
 * apiextensions-apiserver, `defaulting/prunenulls.go`). What has none in it stays the same object.
 */
function withoutNulls(value: unknown, schema: SchemaNode | undefined): unknown {
  if (Array.isArray(value)) {
    const left = value.map((item) => withoutNulls(item, schema?.items))
    return left.every((item, index) => item === value[index]) ? value : left
  }
  if (!isMap(value)) return value
  let left: Record<string, unknown> | null = null
  for (const [key, part] of Object.entries(value)) {
    const of = fieldSchema(schema, key)
    const drops = part === null && of !== undefined && !of.nullable && of.default === undefined
    const full = drops ? undefined : withoutNulls(part, of)
    if (full === part) continue
    left ??= { ...value }
    if (drops) delete left[key]
    else left[key] = full
  }
  return left ?? value
}

/** Where a map of free names has a null: the name is dropped with it, so that a selector, say, asks less than it seems to. */
export function* droppedEntries(value: unknown, schema: SchemaNode | undefined, path: Path = []): Generator<Path> {
  if (Array.isArray(value)) for (const [index, item] of value.entries()) yield* droppedEntries(item, schema?.items, [...path, index])
  if (!isMap(value) || !schema) return
  const free = typeof schema.additionalProperties === 'object' ? schema.additionalProperties : null
  for (const [key, part] of Object.entries(value)) {
    const named = own(schema.properties, key)
    if (part === null && !named && free && !free.nullable) yield [...path, key]
    else yield* droppedEntries(part, named ?? free ?? undefined, [...path, key])
  }
}

function fieldSchema({ properties, additionalProperties }: SchemaNode = {}, key: string): SchemaNode | undefined {
  const of = own(properties, key)
  return of ?? (typeof additionalProperties === 'object' ? additionalProperties : undefined)
}

/** The API server fills in defaults before it asks its rules; what has none in it stays the same object. */
function withDefaults(value: unknown, schema: SchemaNode): unknown {
  if (Array.isArray(value)) {
    const { items } = schema
    if (!items) return value
    const filled = value.map((item) => withDefaults(item, items))
    return filled.every((item, index) => item === value[index]) ? value : filled
  }
  if (!isMap(value)) return value
  let filled = value
  for (const [key, of] of Object.entries(schema.properties ?? {})) {
    const there = Object.hasOwn(value, key) && !(value[key] === null && of.default !== undefined && !of.nullable)
    const part = there ? value[key] : of.default
    const full = part === undefined ? undefined : withDefaults(part, of)
    if (full !== undefined && full !== own(value, key)) filled = { ...filled, [key]: full }
  }
  return filled
}

function visit(walk: Walk, value: unknown, schema: SchemaNode, path: Path, above: SchemaNode | null): void {
  const before = walk.troubles.length
  if (value === null && schema.nullable) return
  const wants = typeof schema.type === 'string' ? [schema.type] : (schema.type ?? [])
  if (wants.length > 0 && !wants.some((type) => hasType(value, type))) {
    walk.troubles.push({ is: 'type', path, value, schema, wants })
    return
  }
  if (schema.enum && !schema.enum.includes(value)) walk.troubles.push({ is: 'enum', path, value, schema })
  if (typeof value === 'number') number(walk, value, schema, path)
  if (typeof value === 'string') text(walk, value, schema, path)
  if (Array.isArray(value)) list(walk, value, schema, path)
  if (isMap(value)) map(walk, value, schema, path, above)
  forms(walk, value, schema, path)
  if (walk.troubles.length === before) rules(walk, value, schema, path)
}

function hasType(value: unknown, type: string): boolean {
  if (type === 'integer') return Number.isInteger(value)
  if (type === 'object') return isMap(value)
  if (type === 'array') return Array.isArray(value)
  if (type === 'null') return value === null
  return typeof value === type
}

/** Ranges of whole numbers by their size in memory. */
const sizes: Record<string, readonly [number, number]> = { int32: [-(2 ** 31), 2 ** 31 - 1] }

function number(walk: Walk, value: number, schema: SchemaNode, path: Path): void {
  const [low, high] = sizes[schema.format ?? ''] ?? [-Infinity, Infinity]
  const least = Math.max(schema.minimum ?? -Infinity, low)
  const most = Math.min(schema.maximum ?? Infinity, high)
  const { exclusiveMinimum = false, exclusiveMaximum = false } = schema
  if (value < least || (exclusiveMinimum && value === least))
    walk.troubles.push({ is: 'least', path, size: value, limit: least, schema, exclusive: exclusiveMinimum })
  if (value > most || (exclusiveMaximum && value === most))
    walk.troubles.push({ is: 'most', path, size: value, limit: most, schema, exclusive: exclusiveMaximum })
}

function text(walk: Walk, value: string, schema: SchemaNode, path: Path): void {
  const size = [...value].length
  const { minLength, maxLength, pattern, format } = schema
  if (minLength !== undefined && size < minLength) walk.troubles.push({ is: 'short', path, size, limit: minLength, schema })
  if (maxLength !== undefined && size > maxLength) walk.troubles.push({ is: 'long', path, size, limit: maxLength, schema })
  if (pattern !== undefined && !patternOf(pattern).test(value)) walk.troubles.push({ is: 'pattern', path, value, schema })
  const form = own(formats, format ?? '')
  if (form && !form.fits(value)) walk.troubles.push({ is: 'format', path, value, schema })
}

const patterns = new Map<string, RegExp>()

function patternOf(pattern: string): RegExp {
  const known = patterns.get(pattern) ?? goPattern(pattern)
  patterns.set(pattern, known)
  return known
}

function list(walk: Walk, value: readonly unknown[], schema: SchemaNode, path: Path): void {
  const { minItems, maxItems, items } = schema
  if (minItems !== undefined && value.length < minItems)
    walk.troubles.push({ is: 'few', path, size: value.length, limit: minItems, schema })
  if (maxItems !== undefined && value.length > maxItems)
    walk.troubles.push({ is: 'many', path, size: value.length, limit: maxItems, schema })
  unlike(walk, value, schema, path)
  if (items) for (const [index, item] of value.entries()) visit(walk, item, items, [...path, index], schema)
}

/** Entries of some lists are told apart by a few of their fields; those of a set by their value. */
function unlike(walk: Walk, value: readonly unknown[], schema: SchemaNode, path: Path): void {
  const kind = schema['x-kubernetes-list-type']
  const keys = kind === 'map' ? (schema['x-kubernetes-list-map-keys'] ?? []) : []
  if (kind !== 'map' && kind !== 'set') return
  const seen = new Set<string>()
  for (const [index, item] of value.entries()) {
    const name = JSON.stringify(kind === 'set' ? item : keys.map((key) => (isMap(item) ? (own(item, key) ?? null) : null)))
    if (seen.has(name)) walk.troubles.push({ is: 'twice', path: [...path, index], keys, value: item, schema })
    seen.add(name)
  }
}

function map(walk: Walk, value: Readonly<Record<string, unknown>>, schema: SchemaNode, path: Path, above: SchemaNode | null): void {
  const { properties, additionalProperties, propertyNames, minProperties, maxProperties } = schema
  const size = Object.keys(value).length
  for (const key of schema.required ?? [])
    if (!Object.hasOwn(value, key)) walk.troubles.push({ is: 'required', path, key, schema, beside: value })
  if (minProperties !== undefined && size < minProperties) walk.troubles.push({ is: 'few', path, size, limit: minProperties, schema })
  if (maxProperties !== undefined && size > maxProperties) walk.troubles.push({ is: 'many', path, size, limit: maxProperties, schema })
  for (const [key, part] of Object.entries(value)) {
    const of = own(properties, key)
    if (propertyNames) text(walk, key, propertyNames, [...path, key])
    if (of) visit(walk, part, of, [...path, key], schema)
    else if (typeof additionalProperties === 'object') visit(walk, part, additionalProperties, [...path, key], schema)
    else if (additionalProperties === false && !schema['x-kubernetes-preserve-unknown-fields'])
      walk.troubles.push({ is: 'unknown', path: [...path, key], key, schema, beside: value, above })
  }
}

/** Whether a value fits the bare conditions of an alternative: which fields are there, and what they say. */
function fits(value: unknown, schema: SchemaNode): boolean {
  const inner = troublesOf(value, { ...schema, additionalProperties: undefined })
  return inner.length === 0
}

function forms(walk: Walk, value: unknown, schema: SchemaNode, path: Path): void {
  for (const part of schema.allOf ?? []) forms(walk, value, part, path)
  if (schema.oneOf && schema.oneOf.filter((one) => fits(value, one)).length !== 1) {
    const named = schema.oneOf.flatMap((one) => one.required ?? [])
    const there = named.filter((key) => isMap(value) && Object.hasOwn(value, key))
    walk.troubles.push(there.length > 1 ? { is: 'one-of', path, fields: there, schema } : { is: 'form', path, schema })
  }
  if (schema.anyOf && !schema.anyOf.some((one) => fits(value, one))) walk.troubles.push({ is: 'form', path, schema })
  if (schema.not && fits(value, schema.not)) walk.troubles.push({ is: 'form', path, schema })
}

function rules(walk: Walk, value: unknown, schema: SchemaNode, path: Path): void {
  for (const { rule, message = '', zh } of schema['x-kubernetes-validations'] ?? [])
    if (!obeys(rule, value)) walk.troubles.push({ is: 'rule', path, rule, message, zh, value, schema })
}
