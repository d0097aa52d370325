/** The rule behind all others: it sends what the pods of a text ask for, and tells of what does not arrive where no other rule does. */

import { grouped } from '../base/collect'
import { both, type Text } from '../base/text'
import { isHTTP, isTLS } from '../istio/protocol'
import { b1, but, c1, file } from '../lint/canon'
import type { Rule, RuleFinding, RuleInput } from '../rules/kind'
import type { Fix, Place } from '../yaml/document'
import { type Failed, nearest, unheard } from './unheard'

const id = 'L28'

/** One finding for each line that decides and way to fail; not where a remark is about the call, which is raised instead. */
function check({ documents, mesh, around }: RuleInput): RuleFinding[] {
  const silent = unheard(documents, mesh, around).flatMap(({ failed, remark }) => (remark || failed.elsewhere ? [] : [failed]))
  return [...grouped(silent, ({ trace: { failure }, at }) => [JSON.stringify([failure, at?.of.key, at?.path])]).values()].map((failed) =>
    findingOf({ documents, mesh, around }, failed),
  )
}

/** The findings of all rules, remarks on what a known call meets as the mistakes that they are. */
export function raised({ documents, mesh, around }: RuleInput, findings: readonly RuleFinding[]): RuleFinding[] {
  const calls = grouped(unheard(documents, mesh, around), ({ remark }) => (remark ? [remark] : []))
  return findings.map((finding) => {
    const met = calls.get(finding)
    if (!met) return finding
    const level = met.some(({ failed }) => failed.level === 'error') ? 'error' : 'warning'
    return { ...finding, level, calls: met.map(({ failed }) => failed.trace.request) }
  })
}

/** The host beside the one of its domain; certain where HTTP or TLS tells the two apart on the port. */
function listed({ mesh }: RuleInput, { trace: { failure, request }, at }: Failed): Fix | undefined {
  const entry = failure === 'unknown-host' && at ? nearest(mesh, request.url) : undefined
  const { hostname, port, protocol } = new URL(request.url)
  const number = Number(port) || (protocol === 'https:' ? 443 : 80)
  const apart = entry?.endpoints.length === 0 && entry.ports.every((each) => isHTTP(each.protocol) || isTLS(each.protocol))
  if (!entry || !apart || !entry.ports.some((each) => each.number === number)) return undefined
  const place: Place = { of: entry.from.of, path: ['spec', 'hosts', entry.hosts.length] }
  return { says: both(`List ${hostname} too`, `也列出 ${hostname}`), changes: [{ set: place, value: hostname }] }
}

function findingOf(of: RuleInput, same: readonly Failed[]): RuleFinding {
  const [first, ...others] = same as [Failed, ...Failed[]]
  const { request, says } = first.trace
  const level = same.some((each) => each.level === 'error') ? 'error' : 'warning'
  const more: Text =
    others.length === 0 ? both('', '') : both(` So do ${others.length} other calls.`, `另有 ${others.length} 个请求同样如此。`)
  const sentence = both(
    `${request.from} asks for ${request.url} in vain. ${says.en}${more.en}`,
    `${request.from} 请求 ${request.url} 无法到达。${says.zh}${more.zh}`,
  )
  const calls = same.map(({ trace }) => trace.request)
  const fix = others.length === 0 ? listed(of, first) : undefined
  return { rule: id, level, by: 'rule', on: null, says: sentence, ...(first.at && { at: first.at }), ...(fix && { fix }), calls }
}

const somebody = `apiVersion: networking.istio.io/v1
kind: WorkloadEntry
metadata: {name: somebody, namespace: default}
spec: {address: 203.0.113.7, labels: {app: somebody}}
`

export const untold: Rule = {
  id,
  level: 'error',
  title: both('A request does not arrive', '请求无法到达'),
  why: both(
    'Every host of a ServiceEntry is asked for on every port by the pods that see it, and every path of the picture by its pod. This is what the trace tells of those that do not arrive, and of which no rule says more. The line is the one that decides last; the trace of the same request shows each step before it.',
    '对 ServiceEntry 的每个主机，能看到它的 Pod 会请求它的每个端口；图中的每条路径由其 Pod 请求。这里给出推演中无法到达、又没有其他规则说明的请求。所指的行是最后起决定作用的一行；对同一请求的推演会显示此前的每一步。',
  ),
  links: ['https://istio.io/latest/docs/ops/common-problems/network-issues/'],
  check,
  good: [{ says: 'Everything arrives.', yaml: c1, url: 'http://edition.cnn.com/politics' }],
  bad: [
    {
      says: 'No workload is what the entry selects.',
      yaml: file(but(c1, ['resolution: DNS', 'resolution: STATIC\n  workloadSelector: {labels: {app: nobody}}']), somebody),
      at: 'ServiceEntry/cnn spec.ports.0',
      shows: { url: 'http://edition.cnn.com/politics', ends: { status: 503 } },
    },
    {
      says: 'The sidecar goes to a port of TLS, and nobody starts TLS.',
      yaml: but(b1, ['tls: {mode: SIMPLE}', 'tls: {mode: DISABLE}']),
      at: 'DestinationRule/originate-tls spec.trafficPolicy.portLevelSettings.0.tls',
      level: 'warning',
      shows: { url: 'http://edition.cnn.com/politics', ends: { status: 400 } },
    },
  ],
}
