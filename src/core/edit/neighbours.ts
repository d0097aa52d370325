/** What a text has no document for yet looks like the objects beside it: names of ports, the order of gateways and of legs. */
import { asList, asMap, asText } from '../base/loose'
import { memo } from '../base/memo'
import type { Document } from '../yaml/document'
import { type Plain, routeKinds } from './bare'

/** How the objects of a text are written, where most of them are written alike. */
interface Habits {
  /** For a protocol, or for any: a name with `{p}` for the protocol and `{n}` for the number. */
  ports: ReadonlyMap<string, string>
  meshLast: boolean
  gatewayLegFirst: boolean
}

const specsOf = (documents: readonly Document[], kind: string): Plain[] =>
  documents.filter((document) => document.kind === kind).map(({ object }) => asMap(asMap(object).spec))

export const habitsOf = memo((documents: readonly Document[]): Habits => {
  const templates = specsOf(documents, 'ServiceEntry').flatMap(({ ports }) =>
    asList(ports).flatMap((each): [string, string][] => {
      const { name, number, protocol } = asMap(each)
      const [of, called] = [asText(protocol).toLowerCase(), asText(name)]
      return of && called ? [[of, called.replace(of, '{p}').replace(String(number), '{n}')]] : []
    }),
  )
  const ports = new Map<string, string>()
  for (const of of new Set(['', ...templates.map(([protocol]) => protocol)])) {
    const own = templates.filter(([protocol]) => of === '' || protocol === of).map(([, template]) => template)
    const most = own.find((template) => own.filter((other) => other === template).length * 2 > own.length)
    if (most?.includes('{p}')) ports.set(of, most)
  }
  const routes = specsOf(documents, 'VirtualService')
  return { ports, meshLast: mostly(routes, isMeshLast), gatewayLegFirst: mostly(routes, isGatewayLegFirst) }
})

/** Whether it holds for more of them than it does not; null: for this one it cannot be said. */
function mostly(specs: readonly Plain[], holds: (spec: Plain) => boolean | null): boolean {
  const said = specs.map(holds)
  return said.filter((each) => each === true).length > said.filter((each) => each === false).length
}

function isMeshLast({ gateways }: Plain): boolean | null {
  const names = asList(gateways)
  return names.length > 1 && names.includes('mesh') ? names.at(-1) === 'mesh' : null
}

function isGatewayLegFirst(spec: Plain): boolean | null {
  const legs = routeKinds.map((kind) => asList(spec[kind]).map(legOf)).find((all) => new Set(all).size > 1)
  return legs && !legs.includes(null) ? legs[0] === 'gateway' : null
}

/** On which leg a rule is; null: on both, or its matches do not say. */
function legOf(rule: unknown): 'mesh' | 'gateway' | null {
  const names = asList(asMap(rule).match).map((match) => asList(asMap(match).gateways))
  if (names.length === 0 || names.some((each) => each.length === 0)) return null
  if (names.flat().every((name) => name === 'mesh')) return 'mesh'
  return names.flat().includes('mesh') ? null : 'gateway'
}

/** A new object as the text would write it. */
export function likeNeighbours(object: Plain, habits: Habits): Plain {
  const spec = asMap(object.spec)
  if (object.kind === 'ServiceEntry') return { ...object, spec: { ...spec, ports: portsLike(asList(spec.ports).map(asMap), [], habits) } }
  if (object.kind !== 'VirtualService') return object
  const gateways = asList(spec.gateways)
  const sorted = habits.meshLast ? [...gateways.filter((name) => name !== 'mesh'), ...gateways.filter((name) => name === 'mesh')] : gateways
  const rules = routeKinds.filter((kind) => spec[kind] !== undefined).map((kind) => [kind, legsLike(asList(spec[kind]), habits)])
  return { ...object, spec: { ...spec, ...(gateways.length > 0 && { gateways: sorted }), ...Object.fromEntries(rules) } }
}

function legsLike(rules: readonly unknown[], { gatewayLegFirst }: Habits): readonly unknown[] {
  const legs = rules.map(legOf)
  if (!gatewayLegFirst || legs.includes(null)) return rules
  const on = (leg: 'mesh' | 'gateway') => rules.filter((_, index) => legs[index] === leg)
  return [...on('gateway'), ...on('mesh')]
}

/** Ports that come, under names as the text gives them; one that is taken gets its number behind it. */
export function portsLike(ports: readonly Plain[], taken: readonly string[], { ports: templates }: Habits): Plain[] {
  const names = new Set(taken)
  return ports.map((port) => {
    const protocol = asText(port.protocol).toLowerCase()
    const template = templates.get(protocol) ?? templates.get('')
    const like =
      template === undefined || template === '{p}'
        ? asText(port.name)
        : template.replace('{p}', protocol).replace('{n}', String(port.number))
    const name = names.has(like) ? `${like}-${String(port.number)}` : like
    names.add(name)
    return { ...port, name }
  })
}
