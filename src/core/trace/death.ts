/** Of what a request dies, in the words of the access log. Pure. */
import type { Trace, TraceStep } from './outcome'
import { sameAt } from './ref'

/** Envoy's flag and details as the access log has them, or what the app sees of it. */
export function deathOf({ flag, at }: Pick<TraceStep, 'flag' | 'at'>, { outcome }: Pick<Trace, 'outcome'>): string {
  const line = outcome.hops.findLast(({ proxy }) => sameAt(proxy, at))
  const details = line && line.details !== '-' && line.details !== 'via_upstream' ? line.details : ''
  const flags = flag || (line && line.flags !== '-' ? line.flags : '')
  return [flags, details].filter(Boolean).join(' ') || seenBy({ outcome })
}

/** `503`, `curl 35`. */
export const seenBy = ({ outcome }: Pick<Trace, 'outcome'>): string =>
  outcome.status > 0 ? String(outcome.status) : `curl ${outcome.exit}`
