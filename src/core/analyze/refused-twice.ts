/** What the API server refuses by its schemas and the webhook checks once more: IST0106 and IST0133 of analyze, which knows no schemas. */

import { asList, field, has, inside, itemsOf, numberOf, textOf } from '../base/loose'
import { both } from '../base/text'
import type { Document, Path } from '../yaml/document'
import { type Foretold, foretold } from './foretold'
import { type Seen, specOf } from './seen'

export const refusedTwice = (seen: Seen): Foretold[] => [
  ...seen.all('Gateway').flatMap((of) => told(of, gatewayGaps(of))),
  ...seen.all('DestinationRule').flatMap((of) => told(of, ruleGaps(of))),
  ...seen.all('ServiceEntry').flatMap((of) => told(of, entryGaps(of))),
  ...seen.all('VirtualService').flatMap((of) => told(of, routeGaps(of))),
  ...seen.all('Sidecar').flatMap((of) => told(of, scopeGaps(of))),
  ...['ServiceEntry', 'VirtualService', 'DestinationRule'].flatMap((kind) => seen.all(kind)).flatMap(exportedToNowhere),
]

/** `.` is the namespace of the object, which of a file without one is no namespace (Istio `validation.go`, validateExportTo). */
function exportedToNowhere(of: Document): Foretold[] {
  if (textOf(of.object.metadata, 'namespace') !== '') return []
  return itemsOf(specOf(of), 'exportTo').flatMap(([index, to]): Foretold[] =>
    to === '.'
      ? [
          foretold(
            'IST0106',
            of,
            ['spec', 'exportTo', index],
            both(
              'exportTo says the own namespace, and none is written: it refuses that.',
              'exportTo 指自己的命名空间，而没有写命名空间：它会拒绝。',
            ),
            both(
              'kubectl writes the object into the namespace that it is used with; a cluster takes it.',
              'kubectl 会把对象写入当前使用的命名空间；集群会接受它。',
            ),
          ),
        ]
      : [],
  )
}

const told = (of: Document, paths: readonly Path[]): Foretold[] =>
  paths.map((path) =>
    foretold(
      'IST0106',
      of,
      path,
      both('The API server refuses this already: it is missing, or it appears twice.', 'API server 已会拒绝：此处缺失或重复。'),
    ),
  )

function gatewayGaps(of: Document): Path[] {
  return itemsOf(specOf(of), 'servers').flatMap(([index, server]): Path[] => {
    const path = ['spec', 'servers', index]
    const port = inside(server, 'port')
    const gaps: Path[] = []
    if (!has(server, 'hosts')) gaps.push(path)
    if (!has(server, 'port')) gaps.push(path)
    else if (numberOf(port, 'number') === 0 || textOf(port, 'name') === '' || textOf(port, 'protocol') === '') gaps.push([...path, 'port'])
    return gaps
  })
}

const ruleGaps = (of: Document): Path[] => [
  ...(has(specOf(of), 'host') ? [] : [['spec']]),
  ...itemsOf(specOf(of), 'subsets').flatMap(([index, subset]) => (textOf(subset, 'name') === '' ? [['spec', 'subsets', index]] : [])),
]

function entryGaps(of: Document): Path[] {
  const spec = specOf(of)
  const names = new Set<string>()
  const numbers = new Set<number>()
  const ports = itemsOf(spec, 'ports').flatMap(([index, port]): Path[] => {
    const name = textOf(port, 'name')
    const number = numberOf(port, 'number')
    const wrong = name === '' || names.has(name) || number < 1 || number > 65535 || numbers.has(number)
    names.add(name)
    numbers.add(number)
    return wrong ? [['spec', 'ports', index]] : []
  })
  const hosts = itemsOf(spec, 'hosts').flatMap(([index, host]) => (host === '*' ? [['spec', 'hosts', index]] : []))
  const cidr = itemsOf(spec, 'addresses').some(([, address]) => typeof address === 'string' && address.includes('/'))
  const resolution = textOf(spec, 'resolution') || 'NONE'
  const endpoints = asList(spec.endpoints).length
  return [
    ...(asList(spec.hosts).length === 0 ? [['spec']] : []),
    ...hosts,
    ...ports,
    ...(cidr && !['NONE', 'STATIC'].includes(resolution) ? [['spec', 'addresses']] : []),
    ...(endpoints > 0 && (resolution === 'NONE' || has(spec, 'workloadSelector')) ? [['spec', 'endpoints']] : []),
    ...(endpoints > 1 && resolution === 'DNS_ROUND_ROBIN' ? [['spec', 'endpoints']] : []),
  ]
}

const routeGaps = (of: Document): Path[] =>
  ['http', 'tls', 'tcp'].flatMap((kind) =>
    itemsOf(specOf(of), kind).flatMap(([index, route]) => [
      ...itemsOf(route, 'route').flatMap(([at, to]): Path[] =>
        textOf(inside(to, 'destination'), 'host') === '' ? [['spec', kind, index, 'route', at]] : [],
      ),
      ...(kind === 'tls' ? sniGaps(route, ['spec', 'tls', index]) : []),
    ]),
  )

const scopeGaps = (of: Document): Path[] =>
  itemsOf(specOf(of), 'egress').flatMap(([index, listener]) => (has(listener, 'hosts') ? [] : [['spec', 'egress', index]]))

const sniGaps = (route: unknown, path: Path): Path[] => [
  ...(has(route, 'match') ? [] : [path]),
  ...itemsOf(route, 'match').flatMap(([at, match]): Path[] =>
    has(match, 'sniHosts') || has(match, 'sni_hosts') ? [] : [[...path, 'match', at]],
  ),
]

/** The webhook’s warning, where istiod gives no address of its own: analyze knows of no allocation but by the resolution. */
export function tcpWithoutAddresses(of: Document): Foretold[] {
  const spec = specOf(of)
  if ((textOf(spec, 'resolution') || 'NONE') !== 'NONE' || asList(spec.addresses).length > 0) return []
  return itemsOf(spec, 'ports').flatMap(([index, port]): Foretold[] => {
    const protocol = field(port, 'protocol')
    return protocol === undefined || protocol === '' || protocol === 'TCP'
      ? [
          foretold(
            'IST0133',
            of,
            ['spec', 'ports', index],
            both('It repeats the webhook: a TCP port needs addresses.', '重复 webhook 的话：TCP 端口需要 addresses。'),
          ),
        ]
      : []
  })
}
