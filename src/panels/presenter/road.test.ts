import { expect, test } from 'vitest'
import { compile } from '../../core/compile/compile'
import { dialects } from '../../core/compile/dialects'
import { print, textOf } from '../../core/compile/print'
import { readNotation } from '../../core/model/notation'
import { surroundingsOf } from '../../core/picture/drawn-surroundings'
import { read } from '../../core/read/read'
import { trace } from '../../core/trace/trace'
import { parse } from '../../core/yaml/parse'
import { roadOf } from './road'

function walk(flows: string, url: string) {
  const { design } = readNotation(flows)
  const text = textOf(print(compile(design, dialects['istio-v1']), dialects['istio-v1'], { comments: false, lang: 'en' }))
  return trace(read(parse(text).documents), surroundingsOf(design), { from: 'default/sleep', url, curl: [] })
}

const layers = (flows: string, url: string) =>
  roadOf(walk(flows, url)).map(({ kind, name, wire, dead }) => [kind, name, wire?.map(({ is }) => is).join(' in ') ?? '', dead])

test('a road through the gateway', () => {
  const road = layers('sleep HTTP -> istio-egressgateway ISTIO_MUTUAL -> edition.cnn.com SIMPLE', 'http://edition.cnn.com/politics')
  expect(road).toEqual([
    ['pod', 'sleep', 'HTTP', false],
    ['sidecar', 'sleep', 'mTLS in HTTP', false],
    ['gateway', 'istio-egressgateway', 'TLS in HTTP', false],
    ['host', 'edition.cnn.com', '', false],
  ])
})

test('a road that ends at the sidecar', () => {
  const road = layers('outbound REGISTRY_ONLY\nsleep HTTP -> edition.cnn.com DISABLE', 'http://unknown.example.org/')
  expect(road.map(([kind, , , dead]) => [kind, dead])).toEqual([
    ['pod', false],
    ['sidecar', true],
  ])
})
