import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { runs } from '../../../testing/runs'
import { emptyDesign } from '../../model/design'
import { addFlow, type Flow, flowOf } from '../../model/flow'
import { readNotation } from '../../model/notation'
import { pathLine } from '../../model/notation/flows'
import { pathsOf } from '../../model/path'
import { plan } from './plan'

const read = (text: string) => readNotation(text).design
const lanes = (text: string) =>
  plan(read(text)).lanes.map(
    (lane) => `${lane.host.name.split('.')[0]} ${lane.server.protocol}${lane.server.mode ? ` ${lane.server.mode}` : ''} ${lane.port}`,
  )

describe('gateway ports', () => {
  const cases: [string, string, string[]][] = [
    [
      'HTTP takes 80, TLS takes 443',
      'a HTTP -> gate DISABLE -> x.example.com DISABLE\na HTTPS -> gate DISABLE -> y.example.com PASSTHROUGH',
      ['x HTTP 80', 'y TLS PASSTHROUGH 443'],
    ],
    [
      'TLS of several kinds shares a port, chosen by SNI',
      'a HTTPS -> gate DISABLE -> x.example.com PASSTHROUGH\na HTTPS -> gate ISTIO_MUTUAL -> y.example.com PASSTHROUGH',
      ['x TLS PASSTHROUGH 443', 'y TLS ISTIO_MUTUAL 443'],
    ],
    [
      'plain and TLS do not: the later moves',
      'a HTTP -> gate DISABLE -> x.example.com DISABLE\na HTTP -> gate ISTIO_MUTUAL -> y.example.com SIMPLE',
      ['x HTTP 80', 'y HTTPS ISTIO_MUTUAL 443'],
    ],
    [
      'one host twice in TLS takes two ports',
      'a HTTP -> gate ISTIO_MUTUAL -> x.example.com SIMPLE\na HTTPS -> gate ISTIO_MUTUAL -> x.example.com PASSTHROUGH',
      ['x HTTPS ISTIO_MUTUAL 80', 'x TLS ISTIO_MUTUAL 443'],
    ],
    [
      'plain TCP knows no host: it stands alone',
      'a TCP:5432 -> gate DISABLE -> x.example.com DISABLE\na HTTPS -> gate DISABLE -> y.example.com PASSTHROUGH',
      ['x TCP 443', 'y TLS PASSTHROUGH 80'],
    ],
    [
      'TCP in mutual TLS is told apart by SNI',
      'a TCP:5432 -> gate ISTIO_MUTUAL -> x.example.com DISABLE\na TCP:5432 -> gate ISTIO_MUTUAL -> y.example.com DISABLE',
      ['x TLS ISTIO_MUTUAL 443', 'y TLS ISTIO_MUTUAL 443'],
    ],
    [
      'a chosen port is kept, others give way',
      'a HTTP -> gate DISABLE -> x.example.com DISABLE\na HTTP -> gate ISTIO_MUTUAL:80 -> y.example.com SIMPLE',
      ['x HTTP 443', 'y HTTPS ISTIO_MUTUAL 80'],
    ],
    [
      'pods that go the same way share a lane',
      'a HTTP -> gate ISTIO_MUTUAL -> x.example.com SIMPLE\nb HTTP -> gate ISTIO_MUTUAL -> x.example.com SIMPLE',
      ['x HTTPS ISTIO_MUTUAL 80'],
    ],
    [
      'a further port of the Service is used',
      'a HTTP -> gate DISABLE -> x.example.com DISABLE\na HTTPS -> gate DISABLE -> x.example.com PASSTHROUGH\na TCP:5432 -> gate DISABLE -> y.example.com DISABLE\ngateway istio-system/gate ports=80:8080,443:8443,5432:5432',
      ['x HTTP 80', 'x TLS PASSTHROUGH 443', 'y TCP 5432'],
    ],
  ]
  test.each(cases)('%s', (_, text, expected) => expect(lanes(text)).toEqual(expected))

  test('where the usual ports leave one without, lanes share what they can', () => {
    const text =
      'a HTTP -> gate ISTIO_MUTUAL -> x.example.com SIMPLE\na HTTPS -> gate DISABLE -> y.example.com PASSTHROUGH\na TCP:5432 -> gate DISABLE -> z.example.com DISABLE'
    expect(plan(read(text)).findings).toEqual([])
    expect(new Set(lanes(text).map((lane) => lane.split(' ').at(-1))).size).toBe(2)
  })
})

describe('ways to a host', () => {
  const ways = (text: string) =>
    plan(read(text)).hosts[0]?.dials.map((dial) =>
      dial.ways.map((way) =>
        `${way.lane ? 'gateway' : way.straight?.by} ${way.sources.map(({ namespace, labels }) => `${namespace}${labels ? `:${Object.values(labels)}` : ''}`)}`.trim(),
      ),
    )
  const cases: [string, string, string[][]][] = [
    [
      'everyone the same way needs no names',
      'a/x HTTP -> gate ISTIO_MUTUAL -> h.example.com SIMPLE\nb/y HTTP -> gate ISTIO_MUTUAL -> h.example.com SIMPLE',
      [['gateway']],
    ],
    [
      'a whole namespace goes its way',
      'a/x HTTP -> gate ISTIO_MUTUAL -> h.example.com SIMPLE\nb/y HTTP -> h.example.com DISABLE',
      [['gateway a', 'as-dialled']],
    ],
    [
      'some pods of a namespace, by their labels',
      'a/x HTTP -> gate ISTIO_MUTUAL -> h.example.com SIMPLE\na/y HTTP -> h.example.com DISABLE',
      [['gateway a:x', 'as-dialled']],
    ],
    [
      'in the gateway’s own namespace a match by namespace would catch the gateway',
      'istio-system/x HTTP -> gate ISTIO_MUTUAL -> h.example.com SIMPLE\nb/y HTTP -> h.example.com DISABLE',
      [['gateway istio-system:x', 'as-dialled']],
    ],
    ['origination at the sidecar by a target port', 'a HTTP -> h.example.com SIMPLE', [['target-port']]],
    [
      'by a route where others use that port',
      'a HTTP -> h.example.com SIMPLE\nb HTTP -> gate ISTIO_MUTUAL -> h.example.com DISABLE',
      [['gateway default:b', 'route']],
    ],
    [
      'each port that apps dial is a dial',
      'a HTTP -> h.example.com DISABLE\na HTTPS -> h.example.com PASSTHROUGH',
      [['as-dialled'], ['as-dialled']],
    ],
  ]
  test.each(cases)('%s', (_, text, expected) => expect(ways(text)).toEqual(expected))
})

test('ports of a ServiceEntry: one protocol each, seen over all paths', () => {
  const ports = (text: string) =>
    plan(read(text)).hosts[0]?.ports.map(({ number, protocol, targetPort }) => `${number} ${protocol}${targetPort ? ` ${targetPort}` : ''}`)
  expect(ports('a HTTP -> gate ISTIO_MUTUAL -> h.example.com SIMPLE')).toEqual(['80 HTTP', '443 HTTPS'])
  expect(ports('a HTTPS -> gate ISTIO_MUTUAL -> h.example.com PASSTHROUGH')).toEqual(['443 TLS'])
  expect(ports('a HTTP -> gate DISABLE -> h.example.com SIMPLE\na HTTPS -> gate DISABLE -> h.example.com PASSTHROUGH')).toEqual([
    '80 HTTP',
    '443 HTTPS',
  ])
  expect(ports('a HTTP -> h.example.com SIMPLE')).toEqual(['80 HTTP 443', '443 HTTPS'])
  expect(ports('a TCP:5432 -> gate ISTIO_MUTUAL -> h.example.com:5433 DISABLE')).toEqual(['5432 TCP', '5433 TCP'])
})

test('the same plan is the same object, and an unchanged host keeps its own', () => {
  const before = read('a HTTP -> gate ISTIO_MUTUAL -> x.example.com SIMPLE\na HTTP -> gate ISTIO_MUTUAL -> y.example.com SIMPLE')
  const after = {
    ...before,
    nodes: before.nodes.map((node) => (node.name === 'y.example.com' ? { ...node, fields: { addresses: ['203.0.113.7'] } } : node)),
  }
  expect(plan(before)).toBe(plan(before))
  expect(plan(after).hosts[0]).toBe(plan(before).hosts[0])
  expect(plan(after).hosts[1]).not.toBe(plan(before).hosts[1])
})

const anyFlow: fc.Arbitrary<Flow> = fc
  .record({
    pod: fc.record({ namespace: fc.constantFrom('default', 'team'), name: fc.constantFrom('a', 'b') }),
    legal: fc.constantFrom(['HTTP', 'DISABLE'], ['HTTP', 'SIMPLE'], ['HTTPS', 'PASSTHROUGH'], ['TCP', 'DISABLE']),
    port: fc.constantFrom(undefined, 8080),
    gateway: fc.option(
      fc.record({
        name: fc.constantFrom('gate', 'door'),
        namespace: fc.constant('istio-system'),
        tls: fc.constantFrom('DISABLE' as const, 'ISTIO_MUTUAL' as const),
      }),
      { nil: undefined },
    ),
    host: fc.constantFrom('x.example.com', 'y.example.com'),
  })
  .map(({ pod, legal: [speaks, tls], port, gateway, host }) => ({
    pod,
    call: { speaks: speaks as 'HTTP', ...((port || speaks === 'TCP') && { port: port ?? 5432 }) },
    ...(gateway && { gateway }),
    host,
    wire: { tls: tls as 'SIMPLE', fields: {} },
  }))

test('adding flows never changes a path that was there: the design has just the flows that were added', () => {
  fc.assert(
    fc.property(fc.array(anyFlow, { maxLength: 12 }), (flows) => {
      const design = flows.reduce(addFlow, emptyDesign)
      const lines = pathsOf(design).map((path) => pathLine(flowOf(path, design)))
      expect([...new Set(lines)].toSorted()).toEqual([...new Set(flows.map(pathLine))].toSorted())
      expect(lines).toHaveLength(new Set(lines).size)
    }),
    runs(300),
  )
})
