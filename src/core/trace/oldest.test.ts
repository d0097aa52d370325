/** Two ServiceEntries for one host whose order is chance: the tracer says that it does not know, and only there. */
import { expect, test } from 'vitest'
import { labSurroundings } from '../istio/surroundings'
import { read } from '../read/read'
import { parse } from '../yaml/parse'
import { trace } from './trace'

interface Entry {
  name: string
  resolution: string
  namespace?: string
  host?: string
  born?: string
}

const entry = ({ name, resolution, namespace = 'default', host = 'edition.cnn.com', born }: Entry) => `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: ${name}
  namespace: ${namespace}${born ? `\n  creationTimestamp: "${born}"` : ''}
spec:
  hosts: ["${host}"]
  ports: [{ number: 80, name: http, protocol: HTTP }, { number: 443, name: tls, protocol: TLS }]
  resolution: ${resolution}
`

const unknown = (entries: readonly Entry[], url: string) =>
  trace(read(parse(entries.map(entry).join('---\n')).documents), labSurroundings, { from: 'default/sleep', url, curl: [] }).unknown

const mixed: Entry[] = [
  { name: 'a', resolution: 'DNS' },
  { name: 'b', resolution: 'NONE' },
]

test.each(['http://edition.cnn.com/', 'https://edition.cnn.com/'])('%s may go either way', (url) => {
  expect(unknown(mixed, url)?.en).toContain('edition.cnn.com')
  expect(unknown(mixed, url)?.zh).toContain('edition.cnn.com')
})

test('a host under a wildcard may as well', () => {
  const wild = mixed.map((each) => ({ ...each, host: '*.cnn.com', resolution: each.name === 'a' ? 'STATIC' : 'NONE' }))
  expect(unknown(wild, 'https://edition.cnn.com/')?.en).toContain('*.cnn.com')
})

const known: [says: string, entries: Entry[]][] = [
  ['alike', mixed.map((each) => ({ ...each, resolution: 'DNS' }))],
  ['of two ages', mixed.map((each, index) => ({ ...each, born: `2024-01-0${index + 1}T00:00:00Z` }))],
  ['in two namespaces', mixed.map((each, index) => ({ ...each, namespace: ['default', 'other'][index] as string }))],
  ['for two hosts', mixed.map((each, index) => ({ ...each, host: ['edition.cnn.com', 'other.example.net'][index] as string }))],
]

test.each(known)('%s: it is known', (_, entries) => {
  expect(unknown(entries, 'http://edition.cnn.com/')).toBeNull()
})
