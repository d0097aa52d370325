/** Every rule that reads what is written: our own, the webhook's, and those of what is no longer served. */
import { lintRules } from '../lint'
import { retiredRules } from '../retired'
import type { Rule } from '../rules/kind'
import { webhookRules } from '../webhook'

export const writtenRules: readonly Rule[] = [...lintRules, ...webhookRules, ...retiredRules]
