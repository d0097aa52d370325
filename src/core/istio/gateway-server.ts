/** Servers of a gateway pod: which Gateways give it some, and which of them are left after the merge (istio/README 7.6; Istio `model/gateway.go`, mergeGateways). */

import { listed } from '../base/collect'
import { memoBy } from '../base/memo'
import { serverHost, serviceHost } from './host-name'
import type { GatewayServer } from './mesh'
import type { Proxy } from './proxy'
import type { PushContext } from './push-context'
import { fits } from './selector'
import { isPassthrough } from './tls-mode'
import { internalGatewayName } from './virtual-service'

/** A server at the pod's port that it listens on. */
export interface Server {
  gatewayServer: GatewayServer
  /** What routes name it by. */
  gateway: string
  port: number
  /** What it answers for, and the namespace that its routes must be in; null for any. */
  hosts: readonly { namespace: string | null; host: string }[]
  /** The HTTP routes that it shares; empty for none. */
  table: string
}

const plainHttp = ['HTTP', 'HTTP2', 'GRPC']
export const isHttp = ({ protocol }: GatewayServer): boolean => plainHttp.includes(protocol)
/** Whether HTTP is read behind it. */
export const endsHttps = (gatewayServer: GatewayServer): boolean =>
  gatewayServer.tls !== null && gatewayServer.protocol === 'HTTPS' && !isPassthrough(gatewayServer.tls.mode)
const isTls = (gatewayServer: GatewayServer): boolean => gatewayServer.tls !== null && !isHttp(gatewayServer)

/** All servers for a pod, by the port of the pod, before any merge; Gateways of the Gateway API come first. */
function serversFor({ mesh }: PushContext, { pod, at }: Proxy): Server[] {
  const ordered = [
    ...mesh.gatewayServers.filter(({ by }) => by === 'GatewayAPI'),
    ...mesh.gatewayServers.filter(({ by }) => by === 'Istio'),
  ]
  return ordered.flatMap((gatewayServer) => {
    const mine = at.ports.filter(({ number }) => number === gatewayServer.number)
    if (gatewayServer.by === 'GatewayAPI') {
      const services = gatewayServer.services ?? [serviceHost(`${gatewayServer.name}-istio`, gatewayServer.namespace)]
      if (!services.includes(serviceHost(pod.name, pod.namespace))) return []
      return mine.map(({ targetPort }) => serverOf(gatewayServer, targetPort))
    }
    return fits(gatewayServer.selector, pod.labels) ? [serverOf(gatewayServer, mine[0]?.targetPort ?? gatewayServer.number)] : []
  })
}

function serverOf(gatewayServer: GatewayServer, port: number): Server {
  const { namespace, name, number, portName, section, tls } = gatewayServer
  const api = gatewayServer.by === 'GatewayAPI'
  const gateway = api ? internalGatewayName(namespace, name, section) : `${namespace}/${name}`
  const hosts = gatewayServer.hosts.map((written) => {
    const { namespace: space, host } = serverHost(written)
    return { namespace: space === '.' ? namespace : space === '*' ? null : space, host }
  })
  const https = gatewayServer.protocol === 'HTTPS' && !isPassthrough(tls?.mode)
  const table = isHttp(gatewayServer) ? `http.${port}` : https ? `https.${number}.${portName}.${gateway}` : ''
  return { gatewayServer, gateway, port, hosts, table }
}

/** Servers of a pod that are left after the merge, in order, and those that were dropped. */
export interface Merged {
  kept: readonly Server[]
  dropped: readonly { server: Server; by: Server }[]
  /** By the pod's port. */
  byPort: ReadonlyMap<number, readonly Server[]>
  /** By the HTTP routes that they share. */
  byTable: ReadonlyMap<string, readonly Server[]>
  tables: ReadonlyMap<GatewayServer, string>
}

/** The servers that a gateway pod really has (istio/README 7.6): plain HTTP merges with plain HTTP, TLS with TLS of other hosts. */
export const mergedServers = memoBy((push: PushContext, proxy: Proxy): Merged => {
  const kept: Server[] = []
  const dropped: Merged['dropped'][number][] = []
  const taken = noneTaken()
  for (const server of serversFor(push, proxy)) {
    const by = conflict(taken, server)
    if (by) dropped.push({ server, by })
    else {
      kept.push(server)
      take(taken, server)
    }
  }
  const byPort = new Map<number, Server[]>()
  const byTable = new Map<string, Server[]>()
  for (const server of kept) {
    listed(byPort, server.port, server)
    listed(byTable, server.table, server)
  }
  return { kept, dropped, byPort, byTable, tables: new Map(kept.map(({ gatewayServer, table }) => [gatewayServer, table])) }
})

/** What the servers before have taken: each by the first that has it. */
interface Taken {
  ports: Map<number, Server>
  plainPorts: Map<number, Server>
  /** By port and host. Servers that are dropped take names as well. */
  tlsHosts: Map<string, Server>
  tables: Map<string, Server>
}

const noneTaken = (): Taken => ({ ports: new Map(), plainPorts: new Map(), tlsHosts: new Map(), tables: new Map() })

function take(taken: Taken, server: Server): void {
  const { port, table } = server
  if (!taken.ports.has(port)) taken.ports.set(port, server)
  if (!isTls(server.gatewayServer) && !taken.plainPorts.has(port)) taken.plainPorts.set(port, server)
  if (table !== '' && !taken.tables.has(table)) taken.tables.set(table, server)
}

/** The server that keeps another one out; null for none. */
function conflict(taken: Taken, server: Server): Server | null {
  const { gatewayServer, port, table } = server
  if (gatewayServer.tls) {
    const names = server.hosts.map(({ namespace, host }) => `${port} ${namespace ?? ''}/${host}`)
    const owner = names.map((name) => taken.tlsHosts.get(name)).find((each) => each !== undefined)
    if (owner) return owner
    for (const name of names) taken.tlsHosts.set(name, server)
  }
  const first = taken.ports.get(port)
  if (!first) return null
  const plain = taken.plainPorts.get(port)
  if (plain)
    return isHttp(gatewayServer) && (isHttp(plain.gatewayServer) || plain.gatewayServer.protocol === gatewayServer.protocol) && table !== ''
      ? null
      : plain
  if (!isTls(gatewayServer)) return null
  return table === '' ? null : (taken.tables.get(table) ?? null)
}

/** The names that a server answers for, whatever the namespace. */
export const namesOf = ({ hosts }: Server): string[] => [...new Set(hosts.map(({ host }) => host))].toSorted()
