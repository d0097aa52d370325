/** Lanes: what each gateway carries, and through which port of its Service. One port carries one kind only (compile/README 2, 3). */

import type { Id } from '../../base/id'
import { memo, settled } from '../../base/memo'
import { both } from '../../base/text'
import type { TlsMode } from '../../istio/tls-mode'

import { type Design, gatewayPortsOf, type Node, type Speaks, type TlsFields } from '../../model/design'
import type { Path } from '../../model/path'
import { tlsKinds } from '../../model/tls'
import type { ServerTls } from '../../model/tls/kind'
import type { Finding } from '../../yaml/finding'
import type { Keeps } from './keeps'

/** All paths that go through one gateway in the same way: one server of its Gateway object, one route behind it. */
export interface Lane {
  id: string
  gateway: Node
  host: Node
  speaks: Speaks
  mesh: TlsMode
  server: ServerTls
  /** The port of the gateway's Service, and so the number of the server. */
  port: number
  outside: { tls: TlsMode; port: number; fields: TlsFields }
  paths: Path[]
}

/** The lanes of all paths through gateways, each with a port, and what is in the way of one. `kept`: ports that were chosen before. */
export function lanesOf(design: Design, paths: readonly Path[], kept: Keeps['ports'] = new Map()): { lanes: Lane[]; findings: Finding[] } {
  const order = new Map(design.hops.map((hop, index) => [hop.id, index]))
  const lanes = new Map<string, Lane>()
  for (const path of paths) {
    const server = path.mesh && tlsKinds[path.mesh.tls].server(path.speaks)
    if (!path.gateway || !path.mesh || !server) continue
    const id = laneIdOf(path)
    const lane = lanes.get(id)
    if (lane) lane.paths.push(path)
    else {
      const { speaks, host, gateway, mesh, outside } = path
      const { tls, port, fields } = outside
      lanes.set(id, {
        id,
        gateway,
        host,
        speaks,
        mesh: mesh.tls,
        server,
        port: mesh.port ?? 0,
        outside: { tls, port, fields },
        paths: [path],
      })
    }
  }
  const rank = (lane: Lane): string => {
    const first = lane.paths.reduce((least, path) => Math.min(least, order.get(path.outside.hop) ?? 0), Number.MAX_SAFE_INTEGER)
    return `${String(first).padStart(16, '0')} ${lane.mesh} ${lane.speaks}`
  }
  const ranked = [...lanes.values()].map((lane) => ({ lane, rank: rank(lane) }))
  ranked.sort((a, b) => (a.rank < b.rank ? -1 : a.rank > b.rank ? 1 : 0))
  return withPorts(
    ranked.map(({ lane }) => lane),
    kept,
  )
}

/** Two paths with the same id can share a lane: nothing about the gateway's part of them differs. */
const laneIdOf = memo((path: Path): string => {
  const { tls, port, fields } = path.outside
  const sent = tlsKinds[tls].client(fields, { host: path.host.name, speaks: path.speaks })
  return [path.gateway?.id, path.host.id, path.speaks, path.mesh?.tls, path.mesh?.port ?? '', tls, port, JSON.stringify(sent)].join(' ')
})

const asBefore = settled<Path, Lane>(
  (before, now) =>
    before.id === now.id &&
    before.port === now.port &&
    before.paths.length === now.paths.length &&
    before.paths.every((path, index) => path === now.paths[index]),
)

/** The lane as it was before if nothing of it changed, so that what was made of it may stay. */
const same = (lane: Lane): Lane => asBefore(lane.paths[0] as Path, lane)

/** Which lane it is, wherever its host is reached. */
export const roadKey = ({ gateway, host, speaks, mesh }: Lane): string => JSON.stringify([gateway.id, host.id, speaks, mesh])
/** How apps come to a gateway: others who come so use the same port, where it can be shared. */
export const mannerKey = ({ gateway, speaks, mesh }: Lane): string => JSON.stringify([gateway.id, speaks, mesh])
export const laneKey = (lane: Lane): string => roadKey(lane) + JSON.stringify(lane.outside)

/** What a port of a gateway carries so far. */
interface Slot {
  family: 'http' | 'tls' | 'tcp'
  hosts: Set<Id>
}

const familyOf = (lane: Lane): Slot['family'] => (lane.server.protocol === 'HTTP' ? 'http' : lane.server.protocol === 'TCP' ? 'tcp' : 'tls')

/** Plain HTTP shares with plain HTTP, TLS with TLS by SNI, each host once; plain TCP shares with nobody: it knows no host. */
function takes(slot: Slot | undefined, lane: Lane): boolean {
  if (!slot) return true
  return slot.family === familyOf(lane) && slot.family !== 'tcp' && !slot.hosts.has(lane.host.id)
}

function withPorts(lanes: Lane[], kept: Keeps['ports']): { lanes: Lane[]; findings: Finding[] } {
  const placed = new Map<string, Lane>()
  const findings: Finding[] = []
  const groups = new Map<Id, Lane[]>()
  for (const lane of lanes) {
    const group = groups.get(lane.gateway.id)
    if (group) group.push(lane)
    else groups.set(lane.gateway.id, [lane])
  }
  for (const group of groups.values()) {
    // Lanes first take the port that they had, or the usual one; where that leaves one without, they share what they can.
    const ways = [() => assign(group, false, kept), () => assign(group, false, none), () => assign(group, true, none)]
    const chosen = ways.slice(1).reduce((now, way) => (now.stuck.length === 0 ? now : way()), (ways[0] as (typeof ways)[number])())
    for (const lane of group) placed.set(lane.id, same({ ...lane, port: chosen.ports.get(lane.id) ?? preferred(lane) }))
    findings.push(...chosen.findings, ...chosen.stuck.map((lane) => nothingFree(lane)))
  }
  return { lanes: lanes.map((lane) => placed.get(lane.id) ?? lane), findings }
}

const preferred = (lane: Lane): number => (lane.speaks === 'HTTP' ? 80 : 443)

const none: Keeps['ports'] = new Map()

function assign(
  group: readonly Lane[],
  share: boolean,
  kept: Keeps['ports'],
): { ports: Map<string, number>; stuck: Lane[]; findings: Finding[] } {
  const slots = new Map<number, Slot>()
  const ports = new Map<string, number>()
  const findings: Finding[] = []
  const stuck: Lane[] = []
  const put = (lane: Lane, port: number) => {
    const slot = slots.get(port) ?? { family: familyOf(lane), hosts: new Set() }
    slot.hosts.add(lane.host.id)
    slots.set(port, slot)
    ports.set(lane.id, port)
  }
  const has = gatewayPortsOf((group[0] as Lane).gateway).map((port) => port.number)
  for (const lane of group.filter((lane) => lane.port !== 0)) {
    if (!has.includes(lane.port)) findings.push(notOnService(lane, has))
    else if (!takes(slots.get(lane.port), lane)) findings.push(taken(lane))
    put(lane, lane.port)
  }
  for (const keyOf of [laneKey, roadKey, mannerKey])
    for (const lane of group.filter((lane) => lane.port === 0 && !ports.has(lane.id))) {
      const port = kept.get(keyOf(lane))
      if (port !== undefined && has.includes(port) && takes(slots.get(port), lane)) put(lane, port)
    }
  for (const lane of group.filter((lane) => lane.port === 0 && !ports.has(lane.id))) {
    const free = has.filter((port) => takes(slots.get(port), lane))
    const shared = share ? free.filter((port) => slots.has(port)) : []
    const port = shared.find((port) => port === preferred(lane)) ?? shared[0] ?? free.find((port) => port === preferred(lane)) ?? free[0]
    if (port === undefined) stuck.push(lane)
    else put(lane, port)
  }
  return { ports, stuck, findings }
}

const meshHop = (lane: Lane): Id | null => lane.paths[0]?.mesh?.hop ?? null

function notOnService(lane: Lane, has: number[]): Finding {
  const list = has.join(', ')
  return {
    rule: 'gateway-port-missing',
    level: 'error',
    by: 'design',
    on: meshHop(lane),
    field: 'port',
    says: both(
      `The Service of ${lane.gateway.name} has no port ${lane.port}, only ${list}: nothing would listen there. Choose one of them, or give the Service that port.`,
      `${lane.gateway.name} 的 Service 没有端口 ${lane.port}，只有 ${list}：那里不会有监听器。请选择其中之一，或为 Service 添加该端口。`,
    ),
    ...(has[0] !== undefined && { offer: String(has[0]) }),
  }
}

function taken(lane: Lane): Finding {
  return {
    rule: 'gateway-port-taken',
    level: 'error',
    by: 'design',
    on: meshHop(lane),
    field: 'port',
    says: both(
      `Port ${lane.port} of ${lane.gateway.name} already carries what cannot be told apart from ${lane.speaks} to ${lane.host.name}: plain HTTP and TLS do not share a port, and a host comes once. Leave the port empty to let it be chosen.`,
      `${lane.gateway.name} 的端口 ${lane.port} 上已有无法与发往 ${lane.host.name} 的 ${lane.speaks} 区分的流量：明文 HTTP 与 TLS 不能共用端口，同一主机只能出现一次。将端口留空即可自动选择。`,
    ),
  }
}

function nothingFree(lane: Lane): Finding {
  const ports = gatewayPortsOf(lane.gateway)
  const next = Math.max(8443, ...ports.map((port) => port.number)) + 1
  return {
    rule: 'gateway-ports-full',
    level: 'error',
    by: 'design',
    on: meshHop(lane),
    says: both(
      `No port of ${lane.gateway.name} is left for ${lane.speaks} to ${lane.host.name} (${lane.mesh}): its Service needs another port, such as ${next}. Add it to the gateway.`,
      `${lane.gateway.name} 没有可用于 ${lane.speaks} 发往 ${lane.host.name}（${lane.mesh}）的端口：其 Service 需要再加一个端口，例如 ${next}。请在网关上添加。`,
    ),
  }
}
