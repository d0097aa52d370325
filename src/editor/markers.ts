/** Findings as the editor marks them: full ranges, one language. Pure; `monaco.ts` shows them. */

import type { Lang } from '../core/base/text'
import type { Place, Span } from '../core/yaml/document'
import type { Finding, Level } from '../core/yaml/finding'

export interface Marker {
  level: Level
  /** The rule, such as L1. */
  code: string
  says: string
  /** Offsets in the whole text; at least one letter. */
  from: number
  to: number
}

/** So many are marked: nobody reads more, and finding each place takes its time. The list of problems has them all. */
export const mostMarks = 500

/**
 * Marks what has a place in the text; one at each place for the same sentence. `spanOf` finds a place; a finding of the drawing has none and
 * is on the canvas alone. An empty text has nothing to be marked.
 */
export function markersOf(findings: readonly Finding[], spanOf: (at: Place) => Span | null, length: number, lang: Lang): Marker[] {
  if (length === 0) return []
  const seen = new Set<string>()
  return findings.flatMap((finding) => {
    if (seen.size >= mostMarks) return []
    const span = spanOfFinding(finding, spanOf)
    if (!span) return []
    const from = Math.max(0, Math.min(span.from, Math.max(0, length - 1)))
    const to = Math.min(length, Math.max(span.to, from + 1))
    const says = finding.says[lang]
    const key = `${from} ${to} ${says}`
    if (seen.has(key)) return []
    seen.add(key)
    return [{ level: finding.level, code: finding.rule, says, from, to }]
  })
}

/** Where a finding is in the text; null where it is about the drawing alone. */
export const spanOfFinding = ({ at, span }: Pick<Finding, 'at' | 'span'>, spanOf: (at: Place) => Span | null): Span | null =>
  span ?? (at ? spanOf(at) : null)

/** The findings whose marks touch a stretch of the text, nearest first: those that the light bulb offers to mend. */
export function findingsAt(findings: readonly Finding[], spanOf: (at: Place) => Span | null, from: number, to: number): Finding[] {
  const touched = findings.flatMap((finding) => {
    const span = spanOfFinding(finding, spanOf)
    return span && span.from <= to && span.to >= from ? [{ finding, size: span.to - span.from }] : []
  })
  return touched.toSorted((a, b) => a.size - b.size).map(({ finding }) => finding)
}
