import { describe, expect, test } from 'vitest'
import { type Design, isAppHop, isWireHop } from './design'
import { overrideWire, remove, setCall, setCarried, setTls } from './edit'
import { readNotation } from './notation'
import { arrivalPort, dialledPort, pathsOf } from './path'

const read = (text: string): Design => readNotation(text).design
const told = (design: Design) =>
  pathsOf(design).map(
    (p) =>
      `${p.pod.name} ${p.speaks}:${p.dialled}${p.mesh ? ` ${p.mesh.tls}${p.mesh.port ? `:${p.mesh.port}` : ''}` : ''} ${p.host.name}:${p.outside.port} ${p.outside.tls}`,
  )
const design = read(
  'a HTTP -> gate ISTIO_MUTUAL -> x.example.com SIMPLE\nb HTTP -> gate ISTIO_MUTUAL -> x.example.com SIMPLE\na HTTP -> y.example.com DISABLE',
)
const outside = 'gateway:istio-system/gate>host:x.example.com'
const mesh = 'sidecar:default/a>gateway:istio-system/gate'
const app = 'pod:default/a>sidecar:default/a'

test('every road from a pod to a host, by outside hop and then by pod', () =>
  expect(told(design)).toEqual([
    'a HTTP:80 ISTIO_MUTUAL x.example.com:443 SIMPLE',
    'b HTTP:80 ISTIO_MUTUAL x.example.com:443 SIMPLE',
    'a HTTP:80 y.example.com:80 DISABLE',
  ]))

test('ports that nobody wrote', () => {
  expect([
    dialledPort({ speaks: 'HTTP' }),
    dialledPort({ speaks: 'HTTPS' }),
    dialledPort({ speaks: 'TCP' }),
    dialledPort({ speaks: 'TCP', port: 1 }),
  ]).toEqual([80, 443, 0, 1])
  expect([
    arrivalPort({ tls: 'SIMPLE' }, 80),
    arrivalPort({ tls: 'MUTUAL' }, 80),
    arrivalPort({ tls: 'PASSTHROUGH' }, 9443),
    arrivalPort({ tls: 'SIMPLE', port: 8443 }, 80),
  ]).toEqual([443, 443, 9443, 8443])
})

describe('what differs for one host', () => {
  test('on the hop to the gateway', () =>
    expect(told(overrideWire(design, mesh, outside, { tls: 'DISABLE', port: 80 }))[0]).toBe(
      'a HTTP:80 DISABLE:80 x.example.com:443 SIMPLE',
    ))
  test('what the app sends', () => {
    const said = setCall(design, app, { speaks: 'HTTP', port: 8080 }, outside)
    expect('design' in said && told(said.design)[0]).toBe('a HTTP:8080 ISTIO_MUTUAL x.example.com:443 SIMPLE')
  })
  test('what does not come along a hop is no path', () => expect(told(setCarried(design, mesh, outside, false))).toHaveLength(2))
})

describe('what is no path', () => {
  const none: [string, Design][] = [
    ['a road that misses an end', remove(design, ['host:x.example.com', 'host:y.example.com'])],
    ['a pod without a sidecar', { ...design, hops: design.hops.filter(isWireHop) }],
    ['TCP without a port', { ...design, hops: design.hops.map((hop) => (isAppHop(hop) ? { ...hop, call: { speaks: 'TCP' } } : hop)) }],
    [
      'hops that go round in a circle',
      {
        ...design,
        hops: [
          {
            id: 'round',
            from: 'gateway:istio-system/gate',
            to: 'gateway:istio-system/gate',
            wire: { tls: 'DISABLE', fields: {} },
            overrides: {},
            except: [],
          },
        ],
      },
    ],
  ]
  test.each(none)('%s', (_, odd) => expect(pathsOf(odd)).toEqual([]))
})

test('the same design has the same paths, and what an edit does not touch stays the same path', () => {
  const own = structuredClone(design)
  const before = pathsOf(own)
  expect(pathsOf(own)).toBe(before)
  const [first, second, third] = pathsOf(setTls(own, outside, 'MUTUAL'))
  expect([first === before[0], second === before[1], third === before[2]]).toEqual([false, false, true])
})

test('the order in which hops to a gateway were drawn does not matter', () => {
  const turned = { ...design, hops: design.hops.toReversed() }
  expect(
    pathsOf(turned)
      .filter((path) => path.gateway)
      .map((path) => path.pod.name),
  ).toEqual(['a', 'b'])
})
