/** Which routes a server of a gateway may have: those that are bound to its gateway, as the gateway's namespace sees them (istio/README 7.6). */

import { listed } from '../base/collect'
import { memo, memoKeyed } from '../base/memo'
import type { Server } from './gateway-server'
import { isWildcarded, matches } from './host-name'
import type { Proxy } from './proxy'
import type { PushContext } from './push-context'
import { type VirtualService, visibleRoutes } from './virtual-service'

interface GatewayRoutes {
  all: readonly VirtualService[]
  /** By a host that is no wildcard: which of all have it. */
  exact: ReadonlyMap<string, number[]>
  wide: readonly number[]
}

/** Routes of a gateway as the gateway's namespace sees them. */
const routesAt = memo((push: PushContext) =>
  memoKeyed((namespace: string) =>
    memoKeyed((gateway: string): GatewayRoutes => {
      const lists = push.routes.get(gateway)
      const all = lists ? visibleRoutes(lists, namespace) : []
      const exact = new Map<string, number[]>()
      const wide: number[] = []
      for (const [at, bound] of all.entries()) {
        if (bound.hosts.some(isWildcarded)) wide.push(at)
        for (const host of bound.hosts) if (!isWildcarded(host)) listed(exact, host, at)
      }
      return { all, exact, wide }
    }),
  ),
)

/** Routes that a gateway's server may have: those of its gateway that may have a host of it, in their order. */
export function boundTo(push: PushContext, proxy: Proxy, server: Server): readonly VirtualService[] {
  const { all, exact, wide } = routesAt(push)(proxy.pod.namespace)(server.gateway)
  const hosts = server.hosts.map(({ host }) => host)
  if (hosts.some(isWildcarded)) return all
  const at = new Set([...wide, ...hosts.flatMap((host) => exact.get(host) ?? [])])
  return [...at].toSorted((a, b) => a - b).map((index) => all[index] as VirtualService)
}

/** Whether a route has a host that the server answers for, in a namespace that it takes routes from. */
export const hasHost = (server: Server, bound: VirtualService): boolean =>
  server.hosts.some(({ namespace, host }) => takesFrom(namespace, bound) && bound.hosts.some((each) => matches(host, each)))

/** Whether a server's host takes routes of a route's namespace. */
export const takesFrom = (namespace: string | null, bound: VirtualService): boolean => namespace === null || namespace === bound.namespace
