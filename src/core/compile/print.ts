/** Resources -> documents -> text. The only file that knows js-yaml's writer. */

import { dump } from 'js-yaml'
import { kept } from '../base/collect'
import { isMap } from '../base/loose'
import { memo } from '../base/memo'
import type { Lang } from '../base/text'
import { keyless, withoutKeys } from '../yaml/secrets/keys'
import type { Dialect } from './dialects/kind'
import type { Doc, Resource } from './resource'

export interface Printing {
  /** One line above each document that says what it is for. */
  comments: boolean
  lang: Lang
}

/** A document for each resource; the same one as before for a resource that is the same object, under the same version and options. */
export function print(resources: readonly Resource[], dialect: Dialect, { comments, lang }: Printing): Doc[] {
  return resources.map((resource) => printed(resource)(dialect.version(resource.group), comments ? lang : ''))
}

const printed = memo((resource: Resource) => {
  const docs = new Map<string, Doc>()
  return (version: string, lang: Lang | '') =>
    kept(docs, `${version} ${lang}`, () => docOf(resource, version, lang === '' ? '' : commentOf(resource, lang)))
})

/** All documents as one file: separated by `---`, LF, a final newline. Nothing at all is an empty text. */
export const textOf = (docs: readonly Doc[]): string => docs.map((doc) => doc.text).join('---\n')

function docOf(of: Resource, apiVersion: string, comment: string): Doc {
  // Not even a key that somebody put into a field.
  const object = withoutKeys(objectOf(of, apiVersion))
  const head = keyless(comment)
  const text = head + written(object)
  const above = linesIn(head)
  const lines = linesIn(text)
  const marks = of.origins.flatMap(({ path, ids }) => {
    const range = path.length === 0 ? { from: 0, to: lines - 1 } : shifted(rangeOf(object, path), above)
    return range && ids.length > 0 ? [{ ...range, ids }] : []
  })
  return { of, text, lines, marks }
}

const options = { lineWidth: -1, noRefs: true, seqNoIndent: true }

/** Lists longer than this are written item by item, and an item that is the same object is not written again. */
const long = 24

/** An object as text. One with a long list in its spec is put together from its items, which costs only what changed. */
function written(object: Record<string, unknown>): string {
  const { spec } = object
  if (!isMap(spec) || !Object.values(spec).some((list) => Array.isArray(list) && list.length > long)) return dump(object, options)
  const { spec: _, ...head } = object
  const parts = Object.entries(spec).map(([key, value]) =>
    Array.isArray(value) && value.length > long ? `${key}:\n${value.map(itemText).join('')}` : dump({ [key]: value }, options),
  )
  return `${dump(head, options)}spec:\n${indented(parts.join(''))}`
}

function itemText(item: unknown): string {
  if (typeof item !== 'object' || item === null) return dump([item], options)
  return itemOf(item)
}

const itemOf = memo((item: object): string => dump([item], options))

const indented = (text: string): string => text.replace(/^(?=.)/gm, '  ')

/** The object as Kubernetes knows it; keys in the order that people write. */
export function objectOf(of: Resource, apiVersion: string): Record<string, unknown> {
  const metadata = { name: of.name, ...(of.namespace && { namespace: of.namespace }), ...(of.labels && { labels: of.labels }) }
  return { apiVersion, kind: of.kind, metadata, ...of.body }
}

function commentOf(of: Resource, lang: Lang): string {
  const needs = of.needs.flatMap((need) => [need.says[lang], ...need.run.split('\n').map((line) => `  ${line}`)])
  const lines = [of.says[lang], ...of.notes.map((note) => note[lang]), ...needs]
  return lines.flatMap(commentLines).join('\n').concat('\n')
}

/** A name may hold anything while it is typed: a line break in it must not end the comment, and YAML refuses control characters. */
function commentLines(text: string): string[] {
  // oxlint-disable-next-line no-control-regex -- these are the ones that YAML refuses
  const printable = text.replace(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff\p{Cs}]/gu, '\ufffd')
  return printable.split(/\r\n|[\n\r\x85\u2028\u2029]/).map((line) => `# ${line}`.trimEnd())
}

const linesIn = (text: string): number => {
  let lines = 0
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines++
  return lines
}

const shifted = (range: { from: number; to: number } | null, by: number) => range && { from: range.from + by, to: range.to + by }

/** On which lines of the dumped text a part of an object is, both ends included; null if it is not there. Counts as the writer does: a line for each scalar. */
export function rangeOf(object: unknown, path: readonly (string | number)[]): { from: number; to: number } | null {
  let line = 0
  let value = object
  for (const [depth, key] of path.entries()) {
    const last = depth === path.length - 1
    if (Array.isArray(value)) {
      if (typeof key !== 'number' || key >= value.length) return null
      line += startsOf(value)[key] as number
      value = value[key]
      if (last) return { from: line, to: line + heightOf(value) - 1 }
      continue
    }
    if (!isMap(value) || !(key in value)) return null
    for (const [name, child] of Object.entries(value)) {
      if (name === key) break
      line += entryHeight(child)
    }
    value = value[key]
    if (last) return { from: line, to: line + entryHeight(value) - 1 }
    if (hasBlock(value)) line += 1
  }
  return { from: line, to: line + heightOf(value) - 1 }
}

const hasBlock = (value: unknown): boolean => (Array.isArray(value) ? value.length > 0 : isMap(value) && Object.keys(value).length > 0)

/** The first line of each item of a list, and behind them the number of all its lines. */
const startsOf = memo((list: readonly unknown[]): number[] => {
  const lines = [0]
  for (const item of list) lines.push((lines.at(-1) as number) + heightOf(item))
  return lines
})

/** Lines of `key: value`. */
function entryHeight(value: unknown): number {
  if (value === undefined) return 0
  return hasBlock(value) ? 1 + heightOf(value) : heightOf(value)
}

/** Lines of a value by itself, or behind a dash. */
function heightOf(value: unknown): number {
  if (Array.isArray(value)) return value.length === 0 ? 1 : (startsOf(value).at(-1) as number)
  if (isMap(value))
    return Math.max(
      1,
      Object.values(value).reduce((sum: number, child) => sum + entryHeight(child), 0),
    )
  // A text of several lines is written as a block: the header and its lines.
  if (typeof value === 'string' && value.includes('\n')) return 1 + value.replace(/(?<!\n)\n+$/, '').split('\n').length
  return 1
}
