/** Where a request goes another way than before is told by the hop at which it does. */
import { expect, test } from 'vitest'
import { compile } from '../compile/compile'
import { dialects } from '../compile/dialects'
import { print, textOf } from '../compile/print'
import { readNotation } from '../model/notation'
import { surroundingsOf } from '../picture/drawn-surroundings'
import { read } from '../read/read'
import { trace } from '../trace/trace'
import { parse } from '../yaml/parse'
import { partingOf } from './parting'

const dialect = dialects['istio-v1']
const traced = (line: string) => {
  const { design } = readNotation(line)
  const mesh = read(parse(textOf(print(compile(design, dialect), dialect, { comments: false, lang: 'en' }))).documents)
  return trace(mesh, surroundingsOf(design), { from: 'default/sleep', url: 'http://a.example.com:80/', curl: [] })
}

test.each([
  ['a gateway more', '', 'gate ISTIO_MUTUAL -> ', 'through the sidecar and gateway istio-system/gate, not the sidecar'],
  [
    'another gateway',
    'gate DISABLE -> ',
    'door DISABLE -> ',
    'through the sidecar and gateway istio-system/door, not the sidecar and gateway istio-system/gate',
  ],
  [
    'plain to the gateway',
    'gate ISTIO_MUTUAL:80 -> ',
    'gate DISABLE:80 -> ',
    /^gateway istio-system\/gate gets plain text, not mutual TLS of spiffe:/,
  ],
])('%s', (_, was, is, says) => {
  const [before, after] = [was, is].map((by) => traced(`sleep HTTP -> ${by}a.example.com DISABLE`)) as [
    ReturnType<typeof traced>,
    ReturnType<typeof traced>,
  ]
  expect(partingOf(before, after).en).toEqual(typeof says === 'string' ? says : expect.stringMatching(says))
})

test('another TLS outside', () => {
  const [plain, tls] = ['DISABLE', 'SIMPLE'].map((mode) => traced(`sleep HTTP -> a.example.com ${mode}`)) as [
    ReturnType<typeof traced>,
    ReturnType<typeof traced>,
  ]
  expect(partingOf(plain, tls).en).toMatch(/server sees port 443, TLS with SNI a\.example\.com, not port 80, plain text$|sends it to /)
  expect(partingOf(plain, tls).zh).toMatch(/而不是/)
})
