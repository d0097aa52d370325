/** What the objects of a design mean: their names, and all that they say but for orders and names of subsets that mean nothing. */
import { compile } from '../core/compile/compile'
import type { Dialect } from '../core/compile/dialects/kind'
import { objectOf } from '../core/compile/print'
import { isServiceHost } from '../core/istio/host-name'
import { type Design } from '../core/model/design'

type Loose = Record<string, unknown>
type Setting = { port: { number: number }; tls: unknown }
interface Subset {
  name: string
  trafficPolicy?: { portLevelSettings: Setting[] }
}
interface Rule {
  match: { gateways?: string[]; port: number }[]
  route: { destination: Loose & { host: string; subset?: string; port: { number: number } } }[]
}

const byText = (a: unknown, b: unknown): number => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)
const settingsOf = (subset: Subset): Setting[] => subset.trafficPolicy?.portLevelSettings ?? []

/** By kind, namespace and name. Subsets of hosts are told by what they set: the route that names one means that. */
export function meaningFor(design: Design, dialect: Dialect): Record<string, unknown> {
  const gateways = new Set(design.nodes.filter(({ kind }) => kind === 'gateway').map(({ name }) => name))
  const isGateway = (host: string) => isServiceHost(host) && gateways.has(host.split('.')[0] ?? '')
  const objects = compile(design, dialect).map(
    (of) => [of, structuredClone(objectOf(of, dialect.version(of.group))) as { spec?: Loose }] as const,
  )
  const sets = new Map<string, unknown[]>()
  for (const [, { spec }] of objects)
    for (const subset of (spec?.subsets as Subset[] | undefined) ?? [])
      for (const { port, tls } of settingsOf(subset)) {
        const key = `${spec?.host} ${subset.name} ${port.number}`
        sets.set(key, [...(sets.get(key) ?? []), tls].sort(byText))
      }
  for (const [, { spec }] of objects) {
    if (!spec) continue
    for (const key of ['servers', 'egress', 'gateways']) if (Array.isArray(spec[key])) spec[key] = spec[key].toSorted(byText)
    const whole = spec.trafficPolicy as { portLevelSettings?: Setting[] } | undefined
    whole?.portLevelSettings?.sort(byText)
    if (Array.isArray(spec.subsets)) spec.subsets = subsetsOf(spec.subsets as Subset[], isGateway(String(spec.host)))
    for (const key of ['http', 'tls', 'tcp']) if (Array.isArray(spec[key])) spec[key] = rulesOf(spec[key] as Rule[], sets, isGateway)
  }
  return Object.fromEntries(
    objects.map(([of, object]) => [`${of.kind} ${of.namespace}/${of.name}`, object] as const).sort(([a], [b]) => (a < b ? -1 : 1)),
  )
}

function subsetsOf(subsets: readonly Subset[], named: boolean): unknown[] {
  if (!named) return subsets.flatMap(settingsOf).sort(byText)
  return subsets.map((subset) => ({ name: subset.name, settings: settingsOf(subset).toSorted(byText) })).sort(byText)
}

/** Rules for one port at one door stay in their order; which door or port comes first means nothing. */
function rulesOf(rules: readonly Rule[], sets: ReadonlyMap<string, unknown[]>, isGateway: (host: string) => boolean): unknown[] {
  const doorOf = ({ match: [first] }: Pick<Rule, 'match'>) => `${first?.gateways?.[0] ?? 'mesh'} ${first?.port}`
  const told = rules.map((rule) => ({
    ...rule,
    route: rule.route.map(({ destination }) => {
      const { host, subset, port } = destination
      return subset && !isGateway(host) ? { ...destination, subset: sets.get(`${host} ${subset} ${port.number}`) ?? subset } : destination
    }),
  }))
  return told.toSorted((a, b) => (doorOf(a) < doorOf(b) ? -1 : doorOf(a) > doorOf(b) ? 1 : 0))
}
