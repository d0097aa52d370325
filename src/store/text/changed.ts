/** What an edit has changed in the text: how many objects and lines, and which lines those are now. Objects that are as before are not looked into. */
import type { Doc } from '../../core/compile/resource'
import type { Lines } from '../derived/written'
import { rowsOf } from './differing'

/** What the editor shows: printed documents, or a person's own text. */
export type Shown = readonly Doc[] | string

export interface Changed {
  objects: number
  /** A line that says something else counts once. */
  lines: number
  /** Lines of the new text that were not there, in its order. */
  come: readonly Lines[]
}

interface Piece {
  /** The object's kind and name, by which it is found again. */
  key: string
  text: string
  /** Its first line in the whole text, counted from 1. */
  line: number
}

/** Nothing has changed where the texts say the same. */
export function changedBetween(was: Shown, is: Shown): Changed {
  const changed = { objects: 0, lines: 0, come: [] as Lines[] }
  if (was === is) return changed
  for (const [before, after] of pairsOf(piecesOf(was), piecesOf(is))) {
    const rows = rowsOf(before?.text ?? '', after?.text ?? '').filter(({ left, right }) => isChanged(left) || isChanged(right))
    if (rows.length === 0) continue
    changed.objects++
    changed.lines += rows.length
    for (const { right } of rows) if (after && isChanged(right)) add(changed.come, after.line + right.line - 1)
  }
  changed.come.sort((a, b) => a.from - b.from)
  return changed
}

/** One object of two texts that differs between them. */
export interface Change {
  is: 'new' | 'changed' | 'gone'
  /** `VirtualService api`; a part that is no object by its first words. */
  name: string
  before: string
  after: string
}

/** What differs between two texts, object by object, in the order of the new one; what is gone comes last. */
export const changesBetween = (was: string, is: string): Change[] =>
  pairsOf(piecesOf(was), piecesOf(is)).flatMap(([before, after]): Change[] => {
    const of = after ?? before
    if (!of || ((before?.text ?? '').trim() === '' && (after?.text ?? '').trim() === '')) return []
    return [{ is: !before ? 'new' : after ? 'changed' : 'gone', name: nameOf(of), before: before?.text ?? '', after: after?.text ?? '' }]
  })

/** The new text, with each object that is not wanted as it was in the old one: not there, or there still, behind the others. */
export function chosenOf(was: string, is: string, isWanted: (change: number) => boolean): string {
  const now = piecesOf(is)
  const left = pairsOf(piecesOf(was), now)
    .filter(([before, after]) => (before?.text ?? '').trim() !== '' || (after?.text ?? '').trim() !== '')
    .filter((_, index) => !isWanted(index))
  if (left.length === 0) return is
  const stays = new Map(left.map(([before, after]) => [after, before?.text ?? null]))
  const texts = now.map((piece) => (stays.has(piece) ? stays.get(piece) : piece.text))
  const kept = left.flatMap(([before, after]) => (after ? [] : [before?.text]))
  return [...texts, ...kept]
    .filter((text) => typeof text === 'string' && text.trim() !== '')
    .map((text) => (text?.endsWith('\n') ? text : `${text}\n`))
    .join('---\n')
}

const nameOf = ({ key, text }: Piece): string => {
  const [kind = '', , name = ''] = key.split(' ')
  return kind === '' ? text.trim().slice(0, 40) : `${kind} ${name}`.trim()
}

/** An empty text has one line, which says nothing. */
const isChanged = (side: { changed: boolean; text: string } | null): side is { changed: true; text: string; line: number } =>
  side?.changed === true && side.text !== ''

function add(lines: Lines[], line: number): void {
  const last = lines.at(-1)
  if (last && last.to === line - 1) last.to = line
  else lines.push({ from: line, to: line })
}

function piecesOf(shown: Shown): Piece[] {
  const texts =
    typeof shown === 'string'
      ? shown.split(/^---(?:[ \t].*)?\n/m).map((text) => ({ text, key: keyIn(text), lines: linesIn(text) }))
      : shown.map(({ of, text, lines }) => ({ text, key: `${of.kind} ${of.namespace} ${of.name}`, lines }))
  let line = 1
  return texts.map(({ text, key, lines }) => {
    const from = line
    line += lines + 1
    return { text, key, line: from }
  })
}

/** By its words, as nothing is read here: it may be JSON too. */
function keyIn(text: string): string {
  const [, kind = ''] = /(?:^|[{,][ \t]*)"?kind"?:[ \t]*"?([^\s",}]+)/m.exec(text.replace(/^#.*\n/gm, '')) ?? []
  const [metadata = ''] = /^metadata:.*\n(?:[ \t]+.*\n?)*/m.exec(text) ?? /"metadata"\s*:\s*\{[^}]*/.exec(text) ?? []
  const [, namespace = ''] = /\bnamespace"?:[ \t]*"?([^\s",}]+)/.exec(metadata) ?? []
  const [, name = ''] = /\bname"?:[ \t]*"?([^\s",}]+)/.exec(metadata) ?? []
  return `${kind} ${namespace} ${name}`
}

function linesIn(text: string): number {
  let lines = 0
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines++
  return lines
}

/** Without those that the other side has too. */
function differing(was: readonly Piece[], is: readonly Piece[]): [Piece[], Piece[]] {
  const shorter = Math.min(was.length, is.length)
  let head = 0
  while (head < shorter && was[head]?.text === is[head]?.text) head++
  let tail = 0
  while (tail < shorter - head && was.at(-1 - tail)?.text === is.at(-1 - tail)?.text) tail++
  const [old, now] = [was.slice(head, was.length - tail), is.slice(head, is.length - tail)]
  return [without(old, now), without(now, old)]
}

function without(pieces: readonly Piece[], others: readonly Piece[]): Piece[] {
  const counts = new Map<string, number>()
  for (const { text } of others) counts.set(text, (counts.get(text) ?? 0) + 1)
  return pieces.filter(({ text }) => {
    const count = counts.get(text) ?? 0
    counts.set(text, count - 1)
    return count <= 0
  })
}

/** Each object that differs with what it was. */
const pairsOf = (was: readonly Piece[], is: readonly Piece[]): [Piece | null, Piece | null][] => paired(...differing(was, is))

/** By its name; else, renamed, by the next of its kind. */
function paired(old: readonly Piece[], now: readonly Piece[]): [Piece | null, Piece | null][] {
  const left = [...old]
  const take = (is: (piece: Piece) => boolean): Piece | null => {
    const index = left.findIndex(is)
    return index < 0 ? null : (left.splice(index, 1)[0] ?? null)
  }
  const named = now.map((after) => ({ before: take(({ key }) => key === after.key), after }))
  const kindOf = ({ key }: Piece) => key.split(' ')[0]
  const pairs = named.map(({ before, after }): [Piece | null, Piece | null] => [
    before ?? take((piece) => kindOf(piece) === kindOf(after) && !now.some(({ key }) => key === piece.key)),
    after,
  ])
  return [...pairs, ...left.map((before): [Piece, null] => [before, null])]
}
