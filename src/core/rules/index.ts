/** Every rule, a line each, in the order of their names. */
import type { Rule } from './kind'

export const rules: readonly Rule[] = []
