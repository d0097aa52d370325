/** Objects as a command names them. */

import type { Resource } from '../../compile/resource'
import type { Written } from './kind'

/** As people name them; what is not listed is named in full. */
const short: Record<string, string> = {
  ServiceEntry: 'se',
  Gateway: 'gw',
  DestinationRule: 'dr',
  VirtualService: 'vs',
  NetworkPolicy: 'netpol',
}

export type Named = Pick<Resource, 'kind' | 'group' | 'name' | 'namespace'>

export function nameOf({ kind, group, name }: Named): string {
  const word = group === 'networking.istio.io' || kind === 'NetworkPolicy' ? short[kind] : undefined
  return `${word ?? `${kind.toLowerCase()}${group.includes('.') ? `.${group}` : ''}`}/${name}`
}

/** The same by their namespaces. */
export function writtenIn(objects: readonly Named[]): Written[] {
  const names = new Map<string, string[]>()
  for (const object of objects) names.set(object.namespace, [...(names.get(object.namespace) ?? []), nameOf(object)])
  return [...names].map(([namespace, list]) => ({ namespace, names: list }))
}
