/** Takes away what was applied, in reverse: routes before what they lead to (istio/README 10). */

import { both } from '../../base/text'
import type { Resource } from '../../compile/resource'
import { namespaceOf } from '../../model/design'
import type { Block, Chapter, Subject } from './kind'
import { deletionOf, nameOf, writtenIn } from './named'
import { isRouting } from './own-text'
import { madeHere } from './sample-pod'
import { command } from './shell'

export const cleanup: Chapter = {
  id: 'cleanup',
  title: both('Clean up', '清理'),
  says: both(
    'In reverse, so that no route leads to what is gone. With the Gateway API installed “gateway” means two kinds: say gw for Istio’s.',
    '按相反的顺序删除，这样不会有路由指向已删除的对象。装有 Gateway API 时 “gateway” 指两种对象：Istio 的请写 gw。',
  ),
  blocks: (of) => (of.resources.length === 0 ? [] : [...appliedOf(of), ...undone(of), ...samples(of), ...keys(of), installed(of)]),
}

/** Of a person's own text only what routes and guards goes by itself: a namespace, a workload or Istio's own settings may have been there before. */
function appliedOf({ own, resources }: Subject): Block[] {
  const taken = own ? resources.filter(isRouting) : resources
  const rest = own ? resources.filter((resource) => !isRouting(resource)) : []
  return [...groupsOf(taken).map(deleted), ...groupsOf(rest).map(left)]
}

/** No command gets longer than a terminal takes. */
const most = 50

/** Neighbours of one namespace, last applied first. */
function groupsOf(resources: readonly Resource[]): Resource[][] {
  const groups: Resource[][] = []
  for (const resource of resources.toReversed()) {
    const last = groups.at(-1)
    if (last && last.length < most && last[0]?.namespace === resource.namespace) last.push(resource)
    else groups.push([resource])
  }
  return groups
}

function deleted(group: readonly Resource[]): Block {
  const namespace = group[0]?.namespace ?? ''
  return {
    says: namespace
      ? both(`What was applied in ${namespace}.`, `删除在 ${namespace} 中应用的对象。`)
      : both(
          'What belongs to no namespace; a namespace goes with all that is in it.',
          '不属于任何命名空间的对象；删除命名空间会连同其中的一切一起删除。',
        ),
    run: deletionOf({ namespace, names: group.map(nameOf) }),
    script: { part: 'cleanup', objects: writtenIn(group) },
  }
}

/** Only a person knows whether it was there before. */
function left(group: readonly Resource[]): Block {
  const { run } = deleted(group)
  return {
    says: both(
      'These were in your text too. Delete them only if nothing else needs them and they were not there before.',
      '你的文本中还有这些对象。只有在没有别处需要、且并非原本就有时，才可以删除。',
    ),
    run,
  }
}

const undone = ({ needs }: Subject): Block[] =>
  needs.toReversed().map(({ undo }) => ({
    says: both('Secrets, and what was mounted from them.', 'Secret 以及由它们挂载的文件。'),
    run: undo,
    script: { part: 'cleanup' },
  }))

/** Sample pods, by the label that they were made with: an app of yours is none of them. */
function samples({ design }: Subject): Block[] {
  const label = Object.entries(madeHere)
    .map(([key, value]) => `${key}=${value}`)
    .join(',')
  const namespaces = [...new Set(design.nodes.filter((node) => node.kind === 'pod').map(namespaceOf))]
  return namespaces.map((namespace) => ({
    says: both(
      `The sample pods in ${namespace}, by the label that they were made with. The namespace stays, and so do its labels.`,
      `${namespace} 中的示例 Pod，按创建时的标签删除。命名空间及其标签保留。`,
    ),
    run: command('kubectl', 'delete', '-n', namespace, 'deployment,serviceaccount', '-l', label, '--ignore-not-found'),
    script: { part: 'cleanup' },
  }))
}

/** Only a person knows whether the files are needed elsewhere. */
const keys = ({ needs }: Subject): Block[] =>
  needs.length === 0
    ? []
    : [
        {
          says: both('The private keys on your machine, once nothing needs them.', '你机器上的私钥，不再需要时删除。'),
          run: 'cd ..\nrm -r egress-certificates',
        },
      ]

/** Other things may have come to lean on it. */
const installed = ({ design: { world } }: Subject): Block => ({
  says: both(
    'Istio, its gateways and its mesh settings stay. Only in a cluster for practice, where nothing else needs them, take Istio away too.',
    'Istio、它的网关以及网格设置都会保留。只有在练习用的集群中、且没有别处需要时，才连 Istio 一并卸载。',
  ),
  run: ['istioctl uninstall --purge', command('kubectl', 'delete', 'namespace', world.root)].join('\n'),
})
