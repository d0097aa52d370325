/** What Istio's webhook refuses of labels that an object's spec holds (pkg/config/labels, Validate; pkg/config/validation, validateWorkloadSelector). */

import { asMap, field, inside, itemsOf } from '../base/loose'
import { both } from '../base/text'
import type { Rule } from '../rules/kind'
import { documentRule, networking, type Remark } from '../rules/one-document'
import type { Path } from '../yaml/document'
import { good } from './service-entry'

const key =
  /^(?:([a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?)*)\/)?([A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?)$/
const value = /^(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?)?$/

function isKey(text: string): boolean {
  const [, prefix = '', name = ''] = key.exec(text) ?? []
  return name !== '' && name.length <= 63 && prefix.length <= 253
}

interface Place {
  path: Path
  labels: unknown
}

/** Where a kind holds labels that Istio looks at in full. */
const places: Readonly<Record<string, (spec: unknown) => Place[]>> = {
  DestinationRule: (spec) =>
    itemsOf(spec, 'subsets').map(([index, subset]) => ({ path: ['spec', 'subsets', index, 'labels'], labels: field(subset, 'labels') })),
  VirtualService: (spec) =>
    ['http', 'tls', 'tcp'].flatMap((list) =>
      itemsOf(spec, list).flatMap(([route, of]) =>
        itemsOf(of, 'match').map(([match, fields]) => ({
          path: ['spec', list, route, 'match', match, 'sourceLabels'],
          labels: field(fields, 'sourceLabels'),
        })),
      ),
    ),
  ServiceEntry: (spec) =>
    itemsOf(spec, 'endpoints').map(([index, endpoint]) => ({
      path: ['spec', 'endpoints', index, 'labels'],
      labels: field(endpoint, 'labels'),
    })),
  WorkloadEntry: (spec) => [{ path: ['spec', 'labels'], labels: field(spec, 'labels') }],
}

function remarksOn({ path, labels }: Place): Remark[] {
  return Object.entries(asMap(labels)).flatMap(([name, text]) => {
    if (isKey(name) && (typeof text !== 'string' || value.test(text))) return []
    const is = typeof text === 'string' ? `: ${text}` : ''
    return [
      {
        path: [...path, name],
        says: both(`${name || 'An empty key'}${is} is no label: Istio refuses it.`, `${name || '空的键'}${is} 不是标签：Istio 会拒绝。`),
      },
    ]
  })
}

const rule = (labels: string) => `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: shop
  namespace: default
spec:
  host: shop.default.svc.cluster.local
  subsets:
  - name: v1
    labels: ${labels}
`

const written = documentRule({
  id: 'W97',
  level: 'error',
  title: both('Labels in a spec are labels', 'spec 中的标签须是标签'),
  why: both(
    'Labels of subsets, matches and endpoints are compared with those of pods. What no pod can have Istio refuses: keys and values are letters, digits, `-`, `_` and `.`, with a letter or digit at both ends; a key may have a domain and one `/` before it.',
    'subset、匹配条件和 endpoint 的标签要与 Pod 的标签比较。Pod 不可能有的标签会被 Istio 拒绝：键和值由字母、数字、`-`、`_` 和 `.` 组成，两端为字母或数字；键前可以有域名和一个 `/`。',
  ),
  links: ['https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set'],
  group: networking,
  kinds: Object.keys(places),
  look: (spec, { kind }) => (places[kind]?.(spec) ?? []).flatMap(remarksOn),
  good,
  bad: [
    {
      says: 'two slashes in a key',
      yaml: rule('{a/b/c: v1}'),
      at: 'DestinationRule/shop spec.subsets.0.labels.a/b/c',
      shows: { check: 'invalid tag key' },
    },
    {
      says: 'a wildcard for a value',
      yaml: rule('{version: "*"}'),
      at: 'DestinationRule/shop spec.subsets.0.labels.version',
      shows: { check: 'invalid tag value' },
    },
  ],
})

const selectors = documentRule({
  id: 'W98',
  level: 'error',
  title: both('A selector’s label has a name', '选择器的标签要有名字'),
  why: both(
    'A selector compares labels by their names: one without a name selects nothing, and Istio refuses it.',
    '选择器按名字比较标签：没有名字的标签什么也选不中，Istio 会拒绝。',
  ),
  links: ['https://istio.io/latest/docs/reference/config/networking/sidecar/#WorkloadSelector'],
  group: networking,
  kinds: ['Sidecar', 'ServiceEntry'],
  look: (spec) =>
    Object.hasOwn(inside(spec, 'workloadSelector', 'labels'), '')
      ? [
          {
            path: ['spec', 'workloadSelector', 'labels'],
            says: both('A label without a name: Istio refuses the selector.', '标签没有名字：Istio 会拒绝该选择器。'),
          },
        ]
      : [],
  good,
  bad: [
    {
      says: 'an empty name',
      yaml: `apiVersion: networking.istio.io/v1
kind: Sidecar
metadata:
  name: default
  namespace: default
spec:
  workloadSelector:
    labels: {"": shop}
  egress:
  - hosts: ["*/*"]
`,
      at: 'Sidecar/default spec.workloadSelector.labels',
      shows: { check: 'empty key is not supported in selector' },
    },
  ],
})

export const webhookLabels: readonly Rule[] = [written, selectors]
