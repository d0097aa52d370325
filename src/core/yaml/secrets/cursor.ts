/** Where a scan is, and the steps that all of it takes: blanks and comments, tags and anchors, quotes, aliases. */

/** A value, with its offsets. */
export interface Part {
  from: number
  to: number
  /** Of a scalar: what it says. */
  says?: string
  /** Of a map: its entries as written. */
  entries?: Entry[]
  items?: Part[]
  /** The name that it repeats. */
  alias?: string
  /** Of a block's text: where its lines begin, which are text as they are. */
  lines?: number
}

export interface Entry {
  name: string
  part: Part
  /** Behind the key. */
  since: number
  /** Where the next thing begins, or the end. */
  until: number
}

export interface Scanned {
  roots: Part[]
  anchors: Map<string, Part>
  /** Comments, in order. */
  comments: [from: number, to: number][]
  /** The text is no YAML; what is here is what could be made of it. */
  broken: boolean
}

export interface Scan extends Scanned {
  text: string
  at: number
  /** Where the line begins in which `at` is. */
  line: number
  end: number
  deep: number
}

export const blank = (letter: string | undefined): boolean => letter === ' ' || letter === '\t' || letter === '\n' || letter === undefined

export const letterAt = (s: Scan, at: number): string | undefined => (at < s.end ? s.text[at] : undefined)
export const column = (s: Scan): number => s.at - s.line

/** Goes on to an offset, over line ends as well. */
export function go(s: Scan, to: number): void {
  const broken = s.text.slice(s.at, to).lastIndexOf('\n')
  if (broken >= 0) s.line = s.at + broken + 1
  s.at = to
}

export const lineEnd = (s: Scan): number => {
  const end = s.text.indexOf('\n', s.at)
  return end < 0 || end > s.end ? s.end : end
}

const blanks = /[ \t]*/y
export function skipBlanks(s: Scan): void {
  blanks.lastIndex = s.at
  blanks.test(s.text)
  s.at = Math.min(s.end, blanks.lastIndex)
}

/** To the next letter that counts. */
export function skip(s: Scan): void {
  for (;;) {
    const before = s.at
    skipBlanks(s)
    const letter = letterAt(s, s.at)
    if (letter === '\n') {
      s.at++
      s.line = s.at
    } else if (letter === '#' && (s.at > before || blank(s.text[s.at - 1]) || s.at === s.line)) {
      const end = lineEnd(s)
      s.comments.push([s.at, end])
      s.at = end
    } else return
  }
}

export const nothing = (s: Scan): Part => ({ from: s.at, to: s.at, says: '' })

export function properties(s: Scan): { tag: string; anchor: string } {
  const found = { tag: '', anchor: '' }
  for (let letter = letterAt(s, s.at); letter === '!' || letter === '&'; letter = letterAt(s, s.at)) {
    const from = s.at
    const ends = s.text.startsWith('!<', from) ? />/ : /[,[\]{}]/
    while (!blank(letterAt(s, s.at)) && !ends.test(s.text[s.at] as string)) s.at++
    if (s.text[s.at] === '>') s.at++
    if (letter === '!') found.tag = s.text.slice(from, s.at)
    else found.anchor = s.text.slice(from + 1, s.at)
    skip(s)
  }
  return found
}

const isBinary = (tag: string): boolean => tag === '!!binary' || tag === '!<tag:yaml.org,2002:binary>'

export function decoded(text: string): string {
  try {
    return atob(text.replace(/\s/g, ''))
  } catch {
    return text
  }
}

export const isDash = (s: Scan): boolean => s.text[s.at] === '-' && blank(letterAt(s, s.at + 1))
export const isAsked = (s: Scan): boolean => s.text[s.at] === '?' && blank(letterAt(s, s.at + 1))

export function alias(s: Scan): Part {
  const from = s.at
  while (!blank(letterAt(s, s.at)) && !/[,[\]{}]/.test(s.text[s.at] as string)) s.at++
  // The colon of a key is none of its letters.
  if (s.text[s.at - 1] === ':') s.at--
  return { from, to: s.at, alias: s.text.slice(from + 1, s.at) }
}

export function quoted(s: Scan, quote: string): Part {
  const from = s.at
  const signs = quote === '"' ? /["\\]/g : /'/g
  signs.lastIndex = from + 1
  for (let sign = signs.exec(s.text); sign && sign.index < s.end; sign = signs.exec(s.text)) {
    if (sign[0] === '\\') signs.lastIndex++
    else if (quote === "'" && s.text[sign.index + 1] === "'") signs.lastIndex++
    else {
      const says = s.text.slice(from + 1, sign.index)
      go(s, sign.index + 1)
      return { from, to: s.at, says: quote === "'" ? folded(says).replaceAll("''", "'") : unescaped(folded(says)) }
    }
  }
  // It never ends: what follows is not read as if it did.
  s.broken = true
  s.at = lineEnd(s)
  return { from, to: s.at, says: s.text.slice(from + 1, s.at) }
}

export const folded = (text: string): string =>
  text.includes('\n')
    ? text
        .split('\n')
        .map((line) => line.trim())
        .join(' ')
    : text

const escapes: Record<string, string> = { n: '\n', r: '\r', t: '\t', ' ': '', 0: '\0' }
/** What a text in double quotes says. */
export const unescaped = (text: string): string =>
  text.includes('\\')
    ? text.replace(/\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U00([0-9a-fA-F]{6})|([^]))/g, (_, x, u, long, letter) =>
        letter === undefined ? codePoint(Number.parseInt(x ?? u ?? long, 16)) : (escapes[letter] ?? letter),
      )
    : text
const codePoint = (code: number): string => (code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd')

export function nameOf(s: Scan, key: Part): string {
  if (key.alias === undefined) return key.says ?? ''
  const anchored = s.anchors.get(key.alias)
  // A name that nobody gave.
  s.broken ||= !anchored
  return anchored?.says ?? ''
}

/** Nobody writes deeper than this: what lies below is one text. */
const mostDeep = 150

/** A value with its tag and anchor, which `bare` reads without them. */
export function marked(s: Scan, bare: () => Part): Part {
  if (++s.deep > mostDeep) {
    s.broken = true
    const rest = { from: s.at, to: s.end, says: s.text.slice(s.at, s.end) }
    go(s, s.end)
    s.deep--
    return rest
  }
  const { tag, anchor } = properties(s)
  const part = bare()
  if (isBinary(tag) && part.says) part.says = decoded(part.says)
  if (anchor) s.anchors.set(anchor, part)
  s.deep--
  return part
}
