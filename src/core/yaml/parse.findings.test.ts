import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { runs } from '../../testing/runs'
import { locate, parse, parseSteps, placeAt } from './parse'
import { patched } from './patch'

vi.setConfig({ testTimeout: 60_000 })

const good = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: last\n'

/** A text, the rules that find something in it, and where the first one does. */
const table: [string, string, string[], string | null][] = [
  ['half a document', 'apiVersion: v1\nkind: Service\nmetadata:\n  name: a\nspec: {ports: [\n', ['Y-syntax'], null],
  ['a key without its colon', 'kind: K\nspec\nname: a\n', ['Y-syntax'], null],
  ['a tab for indentation', 'kind: K\nspec:\n\ta: 1\n', ['Y-tab'], '\t'],
  ['a tab on a line of its own', 'apiVersion: v1\nkind: K\nmetadata: {name: a}\nspec:\n  a: 1\n\t# x\n  b: 2\n', ['Y-tab'], '\t'],
  ['Windows line ends', 'apiVersion: v1\r\nkind: K\r\nmetadata: {name: a}\r\n', ['Y-line-ends'], '\r\n'],
  ['a BOM', '\ufeffapiVersion: v1\nkind: K\nmetadata: {name: a}\n', ['Y-bom'], '\ufeff'],
  [
    'a line of 70,000 letters',
    `apiVersion: v1\nkind: K\nmetadata: {name: a}\nx: ${'y'.repeat(70_000)}\n`,
    ['Y-long-line'],
    `x: ${'y'.repeat(77)}`,
  ],
  ['a key twice', 'apiVersion: v1\nkind: K\nmetadata: {name: a, name: b}\n', ['Y-duplicate'], 'name'],
  ['a Helm template', 'apiVersion: v1\nkind: K\nmetadata:\n  name: {{ .Values.name }}\n', ['Y-template'], '{{'],
  ['a Helm template of lines', '{{- if .Values.on }}\napiVersion: v1\nkind: K\n{{- end }}\n', ['Y-template'], '{{'],
  ['a Jinja template', '{% if x %}\napiVersion: v1\n{% endif %}\n', ['Y-template'], '{%'],
  ['a template in quotes', 'apiVersion: v1\nkind: K\nmetadata:\n  name: "{{ .Release.Name }}"\n', ['Y-template'], '{{'],
  ['braces in a comment or a block', 'apiVersion: v1\nkind: K\nmetadata:\n  name: a # {{ x }}\nx: |\n  {{ y }}\n', [], null],
  ['JSON', '{"apiVersion": "v1", "kind": "K", "metadata": {"name": "a\\/b"}}', ['Y-json'], '{'],
  [
    'two JSON objects',
    '{"apiVersion":"v1","kind":"K","metadata":{"name":"a"}}\n{"apiVersion":"v1","kind":"K","metadata":{"name":"}{"}}',
    ['Y-json', 'Y-json'],
    '{',
  ],
  [
    'a List',
    'apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: K\n  metadata: {name: a}\n- kind: L\n',
    ['Y-no-version', 'Y-list'],
    null,
  ],
  ['a kustomization', 'resources:\n- a.yaml\nnamePrefix: x-\n', ['Y-kustomization'], null],
  [
    'a kustomization with a kind',
    'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [a]\n',
    ['Y-kustomization'],
    null,
  ],
  ['values of a chart', 'replicaCount: 1\nimage: {repository: x}\n', ['Y-values'], null],
  ['YAML of somebody else', 'version: 3\nservices: {}\n', ['Y-not-kubernetes'], null],
  ['no kind', 'apiVersion: v1\nmetadata: {name: a}\n', ['Y-no-kind'], null],
  ['no apiVersion', 'kind: K\nmetadata: {name: a}\n', ['Y-no-version'], null],
  ['no name', 'apiVersion: v1\nkind: K\n', ['Y-no-name'], null],
  ['a list', '- apiVersion: v1\n', ['Y-no-object'], null],
  ['a word', 'hello\n', ['Y-no-object'], 'hello'],
  ['no text', '', ['Y-empty'], ''],
  ['an alias of nothing', 'apiVersion: v1\nkind: K\nmetadata: {name: *x }\n', ['Y-alias-unknown'], '*x'],
  [
    'a wildcard without quotes',
    'apiVersion: v1\nkind: K\nmetadata: {name: a}\nspec:\n  hosts:\n  - *.example.com\n',
    ['Y-star'],
    '*.example.com',
  ],
  ['an anchor in itself', 'apiVersion: v1\nkind: K\nmetadata: &a {name: *a }\n', ['Y-alias-itself'], null],
  [
    'a bomb of aliases',
    `kind: K\na: &a [${'x,'.repeat(9)}]\n${['b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'].map((key, at) => `${key}: &${key} [${`*${'abcdefghi'[at]},`.repeat(9)}]`).join('\n')}\n`,
    ['Y-bomb'],
    null,
  ],
  ['a bomb of depth', `kind: K\na: ${'['.repeat(200)}${']'.repeat(200)}\n`, ['Y-too-deep'], null],
  [
    'yes and octals',
    'apiVersion: v1\nkind: K\nmetadata: {name: a, labels: {x: yes, y: 012}}\n',
    ['Y-reads', 'Y-reads-key', 'Y-reads'],
    'yes',
  ],
  ['a directive', '%YAML 1.2\n---\napiVersion: v1\nkind: K\nmetadata: {name: a}\n', ['Y-directive'], '%'],
  [
    'a private key',
    'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  k: |\n    -----BEGIN RSA PRIVATE KEY-----\n    abc\n',
    ['Y-secret'],
    'ConfigMap',
  ],
]

test.each(table)('%s: each has its sentence, and the rest is read', (_, text, rules, where) => {
  const whole = text === '' ? text : `${text}\n---\n${good}`
  const parsed = parse(whole)
  expect(parsed.findings.map(({ rule }) => rule)).toEqual(rules)
  if (text !== '') expect(parsed.documents.at(-1)?.name).toBe('last')
  for (const { says, span, at } of parsed.findings) {
    expect(says.en).not.toBe('')
    expect(says.zh).toMatch(/[\u4e00-\u9fff]/)
    expect(span ?? (at && locate(parsed, at))).toBeTruthy()
  }
  const [first] = parsed.findings
  if (where !== null && first) {
    const span = first.span ?? (first.at && locate(parsed, first.at))
    expect(span && whole.slice(span.from, span.to)).toBe(where)
  }
})

test('values of a Secret are nowhere but in the text', () => {
  const text = `apiVersion: v1
kind: Secret
metadata: {name: client, annotations: {kubectl.kubernetes.io/last-applied-configuration: '{"data":{"tls.key":"aHVudGVyMg=="}}'}}
data:
  tls.key: aHVudGVyMg==
stringData: {token: hunter2}
`
  const { documents, findings, pieces } = parse(
    `${text}---\napiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Secret\n  metadata: {name: b}\n  data: {x: hunter2}\n`,
  )
  expect(findings.filter(({ rule }) => rule === 'Y-secret')).toHaveLength(2)
  expect(documents[0]?.object).toMatchObject({ data: { 'tls.key': '***' }, stringData: { token: '***' } })
  expect(JSON.stringify([documents, findings])).not.toMatch(/hunter2|aHVudGVyMg/)
  expect(documents[0]?.text).toHaveLength(pieces[0]?.read.text.length ?? 0)
})

test('a text that is too large, and one of too many documents, are refused with a sentence', () => {
  expect(parse('x'.repeat(20_000_001)).findings.map(({ rule }) => rule)).toEqual(['Y-too-large'])
  const many = parse('a: 1\n---\n'.repeat(50_001))
  expect(many.findings.map(({ rule }) => rule)).toEqual(['Y-too-many'])
  expect(many.documents).toEqual([])
})

test('names of prototypes are names like any other', () => {
  const { documents } = parse('kind: K\n__proto__: {a: 1}\nconstructor: 2\ntoString: {hasOwnProperty: x}\n')
  expect(Object.keys(documents[0]?.object ?? {})).toEqual(['kind', '__proto__', 'constructor', 'toString'])
  expect(Object.getPrototypeOf(documents[0]?.object)).toBe(Object.prototype)
})

test('a wildcard gets its quotes by a press', () => {
  const text = 'apiVersion: v1\nkind: K\nmetadata: {name: a}\nspec:\n  hosts:\n  - *.example.com   # all\n  - b\n'
  const fix = parse(text).findings[0]?.fix
  expect(patched(text, fix?.changes ?? [])).toEqual({ text: text.replace('*.example.com', '"*.example.com"') })
})

test('a long chain of aliases is no trap', () => {
  const chain = Array.from({ length: 5000 }, (_, at) => `${5000 - at}: &a${at} [${at === 0 ? 'x' : `*a${at - 1}`}]`).join('\n')
  expect(parse(`kind: K\n${chain}\n`).findings.map(({ rule }) => rule)).toEqual(['Y-bomb'])
  const comments = `${'# {{ x }}\n'.repeat(20_000)}kind: K\napiVersion: v1\nmetadata: {name: a}\n`
  expect(parse(comments).findings).toEqual([])
})

const texts = Object.values(import.meta.glob<string>('../../examples/golden/*.yaml', { query: '?raw', import: 'default', eager: true }))

test('whatever is typed, it is read without a throw, and every place has its span', () => {
  const snippet = fc.constantFrom(
    '\t',
    '{{',
    '---\n',
    '...',
    '*x',
    '&x ',
    '"',
    "'",
    '{',
    ']',
    ': ',
    '- ',
    '#',
    '|',
    '>',
    '!!int ',
    '<<: ',
    '\r\n',
    '\ufeff',
    '%',
    '\0',
    '{"a":1}',
    'items:\n',
  )
  const typed = fc.array(fc.tuple(fc.nat(), fc.nat(20), fc.oneof(snippet, fc.string())), { minLength: 1, maxLength: 4 })
  fc.assert(
    fc.property(fc.constantFrom(...texts), typed, (text, edits) => {
      const broken = edits.reduce(
        (all, [at, cut, put]) => all.slice(0, at % (all.length + 1)) + put + all.slice((at % (all.length + 1)) + cut),
        text,
      )
      const parsed = parse(broken)
      for (const { span, at, says } of parsed.findings) {
        const where = span ?? (at ? locate(parsed, at) : null)
        expect(where && where.from >= 0 && where.from <= where.to && where.to <= broken.length).toBe(true)
        expect(says.zh.length).toBeGreaterThan(3)
      }
      for (const of of parsed.documents) {
        const span = locate(parsed, { of: of.id, path: ['metadata', 'name'] })
        expect(span && span.from <= span.to && span.to <= broken.length).toBe(true)
      }
      for (let offset = 0; offset < broken.length; offset += 37) {
        const place = placeAt(parsed, offset)
        const span = place && locate(parsed, place)
        if (span) expect(span.from).toBeLessThanOrEqual(broken.length)
      }
    }),
    runs(500),
  )
})

const hosts = (count: number) =>
  Array.from(
    { length: count },
    (_, at) => `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: host-${at}
  namespace: default
spec:
  hosts:
  - host-${at}.example.com
  ports:
  - number: 443
    name: tls
    protocol: TLS
  resolution: DNS
`,
  )

test('10,000 documents: in steps, and an edit of one reads one', () => {
  const text = hosts(10_000).join('---\n')
  const steps = parseSteps(text)
  let pauses = 0
  let step = steps.next()
  for (; !step.done; step = steps.next()) pauses++
  const after = parse(text.replace('host-5000.example.com', 'changed.example.com'))
  expect(step.value.documents).toHaveLength(10_000)
  expect(after.documents.filter((document, at) => document !== step.value?.documents[at])).toHaveLength(1)
  expect(pauses).toBeGreaterThan(20)
})
