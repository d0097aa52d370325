import fc from 'fast-check'
import { expect, test } from 'vitest'
import { runs } from '../../testing/runs'
import { mostLetters } from '../yaml/parse/whole'
import { emptyDesign } from './design'
import { designFromJson, designToJson, workToJson } from './link'
import { readNotation } from './notation'

const { design } = readNotation(
  'name 出口\na HTTP -> gate ISTIO_MUTUAL -> x.example.com MUTUAL credentialName=c\nb HTTPS -> gate DISABLE -> y.example.com PASSTHROUGH\nguard a\npod default/a labels=app=z',
)

test('a design comes back as it was', () => expect(designFromJson(designToJson(design))).toEqual({ design, draft: null, findings: [] }))

test('a text comes back with it, and key material does not', () => {
  const draft = { text: '# mine\nkind: Secret\ndata:\n  tls.key: c2VjcmV0\n', is: 'broken' as const }
  const json = workToJson({ design, draft })
  expect(designFromJson(json)).toEqual({
    design,
    draft: { text: '# mine\nkind: Secret\ndata:\n  tls.key: masked-value\n', is: 'broken' },
    findings: [],
  })
  expect(json).not.toContain('c2VjcmV0')
})

test('version 1 knew no text', () => {
  const { draft: _, ...old } = JSON.parse(designToJson(design))
  expect(designFromJson(JSON.stringify({ ...old, version: 1 }))).toEqual({ design, draft: null, findings: [] })
})

const broken: [string, string, RegExp][] = [
  ['nothing', '', /empty/],
  ['noise', 'hello', /no JSON/],
  ['a truncated file', designToJson(design).slice(0, -40), /cut off/],
  ['a list', '[]', /JSON object/],
  ['no version', '{"nodes": [], "hops": []}', /has a version/],
  ['a version that is none', '{"version": "1"}', /whole number/],
  ['a comma too many', designToJson(design).replace('"nodes": [', '"nodes": [,'), /line 4, column 13/],
  ['brackets by the million', '['.repeat(3_000_000), /no JSON/],
  ['a version to come', '{"version": 99}', /newer than this app/],
  ['no nodes', '{"version": 1, "hops": []}', /nodes/],
  ['a wrong type', designToJson(design).replace('"kind": "pod"', '"kind": 7'), /nodes\.\d+\.kind has to be one of "pod", .*; it is 7\./],
  [
    'an unknown mode',
    designToJson(design).replace('"PASSTHROUGH"', '"MAGIC"'),
    /hops\.\d+\.wire\.tls has to be one of .*; it is "MAGIC"\./,
  ],
  ['seventy megabytes', `{"version": 1, "x": "${'y'.repeat(70_000_000)}"}`, /70 MB/],
]
test.each(broken)('%s gives no design and a sentence', (_, text, says) => {
  const result = designFromJson(text)
  expect(result.design).toBeNull()
  expect(result.findings[0]?.says.en).toMatch(says)
  expect(result.findings[0]?.says.zh).toMatch(/\p{Script=Han}/u)
})

test('unknown fields are told with their place and left out', () => {
  const result = designFromJson(designToJson({ ...design, colour: 'red', world: { ...design.world, weather: 'fine' } } as typeof design))
  expect(result.findings.map((finding) => [finding.level, finding.path])).toEqual([
    ['warning', 'world.weather'],
    ['warning', 'colour'],
  ])
  expect(result.design).toEqual(design)
})

test('a byte order mark is no reason to refuse a file', () =>
  expect(designFromJson(`\uFEFF${designToJson(design)}`)).toEqual({ design, draft: null, findings: [] }))

test('unknown fields by the thousand are told to a limit, and long ones in short', () => {
  const keys = Array.from({ length: 5000 }, (_, n) => `"${'k'.repeat(500)}${n}": 1`).join(',')
  const { design: read, findings } = designFromJson(`{"version": 1, "nodes": [], "hops": [], "names": {"constructor": "x"}, ${keys}}`)
  expect(read).not.toBeNull()
  expect(findings).toHaveLength(200)
  expect(findings.map(({ path }) => path)).toContain('names.constructor')
  expect(Math.max(...findings.map(({ says }) => says.en.length))).toBeLessThan(200)
})

test('an id that comes twice is told, and the first is kept', () => {
  const twice = { ...design, nodes: [...design.nodes, { ...(design.nodes[0] as (typeof design.nodes)[number]), name: 'other' }] }
  const result = designFromJson(designToJson(twice))
  expect(result.findings[0]?.path).toBe(`nodes.${design.nodes.length}.id`)
  expect(result.design).toEqual(design)
})

test('hops to nowhere and cycles are kept: the checks of a design speak of them', () => {
  const odd = {
    ...design,
    hops: [
      ...design.hops,
      {
        id: 'loop',
        from: 'gateway:istio-system/gate',
        to: 'gateway:istio-system/gate',
        wire: { tls: 'DISABLE' as const, fields: {} },
        overrides: {},
        except: [],
      },
    ],
  }
  expect(designFromJson(designToJson(odd)).design).toEqual(odd)
})

test('no string makes it throw, nor a design with one value damaged', () => {
  const text = designToJson(design)
  fc.assert(
    fc.property(fc.nat(text.length), fc.string({ unit: 'binary', maxLength: 4 }), (at, noise) => {
      const { design, findings } = designFromJson(text.slice(0, at) + noise + text.slice(at + noise.length))
      // A file is taken whole or with a sentence that says why not, and what is taken can be written and taken again.
      if (!design) expect(findings.some(({ level }) => level === 'error')).toBe(true)
      else expect(designFromJson(designToJson(design)).design).toEqual(design)
    }),
    runs(400),
  )
  expect(designFromJson(designToJson(emptyDesign)).design).toEqual(emptyDesign)
})

test('the longest text that is read is also stored, and read again', () => {
  // Of quotes and line ends each letter is written as two.
  const text = '"\n'.repeat(mostLetters / 2)
  const { draft } = designFromJson(workToJson({ design: emptyDesign, draft: { text, is: 'broken' } }))
  expect(draft?.text.length).toBe(text.length)
})
