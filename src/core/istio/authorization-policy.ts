/** Which AuthorizationPolicies a gateway obeys, and whether they let a request pass (istio/README 3.6; Istio `security/authz`). Sidecars ask none on the way out. */

import { inBlock } from '../base/ip-block'
import { memoBy } from '../base/memo'
import type { AuthorizationPolicy } from './mesh'
import type { Proxy } from './proxy'
import type { PushContext } from './push-context'
import { fits } from './selector'

/** What rules can ask of a request of HTTP. */
export interface PolicyRequest {
  method: string
  path: string
  authority: string
  headers: ReadonlyMap<string, string>
}

/** What is known of who asks; `http` is null on a TCP proxy, where rules about HTTP can say nothing. */
export interface Caller {
  /** The identity in the peer's certificate, or empty. */
  peer: string
  sni: string
  ip: string
  port: number
  http: PolicyRequest | null
}

export interface Denial {
  policy: AuthorizationPolicy
  /** As Envoy names it: the rule that denies, or none. */
  details: string
}

/** The policy that denies it: one that says so, or the first that allows others; null where it passes. */
export function deniedBy(push: PushContext, proxy: Proxy, caller: Caller): Denial | null {
  const policies = policiesOf(push, proxy)
  for (const policy of policies.filter(({ action }) => action === 'DENY')) {
    const at = policy.rules.findIndex((rule) => ruleFits(policy, rule, caller, true))
    if (at >= 0) return { policy, details: `rbac_access_denied_matched_policy[ns[${policy.namespace}]-policy[${policy.name}]-rule[${at}]]` }
  }
  const allowing = policies.filter(({ action }) => action === 'ALLOW')
  const [first] = allowing
  if (!first || allowing.some((policy) => policy.rules.some((rule) => ruleFits(policy, rule, caller, false)))) return null
  return { policy: first, details: 'rbac_access_denied_matched_policy[none]' }
}

/** Whether one of the policies asks somebody outside of the mesh. */
export const asksElsewhere = (push: PushContext, proxy: Proxy): AuthorizationPolicy | null =>
  policiesOf(push, proxy).find(({ action }) => action === 'CUSTOM') ?? null

/** The policies that a proxy obeys: by selector or target, of its own namespace and of the root. */
export const policiesOf = memoBy(({ mesh, around }: PushContext, { pod }: Proxy): AuthorizationPolicy[] => {
  const gateway = pod.labels['gateway.networking.k8s.io/gateway-name']
  return mesh.authorizationPolicies.filter(({ namespace, targets, selector }) => {
    if (namespace !== pod.namespace && namespace !== around.root) return false
    if (targets.length === 0) return fits(selector, pod.labels)
    return targets.some(
      ({ kind, name }) => (kind === 'Gateway' && namespace === pod.namespace && name === gateway) || kind === 'GatewayClass',
    )
  })
})

type Rule = AuthorizationPolicy['rules'][number]

/** All of `from`, `to` and `when` that are written must hold. */
function ruleFits(policy: AuthorizationPolicy, { from, to, when }: Rule, caller: Caller, denies: boolean): boolean {
  const holds = (key: string, values: readonly string[], not: readonly string[]): boolean => {
    const answer = answerTo(key, policy, caller)
    // What TCP cannot tell makes an ALLOW rule void and is left out of a DENY rule.
    if (answer === null) return values.length + not.length === 0 || denies
    return (values.length === 0 || values.some(answer)) && !not.some(answer)
  }
  const entryFits = (entry: Record<string, string[]>): boolean =>
    Object.entries(entry).every(([field, values]) => {
      const negated = /^not[A-Z]/.test(field)
      const key = negated ? field.charAt(3).toLowerCase() + field.slice(4) : field
      return negated ? holds(key, [], values) : holds(key, values, [])
    })
  return (
    (from.length === 0 || from.some(entryFits)) &&
    (to.length === 0 || to.some(entryFits)) &&
    when.every(({ key, values, notValues }) => holds(key, values, notValues))
  )
}

type Answer = (value: string) => boolean
const never: Answer = () => false

/** How a value of a field is compared; null where TCP cannot tell. */
function answerTo(key: string, policy: AuthorizationPolicy, caller: Caller): Answer | null {
  const { peer, http } = caller
  const [, namespace = '', account = ''] = /^spiffe:\/\/[^/]+\/ns\/([^/]+)\/sa\/([^/]+)$/.exec(peer) ?? []
  const http$ = (of: (http: PolicyRequest) => Answer): Answer | null => http && of(http)
  const header = /^request\.headers\[(.+)\]$/.exec(key)?.[1]
  if (header !== undefined)
    return http$(
      ({ headers }) =>
        (value) =>
          wordFits(value, headers.get(header.toLowerCase()) ?? '', false),
    )
  switch (key) {
    case 'principals':
    case 'source.principal':
      return (value) => peer !== '' && wordFits(value, peer.replace('spiffe://', ''), false)
    case 'namespaces':
    case 'source.namespace':
      return (value) => peer !== '' && wordFits(value, namespace, false)
    case 'serviceAccounts':
    case 'source.serviceAccount':
      return (value) => peer !== '' && (value.includes('/') ? value : `${policy.namespace}/${value}`) === `${namespace}/${account}`
    case 'ipBlocks':
    case 'source.ip':
    case 'remoteIpBlocks':
    case 'remote.ip':
      return (value) => inBlock(caller.ip, value)
    case 'ports':
    case 'destination.port':
      return (value) => Number(value) === caller.port
    case 'connection.sni':
      return (value) => wordFits(value, caller.sni, false)
    case 'hosts':
      return http$(
        ({ authority }) =>
          (value) =>
            wordFits(value, authority, true),
      )
    case 'methods':
      return http$(
        ({ method }) =>
          (value) =>
            wordFits(value, method, false),
      )
    case 'paths':
      return http$(
        ({ path }) =>
          (value) =>
            wordFits(value, path, false),
      )
    case 'requestPrincipals':
      return http$(() => never)
    default:
      return never
  }
}

/** Exact, `prefix*`, `*suffix`, or `*` for whatever there is. */
function wordFits(wanted: string, value: string, fold: boolean): boolean {
  const [a, b] = fold ? [wanted.toLowerCase(), value.toLowerCase()] : [wanted, value]
  if (a === '*') return b !== ''
  if (a.startsWith('*')) return b.endsWith(a.slice(1))
  return a.endsWith('*') ? b.startsWith(a.slice(0, -1)) : a === b
}
