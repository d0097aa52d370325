/**
 * A text without what is secret: what is stored, shared, exported and printed never holds any. The values of Secrets and of what is called like a
 * password are found by reading the text, keys and tokens anywhere by their letters. A text that is no YAML loses more rather than less.
 */

import { type Entry, type Part, type Scanned, unescaped } from './cursor'
import { type Cover, covered, instead, keyless } from './keys'
import { scan } from './scan'

/** What has none of these holds nothing that is found by reading; the rest is read piece by piece. */
const named = /passw|passphrase|secret|token|api[-_]?key|authorization|cookie/i
const spelled = /\\[xuU\n]|!!binary|:binary>/
/** What such a key or variable holds is secret itself, not the name of a Secret, a path or a type. */
const isSecretName = /^[\w.[\]-]*(?:passw(?:or)?d|passphrase|api[-_]?key|access[-_]?key|secret|token|authorization|cookie)\]?$/i
const isSecretField =
  /^[\w.-]*(?:passw(?:or)?d|passphrase|api[-_]?key|client[-_]?secret|(?:access|auth|bearer|refresh)[-_]?token|authorization)$/i
const isPlainWord = /^(?:|~|null|true|false|[-+]?[\d.]+|\$[({][^]*|\{\{[^]*|%[A-Z][^]*%)$/i
const isData = /^(?:data|stringData)$/i
/** Where a Secret holds what is not secret. */
const isKnown = /^(?:apiVersion|kind|metadata|type|immutable|items|data|stringData|<<)$/
const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration'
const mostNested = 3

/** A broken text may read otherwise once something in it is replaced; after so many times nothing is left to replace. */
const mostTimes = 5

/** The text with what is secret replaced; the very text if it holds nothing. Never throws; applied twice it does no more than once. */
export function masked(text: string): string {
  let left = text
  for (let times = 0; times < mostTimes; times++) {
    const before = left
    left = keyless(named.test(left) || spelled.test(left) ? covered(left, coversOf(left, 0)) : left)
    if (left === before) return left
  }
  return left
}

export const hasKeys = (text: string): boolean => masked(text) !== text

/** What is to be written over in a text of many documents. */
function coversOf(given: string, depth: number): Cover[] {
  // Letter by letter as long; a byte order mark is no column.
  const text = given.replace(/\r\n/g, ' \n').replace(/[\r\u0085\u2028\u2029]/g, '\n')
  const covers: Cover[] = []
  let from = text.startsWith('\ufeff') ? 1 : 0
  for (const { 0: mark, index } of text.matchAll(/^(?:---(?=[ \t\n]|$)|\.\.\.(?=[ \t\n]|$))|$(?![^])/gm)) {
    if (index >= from) piece(text, from, index, depth, covers)
    from = index + mark.length
  }
  return covers
}

function piece(text: string, from: number, to: number, depth: number, covers: Cover[]): void {
  const part = text.slice(from, to)
  if (!named.test(part) && !spelled.test(part)) return
  const scanned = scan(text, from, to)
  const judge = { text, scanned, depth, covers, seen: new Set<Part>() }
  for (const root of scanned.roots) visit(judge, root, false)
  if (scanned.broken) brokenly(part, from, covers)
}

interface Judge {
  text: string
  scanned: Scanned
  depth: number
  covers: Cover[]
  /** What is hidden already. */
  seen: Set<Part>
}

const target = ({ scanned }: Judge, part: Part): Part => (part.alias === undefined ? part : (scanned.anchors.get(part.alias) ?? part))

/** A map that takes in more others than these is as good as broken. */
const mostMerged = 50

/** The entries of a map, also those that `<<` brings. */
function entriesOf(judge: Judge, map: Part): Entry[] {
  const maps = new Set([map])
  for (const { entries = [] } of maps)
    for (const { name, part } of entries) {
      if (name !== '<<') continue
      for (const other of target(judge, part).items ?? [part]) maps.add(target(judge, other))
      if (maps.size > mostMerged) {
        judge.scanned.broken = true
        return map.entries ?? []
      }
    }
  return maps.size === 1 ? (map.entries ?? []) : [...maps].flatMap(({ entries = [] }) => entries)
}

/** `ofSecret`: it is part of a Secret, or of a list of them. */
function visit(judge: Judge, part: Part, ofSecret: boolean): void {
  if (part.says !== undefined) return nested(judge, part)
  for (const item of part.items ?? []) visit(judge, item, ofSecret)
  if (!part.entries) return
  const entries = entriesOf(judge, part)
  const kinds = entries.filter(({ name }) => name === 'kind').map((entry) => target(judge, entry.part).says?.trim() ?? '')
  const secret = kinds.includes('Secret') || kinds.includes('SecretList')
  const whole = secret && entries.some(({ name }) => name === 'apiVersion' || isData.test(name))
  for (const entry of entries)
    if (((secret || ofSecret) && isData.test(entry.name)) || (whole && !isKnown.test(entry.name))) hideAll(judge, entry)
  if (secret || ofSecret) hideCopies(judge, entries)
  const called = entries.find(({ name, part: value }) => /^(?:name|key|header)$/.test(name) && isSecretName.test(value.says ?? ''))
  for (const { name, part: value } of part.entries) {
    if (called && /^values?$/.test(name)) hideLiterals(judge, value)
    else if (isSecretField.test(name) && value.says !== undefined) hideLiterals(judge, value)
    else if (name === 'headers' || name === 'set' || name === 'add') headers(judge, value)
    visit(judge, value, ofSecret || secret)
  }
}

/** Headers by name, as a VirtualService sets and matches them. */
function headers(judge: Judge, { entries = [] }: Part): void {
  for (const { name, part } of entries) {
    if (!isSecretName.test(name)) continue
    if (part.says !== undefined) hideLiterals(judge, part)
    for (const match of part.entries ?? []) if (match.name === 'exact') hideLiterals(judge, match.part)
  }
}

/** kubectl keeps a copy of the whole object in an annotation. */
function hideCopies(judge: Judge, entries: readonly Entry[]): void {
  for (const { part: metadata } of entries.filter(({ name }) => name === 'metadata'))
    for (const { part: annotations } of entriesOf(judge, target(judge, metadata)).filter(({ name }) => name === 'annotations'))
      for (const entry of entriesOf(judge, target(judge, annotations))) if (entry.name === lastApplied) hide(judge, entry.part)
}

/** All values of an entry, and what comments beside them say. */
function hideAll(judge: Judge, { part, since, until }: Entry): void {
  hide(judge, part, true)
  const { comments } = judge.scanned
  let [low, high] = [0, comments.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((comments[middle]?.[0] ?? 0) < since) low = middle + 1
    else high = middle
  }
  for (; low < comments.length && (comments[low]?.[0] ?? until) < until; low++) {
    const [from, to] = comments[low] as [number, number]
    judge.covers.push([from, to, '# masked'])
  }
}

/** A value of many parts is one value; `byKey`: it is that of `data`, whose keys stay. */
function hide(judge: Judge, given: Part, byKey = false): void {
  const part = target(judge, given)
  if (judge.seen.has(part)) return
  judge.seen.add(part)
  if (byKey && part.entries) for (const entry of entriesOf(judge, part)) hide(judge, entry.part)
  else if (part.says === undefined ? part.to > part.from : !/^(?:|~|null)$/.test(part.says)) {
    const inQuotes = /["']/.test(judge.text[part.from] as string) && !judge.scanned.broken
    judge.covers.push([part.from, part.to, inQuotes && part.says !== undefined ? `"${instead}"` : instead])
  }
}

/** The same of a value that may be no more than a flag, a number or a place for a value. */
function hideLiterals(judge: Judge, given: Part): void {
  const part = target(judge, given)
  for (const { says, ...of } of [part, ...(part.items ?? []).map((item) => target(judge, item))])
    if (says !== undefined && !isPlainWord.test(says)) hide(judge, { says, ...of })
}

/** A text within the text, such as a file in a ConfigMap: a block is read in place, what is in quotes is hidden as a whole. */
function nested(judge: Judge, part: Part): void {
  const says = part.says ?? ''
  if (!/[\n:{]/.test(says) || !(named.test(says) || spelled.test(says))) return
  if (judge.depth >= mostNested) return hide(judge, part)
  if (part.lines === undefined) {
    if (covered(says, coversOf(says, judge.depth + 1)) !== says) hide(judge, part)
    return
  }
  const { lines, to } = part
  const inner = judge.text.slice(lines, to)
  const margin = /^(?:[ \t]*\n)*([ \t]*)/.exec(inner)?.[1]?.length ?? 0
  // Marks between documents are at the margin of the block.
  let at = lines
  let begun = lines
  const ends = [...inner.matchAll(/\n([ \t]*)---(?=[ \t\n]|$)/g)].filter(([, before]) => before?.length === margin)
  for (const mark of ends) {
    piece(judge.text, begun, lines + mark.index + 1, judge.depth + 1, judge.covers)
    at = lines + mark.index + mark[0].length
    begun = at
  }
  piece(judge.text, begun, to, judge.depth + 1, judge.covers)
}

/** Where something that is called like a password begins on a line, in any spelling. */
const field = /(?:passw(?:or)?d|passphrase|api[-_]?key|secret|token|authorization)["']?[ \t]*[:=][ \t]*(?=\S)/gi
const keyOfLine = /^[ \t]*(?:-[ \t]+)*(?:["']?[\w./-]+["']?[ \t]*:(?=[ \t]|$))?[ \t]*/
const isKind = /^[ \t]*(?:-[ \t]+)*(?:kind|apiVersion):[ \t]+[\w./]+[ \t]*$/

/**
 * What cannot be read: where it speaks of a Secret, only the names of keys stay from the first word `data` on; and of each line what follows
 * a name like that of a password goes.
 */
function brokenly(part: string, from: number, covers: Cover[]): void {
  const plain = unescaped(part)
  const secret = /\bSecret(?:List)?\b|U2VjcmV0/.test(plain)
  // Escapes may spell any word, and an anchor may hold what is repeated elsewhere.
  const anywhere = plain !== part || /[\s:[{,&]&\w/.test(part)
  const data = secret ? (anywhere ? 0 : part.search(/\b(?:string)?data\b/i)) : -1
  const lines = part.split('\n')
  const deepest = anywhere ? -1 : indentBelow(part, data)
  let at = 0
  for (const line of lines) {
    const key = indentOf(line) <= deepest ? (keyOfLine.exec(line)?.[0].length ?? 0) : 0
    const begin = data < 0 || isKind.test(line) ? line.length : Math.max(key, data - at)
    const named = [...line.slice(0, begin).matchAll(field)].map(({ 0: all, index }) => index + all.length)
    const start = Math.min(begin, ...named.filter((index) => index < line.length))
    const blanks = indentOf(line.slice(start))
    if (line.slice(start).trim() !== '') covers.push([from + at + start + blanks, from + at + line.trimEnd().length, instead])
    at += line.length + 1
  }
}

const indentOf = (line: string): number => /^[ \t]*/.exec(line)?.[0].length ?? 0

/** How deep the first line lies below the one with an offset: that of a key. What is deeper belongs to a value. */
function indentBelow(part: string, at: number): number {
  const [, ...below] = part.slice(Math.max(0, at)).split('\n')
  return indentOf(below.find((line) => line.trim() !== '') ?? '')
}
