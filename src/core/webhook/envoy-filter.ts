/** What Istio's webhook refuses of an EnvoyFilter (pkg/config/validation/envoyfilter, validateEnvoyFilter). */

import { itemsOf } from '../base/loose'
import { both, type Text } from '../base/text'
import { lacking } from '../rules/envoy-patch'
import type { Rule } from '../rules/kind'
import { documentRule, networking } from '../rules/one-document'
import { good } from './service-entry'

const filter = (patch: string) => `apiVersion: networking.istio.io/v1alpha3
kind: EnvoyFilter
metadata:
  name: keepalive
  namespace: istio-system
spec:
  configPatches:
  - ${patch}
`

const lacks = (what: string): Text =>
  both(
    `A config patch needs ${what}: Istio refuses the EnvoyFilter without.`,
    `每个 configPatch 都需要 ${what}：没有时 Istio 会拒绝该 EnvoyFilter。`,
  )

const parts = documentRule({
  id: 'W95',
  level: 'error',
  title: both('Parts of an EnvoyFilter’s patch', 'EnvoyFilter 的补丁缺少内容'),
  why: both(
    'A patch says where it goes (`applyTo`), what it does (`patch.operation`), and, unless it removes something, with what (`patch.value`).',
    '补丁要写明用在哪里（`applyTo`）、做什么（`patch.operation`），以及除删除外所用的内容（`patch.value`）。',
  ),
  links: ['https://istio.io/latest/docs/reference/config/networking/envoy-filter/#EnvoyFilter-EnvoyConfigObjectPatch'],
  group: networking,
  kinds: ['EnvoyFilter'],
  look: (spec) =>
    itemsOf(spec, 'configPatches').flatMap(([index, patch]) => {
      const what = lacking(patch)
      return what ? [{ path: ['spec', 'configPatches', index], says: lacks(what) }] : []
    }),
  good,
  bad: [
    {
      says: 'no applyTo',
      yaml: filter('{patch: {operation: MERGE, value: {connect_timeout: 5s}}}'),
      at: 'EnvoyFilter/keepalive spec.configPatches.0',
      shows: { check: 'missing applyTo' },
    },
    {
      says: 'no value',
      yaml: filter('{applyTo: CLUSTER, patch: {operation: MERGE}}'),
      at: 'EnvoyFilter/keepalive spec.configPatches.0',
      shows: { check: 'missing patch value' },
    },
  ],
})

export const webhookEnvoyFilter: readonly Rule[] = [parts]
