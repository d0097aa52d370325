/** Cuts a text of YAML into its documents, before any of them is read: one that is broken does not hide the rest. */

export interface Cut {
  /** The part between the separators: offsets in the whole text, `to` not included. */
  from: number
  to: number
  /** Where the separator above begins; `from` where there is none. */
  above: number
  /** Where a line such as `%YAML 1.2` for this document begins; -1 where there is none. */
  directive: number
  /** Behind a line `...`, up to the next `---`: kubectl has ended the document there, and reads on below. */
  unread: boolean
  /** Where a line `...` is that ends no document, which kubectl refuses; -1 where none does. */
  bareEnd: number
}

/**
 * All documents of a text, the empty ones too. A line that begins with `---` or `...` always separates: no indented block and no quoted text
 * can hold one, since it begins in the first column. What follows on the line of `---` belongs to the document. kubectl cuts at `---` alone and
 * reads of each part the first document: what comes behind `...` is not read. JSON objects that are one
 * behind the other are documents each, as kubectl has it.
 */
export function cutsOf(text: string): Cut[] {
  const cuts: Cut[] = []
  const start = text.charCodeAt(0) === 0xfeff ? 1 : 0
  let from = start
  let above = start
  let directive = -1
  let unread = false
  const add = (to: number, bareEnd = -1) => {
    for (const cut of jsonCuts(text, { from, to, above, directive, unread, bareEnd })) cuts.push(cut)
  }
  for (let at = start; at >= 0 && at < text.length; at = nextSeparator(text, at)) {
    if (!isSeparator(text, at)) continue
    const directives = text[at] === '-' ? directiveIn(text, from, at) : -1
    const ends = text[at] === '.'
    if (directives < 0) add(at, ends && !unread && isBare(text, from, at) ? at : -1)
    unread = ends
    above = directives < 0 ? at : above
    directive = directives
    from = lineEnd(text, at + 3)
  }
  add(text.length)
  return cuts
}

/** Nothing but blanks and comments: no line begins with anything else. */
const isBare = (text: string, from: number, to: number): boolean => !/(?<![^\n\r])[ \t]*[^# \t\n\r]/.test(text.slice(from, to))

function isSeparator(text: string, at: number): boolean {
  const mark = text.slice(at, at + 3)
  if (mark !== '---' && mark !== '...') return false
  const next = text[at + 3]
  return next === undefined || next === '\n' || next === '\r' || next === ' ' || next === '\t'
}

/** The beginning of the next line that begins with the mark of a separator; -1 behind the last. */
function nextSeparator(text: string, at: number): number {
  marks.lastIndex = at + 1
  return marks.exec(text)?.index ?? -1
}

const marks = /^(?:---|\.\.\.)/gm

/** Behind the line break, where only blanks come before it. */
function lineEnd(text: string, at: number): number {
  let end = at
  while (text[end] === ' ' || text[end] === '\t') end++
  if (text[end] === '\r' && text[end + 1] === '\n') return end + 2
  return text[end] === '\n' || text[end] === '\r' ? end + 1 : at
}

/** Where `%YAML 1.2` or its like begins, if only directives and comments follow it; they are for the document below. */
function directiveIn(text: string, from: number, to: number): number {
  if (to - from > 4000 || !text.slice(from, to).includes('%')) return -1
  const lines = text.slice(from, to)
  const bare = lines.split(/\r\n|[\n\r]/).every((line) => /^(?:%|\s*#|\s*$)/.test(line))
  const found = /^%/m.exec(lines)
  return bare && found ? from + found.index : -1
}

/** A piece that is several JSON objects in a row, cut between them. */
function jsonCuts(text: string, cut: Cut): Cut[] {
  const first = skipBlanks(text, cut.from, cut.to)
  if (text[first] !== '{') return [cut]
  const ends: number[] = []
  for (let at = first; at < cut.to && text[at] === '{'; ) {
    const end = jsonEnd(text, at, cut.to)
    if (end < 0) return [cut]
    ends.push(end)
    at = skipBlanks(text, end, cut.to)
    if (at < cut.to && text[at] !== '{') return [cut]
  }
  if (ends.length < 2) return [cut]
  const froms = [cut.from, ...ends.slice(0, -1)]
  return froms.map((from, index) => ({
    from,
    to: index === froms.length - 1 ? cut.to : (ends[index] as number),
    above: index === 0 ? cut.above : from,
    directive: index === 0 ? cut.directive : -1,
    unread: cut.unread,
    bareEnd: index === 0 ? cut.bareEnd : -1,
  }))
}

function skipBlanks(text: string, from: number, to: number): number {
  let at = from
  while (at < to && /\s/.test(text[at] as string)) at++
  return at
}

/** Behind the brace that closes the one at `from`; -1 where none does. */
function jsonEnd(text: string, from: number, to: number): number {
  const signs = /["{}[\]]/g
  let depth = 0
  signs.lastIndex = from
  for (let found = signs.exec(text); found && found.index < to; found = signs.exec(text)) {
    if (found[0] === '"') {
      const string = /"(?:[^"\\\n]|\\.)*"/y
      string.lastIndex = found.index
      if (!string.test(text)) return -1
      signs.lastIndex = string.lastIndex
    } else if (found[0] === '{' || found[0] === '[') depth++
    else if (--depth === 0) return found.index + 1
  }
  return -1
}
