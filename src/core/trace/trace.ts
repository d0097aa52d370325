/**
 * The story of a request: the app asks DNS and connects; its sidecar takes the connection or not; each proxy opens one of its own; a server
 * answers, or a connection fails on the way; and then each proxy, from the last to the first, makes its own answer of it. It reads what is
 * written and what is around it, never what was meant (istio/README 7).
 */

import { isIP } from '../base/ip'
import { both, type Text } from '../base/text'
import { matches } from '../istio/host-name'
import type { Mesh } from '../istio/mesh'
import { proxyRefOf } from '../istio/proxy'
import { type PushContext, pushContextOf } from '../istio/push-context'
import type { PodIP } from '../istio/service-registry'
import type { Surroundings } from '../istio/surroundings'
import { app, appTls } from './app'
import { type AppRequest, appRequestOf } from './app-request'
import { connect } from './connect'
import type { TraceContext } from './context'
import { failureSays } from './failures'
import { gateway } from './gateway'
import type { Hop } from './hop'
import type { HopLine, Outcome, Request, Trace, TraceStep } from './outcome'
import { sameAt } from './ref'
import { endSays, takenSays } from './says'
import { type Ended, onward, type Told } from './stage'
import { unmodelled } from './unmodelled'
import { wayBack } from './way-back'
import { faults, type TlsLayer } from './wire'

/** Traces a request. Never throws: what cannot be traced says so in `unknown`. The Mesh and the surroundings must not change afterwards. */
export function trace(mesh: Mesh, around: Surroundings, request: Request): Trace {
  const asked = appRequestOf(request)
  if (!asked) return untraced(request, both(`“${request.url}” is no http or https URL.`, `“${request.url}”不是 http 或 https URL。`))
  const push = pushContextOf(mesh, around)
  const client = push.pods.find(({ pod, kind }) => kind === 'pod' && `${pod.namespace}/${pod.name}` === request.from)
  if (!client) return untraced(request, both(`There is no pod ${request.from}.`, `没有 Pod ${request.from}。`))
  return traced(request, { push, app: asked }, client)
}

const nothing: Outcome = { status: 0, exit: 0, hops: [], server: null }
const untraced = (request: Request, unknown: Text): Trace => ({
  request,
  steps: [],
  outcome: nothing,
  failure: null,
  says: unknown,
  unknown,
})

function traced(request: Request, context: TraceContext, client: PodIP): Trace {
  const tls = appTls(context.app, client.pod)
  const { told, hops, ended } = sent(context, client, tls)
  const seen = hops.reduceRight((upstream, hop) => wayBack(hop, upstream, context.app.patience), ended)
  const outcome = outcomeOf(context.push, seen, tls)
  const unknown = unread(context.app) ?? told.doubt ?? seen.doubt ?? unmodelled(context.push, client, told, hops)
  const { failure } = told
  const why = failure && failureSays(failure.name, failure.facts)
  const taken = takenBy(context.app.host, told.steps, hops)
  const says = unknown ?? endSays(outcome.status, outcome.exit, taken ? takenSays(context.app.host, taken, why) : why)
  return { request, steps: [...told.steps], outcome, failure: failure?.name ?? null, says, unknown }
}

/** The host that a sidecar sent the bytes to in place of the one that was asked for: an entry that has the port for all (istio/README 7.1). */
function takenBy(asked: string, steps: readonly TraceStep[], [first]: readonly Hop[]): string | null {
  if (first?.is !== 'tcp-proxy' || first.proxy.ref.kind !== 'sidecar' || !('host' in first.cluster) || isIP(asked)) return null
  const { host } = first.cluster
  const route = steps.find(({ stage }) => stage === 'route')?.because?.of.kind
  return (route === 'ServiceEntry' || route === 'Service') && !matches(host, asked) ? host : null
}

const unread = ({ unknown: [argument] }: AppRequest): Text | null =>
  argument === undefined ? null : both(`curl’s ${argument} is not followed.`, `不支持 curl 的 ${argument}。`)

/** Rounds of a circle of gateways whose steps are told. */
const toldRounds = 3

interface Sent {
  told: Told
  /** The proxies that opened connections, in their order. */
  hops: readonly Hop[]
  /** How the last connection ended. */
  ended: Ended
}

/** The way there: one proxy after another, until a connection ends. */
function sent(context: TraceContext, client: PodIP, tls: TlsLayer | null): Sent {
  const hops: Hop[] = []
  const rounds: Told[] = []
  let dialled = app(context, client, tls)
  for (let depth = 0; ; ) {
    rounds.push(depth <= toldRounds ? dialled : { ...dialled, steps: [] })
    if ('ends' in dialled) return { told: together(rounds), hops, ended: dialled.ends }
    const { hop, upstream } = dialled.goesOn
    if (hop) hops.push(hop)
    const connected = connect(context, upstream, depth)
    if ('goesOn' in connected) depth += 1
    dialled = onward(connected, (to) => gateway(context, to))
  }
}

const together = (all: readonly Told[]): Told => ({
  steps: all.flatMap(({ steps }): readonly TraceStep[] => steps),
  failure: all.find(({ failure }) => failure)?.failure ?? null,
  doubt: all.find(({ doubt }) => doubt)?.doubt ?? null,
})

/** What the app sees: a status, or curl's exit (istio/README 7.8). */
function outcomeOf(push: PushContext, { end, lines }: Ended, tls: TlsLayer | null): Outcome {
  const hops = sorted(push, lines)
  switch (end.is) {
    case 'answer':
      return { status: end.status, exit: 0, hops, server: end.seen }
    case 'hung':
    case 'refused-stream':
      return { status: 0, exit: faults.timeout.exit, hops, server: null }
    case 'fault':
      return { status: 0, exit: end.fault.exit, hops, server: null }
    default:
      return { status: 0, exit: tls ? (end.after === tls ? 56 : 35) : end.reset ? 56 : 52, hops, server: null }
  }
}

/** Sidecars first, then gateways, the last that is listed first, as the lab prints them. */
function sorted({ pods }: PushContext, lines: readonly HopLine[]): HopLine[] {
  const gateways = pods.filter(({ kind }) => kind === 'gateway').map(proxyRefOf)
  const rank = ({ proxy }: HopLine) => -gateways.findIndex((each) => sameAt(each, proxy))
  const ofGateways = lines.filter(({ proxy }) => proxy.kind === 'gateway')
  return [...lines.filter(({ proxy }) => proxy.kind === 'sidecar'), ...ofGateways.toSorted((a, b) => rank(a) - rank(b))]
}
