/** What is derived from the design after the first paint; remembered by its inputs. Nothing derived is stored. */

import { memoLast } from '../../core/base/memo'
import { type Plan, plan } from '../../core/compile/plan/plan'
import { check } from '../../core/model/check'
import type { Design } from '../../core/model/design'
import type { Finding } from '../../core/yaml/finding'
import { designOf, type State } from '../state/store'
import { meaningOf } from './meaning'

const planned = memoLast((design: Design): Plan => plan(design))
const checked = memoLast((design: Design): Finding[] => [...check(design), ...planned(design).findings])

export const planOf = (state: State): Plan => planned(meaningOf(designOf(state)))
export const findingsOf = (state: State): Finding[] => checked(meaningOf(designOf(state)))
