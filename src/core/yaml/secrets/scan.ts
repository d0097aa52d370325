/**
 * A reader of YAML and JSON for one question alone: which letters are the value of which key. It takes any text, also a broken one, in one pass,
 * and needs no parser, since a page that goes must know the answer at once. What is valid it reads as YAML does; of what is not it says so.
 */

import {
  alias,
  blank,
  column,
  folded,
  go,
  isAsked,
  isDash,
  letterAt,
  lineEnd,
  marked,
  nameOf,
  nothing,
  type Part,
  properties,
  quoted,
  type Scan,
  type Scanned,
  skip,
  skipBlanks,
} from './cursor'
import { flow } from './flow'

/** Reads one document: `text` between two offsets, its line ends as `\n` alone. */
export function scan(text: string, from: number, to: number): Scanned {
  const s: Scan = { text, at: from, line: from, end: to, deep: 0, roots: [], anchors: new Map(), comments: [], broken: false }
  skip(s)
  while (s.at < s.end) {
    const { at } = s
    const root = node(s, -1)
    const flow = text[at] === '{' || text[at] === '['
    s.roots.push(root)
    skip(s)
    // One object in brackets may follow another; anything else that follows is no YAML.
    if (s.at < s.end && !(flow && text[s.at] === '{')) s.broken = true
    if (s.at === at) s.at++
  }
  return s
}

/** A value whose lines are deeper than `above`; the scan is at its first letter. */
function node(s: Scan, above: number): Part {
  const begin = column(s)
  const { line } = s
  return marked(s, () => {
    const moved = s.line !== line
    if (s.at >= s.end || (moved && column(s) <= above && !isDash(s))) return nothing(s)
    return bare(s, above, moved ? column(s) : begin)
  })
}

function bare(s: Scan, above: number, begin: number): Part {
  const letter = s.text[s.at]
  if (letter === '|' || letter === '>') return block(s, above)
  if (isDash(s)) return sequence(s, column(s))
  if (isAsked(s)) return mapping(s, begin, null)
  const { line } = s
  const key = letter === '{' || letter === '[' ? flow(s) : scalar(s, above)
  const { at } = s
  skipBlanks(s)
  if (letterAt(s, s.at) === ':' && s.line === line) return mapping(s, begin, key)
  s.at = at
  return key
}

/** A scalar in quotes, an alias, or a plain one; that ends before a colon which makes it a key. */
function scalar(s: Scan, above: number): Part {
  const letter = s.text[s.at]
  if (letter === '"' || letter === "'") return quoted(s, letter)
  if (letter === '*') return alias(s)
  return plain(s, above)
}

/** Up to a colon that makes it a key, a comment, or the end of its lines. */
function plain(s: Scan, above: number): Part {
  const from = s.at
  let to = plainOn(s)
  const words = [s.text.slice(from, to)]
  const isKey = () => letterAt(s, s.at) === ':'
  while (!isKey()) {
    const { at, line } = s
    skipBlanks(s)
    const remarked = s.text[s.at] === '#' && s.at > at
    while (letterAt(s, s.at) === '\n') {
      s.at++
      s.line = s.at
      skipBlanks(s)
    }
    if (remarked || s.at >= s.end || column(s) <= above || s.text[s.at] === '#') {
      s.at = at
      s.line = line
      break
    }
    const begin = s.at
    to = plainOn(s)
    words.push(s.text.slice(begin, to))
    // A key in the middle of a text: YAML refuses that.
    if (!isKey()) continue
    s.broken = true
    s.at = lineEnd(s)
    to = s.at
  }
  return { from, to, says: words.join(' ') }
}

/** Goes to the end of a plain scalar on this line: a colon and a blank, a comment, or the line's end. The answer is without blanks at its end. */
function plainOn(s: Scan): number {
  const from = s.at
  const stops = /:(?=[ \t\n]|$)|[ \t]#|\n/g
  stops.lastIndex = from
  s.at = Math.min(s.end, stops.exec(s.text)?.index ?? s.end)
  let to = s.at
  while (to > from && blank(s.text[to - 1])) to--
  return to
}

/** The lines below `|` or `>` that are deeper. */
function block(s: Scan, above: number): Part {
  const from = s.at
  s.at = lineEnd(s)
  const lines = Math.min(s.end, s.at + 1)
  let to = s.at
  while (letterAt(s, s.at) === '\n') {
    s.at++
    s.line = s.at
    skipBlanks(s)
    if (letterAt(s, s.at) === '\n') continue
    if (s.at >= s.end || column(s) <= above) break
    s.at = lineEnd(s)
    to = s.at
  }
  go(s, s.at)
  return { from, to, says: to > lines ? folded(s.text.slice(lines, to)).trim() : '', lines: Math.min(lines, to) }
}

function sequence(s: Scan, indent: number): Part {
  const part: Part = { from: s.at, to: s.at, items: [] }
  while (s.at < s.end) {
    s.at++
    const { line } = s
    skip(s)
    const item = s.at < s.end && (s.line === line || column(s) > indent) ? node(s, indent) : nothing(s)
    part.items?.push(item)
    part.to = Math.max(part.to, item.to)
    skip(s)
    if (s.at >= s.end || column(s) < indent) break
    if (column(s) > indent) s.broken = true
    if (!isDash(s)) break
  }
  return part
}

/** A map from its first key on, which is read already unless it begins with `?`. */
function mapping(s: Scan, indent: number, first: Part | null): Part {
  const part: Part = { from: first?.from ?? s.at, to: s.at, entries: [] }
  let asked = first === null
  for (let key = first ?? askedKey(s, indent); ; ) {
    skipBlanks(s)
    const colon = letterAt(s, s.at) === ':'
    const since = s.at
    if (colon) s.at++
    // Only keys can be here.
    else s.broken ||= !asked
    const value = colon ? valueOf(s, indent, asked) : nothing(s)
    skip(s)
    part.entries?.push({ name: nameOf(s, key), part: value, since, until: s.at })
    part.to = Math.max(part.to, value.to)
    if (s.at >= s.end || column(s) < indent) return part
    if (column(s) > indent || isDash(s)) s.broken = true
    if (isDash(s)) return part
    const { at } = s
    asked = isAsked(s)
    key = asked ? askedKey(s, indent) : keyHere(s, indent)
    if (s.at === at) s.at++
  }
}

/** `? key`; the colon comes on a line of its own. */
function askedKey(s: Scan, indent: number): Part {
  s.at++
  const { line } = s
  skip(s)
  const key = s.line === line || column(s) > indent ? node(s, indent) : nothing(s)
  skip(s)
  return key
}

function keyHere(s: Scan, indent: number): Part {
  const { anchor } = properties(s)
  const letter = s.text[s.at]
  const key = letter === '{' || letter === '[' ? flow(s) : scalar(s, indent)
  if (anchor) s.anchors.set(anchor, key)
  return key
}

function valueOf(s: Scan, indent: number, asked: boolean): Part {
  const { line } = s
  skip(s)
  if (s.at >= s.end) return nothing(s)
  if (s.line !== line) {
    const dash = column(s) === indent && isDash(s)
    return dash || column(s) > indent ? node(s, dash ? indent - 1 : indent) : nothing(s)
  }
  const { at } = s
  const value = node(s, indent)
  // `a: b: c` and `a: - b` are no YAML.
  if (!asked && (value.entries ?? value.items) && value.from === at && !/[[{]/.test(s.text[at] as string)) s.broken = true
  return value
}
