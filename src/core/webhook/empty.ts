/** What Istio's webhook refuses because an empty text or a number out of range is what is not written (pkg/config/validation). */

import { field, itemsOf, textOf } from '../base/loose'
import { both } from '../base/text'
import type { Rule } from '../rules/kind'
import { documentRule, networking } from '../rules/one-document'
import type { Path } from '../yaml/document'
import { good, serviceEntry } from './service-entry'

type Place = readonly [Path, unknown]

/** Whether it is an empty text. What is missing, or no text, the schema tells. */
const isEmpty = (value: unknown): boolean => value === ''
const isNoPort = (value: unknown): boolean => typeof value === 'number' && (value < 1 || value > 65535)

const fieldsOf = (of: unknown, path: Path, names: readonly string[]): Place[] => names.map((name) => [[...path, name], field(of, name)])

const lists = ['http', 'tls', 'tcp']

function destinations(spec: unknown): Place[] {
  return lists.flatMap((list) =>
    itemsOf(spec, list).flatMap(([route, of]) =>
      itemsOf(of, 'route').flatMap(([index, to]) =>
        fieldsOf(field(to, 'destination'), ['spec', list, route, 'route', index, 'destination'], ['host']),
      ),
    ),
  )
}

/** A port that is 0 is none. */
const matchPorts = (spec: unknown): Place[] =>
  lists
    .flatMap((list) =>
      itemsOf(spec, list).flatMap(([route, of]) =>
        itemsOf(of, 'match').flatMap(([index, match]) => fieldsOf(match, ['spec', list, route, 'match', index], ['port'])),
      ),
    )
    .filter(([, port]) => port !== 0)

const servers = (spec: unknown, names: readonly string[]): Place[] =>
  itemsOf(spec, 'servers').flatMap(([index, server]) => fieldsOf(field(server, 'port'), ['spec', 'servers', index, 'port'], names))

/** By the kind: texts that must be there, and numbers that must be ports; of a Gateway's port above the range W13 tells. */
const places: Readonly<Record<string, { texts: (spec: unknown) => Place[]; ports: (spec: unknown) => Place[] }>> = {
  VirtualService: { texts: destinations, ports: matchPorts },
  Gateway: {
    texts: (spec) => servers(spec, ['name', 'protocol']),
    ports: (spec) => servers(spec, ['number']).filter(([, number]) => number === 0),
  },
  DestinationRule: { texts: () => [], ports: () => [] },
  ServiceEntry: {
    texts: (spec) => [
      ...itemsOf(spec, 'ports').flatMap(([index, port]) => fieldsOf(port, ['spec', 'ports', index], ['name'])),
      ...itemsOf(spec, 'endpoints')
        .filter(([, endpoint]) => textOf(endpoint, 'network') === '')
        .flatMap(([index, endpoint]) => fieldsOf(endpoint, ['spec', 'endpoints', index], ['address'])),
    ],
    ports: () => [],
  },
}

const empty = documentRule({
  id: 'W99',
  level: 'error',
  title: both('Empty where something must be', '必填的值为空'),
  why: both(
    'To Istio an empty text is what is not written: a route needs a host to lead to, a port a name and a protocol, an endpoint an address. A port lies between 1 and 65535.',
    '对 Istio 而言空文本等于没写：路由需要目标 host，端口需要名字和协议，endpoint 需要地址。端口在 1 到 65535 之间。',
  ),
  links: ['https://istio.io/latest/docs/reference/config/networking/'],
  group: networking,
  kinds: Object.keys(places),
  look(spec, { kind, object }) {
    const of = places[kind]
    if (!of) return []
    const bare = kind === 'DestinationRule' && (object.spec ?? null) === null
    return [
      ...(bare ? [{ path: ['kind'], says: both('`spec` is missing: Istio refuses it.', '缺少 `spec`：Istio 会拒绝。') }] : []),
      ...of
        .texts(spec)
        .filter(([, value]) => isEmpty(value))
        .map(([path]) => ({
          path,
          says: both(`\`${String(path.at(-1))}\` is empty: Istio refuses it.`, `\`${String(path.at(-1))}\` 为空：Istio 会拒绝。`),
        })),
      ...of
        .ports(spec)
        .filter(([, value]) => isNoPort(value))
        .map(([path, value]) => ({
          path,
          says: both(`${String(value)} is no port: Istio refuses it.`, `${String(value)} 不是端口：Istio 会拒绝。`),
        })),
    ]
  },
  good,
  bad: [
    {
      says: 'an endpoint without an address',
      yaml: serviceEntry({ resolution: 'STATIC', more: '  endpoints:\n  - address: ""\n' }),
      at: 'ServiceEntry/cnn spec.endpoints.0.address',
      shows: { check: 'address is required' },
    },
    {
      says: 'a match of a port that is none',
      yaml: `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: cnn
  namespace: default
spec:
  hosts: [edition.cnn.com]
  http:
  - match:
    - port: 70000
    route:
    - destination:
        host: edition.cnn.com
`,
      at: 'VirtualService/cnn spec.http.0.match.0.port',
      shows: { check: 'must be in the range 1..65535' },
    },
  ],
})

export const webhookEmpty: readonly Rule[] = [empty]
