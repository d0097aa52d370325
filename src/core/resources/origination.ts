/** Where TLS starts: which DestinationRules a host needs for it, and which subset of them each way names (recipe.md 6). */
import { type Labels, labelsOf, namespaceOf, type Node } from '../design'
import type { Straight, Way } from '../plan/dials'
import type { Lane } from '../plan/lanes'
import type { HostPlan } from '../plan/plan'
import type { Path } from '../path'
import { slug } from '../slug'
import { tlsKinds } from '../tls'
import type { ClientTls } from '../tls/kind'
import type { Writing } from './kind'

export interface PortTls {
  port: number
  tls: ClientTls
  paths: readonly Path[]
}

/** One DestinationRule to be: settings for the whole host by port, and subsets that only a route names. */
export interface OriginationRule {
  name: string
  namespace: string
  exportTo: readonly string[]
  selector: Labels | null
  whole: PortTls[]
  subsets: { name: string; ports: PortTls[] }[]
  /** Which proxies start the TLS: gateways by themselves, pods through their sidecars. */
  gateways: Node[]
  pods: Node[]
}

export interface Origination {
  rules: OriginationRule[]
  /** The subset that a route to this lane's or way's end names; undefined: none. */
  subsetOf(end: Lane | Way): string | undefined
}

const known = new WeakMap<HostPlan, { name: string; subset: string | null; open: boolean; made: Origination }>()

/** Asked by several rooms; answered once for a host's plan and a style's form. */
export function originationOf(host: HostPlan, by: Pick<Writing, 'style'>): Origination {
  const { name, subset, open } = by.style.originate(host)
  const before = known.get(host)
  if (before && before.name === name && before.subset === subset && before.open === open) return before.made
  const made = originationFor(host, { name, subset, open })
  known.set(host, { name, subset, open, made })
  return made
}

function originationFor(host: HostPlan, form: { name: string; subset: string | null; open: boolean }): Origination {
  const subsets = new Map<Lane | Way, string>()
  const lanes = host.lanes.filter((lane) => clientOf(lane.outside, host, lane.speaks))
  const ways = host.dials.flatMap((dial) => dial.ways).filter((way) => way.straight && clientOf(way.straight, host, (way.paths[0] as Path).speaks))
  const open = ways.filter((way) => !credentialOf(way))
  const rules: OriginationRule[] = []
  const rule = (name: string, namespace: string, more: Partial<OriginationRule> = {}): OriginationRule => {
    const made = { name, namespace, exportTo: [], selector: null, whole: [], subsets: [], gateways: [], pods: [], ...more }
    rules.push(made)
    return made
  }
  const doors = [...new Set(lanes.map((lane) => namespaceOf(lane.gateway)))].sort()
  const clients = [...new Set(open.flatMap((way) => way.paths.map((path) => namespaceOf(path.pod))))].sort()
  const together = doors.some((namespace) => clients.includes(namespace))
  let shared: OriginationRule | null = null
  if (lanes.length > 0) {
    shared = rule(form.name, host.namespace, { exportTo: together || form.open ? [] : doors, gateways: [...new Set(lanes.map((lane) => lane.gateway))] })
    for (const lane of lanes) {
      const tls = clientOf(lane.outside, host, lane.speaks) as ClientTls
      subsets.set(lane, put(shared, { port: lane.outside.port, tls, paths: lane.paths }, form.subset))
    }
  }
  if (open.length > 0) {
    const separate = shared && !together
    const name = separate ? slug(`sidecar-${form.name}`) : form.name
    const target = shared && together ? shared : rule(name, host.namespace, { exportTo: separate ? clients : [] })
    for (const way of open) subsets.set(way, settle(target, host, way, way.paths))
    target.pods.push(...new Set(open.flatMap((way) => way.paths.map((path) => path.pod))))
  }
  for (const pod of credentialPods(ways)) {
    // A rule in the pod's own namespace hides those elsewhere, so it carries all that this pod starts.
    const own = rule(slug(`${form.name}-for-${pod.name}`), namespaceOf(pod), { selector: labelsOf(pod), pods: [pod] })
    for (const way of ways) {
      const paths = way.paths.filter((path) => path.pod === pod)
      if (paths.length > 0) subsets.set(way, settle(own, host, way, paths))
    }
  }
  return { rules, subsetOf: (end) => subsets.get(end) || undefined }
}

const clientOf = (wire: Pick<Straight, 'tls' | 'fields'>, host: HostPlan, speaks: Path['speaks']): ClientTls | null =>
  tlsKinds[wire.tls].client(wire.fields, { host: host.host.name, speaks })

const credentialOf = (way: Way): string | undefined => (way.straight && tlsKinds[way.straight.tls].fields.some((field) => field.id === 'credentialName') ? way.straight.fields.credentialName : undefined)

const credentialPods = (ways: readonly Way[]): Node[] => [...new Set(ways.filter(credentialOf).flatMap((way) => way.paths.map((path) => path.pod)))]

/** A direct way's settings: for the whole host on the port that the app dials (target port), or in a subset on the port that the route names. */
function settle(rule: OriginationRule, host: HostPlan, way: Way, paths: readonly Path[]): string {
  const straight = way.straight as Straight
  const path = paths[0] as Path
  const tls = clientOf(straight, host, path.speaks) as ClientTls
  if (straight.by === 'target-port') {
    put(rule, { port: path.dialled, tls, paths }, null)
    return ''
  }
  return put(rule, { port: straight.port, tls, paths }, 'originate')
}

/** Puts settings where no others stand for that port: into the whole (subset null), or the first subset that has room. Tells its name. */
function put(rule: OriginationRule, setting: PortTls, subset: string | null): string {
  const fits = (ports: PortTls[]) => {
    const there = ports.find((other) => other.port === setting.port)
    return !there || JSON.stringify(there.tls) === JSON.stringify(setting.tls)
  }
  const add = (ports: PortTls[]) => {
    const index = ports.findIndex((other) => other.port === setting.port)
    const there = ports[index]
    if (there) ports[index] = { ...there, paths: [...there.paths, ...setting.paths] }
    else ports.push(setting)
  }
  if (subset === null && fits(rule.whole)) {
    add(rule.whole)
    return ''
  }
  const wish = subset ?? 'originate'
  for (let n = 1; ; n++) {
    const name = n === 1 ? wish : `${wish}-${n}`
    let found = rule.subsets.find((other) => other.name === name)
    if (found && !fits(found.ports)) continue
    if (!found) {
      found = { name, ports: [] }
      rule.subsets.push(found)
    }
    add(found.ports)
    return name
  }
}
