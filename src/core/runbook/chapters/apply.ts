/** Applies the objects in the order in which they lean on each other: a subset is there before the route that names it. */

import { both, type Text } from '../../base/text'
import type { Resource } from '../../compile/resource'
import { isPassthrough } from '../../istio/tls-mode'
import { namespaceOf } from '../../model/design'
import type { Block, Chapter, Subject } from './kind'
import { deletionOf, writtenIn } from './named'
import { isRouting, ownText, writtenName } from './own-text'
import { yamlOf } from './sample-pod'
import { command, heredoc } from './shell'

export const apply: Chapter = {
  id: 'apply',
  title: both('Apply', '应用配置'),
  says: both(
    'The objects, kind by kind. The quotes around EOF keep the shell from changing the text; “kubectl apply -f egress.yaml” with the exported file does the same at once. Objects of these names that others made would be written over: “kubectl diff -f -” shows it, and the script stops there.',
    '按种类依次应用各个对象。EOF 两边的引号使 shell 不改动文本；也可以用 “kubectl apply -f egress.yaml” 一次应用导出的文件。同名而由他人创建的对象会被覆盖：可先用 “kubectl diff -f -” 查看，脚本遇到时会停下。',
  ),
  blocks: (of) => [
    ...(of.own ? ownText(of.own) : kindsOf(of.resources).map((objects) => applied(of, objects))),
    ...leftOver(of),
    ...rolledOut(of),
  ],
}

/** Neighbours of one kind. */
function kindsOf(resources: readonly Resource[]): Resource[][] {
  const groups: Resource[][] = []
  for (const resource of resources) {
    const last = groups.at(-1)
    if (last?.[0]?.kind === resource.kind) last.push(resource)
    else groups.push([resource])
  }
  return groups
}

/** More than these are counted, not told one by one. */
const told = 4

const applied = (of: Subject, objects: readonly Resource[]): Block => ({
  says: saysOf(objects),
  run: heredoc('kubectl apply -f -', yamlOf(objects, of.dialect)),
  expect: objects.map((object) => `${writtenName(object)} ${object.kind === 'Namespace' ? 'configured' : 'created'}`).join('\n'),
  script: { part: 'apply', objects: writtenIn(objects) },
})

function saysOf(objects: readonly Resource[]): Text {
  const kind = objects[0]?.kind ?? ''
  const some = objects.slice(0, told).map(({ says }) => says)
  const rest = objects.length - some.length
  return both(
    `${kind}. ${some.map(({ en }) => en).join(' ')}${rest > 0 ? ` And ${rest} more.` : ''}`,
    `${kind}。${some.map(({ zh }) => zh).join('')}${rest > 0 ? `以及另外 ${rest} 个。` : ''}`,
  )
}

/** What the text no longer has: applying takes nothing away. Routes and rules go; whether anything else is needed elsewhere, only a person knows. */
function leftOver({ gone }: Subject): Block[] {
  const routing = gone.filter(isRouting)
  const rest = gone.filter((object) => !isRouting(object))
  return [
    ...writtenIn(routing).map(
      (written): Block => ({
        says: both(
          'These were in the text before and are not in it now. To apply it takes nothing away: until they are deleted, proxies go on to obey them.',
          '这些对象之前在文本中，现在已不在。应用文本不会删除任何对象：删除之前，代理会继续遵守它们。',
        ),
        run: deletionOf(written),
        script: { part: 'apply', objects: [written], removes: true },
      }),
    ),
    ...writtenIn(rest).map(
      (written): Block => ({
        says: both(
          'These are no longer in the text either. Delete them only if nothing else needs them.',
          '文本中也不再有这些对象。只有在没有别处需要时才可以删除。',
        ),
        run: deletionOf(written),
      }),
    ),
  ]
}

/** What runs only after its image is there, and what proxies must have heard of. */
function rolledOut({ design, resources, plan }: Subject): Block[] {
  // Whoever got files mounted starts anew.
  const mounted = plan.paths
    .filter(({ outside: { tls, fields } }) => !isPassthrough(tls) && (fields.clientCertificate || fields.caCertificates))
    .map((path) => path.gateway ?? path.pod)
  const deployments = [
    ...resources.filter(({ kind }) => kind === 'Deployment'),
    ...[...new Set(mounted)].map((node) => ({ name: node.name, namespace: namespaceOf(node) })),
  ]
  // The columns are those of istioctl 1.31 (istioctl/pkg/writer/pilot/status.go); older ones know no --verbosity, and need none.
  const proxies = design.nodes.filter((node) => node.kind === 'pod' || node.kind === 'gateway')
  const heard: Block = {
    says: both('The proxies have heard of it: none of them says STALE.', '代理都已收到配置：没有一项显示 STALE。'),
    run: 'istioctl proxy-status --verbosity 1',
    expect: [
      'NAME     CLUSTER     CDS     ECDS     EDS     LDS     RDS     ISTIOD     VERSION',
      ...proxies.map((node) => `${node.name}-….${namespaceOf(node)}     …     SYNCED…`),
    ].join('\n'),
    script: { part: 'apply', run: 'istioctl proxy-status' },
  }
  const waits = deployments.map(
    ({ name, namespace }): Block => ({
      says: both(`${name} in ${namespace} runs.`, `${namespace} 中的 ${name} 正在运行。`),
      run: command('kubectl', 'rollout', 'status', '-n', namespace, `deployment/${name}`, '--timeout=180s'),
      expect: `…\ndeployment "${name}" successfully rolled out`,
      script: { part: 'apply' },
    }),
  )
  return resources.length > 0 ? [...waits, heard] : []
}
