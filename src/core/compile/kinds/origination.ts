/** Where TLS starts: which settings a host's lanes and ways need for it, and which subset each of them names (compile/README 6). */
import { memoLastBy } from '../../base/memo'
import { type Node } from '../../model/design'
import type { Path } from '../../model/path'
import { tlsKinds } from '../../model/tls'
import type { ClientTls } from '../../model/tls/kind'
import type { Straight, Way } from '../plan/dials'
import { type RulesKept, startKey } from '../plan/keeps'
import type { Lane } from '../plan/lanes'
import type { HostPlan } from '../plan/plan'
import type { Writing } from './kind'
import { type Form, type OriginationRule, overlap, type PortTls, rulesFor, type Start, selectedOf, starterOf } from './origination-rules'

export interface Origination {
  rules: OriginationRule[]
  /** How those lie that select nobody. */
  layout: RulesKept['layout']
  /** The subset that a route to this lane's or way's end names; undefined: none. */
  subsetOf(end: Lane | Way): string | undefined
  /** The subsets by their settings (`Keeps`). */
  subsets: ReadonlyMap<string, string>
}

/** Asked by several rooms; answered once for a host's plan and a style's form. */
export function originationOf(host: HostPlan, by: Pick<Writing, 'style'>): Origination {
  const { name, subset, open } = by.style.originate(host)
  const isKept = subset === null && host.kept !== null && host.kept.size > 0
  return isKept ? originationIn(host, name, 'originate', false) : originationIn(host, name, subset, open)
}

const originationIn = memoLastBy(
  (host: HostPlan, name: string, subset: Form['subset'], open: Form['open']): Origination => originationFor(host, { name, subset, open }),
)

function originationFor(host: HostPlan, form: Form): Origination {
  const uses = usesOf(host)
  const lanes = host.lanes.flatMap((lane) => settingOf(lane, clientOf(lane.outside, host, lane.speaks), lane.outside.port))
  const ways = waysOf(host).flatMap((way) => settingOf(way, way.straight && clientOf(way.straight, host, speaksOn(way)), portOf(way)))
  const selected = selectedOf(
    host,
    [...lanes, ...ways].map(([, setting]) => setting),
  )
  /** Rules that select their workloads stand apart from the host's routes, where `istioctl analyze` would not find a subset (istio/README 6). */
  const needsNone = (setting: PortTls) => setting.paths.every((path) => selected(starterOf(path))) && alone(setting, uses)
  const keys = new Set([...lanes, ...ways].map(([, setting]) => startKey(setting.port, setting.tls)))
  const kept = new Map([...(host.kept ?? [])].filter(([key]) => keys.has(key)))
  const name = subsetNames(kept)
  const keeps = ({ port, tls }: PortTls) => kept.has(startKey(port, tls))
  const starts = new Map<Lane | Way, Start>()
  for (const [lane, setting] of lanes)
    starts.set(lane, {
      setting,
      subset: form.subset === null || (needsNone(setting) && !keeps(setting)) ? null : name(setting, form.subset),
    })
  for (const [way, setting] of ways) {
    // On the port that the app dials (target port) no route is needed, and so no subset.
    const whole = way.straight?.by === 'target-port' || (needsNone(setting) && !keeps(setting))
    starts.set(way, { setting, subset: whole ? null : name(setting, 'originate') })
  }
  const subsets = new Map(
    [...starts.values()].flatMap(({ setting: { port, tls }, subset }): [string, string][] =>
      subset === null ? [] : [[startKey(port, tls), subset]],
    ),
  )
  return { ...rulesFor(host, form, [...starts.values()]), subsetOf: (end) => starts.get(end)?.subset ?? undefined, subsets }
}

const waysOf = (host: HostPlan): Way[] => host.dials.flatMap((dial) => dial.ways)

const settingOf = <End extends { paths: Path[] }>(end: End, tls: ClientTls | null, port: number): [End, PortTls][] =>
  tls ? [[end, { port, tls, paths: end.paths }]] : []

const speaksOn = (way: Way): Path['speaks'] => (way.paths[0] as Path).speaks

/** The port of the host that Envoy's cluster has: with a target port the one that the app dials. */
const portOf = ({ straight, paths: [path] }: Way): number => (straight?.by === 'route' ? straight.port : (path?.dialled ?? 0))

const clientOf = (wire: Pick<Straight, 'tls' | 'fields'>, host: HostPlan, speaks: Path['speaks']): ClientTls | null =>
  tlsKinds[wire.tls].client(wire.fields, { host: host.host.name, speaks })

/** Every way in which a proxy connects to a port of the host; `says` differs where the TLS does. */
interface Use {
  proxy: Node
  port: number
  says: string
}

function usesOf(host: HostPlan): Use[] {
  return [
    ...host.lanes.map((lane) => ({
      proxy: lane.gateway,
      port: lane.outside.port,
      says: JSON.stringify(clientOf(lane.outside, host, lane.speaks)),
    })),
    ...waysOf(host).flatMap((way) => {
      const says = way.straight && JSON.stringify(clientOf(way.straight, host, speaksOn(way)))
      return says ? way.paths.map((path) => ({ proxy: path.pod, port: portOf(way), says })) : []
    }),
  ]
}

/** Whether nobody who is told these settings means something else by that port as well: then they may hold for the whole host. */
function alone(setting: PortTls, uses: readonly Use[]): boolean {
  const says = JSON.stringify(setting.tls)
  const others = uses.filter((use) => use.port === setting.port && use.says !== says)
  return !setting.paths.some((path) => others.some((use) => overlap(use.proxy, starterOf(path))))
}

/** Names subsets of one host: as they were, else the same name for different ports, another where one port would need two settings. */
function subsetNames(kept: ReadonlyMap<string, string>): (setting: PortTls, wish: string) => string {
  const taken = new Map([...kept].map(([key, name]) => [`${name} ${key.slice(0, key.indexOf(' '))}`, key.slice(key.indexOf(' ') + 1)]))
  return ({ port, tls }, wish) => {
    const text = JSON.stringify(tls)
    const own = kept.get(startKey(port, tls))
    if (own !== undefined) return own
    for (let n = 1; ; n++) {
      const name = n === 1 ? wish : `${wish}-${n}`
      const key = `${name} ${port}`
      if ((taken.get(key) ?? text) !== text) continue
      taken.set(key, text)
      return name
    }
  }
}
