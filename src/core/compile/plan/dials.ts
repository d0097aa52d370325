/** Dials: for one host and one port that apps dial, which way each client goes. A VirtualService is for every sidecar that sees it (compile/README 7). */

import { grouped } from '../../base/collect'
import { both } from '../../base/text'
import { isServiceHost } from '../../istio/host-name'
import { originatesTls, type TlsMode } from '../../istio/tls-mode'

import { labelsOf, type Node, namespaceOf, resolutionOf, type Speaks, type TlsFields } from '../../model/design'
import type { Path } from '../../model/path'
import { tlsKinds } from '../../model/tls'
import type { Finding } from '../../yaml/finding'
import { dialKey } from './keeps'
import type { Lane } from './lanes'

/** Straight from the sidecar to the host. */
export interface Straight {
  tls: TlsMode
  port: number
  fields: TlsFields
  /**
   * How the traffic gets to `port`: `as-dialled` (the same port, nothing to write), `target-port` (the ServiceEntry's port says so) or
   * `route` (a VirtualService names it, with a subset where TLS starts).
   */
  by: 'as-dialled' | 'target-port' | 'route'
}

export interface Way {
  lane: Lane | null
  straight: Straight | null
  paths: Path[]
  /** Where the match must name who takes this way: each namespace, with labels if only some of its pods do. Empty: whoever comes. */
  sources: { namespace: string; labels: Record<string, string> | null }[]
}

export interface Dial {
  host: Node
  port: number
  speaks: Speaks
  /** The last one is for whoever no other way names. */
  ways: Way[]
  /** Whether a VirtualService has to say anything. */
  routed: boolean
}

/** What is really sent tells ways apart: fields of another mode may be on a hop, and they say nothing. */
function wayKey({ outside: { tls, port, fields }, host, speaks }: Path, lane: Lane | undefined): string {
  return lane ? lane.id : `straight ${tls} ${port} ${JSON.stringify(tlsKinds[tls].client(fields, { host: host.name, speaks }))}`
}

/** The dials of one host from its paths, and which of them Istio cannot tell apart. `prefersRoute`: for a `dialKey`, no target port where a route does. */
export function dialsOf(
  host: Node,
  paths: readonly Path[],
  laneOf: Map<string, Lane>,
  prefersRoute: (dial: string) => boolean,
): { dials: Dial[]; findings: Finding[] } {
  const groups = grouped(paths, ({ dialled, speaks }) => [dialKey(dialled, speaks)])
  // Also what another dial's route leads to: a target port there would move it on.
  const arrivals = new Set(paths.filter((path) => path.gateway || path.outside.port !== path.dialled).map((path) => path.outside.port))
  const doors = new Set(paths.flatMap((path) => (path.gateway ? [namespaceOf(path.gateway)] : [])))
  const findings: Finding[] = []
  const dials = [...groups].map(([key, group]) =>
    dialOf(host, group, laneOf, { arrivals, doors, preferRoute: prefersRoute(key) }, findings),
  )
  return { dials, findings }
}

function dialOf(
  host: Node,
  group: Path[],
  laneOf: Map<string, Lane>,
  { arrivals, doors, preferRoute }: { arrivals: Set<number>; doors: Set<string>; preferRoute: boolean },
  findings: Finding[],
): Dial {
  const { dialled, speaks } = group[0] as Path
  const byKey = new Map<string, Way>()
  for (const path of group) {
    const lane = laneOf.get(path.id)
    const key = wayKey(path, lane)
    const way = byKey.get(key)
    if (way) way.paths.push(path)
    else byKey.set(key, { lane: lane ?? null, straight: lane ? null : { ...path.outside, by: 'as-dialled' }, paths: [path], sources: [] })
  }
  const ways = [...byKey.values()].toSorted((a, b) => Number(a.lane === null) - Number(b.lane === null))
  // A port of a ServiceEntry has one target port: it serves only where everyone who arrives at that port wants the same.
  const alone = ways.length === 1 && !arrivals.has(dialled) && !isServiceHost(host.name) && !preferRoute
  const settled = ways.map(
    (way): Way => (way.straight ? { ...way, straight: { ...way.straight, by: means(way.straight, dialled, alone) } } : way),
  )
  findings.push(...indistinct(host, settled), ...unmoved(host, settled, dialled))
  const routed = settled.some((way) => way.lane || way.straight?.by === 'route') || settled.length > 1
  return { host, port: dialled, speaks, ways: settled.length > 1 ? withSources(settled, doors) : settled, routed }
}

function means(straight: Straight, dialled: number, alone: boolean): Straight['by'] {
  const originates = originatesTls(straight.tls)
  if (straight.port === dialled && !originates) return 'as-dialled'
  return alone ? 'target-port' : 'route'
}

/**
 * Who takes a way, for all but the last: whole namespaces where they can be named so, else pods by their labels. `gateways`: the namespaces of
 * all gateways of the host; one of another dial may listen on this port.
 */
function withSources(ways: Way[], gateways: ReadonlySet<string>): Way[] {
  return ways.map((way, index) => {
    if (index === ways.length - 1) return way
    const others = new Set(ways.filter((other) => other !== way).flatMap((other) => other.paths.map((path) => namespaceOf(path.pod))))
    const sources = new Map<string, Way['sources'][number]>()
    for (const { pod } of way.paths) {
      const namespace = namespaceOf(pod)
      // A match by namespace alone would catch the gateway itself in its own namespace.
      const labels = others.has(namespace) || gateways.has(namespace) ? labelsOf(pod) : null
      sources.set(JSON.stringify([namespace, labels]), { namespace, labels })
    }
    return { ...way, sources: [...sources.values()].toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)) }
  })
}

/** With NONE the sidecar connects to the address and the port that the app dialled, whatever a route or a target port says. */
function unmoved(host: Node, ways: Way[], dialled: number): Finding[] {
  if (resolutionOf(host) !== 'NONE') return []
  return ways.flatMap(({ straight, paths: [path] }) => {
    if (!straight || !path || straight.port === dialled) return []
    return {
      rule: 'none-port',
      level: 'error',
      by: 'design',
      on: path.outside.hop,
      field: 'port',
      says: both(
        `${host.name} is resolved by NONE: the connection goes to port ${dialled}, as the app dialled it, and cannot arrive at ${straight.port}.`,
        `${host.name} 的解析方式为 NONE：连接会到达应用所访问的端口 ${dialled}，无法改到 ${straight.port}。`,
      ),
      offer: String(dialled),
    }
  })
}

/** Pods that go different ways although nothing distinguishes them. */
function indistinct(host: Node, ways: Way[]): Finding[] {
  const seen = new Map<string, Path>()
  const findings: Finding[] = []
  for (const way of ways) {
    for (const path of way.paths) {
      const who = `${namespaceOf(path.pod)} ${JSON.stringify(Object.entries(labelsOf(path.pod)).toSorted())}`
      const other = seen.get(who)
      if (!other) seen.set(who, path)
      else if (!way.paths.includes(other)) findings.push(twoWays(host, other, path))
    }
  }
  return findings
}

function twoWays(host: Node, one: Path, other: Path): Finding {
  const dialled = `${other.speaks} ${host.name}:${other.dialled}`
  const same = one.pod.id === other.pod.id
  return {
    rule: same ? 'two-ways' : 'same-labels',
    level: 'error',
    by: 'design',
    on: other.outside.hop,
    says: same
      ? both(
          `${other.pod.name} takes two ways to ${dialled}: a request can go one way only. Remove one hop, or dial another port.`,
          `${other.pod.name} 有两条路通往 ${dialled}：一个请求只能走一条。请删除其中一跳，或改用另一个端口。`,
        )
      : both(
          `${one.pod.name} and ${other.pod.name} go different ways to ${dialled} but carry the same labels in one namespace: Istio cannot tell them apart. Give them different labels.`,
          `${one.pod.name} 与 ${other.pod.name} 以不同方式通往 ${dialled}，却在同一命名空间带有相同标签：Istio 无法区分。请设置不同的标签。`,
        ),
  }
}
