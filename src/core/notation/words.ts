/** Lines as words, each with its place. */
import { both, type Text } from '../text'

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
  arrow: boolean
}

// A word ends at a blank or an arrow; quotes keep blanks together. `=>` and the arrow sign are typed as often as `->`.
const pattern = /(->|=>|→|➔|⇒)|((?:"[^"]*"|(?!->|=>|→|➔|⇒)[^\s"#]|(?<=\S)#|"[^"]*$)+)|#.*$/gu

/** The words of a line; a `#` at the start of a word begins a comment. Full-width blanks are blanks. */
export function words(line: string): Word[] {
  const found: Word[] = []
  for (const match of line.matchAll(pattern)) {
    const column = match.index + 1
    if (match[1]) found.push({ text: '->', column, arrow: true })
    else if (match[2]) found.push({ text: match[2].replaceAll('"', ''), column, arrow: false })
    else break
  }
  return found
}

/** A word as a value: quoted where a blank, a quote or a comment sign would break it. */
export const valueWord = (value: string): string => (/^[^\s"#]+$/.test(value) && !/->|=>|→|➔|⇒/.test(value) ? value : `"${value.replaceAll('"', '')}"`)

export const wrong = (word: Word, says: Text): Problem => ({ column: word.column, word: word.text, says })

/** What stands behind the last word of a part. */
export const missing = (after: Word | undefined, says: Text): Problem => ({ column: after ? after.column + after.text.length : 1, word: '', says })

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
  complaint.offer === undefined
    ? complaint.says
    : both(`${complaint.says.en} Write ${complaint.offer}.`, `${complaint.says.zh} 应写成 ${complaint.offer}。`)
