import { expect, test } from 'vitest'
import { locate, parse, placeAt } from './parse'

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
    const span = locate(parsed, { of, path })
    return span && two.slice(span.from, span.to)
  }
  expect(textAt(['spec', 'hosts'])).toBe('[edition.cnn.com]')
  expect(textAt(['spec', 'hosts', 0])).toBe('edition.cnn.com')
  expect(textAt(['spec', 'ports', 0, 'name'])).toBe('http')
  expect(textAt(['spec', 'ports', 0, 'targetPort'])).toBe(two.slice(two.indexOf('number: 80'), two.indexOf('---') - 1))
  expect(textAt(['spec', 'resolution'])).toBe('spec')
  expect(placeAt(parsed, two.indexOf('http ') + 1)?.path).toEqual(['spec', 'ports', 0, 'name'])
})
