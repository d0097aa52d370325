/** One step of a change as a splice of the text: what is cut where, and what replaces it, in the style of its neighbours. */
import type { YamlNode } from '../parse/node'
import { behind, blockIndent, columnOf, commentsAbove, contentEnd, indented, lineEnd, lineStart } from './lines'
import type { Step } from './refine'

export interface Splice {
  from: number
  to: number
  text: string
}

/** How new text is written; the one that knows YAML hands it in. */
export interface Writer {
  /** How lines end. */
  breaks: string
  /** A map of one key, or a list of one item, as lines without indentation and without a last line break. */
  block(value: unknown, indentLists: boolean, step: number): string
  /** A value on one line, in brackets where it is a map or list. */
  flow(value: unknown, json: boolean): string
  /** A text that needs no quotes. */
  plain(value: string, flow: boolean): boolean
}

interface Around {
  text: string
  root: YamlNode
  write: Writer
}

/** The splice that makes a step in a text whose tree is given; null where the text has no place for it. */
export function spliceOf(text: string, root: YamlNode, step: Step, write: Writer): Splice | null {
  const around: Around = { text, root, write }
  const parents = parentsOf(root, step.path)
  const parent = parents?.at(-1)
  if (step.path.length === 0 && step.is === 'value') return replaceRoot(around, step.value)
  if (!parents || !parent || parents.some((node) => node.alias)) return null
  const key = step.path.at(-1)
  if (parent.kind === 'map') {
    const index = parent.entries.findLastIndex(({ name }) => name === key)
    if (step.is === 'remove') return index < 0 ? null : removeEntry(around, parent, index)
    return index < 0 ? addEntry(around, parent, String(key), step.value) : replaceEntry(around, parent, index, step.value)
  }
  if (parent.kind !== 'list' || typeof key !== 'number') return null
  if (step.is === 'remove') return parent.items[key] ? removeItem(around, parent, key) : null
  return step.is === 'value' && parent.items[key]
    ? replaceItem(around, parent, key, step.value)
    : insertItem(around, parent, key, step.value)
}

/** The splice that gives a key another name, in the quotes that it has. */
export function renameOf(text: string, root: YamlNode, path: readonly (string | number)[], to: string, write: Writer): Splice | null {
  const parent = parentsOf(root, path)?.at(-1)
  const entry = parent?.entries.findLast(({ name }) => name === path.at(-1))
  if (!parent || !entry || entry.key.alias) return null
  return { from: entry.key.from, to: entry.key.to, text: scalarText({ text, root, write }, to, entry.key, parent.style === 'flow') }
}

/** The nodes on the way to a path's last key, the outermost first; null where the way is not in the text. */
function parentsOf(root: YamlNode, path: readonly (string | number)[]): YamlNode[] | null {
  const nodes = [root]
  let node: YamlNode | undefined = root
  for (const key of path.slice(0, -1)) {
    node = node?.kind === 'map' ? node.entries.findLast(({ name }) => name === key)?.node : node?.items[key as number]
    if (!node) return null
    nodes.push(node)
  }
  return nodes
}

const isFlow = (node: YamlNode): boolean => node.style === 'flow'
const isBlock = (node: YamlNode): boolean => node.kind !== 'scalar' && !node.alias && node.style !== 'flow'
const isScalar = (value: unknown): boolean => typeof value !== 'object' || value === null

function replaceRoot({ text, root, write }: Around, value: unknown): Splice {
  if (isFlow(root)) return { from: root.from, to: root.to, text: write.flow(value, isJson(text, root)) }
  return { from: root.from, to: contentEnd(text, root), text: write.block(value, false, 2) }
}

/** Whether a collection in brackets is JSON; an empty one is where the whole text is. */
function isJson(text: string, node: YamlNode): boolean {
  if (!isFlow(node)) return false
  if (node.entries.length + node.items.length === 0) return text.trimStart().startsWith('{')
  try {
    JSON.parse(text.slice(node.from, node.to))
    return true
  } catch {
    return false
  }
}

/** A scalar in the style of the one that it replaces: its quotes stay, and without any it gets some only where it needs them. */
function scalarText({ text, write }: Around, value: unknown, old: YamlNode | null, flow: boolean): string {
  if (typeof value !== 'string') return JSON.stringify(value) ?? 'null'
  const quote = old?.style === 'quoted' ? text[old.from] : ''
  // oxlint-disable-next-line no-control-regex -- these cannot be in single quotes
  const odd = /[\0-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]/.test(value)
  if (quote === '' && write.plain(value, flow)) return value
  if (quote === '"' || odd || (quote === '' && prefersDouble(text))) return JSON.stringify(value)
  return `'${value.replaceAll("'", "''")}'`
}

const prefersDouble = (text: string): boolean => (text.match(/: "/g)?.length ?? 0) >= (text.match(/: '/g)?.length ?? 0)

function replaceEntry(around: Around, map: YamlNode, index: number, value: unknown): Splice | null {
  const entry = map.entries[index]
  if (!entry) return null
  const { text, write, root } = around
  const { key, node } = entry
  if (isFlow(map)) return { from: node.from, to: node.to, text: pad(text, node, inFlow(around, value, node, map)) }
  if (isScalar(value) && node.kind === 'scalar' && node.style !== 'block' && !String(value).includes('\n'))
    return { from: node.from, to: node.to, text: pad(text, node, scalarText(around, value, node, false)) }
  if (node.style === 'flow' && !node.alias) return { from: node.from, to: node.to, text: write.flow(value, isJson(text, node)) }
  const colon = behindColon(text, key)
  const column = columnOf(text, key.from)
  const fresh = afterKey(write.block({ k: value }, listsIndented(text, root), blockIndent(text, root)), column)
  const end = node.from === node.to && node.kind === 'scalar' ? Math.max(colon, node.to) : contentEnd(text, node)
  const kept = keptComment(text, colon, isBlock(node) ? node.from : colon)
  return { from: colon, ...(isBlock(node) ? { to: end, text: kept + fresh } : onFirstLine(text, end, kept + fresh)) }
}

/** A comment behind a value of one line stays on the first line of what takes its place: behind the last one it could become part of a text. */
function onFirstLine(text: string, end: number, fresh: string): { to: number; text: string } {
  const tail = /^[ \t]+#[^\r\n]*/.exec(text.slice(end, lineEnd(text, end)))?.[0]
  return tail && fresh.includes('\n') ? { to: end + tail.length, text: fresh.replace('\n', () => `${tail}\n`) } : { to: end, text: fresh }
}

/** An empty value has no blank before it. */
const pad = (text: string, node: YamlNode, fresh: string): string =>
  node.from === node.to && !/\s/.test(text[node.from - 1] ?? ' ') ? ` ${fresh}` : fresh

const inFlow = (around: Around, value: unknown, old: YamlNode | null, parent: YamlNode): string =>
  isScalar(value) && !isJson(around.text, parent)
    ? scalarText(around, value, old?.kind === 'scalar' ? old : null, true)
    : around.write.flow(value, isJson(around.text, parent))

/** What follows the key in `k: ...`, moved to the column of its own key. */
const afterKey = (block: string, column: number): string => indented(block.slice('k:'.length), column, false)

/** The comment behind a key whose value begins further down. */
function keptComment(text: string, colon: number, to: number): string {
  const line = text.slice(colon, Math.min(to, lineEnd(text, colon))).trimEnd()
  return /^[ \t]+#/.test(line) ? line : ''
}

const behindColon = (text: string, key: YamlNode): number => {
  const colon = text.indexOf(':', key.to)
  return colon < 0 ? key.to : colon + 1
}

/** Whether this text indents lists more than their keys. */
function listsIndented(text: string, root: YamlNode): boolean {
  const visit = (node: YamlNode): boolean | null => {
    for (const { key, node: child } of node.entries) {
      if (child.kind === 'list' && isBlock(child) && child.items.length > 0) return columnOf(text, child.from) > columnOf(text, key.from)
      const inner = visit(child)
      if (inner !== null) return inner
    }
    for (const child of node.items) {
      const inner = visit(child)
      if (inner !== null) return inner
    }
    return null
  }
  return visit(root) ?? false
}

function addEntry(around: Around, map: YamlNode, key: string, value: unknown): Splice | null {
  const { text, root, write } = around
  const last = map.entries.at(-1)
  if (isFlow(map)) {
    const json = isJson(text, map)
    const pair = write.flow({ [key]: value }, json).slice(1, -1)
    if (!last) return { from: map.from, to: map.to, text: `{${pair}}` }
    return {
      from: last.node.to,
      to: last.node.to,
      text: `,${gapBefore(text, map.from, map.entries[map.entries.length - 1]?.key.from ?? map.to)}${pair}`,
    }
  }
  if (!last) return null
  const column = columnOf(text, last.key.from)
  const lines = write.block({ [key]: value }, listsIndented(text, root), blockIndent(text, root))
  return below(text, contentEnd(text, last.node, last.key), indented(lines, column, true))
}

/** The blanks, or the line break and blanks, before an entry of a collection in brackets. */
function gapBefore(text: string, open: number, entry: number): string {
  let from = entry
  while (from > open + 1 && /\s/.test(text[from - 1] ?? '')) from--
  const gap = text.slice(from, entry)
  return gap.includes('\n') ? gap : ' '
}

/** New lines below the one on which something ends. */
function below(text: string, end: number, lines: string): Splice {
  const at = lineEnd(text, Math.max(0, end - 1))
  const bare = at === text.length && text[at - 1] !== '\n' && at > 0
  return { from: at, to: at, text: bare ? `\n${lines}` : `${lines}\n` }
}

function removeEntry(around: Around, map: YamlNode, index: number): Splice | null {
  const { text } = around
  const entry = map.entries[index]
  if (!entry) return null
  if (map.entries.length === 1) return emptied(around, map, '{}')
  const [before, after] = [map.entries[index - 1], map.entries[index + 1]]
  if (isFlow(map))
    return after
      ? { from: entry.key.from, to: after.key.from, text: '' }
      : { from: before?.node.to ?? map.from, to: entry.node.to, text: '' }
  const column = columnOf(text, entry.key.from)
  const own = lineStart(text, entry.key.from)
  // The first key behind a dash: the next one takes its place.
  if (text.slice(own, entry.key.from).trim() !== '' && after) return { from: entry.key.from, to: after.key.from, text: '' }
  return {
    from: commentsAbove(text, own, column),
    to: lineEnd(text, Math.max(entry.key.from, contentEnd(text, entry.node, entry.key) - 1)),
    text: '',
  }
}

/** The last entry goes: what is left is written as an empty map or list, behind its key or dash. */
function emptied({ text }: Around, node: YamlNode, empty: string): Splice {
  if (isFlow(node)) return { from: node.from, to: node.to, text: empty }
  const from = behind(text, node.from)
  return { from, to: contentEnd(text, node), text: `${keptSpace(text, from)}${empty}` }
}

const keptSpace = (text: string, at: number): string => (at === 0 || /\s/.test(text[at - 1] ?? '') ? '' : ' ')

/** The dash of an item of a list that is written in lines. */
function dashOf(text: string, list: YamlNode, index: number): number {
  if (index === 0) return list.from
  const column = columnOf(text, list.from)
  let line = lineStart(text, list.items[index]?.from ?? list.to)
  const least = list.items[index - 1]?.from ?? list.from
  while (line > least && !(text[line + column] === '-' && text.slice(line, line + column).trim() === '')) line = lineStart(text, line - 1)
  return line + column
}

function replaceItem(around: Around, list: YamlNode, index: number, value: unknown): Splice | null {
  const { text, root, write } = around
  const node = list.items[index]
  if (!node) return null
  if (isFlow(list)) return { from: node.from, to: node.to, text: inFlow(around, value, node, list) }
  if (isScalar(value) && node.kind === 'scalar' && node.style !== 'block' && !String(value).includes('\n'))
    return { from: node.from, to: node.to, text: pad(text, node, scalarText(around, value, node, false)) }
  if (node.style === 'flow' && !node.alias) return { from: node.from, to: node.to, text: write.flow(value, isJson(text, node)) }
  const dash = dashOf(text, list, index)
  const lines = write.block([value], listsIndented(text, root), blockIndent(text, root))
  const [end, fresh] = [Math.max(dash + 1, contentEnd(text, node)), indented(lines, columnOf(text, dash), false)]
  return { from: dash, ...(isBlock(node) ? { to: end, text: fresh } : onFirstLine(text, end, fresh)) }
}

function insertItem(around: Around, list: YamlNode, index: number, value: unknown): Splice | null {
  const { text, root, write } = around
  const { items } = list
  const at = Math.min(index, items.length)
  if (isFlow(list)) {
    const fresh = inFlow(around, value, null, list)
    if (items.length === 0) return { from: list.from, to: list.to, text: `[${fresh}]` }
    const next = items[at]
    const gap = gapBefore(text, list.from, (next ?? items.at(-1))?.from ?? list.to)
    if (next) return { from: next.from, to: next.from, text: `${fresh},${at === 0 && !gap.includes('\n') ? ' ' : gap}` }
    return { from: items.at(-1)?.to ?? list.to, to: items.at(-1)?.to ?? list.to, text: `,${gap}${fresh}` }
  }
  if (items.length === 0) return null
  const column = columnOf(text, list.from)
  const lines = indented(write.block([value], listsIndented(text, root), blockIndent(text, root)), column, true)
  if (at > 0) {
    const before = items[at - 1] as YamlNode
    return below(text, Math.max(dashOf(text, list, at - 1) + 1, contentEnd(text, before)), lines)
  }
  const start = lineStart(text, list.from)
  if (text.slice(start, list.from).trim() === '')
    return { from: commentsAbove(text, start, column), to: commentsAbove(text, start, column), text: `${lines}\n` }
  return { from: list.from, to: list.from, text: `${lines.trimStart()}\n${' '.repeat(column)}` }
}

function removeItem(around: Around, list: YamlNode, index: number): Splice | null {
  const { text } = around
  const { items } = list
  const node = items[index] as YamlNode
  if (items.length === 1) return emptied(around, list, '[]')
  const [before, after] = [items[index - 1], items[index + 1]]
  if (isFlow(list)) return after ? { from: node.from, to: after.from, text: '' } : { from: before?.to ?? list.from, to: node.to, text: '' }
  const dash = dashOf(text, list, index)
  const own = lineStart(text, dash)
  if (text.slice(own, dash).trim() !== '' && after) return { from: dash, to: dashOf(text, list, index + 1), text: '' }
  return { from: commentsAbove(text, own, columnOf(text, dash)), to: lineEnd(text, Math.max(dash, contentEnd(text, node) - 1)), text: '' }
}
