/** An upstream connection of a cluster: the endpoint that it takes, and the TLS that it begins (istio/README 7.4, 7.5). */

import { isIP } from '../base/ip'
import { both, type Text } from '../base/text'
import type { Cluster } from '../istio/cluster'
import { clusterName } from '../istio/cluster-ref'
import { blockedBy, dnsAddress } from '../istio/network-policy'
import type { Proxy } from '../istio/proxy'
import { resolved } from './addresses'
import { type Connection, downstreamOf, lookedUp, type OriginalDestination, type TraceContext } from './context'
import { bareHost } from './route-match'
import { diallingSays, unhealthySays } from './says'
import { step, type Told } from './stage'
import { upstreamTls } from './upstream-tls'
import { layersOf, type TlsLayer, type Wire } from './wire'

/** What a proxy sends to a cluster. */
export interface ToCluster {
  proxy: Proxy
  cluster: Cluster
  wire: Wire
  original: OriginalDestination
  /** Whether the proxy speaks HTTP itself; else it sends bytes. */
  http: boolean
}

export interface Upstream {
  connection: Connection
  /** The TLS that the cluster itself began. */
  began: TlsLayer | null
  told: Partial<Told>
}

/** Opens a connection to an endpoint of a cluster; null where it has none. */
export function dialled(context: TraceContext, to: ToCluster): Upstream | null {
  const { proxy, cluster, wire, http } = to
  const endpoints = endpointsOf(context, to)
  const [endpoint] = endpoints
  if (!endpoint) return null
  const several = socketOf(cluster) !== undefined || endpoints.some(({ ip, port }) => ip !== endpoint.ip || port !== endpoint.port)
  const { layer, lacksSecret, doubt } = upstreamTls(context.push, proxy, cluster, http ? wire.http.authority : null)
  const sent: Wire = { ...wire, layers: layer ? [layer, ...wire.layers] : wire.layers, http2: http && cluster.http2 }
  const connection: Connection = { from: downstreamOf(proxy), ip: endpoint.ip, port: endpoint.port, wire: sent }
  const told = { doubt: unresolvedSays(context, proxy, cluster) ?? (several ? severalSays : doubt) }
  const says = diallingSays(cluster, layer, endpoint)
  if (!lacksSecret) {
    const more = { to: { host: endpoint.name, port: endpoint.port }, wire: layersOf(sent) }
    return { connection, began: layer, told: { ...told, steps: [step(proxy.ref, 'dial', says, cluster.from, more)] } }
  }
  const { tls, host } = cluster
  const secret = tls?.credentialName || tls?.clientCertificate || tls?.caCertificates || ''
  const steps = [step(proxy.ref, 'dial', says, cluster.from, { ok: false })]
  const failure = { name: 'no-secret', facts: { host: host.name, secret } } as const
  return { connection: { ...connection, lacksSecret: true }, began: null, told: { ...told, steps, failure } }
}

const severalSays: Text = both(
  'The cluster has several endpoints; which one is taken is chance.',
  '该 cluster 有多个 endpoint，选中哪一个是随机的。',
)

/** A Unix socket is in the proxy's own pod, where no object says who listens (Istio `serviceentry/conversion.go`). */
const socketOf = ({ discovery, endpoints }: Cluster): string | undefined =>
  discovery === 'eds' ? endpoints.find(({ address }) => address.startsWith('unix://'))?.address : undefined

const socketSays = (host: string, socket: string): Text =>
  both(
    `${host} is served at the Unix socket ${socket} in the pod of the proxy; what answers there is not known here.`,
    `${host} 由代理所在 Pod 中的 Unix 套接字 ${socket} 提供；这里不知道那里会如何应答。`,
  )

/** A proxy keeps the addresses of a name that it asked DNS for before a NetworkPolicy came; null where no policy keeps it from asking. */
function unresolvedSays({ push, app }: TraceContext, { pod }: Proxy, { discovery, endpoints }: Cluster): Text | null {
  const name = endpoints.find(({ address }) => !isIP(address) && resolved(push, app.host, address) !== null)?.address
  const policy = discovery === 'dns' && name !== undefined && blockedBy(push, pod, dnsAddress, 53, 'UDP')
  if (!policy) return null
  return both(
    `NetworkPolicy ${policy.namespace}/${policy.name} keeps ${pod.namespace}/${pod.name} from DNS: whether its proxy asked for ${name} before is not known here.`,
    `NetworkPolicy ${policy.namespace}/${policy.name} 使 ${pod.namespace}/${pod.name} 无法访问 DNS：这里不知道其代理此前是否解析过 ${name}。`,
  )
}

/** What a proxy says of a cluster that has no endpoint with an address. */
export function unhealthy(context: TraceContext, proxy: Proxy, cluster: Cluster): Partial<Told> {
  const at = proxy.ref
  const { ref, host, port, from } = cluster
  const socket = socketOf(cluster)
  const says = socket === undefined ? unresolvedSays(context, proxy, cluster) : socketSays(host.name, socket)
  if (says) return { doubt: says, steps: [step(at, 'dial', says, from)] }
  return {
    failure: {
      name: at.kind === 'gateway' ? 'unhealthy-at-gateway' : 'unhealthy',
      facts: { host: host.name, port: port.number, cluster: clusterName(ref) },
    },
    steps: [step(at, 'cluster', unhealthySays(clusterName(ref)), from, { ok: false, flag: 'UH' })],
  }
}

/** Whether a cluster has an endpoint. */
export const isHealthy = (context: TraceContext, to: ToCluster): boolean =>
  socketOf(to.cluster) !== undefined || endpointsOf(context, to).length > 0

interface Endpoint {
  /** As it is written: an address, or a name that DNS resolves. */
  name: string
  ip: string
  port: number
}

function endpointsOf(context: TraceContext, { proxy, cluster, wire, original, http }: ToCluster): Endpoint[] {
  const endpoint = (name: string, port: number): Endpoint[] => {
    const ip = lookedUp(context, proxy.pod, name)
    return ip === null ? [] : [{ name, ip, port }]
  }
  switch (cluster.discovery) {
    case 'original':
      return [{ name: original.ip, ip: original.ip, port: cluster.port.target ?? original.port }]
    case 'forward': {
      if (!http) return proxy.ref.kind === 'gateway' ? [] : endpoint(wire.layers[0]?.sni ?? '', cluster.port.number)
      const { authority } = wire.http
      return endpoint(bareHost(authority), portIn(authority) ?? (cluster.tls ? 443 : 80))
    }
    default:
      return cluster.endpoints.flatMap(({ address, port }) =>
        cluster.discovery === 'eds' && !isIP(address) ? [] : endpoint(address, port),
      )
  }
}

/** The port in a Host header; null for none. */
export function portIn(authority: string): number | null {
  const port = /:(\d+)$/.exec(authority)?.[1]
  return port === undefined ? null : Number(port)
}
