/** Findings of every kind as rows of one list: what they are called, where they are, what fixes them. Pure. */

import type { Id } from '../../core/base/id'
import type { Lang, Text } from '../../core/base/text'
import type { NotDrawn } from '../../core/picture/draw'
import type { Trace } from '../../core/trace/outcome'
import type { Fix, Place, Span } from '../../core/yaml/document'
import type { Finding, Level } from '../../core/yaml/finding'

export interface ProblemRow {
  /** The same tomorrow, as long as it is the same problem: the chosen row stays chosen while one types. */
  key: string
  level: Level
  code: string
  says: Text
  on: Id | null
  at: Place | null
  span: Span | null
  fix: Fix | null
  /** A value that would be right for a field of the drawing. */
  offer: Offer | null
}

export interface Offer {
  on: Id
  field: string
  value: string
}

/** Rules that tell themselves why the picture leaves their object out. */
const tellNotDrawn: ReadonlySet<string> = new Set(['O7', 'L26', 'L27'])

export const nameOf = ({ of, path }: Place): string => `${of.group} ${of.kind} ${of.namespace} ${of.name} ${path.join('.')}`

/** All rows in the order of `findings`: the failure of the trace first, with what `mends` it; what is not drawn last, unless a rule has told it. */
export function rowsOf(
  findings: readonly Finding[],
  trace: Trace | null,
  notDrawn: readonly NotDrawn[],
  mends: Fix | null = null,
): ProblemRow[] {
  const told = new Set(findings.flatMap(({ rule, at }) => (tellNotDrawn.has(rule) && at ? [at.of.key] : [])))
  const rest = notDrawn.filter(({ of }) => !told.has(of.key))
  const rows = [...(trace ? ofTrace(trace, mends) : []), ...findings.map(ofFinding), ...rest.map(ofNotDrawn)]
  const seen = new Map<string, number>()
  return rows.map((row) => {
    const count = seen.get(row.key) ?? 0
    seen.set(row.key, count + 1)
    return count === 0 ? row : { ...row, key: `${row.key} ${count}` }
  })
}

const ofFinding = ({ rule, level, says, on, at, span, fix, field, offer }: Finding): ProblemRow => ({
  key: `${rule} ${on ?? ''} ${field ?? ''} ${at ? nameOf(at) : (span?.from ?? '')}`,
  level,
  code: rule,
  says,
  on,
  at: at ?? null,
  span: span ?? null,
  fix: fix ?? null,
  offer: on && field && offer !== undefined ? { on, field, value: offer } : null,
})

function ofTrace({ failure, steps, says }: Trace, mends: Fix | null): ProblemRow[] {
  if (!failure) return []
  const died = steps.findLast((step) => !step.ok) ?? steps.at(-1)
  const at = died?.because ?? null
  return [{ key: `trace ${failure}`, level: 'error', code: failure, says, on: null, at, span: null, fix: mends, offer: null }]
}

const ofNotDrawn = ({ of, why }: NotDrawn): ProblemRow => ({
  key: `not drawn ${nameOf({ of, path: [] })}`,
  level: 'info',
  code: 'not-drawn',
  says: {
    en: `${of.kind} ${of.name}: not drawn, kept unchanged in the text. ${why.en}`,
    zh: `${of.kind} ${of.name}：未画出，在文本中原样保留。${why.zh}`,
  },
  on: null,
  at: { of, path: [] },
  span: null,
  fix: null,
  offer: null,
})

export interface Filter {
  level: Level | null
  text: string
}

/** The rows of a severity whose code, sentence or place has the text, in the language that is read. */
export function filtered(rows: readonly ProblemRow[], { level, text }: Filter, lang: Lang): ProblemRow[] {
  const wanted = text.trim().toLowerCase()
  return rows.filter(
    (row) =>
      (level === null || row.level === level) &&
      (wanted === '' || `${row.code} ${row.says[lang]} ${row.at ? nameOf(row.at) : ''} ${row.on ?? ''}`.toLowerCase().includes(wanted)),
  )
}

export const countOf = (rows: readonly ProblemRow[], level: Level): number => rows.filter((row) => row.level === level).length

/** The row after (or before) the chosen one, round and round; null where there is none. */
export function neighbour(rows: readonly ProblemRow[], current: string | null, by: 1 | -1): ProblemRow | null {
  if (rows.length === 0) return null
  const at = rows.findIndex(({ key }) => key === current)
  const next = at === -1 ? (by === 1 ? 0 : rows.length - 1) : (at + by + rows.length) % rows.length
  return rows[next] ?? null
}

/** One fix for all rows of a code; null where fewer than two can be mended. */
export function fixAllOf(rows: readonly ProblemRow[], code: string, says: Text): { fix: Fix; of: Fix[] } | null {
  const fixes = rows.flatMap((row) => (row.code === code && row.fix ? [row.fix] : []))
  return fixes.length < 2 ? null : { fix: { says, changes: fixes.flatMap(({ changes }) => changes) }, of: fixes }
}
