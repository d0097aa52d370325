/** Gateways as a text calls them: a person's may be in another namespace than the compiler's, and several may select the same pods. */
import { asList, asMap, asText } from '../base/loose'
import type { Resource } from '../compile/resource'
import type { Document } from '../yaml/document'
import { alike } from '../yaml/patch/refine'
import { type Plain, routeKinds } from './bare'

/** Of several documents that select the same pods the one that listens most for what the compiled one listens for; none where two do so alike. */
export function gatewayLike({ body }: Resource, documents: readonly Document[]): Document | undefined {
  const spec = asMap(body.spec)
  const heard = new Set(listened(spec))
  const scores = documents
    .filter(({ kind, object }) => kind === 'Gateway' && alike(asMap(asMap(object).spec).selector, spec.selector))
    .map((of) => ({ of, score: listened(asMap(asMap(of.object).spec)).filter((one) => heard.has(one)).length }))
  const most = Math.max(0, ...scores.map(({ score }) => score))
  const best = scores.filter(({ score }) => score === most && score > 0)
  return best.length === 1 ? best[0]?.of : undefined
}

const listened = (spec: Plain): string[] =>
  asList(spec.servers).flatMap((server) => {
    const { port, hosts } = asMap(server)
    return asList(hosts).map((host) => `${String(asMap(port).number)} ${asText(host).replace(/^.*\//, '')}`)
  })

/** A Gateway by the name by which one namespace tells it from those of another. */
export const fullOf = (name: string, namespace: string): string => (name === 'mesh' || name.includes('/') ? name : `${namespace}/${name}`)

/** A VirtualService that calls Gateways as its document does, or would from where that is. `called`: what the text calls those of the compiler. */
export function withGatewayNames(
  object: Plain,
  { kind, namespace }: Resource,
  own: Document | undefined,
  called: ReadonlyMap<string, string>,
): Plain {
  if (kind !== 'VirtualService') return object
  const home = asText(asMap(object.metadata).namespace) || namespace
  const there = new Set(own ? gatewaysIn(asMap(asMap(own.object).spec)) : [])
  const nameOf = (said: unknown): string => {
    const full = fullOf(asText(said), namespace)
    const name = called.get(full) ?? full
    const short = name.slice(name.indexOf('/') + 1)
    return name.startsWith(`${home}/`) && !(there.has(name) && !there.has(short)) ? short : name
  }
  const spec = asMap(object.spec)
  const named = (map: Plain): Plain => (map.gateways === undefined ? map : { ...map, gateways: asList(map.gateways).map(nameOf) })
  const ruleOf = (rule: unknown): unknown => {
    const { match } = asMap(rule)
    return match === undefined ? rule : { ...asMap(rule), match: asList(match).map((each) => named(asMap(each))) }
  }
  const rules = routeKinds.filter((key) => spec[key] !== undefined).map((key) => [key, asList(spec[key]).map(ruleOf)])
  return { ...object, spec: { ...named(spec), ...Object.fromEntries(rules) } }
}

const gatewaysIn = (spec: Plain): string[] => [
  ...asList(spec.gateways).map((each) => asText(each)),
  ...routeKinds.flatMap((key) =>
    asList(spec[key]).flatMap((rule) =>
      asList(asMap(rule).match).flatMap((each) => asList(asMap(each).gateways).map((gateway) => asText(gateway))),
    ),
  ),
]

/** The compiler's Gateways, by namespace and name, and what the text calls them. */
export const gatewayNames = (resources: readonly Resource[], madeOf: (resource: Resource) => Document | undefined): Map<string, string> =>
  new Map(
    resources.flatMap((resource): [string, string][] => {
      const of = resource.kind === 'Gateway' ? madeOf(resource) : undefined
      return of ? [[`${resource.namespace}/${resource.name}`, `${of.namespace}/${of.name}`]] : []
    }),
  )
