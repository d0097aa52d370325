import { expect, test } from 'vitest'
import { locate, parse, placeAt } from './parse'
import recorded from './parse/golden/reads.json'

const two = `# first
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: cnn}
spec:
  hosts: [edition.cnn.com]
  ports:
  - number: 80
    name: http   # plain
    protocol: HTTP
---
apiVersion: v1
kind: Namespace
metadata:
  name: yes
`

test('documents, in order, with who they are', () => {
  const { documents } = parse(two)
  expect(documents.map(({ group, version, kind, namespace, name }) => [group, version, kind, namespace, name])).toEqual([
    ['networking.istio.io', 'v1', 'ServiceEntry', 'default', 'cnn'],
    ['', 'v1', 'Namespace', '', ''],
  ])
  expect(documents[0]?.object).toMatchObject({ spec: { hosts: ['edition.cnn.com'], ports: [{ number: 80, name: 'http' }] } })
})

test('the same text of a document is the same object, and an equal one beside it is another', () => {
  const before = parse(two).documents
  const after = parse(`${two}---\nkind: X\n`).documents
  expect(after[0]).toBe(before[0])
  const [a, b] = parse('kind: X\n---\nkind: X\n').documents
  expect(a).not.toBe(b)
})

test('a place has a span, and a span a place', () => {
  const parsed = parse(two)
  const of = parsed.documents[0]
  if (!of) throw new Error('no document')
  const textAt = (path: (string | number)[]) => {
    const span = locate(parsed, { of: of.id, path })
    return span && two.slice(span.from, span.to)
  }
  expect(textAt(['spec', 'hosts'])).toBe('[edition.cnn.com]')
  expect(textAt(['spec', 'hosts', 0])).toBe('edition.cnn.com')
  expect(textAt(['spec', 'ports', 0, 'name'])).toBe('http')
  expect(textAt(['spec', 'ports', 0, 'targetPort'])).toBe(two.slice(two.indexOf('number: 80'), two.indexOf('---') - 1))
  expect(textAt(['spec', 'resolution'])).toBe('spec')
  expect(placeAt(parsed, two.indexOf('http ') + 1)?.path).toEqual(['spec', 'ports', 0, 'name'])
})

/**
 * Where the two part, and are meant to or may: the lab cuts at every line that begins with `---` and takes the line break before it along
 * (kubectl and YAML do not), a List is read by its items, and some forms that nobody writes are refused by one reader only.
 */
const otherwise = new Set([
  'kind: K\n---kind: L\n',
  'kind: K\n---\t\nkind: L\n',
  '---\n---\nkind: K\n---\n---\n',
  '{"kind":"K"}\n{"kind":"L"}\n',
  'kind: K\nb: 1\n...\nc: 2\n',
  'kind: K\na: |\n  x\n---\nkind: L\n',
  'kind: List\napiVersion: v1\nitems:\n- kind: K\n',
  'kind: K\n__proto__: {a: 1}\nconstructor: 2\n',
  'kind: K\nb: {9223372036854775808: a}\n',
  'kind: K\nb: {100000000000000000000: a}\n',
  'kind: K\nb: [-]\n',
  'kind: K\nb: a\u0085c: 2\n',
  'kind: K\nb: a\u2028c\n',
  'kind: K\na: &a:b 1\nb: *a:b\n',
  'kind: K\na: &a.b 1\nb: *a.b\n',
  'kind: K\nb: "\\ud83d\\ude00"\n',
  'kind: K\nb:\n  c: "x\ny"\n',
  "kind: K\nb: 'x'#y\n",
  'kind: K\nb: [1]#y\n',
])

test.each((recorded.cases as [string, unknown][]).filter(([text]) => !otherwise.has(text)))(
  'as Kubernetes reads it: %j',
  (text, objects) => {
    const { documents, findings } = parse(text)
    // The reader does not mind what an object lacks but its kind; a text in which nothing has one it refuses.
    const errors = findings.filter(
      ({ level, rule }) => (level === 'error' && rule !== 'Y-no-version' && rule !== 'Y-no-name') || rule === 'Y-not-kubernetes',
    )
    if (objects === null) expect(errors.map(({ says }) => says.en)).not.toEqual([])
    else {
      expect(errors.map(({ says }) => says.en)).toEqual([])
      expect(documents.map(({ object }) => object)).toEqual(objects)
    }
  },
)

test('brackets may close in any column, and every part keeps its place', () => {
  const text =
    'kind: K\napiVersion: v1\nmetadata: {\nname: a, # one\nlabels: {x: "y\n  z"}\n}\nspec: [\n1,\n{b: c}\n]\ntext: |\n  {\nend: d\n'
  const parsed = parse(text)
  const [of] = parsed.documents
  expect(parsed.findings).toEqual([])
  expect(of?.object).toEqual({
    kind: 'K',
    apiVersion: 'v1',
    metadata: { name: 'a', labels: { x: 'y z' } },
    spec: [1, { b: 'c' }],
    text: '{\n',
    end: 'd',
  })
  const span = of && locate(parsed, { of: of.id, path: ['spec', 1, 'b'] })
  expect(span && text.slice(span.from, span.to)).toBe('c')
})

test('items of a List are documents, with places inside it', () => {
  const text = '# all\napiVersion: v1\nkind: List\nitems:\n- kind: A\n  metadata: {name: one}\n- kind: B\n  metadata:\n    name: two\n'
  const parsed = parse(text)
  expect(parsed.documents.map(({ kind, name }) => [kind, name])).toEqual([
    ['A', 'one'],
    ['B', 'two'],
  ])
  const of = parsed.documents[1]
  const span = of && locate(parsed, { of: of.id, path: ['metadata', 'name'] })
  expect(span && text.slice(span.from, span.to)).toBe('two')
  expect(placeAt(parsed, text.indexOf('two') + 1)).toEqual({ of: of?.id, path: ['metadata', 'name'] })
  expect(of?.text).toContain('name: two')
})
