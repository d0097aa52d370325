/** A field's value as it is typed in one line, and back. Pure. */
import type { ServicePort } from '../../core/model/design'
import { type Complaint, type Field } from '../../core/model/field'

export function printed(field: Field, value: unknown): string {
  if (value === undefined || value === null) return ''
  if (field.type === 'ports') return (value as ServicePort[]).map((port) => `${port.number}:${port.targetPort}`).join(', ')
  if (field.type === 'labels')
    return Object.entries(value as Record<string, string>)
      .map(([key, entry]) => `${key}=${entry}`)
      .join(', ')
  if (field.type === 'list') return (value as string[]).join(', ')
  return String(value)
}

export const isListed = (field: Field): boolean => field.type === 'list' || field.type === 'labels' || field.type === 'ports'

/** The entries of a typed line: one for a plain field, else what commas and spaces separate. */
export function entries(field: Field, typed: string): string[] {
  if (!isListed(field)) return [typed]
  return typed.split(/[\s,，、]+/).filter((entry) => entry !== '')
}

/** The value that a typed line means; null if it cannot be kept, such as a label without "=". */
export function parsed(field: Field, typed: string): { value: unknown } | null {
  const all = entries(field, typed)
  if (field.type === 'list') return { value: all }
  if (field.type === 'number') return typed === '' ? { value: undefined } : /^\d{1,7}$/.test(typed) ? { value: Number(typed) } : null
  if (field.type === 'labels') {
    if (all.some((entry) => !/^[^=]+=[^=]*$/.test(entry))) return null
    return { value: Object.fromEntries(all.map((entry) => entry.split('='))) }
  }
  if (field.type === 'ports') {
    if (all.some((entry) => field.check?.(entry))) return null
    return { value: all.map((entry) => ({ number: Number(entry.split(':')[0]), targetPort: Number(entry.split(':')[1] ?? entry) })) }
  }
  return { value: typed }
}

export interface Trouble extends Complaint {
  entry: string
}

/** What is wrong with each entry of a typed line. An empty line is wrong only where something must be. */
export function troubles(field: Field, typed: string, must: boolean): Trouble[] {
  if (!field.check || (typed === '' && !must)) return []
  return entries(field, typed).flatMap((entry) => {
    const complaint = field.check?.(entry)
    return complaint ? [{ ...complaint, entry }] : []
  })
}

/** The typed line with one entry put right. */
export const repaired = (field: Field, typed: string, entry: string, offer: string): string =>
  isListed(field)
    ? entries(field, typed)
        .map((one) => (one === entry ? offer : one))
        .join(', ')
    : offer
