/** What one rule finds. */

import { memo, memoLast } from '../base/memo'
import { both } from '../base/text'
import type { Rule, RuleFinding, RuleInput } from '../rules/kind'
import { withOutcome } from './outcome'

/** What a rule finds. One that throws gives one finding that says so; no input should make it throw (`rules.test.ts`). */
export function judge(rule: Rule, of: RuleInput): readonly RuleFinding[] {
  try {
    return rule.check(of).map((finding) => withOutcome(of, finding))
  } catch {
    const says = both(`Rule ${rule.id} could not judge this text.`, `规则 ${rule.id} 无法判断这份文本。`)
    return [{ rule: rule.id, level: 'info', by: 'rule', on: null, says }]
  }
}

/** The same, kept for the text that was judged last: the rule that comes behind all others asks what they said. */
export const judged = (rule: Rule, { documents, mesh, around }: RuleInput): readonly RuleFinding[] => keptFor(rule)(documents, mesh, around)

const keptFor = memo((rule: Rule) =>
  memoLast((documents: RuleInput['documents'], mesh: RuleInput['mesh'], around: RuleInput['around']) =>
    judge(rule, { documents, mesh, around }),
  ),
)
