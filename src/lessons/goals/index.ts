/** Every kind of goal. */
import { bypass } from './bypass'
import type { GoalKind } from './kind'
import { all, any, not } from './logic'
import { object } from './object'
import { outbound } from './outbound'
import { problem } from './problem'
import { request } from './request'
import { sent } from './sent'

export const goalKinds: readonly GoalKind[] = [request, sent, object, outbound, bypass, problem, all, any, not]
