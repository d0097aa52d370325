/** Documents before x documents after -> edits of the text. What did not change is not looked into: a thousand hosts cost what one costs. */
import type { Doc } from '../core/compile/resource'

/** Lines `from` up to but not including `to`, counted from 1 in the text before; `text` is whole lines. */
export interface LineEdit {
  from: number
  to: number
  text: string
}

type Printed = Pick<Doc, 'of' | 'text' | 'lines'>

const separator = '---\n'

/**
 * Edits in the order of the text, none overlapping another; all of them count lines of the text before. Documents are compared by identity and
 * matched by the name of their object; inside a document only the lines that differ are replaced.
 */
export function editsBetween(before: readonly Printed[], after: readonly Printed[]): LineEdit[] {
  const edits: LineEdit[] = []
  const [head, tail] = sameEnds(before, after)
  // Lines count as if a separator stood before the first document too: then a document and its separator are one block.
  let line = heightOf(before, 0, head)
  let [old, now] = [head, head]
  const gap = (oldEnd: number, nowEnd: number) => {
    const height = heightOf(before, old, oldEnd)
    const text = after.slice(now, nowEnd).map((doc) => separator + doc.text)
    if (height > 0 || text.length > 0) edits.push({ from: line, to: line + height, text: text.join('') })
    line += height
  }
  for (const [oldIndex, nowIndex] of matches(before, after, head, tail)) {
    gap(oldIndex, nowIndex)
    const [was, is] = [before[oldIndex] as Printed, after[nowIndex] as Printed]
    if (was !== is && was.text !== is.text) edits.push(...within(was.text, is.text, line + 1))
    line += was.lines + 1
    old = oldIndex + 1
    now = nowIndex + 1
  }
  gap(before.length - tail, after.length - tail)
  return edits.map((edit) => placed(edit, before.length > 0 && after.length > 0))
}

/** The first separator was only thought of: takes it away again. */
function placed({ from, to, text }: LineEdit, stays: boolean): LineEdit {
  if (from > 0) return { from, to, text }
  // The block at the very top: its separator is now the one behind it, unless nothing is there.
  const open = text.slice(separator.length)
  if (to === 0) return { from: 1, to: 1, text: stays ? open + separator : open }
  return text === '' ? { from: 1, to: stays ? to + 1 : to, text } : { from: 1, to, text: open }
}

const keyOf = ({ of }: Printed): string => `${of.kind} ${of.namespace}/${of.name}`

function heightOf(docs: readonly Printed[], from: number, to: number): number {
  let height = 0
  for (let index = from; index < to; index++) height += (docs[index] as Printed).lines + 1
  return height
}

/** How many documents are the very same at the head and at the tail. */
function sameEnds(before: readonly Printed[], after: readonly Printed[]): [number, number] {
  const shorter = Math.min(before.length, after.length)
  let head = 0
  while (head < shorter && before[head] === after[head]) head++
  let tail = 0
  while (tail < shorter - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++
  return [head, tail]
}

/** Pairs of documents between head and tail that are the same object before and after, in rising order on both sides. */
function matches(before: readonly Printed[], after: readonly Printed[], head: number, tail: number): [number, number][] {
  const places = new Map<string, number>()
  for (let index = head; index < before.length - tail; index++) places.set(keyOf(before[index] as Printed), index)
  const pairs: [number, number][] = []
  let reached = head - 1
  for (let index = head; index < after.length - tail; index++) {
    const place = places.get(keyOf(after[index] as Printed))
    if (place === undefined || place <= reached) continue
    pairs.push([place, index])
    reached = place
  }
  return pairs
}

/** The comment at the top tells of all hosts, so it changes with any of them: apart from it, what differs is mostly one place. */
function within(was: string, is: string, line: number): LineEdit[] {
  const [wasComment, isComment] = [commentOf(was), commentOf(is)]
  const top = wasComment === isComment ? [] : [between(wasComment, isComment, line)]
  const [wasBody, isBody] = [was.slice(wasComment.length), is.slice(isComment.length)]
  return wasBody === isBody ? top : [...top, between(wasBody, isBody, line + linesIn(wasComment, 0, wasComment.length))]
}

const commentOf = (text: string): string => /^(?:#.*\n)*/.exec(text)?.[0] ?? ''

/** Replaces the lines from the first to the last that differ. */
function between(was: string, is: string, line: number): LineEdit {
  const shorter = Math.min(was.length, is.length)
  let head = 0
  while (head < shorter && was.charCodeAt(head) === is.charCodeAt(head)) head++
  while (head > 0 && was[head - 1] !== '\n') head--
  let tail = 0
  while (tail < shorter - head && was.charCodeAt(was.length - 1 - tail) === is.charCodeAt(is.length - 1 - tail)) tail++
  tail = is.length - wholeLines(is, is.length - tail, head)
  if (!startsLine(was, was.length - tail, head)) tail = was.length - wholeLines(was, was.length - tail, head)
  const [wasEnd, isEnd] = [was.length - tail, is.length - tail]
  const from = line + linesIn(was, 0, head)
  return { from, to: from + linesIn(was, head, wasEnd), text: is.slice(head, isEnd) }
}

const startsLine = (text: string, at: number, head: number): boolean => at === head || text[at - 1] === '\n'

/** The first place at or behind `at` where a line begins. */
const wholeLines = (text: string, at: number, head: number): number => (startsLine(text, at, head) ? at : text.indexOf('\n', at) + 1)

function linesIn(text: string, from: number, to: number): number {
  let lines = 0
  for (let at = text.indexOf('\n', from); at !== -1 && at < to; at = text.indexOf('\n', at + 1)) lines++
  return lines
}
