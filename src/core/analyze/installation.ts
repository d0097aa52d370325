/** Codes of what is around configuration: Namespaces, Deployments of proxies, EnvoyFilters (analyzers/injection, analyzers/envoyfilter). */

import { field, has, inside, itemsOf, type Loose, numberOf, textOf } from '../base/loose'
import { both } from '../base/text'
import type { Document } from '../yaml/document'
import { type Foretold, foretold } from './foretold'
import { type Seen, specOf } from './seen'

export const installation = (seen: Seen): Foretold[] => [
  ...seen.all('Namespace', '').flatMap((of) => notInjected(of, seen)),
  ...seen.all('Deployment', 'apps').flatMap((of) => imageAuto(of, seen)),
  ...relativePatches(seen),
]

/** IST0102 (injection.go). */
function notInjected(of: Document, { around }: Seen): Foretold[] {
  const { labels } = of
  const says = labels['istio-injection'] || Object.hasOwn(labels, 'istio.io/rev') || labels['istio.io/dataplane-mode'] === 'ambient'
  if (of.name === around.root || says) return []
  return [
    foretold(
      'IST0102',
      of,
      ['metadata', 'labels'],
      both(`Namespace ${of.name} says nothing of injection.`, `命名空间 ${of.name} 没有说明是否注入。`),
      both(
        'Right for a namespace of gateways or servers without sidecars. Pods of clients need the label istio-injection=enabled, or one of their own.',
        '对于只有网关或不带 Sidecar 的服务器的命名空间，这没有问题。客户端 Pod 需要标签 istio-injection=enabled，或自己的标签。',
      ),
    ),
  ]
}

/** IST0146 (image-auto.go): no file has the webhook that would replace the image. */
function imageAuto(of: Document, seen: Seen): Foretold[] {
  const pods = inside(specOf(of), 'template', 'spec')
  const at = itemsOf(pods, 'containers').find(([, one]) => textOf(one, 'name') === 'istio-proxy' && textOf(one, 'image') === 'auto')
  if (!at || seen.all('MutatingWebhookConfiguration', 'admissionregistration.k8s.io').length > 0) return []
  return [
    foretold(
      'IST0146',
      of,
      ['spec', 'template', 'spec', 'containers', at[0], 'image'],
      both('image: auto, and no injection webhook matches.', 'image: auto，而没有注入 webhook 匹配。'),
      both(
        'The webhook that fills it in is in the cluster, where Istio is installed; analyze sees only what its files hold.',
        '填写它的 webhook 在安装了 Istio 的集群里；analyze 只看文件中的内容。',
      ),
    ),
  ]
}

const relative = new Set(['REMOVE', 'REPLACE', 'INSERT_BEFORE', 'INSERT_AFTER', 3, 4, 5, 7])
const listed = new Set(['NETWORK_FILTER', 'HTTP_FILTER', 'VIRTUAL_HOST'])

/** IST0151 (envoyfilter.go): a patch beside another, of a filter without priority. With a proxyVersion before it, another code is said in its place. */
function relativePatches(seen: Seen): Foretold[] {
  const versioned: string[] = []
  return seen.all('EnvoyFilter').flatMap((of) => {
    const spec = specOf(of)
    const said: Foretold[] = []
    for (const [index, item] of itemsOf(spec, 'configPatches')) {
      if (!has(item, 'patch')) break
      const patch = inside(item, 'patch')
      const name = nameOf(item, patch)
      if (isRelative(item, patch) && numberOf(spec, 'priority') === 0 && !versioned.includes(name))
        said.push(
          foretold(
            'IST0151',
            of,
            ['spec', 'configPatches', index, 'patch', 'operation'],
            both(
              'A patch relative to another filter, without a priority: it may not be applied, it says.',
              '相对于其他过滤器的补丁，而没有 priority：称它可能不会生效。',
            ),
          ),
        )
      if (textOf(inside(item, 'match', 'proxy'), 'proxyVersion') !== '') versioned.push(name)
    }
    return said
  })
}

function isRelative(item: unknown, patch: Loose): boolean {
  const operation = field(patch, 'operation')
  const applies = textOf(item, 'applyTo')
  if (!relative.has(operation as string | number)) return false
  if (operation === 'REMOVE' || operation === 3) return applies !== 'ROUTE_CONFIGURATION' && applies !== 'HTTP_ROUTE'
  if (operation === 'REPLACE' || operation === 7) return listed.has(applies)
  return true
}

/** The filter that a patch brings, else the one that it is beside. */
function nameOf(item: unknown, patch: Loose): string {
  const value = inside(patch, 'value')
  if (Object.keys(value).length === 0) return ''
  return textOf(value, 'name') || textOf(inside(item, 'match', 'listener', 'filterChain', 'filter'), 'name')
}
