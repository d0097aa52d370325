/** Lines, columns and blanks of a text of YAML. */
import type { YamlNode } from '../parse/node'

export const lineStart = (text: string, at: number): number => text.lastIndexOf('\n', at - 1) + 1

/** Behind the line break of the line of an offset. */
export function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at)
  return end < 0 ? text.length : end + 1
}

export const columnOf = (text: string, at: number): number => at - lineStart(text, at)

/** Behind the last letter of a value; blanks and line breaks that a block or an empty value takes along are not its own. */
export function contentEnd(text: string, node: YamlNode, key: YamlNode | null = null): number {
  let end = node.to
  while (end > node.from && /\s/.test(text[end - 1] ?? '')) end--
  if (node.kind === 'map') for (const entry of node.entries) end = Math.max(end, node.style === 'flow' ? 0 : entry.key.to)
  return key ? Math.max(end, text.indexOf(':', key.to) + 1) : end
}

/** Back over blanks and line breaks; a comment on the way stays before. */
export function behind(text: string, at: number): number {
  let from = at
  while (from > 0 && /\s/.test(text[from - 1] ?? '')) from--
  const line = text.slice(lineStart(text, from), from)
  const comment = /(?:^|\s)#/.exec(line)
  return comment ? behind(text, lineStart(text, from) + comment.index) : from
}

/** Lines moved to a column; the first one too, or else it follows something. Empty lines stay empty. */
export const indented = (lines: string, column: number, first: boolean): string =>
  lines
    .split('\n')
    .map((line, index) => (line === '' || (index === 0 && !first) ? line : ' '.repeat(column) + line))
    .join('\n')

/** Where the comment lines directly above a line, at its column, begin. */
export function commentsAbove(text: string, line: number, column: number): number {
  let start = line
  while (start > 0) {
    const above = lineStart(text, start - 1)
    const words = text.slice(above, start)
    if (!/^[ \t]*#/.test(words) || words.search(/#/) !== column) return start
    start = above
  }
  return start
}

/** How far the text moves in from one level to the next. */
export function blockIndent(text: string, root: YamlNode): number {
  for (const { key, node } of root.entries)
    if (node.kind === 'map' && node.style !== 'flow' && node.entries[0])
      return Math.max(1, columnOf(text, node.entries[0].key.from) - columnOf(text, key.from))
  return 2
}
