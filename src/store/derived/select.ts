/** What is derived from the design after the first paint; remembered by its inputs. Nothing derived is stored. */

import type { Id } from '../../core/base/id'
import { type Plan, plan } from '../../core/compile/plan/plan'
import { check } from '../../core/model/check'
import type { Design } from '../../core/model/design'
import type { Finding } from '../../core/yaml/finding'
import { designOf, type State } from '../state/store'
import { keepLast, meaningOf } from './meaning'

export { keepLast, meaningOf } from './meaning'

const planned = keepLast((design: Design): Plan => plan(design))
const checked = keepLast((design: Design): Finding[] => [...check(design), ...planned(design).findings])

export const planOf = (state: State): Plan => planned(meaningOf(designOf(state)))
export const findingsOf = (state: State): Finding[] => checked(meaningOf(designOf(state)))

const byPlace = keepLast((findings: Finding[]) => {
  const map = new Map<Id, Finding[]>()
  for (const finding of findings) {
    if (!finding.on) continue
    const at = map.get(finding.on)
    if (at) at.push(finding)
    else map.set(finding.on, [finding])
  }
  return map
})

const none: readonly Finding[] = []

/** The findings of one node or hop; always the same array while they are the same. */
export const findingsOn = (state: State, id: Id): readonly Finding[] => byPlace(findingsOf(state)).get(id) ?? none
