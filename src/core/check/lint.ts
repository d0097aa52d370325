/** Runs every rule over what is written. */

import { asSeen } from '../istio/service-entry-visibility'
import type { RuleFinding, RuleInput } from '../rules/kind'
import type { Place } from '../yaml/document'
import type { Finding } from '../yaml/finding'
import { judged } from './judged'
import { rules } from './rules'
import { raised } from './untold'

/**
 * What all rules find, in the order of the text. A rule that throws gives a finding and does not stop the others; no input should make one
 * throw (`rules.test.ts`).
 */
export function lint({ documents, mesh, around }: RuleInput): RuleFinding[] {
  const of = { documents, mesh: asSeen(mesh, around), around }
  return inOrder(
    of,
    raised(
      of,
      rules.flatMap((rule) => judged(rule, of)),
    ),
  )
}

const levels = { error: 0, warning: 1, info: 2 }

/** By document, then by place in it, then by level; what has no place comes last. */
export function inOrder<F extends Finding>({ documents }: Pick<RuleInput, 'documents'>, findings: readonly F[]): F[] {
  const at = new Map(documents.map(({ id }, index) => [id.key, index]))
  const rank = ({ at: place }: Finding) => (place ? (at.get(place.of.key) ?? documents.length) : documents.length + 1)
  return findings
    .map((finding, index) => ({ finding, index, rank: rank(finding) }))
    .toSorted(
      (a, b) =>
        a.rank - b.rank || byPath(a.finding.at, b.finding.at) || levels[a.finding.level] - levels[b.finding.level] || a.index - b.index,
    )
    .map(({ finding }) => finding)
}

function byPath(a: Place | undefined, b: Place | undefined): number {
  const [one, two] = [a?.path ?? [], b?.path ?? []]
  for (let i = 0; i < Math.min(one.length, two.length); i++) {
    const [x, y] = [one[i] as string | number, two[i] as string | number]
    if (x !== y) return typeof x === 'number' && typeof y === 'number' ? x - y : String(x) < String(y) ? -1 : 1
  }
  return one.length - two.length
}
