/** The part of a scan that is in brackets. */
import { alias, blank, folded, go, isAsked, letterAt, marked, nameOf, nothing, type Part, quoted, type Scan, skip } from './cursor'

/** A collection in brackets; the scan is at the first. */
export function flow(s: Scan): Part {
  const open = s.text[s.at]
  const part: Part = open === '{' ? { from: s.at, to: s.end, entries: [] } : { from: s.at, to: s.end, items: [] }
  s.at++
  for (;;) {
    skip(s)
    const letter = letterAt(s, s.at)
    if (letter === undefined) {
      s.broken = true
      part.to = s.at
      return part
    }
    if (letter === '}' || letter === ']') {
      s.broken ||= (letter === '}') !== (open === '{')
      s.at++
      part.to = s.at
      return part
    }
    if (letter === ',') s.at++
    else {
      flowEntry(s, part)
      skip(s)
      // What lies between two commas is one entry.
      s.broken ||= !/[,}\]]/.test(letterAt(s, s.at) ?? ',')
    }
  }
}

function flowEntry(s: Scan, part: Part): void {
  if (isAsked(s)) s.at++
  skip(s)
  const key = s.text[s.at] === ':' ? nothing(s) : flowNode(s)
  skip(s)
  if (letterAt(s, s.at) !== ':') {
    if (part.items) part.items.push(key)
    else part.entries?.push({ name: nameOf(s, key), part: nothing(s), since: s.at, until: s.at })
    return
  }
  const since = s.at
  s.at++
  skip(s)
  const value = /[,}\]]/.test(letterAt(s, s.at) ?? ',') ? nothing(s) : flowNode(s)
  skip(s)
  const entry = { name: nameOf(s, key), part: value, since, until: s.at }
  if (part.entries) part.entries.push(entry)
  else part.items?.push({ from: key.from, to: value.to, entries: [entry] })
}

function flowNode(s: Scan): Part {
  return marked(s, () => {
    const letter = letterAt(s, s.at) ?? ','
    if (/[,}\]]/.test(letter)) return nothing(s)
    if (letter === '{' || letter === '[') return flow(s)
    if (letter === '"' || letter === "'") return quoted(s, letter)
    return letter === '*' ? alias(s) : flowPlain(s)
  })
}

/** A plain scalar in brackets, over as many lines as it takes. */
function flowPlain(s: Scan): Part {
  const from = s.at
  const stops = /[,[\]{}]|:(?=[\s,[\]{}]|$)|\s#/g
  stops.lastIndex = from
  const stop = stops.exec(s.text)
  let to = Math.min(s.end, stop?.index ?? s.end)
  while (to > from + 1 && blank(s.text[to - 1])) to--
  go(s, Math.max(to, from + 1))
  return { from, to: s.at, says: folded(s.text.slice(from, s.at)) }
}
