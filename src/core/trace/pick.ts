/** Which of several weighted destinations is taken. */

import { both, type Text } from '../base/text'
import type { Destination } from '../istio/filter-chain'

/** The first that may be taken, null for none; of several different ones it is chance. */
export function picked(all: readonly Destination[]): { destination: Destination | null; doubt: Text | null } {
  const open = all.length === 1 ? all : all.filter(({ weight }) => weight > 0)
  const [first = null] = open
  const same = open.every((each) => each.host === first?.host && each.subset === first.subset && each.port === first.port)
  return { destination: first, doubt: same ? null : chance }
}

const chance: Text = both(
  'The route shares traffic among several destinations; which one is taken is chance.',
  '路由按权重分给多个目的地，走哪一个是随机的。',
)
