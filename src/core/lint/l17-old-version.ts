import { both } from '../base/text'
import type { Rule, RuleFinding, RuleInput } from '../rules/kind'
import type { Document } from '../yaml/document'
import { but, c1 } from './canon'
import { called, ruled, setting } from './named'

const id = 'L17a'
const old = ['v1alpha3', 'v1beta1']
const current: Record<string, readonly string[]> = {
  'networking.istio.io': ['Gateway', 'VirtualService', 'DestinationRule', 'ServiceEntry', 'Sidecar', 'WorkloadEntry', 'WorkloadGroup'],
  'security.istio.io': ['AuthorizationPolicy', 'PeerAuthentication', 'RequestAuthentication'],
}

/** Versions that are still served, and read alike (istio/README 1). */
const check = ({ documents }: RuleInput): RuleFinding[] =>
  documents
    .filter(({ group, kind, version }) => Object.hasOwn(current, group) && current[group]?.includes(kind) && old.includes(version))
    .map(outdated)

function outdated(document: Document): RuleFinding {
  const place = { of: document.id, path: ['apiVersion'] }
  return ruled(
    id,
    'info',
    place,
    both(
      `${called(place)} is written as ${document.group}/${document.version}. It works: every served version is read alike. v1 is current since Istio 1.22.`,
      `${called(place)} 使用 ${document.group}/${document.version}。它可以工作：各版本的读法相同。自 Istio 1.22 起，v1 是现行版本。`,
    ),
    setting(both('Use v1', '改用 v1'), [place, `${document.group}/v1`]),
  )
}

export const oldVersion: Rule = {
  id,
  level: 'info',
  title: both('An older API version', '较旧的 API 版本'),
  why: both(
    'The API server converts between v1alpha3, v1beta1 and v1 without changing a field, so nothing behaves differently. Clusters older than Istio 1.22 do not serve v1.',
    'API server 在 v1alpha3、v1beta1 与 v1 之间转换时不改动任何字段，因此行为没有差别。早于 Istio 1.22 的集群不提供 v1。',
  ),
  links: ['https://istio.io/latest/blog/2024/v1-apis/'],
  check,
  good: [{ says: 'v1 throughout.', yaml: c1 }],
  bad: [
    {
      says: 'v1alpha3, as the tutorials write it, still works.',
      yaml: but(c1, ['networking.istio.io/v1\nkind: Gateway', 'networking.istio.io/v1alpha3\nkind: Gateway']),
      at: 'Gateway/istio-egressgateway apiVersion',
      shows: { url: 'http://edition.cnn.com/politics', ends: { status: 200 } },
    },
  ],
}
