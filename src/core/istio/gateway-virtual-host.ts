/** Virtual hosts of a gateway: the HTTP routes that its servers share (istio/README 7.6; Istio `networking/core/gateway.go`). */

import { boundTo, takesFrom } from './gateway-route'
import { mergedServers, namesOf, type Server } from './gateway-server'
import { intersection } from './host-name'
import { type HttpRoute, httpRoutes, takesEverything, type VirtualHost } from './http-route'
import type { Proxy } from './proxy'
import type { PushContext } from './push-context'

/** Virtual hosts of a route configuration: what its servers and their routes both name; routes that take everything come last (buildGatewayHTTPRouteConfig). */
export function gatewayVirtualHosts(push: PushContext, proxy: Proxy, table: string): ReadonlyMap<string, VirtualHost> {
  const hosts = new Map<string, { routes: HttpRoute[]; redirects: boolean }>()
  for (const server of mergedServers(push, proxy).byTable.get(table) ?? []) addServer(push, proxy, server, hosts)
  return new Map(
    [...hosts].map(([name, { routes, redirects }]): [string, VirtualHost] => {
      const sorted = [...routes.filter((route) => !takesEverything(route)), ...routes.filter(takesEverything)]
      return [name, { routes: sorted, own: null, redirects, from: sorted[0]?.bound.from ?? null }]
    }),
  )
}

function addServer(push: PushContext, proxy: Proxy, server: Server, hosts: Map<string, { routes: HttpRoute[]; redirects: boolean }>): void {
  const redirects = server.gatewayServer.tls?.httpsRedirect ?? false
  for (const bound of boundTo(push, proxy, server)) {
    const mine = server.hosts.filter(({ namespace }) => takesFrom(namespace, bound)).map(({ host }) => host)
    const common = intersection(mine, bound.hosts)
    if (common.length === 0) continue
    const routes = httpRoutes(bound, proxy, server.gatewayServer.number, server.gateway)
    if (routes.length === 0) continue
    for (const name of common.map((each) => each.toLowerCase())) {
      const host = hosts.get(name) ?? { routes: [], redirects: false }
      host.routes.push(...routes)
      host.redirects ||= redirects
      hosts.set(name, host)
    }
  }
  if (redirects) for (const name of namesOf(server)) hosts.set(name, { routes: hosts.get(name)?.routes ?? [], redirects })
}
