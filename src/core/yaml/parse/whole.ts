/** What there is to tell of a text as a whole, before any document of it. */

import { both, type Text } from '../../base/text'
import type { Span } from '../document'
import type { Finding, Level } from '../finding'

/** Larger texts and more documents than these are not read. */
export const mostLetters = 20_000_000
export const mostDocuments = 50_000
const longLine = 65_536

export const spanned = (rule: string, level: Level, span: Span, says: Text): Finding => ({ rule, level, by: 'yaml', on: null, span, says })

const thousands = (of: number): string => of.toLocaleString('en')

/** The finding for a text that is too large to be read at all; null where it is not. */
export function tooLarge(text: string): Finding | null {
  if (text.length <= mostLetters) return null
  return spanned(
    'Y-too-large',
    'error',
    { from: 0, to: 1 },
    both(
      `The text has ${thousands(text.length)} characters; at most ${thousands(mostLetters)} are read. Open a part of it.`,
      `文本有 ${thousands(text.length)} 个字符，最多读取 ${thousands(mostLetters)} 个。请只打开其中一部分。`,
    ),
  )
}

/** The same for its documents. */
export const tooMany = (count: number, at: Span): Finding =>
  spanned(
    'Y-too-many',
    'error',
    at,
    both(
      `The text has ${thousands(count)} documents; at most ${thousands(mostDocuments)} are read. Open a part of it.`,
      `文本有 ${thousands(count)} 个文档，最多读取 ${thousands(mostDocuments)} 个。请只打开其中一部分。`,
    ),
  )

/** Line ends, a BOM, very long lines, nothing at all: read all the same, and told. */
export function toldOfWhole(text: string): Finding[] {
  const findings: Finding[] = []
  const tell = (rule: string, from: number, to: number, says: Text) => findings.push(spanned(rule, 'info', { from, to }, says))
  if (text.trim() === '' || text === '\ufeff')
    tell('Y-empty', 0, 0, both('The text is empty: type, paste or open YAML.', '文本为空：请输入、粘贴或打开 YAML。'))
  if (text.charCodeAt(0) === 0xfeff)
    tell(
      'Y-bom',
      0,
      1,
      both(
        'The text begins with a byte order mark. It is read without it, and kept.',
        '文本以字节顺序标记（BOM）开头。读取时忽略，但会保留。',
      ),
    )
  const crlf = text.indexOf('\r\n')
  if (crlf >= 0)
    tell(
      'Y-line-ends',
      crlf,
      crlf + 2,
      both('The lines end as Windows writes them. They are read all the same, and kept.', '文本使用 Windows 换行符。照常读取，并会保留。'),
    )
  if (text.length > longLine) longLines(text, tell)
  return findings
}

function longLines(text: string, tell: (rule: string, from: number, to: number, says: Text) => void): void {
  for (let from = 0; from < text.length; ) {
    const end = text.indexOf('\n', from)
    const to = end < 0 ? text.length : end
    if (to - from > longLine) {
      const says = both(
        `This line has ${thousands(to - from)} characters. It is read, but no editor shows it well.`,
        `这一行有 ${thousands(to - from)} 个字符。可以读取，但任何编辑器都很难显示。`,
      )
      tell('Y-long-line', from, from + 80, says)
      return
    }
    from = to + 1
  }
}
