/** Rows of a card: a gateway's are the servers it listens with, a host's are its ports. A hop ends at its row. Pure. */

import type { Id } from '../base/id'
import type { Lane } from '../compile/plan/lanes'
import { originatesTls, type TlsMode } from '../istio/tls-mode'
import { type Design, type Hop, isWireHop } from '../model/design'
import { arrivalPort, type Path, pathsOf } from '../model/path'

export interface Row {
  port: string
  protocol: string
  /** What a gateway's server does with TLS; null: plaintext. A host's rows have none. */
  mode?: TlsMode | null
}

/** A row of a gateway by its port, protocol and mode: what `Lens.rows` and the page call it. */
export const rowKey = (gateway: Id, { port, protocol, mode }: Pick<Row, 'port' | 'protocol' | 'mode'>): string =>
  `${gateway} ${port} ${protocol} ${mode ?? ''}`

/** What a gateway's server is, as a row. */
export const rowOf = ({ port, server: { protocol, mode } }: Lane): Row => ({
  port: port ? String(port) : '?',
  protocol,
  mode: mode ?? null,
})

/** At which rows each hop arrives, and from which rows it leaves. */
export interface Ends {
  arrives: Map<Id, number[]>
  leaves: Map<Id, number[]>
}

export interface Rows extends Ends {
  of: Map<Id, Row[]>
}

export function rowsOf(design: Design, lanes: readonly Lane[]): Rows {
  const rows: Rows = { of: new Map(), arrives: new Map(), leaves: new Map() }
  for (const lane of lanes) laneRow(rows, lane)
  const along = new Map<Id, Path[]>()
  for (const path of pathsOf(design)) {
    const paths = along.get(path.outside.hop)
    if (paths) paths.push(path)
    else along.set(path.outside.hop, [path])
  }
  const hosts = new Set(design.nodes.filter((node) => node.kind === 'host').map((node) => node.id))
  for (const hop of design.hops) if (hosts.has(hop.to) && isWireHop(hop)) hostRows(rows, hop, along.get(hop.id) ?? [])
  return rows
}

function laneRow(rows: Rows, lane: Lane): void {
  const index = ensure(rows, lane.gateway.id, rowOf(lane))
  for (const path of lane.paths) {
    if (path.mesh) note(rows.arrives, path.mesh.hop, index)
    note(rows.leaves, path.outside.hop, index)
  }
}

function hostRows(rows: Rows, hop: Hop, paths: readonly Path[]): void {
  if (!isWireHop(hop)) return
  const { tls } = hop.wire
  const originated = originatesTls(tls)
  const calls =
    paths.length > 0
      ? paths.map((path) => ({ port: path.outside.port, speaks: path.speaks }))
      : [{ port: arrivalPort(hop.wire, 80), speaks: 'HTTP' as const }]
  for (const { port, speaks } of calls) {
    const protocol = originated ? (speaks === 'HTTP' ? 'HTTPS' : 'TLS') : speaks === 'HTTPS' ? 'TLS' : speaks
    note(rows.arrives, hop.id, ensure(rows, hop.to, { port: String(port), protocol }))
  }
}

/** The row's index; a row that is there already is shared. */
function ensure(rows: Rows, node: Id, row: Row): number {
  const own = rows.of.get(node) ?? []
  rows.of.set(node, own)
  const found = own.findIndex((other) => other.port === row.port && other.protocol === row.protocol && other.mode === row.mode)
  if (found >= 0) return found
  own.push(row)
  return own.length - 1
}

function note(map: Map<Id, number[]>, hop: Id, index: number): void {
  const own = map.get(hop)
  if (!own) map.set(hop, [index])
  else if (!own.includes(index)) own.push(index)
}
