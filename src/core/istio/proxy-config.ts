/** What istiod sends to one proxy: listeners, routes, clusters (Istio `pilot/pkg/xds`). */

import { kept } from '../base/collect'
import { memoBy, memoKeyed } from '../base/memo'
import { type Cluster, clusterFor, type NoCluster } from './cluster'
import { clusterName, type HostCluster } from './cluster-ref'
import type { Listener } from './filter-chain'
import { gatewayListener } from './gateway-listener'
import { mergedServers } from './gateway-server'
import { gatewayVirtualHosts } from './gateway-virtual-host'
import type { VirtualHost } from './http-route'
import type { GatewayServer } from './mesh'
import type { Proxy } from './proxy'
import type { PushContext } from './push-context'
import { everywhere, sidecarListeners } from './sidecar-listener'
import { sidecarVirtualHosts } from './sidecar-virtual-host'

/** The configuration of a proxy. Its parts are computed when they are first asked for, and once. */
export interface ProxyConfig {
  /** The listener that a connection to an address is handed to; null where none listens. A gateway listens on its own address alone. */
  listener(ip: string, port: number): Listener | null
  /** The virtual hosts of a sidecar's port, by domain. */
  virtualHosts(port: number): ReadonlyMap<string, VirtualHost>
  /** The virtual hosts behind a server of a gateway, by domain. */
  virtualHostsBehind(server: GatewayServer): ReadonlyMap<string, VirtualHost>
  /** The cluster, or why there is none. */
  cluster(ref: HostCluster): Cluster | NoCluster
}

/** The same for the same proxy. */
export const proxyConfig = memoBy((push: PushContext, proxy: Proxy): ProxyConfig => {
  const gateway = proxy.ref.kind === 'gateway'
  const listeners = memoKeyed((port: number) => sidecarListeners(proxy, port))
  const gatewayListeners = memoKeyed((port: number) => gatewayListener(push, proxy, port))
  const virtualHosts = memoKeyed((port: number) => sidecarVirtualHosts(proxy, port))
  const tables = memoKeyed((table: string) => gatewayVirtualHosts(push, proxy, table))
  const clusters = new Map<string, Cluster | NoCluster>()
  return {
    listener: (ip, port) => (gateway ? gatewayListeners(port) : (listeners(port).get(ip) ?? listeners(port).get(everywhere) ?? null)),
    virtualHosts,
    virtualHostsBehind: (server) => tables(mergedServers(push, proxy).tables.get(server) ?? ''),
    cluster: (ref) => kept(clusters, clusterName(ref), () => clusterFor(push, proxy, ref)),
  }
})
