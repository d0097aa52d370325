/** Age: by `creationTimestamp` where it is written; what is applied together is of one age, and of that names decide (Istio `model/config.go`). */
import type { Written } from '../mesh'
import { isMap } from '../resources/loose'
import { compare } from './registry'

const born = ({ from }: Written): string => {
  const { metadata } = from.of.object
  const time = isMap(metadata) ? metadata.creationTimestamp : undefined
  return typeof time === 'string' ? time : ''
}

/** The older first; what says no time is the youngest. */
export function aged<T extends Written>(things: readonly T[]): T[] {
  const times = new Map(things.map((thing) => [thing, born(thing)]))
  return [...things].sort((a, b) => {
    const [one = '', two = ''] = [times.get(a), times.get(b)]
    if (one !== two && (one === '' || two === '')) return one === '' ? 1 : -1
    return compare(one, two) || compare(a.name, b.name) || compare(a.namespace, b.namespace)
  })
}
