/** Which of several ServiceEntries for a host is the oldest, where that is chance. */

import { memo, memoKeyed } from '../base/memo'
import { byAge } from './age'
import { sees } from './export-to'
import { mostSpecific } from './host-name'
import type { Proxy } from './proxy'
import type { PushContext } from './push-context'
import type { Service } from './service-registry'

/**
 * The host under a name that a proxy may dial this way or that; null where it is known. istiod uses the oldest entry alone where their
 * resolutions differ, and of one age, name and namespace it sorts them as they happen to come (Istio `push_context.go`,
 * SortServicesByCreationTime; `sidecar.go`, canMergeServices).
 */
export function hostOfChance(push: PushContext, { scope }: Proxy, name: string): Service | null {
  const host = mostSpecific(name, scope.hosts)
  return host && !host.kubernetes && isChance(push)(scope.namespace)(host) ? host : null
}

const isChance = memo((push: PushContext) =>
  memoKeyed((viewer: string) =>
    memoKeyed(({ name, namespace }: Service): boolean => {
      const entries = (push.byHost.get(name) ?? []).flatMap((each) =>
        each.namespace === namespace && !each.kubernetes && each.from && sees(viewer, each) ? [{ ...each, from: each.from }] : [],
      )
      const [first] = entries
      return entries.some((each) => first && byAge(first, each) === 0 && each.resolution !== first.resolution)
    }),
  ),
)
