/** Which route of a virtual host a request takes, as Envoy compares them (istio/README 7.3). */

import type { HttpRoute, VirtualHost } from '../istio/http-route'
import type { Match, TextMatch } from '../istio/mesh'
import { regexFits } from '../istio/regex'
import type { AppRequest } from './app-request'

/** What is asked for on the way: the Host header may have been rewritten by a proxy before. */
export interface HttpRequest {
  method: string
  path: string
  query: string
  authority: string
  scheme: 'http' | 'https'
  headers: ReadonlyMap<string, string>
}

export const httpRequestOf = (request: AppRequest): HttpRequest => ({
  method: request.method,
  path: request.path,
  query: request.query,
  authority: request.authority,
  scheme: request.tls ? 'https' : 'http',
  headers: request.headers,
})

/** The first route that fits; null for none. */
export const routeFor = (host: VirtualHost, request: HttpRequest): HttpRoute | null =>
  host.routes.find((route) => fitsRequest(route.match, request)) ?? null

function fitsRequest(match: Match | null, request: HttpRequest): boolean {
  if (!match) return true
  const query = new URLSearchParams(request.query)
  return (
    pathFits(match, request.path) &&
    textFits(match.method, request.method) &&
    textFits(match.authority, request.authority) &&
    textFits(match.scheme, request.scheme) &&
    match.headers.every(({ name, match: wanted, not }) => headerFits(request.headers.get(name.toLowerCase()), wanted) !== not) &&
    match.queryParams.every(({ name, match: wanted }) => headerFits(query.get(name) ?? undefined, wanted))
  )
}

const headerFits = (value: string | undefined, wanted: TextMatch | null): boolean => value !== undefined && textFits(wanted, value)

function pathFits({ uri, ignoreUriCase }: Match, path: string): boolean {
  if (!uri) return true
  const fold = (text: string) => (ignoreUriCase && uri.by !== 'regex' ? text.toLowerCase() : text)
  return textFits({ ...uri, value: fold(uri.value) }, fold(path))
}

function textFits(wanted: TextMatch | null, value: string): boolean {
  if (!wanted) return true
  if (wanted.by === 'exact') return value === wanted.value
  if (wanted.by === 'regex') return regexFits(wanted.value, value)
  if (!wanted.segments || wanted.value === '/') return value.startsWith(wanted.value)
  return value === wanted.value || value.startsWith(`${wanted.value}/`)
}

/** What is asked for behind a route: SNI and names are taken from the Host header that it writes (lab, Envoy 1.40). */
export function rewritten({ rule, match }: HttpRoute, request: HttpRequest): HttpRequest {
  const { uri, authority = request.authority } = rule.rewrite ?? {}
  if (uri === undefined) return { ...request, authority }
  const prefix = match?.uri?.by === 'prefix' ? match.uri.value : match?.uri ? request.path : '/'
  return { ...request, authority, path: uri + request.path.slice(prefix.length) }
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
