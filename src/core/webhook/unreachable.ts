/** Rules of a VirtualService that no request reaches (istio/README 5, 6: IST0130, IST0131; analyzeUnreachableHTTPRules and its like). */

import { listed } from '../base/collect'
import { asList, field, inside, itemsOf, type Loose, textOf } from '../base/loose'
import { both } from '../base/text'
import { documentRule, networking, type Remark, without } from '../rules/one-document'
import type { Path } from '../yaml/document'
import { virtualService } from './virtual-service'

const reference = 'https://istio.io/latest/docs/ops/best-practices/traffic-management/#split-virtual-services'

/** A match or a rule that a rule above leaves nothing for. */
export interface Unreached {
  kind: 'http' | 'tls' | 'tcp'
  rule: number
  /** Null: the whole rule. */
  match: number | null
  /** The rule above. */
  by: number
  why: 'catch-all' | 'same match' | 'covered'
}

/** All of them, kind by kind, as Istio's webhook and its analyzer find them. */
export function unreached(spec: Loose): Unreached[] {
  return (['http', 'tls', 'tcp'] as const).flatMap((kind) => [
    ...ofKind(kind, itemsOf(spec, kind)),
    ...(kind === 'http' ? coveredPrefixes(itemsOf(spec, kind)) : []),
  ])
}

function ofKind(kind: Unreached['kind'], routes: readonly (readonly [number, unknown])[]): Unreached[] {
  const met = new Map<string, number>()
  let catchAll: number | null = null
  const out: Unreached[] = []
  for (const [rule, route] of routes) {
    const matches = itemsOf(route, 'match')
    if (matches.length === 0) {
      if (catchAll !== null) out.push({ kind, rule, match: null, by: catchAll, why: 'catch-all' })
      catchAll = rule
      continue
    }
    let last: number | null = null
    let repeated = 0
    for (const [index, match] of matches) {
      if (catchAll !== null) {
        out.push({ kind, rule, match: index, by: catchAll, why: 'catch-all' })
        continue
      }
      const key = canonical(match)
      const by = met.get(key)
      if (by === undefined) met.set(key, rule)
      else {
        out.push({ kind, rule, match: index, by, why: 'same match' })
        repeated++
        last = by
      }
    }
    if (repeated === matches.length && last !== null) out.push({ kind, rule, match: null, by: last, why: 'same match' })
  }
  return out
}

/** The same text for the same match, whatever the order of its keys. A match's own name makes no difference to Istio's reader either way. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const entries = Object.entries(value).filter(([, inner]) => inner !== null)
  return `{${entries
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`)
    .join()}}`
}

interface Prefix {
  rule: number
  match: number
  prefix: string
  port: unknown
  method: string
  authority: string
  maps: readonly Readonly<Record<string, string>>[]
}

/** A longer prefix below a rule with a shorter one is never asked. Compared by port first, so that many hosts stay cheap. */
function coveredPrefixes(routes: readonly (readonly [number, unknown])[]): Unreached[] {
  const groups = new Map<string, Prefix[]>()
  for (const [rule, route] of routes)
    for (const [match, value] of itemsOf(route, 'match')) {
      const prefix = textOf(inside(value, 'uri'), 'prefix')
      if (prefix === '') continue
      const entry = prefixOf(rule, match, prefix, value)
      listed(groups, String(entry.port), entry)
    }
  return [...groups.values()].flatMap((group) => pairs(group.slice(0, mostCompared)))
}

/** Beyond this many prefixes on one port the rest is not compared: pairs grow with the square. */
const mostCompared = 300

const pairs = (group: readonly Prefix[]): Unreached[] =>
  group.flatMap((a, at) =>
    group
      .slice(at + 1)
      .filter((b) => a.prefix !== b.prefix && covers(a, b))
      .map((b): Unreached => ({ kind: 'http', rule: b.rule, match: b.match, by: a.rule, why: 'covered' })),
  )

const prefixOf = (rule: number, match: number, prefix: string, value: unknown): Prefix => ({
  rule,
  match,
  prefix,
  port: field(value, 'port'),
  method: stringMatch(field(value, 'method')) || 'exact--GET',
  authority: stringMatch(field(value, 'authority')),
  maps: ['headers', 'queryParams', 'withoutHeaders'].map((name) =>
    Object.fromEntries(Object.entries(inside(value, name)).map(([key, one]) => [key, stringMatch(one)])),
  ),
})

function stringMatch(value: unknown): string {
  const exact = textOf(value, 'exact')
  const prefix = textOf(value, 'prefix')
  return exact ? `exact--${exact}` : prefix ? `prefix--${prefix}` : ''
}

/** As Istio compares them: what the upper asks beside the path must be at least what the lower asks. */
function covers(a: Prefix, b: Prefix): boolean {
  const wider = (x: string, y: string) => x === y || x.startsWith(y)
  return (
    b.prefix.startsWith(a.prefix) &&
    wider(a.method, b.method) &&
    wider(a.authority, b.authority) &&
    a.maps.every((map, index) => {
      const other = b.maps[index] ?? {}
      const keys = Object.keys(map)
      return keys.length === Object.keys(other).length && keys.every((key) => Object.hasOwn(other, key) && wider(map[key]!, other[key]!))
    })
  )
}

const good = [
  { says: 'the catch-all last', yaml: virtualService({}) },
  {
    says: 'the longer prefix first',
    yaml: virtualService({
      routes: `http:
  - match:
    - uri: {prefix: /politics/us}
    route:
    - destination: {host: edition.cnn.com}
  - match:
    - uri: {prefix: /politics}
    route:
    - destination: {host: edition.cnn.com}`,
    }),
  },
]

const twoRules = (first: string, second: string) =>
  virtualService({
    routes: `http:
  - ${first}route:
    - destination: {host: edition.cnn.com}
  - ${second}route:
    - destination: {host: www.cnn.com}`,
  })

const afterCatchAll = documentRule({
  id: 'W46',
  level: 'warning',
  analyzer: true,
  title: both('A rule that nothing reaches', '永远到达不了的规则'),
  why: both(
    'The first rule that fits is taken. A rule without a match fits everything, so those below it are never asked; neither is one whose matches are all above it already. The order is the meaning: the narrow rules come first.',
    '取第一条匹配的规则。没有 match 的规则匹配一切，其后的规则永远不会被询问；match 全部已在上方出现过的规则也一样。顺序即含义：窄的规则写在前面。',
  ),
  links: [reference],
  group: networking,
  kinds: ['VirtualService'],
  look: (spec) => {
    const seen = new Set<string>()
    return unreached(spec).flatMap((one): Remark[] => {
      const path: Path = ['spec', one.kind, one.rule]
      if (one.why === 'covered' || (one.why === 'same match' && one.match !== null) || seen.has(path.join())) return []
      seen.add(path.join())
      return [
        {
          path,
          says: both(
            `Rule ${one.rule + 1} of ${one.kind} is never asked: rule ${one.by + 1} above it takes everything that it could.`,
            `${one.kind} 的第 ${one.rule + 1} 条规则永远不会被询问：上方第 ${one.by + 1} 条已取走它能匹配的一切。`,
          ),
        },
      ]
    })
  },
  good,
  bad: [
    {
      says: 'a rule after one without a match',
      yaml: twoRules('', 'match:\n    - uri: {prefix: /politics}\n    '),
      at: 'VirtualService/cnn spec.http.1',
      shows: { check: 'route without matches defined before' },
    },
    {
      says: 'two rules without a match',
      yaml: twoRules('', ''),
      at: 'VirtualService/cnn spec.http.1',
      shows: { check: 'only the last rule can have no matches' },
    },
    {
      says: 'the same match again',
      yaml: twoRules('match:\n    - port: 80\n    ', 'match:\n    - port: 80\n    '),
      at: 'VirtualService/cnn spec.http.1',
      shows: { check: 'all matches used by prior rules' },
    },
  ],
})

const idleMatch = documentRule({
  id: 'W47',
  level: 'warning',
  analyzer: true,
  title: both('A match that nothing reaches', '永远到达不了的 match'),
  why: both(
    'The first rule that fits is taken, and each entry of a match list is an alternative. An entry that is above already, or whose path begins with one above, is never the one that decides.',
    '取第一条匹配的规则，match 列表的每一项都是备选。上方已出现过、或路径以上方某项开头的项永远不会起作用。',
  ),
  links: [reference],
  group: networking,
  kinds: ['VirtualService'],
  look: (spec) => {
    const found = unreached(spec)
    const whole = new Set(found.filter(({ match }) => match === null).map(({ kind, rule }) => `${kind} ${rule}`))
    return found.flatMap(({ kind, rule, match, by, why }): Remark[] => {
      if (match === null || why === 'catch-all' || whole.has(`${kind} ${rule}`)) return []
      const path: Path = ['spec', kind, rule, 'match', match]
      const alone = asList(inside({ route: asList(spec[kind])[rule] }, 'route').match).length === 1
      return [
        {
          path,
          says: both(
            `This match is never asked: rule ${by + 1} above takes what it could.`,
            `此 match 永远不会被询问：上方第 ${by + 1} 条规则已取走它能匹配的请求。`,
          ),
          ...(why === 'same match' && !alone && { fix: without([path]) }),
        },
      ]
    })
  },
  good,
  bad: [
    {
      says: 'the shorter prefix first',
      yaml: twoRules('match:\n    - uri: {prefix: /politics}\n    ', 'match:\n    - uri: {prefix: /politics/us}\n    '),
      at: 'VirtualService/cnn spec.http.1.match.0',
      shows: { check: 'duplicate/overlapping match' },
    },
    {
      says: 'the same match again',
      yaml: twoRules('match:\n    - port: 80\n    ', 'match:\n    - port: 80\n    - port: 8080\n    '),
      at: 'VirtualService/cnn spec.http.1.match.0',
      shows: { check: 'duplicate/overlapping match' },
    },
  ],
})

export const webhookUnreachable = [afterCatchAll, idleMatch]
