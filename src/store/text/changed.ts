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
  const [old, now] = differing(piecesOf(was), piecesOf(is))
  for (const [before, after] of paired(old, now)) {
    const rows = rowsOf(before?.text ?? '', after?.text ?? '').filter(({ left, right }) => isChanged(left) || isChanged(right))
    if (rows.length === 0) continue
    changed.objects++
    changed.lines += rows.length
    for (const { right } of rows) if (after && isChanged(right)) add(changed.come, after.line + right.line - 1)
  }
  changed.come.sort((a, b) => a.from - b.from)
  return changed
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
      ? shown.split(/^---(?:[ \t].*)?\n/m).map((text) => ({ text, key: keyIn(text) }))
      : shown.map(({ of, text }) => ({ text, key: `${of.kind} ${of.namespace} ${of.name}` }))
  let line = 1
  return texts.map((piece) => {
    const from = line
    line += linesIn(piece.text) + 1
    return { ...piece, line: from }
  })
}

const keyIn = (text: string): string => {
  const [, kind = ''] = /^[ \t]*"?kind"?:[ \t]*(\S+)/m.exec(text) ?? []
  const [, namespace = ''] = /^[ \t]+namespace:[ \t]*(\S+)/m.exec(text) ?? []
  const [, name = ''] = /^[ \t]+name:[ \t]*(\S+)/m.exec(text) ?? []
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

/** Each object with what it was: of the same name; else, renamed, the next of its kind. */
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
