/**
 * Where the rules lie that start TLS to a host, and who sees them. Each proxy must find all that it starts in the first namespace that it
 * looks into, and nothing that it would wait for in vain (istio/README 7.4, 7.5).
 */

import type { Labels } from '../../base/labels'
import { slug } from '../../base/slug'
import { isServiceHost } from '../../istio/host-name'
import { labelsOf, type Node, namespaceOf } from '../../model/design'
import type { Path } from '../../model/path'
import type { ClientTls } from '../../model/tls/kind'
import type { RulesKept } from '../plan/keeps'
import type { HostPlan } from '../plan/plan'

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

/** How a dialect wants the rules: their name, the subset of gateways (null: the whole host), and whether every namespace may see them. */
export interface Form {
  name: string
  subset: string | null
  open: boolean
}

/** Settings of some paths, and the subset they are in; null: they hold for the whole host. */
export interface Start {
  setting: PortTls
  subset: string | null
}

/** Who starts the TLS of a path. */
export const starterOf = (path: Path): Node => path.gateway ?? path.pod

/** Whether everyone whom one workload's labels select is selected by the other's. */
const includes = (labels: Labels, others: Labels): boolean => Object.entries(others).every(([key, value]) => labels[key] === value)
export const overlap = (a: Node, b: Node): boolean =>
  namespaceOf(a) === namespaceOf(b) && (includes(labelsOf(a), labelsOf(b)) || includes(labelsOf(b), labelsOf(a)))

/**
 * Whether settings may be told to nobody but those who start them. Files lie where they are mounted, and whoever else is told of them waits
 * for them; a sidecar takes a Secret only by a rule that selects it.
 */
function isPrivate({ tls, paths }: PortTls): boolean {
  return !!(tls.clientCertificate || tls.privateKey || tls.caCertificates) || (!!tls.credentialName && paths.some((path) => !path.gateway))
}

/**
 * Who must have a rule that selects it: whoever has private settings, and all others in its namespace, because such a rule hides every other
 * from the proxies beside it as well. Where rules selected before an edit, they go on to.
 */
export function selectedOf({ rulesKept }: HostPlan, settings: readonly PortTls[]): (proxy: Node) => boolean {
  const namespaces = settings.filter(isPrivate).flatMap(({ paths }) => paths.map((path) => namespaceOf(starterOf(path))))
  const needy = new Set([...namespaces, ...(rulesKept?.selecting ?? [])])
  return (proxy) => needy.has(namespaceOf(proxy))
}

export function rulesFor(host: HostPlan, form: Form, starts: readonly Start[]): { rules: OriginationRule[]; layout: RulesKept['layout'] } {
  const selected = selectedOf(
    host,
    starts.map(({ setting }) => setting),
  )
  const common = only(starts, (path) => !selected(starterOf(path)))
  const own = ownRules(
    form,
    only(starts, (path) => selected(starterOf(path))),
  )
  const layout = isServiceHost(host.host.name) ? null : layoutOf(host, common)
  const shared = isServiceHost(host.host.name) ? besideProxies(form, common) : besideHost(host, form, layout, common)
  return { rules: named(host, form, [...shared, ...own]), layout }
}

/** A rule for each workload, with all that it starts; one for those whom the same labels select. */
function ownRules(form: Form, starts: readonly Start[]): OriginationRule[] {
  const proxies = [...new Set(starts.flatMap(({ setting }) => setting.paths.map(starterOf)))]
  const covered = new Set<Node>()
  const rules: OriginationRule[] = []
  // Who has fewer labels selects more.
  for (const proxy of proxies.toSorted((a, b) => Object.keys(labelsOf(a)).length - Object.keys(labelsOf(b)).length)) {
    if (covered.has(proxy)) continue
    const namespace = namespaceOf(proxy)
    const members = new Set(
      proxies.filter((other) => !covered.has(other) && namespaceOf(other) === namespace && includes(labelsOf(other), labelsOf(proxy))),
    )
    const all = only(starts, (path) => members.has(starterOf(path)))
    rules.push(ruleWith(`${form.name}-for-${proxy.name}`, namespace, { selector: labelsOf(proxy) }, all))
    for (const member of members) covered.add(member)
  }
  return rules
}

/** Proxies look first beside themselves, then beside the Service; a Service of the cluster lies where we write nothing. */
const besideProxies = (form: Form, common: readonly Start[]): OriginationRule[] =>
  namespacesOf(common).map((namespace) => ruleWith(form.name, namespace, { exportTo: ['.'] }, within(common, namespace)))

const lanesIn = (starts: readonly Start[]): Start[] => only(starts, (path) => path.gateway !== null)
const waysIn = (starts: readonly Start[]): Start[] => only(starts, (path) => path.gateway === null)

/** Gateways see their rules, sidecars see theirs, and where a namespace has both kinds, all are in one; null where there is only one kind. */
function layoutOf({ rulesKept }: HostPlan, common: readonly Start[]): RulesKept['layout'] {
  const lanes = lanesIn(common)
  const [doors, clients] = [namespacesOf(lanes), namespacesOf(waysIn(common))]
  // A gateway without that Secret in its namespace would wait for it.
  if (doors.length > 1 && lanes.some(({ setting }) => setting.tls.credentialName)) return 'each'
  if (rulesKept?.layout === 'each') return 'each'
  if (doors.some((namespace) => clients.includes(namespace))) return 'together'
  return rulesKept?.layout ?? (doors.length > 0 && clients.length > 0 ? 'apart' : null)
}

/** Beside the host's other objects. */
function besideHost(host: HostPlan, form: Form, layout: RulesKept['layout'], common: readonly Start[]): OriginationRule[] {
  if (common.length === 0) return []
  const [lanes, ways] = [lanesIn(common), waysIn(common)]
  const doors = namespacesOf(lanes)
  const gateways = (starts: readonly Start[]) => ruleWith(form.name, host.namespace, { exportTo: form.open ? [] : doors }, starts)
  switch (layout) {
    case 'each':
      return namespacesOf(common).map((namespace) =>
        ruleWith(`${form.name}-in-${namespace}`, host.namespace, { exportTo: [namespace] }, within(common, namespace)),
      )
    case 'together':
      return [ruleWith(form.name, host.namespace, { exportTo: [] }, common)]
    case 'apart':
      return [
        ...(lanes.length > 0 ? [gateways(lanes)] : []),
        ...(ways.length > 0 ? [ruleWith(`sidecar-${form.name}`, host.namespace, { exportTo: namespacesOf(ways) }, ways)] : []),
      ]
    case null:
      return lanes.length > 0 ? [gateways(lanes)] : [ruleWith(form.name, host.namespace, { exportTo: [] }, ways)]
  }
}

/** The form's very name where one rule is all there is and was; else each name once in its namespace. */
function named({ rulesKept }: HostPlan, form: Form, rules: readonly OriginationRule[]): OriginationRule[] {
  const taken = new Set<string>()
  return rules.map((rule) => {
    const wish = rules.length === 1 && !rulesKept?.layout ? form.name : slug(rule.name)
    const key = (name: string) => `${rule.namespace}/${name}`
    let name = wish
    for (let n = 2; taken.has(key(name)); n++) name = slug(`${wish}-${n}`)
    taken.add(key(name))
    return { ...rule, name }
  })
}

const only = (starts: readonly Start[], keep: (path: Path) => boolean): Start[] =>
  starts.flatMap((start) => {
    const paths = start.setting.paths.filter(keep)
    return paths.length > 0 ? [{ ...start, setting: { ...start.setting, paths } }] : []
  })
const within = (starts: readonly Start[], namespace: string): Start[] => only(starts, (path) => namespaceOf(starterOf(path)) === namespace)
const namespacesOf = (starts: readonly Start[]): string[] =>
  [...new Set(starts.flatMap(({ setting }) => setting.paths.map((path) => namespaceOf(starterOf(path)))))].toSorted()

function ruleWith(
  name: string,
  namespace: string,
  seen: { exportTo: readonly string[] } | { selector: Labels },
  starts: readonly Start[],
): OriginationRule {
  const rule: OriginationRule = { name, namespace, exportTo: [], selector: null, whole: [], subsets: [], gateways: [], pods: [], ...seen }
  for (const start of starts) add(rule, start)
  return rule
}

function add(rule: OriginationRule, { setting, subset }: Start): void {
  let ports = rule.whole
  if (subset !== null) {
    const there = rule.subsets.find((other) => other.name === subset)
    ports = there?.ports ?? []
    if (!there) rule.subsets.push({ name: subset, ports })
  }
  const index = ports.findIndex((other) => other.port === setting.port)
  const before = ports[index]
  if (before) ports[index] = { ...before, paths: [...before.paths, ...setting.paths] }
  else ports.push(setting)
  for (const path of setting.paths) {
    const [list, proxy] = path.gateway ? [rule.gateways, path.gateway] : [rule.pods, path.pod]
    if (!list.includes(proxy)) list.push(proxy)
  }
}
