/** Who talks to what: the paths along what is looked at, and what of the picture belongs to them. Pure. */
import type { Id } from '../base/id'
import type { Lane } from '../compile/plan/lanes'
import type { Design } from '../model/design'
import { type Path, pathsOf } from '../model/path'
import { rowKey, rowOf } from './rows'

/** Nodes and hops, or one row of a gateway (`rowKey`). */
export type Focus = { ids: readonly Id[] } | { row: string }

export interface Lens {
  /** In the order of the design; none where what is looked at is on no path. */
  paths: readonly Path[]
  /** Nodes and hops of these paths, and what is looked at itself. */
  lit: ReadonlySet<Id>
  /** Rows of gateways that these paths go through (`rowKey`). */
  rows: ReadonlySet<string>
}

export function lensOf(design: Design, lanes: readonly Lane[], focus: Focus): Lens {
  const paths = 'ids' in focus ? along(design, new Set(focus.ids)) : through(lanes, focus.row)
  const lit = new Set<Id>('ids' in focus ? focus.ids : [])
  for (const { pod, sidecar, gateway, host, hops } of paths)
    for (const id of [pod.id, sidecar.id, ...(gateway ? [gateway.id] : []), host.id, ...hops]) lit.add(id)
  const taken = new Set(paths)
  const rows = lanes.filter((lane) => lane.paths.some((path) => taken.has(path))).map((lane) => rowKey(lane.gateway.id, rowOf(lane)))
  return { paths, lit, rows: new Set(rows) }
}

const along = (design: Design, ids: ReadonlySet<Id>): Path[] =>
  pathsOf(design).filter(
    ({ pod, sidecar, gateway, host, hops }) =>
      ids.has(pod.id) || ids.has(sidecar.id) || ids.has(gateway?.id ?? '') || ids.has(host.id) || hops.some((hop) => ids.has(hop)),
  )

const through = (lanes: readonly Lane[], row: string): Path[] =>
  lanes.filter((lane) => rowKey(lane.gateway.id, rowOf(lane)) === row).flatMap(({ paths }) => paths)
