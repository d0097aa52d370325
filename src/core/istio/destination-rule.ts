/** Which DestinationRule a proxy uses for a host, and what it says of a port and a subset (istio/README 7.4; Istio `destination_rule.go`). */

import { kept, listed } from '../base/collect'
import type { Labels } from '../base/labels'
import type { Place } from '../yaml/document'
import { rulesOfBackendTlsPolicies } from './backend-tls-policy'
import { mostSpecific } from './host-name'
import type { ClientTls, DestinationRule, Mesh, TrafficPolicy } from './mesh'
import { fits } from './selector'
import type { Service } from './service-registry'

/** DestinationRules of one host in one namespace, put together. */
export interface ConsolidatedDestinationRule {
  namespace: string
  selector: Labels | null
  policy: TrafficPolicy | null
  subsets: DestinationRule['subsets']
  /** The same by name; the first of a name counts. */
  named: Map<string, DestinationRule['subsets'][number]>
  exportTo: ReadonlySet<string>
  /** Made of a BackendTLSPolicy. */
  backend: boolean
  of: DestinationRule[]
}

type ByHost = Map<string, ConsolidatedDestinationRule[]>

export interface DestinationRuleIndex {
  root: string
  /** By namespace: what its own proxies may use. */
  local: Map<string, ByHost>
  /** By namespace: what proxies of other namespaces may use. */
  exported: Map<string, ByHost>
  /** What the root namespace keeps for itself. */
  rootLocal: ByHost
  /** Every rule for exactly this host, whoever sees it. */
  written: ReadonlyMap<string, readonly DestinationRule[]>
}

export function destinationRuleIndex(mesh: Mesh, root: string, byHost: ReadonlyMap<string, readonly Service[]>): DestinationRuleIndex {
  const written = mesh.destinationRules.filter(({ by }) => by === 'DestinationRule')
  const made = rulesOfBackendTlsPolicies(mesh, byHost)
  const byName = new Map<string, DestinationRule[]>()
  for (const rule of [...written, ...made]) listed(byName, rule.host, rule)
  const index: DestinationRuleIndex = { root, local: new Map(), exported: new Map(), rootLocal: new Map(), written: byName }
  const all = [...made, ...written]
  // Those with a selector come first, each kind by age (sortConfigBySelectorAndCreationTime).
  for (const rule of [...all.filter(({ selector }) => selector), ...all.filter(({ selector }) => !selector)]) place(index, rule)
  return index
}

function place(index: DestinationRuleIndex, added: DestinationRule): void {
  const exportTo = new Set(added.selector ? ['.'] : added.exportTo)
  const here = exportTo.size === 0 || exportTo.has('*') || exportTo.has('.') || exportTo.has(added.namespace)
  const alone = exportTo.size === 1 && (exportTo.has('.') || exportTo.has(added.namespace))
  if (here)
    join(
      kept(index.local, added.namespace, () => new Map()),
      added,
      exportTo,
    )
  if (!alone)
    join(
      kept(index.exported, added.namespace, () => new Map()),
      added,
      exportTo,
    )
  else if (added.namespace === index.root) join(index.rootLocal, added, exportTo)
}

const equal = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean => a.size === b.size && [...a].every((each) => b.has(each))
const sameLabels = (a: Labels, b: Labels): boolean => fits(a, b) && fits(b, a)

/** Adds a rule to those of its host: what fits together becomes one, the rest is kept beside it (mergeDestinationRule). */
function join(byHost: ByHost, added: DestinationRule, exportTo: ReadonlySet<string>): void {
  const rules = kept(byHost, added.host, () => [])
  let separate = true
  for (const rule of rules) {
    if (equal(exportTo, rule.exportTo)) separate = false
    else {
      separate = true
      if (!(rule.exportTo.size > 0 && [...rule.exportTo].every((each) => exportTo.has(each)))) continue
    }
    if (added.selector && rule.selector && !sameLabels(added.selector, rule.selector)) {
      separate = true
      continue
    }
    if (!!added.selector === !!rule.selector) separate = false
    absorb(rule, added)
  }
  if (separate) rules.push(single(added, exportTo))
}

const single = (added: DestinationRule, exportTo: ReadonlySet<string>): ConsolidatedDestinationRule => ({
  namespace: added.namespace,
  selector: added.selector,
  policy: added.policy,
  subsets: [...added.subsets],
  named: new Map(added.subsets.toReversed().map((subset) => [subset.name, subset])),
  exportTo,
  backend: added.by === 'BackendTLSPolicy',
  of: [added],
})

function absorb(rule: ConsolidatedDestinationRule, added: DestinationRule): void {
  for (const subset of added.subsets) {
    if (rule.named.has(subset.name)) continue
    rule.subsets.push(subset)
    rule.named.set(subset.name, subset)
  }
  rule.of.push(added)
  const backend = added.by === 'BackendTLSPolicy'
  if (rule.backend === backend) rule.policy ??= added.policy
  else rule.policy = rule.backend ? underneath(added.policy, rule.policy) : underneath(rule.policy, added.policy)
}

/** A user's policy over one of a BackendTLSPolicy: what the user sets wins. */
function underneath(user: TrafficPolicy | null, backend: TrafficPolicy | null): TrafficPolicy | null {
  if (!user || !backend) return user ?? backend
  const ports = user.ports.map((port) => ({
    ...port,
    tls: port.tls ?? backend.ports.find((other) => other.port === port.port)?.tls ?? null,
  }))
  const more = backend.ports.filter((port) => !user.ports.some((other) => other.port === port.port))
  return { tls: user.tls ?? backend.tls, others: [...user.others, ...backend.others], ports: [...ports, ...more], from: user.from }
}

/** Whether connections to a subset are tunnelled: its own policy says so, or the rule's where the subset has none (Istio `networking/core/tunnelingconfig`). */
export const tunnelFor = ({ policy, named }: Pick<ConsolidatedDestinationRule, 'policy' | 'named'>, subset: string): boolean =>
  (named.get(subset)?.policy ?? policy)?.others.includes('tunnel') ?? false

/** The rules of the first namespace that has any for the host: the proxy's own, the host's, the root (istio/README 7.4). */
export function destinationRulesFor(
  index: DestinationRuleIndex,
  namespace: string,
  host: Pick<Service, 'name' | 'namespace'>,
): readonly ConsolidatedDestinationRule[] {
  const mine = namespace === index.root ? index.rootLocal : index.local.get(namespace)
  const first = mine && mostSpecific(host.name, mine)
  if (first) return first
  for (const owner of new Set([host.namespace, index.root])) {
    const of = index.exported.get(owner)
    const rules = of && mostSpecific(host.name, of)
    const seen = rules?.filter(({ exportTo }) => exportTo.size === 0 || exportTo.has('*') || exportTo.has(namespace)) ?? []
    if (seen.length > 0) return seen
  }
  return []
}

/** The rule for a proxy with these labels: one that selects it, else the last that selects nobody. */
export function destinationRuleFor(
  rules: readonly ConsolidatedDestinationRule[],
  namespace: string,
  labels: Labels,
): ConsolidatedDestinationRule | null {
  let all: ConsolidatedDestinationRule | null = null
  for (const rule of rules) {
    if (!rule.selector) all = rule
    else if (rule.namespace === namespace && fits(rule.selector, labels)) return rule
  }
  return all
}

export interface Policy {
  tls: ClientTls | null
  others: readonly string[]
  /** What decided it. */
  from: Place | null
}

const none: Policy = { tls: null, others: [], from: null }

/** Settings of a port replace those of all ports. */
function atPort(policy: TrafficPolicy | null, port: number): Policy & { own: boolean } {
  if (!policy) return { ...none, own: false }
  const settings = policy.ports.find((each) => each.port === port)
  return settings
    ? { tls: settings.tls, others: settings.others, from: settings.tls?.from ?? settings.from, own: true }
    : { tls: policy.tls, others: policy.others, from: policy.tls?.from ?? policy.from, own: false }
}

/** What a rule says of a port: the subset over the rule, where a subset's own settings of the port leave nothing standing (MergeSubsetTrafficPolicy). */
export function policyFor(rule: ConsolidatedDestinationRule | null, subset: string, port: number): Policy {
  const general = atPort(rule?.policy ?? null, port)
  const special = rule?.named.get(subset)?.policy
  if (!special) return general
  const over = atPort(special, port)
  const replaces = over.own || over.tls !== null
  return {
    tls: replaces ? over.tls : general.tls,
    others: [...general.others, ...over.others],
    from: replaces ? over.from : (general.from ?? over.from),
  }
}
