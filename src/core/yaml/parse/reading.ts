/** What one piece of a text holds: its documents, and what is to be told of them. */

import { isMap } from '../../base/loose'
import { both } from '../../base/text'
import type { Document, Path } from '../document'
import type { Finding } from '../finding'
import { type Composed, differences } from './compose'
import { told } from './identify'
import { documentOf, itemsOf } from './identity'
import { refusals, templateAt } from './look'
import { type Remark, weightOf, type YamlNode } from './node'
import { said } from './says'
import { mask, masked, maySecret, unreadable } from './secrets'
import { spanned } from './whole'

/** What was read of the text of a piece. */
export interface Reading {
  text: string
  documents: readonly Document[]
  /** Where each document's object lies in the piece's: [] but for the items of a List. */
  bases: readonly Path[]
  /** Spans in these are offsets in the piece. */
  findings: readonly Finding[]
}

/** No document of Kubernetes has more values than this when its aliases are written out. */
const mostValues = 400_000

/** Go's reader refuses a document of more than 1,000 values of which 99 in 100 come from aliases (yaml.v2, decode.go). */
function isBomb(root: YamlNode): boolean {
  const { full, deep, own } = weightOf(root, mostValues)
  return full >= mostValues || deep > 200 || (full > 1000 && full - own > 0.99 * full)
}

const reading = (text: string, documents: readonly Document[], bases: readonly Path[], findings: readonly Finding[]): Reading => ({
  text,
  documents,
  bases,
  findings,
})

/**
 * Reads the text of a piece; `treeOf` makes a tree of it. `above`: how many documents above the piece are called the same, by what they are
 * called; none where it says nothing.
 */
export function readingOf(
  text: string,
  treeOf: (text: string) => Composed | { error: Finding },
  above: ReadonlyMap<string, number> = new Map(),
): Reading {
  const tree = treeOf(text)
  const template = text.includes('{{') || text.includes('{%') ? templateAt(text) : -1
  const broken = 'error' in tree || tree.remarks.some(({ rule }) => rule === 'Y-key')
  if (template >= 0 && broken) return reading(text, [], [], [templateFinding(template)])
  if ('error' in tree) return reading(text, [], [], [tree.error])
  const { root, remarks, aliases } = tree
  if (!root || root.value === null) return reading(text, [], [], [])
  const bomb: Remark[] = aliases > 0 && isBomb(root) ? [{ rule: 'Y-bomb', from: root.from, to: root.from + 1, path: null, word: '' }] : []
  const bombs = [...bomb, ...remarks].filter(({ rule }) => rule === 'Y-bomb' || rule === 'Y-alias-itself')
  if (bombs.length > 0)
    return reading(
      text,
      [],
      [],
      bombs.slice(0, 1).map((remark) => findingOf(remark, undefined)),
    )
  if (!isMap(root.value)) return reading(text, [], [], [noObject(root)])
  return ofObject(text, root, root.value, remarks, above)
}

function ofObject(
  text: string,
  root: YamlNode,
  object: Record<string, unknown>,
  remarks: readonly Remark[],
  above: ReadonlyMap<string, number>,
): Reading {
  const items = itemsOf(object)
  const objects = items ?? [object]
  const bases: Path[] = items ? items.map((_, index) => ['items', index]) : [[]]
  const secret = maySecret(text) || /\\[xuU\n]|binary/.test(text) ? objects.map((one) => mask(one)) : []
  const shown = secret.includes(true) ? concealed(text, root, object) : text
  const counts = new Map(above)
  const before = (called: string): number => {
    const count = counts.get(called) ?? 0
    counts.set(called, count + 1)
    return count
  }
  const documents = objects.map((one, index) => documentOf(one, items ? partOf(shown, root, index) : shown, before))
  const all = [...remarks, ...refusals(root, text), ...differences(root, text)]
  const findings = [
    ...all.map((remark) => placed(remark, documents, bases, items !== null)),
    ...documents.flatMap((document) => told(document)),
    ...documents.flatMap((document, index) => (secret[index] ? [secretFinding(document)] : [])),
    ...(items ? [listFinding(root, items.length)] : []),
    ...(text.trimStart().startsWith('{') && text[root.from] === '{' && /^\{\s*"/.test(text.slice(root.from, root.from + 200))
      ? [jsonFinding(root)]
      : []),
    ...templates(text, documents),
  ]
  return reading(text, documents, bases, findings)
}

const partOf = (text: string, root: YamlNode, index: number): string => {
  const item = root.entries.findLast(({ name }) => name === 'items')?.node.items[index]
  return item ? text.slice(item.from, item.to) : text
}

/** The text with the letters of what is secret replaced one by one, so that all offsets stay. */
function concealed(text: string, root: YamlNode, object: Record<string, unknown>): string {
  const spans: [number, number][] = []
  const visit = (node: YamlNode, value: unknown) => {
    if (node.kind === 'scalar' && (value === masked || value === unreadable) && node.value !== value) spans.push([node.from, node.to])
    if (isMap(value)) for (const entry of node.entries) visit(entry.node, value[entry.name])
    if (Array.isArray(value)) for (const [index, item] of node.items.entries()) visit(item, value[index])
  }
  visit(root, object)
  const parts: string[] = []
  let done = 0
  for (const [from, to] of spans.toSorted(([a], [b]) => a - b)) {
    // What an alias names again is concealed where its anchor is.
    if (from < done) continue
    parts.push(text.slice(done, from), text.slice(from, to).replace(/\S/g, '*'))
    done = to
  }
  return parts.join('') + text.slice(done)
}

/** A remark at the document that it is about. */
function placed(remark: Remark, documents: readonly Document[], bases: readonly Path[], list: boolean): Finding {
  if (!list || !remark.path) return findingOf(remark, list ? undefined : documents[0])
  const index = bases.findIndex((base) => base.every((key, depth) => remark.path?.[depth] === key))
  return index < 0
    ? findingOf({ ...remark, path: null }, undefined)
    : findingOf({ ...remark, path: remark.path.slice(2) }, documents[index])
}

function findingOf(remark: Remark, of: Document | undefined): Finding {
  const { rule, path, from, to, word } = remark
  const { level, says } = said(remark)
  if (!of || !path) return spanned(rule, level, { from, to }, says)
  const at = { of: of.id, path }
  const star = rule === 'Y-star'
  if (!star && (rule !== 'Y-reads' || remark.becomes === null)) return { ...spanned(rule, level, { from, to }, says), at }
  const fix = { says: both('Put it in quotes', '加上引号'), changes: [{ set: at, value: star ? `*${word}` : word }] }
  return { ...spanned(rule, level, { from, to }, says), at, fix }
}

const firstLetter = ({ from, to }: YamlNode) => ({ from, to: Math.min(to, from + 1) })

const noObject = (root: YamlNode): Finding =>
  spanned(
    'Y-no-object',
    'error',
    root,
    root.kind === 'list'
      ? both(
          'This is a list, but an object is a map. Write each entry as a document of its own, with `---` between them.',
          '这是列表，而对象应是映射。请把每一项写成单独的文档，用 `---` 隔开。',
        )
      : both(
          'This is no Kubernetes object: an object is a map with `apiVersion`, `kind` and `metadata`.',
          '这不是 Kubernetes 对象：对象应是含有 `apiVersion`、`kind` 和 `metadata` 的映射。',
        ),
  )

const templateSays = both(
  'This is a template: `{{ }}` must be filled in first. Render it (`helm template CHART`) and open what comes out.',
  '这是模板：`{{ }}` 要先填好。请先渲染（`helm template CHART`），再打开结果。',
)
const templateFinding = (at: number): Finding => spanned('Y-template', 'error', { from: at, to: at + 2 }, templateSays)

/** In quotes a template is valid YAML, but what it says is not yet said. Blocks of text are left alone: others' templates live there. */
function templates(text: string, documents: readonly Document[]): Finding[] {
  const found = /^[^#\n]*?: *["'][^"'\n]*?(\{\{-?\s*[.$(\w])/m.exec(text)
  if (!found || documents.length === 0) return []
  const at = found.index + found[0].length - (found[1]?.length ?? 0)
  return [spanned('Y-template', 'warning', { from: at, to: at + 2 }, templateSays)]
}

const secretFinding = (of: Document): Finding => ({
  rule: 'Y-secret',
  level: 'info',
  by: 'yaml',
  on: null,
  at: { of: of.id, path: ['kind'] },
  says: both(
    'Secret values are here. Only their names are read: the values are neither shown elsewhere nor stored.',
    '这里有机密值。只读取它们的名字：值不会在别处显示，也不会保存。',
  ),
})

const listFinding = (root: YamlNode, count: number): Finding =>
  spanned(
    'Y-list',
    'info',
    firstLetter(root),
    both(`A List of ${count}: each of its items is read as a document.`, `这是含 ${count} 项的 List：每一项都当作一个文档读取。`),
  )

const jsonFinding = (root: YamlNode): Finding =>
  spanned(
    'Y-json',
    'info',
    firstLetter(root),
    both('This is JSON. It is read, and stays JSON where it is changed.', '这是 JSON。可以读取，修改时也保持 JSON。'),
  )
