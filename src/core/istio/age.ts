/** Age: by `creationTimestamp` where it is written; what is applied together is of one age, and of that names decide (Istio `model/config.go`). */

import { compare } from '../base/collect'
import type { ConfigMeta } from './mesh'

type Aged = Pick<ConfigMeta, 'creationTimestamp'>

/** The older of two comes first; what says no time is the youngest. */
export function byAge(a: Aged, b: Aged): number {
  const [one, two] = [a.creationTimestamp, b.creationTimestamp]
  return one !== two && (one === '' || two === '') ? (one === '' ? 1 : -1) : compare(one, two)
}

export const aged = <T extends ConfigMeta>(things: readonly T[]): T[] =>
  things.toSorted((a, b) => byAge(a, b) || compare(a.name, b.name) || compare(a.namespace, b.namespace))
