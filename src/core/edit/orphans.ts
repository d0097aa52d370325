/** Rules of a host that goes with its last ServiceEntry: nobody is left whom they rule. */
import { asMap, asText } from '../base/loose'
import { isServiceHost, matches } from '../istio/host-name'
import type { Change, Document } from '../yaml/document'
import { hostsOf } from './costs'

/** The changes, and the removal of DestinationRules whose host they take away. */
export function withOrphans(changes: readonly Change[], documents: readonly Document[]): Change[] {
  const gone = new Set(changes.flatMap((change) => ('remove' in change && change.remove.path.length === 0 ? [change.remove.of.key] : [])))
  const [taken, left] = [true, false].map((isGone) =>
    documents.filter(({ kind, id }) => kind === 'ServiceEntry' && gone.has(id.key) === isGone).flatMap(({ object }) => hostsOf(object)),
  ) as [string[], string[]]
  const orphans = documents.filter(({ kind, id, object }) => {
    const host = asText(asMap(asMap(object).spec).host)
    return (
      kind === 'DestinationRule' &&
      !gone.has(id.key) &&
      taken.includes(host) &&
      !isServiceHost(host) &&
      !left.some((other) => matches(other, host))
    )
  })
  return [...changes, ...orphans.map(({ id }): Change => ({ remove: { of: id, path: [] } }))]
}
