/** What a request meets that is read and not modelled: where one of these is in its way, its outcome is no prediction. */

import { both, type Text } from '../base/text'
import { ambientPod, waypointsByHost } from '../istio/ambient'
import type { HostCluster } from '../istio/cluster-ref'
import { tunnelFor } from '../istio/destination-rule'
import type { EnvoyFilter } from '../istio/mesh'
import { proxyRefOf } from '../istio/proxy'
import { destinationRuleForHost, type PushContext } from '../istio/push-context'
import { fits } from '../istio/selector'
import type { PodIP } from '../istio/service-registry'
import type { Hop } from './hop'
import { sameAt } from './ref'
import type { Told } from './stage'

/** Why the outcome of a request cannot be foretold; null where all of its way is modelled. `told` and `hops`: its way so far. */
export function unmodelled(push: PushContext, client: PodIP, told: Told, hops: readonly Hop[]): Text | null {
  return ambientClient(push, client) ?? filtered(push, told, client) ?? behindWaypoint(push, hops) ?? tunnelled(push, hops)
}

function ambientClient({ mesh }: PushContext, { pod }: PodIP): Text | null {
  const ambient = ambientPod(mesh, pod)
  if (!ambient) return null
  const who = ambient.namespace
    ? both(`namespace ${pod.namespace}`, `命名空间 ${pod.namespace}`)
    : both(`pod ${pod.name}`, `Pod ${pod.name}`)
  return both(
    `The label istio.io/dataplane-mode makes ${who.en} ambient: a ztunnel takes its traffic, which is not traced here.`,
    `标签 istio.io/dataplane-mode 使${who.zh} 属于 ambient：其流量由 ztunnel 接管，这里不做推演。`,
  )
}

/** An EnvoyFilter changes a proxy that the request comes to. */
function filtered(push: PushContext, { steps }: Told, client: PodIP): Text | null {
  if (push.mesh.envoyFilters.length === 0) return null
  const passed = push.pods.filter((each) => each === client || steps.some(({ at }) => sameAt(at, proxyRefOf(each))))
  const proxies = passed.filter(({ kind, pod }) => kind === 'gateway' || pod.sidecar)
  const filter = push.mesh.envoyFilters.find((each) => !each.inbound && proxies.some((proxy) => changes(each, proxy, push.around.root)))
  return (
    (filter &&
      both(
        `EnvoyFilter ${filter.namespace}/${filter.name} changes a proxy on the way; what it changes is not known here.`,
        `EnvoyFilter ${filter.namespace}/${filter.name} 会改动途中的代理；这里不知道它改了什么。`,
      )) ??
    null
  )
}

/** Of its own namespace, of the root namespace every one; those that it selects or targets. A target is taken to be met: who is behind it is not read. */
const changes = ({ namespace, selector, targets }: EnvoyFilter, { pod }: PodIP, root: string): boolean =>
  (namespace === pod.namespace || namespace === root) && (targets.length > 0 || selector === null || fits(selector, pod.labels))

const hostsOf = (hops: readonly Hop[]): HostCluster[] => hops.flatMap(({ cluster }) => ('name' in cluster ? [] : [cluster]))

function behindWaypoint({ mesh }: PushContext, hops: readonly Hop[]): Text | null {
  const waypoints = waypointsByHost(mesh)
  for (const { host } of hostsOf(hops)) {
    const waypoint = waypoints.get(host)
    if (waypoint)
      return both(
        `${host} goes through the waypoint ${waypoint}, which is ambient and not traced here.`,
        `${host} 经由 waypoint ${waypoint}，它属于 ambient，这里不做推演。`,
      )
  }
  return null
}

/** TCP alone is tunnelled (Istio `networking/core/tunnelingconfig`); HTTP goes on as it is. */
function tunnelled(push: PushContext, hops: readonly Hop[]): Text | null {
  for (const { is, proxy, cluster } of hops) {
    if (is !== 'tcp-proxy' || 'name' in cluster) continue
    const rule = destinationRuleForHost(push, proxy.pod, cluster.host)
    if (rule && tunnelFor(rule, cluster.subset))
      return both(
        `A DestinationRule tunnels the connection by CONNECT through ${cluster.host}: what that proxy answers is not known here.`,
        `DestinationRule 让连接以 CONNECT 隧道经过 ${cluster.host}：这里不知道该代理会如何应答。`,
      )
  }
  return null
}
