/** Edits between two texts of a person: where the text was changed from outside, by undo, a fix or the canvas. */

/** Replaces what is from `from` up to but not including `to`, offsets in the text before. */
export interface TextEdit {
  from: number
  to: number
  text: string
}

/**
 * The edits that lead from one text to the other, in order and apart. Documents are compared one by one where there are as many of them, so
 * that two changes far from each other leave alone what is between them.
 */
export function textEdits(was: string, is: string): TextEdit[] {
  if (was === is) return []
  const [old, now] = [pieces(was), pieces(is)]
  if (old.length !== now.length) return [between(was, is, 0)]
  const edits: TextEdit[] = []
  let at = 0
  for (const [index, piece] of old.entries()) {
    const next = now[index] as string
    if (piece !== next) edits.push(between(piece, next, at))
    at += piece.length
  }
  return edits
}

/** A separator begins a piece. */
const pieces = (text: string): string[] => text.split(/^(?=---)/m)

const isHigh = (code: number): boolean => code >= 0xd800 && code <= 0xdbff

/** One edit for all that differs; no letter of two halves is cut in the middle. */
function between(was: string, is: string, at: number): TextEdit {
  const shorter = Math.min(was.length, is.length)
  let head = 0
  while (head < shorter && was.charCodeAt(head) === is.charCodeAt(head)) head++
  if (head > 0 && isHigh(was.charCodeAt(head - 1))) head--
  let tail = 0
  while (tail < shorter - head && was.charCodeAt(was.length - 1 - tail) === is.charCodeAt(is.length - 1 - tail)) tail++
  if (tail > 0 && isHigh(was.charCodeAt(was.length - tail - 1)) && !isHigh(was.charCodeAt(was.length - tail))) tail--
  return { from: at + head, to: at + was.length - tail, text: is.slice(head, is.length - tail) }
}
