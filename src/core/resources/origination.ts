/** Where TLS starts: which DestinationRules a host needs for it, and which subset of them each way names (recipe.md 6). */
import { isClusterService, type Labels, labelsOf, namespaceOf, type Node } from '../design'
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

interface Form {
  name: string
  subset: string | null
  open: boolean
}

/** Where TLS starts on one lane or way: the settings, and the subset they stand in; null: they hold for the whole host. */
interface Start {
  end: Lane | Way
  setting: PortTls
  subset: string | null
}

function originationFor(host: HostPlan, form: Form): Origination {
  const name = subsetNames()
  const lanes = host.lanes.flatMap((lane): Start[] => {
    const tls = clientOf(lane.outside, host, lane.speaks)
    const setting = tls && { port: lane.outside.port, tls, paths: lane.paths }
    return setting ? [{ end: lane, setting, subset: form.subset && name(setting, form.subset) }] : []
  })
  const ways = host.dials.flatMap((dial) => dial.ways).flatMap((way) => startsOn(way, host, name))
  const starts = [...lanes, ...ways]
  const rules = isClusterService(host.host.name) ? besideProxies(form, starts) : besideHost(host, form, lanes, ways)
  const subsets = new Map(starts.map(({ end, subset }) => [end, subset]))
  return { rules, subsetOf: (end) => subsets.get(end) ?? undefined }
}

/** A direct way's settings: for the whole host on the port that the app dials (target port), or in a subset on the port that the route names. */
function startsOn(way: Way, host: HostPlan, name: ReturnType<typeof subsetNames>): Start[] {
  const path = way.paths[0] as Path
  const tls = way.straight && clientOf(way.straight, host, path.speaks)
  if (!way.straight || !tls) return []
  const whole = way.straight.by === 'target-port'
  const setting = { port: whole ? path.dialled : way.straight.port, tls, paths: way.paths }
  return [{ end: way, setting, subset: whole ? null : name(setting, 'originate') }]
}

/** Names subsets of one host: the same name for different ports, another where one port would need two settings. */
function subsetNames(): (setting: PortTls, wish: string) => string {
  const taken = new Map<string, string>()
  return ({ port, tls }, wish) => {
    const text = JSON.stringify(tls)
    for (let n = 1; ; n++) {
      const name = n === 1 ? wish : `${wish}-${n}`
      const key = `${name} ${port}`
      if ((taken.get(key) ?? text) !== text) continue
      taken.set(key, text)
      return name
    }
  }
}

/** Proxies look first beside themselves, then beside the Service; a Service of the cluster lies where we write nothing (istio.md 7.4). */
function besideProxies(form: Form, starts: readonly Start[]): OriginationRule[] {
  const rules = new Map<string, OriginationRule>()
  for (const start of starts) {
    for (const path of start.setting.paths) {
      const namespace = namespaceOf(path.gateway ?? path.pod)
      const selector = path.gateway || !credentialOf(start) ? null : labelsOf(path.pod)
      const key = `${namespace} ${JSON.stringify(selector)}`
      const rule = rules.get(key) ?? emptyRule(selector ? slug(`${form.name}-for-${path.pod.name}`) : form.name, namespace, { exportTo: selector ? [] : ['.'], selector })
      rules.set(key, rule)
      add(rule, start, [path])
    }
  }
  return [...rules.values()]
}

/**
 * Beside the host's other objects. Each proxy must find one rule only: gateways see theirs, sidecars see theirs, and where a namespace has
 * both kinds of proxies, all stand in one rule.
 */
function besideHost(host: HostPlan, form: Form, lanes: readonly Start[], ways: readonly Start[]): OriginationRule[] {
  const rules: OriginationRule[] = []
  const open = ways.filter((way) => !credentialOf(way))
  const doors = [...new Set(lanes.flatMap(({ setting }) => setting.paths.map((path) => namespaceOf(path.gateway as Node))))].sort()
  const clients = [...new Set(open.flatMap(({ setting }) => setting.paths.map((path) => namespaceOf(path.pod))))].sort()
  const together = doors.some((namespace) => clients.includes(namespace))
  if (lanes.length > 0) rules.push(filled(emptyRule(form.name, host.namespace, { exportTo: together || form.open ? [] : doors }), lanes))
  const [first] = rules
  if (first && together) filled(first, open)
  else if (open.length > 0) rules.push(filled(emptyRule(first ? slug(`sidecar-${form.name}`) : form.name, host.namespace, { exportTo: first ? clients : [] }), open))
  for (const pod of new Set(ways.filter(credentialOf).flatMap(({ setting }) => setting.paths.map((path) => path.pod)))) {
    // A rule in the pod's own namespace hides those elsewhere, so it carries all that this pod starts.
    const own = emptyRule(slug(`${form.name}-for-${pod.name}`), namespaceOf(pod), { selector: labelsOf(pod) })
    for (const way of ways) {
      const paths = way.setting.paths.filter((path) => path.pod === pod)
      if (paths.length > 0) add(own, way, paths)
    }
    rules.push(own)
  }
  return [...rules, ...besideOwn(host, form, rules, [...lanes, ...open])]
}

/** A rule in a namespace hides the host's own from every proxy there, whomever it selects: what the others there start stands beside it. */
function besideOwn(host: HostPlan, form: Form, rules: readonly OriginationRule[], starts: readonly Start[]): OriginationRule[] {
  const hidden = [...new Set(rules.filter((rule) => rule.selector && rule.namespace !== host.namespace).map((rule) => rule.namespace))]
  return hidden.flatMap((namespace) => {
    const rule = emptyRule(form.name, namespace, { exportTo: ['.'] })
    for (const start of starts) {
      const here = start.setting.paths.filter((path) => namespaceOf(path.gateway ?? path.pod) === namespace)
      if (here.length > 0) add(rule, start, here)
    }
    return rule.gateways.length + rule.pods.length > 0 ? [rule] : []
  })
}

const clientOf = (wire: Pick<Straight, 'tls' | 'fields'>, host: HostPlan, speaks: Path['speaks']): ClientTls | null =>
  tlsKinds[wire.tls].client(wire.fields, { host: host.host.name, speaks })

const credentialOf = (start: Start): string | undefined => start.setting.tls.credentialName

const emptyRule = (name: string, namespace: string, more: Pick<OriginationRule, 'exportTo'> | Pick<OriginationRule, 'selector'>): OriginationRule => ({
  name,
  namespace,
  exportTo: [],
  selector: null,
  whole: [],
  subsets: [],
  gateways: [],
  pods: [],
  ...more,
})

function filled(rule: OriginationRule, starts: readonly Start[]): OriginationRule {
  for (const start of starts) add(rule, start, start.setting.paths)
  return rule
}

function add(rule: OriginationRule, { setting, subset }: Start, paths: readonly Path[]): void {
  let ports = rule.whole
  if (subset !== null) {
    const there = rule.subsets.find((other) => other.name === subset)
    ports = there?.ports ?? []
    if (!there) rule.subsets.push({ name: subset, ports })
  }
  const index = ports.findIndex((other) => other.port === setting.port)
  const before = ports[index]
  if (before) ports[index] = { ...before, paths: [...before.paths, ...paths] }
  else ports.push({ ...setting, paths })
  for (const path of paths) {
    const [list, proxy] = path.gateway ? [rule.gateways, path.gateway] : [rule.pods, path.pod]
    if (!list.includes(proxy)) list.push(proxy)
  }
}
