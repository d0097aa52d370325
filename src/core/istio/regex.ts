/**
 * Regular expressions as Istio and Envoy read them: RE2, which knows `(?i)` and no look-ahead, and needs time in proportion to its text whatever the
 * pattern is. JavaScript's own would read others, and could be stopped by one for ever.
 */
import { RE2JS } from 're2js'
import { memoText } from '../base/memo'

/** In bytes (Istio's validation.go, validateStringRegexp). */
const longest = 1024

/** A trace asks the same few patterns for every request: to compile one takes longer than to compare with it. */
const compiled = memoText(200, (pattern): RE2JS | null => {
  try {
    return RE2JS.compile(pattern)
  } catch {
    return null
  }
})

/** What Istio refuses of a pattern; null for nothing. An empty one is refused too, where it compares a whole text. */
export function regexProblem(pattern: string): 'too long' | 'no RE2' | null {
  if (new TextEncoder().encode(pattern).length > longest) return 'too long'
  return compiled(pattern) ? null : 'no RE2'
}

/** Envoy compares the whole text; what is no pattern fits nothing. */
export const regexFits = (pattern: string, value: string): boolean => compiled(pattern)?.matches(value) ?? false
