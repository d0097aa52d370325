/** The rule behind all others: it sends what the pods of a text ask for, and tells of what does not arrive where no other rule does. */

import { grouped } from '../base/collect'
import { memoLast } from '../base/memo'
import { both, type Text } from '../base/text'
import { namesAbove } from '../istio/host-name'
import type { Mesh, ServiceHost } from '../istio/mesh'
import { isHTTP, isTLS } from '../istio/protocol'
import { type PushContext, pushContextOf } from '../istio/push-context'
import { b1, but, c1, file } from '../lint/canon'
import type { Rule, RuleFinding, RuleInput } from '../rules/kind'
import { decidedOutside, type FailureName } from '../trace/failures'
import type { Trace } from '../trace/outcome'
import { trace } from '../trace/trace'
import type { Fix, Place } from '../yaml/document'
import type { Level } from '../yaml/finding'
import { type Asked, askedIn } from './calls'
import { judged } from './judged'
import { writtenRules } from './written-rules'

const id = 'L28'

interface Failed {
  trace: Trace
  level: Level
  /** The line that decides; none where no object is for the host at all. */
  at: Place | undefined
}

interface Heard {
  failed: Failed
  /** A remark that is about the call. */
  remark: RuleFinding | undefined
}

/** Calls that do not arrive and that no other rule calls a mistake. */
const unheard = memoLast((documents: RuleInput['documents'], mesh: Mesh, around: RuleInput['around']): readonly Heard[] => {
  const of = { documents, mesh, around }
  const push = pushContextOf(mesh, around)
  const all = writtenRules.flatMap((rule) => judged(rule, of))
  const told = toldBy(all.filter(({ level }) => level !== 'info'))
  const remarks = toldBy(all.filter(({ level, ifAsked }) => level === 'info' && ifAsked))
  return askedIn(of)
    .flatMap((asked) => failedOf(of, push, asked))
    .filter((failed) => !tellerOf(of, told, failed))
    .map((failed) => ({ failed, remark: tellerOf(of, remarks, failed) }))
})

/** One finding for each line that decides and way to fail; not where a remark is about the call, which is raised instead. */
function check({ documents, mesh, around }: RuleInput): RuleFinding[] {
  const silent = unheard(documents, mesh, around).flatMap(({ failed, remark }) => (remark ? [] : [failed]))
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

/** Whether it is a mistake only who asks can say: somebody wrote that nobody gets through, or wrote the port for a proxy that starts TLS. */
const onPurpose: readonly FailureName[] = ['blocked', 'denied', 'unknown-host', 'double-tls', 'no-route', 'no-route-at-gateway']
/** What an app sends to a port of TCP is not known: it may be TLS, or none. */
const ofBytes: readonly FailureName[] = ['plain-to-tls-server', 'plain-to-tls', 'tls-to-plain-server']
/** It is true for the host as hosts usually are, for the pod as the picture has it, or for the path that is asked for. */
const likely: readonly FailureName[] = [
  'plain-to-tls-server',
  'tls-to-plain-server',
  'blocked',
  'denied',
  'no-route',
  'no-route-at-gateway',
]

function failedOf(of: RuleInput, push: PushContext, { calls, known, bytes }: Asked): Failed[] {
  const traces: Trace[] = []
  for (const call of calls) {
    const traced = trace(of.mesh, of.around, { from: call.from, url: call.url, curl: call.curl })
    if (!known && (traced.unknown || !traced.failure)) return []
    traces.push(traced)
  }
  const failing = traces.filter(({ failure, unknown }) => failure && !unknown)
  const all = failing.length === traces.length
  return (known ? failing : failing.slice(0, 1)).flatMap((traced): Failed[] => {
    const name = traced.failure as FailureName
    const outside = (decidedOutside.includes(name) && !diesAtGateway(push, traced)) || isLookedUp(of.mesh, traced)
    if (!known && (outside || onPurpose.includes(name) || (bytes && ofBytes.includes(name)))) return []
    const certain = all && !outside && !likely.includes(name)
    return [{ trace: traced, level: certain ? 'error' : 'warning', at: decidingPlace(of, traced) }]
  })
}

/** Whether it has no endpoint because of what no text says: DNS does not know a name, or a machine has not made its own WorkloadEntry yet. */
function isLookedUp({ serviceHosts, workloadEntries }: Mesh, { failure, outcome: { hops } }: Trace): boolean {
  const cluster = hops.findLast((line) => line.cluster !== null && 'host' in line.cluster)?.cluster
  if (!failure?.startsWith('unhealthy') || !cluster || !('host' in cluster)) return false
  return serviceHosts.some(
    ({ hosts, resolution, selector, namespace }) =>
      hosts.includes(cluster.host) &&
      (resolution.startsWith('DNS') || (selector !== null && workloadEntries.every((each) => each.namespace !== namespace))),
  )
}

/** Whether it ends at a gateway or its Service, whose ports are known. */
function diesAtGateway({ pods }: PushContext, { steps }: Trace): boolean {
  const to = steps.at(-1)?.to?.host
  return to !== undefined && pods.some(({ kind, ip, clusterIP }) => kind === 'gateway' && (ip === to || clusterIP === to))
}

/** Where it is decided: at the step that fails, else at the last before it that a line decides. */
const decidingPlace = ({ mesh }: RuleInput, { steps, request }: Trace): Place | undefined => {
  const because = steps.findLast((step) => step.because !== null)?.because
  const near = because ? undefined : nearest(mesh, request.url)
  return because ?? (near && { of: near.from.of, path: ['spec', 'hosts'] })
}

/** The entry whose name is likest: of the same domain. */
function nearest({ serviceHosts }: Mesh, url: string): ServiceHost | undefined {
  const { hostname } = new URL(url)
  return serviceHosts.find(
    ({ by, hosts }) => by === 'ServiceEntry' && hosts.some((each) => hostname.endsWith(`.${each}`) || each.endsWith(`.${hostname}`)),
  )
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

/** What other rules tell, by the call that a finding foretells, and by the object that it is about. */
interface Told {
  foretold: ReadonlyMap<string, readonly RuleFinding[]>
  about: ReadonlyMap<string, readonly RuleFinding[]>
}

const toldBy = (findings: readonly RuleFinding[]): Told => ({
  foretold: grouped(findings, ({ foretells }) => (foretells ? [callKey(foretells.url, foretells.wildcard)] : [])),
  about: grouped(findings, ({ at, foretells }) => (at && !foretells ? [at.of.key] : [])),
})

/** Scheme, host and port of a URL, or of any below a wildcard. */
function callKey(url: string, wildcard?: string): string {
  const [, scheme = '', host = '', port] = /^(https?):\/\/([^/:?#]*)(?::(\d+))?/.exec(url) ?? []
  return `${scheme} ${wildcard ?? host} ${port ?? (scheme === 'https' ? 443 : 80)}`
}

/** The finding that speaks of the call: it foretells it, or it calls wrong the line that decides, or an object that the call meets. */
function tellerOf(
  { around }: RuleInput,
  { foretold, about }: Told,
  { trace: { request, steps }, at: decided }: Failed,
): RuleFinding | undefined {
  const pod = around.pods.find(({ namespace, name }) => `${namespace}/${name}` === request.from)
  const labels = JSON.stringify(pod?.labels)
  const isOf = ({ foretells }: RuleFinding) =>
    foretells?.clients.some((client) => client.namespace === pod?.namespace && JSON.stringify(client.labels) === labels)
  // Below a wildcard some rules name `www` where a call names `one`.
  const keys = [
    callKey(request.url.replace('://one.', '://www.')),
    ...namesAbove(new URL(request.url).hostname).map((name) => callKey(request.url, name)),
  ]
  const wrong = ({ level, ifAsked }: RuleFinding) => level === 'error' || ifAsked
  return (
    keys.flatMap((key) => foretold.get(key) ?? []).find(isOf) ??
    (decided && about.get(decided.of.key)?.find((finding) => wrong(finding) && finding.at && meet(finding.at.path, decided.path))) ??
    steps.flatMap(({ because }) => (because && about.get(because.of.key)) || []).find(({ level }) => level === 'error')
  )
}

const meet = (a: Place['path'], b: Place['path']): boolean => a.slice(0, b.length).every((key, index) => b[index] === key)

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
