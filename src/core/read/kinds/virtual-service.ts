/** What a VirtualService tells proxies: its routes and what each must match, names made full as istiod makes them (istio/README 7.2). */

import { asDuration, asFlag, asLabels, asMap, asNumber, asText, asTexts, entriesOf, has, isMap, type Loose } from '../../base/loose'
import { resolveShortname } from '../../istio/host-name'
import type { Match, Route, Routes, Target, TextMatch } from '../../istio/mesh'
import type { Document, DocumentId, Path, Place } from '../../yaml/document'
import { items, specOf, writtenAt } from '../loose'
import type { Reader } from './kind'

export const virtualService: Reader = {
  group: 'networking.istio.io',
  kind: 'VirtualService',
  read: (document) => ({ routes: [readRoutes(document)] }),
}

/** Without `gateways` it is for the mesh. */
function readRoutes(document: Document): Routes {
  const spec = specOf(document)
  const gateways = asTexts(spec.gateways)
  return {
    ...writtenAt(document),
    by: 'VirtualService',
    hosts: asTexts(spec.hosts).map((host) => resolveShortname(host, document.namespace)),
    gateways: gateways.length > 0 ? gateways.map((gatewayName) => fullGatewayName(gatewayName, document.namespace)) : ['mesh'],
    parents: null,
    http: items(spec.http, document.id, 'spec', 'http').map(({ item, from }) => httpRoute(item, from)),
    tls: items(spec.tls, document.id, 'spec', 'tls').map(({ item, from }) => streamRoute(item, from)),
    tcp: items(spec.tcp, document.id, 'spec', 'tcp').map(({ item, from }) => streamRoute(item, from)),
    exportTo: asTexts(spec.exportTo),
  }
}

/** A short name lies in the own namespace; a dotted one is an old form of `name.namespace` (Istio `model/config.go`, resolveGatewayName). */
function fullGatewayName(gatewayName: string, namespace: string): string {
  if (gatewayName === 'mesh') return gatewayName
  if (gatewayName.startsWith('./')) return `${namespace}/${gatewayName.slice(2)}`
  if (gatewayName.includes('/')) return gatewayName
  const [name = '', space = namespace] = gatewayName.split('.')
  return `${space}/${name}`
}

/** What of an HTTP route has a place of its own in the Mesh. */
const placed = new Set(['name', 'match', 'route', 'redirect', 'directResponse', 'rewrite'])

function httpRoute(item: Loose, from: Place): Route {
  return {
    ...streamRoute(item, from),
    answers: answerOf(item),
    rewrite: has(item, 'rewrite') ? rewriteOf(asMap(item.rewrite)) : null,
    extras: Object.keys(item).filter((key) => has(item, key) && !placed.has(key)),
    timeout: asDuration(item.timeout),
    ...(has(item, 'retries') && { retries: retriesOf(asMap(item.retries)) }),
  }
}

function streamRoute(item: Loose, from: Place): Route {
  const { of, path } = from
  return {
    name: asText(item.name),
    matches: items(item.match, of, ...path, 'match').map((each) => matchFrom(each.item, each.from)),
    to: targetsOf(item.route, of, ...path, 'route'),
    answers: null,
    rewrite: null,
    extras: [],
    timeout: null,
    from,
  }
}

const retriesOf = (retries: Loose): Route['retries'] => ({
  attempts: asNumber(retries.attempts) ?? 0,
  on: asText(retries.retryOn),
  others: Object.keys(retries).some((key) => has(retries, key) && key !== 'attempts' && key !== 'retryOn'),
})

const rewriteOf = (rewrite: Loose): Route['rewrite'] => ({
  ...(asText(rewrite.uri) && { uri: asText(rewrite.uri) }),
  ...(asText(rewrite.authority) && { authority: asText(rewrite.authority) }),
})

function answerOf(item: Loose): Route['answers'] {
  if (has(item, 'directResponse')) return { status: asNumber(asMap(item.directResponse).status) ?? 200 }
  if (!has(item, 'redirect')) return null
  const redirect = asMap(item.redirect)
  const scheme = asText(redirect.scheme)
  const port = asNumber(redirect.port)
  const location = `${scheme && `${scheme}://`}${asText(redirect.authority)}${port === null ? '' : `:${port}`}${asText(redirect.uri)}`
  return { status: asNumber(redirect.redirectCode) ?? 301, location }
}

/** A lone destination gets everything, whatever its weight. */
function targetsOf(value: unknown, of: DocumentId, ...path: Path): Target[] {
  const all = items(value, of, ...path)
  return all.map(({ item, from }) => {
    const destination = asMap(item.destination)
    const short = asText(destination.host)
    return {
      host: resolveShortname(short, of.namespace),
      short,
      subset: asText(destination.subset),
      port: asNumber(asMap(destination.port).number),
      weight: all.length === 1 ? 100 : (asNumber(item.weight) ?? 0),
      from,
    }
  })
}

function matchFrom(item: Loose, from: Place): Match {
  const gateways = asTexts(item.gateways)
  const headers = (value: unknown, not: boolean) => entriesOf(value).map(([name, match]) => ({ name, match: namedMatch(match), not }))
  return {
    gateways: gateways.length > 0 ? gateways.map((gatewayName) => fullGatewayName(gatewayName, from.of.namespace)) : null,
    port: asNumber(item.port),
    // istiod itself takes the name as the API's own definition spells it, as old tutorials do; the API server does not.
    sniHosts: asTexts(item.sniHosts ?? item.sni_hosts),
    sourceLabels: asLabels(item.sourceLabels),
    sourceNamespace: asText(item.sourceNamespace),
    uri: textMatch(item.uri),
    ignoreUriCase: asFlag(item.ignoreUriCase),
    method: textMatch(item.method),
    authority: textMatch(item.authority),
    scheme: textMatch(item.scheme),
    headers: [...headers(item.headers, false), ...headers(item.withoutHeaders, true)],
    queryParams: entriesOf(item.queryParams).map(([name, match]) => ({ name, match: namedMatch(match) })),
    destinationSubnets: asTexts(item.destinationSubnets),
    from,
  }
}

/** Of a header or a parameter. The regex `*` is none: it asks that there is one (Istio's route.go, canBeConvertedToPresentMatch). */
const namedMatch = (value: unknown): TextMatch | null => (isMap(value) && value.regex === '*' ? null : textMatch(value))

/** Null where nothing is asked but that it is there. */
function textMatch(value: unknown): TextMatch | null {
  if (!isMap(value)) return null
  for (const by of ['exact', 'prefix', 'regex'] as const) {
    const wanted = value[by]
    if (typeof wanted === 'string') return { by, value: wanted }
  }
  return null
}
