/** Where a cluster dials, and with what: endpoints, DNS, the TLS that it begins. */
import { isIP } from '../base/ip'
import { both } from '../base/text'
import { blockedBy, dnsAddress } from '../istio/network-policy'
import type { Proxy } from '../istio/proxy'
import { resolved } from './addresses'
import { clientTls } from './client-tls'
import type { Cluster } from './cluster'
import { bareHost } from './route'
import { diallingSays } from './says'
import { doubt, fail, type Passage, step, type Walk } from './walk'
import { layersOf, type TlsLayer, type Wire } from './wire'

export interface Dialled {
  passage: Passage
  /** The layer that the cluster itself began. */
  layer: TlsLayer | null
}

/** Where the app wanted to go: an original destination needs it. */
export interface Aim {
  ip: string
  port: number
}

/** Dials a cluster for a wire; null where it has nobody to dial. `http` says that the proxy speaks HTTP itself. */
export function dial(walk: Walk, proxy: Proxy, cluster: Cluster, wire: Wire, aim: Aim, http: boolean): Dialled | null {
  const spots = spotsOf(walk, proxy, cluster, wire, aim, http)
  const [spot] = spots
  if (!spot) {
    fail(
      walk,
      proxy.kind === 'gateway' ? 'unhealthy-at-gateway' : 'unhealthy',
      { host: cluster.host.name, port: cluster.port.number, cluster: cluster.name },
      cluster.host.from,
    )
    return null
  }
  if (spots.some(({ ip, port }) => ip !== spot.ip || port !== spot.port))
    doubt(walk, both('The cluster has several endpoints; which one is taken is chance.', '该 cluster 有多个端点，选中哪一个是随机的。'))
  const begun = clientTls(walk, proxy, cluster, http ? wire.http.authority : null)
  if (begun && 'text' in begun) {
    fail(
      walk,
      'no-secret',
      {
        host: cluster.host.name,
        secret: cluster.tls?.credentialName || cluster.tls?.clientCertificate || cluster.tls?.caCertificates || '',
      },
      cluster.from,
    )
    step(walk, proxy.title, 'dial', diallingSays(cluster, null, spot), cluster.from, { ok: false })
    return { passage: { end: { is: 'fault', layer: null, fault: begun }, lines: [] }, layer: null }
  }
  const layers = begun ? [begun, ...wire.layers] : wire.layers
  const sent: Wire = { ...wire, layers, http2: http && cluster.http2 }
  step(walk, proxy.title, 'dial', diallingSays(cluster, begun, spot), cluster.from, {
    to: { host: spot.name, port: spot.port },
    wire: layersOf(sent),
  })
  const passage = walk.connect(walk, { title: proxy.title, pod: proxy.pod, ip: proxy.at.ip }, spot.ip, spot.port, sent)
  return { passage, layer: begun }
}

/** Whether a TCP proxy has somebody to dial. */
export const dialable = (walk: Walk, proxy: Proxy, cluster: Cluster, wire: Wire, aim: Aim): boolean =>
  spotsOf(walk, proxy, cluster, wire, aim, false).length > 0

interface Place {
  name: string
  ip: string
  port: number
}

function spotsOf(walk: Walk, proxy: Proxy, cluster: Cluster, { http: asks, layers }: Wire, aim: Aim, http: boolean): Place[] {
  const place = (name: string, port: number): Place[] => {
    const ip = lookedUp(walk, proxy, name)
    return ip === null ? [] : [{ name, ip, port }]
  }
  switch (cluster.discovery) {
    case 'original':
      return [{ name: aim.ip, ip: aim.ip, port: cluster.port.target ?? aim.port }]
    case 'forward': {
      if (!http) return proxy.kind === 'gateway' ? [] : place(layers[0]?.sni ?? '', cluster.port.number)
      const port = Number(/:(\d+)$/.exec(asks.authority)?.[1] ?? (cluster.tls ? 443 : 80))
      return place(bareHost(asks.authority), port)
    }
    default:
      return cluster.endpoints.flatMap(({ address, port }) => (cluster.discovery === 'eds' && !isIP(address) ? [] : place(address, port)))
  }
}

/** What DNS tells a proxy; a NetworkPolicy may keep it from asking. */
export function lookedUp(walk: Walk, { pod }: Pick<Proxy, 'pod'>, name: string): string | null {
  if (isIP(name)) return name
  if (name === '' || blockedBy(walk.istiod, pod, dnsAddress, 53, 'UDP')) return null
  return resolved(walk.istiod, walk.asks.host, name)
}
