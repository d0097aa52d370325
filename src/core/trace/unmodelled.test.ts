/** Where something that is not modelled is in a request's way, nothing is foretold; where it is not, nothing changes. */
import { describe, expect, test } from 'vitest'
import { labSurroundings } from '../istio/surroundings'
import { c1, c3, c4, c6 } from '../lint/canon'
import { read } from '../read/read'
import { parse } from '../yaml/parse'
import { trace } from './trace'

const roads = [
  ['plain HTTP', c1, 'http://edition.cnn.com/politics'],
  ['passthrough', c3, 'https://edition.cnn.com/politics'],
  ['TLS in TLS', c4, 'https://edition.cnn.com/politics'],
  ['origination', c6, 'http://edition.cnn.com/politics'],
] as const

const traced = (yaml: string, url: string) => trace(read(parse(yaml).documents), labSurroundings, { from: 'default/sleep', url, curl: [] })

const envoyFilter = (namespace: string, spec: string) => `apiVersion: networking.istio.io/v1alpha3
kind: EnvoyFilter
metadata: {name: more, namespace: ${namespace}}
spec: {${spec}}
`
const patch = (context: string) => `configPatches: [{applyTo: CLUSTER, match: {context: ${context}}, patch: {operation: MERGE, value: {}}}]`
const select = (key: string, value: string) => `workloadSelector: {labels: {${key}: ${value}}}, `
const namespace = (name: string, labels: string) => `apiVersion: v1
kind: Namespace
metadata: {name: ${name}, labels: {${labels}}}
`

const inTheWay = [
  ['a filter of every sidecar here', envoyFilter('default', patch('ANY'))],
  ['a filter without a context', envoyFilter('default', 'configPatches: [{applyTo: CLUSTER, patch: {operation: REMOVE}}]')],
  ['a filter of the client', envoyFilter('default', select('app', 'sleep') + patch('SIDECAR_OUTBOUND'))],
  ['a filter of the gateway', envoyFilter('istio-system', select('istio', 'egressgateway') + patch('GATEWAY'))],
  ['a filter of the whole mesh', envoyFilter('istio-system', patch('SIDECAR_OUTBOUND'))],
  ['an ambient namespace', namespace('default', 'istio.io/dataplane-mode: ambient')],
  ['a waypoint of the namespace', namespace('default', 'istio.io/use-waypoint: w')],
] as const

const elsewhere = [
  ['a filter of another namespace', envoyFilter('shop', patch('ANY'))],
  ['a filter of other pods', envoyFilter('default', select('app', 'web') + patch('ANY'))],
  ['a filter of what comes in', envoyFilter('default', patch('SIDECAR_INBOUND'))],
  ['another namespace that is ambient', namespace('shop', 'istio.io/dataplane-mode: ambient')],
  ['a namespace with injection', namespace('default', 'istio-injection: enabled')],
  ['no waypoint', namespace('default', 'istio.io/use-waypoint: none')],
] as const

describe.each(roads)('%s', (_, yaml, url) => {
  const before = traced(yaml, url)

  test('is modelled, and arrives', () => expect([before.unknown, before.failure]).toEqual([null, null]))

  test.each(inTheWay)('%s', (_, more) => {
    const { unknown } = traced(`${yaml}---\n${more}`, url)
    expect(unknown?.en).toMatch(/not (traced|known) here/)
    expect(unknown?.zh).toMatch(/这里不/)
  })

  test.each(elsewhere)('%s', (_, more) => {
    const after = traced(`${yaml}---\n${more}`, url)
    expect([after.unknown, after.outcome]).toEqual([null, before.outcome])
  })
})

test('a tunnel of TCP is not foretold, one of HTTP does nothing', () => {
  const tunnel = (yaml: string) =>
    `${yaml}---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: tunnel, namespace: istio-system}
spec:
  host: edition.cnn.com
  trafficPolicy: {tunnel: {protocol: CONNECT, targetHost: edition.cnn.com, targetPort: 443}}
`
  expect(traced(tunnel(c3), 'https://edition.cnn.com/politics').unknown?.en).toContain('CONNECT')
  expect(traced(tunnel(c1), 'http://edition.cnn.com/politics').unknown).toBeNull()
})

test('a host that a waypoint takes over by its own label, and one that its own label keeps', () => {
  const labelled = (label: string) => c1.replace('kind: ServiceEntry\nmetadata: {', `kind: ServiceEntry\nmetadata: {labels: {${label}}, `)
  const waypoint = namespace('default', 'istio.io/use-waypoint: w')
  const url = 'http://edition.cnn.com/politics'
  expect(labelled('a: b')).not.toBe(c1)
  expect(traced(labelled('istio.io/use-waypoint: egress, istio.io/use-waypoint-namespace: gates'), url).unknown?.en).toContain(
    'gates/egress',
  )
  expect(traced(`${labelled('istio.io/use-waypoint: none')}---\n${waypoint}`, url).unknown).toBeNull()
})

test('of one object that is written twice the later counts', () => {
  const [first = '', ...rest] = c1.split('---\n')
  const url = 'http://edition.cnn.com/politics'
  const wrong = first.replace('edition.cnn.com', 'other.example.com')
  expect(traced([wrong, ...rest, first].join('---\n'), url).outcome).toEqual(traced(c1, url).outcome)
  expect(traced([first, ...rest, wrong].join('---\n'), url).outcome).toEqual(traced([wrong, ...rest].join('---\n'), url).outcome)
})

test.each(['ServiceEntry', 'WorkloadEntry'])(
  'a Unix socket of a %s is in the pod of the proxy, where no object says who answers',
  (kind) => {
    const own = kind === 'ServiceEntry' ? 'endpoints: [{address: "unix:///var/run/x.sock"}]' : 'workloadSelector: {labels: {app: x}}'
    const entry = c1.replace('resolution: DNS', `resolution: STATIC\n  ${own}`)
    const workload = `---
apiVersion: networking.istio.io/v1
kind: WorkloadEntry
metadata: {name: x, namespace: default}
spec: {address: "unix:///var/run/x.sock", labels: {app: x}}
`
    const { unknown, failure } = traced(kind === 'ServiceEntry' ? entry : entry + workload, 'http://edition.cnn.com/politics')
    expect([unknown?.en, failure]).toEqual([expect.stringContaining('unix:///var/run/x.sock'), null])
  },
)

test('a policy that keeps a gateway from DNS alone: whether the name was resolved before is chance', () => {
  const guard = (port: number) => `${c1}---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: guard, namespace: istio-system}
spec:
  podSelector: {}
  policyTypes: [Egress]
  egress: [{to: [{ipBlock: {cidr: 0.0.0.0/0}}], ports: [{port: 1, endPort: 9999, protocol: TCP}, {port: ${port}, protocol: UDP}]}]
`
  const [shut, open] = [54, 53].map((port) => traced(guard(port), 'http://edition.cnn.com/politics'))
  expect([shut?.unknown?.en, open?.unknown, open?.failure]).toEqual([expect.stringContaining('from DNS'), null, null])
})
