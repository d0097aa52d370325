/** What `istioctl analyze` will say of what is written, its known false alarms included (istio/README 6). */

import { retiredRules } from '../retired'
import type { RuleInput } from '../rules/kind'
import { webhookRules } from '../webhook'
import { bindings } from './bindings'
import { destinations } from './destinations'
import type { Foretold } from './foretold'
import { gateways } from './gateways'
import { installation } from './installation'
import { knownHosts } from './known-hosts'
import { rulesOfHosts } from './rules-of-hosts'
import { seenOf } from './seen'
import { webhook } from './webhook'
import { workloads } from './workloads'

export type { Foretold } from './foretold'

/**
 * Each sentence of analyze with its code and place, in the order of the analyzers; `falseAlarm` tells where it is harmless. It is held against
 * `lab check` (`analyze.test.ts`) for the codes of `foretoldCodes`. It sees what analyze sees of files: no client pods, and of Services and
 * gateways those of the text and of the surroundings. Never throws.
 */
export function foretell(of: RuleInput): Foretold[] {
  const seen = seenOf(of)
  const hosts = knownHosts(seen)
  return [
    ...destinations(seen, hosts),
    ...bindings(seen),
    ...rulesOfHosts(seen, hosts),
    ...gateways(seen),
    ...workloads(seen),
    ...installation(seen),
    ...webhook(of, seen, [...webhookRules, ...retiredRules]),
  ]
}
