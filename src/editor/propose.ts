/** What could be typed at a cursor: keys of the schema with the required first, values of enums, values that the text knows. Pure. */

import type { Text } from '../core/base/text'
import type { Path } from '../core/yaml/document'
import type { Cursor } from './cursor'
import { type Known, knownWord, valuesFor } from './known'
import { isList, isMap, onlyValue, type SchemaNode, type SchemaOf, schemaAt, typeWord } from './schema-node'
import { type Snippet, snippets } from './snippets'

export interface Proposal {
  label: string
  is: 'key' | 'required' | 'enum' | 'known' | 'document'
  /** As Monaco's snippets are written: `$1`, `$0`. */
  insert: string
  /** Beside the label: a type, or where a value is known from. */
  detail: Text
  /** From the schema, in its own language; or ours. */
  docs: Text
}

const plain = (word: string): Text => ({ en: word, zh: word })
const none = plain('')

/** Proposals in the order in which they are to be. */
export function propose(cursor: Cursor, schemaOf: SchemaOf, known: Known, beside: (key: string) => string | undefined): Proposal[] {
  const schema = schemaOf(cursor.apiVersion, cursor.kind)
  if (cursor.at === 'key' && cursor.path.length === 0) return atTop(cursor, schema)
  const here = schemaAt(schema, cursor.path)
  if (cursor.at === 'value') return valuesAt(cursor.path, here, known, beside)
  if (isList(here)) return entryOf(here as SchemaNode)
  const keys = isMap(here) ? keysOf(here as SchemaNode, cursor) : []
  return keys.length > 0 ? keys : valuesAt(cursor.path, here, known, beside)
}

/** The kinds that have documents of their own, as a value of `kind`. */
export const kindsOffered: readonly { apiVersion: string; kind: string }[] = snippets.map(({ apiVersion, kind }) => ({ apiVersion, kind }))

function atTop(cursor: Cursor, schema: SchemaNode | undefined): Proposal[] {
  const whole = cursor.present.length === 0 ? snippets.map(asDocument) : []
  const fields = schema ?? { properties: { apiVersion: {}, kind: {}, metadata: { type: 'object' }, spec: { type: 'object' } } }
  return [...keysOf(fields, cursor), ...whole]
}

const asDocument = ({ kind, title, text }: Snippet): Proposal => ({
  label: kind,
  is: 'document',
  insert: text,
  detail: title,
  docs: plain(`\`\`\`yaml\n${text.replace(/\$\{\d+:([^{}]*)\}/g, '$1').replace(/\$\d+/g, '')}\`\`\``),
})

function keysOf(schema: SchemaNode, { path, present, colon, column, indent }: Cursor): Proposal[] {
  const there = new Set(present)
  const required = new Set(schema.required)
  const all = schema.properties ?? {}
  const ordered = [...new Set([...required, ...Object.keys(all)])].filter(
    (key) => Object.hasOwn(all, key) && !there.has(key) && !(key === 'status' && path.length === 0),
  )
  return ordered
    .map((key) => [key, all[key] as SchemaNode] as const)
    .map(([key, of]) => ({
      label: key,
      is: required.has(key) ? 'required' : 'key',
      insert: colon ? key : `${key}:${behind(of, column - indent)}`,
      detail: plain(typeWord(of)),
      docs: plain(of.description ?? ''),
    }))
}

/** What follows a key: a map goes on below, a list with its first dash, a word on the same line. Monaco indents each line as the first is. */
function behind(of: SchemaNode, further: number): string {
  const pad = ' '.repeat(further)
  const only = onlyValue(of)
  if (only !== undefined) return ` ${String(only)}`
  if (isList(of)) return `\n${pad}- $0`
  if (isMap(of)) return `\n${pad}  $0`
  return ' $0'
}

function entryOf(list: SchemaNode): Proposal[] {
  const entry = list.items
  if (!entry) return []
  if (entry.enum)
    return entry.enum.map((value) => ({ label: `- ${String(value)}`, is: 'enum', insert: `- ${String(value)}`, detail: none, docs: none }))
  const first = entry.required?.[0] ?? Object.keys(entry.properties ?? {})[0]
  return [
    {
      label: first && isMap(entry) ? `- ${first}` : '-',
      is: 'key',
      insert: first && isMap(entry) ? `- ${first}: $0` : '- $0',
      detail: plain(typeWord(entry)),
      docs: plain(list.description ?? ''),
    },
  ]
}

function valuesAt(path: Path, here: SchemaNode | undefined, known: Known, beside: (key: string) => string | undefined): Proposal[] {
  if (path.length === 1 && path[0] === 'kind') return kindsOffered.map(({ kind, apiVersion }) => valueOf(kind, 'enum', plain(apiVersion)))
  if (path.length === 1 && path[0] === 'apiVersion') {
    const versions = [...new Set(kindsOffered.map(({ apiVersion }) => apiVersion))]
    const wanted = beside('kind')
    const fits = versions.filter((version) => kindsOffered.some((one) => one.kind === wanted && one.apiVersion === version))
    return (fits.length > 0 ? fits : versions).map((version) => valueOf(version, 'enum', none))
  }
  const enums = (here?.enum ?? [])

    .filter((value) => value !== null && value !== '')
    .map((value) => valueOf(String(value), 'enum', none, aboutValue(here, String(value))))
  const flags = here?.type === 'boolean' ? ['true', 'false'].map((value) => valueOf(value, 'enum', none)) : []
  return [...enums, ...flags, ...valuesFor(known, path, beside).map((one) => valueOf(one.value, 'known', knownWord(one)))]
}

const valueOf = (value: string, is: Proposal['is'], detail: Text, docs: Text = none): Proposal => ({
  label: value,
  is,
  insert: quoted(value),
  detail,
  docs,
})

/** A value that YAML would read as something else, `*` for example, is in quotes; a `$` is no place of a snippet. */
const quoted = (value: string): string => (/^[*&!|>%@`{["'#?-]|^\.?$|: | #/.test(value) ? `"${value}"` : value).replaceAll('$', '\\$')

/** The line of a field's description that speaks of one of its values, as the CRDs of Istio write them. */
function aboutValue(of: SchemaNode | undefined, value: string): Text {
  const lines = (of?.description ?? '').split('\n')
  const found = lines.find((line) => line.includes(`\`${value}\``) || line.trim().startsWith(`${value}:`))
  return plain(found?.trim() ?? '')
}
