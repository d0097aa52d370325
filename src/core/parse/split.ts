/** Cuts a text of YAML into its documents, before any of them is read: one that is broken does not hide the rest. */

export interface Cut {
  /** Of what stands between the separators: offsets in the whole text, `to` not included. */
  from: number
  to: number
  /** Where the separator above begins; `from` where there is none. */
  above: number
}

const separator = /^(?:---|\.\.\.)(?=[ \t\r\n]|$)/gm

/**
 * All documents of a text, the empty ones too. A line that begins with `---` or `...` always separates: no indented block and no quoted text
 * can hold one, since it stands in the first column. What follows on the line of `---` belongs to the document.
 */
export function cutsOf(text: string): Cut[] {
  const cuts: Cut[] = []
  let from = text.charCodeAt(0) === 0xfeff ? 1 : 0
  let above = from
  for (const mark of from ? text.slice(1).matchAll(separator) : text.matchAll(separator)) {
    const at = mark.index + (text.charCodeAt(0) === 0xfeff ? 1 : 0)
    if (at < from) continue
    const directives = mark[0] === '---' && onlyDirectives(text, from, at)
    if (!directives) cuts.push({ from, to: at, above })
    above = directives ? above : at
    from = lineEnd(text, at + 3)
  }
  cuts.push({ from, to: text.length, above })
  return cuts
}

/** Behind the line break, where nothing but blanks stands before it. */
function lineEnd(text: string, at: number): number {
  let end = at
  while (text[end] === ' ' || text[end] === '\t') end++
  if (text[end] === '\r' && text[end + 1] === '\n') return end + 2
  return text[end] === '\n' || text[end] === '\r' ? end + 1 : at
}

/** `%YAML 1.2` and its like stand before the `---` of the document that they are for. */
function onlyDirectives(text: string, from: number, to: number): boolean {
  if (!/^%/m.test(text.slice(from, Math.min(to, from + 2000)))) return false
  return text
    .slice(from, to)
    .split(/\r\n|[\n\r]/)
    .every((line) => line === '' || /^(?:%|\s*#|\s*$)/.test(line))
}
