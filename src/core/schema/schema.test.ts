import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import gatewayApi from '../../schemas/gateway-api.json'
import words from '../../schemas/gateway-api-words.json'
import istio from '../../schemas/istio.json'
import kubernetes from '../../schemas/kubernetes.json'
import { anySoundDesign } from '../../testing/any-design'
import { runs } from '../../testing/runs'
import { refused } from '../check/refused'
import { compile } from '../compile/compile'
import { dialects } from '../compile/dialects'
import { print, textOf } from '../compile/print'
import type { Document } from '../yaml/document'
import { parse } from '../yaml/parse'
import { patched } from '../yaml/patch'
import { readCel } from './cel-read'
import recorded from './golden/refusals.json'
import { ruleWords } from './rule-words'
import { schemasOf, shape } from './schema'

vi.setConfig({ testTimeout: 60_000 })

const schemas = schemasOf([istio, gatewayApi, kubernetes], words.descriptions)

type Damage = [base: number, path: (string | number)[], value: unknown[], says: string, fields?: string[]]

/** Which entry of a list it is the server does not always say. */
const partsOf = (field: string): string[] => field.split(/[.[\]]+/).filter((step) => step !== '' && !/^\d+$/.test(step))
const touch = (a: readonly string[], b: readonly string[]): boolean => a.every((step, index) => index >= b.length || step === b[index])

function damaged(value: unknown, [key, ...rest]: readonly (string | number)[], to: readonly unknown[]): unknown {
  if (key === undefined) return to.length === 0 ? value : to[0]
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<string | number, unknown>
  if (rest.length > 0) copy[key] = damaged(copy[key], rest, to)
  else if (to.length > 0) copy[key] = to[0]
  else if (Array.isArray(copy)) copy.splice(key as number, 1)
  else delete copy[key]
  return copy
}

const documentOf = (object: unknown): Document => {
  const [document] = parse(JSON.stringify(object)).documents
  if (!document) throw new Error(`no document: ${JSON.stringify(object)}`)
  return document
}

test('refuses what the API server refuses, over documents of every kind, each damaged at one place', () => {
  const wrong: string[] = []
  for (const [base, path, value, says, fields = []] of recorded.cases as unknown as Damage[]) {
    const document = documentOf(damaged(recorded.documents[base], path, value))
    const findings = shape([document], schemas)
    if (findings.some(({ level }) => level === 'error') !== (says !== ''))
      wrong.push(
        `${document.kind} ${path.join('.')} = ${JSON.stringify(value)}: the server «${says}», we «${findings.map(({ says: { en } }) => en)}»`,
      )
    const ours = findings.filter(({ level }) => level === 'error').map(({ at }) => partsOf((at?.path ?? []).join('.')))
    if (fields.length > 0 && !fields.some((field) => ours.some((own) => touch(own, partsOf(field)))))
      wrong.push(`${document.kind} ${path.join('.')}: the server names ${fields.join(', ')}, we ${ours.map((own) => own.join('.'))}`)
  }
  expect(recorded.cases.length).toBeGreaterThan(1000)
  expect(wrong).toEqual([])
})

test('a cluster refuses what its API server or Istio’s webhook refuses', () => {
  const entry = (resolution: string, more = '') =>
    parse(
      `apiVersion: networking.istio.io/v1\nkind: ServiceEntry\nmetadata: {name: a}\nspec: {hosts: ["*.example.com"], resolution: ${resolution}${more}, ports: [{number: 443, name: tls, protocol: TLS}]}\n`,
    ).documents
  const refuses = (documents: readonly Document[]) => documents.map((document) => refused(document, schemas))
  expect(refuses(entry('NONE'))).toEqual([false])
  expect(refuses(entry('DNS'))).toEqual([true])
  expect(shape(entry('DNS'), schemas)).toEqual([])
  expect(refuses(entry('NONE', ', colour: red'))).toEqual([true])
})

const found = (yaml: string) => shape(parse(yaml).documents, schemas)
const of = (kind: string, spec: string, version = 'networking.istio.io/v1') =>
  `apiVersion: ${version}\nkind: ${kind}\nmetadata: {name: a}\nspec: ${spec}\n`

/** YAML, the rules told with their places, and the spec after the first fix. */
const table: [string, string, string[], unknown][] = [
  [
    'sni_hosts of the tutorials',
    of('VirtualService', '{hosts: [a.com], tls: [{match: [{port: 443, sni_hosts: [a.com]}], route: [{destination: {host: a.com}}]}]}'),
    ['S-unknown spec.tls.0.match.0.sni_hosts'],
    { hosts: ['a.com'], tls: [{ match: [{ port: 443, sniHosts: ['a.com'] }], route: [{ destination: { host: 'a.com' } }] }] },
  ],
  ['host for hosts', of('ServiceEntry', '{host: a.com, ports: []}'), ['S-unknown spec.host'], { hosts: 'a.com', ports: [] }],
  [
    'a letter wrong',
    of('ServiceEntry', '{hosts: [a.com], resolutoin: DNS}'),
    ['S-unknown spec.resolutoin'],
    { hosts: ['a.com'], resolution: 'DNS' },
  ],
  [
    'a field one level too far out',
    of('DestinationRule', '{host: a.com, tls: {mode: SIMPLE}}'),
    ['S-unknown spec.tls'],
    { host: 'a.com', trafficPolicy: { tls: { mode: 'SIMPLE' } } },
  ],
  [
    'a field one level too far in',
    of('ServiceEntry', '{hosts: [a.com], ports: [{number: 80, name: http, resolution: DNS}]}'),
    ['S-unknown spec.ports.0.resolution'],
    undefined,
  ],
  ['a text for a list', of('ServiceEntry', '{hosts: a.com}'), ['S-type spec.hosts'], { hosts: ['a.com'] }],
  [
    'a text for a number',
    of('ServiceEntry', '{hosts: [a.com], ports: [{number: "80", name: h}]}'),
    ['S-type spec.ports.0.number'],
    { hosts: ['a.com'], ports: [{ number: 80, name: 'h' }] },
  ],
  ['a truth for a text', of('ServiceEntry', '{hosts: [yes]}'), ['S-type spec.hosts.0'], { hosts: ['true'] }],
  [
    'a value nearly right',
    of('ServiceEntry', '{hosts: [a.com], resolution: dns}'),
    ['S-enum spec.resolution'],
    { hosts: ['a.com'], resolution: 'DNS' },
  ],
  ['a value of no kind', of('ServiceEntry', '{hosts: [a.com], resolution: sometimes}'), ['S-enum spec.resolution'], undefined],
  [
    'a port out of range',
    of('ServiceEntry', '{hosts: [a.com], ports: [{number: 70000, name: h}]}'),
    ['S-rule spec.ports.0.number'],
    undefined,
  ],
  ['nothing where something must be', of('ServiceEntry', '{hosts: []}'), ['S-size spec.hosts'], undefined],
  ['a missing field', of('DestinationRule', '{exportTo: ["."]}'), ['S-required spec.host'], undefined],
  [
    'two of which one may be',
    of('VirtualService', '{hosts: [a.com], http: [{match: [{uri: {exact: /, prefix: /}}]}]}'),
    ['S-one-of spec.http.0.match.0.uri'],
    undefined,
  ],
  [
    'two alike',
    of('ServiceEntry', '{hosts: [a.com], ports: [{number: 80, name: h}, {number: 81, name: h}]}'),
    ['S-twice spec.ports.1'],
    undefined,
  ],
  ['a rule of the CRD', of('ServiceEntry', '{hosts: ["*"]}'), ['S-rule spec.hosts.0'], undefined],
  [
    'no duration',
    of('VirtualService', '{hosts: [a.com], http: [{timeout: 5 s, route: [{destination: {host: a.com}}]}]}'),
    ['S-rule spec.http.0.timeout'],
    undefined,
  ],
  [
    'a version that is gone',
    of('ServiceEntry', '{hosts: [a.com]}', 'networking.istio.io/v1alpha1'),
    ['S-version apiVersion'],
    { hosts: ['a.com'] },
  ],
  ['another group', of('VirtualService', '{hosts: [a.com]}', 'gateway.networking.k8s.io/v1'), ['S-kind apiVersion'], { hosts: ['a.com'] }],
  ['a kind in small letters', of('serviceentry', '{hosts: [a.com]}'), ['S-kind kind'], { hosts: ['a.com'] }],
  [
    'a group that nobody serves',
    of('ServiceEntry', '{hosts: [a.com]}', 'network.istio.io/v1'),
    ['S-kind apiVersion'],
    { hosts: ['a.com'] },
  ],
  ['a kind of nobody we know', of('Rollout', '{}', 'argoproj.io/v1'), [], undefined],
  [
    'a name that is none',
    'apiVersion: networking.istio.io/v1\nkind: ServiceEntry\nmetadata: {name: My_Host, foo: 1}\nspec: {hosts: [a.com]}\n',
    ['S-unknown metadata.foo', 'S-pattern metadata.name'],
    undefined,
  ],
  [
    'a field beside spec',
    'apiVersion: networking.istio.io/v1\nkind: ServiceEntry\nmetadata: {name: a}\nspecs: {hosts: [a.com]}\n',
    ['S-unknown specs'],
    { hosts: ['a.com'] },
  ],
  [
    'NetworkPolicy',
    of('NetworkPolicy', '{podSelector: {}, policyTypes: [egress], egress: [{ports: [{port: 80}]}]}', 'networking.k8s.io/v1'),
    ['S-enum spec.policyTypes.0'],
    { podSelector: {}, policyTypes: ['Egress'], egress: [{ ports: [{ port: 80 }] }] },
  ],
]

test.each(table)('%s', (_, yaml, rules, after) => {
  const findings = found(yaml)
  expect(findings.map(({ rule, at }) => `${rule} ${at?.path.join('.')}`)).toEqual(rules)
  for (const { says } of findings) expect([says.en.length > 20, /[\u4e00-\u9fff]/.test(says.zh)]).toEqual([true, true])
  const fix = findings[0]?.fix
  expect(fix !== undefined).toBe(after !== undefined)
  if (!fix) return
  const result = patched(yaml, fix.changes)
  expect(result).toHaveProperty('text')
  if ('text' in result) expect(parse(result.text).documents[0]?.object.spec).toEqual(after)
})

test('every rule of the CRDs can be read, and has a sentence of its own', () => {
  const rules: { rule: string; message: string; zh?: string }[] = []
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    if ('rule' in value && 'message' in value) rules.push(value as { rule: string; message: string; zh?: string })
    for (const part of Object.values(value)) visit(part)
  }
  visit([istio, gatewayApi, kubernetes])
  expect(rules.length).toBeGreaterThan(200)
  for (const { rule } of rules) expect(() => readCel(rule)).not.toThrow()
  expect(rules.filter(({ message, zh }) => !zh && ruleWords(message).en.startsWith('the API server says'))).toEqual([])
})

test('what the app itself writes fits', () => {
  const goldens = import.meta.glob<string>('../../examples/golden/*.yaml', { query: '?raw', import: 'default', eager: true })
  expect(Object.keys(goldens).length).toBeGreaterThan(20)
  for (const text of Object.values(goldens)) expect(found(text)).toEqual([])
})

test('no sound design is told of, in any dialect', () => {
  fc.assert(
    fc.property(anySoundDesign, fc.constantFrom(...Object.values(dialects)), (design, dialect) => {
      const { documents, findings } = parse(textOf(print(compile(design, dialect), dialect, { comments: true, lang: 'zh' })))
      expect([...findings, ...shape(documents, schemas)].filter(({ rule }) => rule !== 'Y-empty')).toEqual([])
    }),
    runs(100),
  )
})

test('4,000 documents', () => {
  const spec = (recorded.documents[3] as { spec: object }).spec
  const text = Array.from({ length: 4000 }, (_, index) =>
    JSON.stringify({ apiVersion: 'networking.istio.io/v1', kind: 'VirtualService', metadata: { name: `v${index}` }, spec }),
  ).join('\n---\n')
  const { documents } = parse(text)
  expect(documents).toHaveLength(4000)
  expect(shape(documents, schemas)).toEqual([])
})

test('anything at all is judged, never thrown over', () => {
  const odd = fc.object({ maxDepth: 4, key: fc.constantFrom('spec', 'hosts', 'ports', 'tls', '__proto__', 'constructor', 'x') })
  const kinds = fc.constantFrom(...schemas.kinds)
  fc.assert(
    fc.property(kinds, odd, fc.anything(), ({ group, versions, kind }, spec, metadata) => {
      const text = JSON.stringify({ apiVersion: `${group}/${versions[0]}`, kind, metadata, spec }, (_, value) =>
        typeof value === 'bigint' ? null : value,
      )
      expect(Array.isArray(found(text))).toBe(true)
    }),
    runs(300),
  )
})
