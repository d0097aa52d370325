/** What would mend a trouble with a schema, where that is certain enough for a button. */

import { inside, isMap } from '../base/loose'
import { both } from '../base/text'
import type { Document, Fix, Path, Place } from '../yaml/document'
import { nearest } from './near'
import type { SchemaNode } from './schemas'
import { own, type Trouble } from './walk'

type Unknown = Extract<Trouble, { is: 'unknown' }>

/** The field that was meant by an unknown one: near in spelling, and not there yet. */
export function meant({ key, schema, beside }: Unknown): string | null {
  return nearest(
    key,
    Object.keys(schema.properties ?? {}).filter((name) => !Object.hasOwn(beside, name)),
  )
}

/** The neighbour that an unknown field belongs into, where exactly one has such a field. */
export function belongsIn({ key, schema, beside }: Unknown): string | null {
  const inside = Object.entries(schema.properties ?? {}).filter(([name, of]) => {
    const there = own(beside, name)
    return own(of.properties, key) !== undefined && (there === undefined || (isMap(there) && !Object.hasOwn(there, key)))
  })
  return inside.length === 1 ? (inside[0]?.[0] ?? null) : null
}

/** Whether the field belongs one step further out, as it does where the indentation is wrong. */
export const belongsOut = ({ key, above }: Unknown): boolean => own(above?.properties, key) !== undefined

const set = (at: Place, value: unknown): Fix => ({
  says: both(`Set it to ${JSON.stringify(value)}`, `改为 ${JSON.stringify(value)}`),
  changes: [{ set: at, value }],
})

/** One press that mends the trouble; undefined where several ways are as likely. */
export function fixOf(trouble: Trouble, of: Document): Fix | undefined {
  const at = { of: of.id, path: trouble.path }
  if (trouble.is === 'unknown') return unknownFix(trouble, of)
  if (trouble.is === 'enum') {
    const near = nearestValue(trouble.value, trouble.schema)
    return near === undefined ? undefined : set(at, near)
  }
  if (trouble.is === 'required') return selectorFix(trouble, of)
  if (trouble.is !== 'type') return undefined
  const value = converted(trouble.value, trouble.schema, trouble.wants)
  return value === undefined ? undefined : set(at, value)
}

/** A Deployment of old had none: it was guessed from the labels of its pods. */
function selectorFix({ key, path, beside }: Extract<Trouble, { is: 'required' }>, of: Document): Fix | undefined {
  const labels = inside(beside, 'template', 'metadata', 'labels')
  if (of.kind !== 'Deployment' || key !== 'selector' || Object.keys(labels).length === 0) return undefined
  const changes = [{ set: { of: of.id, path: [...path, key] }, value: { matchLabels: labels } }]
  return { says: both('Select the template’s labels', '按模板标签选择'), changes }
}

function unknownFix(trouble: Unknown, of: Document): Fix | undefined {
  const at = { of: of.id, path: trouble.path }
  const name = meant(trouble)
  if (name) return { says: both(`Rename it to \`${name}\``, `改名为 \`${name}\``), changes: [{ rename: at, to: name }] }
  const into = belongsIn(trouble)
  if (!into) return undefined
  const to: Path = [...trouble.path.slice(0, -1), into, trouble.key]
  return {
    says: both(`Move it into \`${into}\``, `移到 \`${into}\` 里`),
    changes: [{ remove: at }, { set: { of: of.id, path: to }, value: own(trouble.beside, trouble.key) }],
  }
}

/** An allowed value that is spelled nearly like the one that is there. */
export function nearestValue(value: unknown, schema: SchemaNode): unknown {
  const allowed = (schema.enum ?? []).filter((one): one is string => typeof one === 'string' && one !== '')
  if (typeof value === 'boolean') return undefined
  return typeof value === 'string' ? (nearest(value, allowed) ?? undefined) : undefined
}

/** The value in the form that the schema wants; undefined where that is a guess. */
function converted(value: unknown, schema: SchemaNode, wants: readonly string[]): unknown {
  if (wants.includes('array') && value !== null && !Array.isArray(value)) return fitsItem(value, schema.items) ? [value] : undefined
  if (wants.includes('integer') && typeof value === 'string' && /^-?\d{1,15}$/.test(value.trim())) return Number(value)
  if (wants.includes('number') && typeof value === 'string' && /^-?\d{1,15}(?:\.\d+)?$/.test(value.trim())) return Number(value)
  if (wants.includes('boolean') && (value === 'true' || value === 'false')) return value === 'true'
  if (wants.includes('string') && (typeof value === 'number' || typeof value === 'boolean')) return String(value)
  if (wants.includes('object') && Array.isArray(value) && value.length === 1 && isMap(value[0])) return value[0]
  return undefined
}

function fitsItem(value: unknown, items: SchemaNode | undefined): boolean {
  const types = typeof items?.type === 'string' ? [items.type] : (items?.type ?? [])
  return types.includes(isMap(value) ? 'object' : Number.isInteger(value) ? 'integer' : typeof value)
}
