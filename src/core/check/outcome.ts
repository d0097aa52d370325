/** What comes of a finding: a rule foretells it, and it is said only where the trace of the same text ends so. */

import { endingIn } from '../base/spaced'
import type { ClusterRef } from '../istio/cluster-ref'
import type { End, Foretelling, RuleFinding, RuleInput } from '../rules/kind'
import type { HopLine, Trace } from '../trace/outcome'
import { trace } from '../trace/trace'

/**
 * The finding with its outcome in the sentence, or without it where requests end otherwise: something else in the text stops them first. Where
 * they arrive through a gateway all the same, the finding blames what is not in their way: it is no more than a remark.
 */
export function withOutcome(of: RuleInput, { foretells, ...finding }: RuleFinding): RuleFinding {
  if (!foretells) return finding
  const traces = tracesOf(of, foretells)
  if (traces.every((traced) => foretells.ends.some((end) => endsSo(traced, end))))
    return { ...finding, says: endingIn(finding.says, foretells.says), foretells }
  return traces.some(arrives) && finding.level === 'error' ? { ...finding, level: 'info' } : finding
}

/** As it should: through a gateway. */
export const arrives = ({ failure, outcome, unknown }: Trace): boolean =>
  unknown === null && failure === null && outcome.hops.some(({ proxy }) => proxy.kind === 'gateway')

/** The traces of the requests that something is foretold of. A client is known by its namespace and labels. */
export function tracesOf({ mesh, around }: RuleInput, { clients, url }: Foretelling): Trace[] {
  const keys = new Set(clients.map(({ namespace, labels }) => JSON.stringify([namespace, labels])))
  const pods = around.pods.filter(({ namespace, labels, sidecar }) => sidecar && keys.delete(JSON.stringify([namespace, labels])))
  return pods.map(({ namespace, name }) => trace(mesh, around, { from: `${namespace}/${name}`, url, curl: [] }))
}

/** Whether a request ends in this way; what the tracer does not know it cannot confirm. */
export function endsSo({ outcome: { status, exit, hops }, failure, unknown }: Trace, end: End): boolean {
  return (
    unknown === null &&
    (end.status ?? status) === status &&
    (end.exit ?? exit) === exit &&
    (!end.fails || failure !== null) &&
    (!end.direct || leavesAlone(hops)) &&
    (!end.log || hops.some((line) => logs(line, end.log ?? {})))
  )
}

const leavesAlone = (hops: readonly HopLine[]): boolean =>
  hops.length > 0 && hops.every(({ proxy, cluster }) => proxy.kind === 'sidecar' && cluster !== null && !isBlackHole(cluster))

const isBlackHole = (cluster: ClusterRef): boolean => 'name' in cluster && cluster.name === 'BlackHoleCluster'

const logs = ({ code, flags, details, failure = '' }: HopLine, wanted: NonNullable<End['log']>): boolean =>
  (wanted.code ?? code) === code &&
  (wanted.flags === undefined || flags.split(',').includes(wanted.flags)) &&
  details.includes(wanted.details ?? '') &&
  failure.includes(wanted.failure ?? '')
