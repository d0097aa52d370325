/** What `istioctl analyze` will say of what is written, its known false alarms included (istio.md 6). */
import { bindings } from './analyze/bindings'
import { destinations } from './analyze/destinations'
import type { Foretold } from './analyze/foretold'
import { gateways } from './analyze/gateways'
import { knownHosts } from './analyze/known-hosts'
import { rulesOfHosts } from './analyze/rules-of-hosts'
import { seenOf } from './analyze/seen'
import { webhook } from './analyze/webhook'
import { workloads } from './analyze/workloads'
import { rules } from './rules'
import type { Written } from './rules/kind'

export type { Foretold } from './analyze/foretold'

/**
 * Each sentence of analyze with its code and place, in the order of the analyzers; `falseAlarm` tells where it is harmless. It is held against
 * `lab check` (`analyze.test.ts`) for the codes of `foretoldCodes`. It sees what analyze sees of files: no client pods, and of Services and
 * gateways those of the text and of the surroundings. Never throws.
 */
export function foretell(of: Written): Foretold[] {
  const seen = seenOf(of)
  const hosts = knownHosts(seen)
  return [
    ...destinations(seen, hosts),
    ...bindings(seen),
    ...rulesOfHosts(seen, hosts),
    ...gateways(seen),
    ...workloads(seen),
    ...webhook(of, seen, rules),
  ]
}
