/** Objects as a command names them. */

import type { Named, Written } from './kind'
import { command } from './shell'

/** As people name them; what is not listed is named in full. */
const short: Record<string, string> = {
  ServiceEntry: 'se',
  Gateway: 'gw',
  DestinationRule: 'dr',
  VirtualService: 'vs',
  NetworkPolicy: 'netpol',
}

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

/** The command that takes them away; what is gone already is no mistake. */
export const deletionOf = ({ namespace, names }: Written): string =>
  command('kubectl', 'delete', ...(namespace ? ['-n', namespace] : []), ...names, '--ignore-not-found')
