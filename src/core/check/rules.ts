/** Every rule: those that read what is written, and behind them the one that sends requests. */
import type { Rule } from '../rules/kind'
import { untold } from './untold'
import { writtenRules } from './written-rules'

export const rules: readonly Rule[] = [...writtenRules, untold]
