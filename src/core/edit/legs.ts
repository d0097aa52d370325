/** Routes of one host that a person keeps in several VirtualServices, one for each leg of the way: the compiler writes them as one. */
import { asList, asMap, asText } from '../base/loose'
import type { Document } from '../yaml/document'
import { alike } from '../yaml/patch/refine'
import { type Plain, routeKinds } from './bare'
import { fullOf } from './gateways'

const inMesh = 'mesh'

/** Gateways under the names by which one namespace tells them from those of another. */
const gatewaysOf = (spec: Plain, namespace: string): string[] => {
  const said = asList(spec.gateways).map((each) => asText(each))
  return (said.length > 0 ? said : [inMesh]).map((name) => fullOf(name, namespace))
}

/** The documents that say together what one compiled VirtualService says; null where one document says it. */
export function legsOf(object: Plain, documents: readonly Document[]): Document[] | null {
  if (object.kind !== 'VirtualService') return null
  const spec = asMap(object.spec)
  const gateways = new Set(gatewaysOf(spec, asText(asMap(object.metadata).namespace)))
  const legs = documents.filter((document) => {
    const own = asMap(asMap(document.object).spec)
    return (
      document.kind === 'VirtualService' &&
      alike(own.hosts, spec.hosts) &&
      gatewaysOf(own, document.namespace).some((name) => gateways.has(name))
    )
  })
  const served = legs.flatMap((leg) => gatewaysOf(asMap(asMap(leg.object).spec), leg.namespace))
  return legs.length > 1 && new Set(served).size === served.length ? legs : null
}

/** What each leg says of a compiled VirtualService. A gateway that none has yet is of the leg that has others. */
export function partsOf(object: Plain, legs: readonly Document[]): { object: Plain; own: Document }[] {
  const served = legs.map((leg) => ({ leg, gateways: gatewaysOf(asMap(asMap(leg.object).spec), leg.namespace) }))
  const home = asText(asMap(object.metadata).namespace)
  const legFor = (gateway: string): Document | undefined => {
    const [name = ''] = gatewaysOf({ gateways: [gateway] }, home)
    const has = served.find(({ gateways }) => gateways.includes(name))
    return (has ?? served.find(({ gateways }) => !gateways.includes(inMesh) === (name !== inMesh)) ?? served[0])?.leg
  }
  return legs.flatMap((own) => {
    const spec = partOf(asMap(object.spec), (gateway) => legFor(gateway) === own)
    return spec
      ? [{ object: { ...object, metadata: { ...asMap(object.metadata), name: own.name, namespace: own.namespace }, spec }, own }]
      : []
  })
}

/** The routes of some gateways; null where they have none. */
function partOf(spec: Plain, isMine: (gateway: string) => boolean): Plain | null {
  const said = asList(spec.gateways).map((each) => asText(each))
  const gateways = said.filter(isMine)
  if (said.length === 0 ? !isMine(inMesh) : gateways.length === 0) return null
  const ruleOf = (rule: unknown): unknown[] => {
    const { match, ...rest } = asMap(rule)
    if (match === undefined) return [rule]
    const own = asList(match).flatMap((each): Plain[] => {
      const { gateways: only, ...more } = asMap(each)
      if (only === undefined) return [asMap(each)]
      const mine = asList(only)
        .map((each) => asText(each))
        .filter(isMine)
      return mine.length > 0 ? [{ gateways: mine, ...more }] : []
    })
    return own.length > 0 ? [{ match: own, ...rest }] : []
  }
  const rules = routeKinds.flatMap((key): [string, unknown[]][] => {
    const own = asList(spec[key]).flatMap(ruleOf)
    return own.length > 0 ? [[key, own]] : []
  })
  if (rules.length === 0) return null
  const { http: _, tls: __, tcp: ___, gateways: ____, ...rest } = spec
  return { ...rest, ...(gateways.length > 0 && { gateways }), ...Object.fromEntries(rules) }
}
