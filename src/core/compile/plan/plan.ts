/** The plan of a design: its paths, what each gateway carries on which port, which way each client goes, and what cannot be done. */

import { memoBy, memoLast } from '../../base/memo'
import { both } from '../../base/text'
import { type Design, type Node, namespaceOf } from '../../model/design'
import { type Path, pathsOf } from '../../model/path'
import type { Finding } from '../../yaml/finding'
import { type Dial, dialsOf } from './dials'
import { unfit } from './fit'
import { hidden } from './hidden'
import type { Keeps, RulesKept } from './keeps'
import { type Lane, lanesOf } from './lanes'
import { type EntryPort, entryPortsOf } from './ports'

/** All that is known of one host: where its objects are written, and what they have to say. */
export interface HostPlan {
  host: Node
  namespace: string
  paths: Path[]
  lanes: Lane[]
  dials: Dial[]
  ports: EntryPort[]
  findings: Finding[]
  /** Subsets in which TLS started before an edit (`Keeps`). */
  kept: ReadonlyMap<string, string> | null
  /** How its rules that start TLS lay before an edit (`Keeps`). */
  rulesKept: RulesKept | null
}

export interface Plan {
  paths: Path[]
  lanes: Lane[]
  hosts: HostPlan[]
  findings: Finding[]
}

interface Options {
  /** Direct roads to another port go by a VirtualService instead of a target port, as the tutorials do. */
  preferRoute?: boolean
  /** What was chosen before stays. */
  keeps?: Keeps
}

export const plan = (design: Design, { preferRoute = false, keeps }: Options = {}): Plan =>
  keeps ? planned(design, preferRoute, keeps) : planOf(design, preferRoute)

const planOf = memoBy((design: Design, preferRoute: boolean): Plan => planned(design, preferRoute, null))

function planned(design: Design, preferRoute: boolean, keeps: Keeps | null): Plan {
  const paths = pathsOf(design)
  const bad = paths.flatMap((path) => unfit(path) ?? [])
  const legal = bad.length === 0 ? paths : paths.filter((path) => unfit(path) === null)
  const { lanes, findings } = lanesOf(design, legal, keeps?.ports)
  const laneOf = new Map<string, Lane>()
  for (const lane of lanes) for (const path of lane.paths) laneOf.set(path.id, lane)
  const byHost = new Map<Node, Path[]>()
  for (const path of legal) {
    const group = byHost.get(path.host)
    if (group) group.push(path)
    else byHost.set(path.host, [path])
  }
  const hosts = [...byHost].map(([host, group]) => hostPlan(host, group, laneOf, preferRoute, keeps))
  return {
    paths: legal,
    lanes,
    hosts,
    findings: [
      ...bad,
      ...findings,
      ...blocked(design, legal),
      ...hosts.flatMap((host) => hidden(design.world, host)),
      ...hosts.flatMap((host) => host.findings),
    ],
  }
}

/** The plan of one host; the same object as before while its paths and lanes are the same. */
function hostPlan(host: Node, paths: Path[], laneOf: Map<string, Lane>, preferRoute: boolean, keeps: Keeps | null): HostPlan {
  const lanes = [...new Set(paths.flatMap((path) => laneOf.get(path.id) ?? []))]
  return hostPlans(paths[0] as Path, preferRoute)(
    host,
    paths,
    lanes,
    keeps?.namespaces.get(host.id) ?? '',
    keeps?.subsets.get(host.id) ?? null,
    keeps?.routes.get(host.id) ?? null,
    keeps?.rules.get(host.id) ?? null,
  )
}

const hostPlans = memoBy((first: Path, preferRoute: boolean) =>
  memoLast(
    (
      host: Node,
      paths: Path[],
      lanes: Lane[],
      place: string,
      kept: HostPlan['kept'],
      routes: ReadonlySet<string> | null,
      rulesKept: HostPlan['rulesKept'],
    ): HostPlan => {
      const laneOf = new Map(lanes.flatMap((lane) => lane.paths.map(({ id }) => [id, lane] as const)))
      const { dials, findings: unclear } = dialsOf(host, paths, laneOf, (dial) => preferRoute || routes?.has(dial) === true)
      const { ports, findings: mixed } = entryPortsOf(host, paths, dials)
      const namespace = host.namespace || place || namespaceOf(first.pod)
      return { host, namespace, paths, lanes, dials, ports, findings: [...unclear, ...mixed], kept, rulesKept }
    },
  ),
)

/** Direct roads out of a guarded namespace: the NetworkPolicy stops them. */
function blocked(design: Design, paths: Path[]): Finding[] {
  const guarded = new Set(design.guards.map((guard) => guard.namespace))
  return paths
    .filter((path) => !path.gateway && guarded.has(namespaceOf(path.pod)))
    .map((path) => ({
      rule: 'guard-blocks',
      level: 'error',
      by: 'design',
      on: path.outside.hop,
      says: both(
        `Namespace ${namespaceOf(path.pod)} may leave only through the gateway: this direct hop would time out. Draw it through the gateway, or take the guard away.`,
        `命名空间 ${namespaceOf(path.pod)} 只能经网关离开：这条直达的一跳会超时。请改为经过网关，或移除网络策略。`,
      ),
    }))
}
