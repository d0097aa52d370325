/** What the objects of a design mean to its pods: names, and all that they say but for orders, subset names and clients that mean nothing. */
import type { Labels } from '../core/base/labels'
import { compile } from '../core/compile/compile'
import type { Dialect } from '../core/compile/dialects/kind'
import { objectOf } from '../core/compile/print'
import { isServiceHost } from '../core/istio/host-name'
import { fits } from '../core/istio/selector'
import { type Design, labelsOf, namespaceOf } from '../core/model/design'
import { pathsOf } from '../core/model/path'

type Loose = Record<string, unknown>
type Setting = { port: { number: number }; tls: unknown }
interface Subset {
  name: string
  trafficPolicy?: { portLevelSettings: Setting[] }
}
interface Match {
  gateways?: string[]
  port: number
  sourceNamespace?: string
  sourceLabels?: Labels
}
interface Rule {
  match: Match[]
  route: { destination: Loose & { host: string; subset?: string; port: { number: number } } }[]
}

/** A pod of the design, and what it sends: `HTTP edition.cnn.com 80`. */
interface Client {
  namespace: string
  labels: Labels
  calls: ReadonlySet<string>
}

const speech = [
  ['http', 'HTTP'],
  ['tls', 'HTTPS'],
  ['tcp', 'TCP'],
] as const

const byText = (a: unknown, b: unknown): number => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)
const settingsOf = (subset: Subset): Setting[] => subset.trafficPolicy?.portLevelSettings ?? []

/**
 * By kind, namespace and name. Subsets of hosts are told by what they set: the route that names one means that. `toItsPods`: of rules in the
 * mesh only what the design’s own pods meet, so that it does not matter which of two clients is named and which is the rest.
 */
export function meaningFor(design: Design, dialect: Dialect, toItsPods = false): Record<string, unknown> {
  const gateways = new Set(design.nodes.filter(({ kind }) => kind === 'gateway').map(({ name }) => name))
  const isGateway = (host: string) => isServiceHost(host) && gateways.has(host.split('.')[0] ?? '')
  const objects = compile(design, dialect).map(
    (of) => [of, structuredClone(objectOf(of, dialect.version(of.group))) as { spec?: Loose }] as const,
  )
  const paths = toItsPods ? pathsOf(design) : []
  const clients =
    toItsPods &&
    [...new Set(paths.map(({ pod }) => pod))].map((pod): Client => {
      const calls = paths.filter((path) => path.pod === pod).map(({ speaks, host, dialled }) => `${speaks} ${host.name} ${dialled}`)
      return { namespace: namespaceOf(pod), labels: labelsOf(pod), calls: new Set(calls) }
    })
  const sets = new Map<string, unknown[]>()
  for (const [, { spec }] of objects)
    for (const subset of (spec?.subsets as Subset[] | undefined) ?? [])
      for (const { port, tls } of settingsOf(subset)) {
        const key = `${spec?.host} ${subset.name} ${port.number}`
        sets.set(key, [...(sets.get(key) ?? []), tls].toSorted(byText))
      }
  for (const [, { spec }] of objects) {
    if (!spec) continue
    if (Array.isArray(spec.ports)) spec.ports = spec.ports.map(familyOf)
    for (const key of ['servers', 'egress', 'gateways']) if (Array.isArray(spec[key])) spec[key] = spec[key].toSorted(byText)
    const whole = spec.trafficPolicy as { portLevelSettings?: Setting[] } | undefined
    whole?.portLevelSettings?.sort(byText)
    if (Array.isArray(spec.subsets)) spec.subsets = subsetsOf(spec.subsets as Subset[], isGateway(String(spec.host)))
    for (const [key, speaks] of speech)
      if (Array.isArray(spec[key]))
        spec[key] = rulesOf(spec[key] as Rule[], `${speaks} ${String((spec.hosts as string[])[0])}`, clients, sets, isGateway)
  }
  return Object.fromEntries(
    objects.map(([of, object]) => [`${of.kind} ${of.namespace}/${of.name}`, object] as const).toSorted(([a], [b]) => (a < b ? -1 : 1)),
  )
}

/** A port of an app's own TLS: HTTPS and TLS are one to Istio, and its name follows. */
const familyOf = (port: Loose): Loose =>
  port.protocol === 'HTTPS' || port.protocol === 'TLS' ? { ...port, name: '', protocol: 'TLS' } : port

function subsetsOf(subsets: readonly Subset[], named: boolean): unknown[] {
  if (!named) return subsets.flatMap(settingsOf).toSorted(byText)
  return subsets.map((subset) => ({ name: subset.name, settings: settingsOf(subset).toSorted(byText) })).toSorted(byText)
}

/** Rules for one port at one gateway stay in their order; which gateway or port comes first means nothing. */
function rulesOf(
  rules: readonly Rule[],
  call: string,
  clients: readonly Client[] | false,
  sets: ReadonlyMap<string, unknown[]>,
  isGateway: (host: string) => boolean,
): unknown[] {
  const told = rules.map((rule) => ({
    match: rule.match,
    route: rule.route.map(({ destination }) => {
      const { host, subset, port } = destination
      return subset && !isGateway(host) ? { ...destination, subset: sets.get(`${host} ${subset} ${port.number}`) ?? subset } : destination
    }),
  }))
  const atGateways = told.filter(({ match }) => !clients || match.every(({ gateways }) => gateways && !gateways.includes('mesh')))
  const inMesh = told.filter((rule) => !atGateways.includes(rule))
  const placeOf = ({ match: [first] }: Pick<Rule, 'match'>) => `${first?.gateways?.[0] ?? 'mesh'} ${first?.port}`
  return [
    ...atGateways.toSorted((a, b) => (placeOf(a) < placeOf(b) ? -1 : placeOf(a) > placeOf(b) ? 1 : 0)),
    ...(clients || [])
      .map((client) => ({ namespace: client.namespace, labels: client.labels, meets: metBy(client, call, inMesh) }))
      .toSorted(byText),
  ]
}

/** What a client meets on the ports that it calls, match by match: the first rule for a match counts. */
function metBy(
  { namespace, labels, calls }: Client,
  call: string,
  rules: readonly { match: readonly Match[]; route: unknown }[],
): unknown[] {
  const met = new Map<string, unknown>()
  for (const { match, route } of rules)
    for (const { sourceNamespace, sourceLabels, gateways: _, ...asked } of match) {
      const applies =
        calls.has(`${call} ${asked.port}`) && (sourceNamespace ?? namespace) === namespace && fits(sourceLabels ?? null, labels)
      const key = JSON.stringify(asked)
      if (applies && !met.has(key)) met.set(key, route)
    }
  return [...met].toSorted(byText)
}
