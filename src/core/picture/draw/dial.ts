/** The TLS of a proxy's connection to a host: what istiod makes of the DestinationRules for one port and subset (istio/README 7.4). */

import { memo } from '../../base/memo'
import { type ConsolidatedDestinationRule, policyFor } from '../../istio/destination-rule'
import type { ClientTls, DestinationRule } from '../../istio/mesh'
import { destinationRuleForHost, type PushContext } from '../../istio/push-context'
import type { WorkloadRef } from '../../istio/surroundings'
import { carriesTls, type TlsMode } from '../../istio/tls-mode'
import type { Speaks, TlsFields } from '../../model/design'
import { tlsKinds } from '../../model/tls'
import type { Place } from '../../yaml/document'
import { sameDocument } from '../../yaml/place'

export interface Connection {
  /** Null: nothing is said, the bytes go out as they are. */
  tls: ClientTls | null
  /** The parts of the rules that say so. */
  places: readonly Place[]
}

/** Every rule for this very host, whoever sees it. */
export const rulesFor = (istiod: PushContext, host: string): readonly DestinationRule[] => istiod.destinationRules.written.get(host) ?? []

const subsetsOf = memo(
  (rule: DestinationRule): ReadonlyMap<string, DestinationRule['subsets'][number]> =>
    new Map(rule.subsets.toReversed().map((subset) => [subset.name, subset])),
)

/** A rule's subset of this name; the first counts. A gateway's rule may have one for each of thousands of hosts. */
export const namedSubset = (rule: DestinationRule, name: string): DestinationRule['subsets'][number] | undefined =>
  subsetsOf(rule).get(name)

/** Whether a proxy has a cluster for the subset that a route names: the rule that it obeys has it. */
export const hasSubset = (istiod: PushContext, proxy: WorkloadRef, host: string, subset: string): boolean =>
  subset === '' || (destinationRuleForHost(istiod, proxy, host)?.named.has(subset) ?? false)

/** How a proxy connects to a port of a host, and which rules decide it. */
export function connectionOf(istiod: PushContext, proxy: WorkloadRef, host: string, subset: string, port: number): Connection {
  const rule = destinationRuleForHost(istiod, proxy, host)
  if (!rule) return { tls: null, places: [] }
  const { tls } = policyFor(rule, subset, port)
  const own = subset === '' ? undefined : rule.named.get(subset)
  return { tls, places: placesOf(rule, [...(own ? [own.from] : []), ...(tls ? [tls.from] : [])]) }
}

/** The parts that decide, and the rules that they are in; where none decides, the first rule. */
function placesOf({ of }: ConsolidatedDestinationRule, parts: readonly Place[]): Place[] {
  const owners = of.filter(({ from }) => parts.some((part) => sameDocument(part.of, from.of)))
  return [...(owners.length > 0 ? owners : of.slice(0, 1)).map(({ from }) => from), ...parts]
}

/** The mode of a way outside, and its fields as a person would have set them: what follows from the host's name is left out. */
export function outsideOf(tls: ClientTls | null, host: string, speaks: Speaks): { tls: TlsMode; fields: TlsFields } {
  if (!tls || !carriesTls(tls.mode)) return { tls: speaks === 'HTTPS' ? 'PASSTHROUGH' : 'DISABLE', fields: {} }
  const said = fieldsOf(tls)
  const sent = tlsKinds[tls.mode].client(said, { host, speaks })
  const { sni, subjectAltNames, ...rest } = said
  // From the fewest fields on: the first that write the same are taken.
  const tries: TlsFields[] = [rest, { ...rest, ...(subjectAltNames && { subjectAltNames }) }, { ...rest, ...(sni && { sni }) }]
  const same = tries.find(
    (fields) => JSON.stringify(sorted(tlsKinds[tls.mode].client(fields, { host, speaks }))) === JSON.stringify(sorted(sent)),
  )
  return { tls: tls.mode, fields: same ?? said }
}

const sorted = (value: object | null): unknown => value && Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))

function fieldsOf({
  sni,
  subjectAltNames,
  credentialName,
  clientCertificate,
  privateKey,
  caCertificates,
  insecureSkipVerify,
}: ClientTls): TlsFields {
  return {
    ...(sni && { sni }),
    ...(subjectAltNames.length > 0 && { subjectAltNames }),
    ...(credentialName && { credentialName }),
    ...(caCertificates && { caCertificates }),
    ...(clientCertificate && { clientCertificate }),
    ...(privateKey && { privateKey }),
    ...(insecureSkipVerify && { insecureSkipVerify }),
  }
}
