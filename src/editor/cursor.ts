/**
 * Where a cursor is in YAML that may be half typed: which document, which path, at a key or at a value. Reads lines and their indentation
 * alone, so that it works where no parser does.
 */
import type { Path } from '../core/yaml/document'

export interface Cursor {
  apiVersion: string
  kind: string
  /** At a key: of the map that it is in. At a value: of the value. */
  path: Path
  at: 'key' | 'value'
  /** What is typed of it, up to the cursor. */
  typed: string
  /** Its whole word, offsets in the whole text. */
  from: number
  to: number
  /** Keys that are in the same map. */
  present: readonly string[]
  /** Column of the word, from 0. */
  column: number
  /** A colon is already behind the key. */
  colon: boolean
  /** How far the line is indented: less than `column` behind a dash. */
  indent: number
}

/** A line taken apart: columns of its dashes, and its key. */
interface Line {
  dashes: number[]
  key: string | null
  /** Column of the key, or of what is behind the dashes. */
  column: number
  /** What is behind the key's colon, or behind the dashes where there is no key. */
  rest: string
  restAt: number
}

const separator = /^---(?:\s|$)/
const keyed =
  /^("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s#&*!|>{}[\],%@`"'-](?:[^#:]*[^#:\s])?|[^\s#&*!|>{}[\],%@`"':-]|-[^\s:]+)(\s*:)(?=\s|$)/
const block = /(?:^|\s)[|>][-+0-9]*\s*(?:#.*)?$/s

/** The cursor at an offset; null inside a comment, a block of text, on a separator or in a flow collection that is too tangled. */
export function cursorAt(text: string, offset: number): Cursor | null {
  const { lines, start, line } = documentAround(text, offset)
  const raw = lines[line] ?? ''
  if (separator.test(raw) || inBlock(lines, line)) return null
  const lineStart = start + lines.slice(0, line).reduce((sum, one) => sum + one.length + 1, 0)
  const column = Math.min(offset - lineStart, raw.length)
  if (inComment(raw, column)) return null
  const own = taken(raw)
  const head = { apiVersion: scalarOf(lines, 'apiVersion'), kind: scalarOf(lines, 'kind') }
  const made =
    own.key !== null && column > own.column + raw.slice(own.column).indexOf(':') ? value(own, raw, column) : key(own, raw, column)
  if (!made) return null
  const { inside, ...word } = made
  const around = roadTo(lines, line, own)
  const siblings = word.at === 'key' && inside.length === 0 ? present(lines, line, own) : made.present
  return {
    ...head,
    at: word.at,
    path: [...around, ...inside],
    typed: word.typed,
    from: lineStart + word.from,
    to: lineStart + word.to,
    present: siblings,
    column: word.from,
    colon: word.colon,
    indent: Math.min(indentOf(raw), word.from),
  }
}

interface Word {
  at: 'key' | 'value'
  typed: string
  from: number
  to: number
  colon: boolean
  /** Path from the line's own map to it. */
  inside: Path
  present: readonly string[]
}

function key(own: Line, raw: string, column: number): Word | null {
  const to = own.key === null ? raw.trimEnd().length : own.column + own.key.length
  const from = own.column
  if (own.key === null && /^[{[]/.test(own.rest)) return flow(own.rest, own.column, column, [])
  if (column < from) return raw.slice(column).trim() === '' ? emptyKey(column) : null
  return { ...emptyKey(from), typed: raw.slice(from, column), to: Math.max(to, column), colon: own.key !== null }
}

const emptyKey = (at: number): Word => ({ at: 'key', typed: '', from: at, to: at, colon: false, inside: [], present: [] })

function value(own: Line, raw: string, column: number): Word | null {
  const inside = [own.key as string]
  if (/^[{[]/.test(own.rest)) return flow(own.rest, own.restAt, column, inside)
  const from = own.rest === '' ? column : own.restAt
  if (column < from) return null
  const to = Math.max(column, raw.replace(/(?<!\s)\s+#.*$/s, '').trimEnd().length)
  const quote = /^["']/.test(own.rest) ? 1 : 0
  return { at: 'value', typed: raw.slice(from + quote, column), from, to, colon: true, inside, present: [] }
}

/** Inside `{a: 1, b: [x, ` on one line. */
function flow(text: string, at: number, column: number, above: Path): Word | null {
  const open: { is: '{' | '['; key: string | null; index: number; present: string[] }[] = []
  let word = { from: at, text: '' }
  for (let index = 0; at + index < column; index++) {
    const letter = text[index] ?? ''
    const top = open.at(-1)
    if (letter === '"' || letter === "'") {
      const end = text.indexOf(letter, index + 1)
      if (end === -1 || at + end >= column) return null
      word.text += text.slice(index, end + 1)
      index = end
    } else if (letter === '{' || letter === '[') {
      open.push({ is: letter, key: null, index: 0, present: [] })
      word = { from: at + index + 1, text: '' }
    } else if (letter === '}' || letter === ']') {
      open.pop()
      word = { from: at + index + 1, text: '' }
    } else if (letter === ',' && top) {
      if (top.key) top.present.push(top.key)
      top.key = null
      top.index++
      word = { from: at + index + 1, text: '' }
    } else if (letter === ':' && top?.is === '{' && /^[\s,}]?$/.test(text[index + 1] ?? '')) {
      top.key = word.text.trim().replace(/^["']|["']$/g, '')
      word = { from: at + index + 1, text: '' }
    } else if (word.text === '' && letter === ' ') word.from++
    else word.text += letter
  }
  const top = open.at(-1)
  if (!top) return null
  const way = open.map(({ is, key, index }) => (is === '[' ? index : key)).filter((part) => part !== null)
  const isKey = top.is === '{' && top.key === null
  const end = text.slice(column - at).search(/[\s,:}\]]|$/)
  return {
    at: isKey ? 'key' : 'value',
    typed: word.text,
    from: word.from,
    to: column + Math.max(0, end),
    colon: text[column - at + end] === ':',
    inside: [...above, ...way],
    present: top.present,
  }
}

/** The lines of the document round an offset, where they start, and which of them it is in. Looks at no other document: the text may be long. */
function documentAround(text: string, offset: number): { lines: string[]; start: number; line: number } {
  const own = text.lastIndexOf('\n', offset - 1) + 1
  let above = own === 0 ? -1 : text.lastIndexOf('\n---', own - 2)
  while (above > 0 && !isSeparator(text, above + 1)) above = text.lastIndexOf('\n---', above - 1)
  const top = above !== -1 && isSeparator(text, above + 1) ? above + 1 : own > 0 && isSeparator(text, 0) ? 0 : -1
  const start = top === -1 ? 0 : text.indexOf('\n', top) + 1
  let end = text.indexOf('\n---', own)
  while (end !== -1 && !isSeparator(text, end + 1)) end = text.indexOf('\n---', end + 1)
  const part = text.slice(start, end === -1 ? text.length : end + 1)
  return {
    lines: part.replaceAll('\r', ' ').split('\n'),
    start,
    line: text.slice(start, offset).split('\n').length - 1,
  }
}

const isSeparator = (text: string, at: number): boolean => separator.test(text.slice(at, at + 4))

/** A line's dashes, key and rest. */
function taken(raw: string): Line {
  const dashes: number[] = []
  let at = raw.length - raw.trimStart().length
  while (raw[at] === '-' && (raw[at + 1] === ' ' || at + 1 === raw.trimEnd().length)) {
    dashes.push(at)
    const space = /^- */.exec(raw.slice(at))?.[0].length ?? 1
    at += raw.slice(at + 1).trim() === '' ? Math.max(2, space) : space
  }
  const found = keyed.exec(raw.slice(at))
  if (!found) return { dashes, key: null, column: at, rest: raw.slice(at).trim(), restAt: at }
  const behind = raw.slice(at + found[0].length)
  const rest = behind.replace(/(?:^|\s)#.*$/s, '').trim()
  const restAt = at + found[0].length + (behind.length - behind.trimStart().length)
  return { dashes, key: plain(String(found[1])), column: at, rest, restAt }
}

const plain = (key: string): string => (/^["']/.test(key) ? key.slice(1, -1) : key)

/** How far up the way is known: the leftmost column so far, whether a dash is there, and how many dashes of that list were passed. */
interface Climb {
  road: (string | number)[]
  limit: number
  dashed: boolean
  index: number
}

/** The path of the map (or list entry) that a line is in, found by going up. */
function roadTo(lines: readonly string[], line: number, own: Line): (string | number)[] {
  const climb: Climb = { road: [], limit: own.column, dashed: false, index: 0 }
  pass(climb, { ...own, key: null })
  for (const raw of lines.slice(0, line).toReversed()) {
    if (climb.limit === 0 && !climb.dashed) break
    if (/^\s*(?:#|$)/.test(raw)) continue
    pass(climb, taken(raw))
  }
  if (climb.dashed) climb.road.unshift(climb.index)
  return climb.road
}

function pass(climb: Climb, { key, column, dashes }: Line): void {
  if (key !== null && (column < climb.limit || (column === climb.limit && climb.dashed))) {
    if (climb.dashed) climb.road.unshift(climb.index)
    climb.road.unshift(key)
    Object.assign(climb, { limit: column, dashed: false, index: 0 })
  }
  for (const dash of dashes.toReversed()) {
    if (climb.dashed && dash === climb.limit) climb.index++
    else if (dash < climb.limit) {
      if (climb.dashed) climb.road.unshift(climb.index)
      Object.assign(climb, { limit: dash, dashed: true, index: 0 })
    }
  }
}

/** Keys at the same column, above and below, up to where the map ends. */
function present(lines: readonly string[], line: number, own: Line): string[] {
  const found: string[] = []
  const look = (from: number, by: 1 | -1) => {
    for (let at = from; at >= 0 && at < lines.length; at += by) {
      const raw = lines[at] ?? ''
      if (/^\s*(?:#|$)/.test(raw)) continue
      const one = taken(raw)
      const left = one.dashes[0] ?? one.column
      if (by === 1 && left < own.column) return
      if (one.key !== null && one.column === own.column) found.push(one.key)
      if (by === -1 && (left < own.column || (one.column === own.column && one.dashes.length > 0))) return
    }
  }
  if (own.dashes.length === 0) look(line - 1, -1)
  look(line + 1, 1)
  return found
}

function scalarOf(lines: readonly string[], key: string): string {
  const line = lines.find((one) => one.startsWith(`${key}:`))
  return line
    ? line
        .slice(key.length + 1)
        .replace(/\s#.*$/s, '')
        .trim()
        .replace(/^["']|["']$/g, '')
    : ''
}

function inComment(raw: string, column: number): boolean {
  let quote = ''
  for (let at = 0; at < column; at++) {
    const letter = raw[at] as string
    if (quote) quote = letter === quote ? '' : quote
    else if ((letter === '"' || letter === "'") && /[\s:[{,-]$/.test(raw.slice(0, at) || ' ')) quote = letter
    else if (letter === '#' && (at === 0 || /\s/.test(raw[at - 1] as string))) return true
  }
  return false
}

/** Whether a line belongs to a text behind `|` or `>`. */
function inBlock(lines: readonly string[], line: number): boolean {
  let limit = (lines[line] ?? '').trim() === '' ? Number.POSITIVE_INFINITY : indentOf(lines[line] as string)
  for (let at = line - 1; at >= 0; at--) {
    const raw = lines[at] as string
    if (raw.trim() === '') continue
    const one = taken(raw)
    const left = one.key === null ? indentOf(raw) : one.column
    if (left >= limit) continue
    if (one.key !== null && block.test(one.rest)) return true
    limit = Math.min(limit, indentOf(raw))
    if (limit === 0) return false
  }
  return false
}

const indentOf = (raw: string): number => raw.length - raw.trimStart().length
