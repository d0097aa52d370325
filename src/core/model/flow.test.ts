import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { runs } from '../../testing/runs'
import { type Design, emptyDesign } from './design'
import { addNode, setIdentity } from './edit'
import { addFlow, type Flow, flowOf, putFlow } from './flow'
import { growing, grownOf } from './grow'
import { pathLine } from './notation/flows'
import { pathsOf } from './path'

const direct = (name: string, call: Flow['call'], host: string, wire: Flow['wire'] = { tls: 'DISABLE', fields: {} }): Flow => ({
  pod: { name },
  call,
  host,
  wire,
})
const via = (flow: Flow, tls: 'DISABLE' | 'ISTIO_MUTUAL', port?: number): Flow => ({
  ...flow,
  gateway: { name: 'gate', tls, ...(port !== undefined && { port }) },
})
const lines = (design: Design): string[] => pathsOf(design).map((path) => pathLine(flowOf(path, design)))
const a = direct('a', { speaks: 'HTTP' }, 'x.example.com')
const b = direct('b', { speaks: 'HTTP' }, 'x.example.com')

describe('adding one flow', () => {
  test('brings its nodes and hops', () => {
    const design = addFlow(emptyDesign, via(a, 'DISABLE'))
    expect(design.nodes.map((node) => node.id)).toEqual([
      'pod:default/a',
      'sidecar:default/a',
      'gateway:istio-system/gate',
      'host:x.example.com',
    ])
    expect(design.hops).toHaveLength(3)
  })
  test('twice changes nothing', () => {
    const design = addFlow(emptyDesign, via(a, 'ISTIO_MUTUAL', 443))
    expect(addFlow(design, via(a, 'ISTIO_MUTUAL', 443))).toBe(design)
  })
  test('changes no hop that it does not touch, and nothing of the design that came in', () => {
    const before = addFlow(
      addFlow(emptyDesign, via(a, 'DISABLE')),
      direct('c', { speaks: 'HTTPS' }, 'y.example.com', { tls: 'PASSTHROUGH', fields: {} }),
    )
    const copy = structuredClone(before)
    const after = addFlow(before, via(direct('b', { speaks: 'HTTP' }, 'z.example.com'), 'ISTIO_MUTUAL'))
    expect(before).toEqual(copy)
    expect(after.hops.filter((hop) => before.hops.includes(hop))).toHaveLength(before.hops.length - 1)
  })
  test('takes the sidecar that the pod has, whatever it is called', () => {
    const { design, id } = addNode(emptyDesign, 'pod', { name: 'a' })
    const renamed = setIdentity(design, `sidecar:default/a`, { name: 'other' })
    const grown = addFlow(renamed, a)
    expect(grown.nodes.filter((node) => node.kind === 'sidecar')).toHaveLength(1)
    expect(pathsOf(grown).map((path) => path.pod.id)).toEqual([id])
  })
})

describe('sharing', () => {
  test('pods share an outside hop behind a gateway', () => {
    const design = [via(a, 'DISABLE'), via(b, 'DISABLE')].reduce(addFlow, emptyDesign)
    expect(design.hops.filter((hop) => hop.to === 'host:x.example.com')).toHaveLength(1)
  })
  test('a pod that says two things to one host takes two hops', () => {
    const flows = [a, direct('a', { speaks: 'HTTP', port: 8080 }, 'x.example.com')]
    const design = flows.reduce(addFlow, emptyDesign)
    expect(lines(design)).toEqual(flows.map(pathLine))
    expect(design.hops).toHaveLength(3)
  })
  test('`hop` asks for one of several that say the same', () => {
    const design = [via(a, 'DISABLE'), { ...via(b, 'DISABLE'), hop: 2 }].reduce(addFlow, emptyDesign)
    expect(design.hops.filter((hop) => hop.to === 'host:x.example.com').map((hop) => hop.id)).toEqual([
      'gateway:istio-system/gate>host:x.example.com',
      'gateway:istio-system/gate>host:x.example.com#2',
    ])
    expect(lines(design)).toEqual([pathLine(via(a, 'DISABLE')), pathLine(via(b, 'DISABLE'))])
  })
  test('a port that is left open stays open beside one that is chosen', () => {
    const flows = [via(a, 'DISABLE', 80), via(direct('a', { speaks: 'HTTP' }, 'y.example.com'), 'DISABLE')]
    expect(lines(flows.reduce(addFlow, emptyDesign))).toEqual(flows.map(pathLine))
    expect(lines(flows.toReversed().reduce(addFlow, emptyDesign))).toEqual(flows.toReversed().map(pathLine))
  })
  test('a port that is dialled by default is not the one that another host is dialled at', () => {
    const flows = [
      direct('a', { speaks: 'HTTP', port: 8080 }, 'x.example.com'),
      direct('a', { speaks: 'HTTPS' }, 'y.example.com', { tls: 'PASSTHROUGH', fields: {} }),
    ]
    expect(lines(flows.reduce(addFlow, emptyDesign))).toEqual(flows.map(pathLine))
  })
})

const legal = [
  ['HTTP', 'DISABLE'],
  ['HTTP', 'SIMPLE'],
  ['HTTPS', 'PASSTHROUGH'],
  ['TCP', 'DISABLE'],
] as const
const anyFlow: fc.Arbitrary<Flow> = fc
  .record({
    pod: fc.record({ namespace: fc.constantFrom('default', 'team'), name: fc.constantFrom('a', 'b') }),
    legal: fc.constantFrom(...legal),
    dial: fc.constantFrom(undefined, 8080),
    gateway: fc.option(
      fc.record({
        name: fc.constantFrom('gate', 'door'),
        namespace: fc.constant('istio-system'),
        tls: fc.constantFrom('DISABLE' as const, 'ISTIO_MUTUAL' as const),
        port: fc.constantFrom(undefined, 443),
      }),
      { nil: undefined },
    ),
    host: fc.constantFrom('x.example.com', 'y.example.com'),
    sni: fc.constantFrom(undefined, 'z.example.com'),
  })
  .map(({ pod, legal: [speaks, tls], dial, gateway, host, sni }) => ({
    pod,
    call: { speaks, ...((dial || speaks === 'TCP') && { port: dial ?? 5432 }) },
    ...(gateway && {
      gateway: { name: gateway.name, namespace: gateway.namespace, tls: gateway.tls, ...(gateway.port && { port: gateway.port }) },
    }),
    host,
    wire: { tls, fields: sni && tls === 'SIMPLE' ? { sni } : {} },
  }))

test('in any order a design has just the flows that were put in, one by one or all at once', { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(fc.array(anyFlow, { maxLength: 14 }), fc.nat(), (flows, turn) => {
      const turned = [...flows.slice(turn % (flows.length || 1)), ...flows.slice(0, turn % (flows.length || 1))].toReversed()
      const wanted = [...new Set(flows.map(pathLine))].toSorted()
      for (const order of [flows, turned]) {
        const design = order.reduce(addFlow, emptyDesign)
        expect(lines(design).toSorted()).toEqual(wanted)
        const grown = growing(emptyDesign)
        for (const flow of order) putFlow(grown, flow)
        expect(grownOf(grown)).toEqual(design)
      }
    }),
    runs(200),
  )
})
