/** How a proxy dials a host: the DestinationRule that it finds first, and what that says of one port (istio.md 7.4). */

import type { Labels } from '../../base/labels'
import type { ClientTls, DestinationRule, Mesh, TlsMode, TrafficPolicy } from '../../istio/mesh'
import { fits } from '../../istio/selector'
import type { Speaks, TlsFields } from '../../model/design'
import { tlsKinds } from '../../model/tls'
import type { Place } from '../../yaml/document'
import { namesAbove } from './legs'

export interface Proxy {
  namespace: string
  labels: Labels
}

export interface Dialled {
  /** Null: nothing is said, the bytes go out as they are. */
  tls: ClientTls | null
  /** The parts of the rule that say so. */
  places: readonly Place[]
  /** The subset that was asked for stands in the rule. */
  found: boolean
}

export interface Dials {
  /** Every rule for this very host. */
  of(host: string): readonly DestinationRule[]
  /** Those of them that have this subset. */
  withSubset(host: string, subset: string): readonly DestinationRule[]
  look(proxy: Proxy, host: string, subset: string, port: number): Dialled
}

const subsets = new WeakMap<DestinationRule, Map<string, DestinationRule['subsets'][number]>>()

/** A gateway's rule has a subset for each host. */
export function subsetOf(dial: DestinationRule, name: string): DestinationRule['subsets'][number] | undefined {
  const known = subsets.get(dial) ?? new Map(dial.subsets.toReversed().map((subset) => [subset.name, subset]))
  subsets.set(dial, known)
  return known.get(name)
}

const nothing: Dialled = { tls: null, places: [], found: false }

/** `beside`: the namespace of a host's Service or ServiceEntry, where rules are looked for as well. `root`: Istio's root namespace. */
export function dialsOf(mesh: Mesh, beside: (host: string) => string | undefined, root: string): Dials {
  const rules = new Map<string, DestinationRule[]>()
  const put = (host: string, dial: DestinationRule) => {
    const list = rules.get(host)
    if (list) list.push(dial)
    else rules.set(host, [dial])
  }
  const ports = new Map(mesh.serviceHosts.flatMap((known) => known.hosts.map((host) => [host, known.ports] as const)))
  /** A policy may be for one port, which it calls by its name. */
  const forPort = (dial: DestinationRule, host: string, port: number) =>
    dial.targets.some(({ section }) => section === '' || ports.get(host)?.some((each) => each.name === section && each.number === port))
  for (const dial of mesh.destinationRules) {
    if (dial.by === 'DestinationRule') put(dial.host, dial)
    else for (const host of policyHosts(dial, mesh)) put(host, dial)
  }
  const bySubset = keptFor((host: string) => subsetsIn(rules.get(host) ?? []))
  const heard = keptFor((key: string, proxy: Proxy, host: string) => {
    const named = namesAbove(host).flatMap((name) => rules.get(name) ?? [])
    return { ...counting(named, proxy, [proxy.namespace, beside(host), root]), policies: named.filter(isPolicy) }
  })
  return {
    of: (host) => rules.get(host) ?? [],
    withSubset: (host, subset) => bySubset(host).get(subset) ?? [],
    look(proxy, host, subset, port) {
      const { all, subsets, policies } = heard(keyOf(proxy, host), proxy, host)
      const rule = (subset !== '' && subsets.get(subset)?.[0]) || all[0]
      const policy = policies.find((dial) => forPort(dial, host, port))
      const said = rule ? saidBy(rule, subset, port) : nothing
      return said.tls || !policy ? said : { ...saidBy(policy, '', port), found: said.found }
    },
  }
}

const isPolicy = (dial: DestinationRule): boolean => dial.by === 'BackendTLSPolicy'
const keyOf = ({ namespace, labels }: Proxy, host: string): string => JSON.stringify([host, namespace, labels])

/** A function that looks once for each key: a gateway has a rule, or a subset, for each of its hosts. */
function keptFor<R extends unknown[], O>(look: (key: string, ...rest: R) => O): (key: string, ...rest: R) => O {
  const kept = new Map<string, O>()
  return (key, ...rest) => {
    const before = kept.get(key)
    if (before !== undefined) return before
    const made = look(key, ...rest)
    kept.set(key, made)
    return made
  }
}

/** The rules that count for a proxy. Rules for one host that lie side by side are one: a subset of any of them counts. */
function counting(named: readonly DestinationRule[], proxy: Proxy, spaces: readonly (string | undefined)[]) {
  const own = named.find((dial) => dial.selector && dial.namespace === proxy.namespace && fits(dial.selector, proxy.labels))
  const seen = named.filter((dial) => !dial.selector && visible(dial, proxy.namespace))
  const space = spaces.find((each) => seen.some((dial) => dial.namespace === each))
  const all = own ? [own] : seen.filter((dial) => dial.namespace === space)
  return { all, subsets: subsetsIn(all) }
}

function subsetsIn(dials: readonly DestinationRule[]): ReadonlyMap<string, readonly DestinationRule[]> {
  const found = new Map<string, DestinationRule[]>()
  for (const dial of dials)
    for (const name of new Set(dial.subsets.map((subset) => subset.name))) {
      const there = found.get(name)
      if (there) there.push(dial)
      else found.set(name, [dial])
    }
  return found
}

const visible = ({ exportTo, namespace }: DestinationRule, from: string): boolean =>
  exportTo.length === 0 || exportTo.some((space) => space === '*' || space === from || (space === '.' && namespace === from))

function policyHosts(dial: DestinationRule, mesh: Mesh): string[] {
  return dial.targets.flatMap(({ kind, name }) => {
    if (kind === 'Hostname') return [name]
    if (kind === 'Service') return [`${name}.${dial.namespace}.svc.cluster.local`]
    return mesh.serviceHosts
      .filter((known) => known.by === 'ServiceEntry' && known.name === name && known.namespace === dial.namespace)
      .flatMap((known) => known.hosts)
  })
}

/** Settings of a port stand over those of all ports, those of a subset over those of the host. */
function saidBy(rule: DestinationRule, subset: string, port: number): Dialled {
  const part = subset === '' ? undefined : subsetOf(rule, subset)
  const [inner, outer] = [part?.policy ? settingOf(part.policy, port) : null, rule.policy ? settingOf(rule.policy, port) : null]
  const setting = inner ?? outer
  return {
    tls: setting?.tls ?? null,
    places: [rule.from, ...(part ? [part.from] : []), ...(setting?.tls ? [setting.tls.from] : [])],
    found: subset === '' || part !== undefined,
  }
}

/** Null where the policy says nothing of TLS. A port's settings without `tls` take away what holds for all ports (istio.md L23). */
function settingOf(policy: TrafficPolicy, port: number): { tls: ClientTls | null } | null {
  const own = policy.ports.find((each) => each.port === port)
  return own ? { tls: own.tls } : policy.tls ? { tls: policy.tls } : null
}

/** The mode of a way outside, and its fields as a person would have set them: what follows from the host's name is left out. */
export function outsideOf(tls: ClientTls | null, host: string, speaks: Speaks): { tls: TlsMode; fields: TlsFields } {
  if (!tls || tls.mode === 'DISABLE') return { tls: speaks === 'HTTPS' ? 'PASSTHROUGH' : 'DISABLE', fields: {} }
  const said = fieldsOf(tls)
  const sent = tlsKinds[tls.mode].client(said, { host, speaks })
  const { sni, subjectAltNames, ...rest } = said
  // From the fewest fields on: the first that write the same are taken.
  const tries: TlsFields[] = [rest, { ...rest, ...(subjectAltNames && { subjectAltNames }) }, { ...rest, ...(sni && { sni }) }]
  const same = tries.find(
    (fields) => JSON.stringify(sorted(tlsKinds[tls.mode].client(fields, { host, speaks }))) === JSON.stringify(sorted(sent)),
  )
  return { tls: tls.mode, fields: same ?? said }
}

const sorted = (value: object | null): unknown => value && Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))

function fieldsOf({
  sni,
  subjectAltNames,
  credentialName,
  clientCertificate,
  privateKey,
  caCertificates,
  insecureSkipVerify,
}: ClientTls): TlsFields {
  return {
    ...(sni && { sni }),
    ...(subjectAltNames.length > 0 && { subjectAltNames }),
    ...(credentialName && { credentialName }),
    ...(caCertificates && { caCertificates }),
    ...(clientCertificate && { clientCertificate }),
    ...(privateKey && { privateKey }),
    ...(insecureSkipVerify && { insecureSkipVerify }),
  }
}
