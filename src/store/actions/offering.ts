/** What is offered in place of a call that is refused: only what the plan can write too. */
import type { Id } from '../../core/base/id'
import { plan } from '../../core/compile/plan/plan'
import { check } from '../../core/model/check'
import type { Call, Design } from '../../core/model/design'
import { type Offer, offersOfCall } from '../../core/model/offers'

const errorsOf = (design: Design): number => [...check(design), ...plan(design).findings].filter(({ level }) => level === 'error').length

export const soundOffers = (design: Design, hop: Id, call: Call, forHop?: Id): Offer[] => offersOfCall(design, hop, call, forHop, errorsOf)
