/** What Istio's webhook refuses in `exportTo` of any kind (pkg/config/validation, validateExportTo). */

import { itemsOf, type Loose, textsOf } from '../base/loose'
import { both } from '../base/text'
import { isLabel } from '../istio/host-name-validation'
import { documentRule, networking, type Remark, without } from '../rules/one-document'
import { destinationRule } from './destination-rule'
import { serviceEntry } from './service-entry'

const kinds = ['VirtualService', 'DestinationRule', 'ServiceEntry']
const links = ['https://istio.io/latest/docs/reference/config/networking/service-entry/']
const exported = (to: string) => serviceEntry({ more: `  exportTo: ${to}\n` })

const good = [
  { says: 'to everybody', yaml: exported('["*"]') },
  { says: 'to the own namespace and the gateway’s', yaml: exported('[".", istio-system]') },
  { says: 'a ServiceEntry to nobody', yaml: exported('["~"]') },
]

const entry = documentRule({
  id: 'W90',
  level: 'error',
  title: both('Entries of exportTo', 'exportTo 的取值'),
  why: both(
    '`exportTo` lists namespaces: `*` is all of them, `.` the own one, any other entry a namespace by name. `~`, nobody, is for ServiceEntries alone.',
    '`exportTo` 列出命名空间：`*` 为全部，`.` 为自己，其余为命名空间名称。`~`（不导出）只用于 ServiceEntry。',
  ),
  links,
  group: networking,
  kinds,
  look: (spec, { kind }) =>
    itemsOf(spec, 'exportTo').flatMap(([index, to]): Remark[] =>
      typeof to !== 'string' || to === '*' || to === '.' || isLabel(to) || (to === '~' && kind === 'ServiceEntry')
        ? []
        : [
            {
              path: ['spec', 'exportTo', index],
              says: both(
                `Istio refuses ${to} in exportTo: name a namespace, . or *.`,
                `Istio 会拒绝 exportTo 中的 ${to}：请写命名空间、. 或 *。`,
              ),
            },
          ],
    ),
  good,
  bad: [
    {
      says: 'a namespace with its cluster name',
      yaml: exported('["istio-system.svc.cluster.local"]'),
      at: 'ServiceEntry/cnn spec.exportTo.0',
      shows: { check: 'only .,*, or a valid DNS 1123 label is allowed as exportTo entry' },
    },
    {
      says: 'a DestinationRule for nobody',
      yaml: destinationRule('  exportTo: ["~"]\n'),
      at: 'DestinationRule/cnn spec.exportTo.0',
      shows: { check: 'exportTo ~ (none) is not allowed' },
    },
  ],
})

const contradiction = documentRule({
  id: 'W91',
  level: 'error',
  title: both('exportTo that contradicts itself', '自相矛盾的 exportTo'),
  why: both(
    'Beside `*` no other namespace is needed, beside `~` none is possible, and no namespace appears twice: `.` is the own one.',
    '有了 `*` 就不需要其他命名空间，有了 `~` 就不能有其他命名空间，也不能重复：`.` 就是自己的命名空间。',
  ),
  links,
  group: networking,
  kinds,
  look: (spec, { namespace, kind }) => contradictions(spec, namespace, kind),
  good,
  bad: [
    {
      says: 'everybody and one namespace',
      yaml: exported('["*", istio-system]'),
      at: 'ServiceEntry/cnn spec.exportTo',
      shows: { check: 'cannot have both public (*) and non-public exportTo values' },
    },
    {
      says: 'the own namespace twice',
      yaml: exported('[".", default]'),
      at: 'ServiceEntry/cnn spec.exportTo.1',
      shows: { check: 'duplicate entries in exportTo' },
    },
  ],
})

function contradictions(spec: Loose, namespace: string, kind: string): Remark[] {
  const to = textsOf(spec, 'exportTo')
  if (to.length > 1 && to.includes('*'))
    return [
      {
        path: ['spec', 'exportTo'],
        says: both('Istio refuses * beside other namespaces in exportTo.', 'Istio 会拒绝 exportTo 中 * 与其他命名空间并列。'),
        fix: { says: both('Export to everybody: *', '导出到全部：*'), set: [[['spec', 'exportTo'], ['*']]] },
      },
    ]
  if (to.length > 1 && to.includes('~') && kind === 'ServiceEntry')
    return [
      {
        path: ['spec', 'exportTo'],
        says: both('Istio refuses ~ beside other namespaces in exportTo.', 'Istio 会拒绝 exportTo 中 ~ 与其他命名空间并列。'),
      },
    ]
  const seen = new Set<string>()
  return to.flatMap((one, index): Remark[] => {
    const name = one === '.' ? namespace : one
    const twice = seen.has(name)
    seen.add(name)
    return twice
      ? [
          {
            path: ['spec', 'exportTo', index],
            says: both(`exportTo names ${name} twice: Istio refuses it.`, `exportTo 重复写了 ${name}：Istio 会拒绝。`),
            fix: without([['spec', 'exportTo', index]]),
          },
        ]
      : []
  })
}

export const webhookExportTo = [entry, contradiction]
