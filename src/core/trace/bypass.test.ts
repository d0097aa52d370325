/** Ways past the gateway: each is found where it is open, and nowhere else; the guard closes those that a request takes. */
import { expect, test } from 'vitest'
import { examples } from '../../examples'
import { compile } from '../compile/compile'
import { dialects } from '../compile/dialects'
import { print, textOf } from '../compile/print'
import { surroundingsOfCase } from '../istio/surroundings'
import { b1, but, c1, c3, c6 } from '../lint/canon'
import { surroundingsOf } from '../picture/drawn-surroundings'
import { read } from '../read/read'
import { parse } from '../yaml/parse'
import { changed } from '../yaml/patch/changed'
import { bypass } from './bypass'
import type { WayId } from './bypass/way'

const host = 'edition.cnn.com'
const sleep = { namespace: 'default', name: 'sleep' }
const registryOnly = { outbound: 'REGISTRY_ONLY' }
const sidecar = `---
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: {name: default, namespace: default}
spec: {outboundTrafficPolicy: {mode: REGISTRY_ONLY}, egress: [{hosts: ["./*", "istio-system/*"]}]}
`
const guard = (dns: string) => `---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: guard, namespace: default}
spec:
  podSelector: {}
  policyTypes: [Egress]
  egress:
  - {${dns}ports: [{protocol: UDP, port: 53}, {protocol: TCP, port: 53}]}
  - to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: istio-system}}}]
`
const kubeDns = 'to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}}], '

const both = but(c1, [
  'ports: [{number: 80, name: http, protocol: HTTP}]',
  'ports: [{number: 80, name: http, protocol: HTTP}, {number: 443, name: tls, protocol: TLS}]',
])

/** What is open, and which ordinary requests use it. */
const cases: [says: string, yaml: string, around: Record<string, unknown>, can: boolean, open: Partial<Record<WayId, string[]>>][] = [
  [
    'nothing is written',
    '',
    {},
    true,
    { 'allow-any': [`http://${host}/`, `https://${host}/`], 'other-port': [`https://${host}:4444/`], 'no-network-policy': [] },
  ],
  [
    'REGISTRY_ONLY, but an entry for every address passes what is dialled on its TCP port',
    `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: db, namespace: shop}
spec: {hosts: [db.example.com], addresses: [0.0.0.0/0], ports: [{number: 443, name: tcp, protocol: TCP}], resolution: NONE}
`,
    registryOnly,
    true,
    { 'other-entry': [`https://${host}/`], 'no-network-policy': [] },
  ],
  [
    'HTTP goes through, https is unknown',
    c1,
    {},
    true,
    { 'allow-any': [`https://${host}/`], 'other-port': [`https://${host}:4444/`], 'no-network-policy': [] },
  ],
  [
    'HTTP goes through, https is known and direct',
    both,
    {},
    true,
    { 'no-route': [`https://${host}/`], 'other-port': [`https://${host}:4444/`], 'no-network-policy': [] },
  ],
  ['the app’s https beside an origination', c6, registryOnly, true, { 'no-route': [`https://${host}/`], 'no-network-policy': [] }],
  ['https goes through, http is unknown', c3, registryOnly, false, { 'no-network-policy': [] }],
  ['a Sidecar closes what is unknown', c1 + sidecar, {}, false, { 'no-network-policy': [] }],
  [
    'the sidecar originates by itself',
    b1,
    registryOnly,
    true,
    { 'no-route': [`http://${host}/`, `https://${host}/`], 'no-network-policy': [] },
  ],
  ['a pod without sidecar', c1, { pods: [{ ...sleep, noSidecar: true }] }, true, { 'no-sidecar': [`http://${host}/`, `https://${host}/`] }],
  [
    'an annotation',
    c3,
    { ...registryOnly, pods: [{ ...sleep, annotations: { 'traffic.sidecar.istio.io/includeOutboundIPRanges': '10.0.0.0/8' } }] },
    true,
    { annotation: [`http://${host}/`, `https://${host}/`], 'no-network-policy': [] },
  ],
  ['a guard', c1 + guard(kubeDns), {}, false, {}],
  ['a guard, and a pod without sidecar', c1 + guard(kubeDns), { pods: [{ ...sleep, noSidecar: true }] }, false, {}],
  ['a guard that lets DNS out to anywhere', c3 + guard(''), {}, true, { dns: [] }],
]

const verdict = (yaml: string, around: Record<string, unknown>) =>
  bypass(read(parse(yaml).documents), surroundingsOfCase(around), 'default/sleep', host)

test.each(cases)('%s', (_, yaml, around, can, open) => {
  const { ways, can: verdictOf } = verdict(yaml, around)
  // A pod without sidecar leaves on every port, and that is one way.
  const told = Object.fromEntries(ways.map(({ way, urls }) => [way, urls.filter((url) => way === 'other-port' || !url.includes(':4444'))]))
  expect(told).toEqual(open)
  expect(verdictOf).toBe(can)
  for (const { says, closedBy } of ways)
    for (const { en, zh } of [says, closedBy]) {
      expect(en).not.toMatch(/undefined|\bor or\b/)
      expect(zh).not.toBe(en)
    }
})

test.each(cases.filter(([, , , can]) => can))('the guard closes it: %s', (_, yaml, around) => {
  const { documents } = parse(yaml)
  const [way] = verdict(yaml, around).ways
  if (!way?.fix) return expect(way?.way).toBe('dns')
  const after = changed(documents, way.fix.changes)
    .map((object) => JSON.stringify(object))
    .join('\n---\n')
  expect(verdict(after, around)).toMatchObject({ can: false, ways: [] })
})

test('the guarded example has no way, others tell theirs', () => {
  const of = (id: string) => {
    const example = examples.find((each) => each.id === id)
    if (!example) throw new Error(id)
    const dialect = dialects['istio-v1']
    const { documents } = parse(textOf(print(compile(example.design, dialect), dialect, { comments: false, lang: 'en' })))
    const around = surroundingsOf(example.design)
    const client = around.pods.find((pod) => pod.sidecar)
    return bypass(read(documents), around, `${client?.namespace}/${client?.name}`, host)
  }
  expect(of('http-gateway').can).toBe(true)
  expect(of('network-policy').can).toBe(false)
})

test('a client that is not there, and a host that is none', () => {
  const around = surroundingsOfCase({})
  expect(bypass(read([]), around, 'default/nobody', host)).toMatchObject({ can: false, ways: [] })
  expect(() => bypass(read([]), around, 'default/sleep', '*.example.com')).not.toThrow()
  expect(() => bypass(read([]), around, 'default/sleep', '__proto__ %%%')).not.toThrow()
})
