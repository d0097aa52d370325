/** A learner for every lesson. */
import { httpGateway } from './http-gateway'
import type { Learner } from './kind'

export const learners: readonly Learner[] = [httpGateway]
