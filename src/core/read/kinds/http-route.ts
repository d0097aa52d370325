/** HTTPRoute and GRPCRoute: rules with one match each, the most specific first, as istiod sorts them (`conversion.go`, sortHTTPRoutes). */

import { asDuration, asList, asMap, asNumber, asText, has, isMap, type Loose } from '../../base/loose'
import { sortedRules } from '../../istio/http-route-order'
import type { Match, Route, Routes, TextMatch } from '../../istio/mesh'
import { emptyMatch } from '../../istio/mesh'
import type { Document, Place } from '../../yaml/document'
import { items, specOf } from '../loose'
import { apiGroup } from './k8s-gateway'
import { backendsOf, routesOf } from './k8s-route'
import type { Reader } from './kind'

export const httpRoute: Reader = {
  group: apiGroup,
  kind: 'HTTPRoute',
  read: (document) => ({ routes: [routesFrom(document, 'HTTPRoute')] }),
}
export const grpcRoute: Reader = {
  group: apiGroup,
  kind: 'GRPCRoute',
  read: (document) => ({ routes: [routesFrom(document, 'GRPCRoute')] }),
}

function routesFrom(document: Document, by: 'HTTPRoute' | 'GRPCRoute'): Routes {
  const rules = items(specOf(document).rules, document.id, 'spec', 'rules')
  const http = rules.flatMap(({ item, from, index }) => ruleFrom(item, from, by, `${document.namespace}.${document.name}.${index}`))
  return { ...routesOf(document, by), http: sortedRules(http) }
}

/** A rule for each of its matches, so that they can be sorted. */
function ruleFrom(item: Loose, from: Place, by: 'HTTPRoute' | 'GRPCRoute', name: string): Route[] {
  const to = backendsOf(item, from)
  if (!to) return []
  const filters = asList(item.filters).filter(isMap)
  const redirect = filters.find((filter) => filter.type === 'RequestRedirect')
  const rewrite = filters.find((filter) => filter.type === 'URLRewrite')
  const extras = filters.map((filter) => asText(filter.type)).filter((type) => type !== 'RequestRedirect' && type !== 'URLRewrite')
  const rest = {
    name: asText(item.name, name),
    to,
    answers: redirect ? redirectOf(asMap(redirect.requestRedirect)) : to.length === 0 ? { status: 500 } : null,
    rewrite: rewrite ? rewriteOf(asMap(rewrite.urlRewrite)) : null,
    extras: [...extras, ...['timeouts', 'retry', 'sessionPersistence'].filter((key) => has(item, key))],
    timeout: asDuration(asMap(item.timeouts).request) ?? asDuration(asMap(item.timeouts).backendRequest),
    from,
  }
  const read = by === 'HTTPRoute' ? httpMatch : grpcMatch
  const matches = items(item.matches, from.of, ...from.path, 'matches').map((match) => read(match.item, match.from))
  return matches.length === 0 ? [{ ...rest, matches: [] }] : matches.map((match) => ({ ...rest, matches: [match] }))
}

function redirectOf(redirect: Loose): Route['answers'] {
  const path = asText(asMap(redirect.path).replaceFullPath)
  const scheme = asText(redirect.scheme)
  const port = asNumber(redirect.port)
  const location = `${scheme && `${scheme}://`}${asText(redirect.hostname)}${port === null ? '' : `:${port}`}${path}`
  return { status: asNumber(redirect.statusCode) ?? 302, location }
}

function rewriteOf(rewrite: Loose): Route['rewrite'] {
  const path = asMap(rewrite.path)
  const uri = asText(path.replacePrefixMatch, asText(path.replaceFullPath))
  return { ...(uri && { uri }), ...(asText(rewrite.hostname) && { authority: asText(rewrite.hostname) }) }
}

const valueMatch = (item: Loose): TextMatch => ({ by: item.type === 'RegularExpression' ? 'regex' : 'exact', value: asText(item.value) })
const named = (value: unknown) =>
  asList(value)
    .filter(isMap)
    .map((item) => ({ name: asText(item.name), match: valueMatch(item) }))

function httpMatch(item: Loose, from: Place): Match {
  return {
    ...emptyMatch,
    uri: has(item, 'path') ? pathMatch(asMap(item.path)) : null,
    method: asText(item.method) ? { by: 'exact', value: asText(item.method) } : null,
    headers: named(item.headers).map((header) => ({ ...header, not: false })),
    queryParams: named(item.queryParams),
    from,
  }
}

/** A slash at the end of a prefix does not count. */
function pathMatch(path: Loose): TextMatch {
  const value = asText(path.value, '/')
  if (path.type === 'Exact') return { by: 'exact', value }
  if (path.type === 'RegularExpression') return { by: 'regex', value }
  return { by: 'prefix', value: value === '/' ? value : value.replace(/\/$/, ''), segments: true }
}

/** `/service/method`, as gRPC writes it into the path. */
function grpcMatch(item: Loose, from: Place): Match {
  const { service, method, type } = asMap(item.method)
  const [of, to] = [asText(service), asText(method)]
  const regex = type === 'RegularExpression'
  const uri = ((): TextMatch | null => {
    if (!of && !to) return null
    if (!of) return { by: 'regex', value: `/[^/]+/${to}` }
    if (!to) return regex ? { by: 'regex', value: `/${of}/.+` } : { by: 'prefix', value: `/${of}/` }
    return { by: regex ? 'regex' : 'exact', value: `/${of}/${to}` }
  })()
  return { ...emptyMatch, uri, headers: named(item.headers).map((header) => ({ ...header, not: false })), from }
}
