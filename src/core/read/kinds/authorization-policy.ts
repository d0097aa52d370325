/** AuthorizationPolicy: who may pass a gateway (istio/README 3.6). */

import { asList, asMap, asOneOf, asText, asTexts, entriesOf, isMap, type Loose } from '../../base/loose'
import type { AuthorizationPolicy } from '../../istio/mesh'
import type { Document } from '../../yaml/document'
import { items, matchLabels, specOf, writtenAt } from '../loose'
import type { Reader } from './kind'

export const authorizationPolicy: Reader = {
  group: 'security.istio.io',
  kind: 'AuthorizationPolicy',
  read: (document) => ({ authorizationPolicies: [permitFrom(document)] }),
}

function permitFrom(document: Document): AuthorizationPolicy {
  const spec = specOf(document)
  return {
    ...writtenAt(document),
    action: asOneOf(spec.action, ['ALLOW', 'DENY', 'AUDIT', 'CUSTOM'], 'ALLOW'),
    selector: matchLabels(spec, 'selector'),
    targets: [spec.targetRef, ...asList(spec.targetRefs)]
      .filter(isMap)
      .map((target) => ({ group: asText(target.group), kind: asText(target.kind), name: asText(target.name) })),
    rules: items(spec.rules, document.id, 'spec', 'rules').map(({ item, from }) => ({
      from: listsOf(item.from, 'source'),
      to: listsOf(item.to, 'operation'),
      when: asList(item.when)
        .filter(isMap)
        .map((when) => ({ key: asText(when.key), values: asTexts(when.values), notValues: asTexts(when.notValues) })),
      at: from,
    })),
  }
}

/** Each entry's lists by the name of their field, such as `principals` or `notHosts`. */
const listsOf = (value: unknown, key: string): Record<string, string[]>[] =>
  asList(value)
    .filter(isMap)
    .map((entry: Loose) => Object.fromEntries(entriesOf(asMap(entry)[key]).map(([name, list]) => [name, asTexts(list)])))
