/** Codes of what selects workloads: AuthorizationPolicies and Sidecars (analyzers/authz, analyzers/sidecar). */

import { has, inside, itemsOf, type Loose, textsOf } from '../base/loose'
import { both, type Text } from '../base/text'
import { fits } from '../istio/selector'
import type { Document } from '../yaml/document'
import { type Foretold, foretold } from './foretold'
import { type Seen, selectorText, specOf } from './seen'

export const workloads = (seen: Seen): Foretold[] => [
  ...seen.all('AuthorizationPolicy', 'security.istio.io').flatMap((of) => [...noWorkload(of, seen), ...namespaces(of, seen)]),
  ...sidecars(seen),
]

const unseenPods: Text = both(
  'Pods that no file names are not seen. If one in the cluster has these labels, all is well.',
  'analyze 看不到文件之外的 Pod。如果集群中有 Pod 带这些标签，则没有问题。',
)

/** IST0127 (authorizationpolicies.go). */
function noWorkload(of: Document, { pods, around }: Seen): Foretold[] {
  const spec = specOf(of)
  const selecting = has(spec, 'selector')
  const labels = inside(spec, 'selector', 'matchLabels')
  const meshWide = of.namespace === around.root
  if (meshWide && !selecting) return []
  if (pods.some((pod) => pod.meshed && (meshWide || pod.namespace === of.namespace) && fits(labels, pod.labels))) return []
  const targets = itemsOf(spec, 'targetRefs').length > 0 || has(spec, 'targetRef')
  const path = selecting ? ['spec', 'selector'] : targets ? ['spec', 'targetRefs'] : ['spec']
  return [
    foretold(
      'IST0127',
      of,
      path,
      both('No workload matches this policy.', '没有工作负载匹配此策略。'),
      targets
        ? both(
            'The policy names its target by targetRefs; the analyzer looks for labels only.',
            '策略通过 targetRefs 指定目标；分析器只看标签。',
          )
        : clientThere(of, labels, around)
          ? unseenPods
          : null,
    ),
  ]
}

/** Whether a pod of the cluster that analyze does not see is selected. */
const clientThere = (of: Document, labels: Loose, around: Seen['around']): boolean =>
  around.pods.some((pod) => pod.namespace === of.namespace && pod.sidecar && fits(labels, pod.labels))

/** IST0101 namespace (authorizationpolicies.go). */
function namespaces(of: Document, seen: Seen): Foretold[] {
  const exists = (wanted: string) => wanted === '*' || [...seen.namespaces].some((name) => nameMatches(wanted, name))
  return itemsOf(specOf(of), 'rules').flatMap(([index, rule]) =>
    itemsOf(rule, 'from').flatMap(([at, from]) =>
      ['namespaces', 'notNamespaces'].flatMap((list) =>
        textsOf(inside(from, 'source'), list).flatMap((name, position): Foretold[] =>
          exists(name)
            ? []
            : [
                foretold(
                  'IST0101',
                  of,
                  ['spec', 'rules', index, 'from', at, 'source', list, position],
                  both(`Referenced namespace not found: ${name}.`, `找不到所引用的命名空间：${name}。`),
                  both(
                    `If the namespace ${name} is in the cluster, all is well: analyze sees only what its files hold.`,
                    `如果集群中有命名空间 ${name}，则没有问题：analyze 只看文件中的内容。`,
                  ),
                ),
              ],
        ),
      ),
    ),
  )
}

function nameMatches(wanted: string, name: string): boolean {
  if (wanted.startsWith('*')) return name.endsWith(wanted.slice(1))
  if (wanted.endsWith('*')) return name.startsWith(wanted.slice(0, -1))
  return name.toLowerCase() === wanted.toLowerCase()
}

/** IST0101 selector, IST0110, IST0111 (analyzers/sidecar/selector.go). */
function sidecars(seen: Seen): Foretold[] {
  const all = seen.all('Sidecar').map((of) => ({ of, labels: inside(specOf(of), 'workloadSelector', 'labels') }))
  const selecting = all.filter(({ labels }) => Object.keys(labels).length > 0)
  const whole = new Map<string, Document[]>()
  for (const { of, labels } of all) if (Object.keys(labels).length === 0) whole.set(of.namespace, [...(whole.get(of.namespace) ?? []), of])
  const byPod = seen.pods.map((pod) => selecting.filter(({ of, labels }) => of.namespace === pod.namespace && fits(labels, pod.labels)))
  const met = new Set(byPod.flat())
  const clashing = new Set(byPod.filter((list) => list.length > 1).flat())
  const path = ['spec', 'workloadSelector']
  return [
    ...selecting
      .filter((one) => !met.has(one))
      .map(({ of, labels }) =>
        foretold(
          'IST0101',
          of,
          path,
          both(
            `Referenced selector not found: no pod has ${selectorText(labels)}.`,
            `找不到所引用的选择器：没有 Pod 带 ${selectorText(labels)}。`,
          ),
          unseenPods,
        ),
      ),
    ...[...clashing].map(({ of }) =>
      foretold('IST0110', of, path, both('Another Sidecar selects the same pod.', '另一个 Sidecar 选中了同一 Pod。')),
    ),
    ...[...whole.values()]
      .filter((list) => list.length > 1)
      .flat()
      .map((of) =>
        foretold(
          'IST0111',
          of,
          ['spec'],
          both('Another Sidecar of this namespace selects everything as well.', '该命名空间的另一个 Sidecar 也选中一切。'),
        ),
      ),
  ]
}
