/**
 * Collections in brackets may close in any column, Go says; the parser here wants them further in than their key. Line breaks within brackets
 * mean nothing, so they are turned into blanks: no letter moves.
 */

/** The same text with each bracketed part on one line, letter by letter as long; the text itself where there is nothing to do. */
export function flattened(text: string): string {
  const letters = text.split('')
  let at = 0
  while (at < text.length) {
    const line = lineAt(text, at)
    const block = /(?:^|[:\-?\s])[|>][-+0-9]*[ \t]*(?:#.*)?\r?$/s.test(line)
    if (block && !/^\s*#/.test(line)) at = behindBlock(text, at)
    else at = flattenLine(text, letters, at, at + line.length)
  }
  return letters.join('')
}

const lineAt = (text: string, at: number): string => {
  const end = text.indexOf('\n', at)
  return text.slice(at, end < 0 ? text.length : end)
}

/** Behind the lines of a block's text: those that are indented more than the line that opens it, and empty ones. */
function behindBlock(text: string, at: number): number {
  const own = lineAt(text, at).search(/\S/)
  let next = at + lineAt(text, at).length + 1
  while (next < text.length) {
    const line = lineAt(text, next)
    const column = line.search(/\S/)
    if (column >= 0 && column <= own) return next
    next += line.length + 1
  }
  return next
}

/** Goes along a line; a bracket that opens a value is followed to its end, over as many lines as it takes. */
function flattenLine(text: string, letters: string[], from: number, to: number): number {
  const opens = /(?:^|[:\-?,] +|: *)(?:[&!]\S+ +){0,2}([[{])/g
  const line = text.slice(from, to)
  const quoted = /^[^'"#]*/.exec(line)?.[0].length ?? 0
  const found = opens.exec(line)
  if (!found || found.index > quoted) return to + 1
  const end = flattenBrackets(text, letters, from + found.index + found[0].length - 1)
  return Math.max(to + 1, end + lineAt(text, end).length + 1)
}

function flattenBrackets(text: string, letters: string[], from: number): number {
  let depth = 0
  for (let at = from; at < text.length; at++) {
    const letter = text[at] as string
    if (letter === '"' || letter === "'") at = behindQuotes(text, at, letter) - 1
    else if (letter === '[' || letter === '{') depth++
    else if (letter === ']' || letter === '}') {
      if (--depth === 0) return at + 1
    } else if (letter === '#' && /\s/.test(text[at - 1] ?? '')) {
      for (; at < text.length && text[at] !== '\n'; at++) letters[at] = ' '
      at--
    } else if ((letter === '\n' || letter === '\r') && betweenEntries(text, at)) letters[at] = ' '
    else if (letter === '\t') letters[at] = ' '
  }
  return text.length
}

/** Not within a text of several lines, whose breaks are folded. */
const betweenEntries = (text: string, at: number): boolean =>
  /[,[{:\s]$/.test(text.slice(Math.max(0, at - 1), at)) ||
  /^\s*(?:[\]},#]|$)/.test(text.slice(at, at + 400)) ||
  text.slice(text.lastIndexOf('\n', at - 1) + 1, at).includes('#')

function behindQuotes(text: string, at: number, quote: string): number {
  for (let next = at + 1; next < text.length; next++) {
    if (quote === '"' && text[next] === '\\') next++
    else if (text[next] === quote && quote === "'" && text[next + 1] === "'") next++
    else if (text[next] === quote) return next + 1
  }
  return text.length
}
