/** Which of several ServiceEntries for a host is the oldest, where that is chance. */
import { both } from '../base/text'
import { byAge } from '../istio/age'
import { sees } from '../istio/export-to'
import { mostSpecific } from '../istio/host-name'
import type { Proxy } from '../istio/proxy'
import { type PushContext, remembered } from '../istio/push-context'
import { doubt, type Walk } from './walk'

/**
 * Says that it is not known how a proxy dials a host: istiod goes by the oldest entry alone where their resolutions differ, and of one age,
 * name and namespace it sorts them as they happen to come (Istio `push_context.go`, SortServicesByCreationTime; `sidecar.go`, canMergeServices).
 */
export function doubtChance(walk: Walk, proxy: Proxy, name: string): void {
  const host = mostSpecific(name, proxy.sight.hosts)
  if (!host || host.kubernetes || !isChance(walk.istiod, proxy.sight.namespace, host.name, host.namespace)) return
  doubt(
    walk,
    both(
      `Several ServiceEntries of one age in ${host.namespace} have the host ${host.name} with different resolutions; which one counts is chance.`,
      `命名空间 ${host.namespace} 中有多个创建时间相同的 ServiceEntry 声明主机 ${host.name}，而 resolution 不同；哪一个生效是随机的。`,
    ),
  )
}

function isChance(istiod: PushContext, viewer: string, name: string, namespace: string): boolean {
  return remembered(istiod, `chance ${viewer} ${namespace}/${name}`, () => {
    const entries = (istiod.byHost.get(name) ?? []).flatMap((each) =>
      each.namespace === namespace && !each.kubernetes && each.from && sees(viewer, each) ? [{ ...each, from: each.from }] : [],
    )
    const [first] = entries
    return entries.some((each) => first && byAge(first, each) === 0 && each.resolution !== first.resolution)
  })
}
