/** EnvoyFilter: whose configuration it changes (Istio `pilot/pkg/model/envoyfilter.go`, `push_context.go`, getMatchedEnvoyFilters). */

import { asLabels, asList, asMap, asText, has, isMap } from '../../base/loose'
import { specOf, writtenAt } from '../loose'
import type { Reader } from './kind'

export const envoyFilter: Reader = {
  group: 'networking.istio.io',
  kind: 'EnvoyFilter',
  read: (document) => {
    const spec = specOf(document)
    const contexts = asList(spec.configPatches)
      .filter(isMap)
      .map((patch) => asText(asMap(patch.match).context, 'ANY'))
    return {
      envoyFilters: [
        {
          ...writtenAt(document),
          selector: has(spec, 'workloadSelector') ? asLabels(asMap(spec.workloadSelector).labels) : null,
          inbound: contexts.every((context) => context === 'SIDECAR_INBOUND'),
          targets: asList(spec.targetRefs)
            .filter(isMap)
            .map((target) => ({ kind: asText(target.kind), name: asText(target.name) })),
        },
      ],
    }
  },
}
