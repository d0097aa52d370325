/** Subsets that say nothing but a name, which tell lanes apart in our own texts: whoever routes to a gateway without them goes on so. */
import { asList, asMap, asText } from '../base/loose'
import type { Document } from '../yaml/document'

/** An object as it is written, for whoever writes it anew. */
export type Plain = Record<string, unknown>

export const routeKinds = ['http', 'tls', 'tcp'] as const

const destinationsOf = (spec: Plain): Plain[] =>
  routeKinds.flatMap((kind) =>
    asList(spec[kind]).flatMap((rule) => asList(asMap(rule).route).map((route) => asMap(asMap(route).destination))),
  )

/** Hosts that the text routes to by no subset, and has no rule for. */
export function bareHostsOf(documents: readonly Document[]): ReadonlySet<string> {
  const specs = (kind: string) => documents.filter((document) => document.kind === kind).map(({ object }) => asMap(object.spec))
  const destinations = specs('VirtualService').flatMap(destinationsOf)
  const ruled = new Set([
    ...specs('DestinationRule').map(({ host }) => asText(host)),
    ...destinations.filter(({ subset }) => subset !== undefined).map(({ host }) => asText(host)),
  ])
  return new Set(destinations.map(({ host }) => asText(host)).filter((host) => !ruled.has(host)))
}

/** The objects without subsets of these hosts that say nothing, and without rules that would hold no other. */
export function withoutBare(objects: readonly Plain[], hosts: ReadonlySet<string>): Plain[] {
  const keyOf = (host: unknown, subset: unknown) => `${asText(host)} ${asText(subset)}`
  const rules = objects.filter(({ kind, spec }) => kind === 'DestinationRule' && hosts.has(asText(asMap(spec).host)))
  const isBare = (subset: unknown) => Object.keys(asMap(subset)).every((key) => key === 'name')
  const bare = new Set(
    rules.flatMap(({ spec }) => {
      const { host, subsets } = asMap(spec)
      return asList(subsets)
        .filter(isBare)
        .map((subset) => keyOf(host, asMap(subset).name))
    }),
  )
  if (bare.size === 0) return [...objects]
  return objects.flatMap((object): Plain[] => {
    const spec = asMap(object.spec)
    if (rules.includes(object)) {
      const subsets = asList(spec.subsets).filter((subset) => !isBare(subset))
      return subsets.length === 0 && spec.trafficPolicy === undefined ? [] : [{ ...object, spec: { ...spec, subsets } }]
    }
    if (object.kind !== 'VirtualService' || !destinationsOf(spec).some(({ host, subset }) => bare.has(keyOf(host, subset)))) return [object]
    const ruleOf = (rule: unknown): Plain => ({ ...asMap(rule), route: asList(asMap(rule).route).map(routeOf) })
    const routeOf = (route: unknown): Plain => {
      const { subset, ...rest } = asMap(asMap(route).destination)
      return bare.has(keyOf(rest.host, subset)) ? { ...asMap(route), destination: rest } : asMap(route)
    }
    const routes = routeKinds.filter((kind) => spec[kind] !== undefined).map((kind) => [kind, asList(spec[kind]).map(ruleOf)])
    return [{ ...object, spec: { ...spec, ...Object.fromEntries(routes) } }]
  })
}
