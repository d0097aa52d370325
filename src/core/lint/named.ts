/** What rules say of objects, and how they point into them. */

import { endingIn } from '../base/spaced'
import type { Text } from '../base/text'
import { isWildcarded } from '../istio/host-name'
import type { GatewayServer } from '../istio/mesh'
import type { WorkloadRef } from '../istio/surroundings'
import type { End, RuleFinding } from '../rules/kind'
import type { DocumentId, Fix, Place } from '../yaml/document'
import { found, type Level } from '../yaml/finding'
import { type Leg, urlOf } from './legs'

const named = ({ kind, namespace, name }: DocumentId): string => `${kind} ${namespace && `${namespace}/`}${name}`

/** An object as a sentence names it: `Kind namespace/name`. */
export const called = (of: { from: Place } | Place): string => named('from' in of ? of.from.of : of.of)

/** A deeper place in the same object. */
export const at = (place: Place, ...path: (string | number)[]): Place => ({ of: place.of, path: [...place.path, ...path] })

/** A place from the object's root. */
export const inside = (of: { from: Place }, ...path: (string | number)[]): Place => ({ of: of.from.of, path })

/** A finding of a rule. */
export const ruled = (rule: string, level: Level, place: Place, says: Text, fix?: Fix): RuleFinding =>
  found('rule', rule, level, place, says, fix)

/** No more than a remark, as long as nobody is known to ask for what it breaks. */
export const ifAsked = (finding: RuleFinding): RuleFinding => (finding.level === 'info' ? { ...finding, ifAsked: true } : finding)

/** What stops some clients of a leg while others get through is a remark: who is meant to ask for the host is not written. */
export const ofSome = (finding: RuleFinding, { others }: { others: boolean }): RuleFinding =>
  ifAsked(others ? { ...finding, level: 'info' } : finding)

/**
 * The finding with what comes of it for the requests of a leg to a host. Where no request can be named, of bytes or of clients that nobody
 * knows, nothing can be traced: the sentence then says it by itself.
 */
export function foretelling(
  finding: RuleFinding,
  leg: Pick<Leg, 'kind' | 'match' | 'route' | 'routes' | 'clients'>,
  host: string,
  says: Text,
  ends: readonly End[],
  clients: readonly WorkloadRef[] = leg.clients,
): RuleFinding {
  const url = urlOf(leg, host)
  return url === null || clients.length === 0
    ? { ...finding, says: endingIn(finding.says, says) }
    : { ...finding, foretells: { says, clients, url, ends, ...(isWildcarded(host) && { wildcard: host }) } }
}

/** The finding with what comes of it for one URL; of clients that nobody knows nothing is foretold. */
export const foretellingOf = (
  finding: RuleFinding,
  clients: readonly WorkloadRef[],
  url: string | null,
  says: Text,
  ends: readonly End[],
): RuleFinding => (url === null || clients.length === 0 ? finding : { ...finding, foretells: { says, clients, url, ends } })

/** A fix that only sets values. */
export const setting = (says: Text, ...values: readonly (readonly [Place, unknown])[]): Fix => ({
  says,
  changes: values.map(([set, value]) => ({ set, value })),
})

/** Names in a sentence, cut where they would be too many. */
export const list = (names: readonly string[], most = 4): string =>
  names.length > most ? `${names.slice(0, most).join(', ')}, …` : names.join(', ')

export const issue = (number: number): string => `https://github.com/istio/istio/issues/${number}`

/** The first of the findings at the same place: one cause gets one finding, however many hosts and clients it hits. */
export function once(findings: readonly RuleFinding[]): RuleFinding[] {
  const seen = new Set<string>()
  return findings.filter(({ at: place }) => {
    if (!place) return true
    const key = JSON.stringify([place.of.key, place.path])
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}

/** A server as a sentence names it. */
export const server = ({ from, number, hosts }: GatewayServer): Text => {
  const index = from.path.at(-1)
  const which = typeof index === 'number' ? index : ''
  return {
    en: `server ${which} of ${called(from)} (port ${number}, ${list(hosts)})`,
    zh: `${called(from)} 的第 ${typeof index === 'number' ? index + 1 : ''} 个 server（端口 ${number}，${list(hosts)}）`,
  }
}
