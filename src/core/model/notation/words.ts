/** Lines as words, each with its place. */

import { both, type Text } from '../../base/text'
import { shown } from '../field'

export interface Problem {
  /** Counts from 1. */
  column: number
  /** The word that is wrong; empty where one is missing. */
  word: string
  says: Text
}

export type Report = (problem: Problem) => void

export interface Word {
  text: string
  column: number
  /** Behind its last character. */
  end: number
  arrow: boolean
}

/** `->` and what hands, chats and word processors make of it. */
const arrow = /(?:-{1,3}|={1,2}|[–—])>|[→⟶➔➜⇒]/y
const arrowStart = new Set('-=–—→⟶➔➜⇒')
const blank = /\s/

/** The words of a line; a `#` at the start of a word begins a comment. Quotes keep blanks together; full-width blanks are blanks. */
export function words(line: string): Word[] {
  const found: Word[] = []
  for (let at = 0; at < line.length; ) {
    const char = line[at] as string
    if (char === '#') break
    const pointed = arrowAt(line, at)
    const word = blank.test(char) ? null : pointed > 0 ? { text: '->', end: at + pointed } : wordAt(line, at)
    if (word) found.push({ ...word, column: at + 1, arrow: pointed > 0 })
    at = word?.end ?? at + 1
  }
  return found
}

/** How long the arrow at this place is; 0 if there is none. */
function arrowAt(line: string, at: number): number {
  if (!arrowStart.has(line[at] as string)) return 0
  arrow.lastIndex = at
  return arrow.exec(line)?.[0].length ?? 0
}

/** A word up to a blank or an arrow. A quote that is not closed ends with the line. */
function wordAt(line: string, from: number): { text: string; end: number } {
  let text = ''
  let at = from
  while (at < line.length) {
    const char = line[at] as string
    if (blank.test(char) || arrowAt(line, at) > 0) break
    if (char !== '"') {
      text += char
      at++
      continue
    }
    const end = closing(line, at + 1)
    text += line.slice(at + 1, end).replace(/\\(["\\nrt])/g, (_, escaped: string) => unescaped[escaped] as string)
    at = end + 1
  }
  return { text, end: Math.min(at, line.length) }
}

const unescaped: Record<string, string> = { '"': '"', '\\': '\\', n: '\n', r: '\r', t: '\t' }
const escaped: Record<string, string> = { '"': '\\"', '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }

function closing(line: string, from: number): number {
  for (let at = from; at < line.length; at++) {
    if (line[at] === '\\') at++
    else if (line[at] === '"') return at
  }
  return line.length
}

const quoted = (text: string): string => `"${text.replace(/["\\\n\r\t]/g, (char) => escaped[char] as string)}"`
const plain = (text: string): boolean =>
  text !== '' && /^[^\s"#]+$/.test(text) && ![...arrowStart].some((start) => text.includes(start) && words(text).length !== 1)

/** A text as one word: quoted where a blank, a quote, a comment sign or an arrow would break it. */
export const valueWord = (text: string): string => (plain(text) ? text : quoted(text))

/** A text as words between single blanks where it reads back so, else as one quoted word. */
export const sentence = (text: string): string => (text.split(' ').every(plain) ? text : quoted(text))

export const wrong = (word: Word, says: Text): Problem => ({ column: word.column, word: shown(word.text), says })

/** What is behind the last word of a part. */
export const missing = (after: Word | undefined, says: Text): Problem => ({ column: after ? after.end + 1 : 1, word: '', says })

/** `name:port` taken apart; the port is null where the colon has none. */
export function splitPort(text: string): { name: string; port: string | null } {
  const colon = text.lastIndexOf(':')
  return colon === -1 ? { name: text, port: null } : { name: text.slice(0, colon), port: text.slice(colon + 1) }
}

/** `namespace/name` taken apart. */
export function splitName(text: string): { namespace: string | undefined; name: string } {
  const slash = text.indexOf('/')
  return slash === -1 ? { namespace: undefined, name: text } : { namespace: text.slice(0, slash), name: text.slice(slash + 1) }
}

/** A complaint about a value, with what would be right where that is known. */
export const complained = (complaint: { says: Text; offer?: string }): Text =>
  complaint.offer === undefined || complaint.offer.length > 300
    ? complaint.says
    : both(`${complaint.says.en} Write ${complaint.offer}.`, `${complaint.says.zh} 应写成 ${complaint.offer}。`)
