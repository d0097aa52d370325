/** What Istio's webhook says of values in HTTP routes that the CRD lets pass (istio/README 5; pkg/config/validation, virtualservice.go). */

import { entriesOf, field, has, inside, itemsOf, type Loose, textOf } from '../base/loose'
import { both, type Text } from '../base/text'
import { regexProblem } from '../istio/regex'
import { documentRule, networking, type Remark } from '../rules/one-document'
import type { Path } from '../yaml/document'
import { virtualService } from './virtual-service'

/** What is wrong at a route, below its own place. */
type Look = (route: unknown) => readonly { path: Path; says: Text }[]

const matched = ['scheme', 'method', 'authority']
const matchedByName = ['headers', 'withoutHeaders', 'queryParams']

/** Each text match of a route. The regex `*` where a header must be missing is none: it means any (Istio's virtualservice.go). */
const textMatches = (route: unknown): [path: Path, match: unknown][] =>
  itemsOf(route, 'match').flatMap(([index, match]) => [
    ...['uri', ...matched].map((name): [Path, unknown] => [['match', index, name], field(match, name)]),
    ...matchedByName.flatMap((name) =>
      entriesOf(field(match, name))
        .filter(([, value]) => name !== 'withoutHeaders' || field(value, 'regex') !== '*')
        .map(([key, value]): [Path, unknown] => [['match', index, name, key], value]),
    ),
  ])

/** An empty `regex` is refused everywhere, an empty `prefix` everywhere but in a path. */
const matches: Look = (route) =>
  textMatches(route).flatMap(([path, match]) =>
    ['regex', ...(path.at(-1) === 'uri' ? [] : ['prefix'])]
      .filter((by) => field(match, by) === '')
      .map((by) => ({
        path: [...path, by],
        says: both(`An empty ${by} matches nothing: Istio refuses it.`, `空的 ${by} 不匹配任何内容：Istio 会拒绝。`),
      })),
  )

const problems = {
  'too long': both('A regex has at most 1,024 bytes: Istio refuses a longer one.', 'regex 最长 1024 字节：更长的 Istio 会拒绝。'),
  'no RE2': both(
    'Istio cannot read this regex: it takes the syntax of RE2, which has no look-ahead, look-behind or back-reference.',
    'Istio 无法读取这个 regex：它使用 RE2 语法，不支持前瞻、后顾和反向引用。',
  ),
}

/** Every regex of a route. */
const regexes: Look = (route) => {
  const allowed = itemsOf(inside(route, 'corsPolicy'), 'allowOrigins').map(([index, origin]): [Path, unknown] => [
    ['corsPolicy', 'allowOrigins', index],
    origin,
  ])
  const all: [Path, unknown][] = [
    ...[...textMatches(route), ...allowed].map(([path, match]): [Path, unknown] => [[...path, 'regex'], field(match, 'regex')]),
    [['rewrite', 'uriRegexRewrite', 'match'], field(inside(inside(route, 'rewrite'), 'uriRegexRewrite'), 'match')],
  ]
  return all.flatMap(([path, regex]) => {
    const problem = typeof regex === 'string' && regexProblem(regex)
    return problem ? [{ path, says: problems[problem] }] : []
  })
}

const retries: Look = (route) => {
  const of = inside(route, 'retries')
  const attempts = field(of, 'attempts') ?? 0
  const path = ['retries', ...(has(of, 'attempts') ? ['attempts'] : [])]
  if (typeof attempts !== 'number' || attempts > 0 || !has(route, 'retries')) return []
  if (attempts < 0)
    return [{ path, says: both('Attempts cannot be fewer than none: Istio refuses it.', '重试次数不能为负：Istio 会拒绝。') }]
  const idle = ['perTryTimeout', 'retryOn', 'retryRemoteLocalities'].filter((name) => has(of, name) && field(of, name) !== '')
  return idle.length > 0
    ? [
        {
          path,
          says: both(
            `Without attempts nothing is tried again, and Istio refuses ${idle.join(', ')} beside it.`,
            `没有 attempts 就不会重试，Istio 会拒绝与之并列的 ${idle.join('、')}。`,
          ),
        },
      ]
    : []
}

/** Istio says 599 and takes 600 (`validateHTTPStatus`). */
function statuses(route: unknown): ReturnType<Look> {
  const all: [Path, unknown, boolean][] = [
    [['directResponse', 'status'], field(inside(route, 'directResponse'), 'status') ?? 0, has(route, 'directResponse')],
    [['fault', 'abort', 'httpStatus'], field(inside(route, 'fault', 'abort'), 'httpStatus'), true],
  ]
  return all.flatMap(([path, status, isThere]) =>
    isThere && typeof status === 'number' && (status < 200 || status > 600)
      ? [{ path, says: both(`${status} is no status to answer with: 200 to 599.`, `${status} 不是可应答的状态码：应在 200 到 599 之间。`) }]
      : [],
  )
}

const mirrors: Look = (route) => {
  const says = both('A mirror needs a host: Istio refuses it without.', '镜像需要 host：没有时 Istio 会拒绝。')
  const own = has(route, 'mirror') && textOf(inside(route, 'mirror'), 'host') === '' ? [{ path: ['mirror', 'host'], says }] : []
  const more = itemsOf(route, 'mirrors').filter(([, each]) => textOf(inside(each, 'destination'), 'host') === '')
  return [...own, ...more.map(([index]) => ({ path: ['mirrors', index, 'destination'], says }))]
}

const origins: Look = (route) =>
  itemsOf(inside(route, 'corsPolicy'), 'allowOrigins')
    .filter(([, origin]) => ['exact', 'prefix', 'regex'].every((by) => textOf(origin, by) === ''))
    .map(([index]) => ({
      path: ['corsPolicy', 'allowOrigins', index],
      says: both(
        'An origin needs exact, prefix or regex: Istio refuses it without.',
        '来源需要 exact、prefix 或 regex：没有时 Istio 会拒绝。',
      ),
    }))

const redirect: Look = (route) => {
  const of = inside(route, 'redirect')
  const somewhere = ['uri', 'authority', 'scheme'].some((name) => textOf(of, name) !== '') || has(of, 'port') || has(of, 'derivePort')
  return has(route, 'redirect') && !somewhere
    ? [
        {
          path: ['redirect'],
          says: both('A redirect needs a uri, authority, scheme or port.', '重定向需要 uri、authority、scheme 或 port。'),
        },
      ]
    : []
}

const looks: readonly Look[] = [matches, regexes, retries, statuses, mirrors, origins, redirect]

const look = (spec: Loose): Remark[] =>
  itemsOf(spec, 'http').flatMap(([index, route]) =>
    looks.flatMap((each) => each(route).map(({ path, says }) => ({ path: ['spec', 'http', index, ...path], says }))),
  )

/** An HTTP route with these fields beside its destination. */
const withRoute = (fields: string) =>
  virtualService({ gateways: '[mesh]', routes: `http:\n  - ${fields}\n    route: [{destination: {host: edition.cnn.com}}]` })
const alone = (fields: string) => virtualService({ gateways: '[mesh]', routes: `http:\n  - ${fields}` })
const route = 'VirtualService/cnn spec.http.0'

const values = documentRule({
  id: 'W48',
  level: 'error',
  title: both('Values of an HTTP route', 'HTTP 路由中的值'),
  why: both(
    'Beyond what the CRD asks for, Istio looks at the values of an HTTP route: a regex or prefix is not empty, a regex is RE2, retries have attempts, an answer has a status from 200 to 599, a mirror and an origin name somebody, and a redirect says where to.',
    '除 CRD 的要求外，Istio 还检查 HTTP 路由中的值：regex 和 prefix 不能为空，regex 须符合 RE2，重试要有次数，直接应答的状态码在 200 到 599 之间，镜像和来源要写明对象，重定向要写明去向。',
  ),
  links: ['https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRoute'],
  group: networking,
  kinds: ['VirtualService'],
  look,
  good: [
    { says: 'retries with attempts', yaml: withRoute('retries: {attempts: 2, retryOn: 5xx}') },
    { says: 'no retries at all', yaml: withRoute('retries: {attempts: 0}') },
    { says: 'a regex that ignores case', yaml: withRoute('match: [{uri: {regex: "(?i)/politics/.*"}}]') },
    { says: 'headers that must be missing', yaml: withRoute('match: [{withoutHeaders: {x-team: {regex: "*"}}}]') },
    { says: 'a redirect to https', yaml: alone('redirect: {scheme: https}') },
  ],
  bad: [
    {
      says: 'an empty regex',
      yaml: withRoute('match: [{method: {regex: ""}}]'),
      at: `${route}.match.0.method.regex`,
      shows: { check: 'regex string match should not be empty' },
    },
    {
      says: 'a regex that looks ahead',
      yaml: withRoute('match: [{uri: {regex: "/(?!private).*"}}]'),
      at: `${route}.match.0.uri.regex`,
      shows: { check: 'Istio uses RE2 style regex-based match' },
    },
    {
      says: 'a regex that is too long',
      yaml: withRoute(`match: [{uri: {regex: "/${'a'.repeat(1024)}"}}]`),
      at: `${route}.match.0.uri.regex`,
      shows: { check: 'regex is too large' },
    },
    {
      says: 'an origin that is no regex',
      yaml: withRoute('corsPolicy: {allowOrigins: [{regex: "*"}]}'),
      at: `${route}.corsPolicy.allowOrigins.0.regex`,
      shows: { check: 'Istio uses RE2 style regex-based match' },
    },
    {
      says: 'a rewriting that is no regex',
      yaml: withRoute('rewrite: {uriRegexRewrite: {match: "[", rewrite: /}}'),
      at: `${route}.rewrite.uriRegexRewrite.match`,
      shows: { check: 'Istio uses RE2 style regex-based match' },
    },
    {
      says: 'an empty prefix of a header',
      yaml: withRoute('match: [{headers: {x-team: {prefix: ""}}}]'),
      at: `${route}.match.0.headers.x-team.prefix`,
      shows: { check: 'prefix string match should not be empty' },
    },
    {
      says: 'retries without attempts',
      yaml: withRoute('retries: {retryOn: 5xx}'),
      at: `${route}.retries`,
      shows: { check: 'http retry policy configured when attempts are set to 0' },
    },
    {
      says: 'fewer attempts than none',
      yaml: withRoute('retries: {attempts: -1}'),
      at: `${route}.retries.attempts`,
      shows: { check: 'attempts cannot be negative' },
    },
    {
      says: 'a status that is none',
      yaml: alone('directResponse: {status: 700}'),
      at: `${route}.directResponse.status`,
      shows: { check: 'is not in range 200-599' },
    },
    {
      says: 'a fault with a status that is none',
      yaml: withRoute('fault: {abort: {httpStatus: 100, percentage: {value: 50}}}'),
      at: `${route}.fault.abort.httpStatus`,
      shows: { check: 'is not in range 200-599' },
    },
    {
      says: 'a mirror without a host',
      yaml: withRoute('mirror: {host: ""}'),
      at: `${route}.mirror.host`,
      shows: { check: 'empty domain name not allowed' },
    },
    {
      says: 'an origin that says nothing',
      yaml: withRoute('corsPolicy: {allowOrigins: [{}]}'),
      at: `${route}.corsPolicy.allowOrigins.0`,
      shows: { check: 'is not a valid match type for CORS allow origins' },
    },
    {
      says: 'a redirect to nowhere',
      yaml: alone('redirect: {redirectCode: 302}'),
      at: `${route}.redirect`,
      shows: { check: 'redirect must specify URI, authority, scheme, or port' },
    },
  ],
})

export const webhookHttpValues = [values]
