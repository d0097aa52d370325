/** HTTP routes of a proxy: which of a VirtualService's rules count for it on a port, and which of them a request takes (istio.md 7.3; Istio `route.go`). */

import type { Match, Route, TextMatch } from '../istio/mesh'
import type { Proxy } from '../istio/proxy'
import { fits } from '../istio/selector'
import type { VirtualService as Bound } from '../istio/virtual-service'
import type { Place } from '../yaml/document'
import type { Asks } from './asks'

/** One match of a rule that counts here; without a match it takes everything. */
export interface HttpRoute {
  rule: Route
  match: Match | null
  bound: Bound
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

/** The rules of one VirtualService for a proxy, at one of its doors; none: it is skipped there (BuildHTTPRoutesForVirtualService). */
export function httpRoutes(bound: Bound, proxy: Proxy, port: number, door: string): HttpRoute[] {
  const all: HttpRoute[] = []
  for (const rule of bound.http) {
    if (rule.matches.length === 0) return [...all, { rule, match: null, bound, from: rule.from }]
    for (const match of rule.matches) {
      if (!countsHere(match, proxy, port, door)) continue
      const route = { rule, match, bound, from: match.from }
      all.push(route)
      if (takesEverything(route)) return all
    }
  }
  return all
}

/** With `gateways` neither sourceLabels nor sourceNamespace are asked (istio.md 7.3). */
function countsHere(match: Match, { pod }: Proxy, port: number, door: string): boolean {
  if (match.port !== null && match.port !== 0 && match.port !== port) return false
  if (match.gateways !== null) return match.gateways.includes(door)
  return fits(match.sourceLabels, pod.labels) && (match.sourceNamespace === '' || match.sourceNamespace === pod.namespace)
}

/** No path, header or query is asked for. */
export function takesEverything({ match }: HttpRoute): boolean {
  if (!match) return true
  const { uri, method, authority, scheme, headers, queryParams } = match
  const anyPath = !uri || (uri.by === 'prefix' && uri.value === '/') || (uri.by === 'regex' && uri.value === '.*')
  return anyPath && !method && !authority && !scheme && headers.length === 0 && queryParams.length === 0
}

/** What is asked for on the way: the Host header may have been rewritten by a proxy before. */
export interface HttpAsks {
  method: string
  path: string
  query: string
  authority: string
  scheme: 'http' | 'https'
  headers: ReadonlyMap<string, string>
}

export const httpAsks = (asks: Asks): HttpAsks => ({
  method: asks.method,
  path: asks.path,
  query: asks.query,
  authority: asks.authority,
  scheme: asks.tls ? 'https' : 'http',
  headers: asks.headers,
})

/** The first route that fits; null for none. */
export const routeFor = (host: VirtualHost, asks: HttpAsks): HttpRoute | null =>
  host.routes.find((route) => fitsAsks(route.match, asks)) ?? null

function fitsAsks(match: Match | null, asks: HttpAsks): boolean {
  if (!match) return true
  const query = new URLSearchParams(asks.query)
  return (
    pathFits(match, asks.path) &&
    textFits(match.method, asks.method) &&
    textFits(match.authority, asks.authority) &&
    textFits(match.scheme, asks.scheme) &&
    match.headers.every(({ name, match: wanted, not }) => headerFits(asks.headers.get(name.toLowerCase()), wanted) !== not) &&
    match.queryParams.every(({ name, match: wanted }) => headerFits(query.get(name) ?? undefined, wanted))
  )
}

const headerFits = (value: string | undefined, wanted: TextMatch | null): boolean => value !== undefined && textFits(wanted, value)

function pathFits({ uri, ignoreUriCase }: Match, path: string): boolean {
  if (!uri) return true
  const fold = (text: string) => (ignoreUriCase && uri.by !== 'regex' ? text.toLowerCase() : text)
  return textFits({ ...uri, value: fold(uri.value) }, fold(path))
}

export function textFits(wanted: TextMatch | null, value: string): boolean {
  if (!wanted) return true
  if (wanted.by === 'exact') return value === wanted.value
  if (wanted.by === 'regex') return regexFits(wanted.value, value)
  if (!wanted.segments || wanted.value === '/') return value.startsWith(wanted.value)
  return value === wanted.value || value.startsWith(`${wanted.value}/`)
}

/** Envoy's regular expressions fit the whole text; one that JavaScript cannot read fits nothing. */
function regexFits(pattern: string, value: string): boolean {
  try {
    return new RegExp(`^(?:${pattern})$`, 'u').test(value)
  } catch {
    return false
  }
}

/** What is asked for behind a route: SNI and names are taken from the Host header that it writes (lab, Envoy 1.40). */
export function rewritten({ rule, match }: HttpRoute, asks: HttpAsks): HttpAsks {
  const { uri, authority = asks.authority } = rule.rewrite ?? {}
  if (uri === undefined) return { ...asks, authority }
  const prefix = match?.uri?.by === 'prefix' ? match.uri.value : match?.uri ? asks.path : '/'
  return { ...asks, authority, path: uri + asks.path.slice(prefix.length) }
}

/** The virtual host for a Host header: its own name, the longest wildcard, then `*`; its port is not looked at. */
export function hostFor(hosts: ReadonlyMap<string, VirtualHost>, authority: string): VirtualHost | null {
  const name = bareHost(authority)
  const exact = hosts.get(name)
  if (exact) return exact
  for (let at = 1; at < name.length; at++) {
    const wide = hosts.get(`*${name.slice(at)}`)
    if (wide) return wide
  }
  return hosts.get('*') ?? null
}

/** The name in a Host header, without its port. */
export const bareHost = (authority: string): string => authority.toLowerCase().replace(/:\d+$/, '')
