/** Every rule: those that read what is written, and behind them those that send requests. */
import type { Rule } from '../rules/kind'
import { anotherHost } from './another-host'
import { untold } from './untold'
import { writtenRules } from './written-rules'

export const rules: readonly Rule[] = [...writtenRules, untold, anotherHost]
