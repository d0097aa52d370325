/** The parts of a JSON Schema that completion and hover read, and the way down it along a path. */
import type { Path } from '../core/document'

export interface SchemaNode {
  type?: string | readonly string[]
  description?: string
  properties?: Readonly<Record<string, SchemaNode>>
  additionalProperties?: boolean | SchemaNode
  required?: readonly string[]
  items?: SchemaNode
  enum?: readonly unknown[]
  const?: unknown
  default?: unknown
  format?: string
  pattern?: string
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  minItems?: number
  maxItems?: number
}

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

/** `string`, `integer | string`, `[]object`. */
export function typeWord(of: SchemaNode): string {
  if (of.const !== undefined) return JSON.stringify(of.const)
  if (isList(of)) return `[]${of.items ? typeWord(of.items) : 'any'}`
  return types(of).join(' | ') || (of.properties ? 'object' : 'any')
}
