/**
 * Whether a pod can reach an outside host past the gateway, by which ways, and what closes each (istio/README 3.6, 7.1): what the tracer says of
 * ordinary requests, and what a pod may do that no route can stop.
 */

import { memo } from '../base/memo'
import { matches, serviceHost } from '../istio/host-name'
import type { Mesh } from '../istio/mesh'
import { blockedBy } from '../istio/network-policy'
import { type PushContext, pushContextOf } from '../istio/push-context'
import { selects } from '../istio/selector'
import type { Surroundings, Workload } from '../istio/surroundings'
import type { Place } from '../yaml/document'
import { resolved } from './addresses'
import { guardFor, ways as wording } from './bypass/says'
import type { Way, WayId } from './bypass/way'
import { bypassOf } from './capture'
import type { Trace } from './outcome'
import { trace } from './trace'

export { type Way, type WayId, wayIds } from './bypass/way'

export interface Bypass {
  /** `namespace/pod` */
  client: string
  host: string
  /** Whether an ordinary request does it. */
  can: boolean
  ways: readonly Way[]
}

/** The verdict for one client (`namespace/pod`) and one host. A client that is not there has no way. Never throws. */
export function bypass(mesh: Mesh, around: Surroundings, client: string, host: string): Bypass {
  const push = pushContextOf(mesh, around)
  const pod = around.pods.find(({ namespace, name }) => `${namespace}/${name}` === client)
  const ways = pod ? waysOf(push, pod, host) : []
  return { client, host, can: ways.some(({ takes }) => takes === 'request'), ways }
}

/** A port that nobody lists represents all such ports. */
const spare = 4444

function waysOf(push: PushContext, pod: Workload, host: string): Way[] {
  const client = `${pod.namespace}/${pod.name}`
  const found = new Map<WayId, { urls: string[]; because: Place | null }>()
  const traced = asksFor(push, host).map((url) => ({ url, told: trace(push.mesh, push.around, { from: client, url, curl: [] }) }))
  for (const { url, told } of traced) {
    const way = wayOf(push, pod, host, told)
    if (!way) continue
    const id = new URL(url).port === String(spare) ? 'other-port' : way
    const known = found.get(id) ?? { urls: [], because: told.steps.findLast(({ because }) => because !== null)?.because ?? null }
    known.urls.push(url)
    found.set(id, known)
  }
  // A pod whose traffic nobody takes, or whose host is free anyhow, needs no other port.
  if (['no-sidecar', 'annotation'].some((id) => found.has(id as WayId))) found.delete('other-port')
  const guarded = guardsOf(push, pod)
  if (guarded.length > 0 && freeDns(push, pod, host)) found.set('dns', { urls: [], because: guarded[0]?.from ?? null })
  if (guarded.length === 0 && pod.sidecar) found.set('no-network-policy', { urls: [], because: null })
  const fix = guarded.length === 0 ? guardFor(push, pod.namespace) : null
  return [...found].map(([way, { urls, because }]) => ({
    way,
    takes: way === 'no-network-policy' ? 'pod' : 'request',
    urls,
    ...wording[way]({ client, host, urls, namespace: pod.namespace, annotation: annotationOf(pod) }),
    because,
    ...(fix && { fix }),
  }))
}

/** Requests that an app could send: HTTP and TLS on their usual ports, on every port that the mesh knows of the host, and on one that it does not. */
function asksFor(push: PushContext, host: string): string[] {
  const ports = (push.byHost.get(host) ?? []).flatMap((known) => known.ports)
  const urls = [
    `http://${host}/`,
    `https://${host}/`,
    ...ports
      .filter(({ number }) => number !== 80 && number !== 443)
      .map(({ number, protocol }) =>
        protocol === 'HTTPS' || protocol === 'TLS' ? `https://${host}:${number}/` : `http://${host}:${number}/`,
      ),
    `https://${host}:${spare}/`,
  ]
  return [...new Set(urls)].filter((url) => URL.canParse(url))
}

/** Ends of a request that only come once it has left: the server's own doing. */
const left = new Set([
  'refused',
  'tls-to-plain-server',
  'plain-to-tls-server',
  'server-untrusted',
  'server-name',
  'client-certificate',
  'double-tls',
])

/** How a request got past the gateway; null where it went through one, or nowhere. */
function wayOf(push: PushContext, pod: Workload, host: string, { outcome, failure, unknown }: Trace): WayId | null {
  const { hops, server } = outcome
  if (unknown || hops.some(({ proxy }) => proxy.kind === 'gateway')) return null
  if (server === null && !left.has(failure ?? '')) return null
  if (!pod.sidecar) return 'no-sidecar'
  const last = hops.at(-1)
  if (!last) return 'annotation'
  if (!last.cluster || 'name' in last.cluster) return 'allow-any'
  if (gatewayServices(push).has(last.cluster.host)) return null
  const known = push.byHost.get(last.cluster.host)?.[0]
  return known?.resolution === 'NONE' && !matches(last.cluster.host, host.toLowerCase()) ? 'other-entry' : 'no-route'
}

const gatewayServices = memo(
  ({ pods }: PushContext): ReadonlySet<string> =>
    new Set(pods.filter(({ kind }) => kind === 'gateway').map(({ pod }) => serviceHost(pod.name, pod.namespace))),
)

const annotationOf = (pod: Workload): string => bypassOf(pod, '198.51.100.1', 443)?.annotation ?? ''

/** NetworkPolicies of egress that select a pod. */
const guardsOf = (push: PushContext, pod: Workload) => {
  const here = push.mesh.networkPolicies.filter(({ egress, namespace }) => egress && namespace === pod.namespace)
  return here.filter(({ pods }) => selects(pods, pod.labels))
}

/** Whether questions may go to any server in the world. */
function freeDns(push: PushContext, pod: Workload, host: string): boolean {
  const ip = resolved(push, host, host) ?? '198.51.100.1'
  return blockedBy(push, pod, ip, 53, 'UDP') === null
}
