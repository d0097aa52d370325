/** The way down a schema along a path, and what completion and hover read there. */

import type { SchemaNode } from '../core/schema/schemas'
import type { Path } from '../core/yaml/document'

export type { SchemaNode } from '../core/schema/schemas'

/** The schema of a kind; undefined where none ships. */
export type SchemaOf = (apiVersion: string, kind: string) => SchemaNode | undefined

const own = <T>(of: Readonly<Record<string, T>> | undefined, key: string): T | undefined =>
  of && Object.hasOwn(of, key) ? of[key] : undefined

/** The schema at a path; undefined where the path leaves the schema. */
export function schemaAt(schema: SchemaNode | undefined, path: Path): SchemaNode | undefined {
  let at = schema
  for (const part of path) {
    if (!at) return undefined
    if (typeof part === 'number') at = at.items
    else at = own(at.properties, part) ?? (typeof at.additionalProperties === 'object' ? at.additionalProperties : undefined)
  }
  return at
}

export function isRequired(schema: SchemaNode | undefined, path: Path): boolean {
  const last = path.at(-1)
  return typeof last === 'string' && schemaAt(schema, path.slice(0, -1))?.required?.includes(last) === true
}

const types = (of: SchemaNode): readonly string[] =>
  (typeof of.type === 'string' ? [of.type] : (of.type ?? [])).filter((one) => one !== 'null')
export const isList = (of: SchemaNode | undefined): boolean => !!of && (types(of).includes('array') || of.items !== undefined)
export const isMap = (of: SchemaNode | undefined): boolean => !!of && (types(of).includes('object') || of.properties !== undefined)

/** The only value that may be there, such as the `kind` of a document whose kind is known. */
export const onlyValue = (of: SchemaNode): unknown => (of.enum?.length === 1 ? of.enum[0] : undefined)

/** `string`, `integer | string`, `[]object`. */
export function typeWord(of: SchemaNode): string {
  if (isList(of)) return `[]${of.items ? typeWord(of.items) : 'any'}`
  if (of['x-kubernetes-int-or-string']) return 'integer | string'
  return types(of).join(' | ') || (of.properties ? 'object' : 'any')
}
