/** `key=value` words, by the fields that a kind has. */

import { both } from '../../base/text'
import type { ServicePort } from '../design'
import { type Field, shown } from '../field'
import { complained, type Report, type Word, wrong } from './words'

type Value = string | string[] | boolean | ServicePort[] | Record<string, string>

/** Reads each word as a field; null if one is wrong, after it was told. */
export function readValues(said: readonly Word[], fields: readonly Field[], report: Report): Record<string, Value> | null {
  const values: Record<string, Value> = {}
  let sound = true
  for (const word of said) {
    const value = readValue(word, fields, report)
    if (value === null) sound = false
    else if (value.id in values) {
      report(wrong(word, both(`${value.id} appears twice here.`, `${value.id} 在此出现了两次。`)))
      sound = false
    } else values[value.id] = value.value
  }
  return sound ? values : null
}

function readValue(word: Word, fields: readonly Field[], report: Report): { id: string; value: Value } | null {
  const equals = word.text.indexOf('=')
  const key = equals === -1 ? word.text : word.text.slice(0, equals)
  const text = equals === -1 ? null : word.text.slice(equals + 1)
  const field = fields.find((candidate) => candidate.id.toLowerCase() === key.toLowerCase())
  const known = fields.map((candidate) => candidate.id).join(', ')
  if (!field) {
    report(
      wrong(
        word,
        fields.length === 0
          ? both(`"${shown(key)}": nothing belongs here.`, `“${shown(key)}”：这里不应有内容。`)
          : both(`"${shown(key)}" is unknown here; known are ${known}.`, `这里不认识“${shown(key)}”；可用的有 ${known}。`),
      ),
    )
    return null
  }
  if (field.type === 'flag') {
    if (text === null || /^(true|yes)$/i.test(text)) return { id: field.id, value: true }
    if (/^(false|no)$/i.test(text)) return { id: field.id, value: false }
    report(wrong(word, both(`${field.id} is true or false.`, `${field.id} 只能是 true 或 false。`)))
    return null
  }
  if (text === null || text === '') {
    report(wrong(word, both(`${field.id} needs a value: ${field.id}=...`, `${field.id} 需要一个值：${field.id}=...`)))
    return null
  }
  const parts =
    field.type === 'list' || field.type === 'labels' || field.type === 'ports' ? text.split(',').filter((part) => part !== '') : [text]
  if (field.choices) return readChoice(word, text, field, field.choices, report)
  for (const part of parts) {
    const complaint = field.check?.(part)
    if (!complaint) continue
    report(wrong(word, complained(complaint)))
    return null
  }
  return { id: field.id, value: valueOf(field, parts) }
}

function readChoice(
  word: Word,
  text: string,
  field: Field,
  choices: readonly string[],
  report: Report,
): { id: string; value: string } | null {
  const choice = choices.find((candidate) => candidate === text.toUpperCase())
  if (choice !== undefined) return { id: field.id, value: choice }
  report(wrong(word, both(`"${shown(text)}" is none of ${choices.join(', ')}.`, `“${shown(text)}”不在 ${choices.join('、')} 之中。`)))
  return null
}

function valueOf(field: Field, parts: readonly string[]): Value {
  if (field.type === 'list') return [...parts]
  if (field.type === 'labels')
    return Object.fromEntries(parts.map((part) => [part.slice(0, part.indexOf('=')), part.slice(part.indexOf('=') + 1)]))
  if (field.type !== 'ports') return parts[0] as string
  return parts.map((part) => {
    const [number, targetPort = number] = part.split(':').map(Number)
    return { number: number as number, targetPort: targetPort as number }
  })
}

/** The other way: a field's value as the text behind `key=`; true alone is the key; null: nothing to write. */
export function valueText(value: unknown): string | true | null {
  if (value === undefined || value === '' || value === false) return null
  if (value === true) return true
  if (Array.isArray(value))
    return value.length === 0
      ? null
      : value.map((part) => (typeof part === 'object' ? `${part.number}:${part.targetPort}` : String(part))).join(',')
  if (typeof value === 'object' && value !== null)
    return (
      Object.entries(value)
        .map(([key, part]) => `${key}=${part}`)
        .join(',') || null
    )
  return String(value)
}
