/** HTTP routes of a proxy: which of a VirtualService's rules count for it on a port (istio/README 7.3; Istio `route.go`). */

import type { Place } from '../yaml/document'
import type { Match, Route } from './mesh'
import type { Proxy } from './proxy'
import { fits } from './selector'
import { countsAt, type VirtualService } from './virtual-service'

/** One match of a rule that counts here; without a match it takes everything. */
export interface HttpRoute {
  rule: Route
  match: Match | null
  bound: VirtualService
  from: Place
}

export interface VirtualHost {
  /** Routes in order; none of them may fit. */
  routes: readonly HttpRoute[]
  /** A host of the mesh without routes of its own: where it is sent to. */
  own: { host: string; port: number; from: Place | null } | null
  /** Plain HTTP is sent to https instead. */
  redirects: boolean
  from: Place | null
}

/** The rules of one VirtualService for a proxy, at one of its gateways; none: it is skipped there (BuildHTTPRoutesForVirtualService). */
export function httpRoutes(bound: VirtualService, proxy: Proxy, port: number, gateway: string): HttpRoute[] {
  const all: HttpRoute[] = []
  for (const rule of bound.http) {
    if (rule.matches.length === 0) return [...all, { rule, match: null, bound, from: rule.from }]
    for (const match of rule.matches) {
      if (!countsHere(match, proxy, port, gateway)) continue
      const route = { rule, match, bound, from: match.from }
      all.push(route)
      if (takesEverything(route)) return all
    }
  }
  return all
}

/** With `gateways` neither sourceLabels nor sourceNamespace are asked (istio/README 7.3). */
function countsHere(match: Match, { pod }: Proxy, port: number, gateway: string): boolean {
  if (match.port !== null && match.port !== 0 && match.port !== port) return false
  if (match.gateways !== null) return countsAt(match, gateway)
  return fits(match.sourceLabels, pod.labels) && (match.sourceNamespace === '' || match.sourceNamespace === pod.namespace)
}

/** No path, header or query is asked for. */
export function takesEverything({ match }: HttpRoute): boolean {
  if (!match) return true
  const { uri, method, authority, scheme, headers, queryParams } = match
  const anyPath = !uri || (uri.by === 'prefix' && uri.value === '/') || (uri.by === 'regex' && uri.value === '.*')
  return anyPath && !method && !authority && !scheme && headers.length === 0 && queryParams.length === 0
}
