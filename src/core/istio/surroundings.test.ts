import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anySoundDesign } from '../../testing/any-design'
import { runs } from '../../testing/runs'
import { namespaceOf } from '../model/design'
import { readNotation } from '../model/notation'
import { pathsOf } from '../model/path'
import { surroundingsOf } from '../picture/drawn-surroundings'
import { read } from '../read/read'
import { parse } from '../yaml/parse'
import { emptyMesh } from './mesh'
import { labSurroundings, secretsThere, surroundingsOfCase } from './surroundings'

test('a case that says nothing has the lab’s defaults', () => {
  for (const nothing of [undefined, null, 7, '', [], {}, { requests: [] }, { pods: [], hosts: 'x' }])
    expect(surroundingsOfCase(nothing)).toEqual(labSurroundings)
  expect(surroundingsOfCase({ gateways: [] }).gateways).toEqual([])
})

test('pods, gateways, servers and hosts of a case, with what they leave out', () => {
  const around = surroundingsOfCase({
    outbound: 'REGISTRY_ONLY',
    pods: [{ namespace: 'shop', name: 'orders', noSidecar: true }],
    gateways: [{ namespace: 'shop', name: 'gate', labels: { istio: 'gate' }, ports: { 80: 8080 } }],
    servers: [
      { namespace: 'a', service: 'b', port: 443, mutual: true },
      { namespace: 'a', service: 'c', ports: { 80: 'none' } },
    ],
    hosts: { 'a.example.com': { mutual: true, tlsOn: 8443, plainOn: 8080, ports: { 80: 'none' } }, 'b.example.com': {} },
    secrets: [{ namespace: 'shop', name: 's', wrongCA: true }],
    files: { '/a': 'ca.crt', '/b': 'nonsense' },
    filesOf: { 'shop/gate': { '/c': 'client.key' } },
    namespaceLabels: { shop: { istio: 'x' } },
  })
  expect(around.outbound).toBe('REGISTRY_ONLY')
  expect(around.pods).toEqual([
    { namespace: 'shop', name: 'orders', serviceAccount: 'orders', labels: { app: 'orders' }, annotations: {}, sidecar: false },
  ])
  expect(around.gateways[0]).toMatchObject({ serviceAccount: 'gate', ports: [{ number: 80, targetPort: 8080 }] })
  expect(around.servers.map(({ labels, ports }) => [labels, ports])).toEqual([
    [{ run: 'b' }, { 443: 'mutual' }],
    [{ run: 'c' }, { 80: 'none' }],
  ])
  expect(around.hosts['a.example.com']?.ports).toEqual({ 80: 'none', 443: 'mutual', 8080: 'plain', 8443: 'mutual' })
  expect(around.hosts['b.example.com']?.ports).toEqual({ 80: 'plain', 443: 'tls' })
  expect(around.secrets).toEqual([{ namespace: 'shop', name: 's', wrongCA: true, bothCAs: false }])
  expect([around.files, around.filesOf]).toEqual([{ '/a': 'ca.crt' }, { 'shop/gate': { '/c': 'client.key' } }])
  expect(around.namespaceLabels).toEqual({ shop: { istio: 'x' } })
})

test('whom a request names stands outside for every request, unless the case says otherwise', () => {
  const requests = [
    'http://a.example.com:8080/x',
    'https://b.example.com/',
    'http://gate.shop.svc.cluster.local/',
    'http://192.0.2.1/',
    'odd',
    7,
  ]
  const around = surroundingsOfCase({ requests: requests.map((url) => ({ url })), hosts: { 'b.example.com': { mutual: true } } })
  expect(Object.keys(around.hosts)).toEqual(['a.example.com', 'b.example.com'])
  expect(around.hosts['a.example.com']?.ports).toEqual({ 80: 'plain', 443: 'tls' })
  expect(around.hosts['b.example.com']?.ports[443]).toBe('mutual')
})

test('anything at all is a case', () => {
  fc.assert(
    fc.property(fc.object({ maxDepth: 4 }), (value) => {
      const keys = ['pods', 'gateways', 'servers', 'hosts', 'secrets', 'files', 'filesOf', 'namespaceLabels']
      for (const key of keys) expect(Object.keys(surroundingsOfCase({ [key]: value }))).toEqual(Object.keys(labSurroundings))
      expect(surroundingsOfCase({ pods: [value], servers: [value], hosts: { a: value } }).servers).toHaveLength(1)
    }),
  )
})

test('a drawing brings its pods and gateways, and each path finds somebody who serves', () => {
  fc.assert(
    fc.property(anySoundDesign, (design) => {
      const around = surroundingsOf(design)
      for (const path of pathsOf(design)) {
        expect(around.pods.some((pod) => pod.name === path.pod.name && pod.namespace === namespaceOf(path.pod) && pod.sidecar)).toBe(true)
        const port = String(path.outside.port)
        const served = [...Object.values(around.hosts), ...around.servers].some(
          (place) => place.ports[port] && place.ports[port] !== 'none',
        )
        expect(served).toBe(true)
        const { tls, fields } = path.outside
        if (tls === 'MUTUAL' && fields.credentialName)
          expect(around.secrets.map(({ namespace, name }) => `${namespace}/${name}`)).toContain(
            `${namespaceOf(path.gateway ?? path.pod)}/${fields.credentialName}`,
          )
      }
    }),
    runs(60),
  )
})

test('what a person’s text does on 80 and 443 is no word on what hosts serve there', () => {
  const serves = (flow: string, written: boolean) =>
    surroundingsOf(readNotation(flow).design, written ? emptyMesh : null).hosts['a.example.com']?.ports
  const [tlsOn80, plainOn443, odd] = [
    'sleep HTTP -> a.example.com:80 SIMPLE',
    'sleep HTTP -> a.example.com:443 DISABLE',
    'sleep HTTP:8080 -> a.example.com:8443 SIMPLE',
  ]
  expect([serves(tlsOn80, false)?.[80], serves(tlsOn80, true)?.[80]]).toEqual(['tls', 'plain'])
  expect([serves(plainOn443, false)?.[443], serves(plainOn443, true)?.[443]]).toEqual(['plain', 'tls'])
  expect(serves(odd, true)?.[8443]).toBe('tls')
  expect(serves('sleep HTTP -> a.example.com MUTUAL credentialName=c', true)?.[443]).toBe('mutual')
})

test('a Secret that is only assumed lies where the text has it', () => {
  const secret = { namespace: 'istio-system', name: 'client-credential', wrongCA: false, bothCAs: false }
  const written = (name: string, namespace: string) =>
    read(parse(`apiVersion: v1\nkind: Secret\nmetadata: {name: ${name}, namespace: ${namespace}}\n`).documents).secretAccess
  const there = (assumed: boolean, grants: ReturnType<typeof written>) =>
    secretsThere({ ...labSurroundings, secrets: [{ ...secret, ...(assumed && { assumed }) }] }, grants).map(({ namespace }) => namespace)
  expect(there(true, [])).toEqual(['istio-system'])
  expect(there(true, written('client-credential', 'default'))).toEqual(['default'])
  expect(there(true, written('another', 'default'))).toEqual(['istio-system'])
  expect(there(false, written('client-credential', 'default'))).toEqual(['istio-system'])
})
