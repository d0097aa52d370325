import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { runs } from '../../testing/runs'
import type { Change, Document, Path, Place } from './document'
import { parse } from './parse'
import { differences, patched } from './patch'

vi.setConfig({ testTimeout: 60_000 })

const text = `# The host
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: cnn   # short
  namespace: default
spec:
  hosts:
  - edition.cnn.com
  # the second
  - "www.cnn.com"   # quoted
  ports:
  - number: 80
    name: http
    protocol: HTTP
  # TLS
  - number: 443
    name: tls
    protocol: TLS
  exportTo: [".", 'other']
  resolution: DNS
---
# flow
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: gw, namespace: default}
spec: {selector: {istio: egressgateway}, servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: ["*"]}]}
---
kind: Last
apiVersion: v1
# the end
`

type Make = (of: (index: number, ...path: Path) => Place) => Change[]

const table: [string, Make, [string, string][]][] = [
  ['a plain text', (of) => [{ set: of(0, 'spec', 'hosts', 0), value: 'a.com' }], [['- edition.cnn.com\n', '- a.com\n']]],
  ['a text in quotes', (of) => [{ set: of(0, 'spec', 'hosts', 1), value: 'a.com' }], [['"www.cnn.com"', '"a.com"']]],
  ['a text that needs quotes', (of) => [{ set: of(0, 'metadata', 'name'), value: 'on' }], [['name: cnn ', 'name: "on" ']]],
  ['a number', (of) => [{ set: of(0, 'spec', 'ports', 1, 'number'), value: 8443 }], [['number: 443', 'number: 8443']]],
  [
    'a new key',
    (of) => [{ set: of(0, 'spec', 'location'), value: 'MESH_EXTERNAL' }],
    [['resolution: DNS\n', 'resolution: DNS\n  location: MESH_EXTERNAL\n']],
  ],
  [
    'a new key in an item',
    (of) => [{ set: of(0, 'spec', 'ports', 0, 'targetPort'), value: 443 }],
    [['protocol: HTTP\n  # TLS', 'protocol: HTTP\n    targetPort: 443\n  # TLS']],
  ],
  [
    'a new map',
    (of) => [{ set: of(0, 'metadata', 'labels', 'a'), value: 'b' }],
    [['namespace: default\nspec', 'namespace: default\n  labels:\n    a: b\nspec']],
  ],
  ['a new item', (of) => [{ set: of(0, 'spec', 'hosts', 2), value: 'b.com' }], [['# quoted\n', '# quoted\n  - b.com\n']]],
  [
    'a new item before another',
    (of) => [{ set: of(0, 'spec', 'hosts', 0), value: 'b.com', insert: true }],
    [['- edition', '- b.com\n  - edition']],
  ],
  [
    'a new item of several keys',
    (of) => [{ set: of(0, 'spec', 'ports', 2), value: { number: 1, name: 'x' } }],
    [['protocol: TLS\n', 'protocol: TLS\n  - number: 1\n    name: x\n']],
  ],
  ['a key less', (of) => [{ remove: of(0, 'metadata', 'name') }], [['  name: cnn   # short\n', '']]],
  ['the first key of an item less', (of) => [{ remove: of(0, 'spec', 'ports', 0, 'number') }], [['- number: 80\n    name', '- name']]],
  [
    'an item less, with its comment',
    (of) => [{ remove: of(0, 'spec', 'ports', 1) }],
    [['  # TLS\n  - number: 443\n    name: tls\n    protocol: TLS\n', '']],
  ],
  [
    'all items less',
    (of) => [{ remove: of(0, 'spec', 'ports', 1) }, { remove: of(0, 'spec', 'ports', 0) }],
    [
      [
        '  ports:\n  - number: 80\n    name: http\n    protocol: HTTP\n  # TLS\n  - number: 443\n    name: tls\n    protocol: TLS\n',
        '  ports: []\n',
      ],
    ],
  ],
  ['flow: an item less', (of) => [{ remove: of(0, 'spec', 'exportTo', 0) }], [['[".", \'other\']', "['other']"]]],
  ['flow: the last item less', (of) => [{ remove: of(0, 'spec', 'exportTo', 1) }], [['[".", \'other\']', '["."]']]],
  ['flow: an item more', (of) => [{ set: of(0, 'spec', 'exportTo', 2), value: 'c' }], [["'other']", "'other', c]"]]],
  [
    'flow: a map in a map',
    (of) => [{ set: of(1, 'spec', 'servers', 0, 'tls'), value: { mode: 'SIMPLE', x: ['yes'] } }],
    [['hosts: ["*"]}', 'hosts: ["*"], tls: {mode: SIMPLE, x: ["yes"]}}']],
  ],
  ['flow: a key less', (of) => [{ remove: of(1, 'spec', 'selector') }], [['selector: {istio: egressgateway}, ', '']]],
  ['another name for a key', (of) => [{ rename: of(0, 'spec', 'exportTo'), to: 'exports' }], [['exportTo:', 'exports:']]],
  [
    'a block for a scalar',
    (of) => [{ set: of(0, 'spec', 'resolution'), value: { a: [1] } }],
    [['resolution: DNS', 'resolution:\n    a:\n    - 1']],
  ],
  [
    'a scalar for a block',
    (of) => [{ set: of(0, 'spec', 'hosts'), value: 'x' }],
    [['hosts:\n  - edition.cnn.com\n  # the second\n  - "www.cnn.com"   # quoted', 'hosts: x   # quoted']],
  ],
  ['a document less', (of) => [{ remove: of(1) }], [[text.slice(text.indexOf('---\n# flow'), text.indexOf('---\nkind: Last')), '']]],
  ['the first document less', (of) => [{ remove: of(0) }], [[text.slice(0, text.indexOf('# flow')), '']]],
  ['the last document less', (of) => [{ remove: of(2) }], [[text.slice(text.indexOf('---\nkind: Last')), '']]],
  [
    'a document more',
    () => [{ add: { apiVersion: 'v1', kind: 'New', metadata: { name: 'on' } } }],
    [['# the end\n', '# the end\n---\napiVersion: v1\nkind: New\nmetadata:\n  name: "on"\n']],
  ],
]

const placed = (source: string): Parameters<Make>[0] => {
  const { documents } = parse(source)
  return (index, ...path) => ({ of: (documents[index] as Document).id, path })
}

test.each(table)('%s', (_, make, replaced) => {
  const expected = replaced.reduce((all, [from, to]) => {
    expect(all).toContain(from)
    return all.replace(from, to)
  }, text)
  expect(patched(text, make(placed(text)))).toEqual({ text: expected })
})

test.each(table)('with Windows line ends and a BOM: %s', (_, make, replaced) => {
  const crlf = (of: string) => of.replaceAll('\n', '\r\n')
  const source = `\ufeff${crlf(text)}`
  const expected = replaced.reduce((all, [from, to]) => all.replace(crlf(from), crlf(to)), source)
  expect(patched(source, make(placed(source)))).toEqual({ text: expected })
})

test('what cannot be written at its place is refused with a sentence, and the text stays', () => {
  const merged = 'kind: K\napiVersion: v1\nmetadata: {name: a}\nbase: &b {x: 1}\nspec:\n  <<: *b\n  y: 2\n'
  const at = placed(merged)
  const result = patched(merged, [{ remove: at(0, 'spec', 'x') }])
  expect('refused' in result && result.refused.zh).toMatch(/合并键/)
  const other = placed('kind: Other\n')
  expect(patched(text, [{ remove: other(0) }])).toHaveProperty('refused')
})

test('a key that a merge brings is written below it, where it counts more', () => {
  const merged = 'kind: K\napiVersion: v1\nmetadata: {name: a}\nbase: &b {x: 1}\nspec:\n  <<: *b\n  y: 2\n'
  expect(patched(merged, [{ set: placed(merged)(0, 'spec', 'x'), value: 3 }])).toEqual({ text: `${merged}  x: 3\n` })
})

test('an alias whose anchor changes is written out', () => {
  const source = 'kind: K\nbase: &b {x: 1}   # base\ncopy: *b   # copy\n'
  const at = placed(source)
  expect(patched(source, [{ set: at(0, 'base', 'x'), value: 2 }])).toEqual({
    text: source.replace('1', '2').replace(' *b   # copy', '   # copy\n  x: 1'),
  })
  expect(patched(source, [{ set: at(0, 'copy', 'z'), value: 'two\nlines\n' }])).toEqual({
    text: source.replace(' *b   # copy', '   # copy\n  x: 1\n  z: |\n    two\n    lines'),
  })
})

test('a broken document beside it does not matter', () => {
  const source = `kind: A\nx: 1\n---\nkind: [broken\n---\n${text}`
  const at = placed(source)
  expect(patched(source, [{ set: at(0, 'x'), value: 2 }])).toEqual({ text: source.replace('x: 1', 'x: 2') })
})

test('values of a Secret stay when something else of it changes', () => {
  const source = 'apiVersion: v1\nkind: Secret\nmetadata: {name: a}\ndata:\n  k: aHVudGVyMg==   # key\n'
  const at = placed(source)
  expect(patched(source, [{ set: at(0, 'metadata', 'name'), value: 'b' }])).toEqual({ text: source.replace('name: a', 'name: b') })
  expect(patched(source, [{ rename: at(0, 'data', 'k'), to: 'l' }])).toEqual({ text: source.replace('  k:', '  l:') })
})

test('a document goes with its end mark: what is left is read as before, whichever goes', () => {
  const document = fc.record({
    name: fc.constantFrom('a', 'b', 'c'),
    start: fc.constantFrom('---\n', '--- # first\n'),
    end: fc.constantFrom('', '...\n', '... # end\n', '...\n...\n', '...\n# after\n', '...\nnever: read\n'),
  })
  const written = ({ name, start, end }: { name: string; start: string; end: string }, index: number) =>
    `${start}apiVersion: v1\nkind: K\nmetadata: {name: ${name}${index}}\n${end}`
  fc.assert(
    fc.property(fc.array(document, { minLength: 1, maxLength: 5 }), fc.nat(), fc.boolean(), (all, which, bare) => {
      const source = all
        .map(written)
        .join('')
        .slice(bare ? (all[0]?.start.length ?? 0) : 0)
      const before = parse(source).documents
      const index = which % before.length
      const result = patched(source, [{ remove: placed(source)(index) }])
      const after = parse('text' in result ? result.text : '{broken')
      expect(after.findings.filter(({ level }) => level === 'error')).toEqual([])
      expect(after.documents.map(({ object }) => object)).toEqual(before.filter((_, each) => each !== index).map(({ object }) => object))
    }),
    runs(300),
  )
})

test('one change among 4,000 documents', () => {
  const documents = Array.from({ length: 4000 }, (_, index) => ({
    apiVersion: 'networking.istio.io/v1',
    kind: 'ServiceEntry',
    metadata: { name: `h${index}`, namespace: 'default' },
    spec: { hosts: [`h${index}.example.com`], ports: [{ number: 443, name: 'tls', protocol: 'TLS' }] },
  }))
  const source = documents.map((object) => `# ${object.metadata.name}\n${JSON.stringify(object, null, 1)}\n`).join('---\n')
  const parsed = parse(source)
  const after = documents.map((object, index) => (index === 2000 ? { ...object, spec: { ...object.spec, resolution: 'DNS' } } : object))
  const changes = differences(documents, after, parsed.documents)
  const result = patched(source, changes)
  expect(changes).toHaveLength(1)
  expect('text' in result && result.text.length).toBe(source.length + ',"resolution":"DNS"'.length + 3)
})
