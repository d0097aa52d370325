import { describe, expect, test } from 'vitest'
import { cursorAt } from './cursor'
import { type Known, nothingKnown } from './known'
import { propose } from './propose'
import type { SchemaNode } from './schema-node'
import { snippets } from './snippets'

const gateway: SchemaNode = {
  type: 'object',
  required: ['apiVersion', 'kind', 'metadata'],
  properties: {
    apiVersion: { enum: ['networking.istio.io/v1'] },
    kind: { enum: ['Gateway'] },
    status: { type: 'object' },
    metadata: { type: 'object', required: ['name'], properties: { namespace: { type: 'string' }, name: { type: 'string' } } },
    spec: {
      type: 'object',
      properties: {
        selector: { type: 'object', additionalProperties: { type: 'string' } },
        servers: {
          type: 'array',
          items: {
            type: 'object',
            required: ['port', 'hosts'],
            properties: {
              name: { type: 'string' },
              hosts: { type: 'array', items: { type: 'string' } },
              port: { type: 'object', properties: { number: { type: 'integer' } } },
              tls: {
                type: 'object',
                properties: {
                  httpsRedirect: { type: 'boolean' },
                  mode: { type: 'string', enum: ['PASSTHROUGH', 'SIMPLE'], description: 'How.\nValid Options: PASSTHROUGH, SIMPLE' },
                },
              },
            },
          },
        },
      },
    },
  },
}
const known: Known = {
  ...nothingKnown,
  hosts: [
    { value: 'edition.cnn.com', from: 'ServiceEntry cnn' },
    { value: '*.wiki.org', from: 'ServiceEntry wiki' },
  ],
  namespaces: [{ value: 'shop', from: '' }],
  gateways: [{ value: 'mesh', from: '' }],
  subsets: new Map([['gw', [{ value: 'cnn', from: '' }]]]),
}
const head = 'apiVersion: networking.istio.io/v1\nkind: Gateway\n'
const at = (marked: string, beside: Record<string, string> = {}) => {
  const text = head + marked
  const cursor = cursorAt(text.replace('¦', ''), text.indexOf('¦'))
  if (!cursor) return []
  return propose(
    cursor,
    (_, kind) => (kind === 'Gateway' ? gateway : undefined),
    known,
    (key) => beside[key],
  )
}
const labels = (marked: string, beside?: Record<string, string>) => at(marked, beside).map(({ label }) => label)

describe('proposals', () => {
  test.each<[string, string, string[]]>([
    ['the keys that are missing at the top', '¦', ['metadata', 'spec']],
    ['required keys first', 'spec:\n  servers:\n  - ¦', ['port', 'hosts', 'name', 'tls']],
    ['without those that are there', 'spec:\n  servers:\n  - port: {}\n    ¦', ['hosts', 'name', 'tls']],
    ['an entry where a list is meant', 'spec:\n  servers:\n    ¦', ['- port']],
    ['enums', 'spec:\n  servers:\n  - tls:\n      mode: ¦', ['PASSTHROUGH', 'SIMPLE']],
    ['booleans', 'spec:\n  servers:\n  - tls:\n      httpsRedirect: ¦', ['true', 'false']],
    ['hosts that the text knows', 'spec:\n  servers:\n  - hosts:\n    - ¦', ['edition.cnn.com', '*.wiki.org']],
    ['namespaces', 'metadata:\n  namespace: ¦', ['shop']],
    ['nothing under labels', 'spec:\n  selector:\n    ¦', []],
    ['nothing outside of the schema', 'spec:\n  nope:\n    ¦', []],
  ])('%s', (_, marked, wanted) => expect(labels(marked)).toEqual(wanted))

  test('go on where the value of a key begins', () => {
    const [port, hosts, name] = at('spec:\n  servers:\n  - ¦')
    expect([port?.insert, hosts?.insert, name?.insert]).toEqual(['port:\n    $0', 'hosts:\n  - $0', 'name: $0'])
    expect(at('spec:\n  servers:\n  - ho¦: x')[1]?.insert).toBe('hosts')
  })

  test('put into quotes what YAML would read otherwise', () => {
    expect(at('spec:\n  servers:\n  - hosts:\n    - ¦')[1]?.insert).toBe('"*.wiki.org"')
  })

  test('whole documents in an empty one', () => {
    const cursor = cursorAt('', 0)
    const found = cursor
      ? propose(
          cursor,
          () => undefined,
          nothingKnown,
          () => undefined,
        )
      : []
    expect(found.filter(({ is }) => is === 'document').map(({ label }) => label)).toEqual(snippets.map(({ kind }) => kind))
    expect(found[0]?.label).toBe('apiVersion')
  })

  test('versions that fit the kind', () => {
    const cursor = cursorAt('kind: AuthorizationPolicy\napiVersion: ', 40)
    const found = cursor
      ? propose(
          cursor,
          () => undefined,
          nothingKnown,
          (key) => (key === 'kind' ? 'AuthorizationPolicy' : undefined),
        )
      : []
    expect(found.map(({ label }) => label)).toEqual(['security.istio.io/v1'])
  })
})
