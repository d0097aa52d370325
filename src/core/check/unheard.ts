/** What the pods of a text ask for in vain and no rule tells of that reads what is written: the rules behind those tell of it. */

import { grouped } from '../base/collect'
import { memoLast } from '../base/memo'
import { isWildcarded, matches, namesAbove } from '../istio/host-name'
import type { Mesh, ServiceHost } from '../istio/mesh'
import { type PushContext, pushContextOf } from '../istio/push-context'
import { fits } from '../istio/selector'
import type { RuleFinding, RuleInput } from '../rules/kind'
import { decidedOutside, type FailureName } from '../trace/failures'
import type { Trace } from '../trace/outcome'
import { trace } from '../trace/trace'
import type { Place } from '../yaml/document'
import type { Level } from '../yaml/finding'
import { type Asked, askedIn } from './calls'
import { judged } from './judged'
import { writtenRules } from './written-rules'

/** A call that fails. */
export interface Failed {
  trace: Trace
  level: Level
  /** The line that decides; none where no object is for the host at all. */
  at: Place | undefined
  /** Set where a route sends it to another host, in TLS for the one that was asked for. */
  elsewhere: Elsewhere | null
}

interface Elsewhere {
  asked: string
  to: string
  /** The destination that is written in the route. */
  route: Place
}

interface Heard {
  failed: Failed
  /** A remark that is about the call. */
  remark: RuleFinding | undefined
}

/** Calls that do not arrive and that no other rule calls a mistake. */
export const unheard = memoLast((documents: RuleInput['documents'], mesh: Mesh, around: RuleInput['around']): readonly Heard[] => {
  const of = { documents, mesh, around }
  const push = pushContextOf(mesh, around)
  const all = writtenRules.flatMap((rule) => judged(rule, of))
  const told = toldBy(all.filter(({ level }) => level !== 'info'))
  const remarks = toldBy(all.filter(({ level, ifAsked }) => level === 'info' && ifAsked))
  return askedIn(of)
    .flatMap((asked) => failedOf(of, push, asked))
    .filter((failed) => !tellerOf(of, told, failed))
    .map((failed) => ({ failed, remark: failed.elsewhere ? undefined : tellerOf(of, remarks, failed) }))
})

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
    const elsewhere = elsewhereOf(of.mesh, traced)
    const outside = !elsewhere && ((decidedOutside.includes(name) && !diesAtGateway(push, traced)) || isLookedUp(of.mesh, traced))
    if (!known && (outside || onPurpose.includes(name) || (bytes && ofBytes.includes(name)))) return []
    const certain = all && !outside && !elsewhere && !likely.includes(name)
    return [{ trace: traced, level: certain ? 'error' : 'warning', at: decidingPlace(of, traced), elsewhere }]
  })
}

/**
 * What a server shows no text says, but that it is asked for the name of another host a route says. Hosts below one wildcard of the text
 * usually share a certificate.
 */
function elsewhereOf({ serviceHosts, routes }: Mesh, { request, failure, steps, outcome: { hops } }: Trace): Elsewhere | null {
  if (failure !== 'server-name') return null
  const { hostname: asked } = new URL(request.url)
  const cluster = hops.findLast((line) => line.cluster !== null)?.cluster
  const [layer] = steps.findLast(({ wire }) => wire.length > 0)?.wire ?? []
  const route = steps.findLast((step) => step.stage === 'route' && step.because)?.because
  if (!route || !cluster || !('host' in cluster) || cluster.host === asked || layer?.is !== 'TLS' || layer.sni !== asked) return null
  const to = cluster.host
  const shared = [...serviceHosts, ...routes].some(({ hosts }) =>
    hosts.some((host) => isWildcarded(host) && matches(host, asked) && matches(host, to)),
  )
  return shared ? null : { asked, to, route }
}

/**
 * Whether it has no endpoint because of what no text says: DNS does not know a name, or the workloads that are selected are not in the text: a machine
 * has not made its own WorkloadEntry yet, or there is no more than the Service. One that would be selected, but lies elsewhere, is a mistake.
 */
function isLookedUp({ serviceHosts, workloadEntries }: Mesh, { failure, outcome: { hops } }: Trace): boolean {
  const cluster = hops.findLast((line) => line.cluster !== null && 'host' in line.cluster)?.cluster
  if (!failure?.startsWith('unhealthy') || !cluster || !('host' in cluster)) return false
  return serviceHosts.some(
    ({ hosts, resolution, selector, namespace }) =>
      hosts.includes(cluster.host) &&
      (resolution.startsWith('DNS') ||
        (selector !== null && !workloadEntries.some((each) => each.namespace === namespace || fits(selector, each.labels)))),
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
export function nearest({ serviceHosts }: Mesh, url: string): ServiceHost | undefined {
  const { hostname } = new URL(url)
  return serviceHosts.find(
    ({ by, hosts }) => by === 'ServiceEntry' && hosts.some((each) => hostname.endsWith(`.${each}`) || each.endsWith(`.${hostname}`)),
  )
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
