/** Random designs that may hold anything, for what must never throw: sound ones, damaged. */

import fc from 'fast-check'
import type { TlsMode } from '../core/istio/tls-mode'
import type { Design, Fields, Node, Speaks, TlsFields } from '../core/model/design'
import { tlsModes } from '../core/model/tls'
import { anySoundDesign, at, sometimes } from './any-design'

const odd: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.constantFrom(
    '',
    ' ',
    '*',
    '*.',
    '.',
    '__proto__',
    'constructor',
    '*.*',
    'a..b',
    'https://x/y',
    '127.0.0.1',
    '::1',
    '---',
    '- a',
    '#',
    "'",
    '"',
    '\n',
    '\t',
    '&a',
    'null',
    'true',
    '1e3',
    '0x1F',
    'ü.example.com',
    'x'.repeat(300),
  ),
)
const oddPort = fc.oneof(fc.integer(), fc.constantFrom(0, -1, 65536, 1.5, Number.NaN, Number.POSITIVE_INFINITY))
const oddFields: fc.Arbitrary<Fields> = fc.record(
  {
    labels: fc.dictionary(odd, odd, { maxKeys: 3 }),
    serviceAccount: odd,
    ports: fc.array(fc.record({ number: oddPort, targetPort: oddPort }), { maxLength: 4 }),
    resolution: fc.constantFrom<Fields['resolution']>('DNS', 'DNS_ROUND_ROBIN', 'STATIC', 'NONE', 'DYNAMIC_DNS'),
    addresses: fc.array(odd, { maxLength: 3 }),
    endpoints: fc.array(odd, { maxLength: 3 }),
    testServer: fc.boolean(),
  },
  { requiredKeys: [] },
)
const anyMode = fc.constantFrom<TlsMode>(...tlsModes)
const oddTls: fc.Arbitrary<TlsFields> = fc.record(
  {
    sni: odd,
    subjectAltNames: fc.array(odd, { maxLength: 3 }),
    credentialName: odd,
    caCertificates: odd,
    clientCertificate: odd,
    privateKey: odd,
    insecureSkipVerify: fc.boolean(),
  },
  { requiredKeys: [] },
)

/** A change that may break anything: a field with any bytes, a hop between any two nodes, a mode that does not fit, an end that is gone. */
const anyDamage: fc.Arbitrary<(design: Design) => Design> = fc.oneof(
  fc.tuple(fc.nat(), odd, odd, oddFields).map(
    ([index, name, namespace, fields]) =>
      (design: Design) =>
        withNode(design, index, (node) => ({ ...node, name, namespace, fields: { ...node.fields, ...fields } })),
  ),
  fc.tuple(fc.nat(), oddFields).map(
    ([index, fields]) =>
      (design: Design) =>
        withNode(design, index, (node) => ({ ...node, fields: { ...node.fields, ...fields } })),
  ),
  fc.tuple(fc.nat(), anyMode, oddTls, sometimes(oddPort)).map(([index, tls, fields, port]) => (design: Design) => ({
    ...design,
    hops: design.hops.map((hop, place) =>
      place === index % design.hops.length && 'wire' in hop ? { ...hop, wire: { tls, fields, ...(port !== undefined && { port }) } } : hop,
    ),
  })),
  fc
    .tuple(fc.nat(), fc.constantFrom<Speaks>('HTTP', 'HTTPS', 'TCP'), sometimes(oddPort))
    .map(([index, speaks, port]) => (design: Design) => ({
      ...design,
      hops: design.hops.map((hop, place) =>
        place === index % design.hops.length && 'call' in hop ? { ...hop, call: { speaks, ...(port !== undefined && { port }) } } : hop,
      ),
    })),
  fc.tuple(fc.nat(), fc.nat(), anyMode).map(([from, to, tls]) => (design: Design) => {
    if (design.nodes.length === 0) return design
    const [a, b] = [at(design.nodes, from).id, at(design.nodes, to).id]
    return {
      ...design,
      hops: [
        ...design.hops,
        { id: `${a}>${b}#${design.hops.length}`, from: a, to: b, wire: { tls, fields: {} }, overrides: {}, except: [] },
      ],
    }
  }),
  fc
    .nat()
    .map((index) => (design: Design) => ({ ...design, nodes: design.nodes.filter((_, place) => place !== index % design.nodes.length) })),
  odd.map((namespace) => (design: Design) => ({
    ...design,
    guards: [...design.guards, { kind: 'NetworkPolicy' as const, namespace, dns: false }],
  })),
  fc.tuple(odd, odd).map(([root, istio]) => (design: Design) => ({ ...design, world: { ...design.world, root, istio } })),
  fc.dictionary(odd, odd, { maxKeys: 3 }).map((given) => (design: Design) => ({ ...design, names: { ...design.names, ...given } })),
)

const withNode = (design: Design, index: number, change: (node: Node) => Node): Design => ({
  ...design,
  nodes: design.nodes.map((node, place) => (place === index % design.nodes.length ? change(node) : node)),
})

/** A design that may hold anything. For what must never throw. */
export const anyDesign: fc.Arbitrary<Design> = fc
  .tuple(anySoundDesign, fc.array(anyDamage, { maxLength: 6 }))
  .map(([design, damages]) => damages.reduce((before, damage) => damage(before), design))
