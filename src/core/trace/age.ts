/** Age: by `creationTimestamp` where it is written, else younger than those, in the order of the text; equal ones by name (Istio `model/config.go`). */
import type { Written } from '../mesh'
import { isMap } from '../resources/loose'
import { compare } from './registry'

const born = ({ from }: Written): string => {
  const { metadata } = from.of.object
  const time = isMap(metadata) ? metadata.creationTimestamp : undefined
  return typeof time === 'string' ? time : ''
}

/** The older first. */
export function aged<T extends Written>(things: readonly T[]): T[] {
  const times = new Map(things.map((thing) => [thing, born(thing)]))
  if ([...times.values()].every((time) => time === '')) return [...things]
  return [...things].sort((a, b) => {
    const [one = '', two = ''] = [times.get(a), times.get(b)]
    if (one === '' || two === '') return one === two ? 0 : one === '' ? 1 : -1
    return compare(one, two) || compare(a.name, b.name) || compare(a.namespace, b.namespace)
  })
}
