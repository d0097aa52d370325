/** IST0106, IST0133, IST0130 and IST0131: analyze repeats what the webhook says (analyzers/schema/validation.go). */

import { inside } from '../base/loose'
import { both } from '../base/text'
import type { Rule, RuleInput } from '../rules/kind'
import { unreached } from '../webhook/unreachable'
import type { Document } from '../yaml/document'
import type { Finding } from '../yaml/finding'
import { type Foretold, foretold } from './foretold'
import { refusedTwice, tcpWithoutAddresses } from './refused-twice'
import { type Seen, specOf } from './seen'

/** What the webhook's rules find, once a document and level. */
export function webhook(of: RuleInput, seen: Seen, rules: readonly Rule[]): Foretold[] {
  const findings = rules.filter(isWebhook).flatMap((rule) => rule.check(of))
  return [
    ...findings.flatMap(repeated),
    ...envoyFilters(seen, findings),
    ...refusedTwice(seen),
    ...seen.all('ServiceEntry').flatMap(tcpWithoutAddresses),
    ...seen.all('VirtualService').flatMap(unreachable),
  ]
}

const isWebhook = ({ authority, analyzer, bad }: Rule): boolean =>
  authority === 'webhook' && !analyzer && bad.some(({ shows }) => 'check' in shows)

function repeated({ at, level, says, rule }: Finding): Foretold[] {
  if (!at) return []
  const code = level === 'error' ? 'IST0106' : 'IST0133'
  return [foretold(code, at.of, at.path, both(`It repeats the webhook (${rule}): ${says.en}`, `重复 webhook 的话（${rule}）：${says.zh}`))]
}

/** Istio warns of every EnvoyFilter; of one that it refuses as well, our rules tell the refusal alone. */
const envoyFilters = (seen: Seen, findings: readonly Finding[]): Foretold[] =>
  seen
    .all('EnvoyFilter')
    .filter(({ id }) => !findings.some(({ level, at }) => level === 'warning' && at?.of.key === id.key))
    .map((of) =>
      foretold(
        'IST0133',
        of,
        ['kind'],
        both('It repeats the webhook: an EnvoyFilter is tied to one release.', '重复 webhook 的话：EnvoyFilter 只适用于某个版本。'),
      ),
    )

const unreachable = (of: Document): Foretold[] =>
  unreached(inside({ spec: specOf(of) }, 'spec')).map(({ kind, rule, match, by, why }) => {
    const whole = match === null || why === 'catch-all'
    return foretold(
      whole ? 'IST0130' : 'IST0131',
      of,
      whole ? ['spec', kind, rule] : ['spec', kind, rule, 'match', match],
      whole
        ? both(
            `Rule ${rule + 1} of ${kind} is not used: rule ${by + 1} comes before it.`,
            `${kind} 的第 ${rule + 1} 条规则未被使用：第 ${by + 1} 条在它之前。`,
          )
        : both(
            `A match of rule ${rule + 1} is not used: rule ${by + 1} has it already.`,
            `第 ${rule + 1} 条规则的一个 match 未被使用：第 ${by + 1} 条已有。`,
          ),
    )
  })
