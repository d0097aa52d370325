/** New objects look like their neighbours. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anySoundDesign } from '../../testing/any-design'
import { runs } from '../../testing/runs'
import { asList, asMap, asText } from '../base/loose'
import { compile } from '../compile/compile'
import { dialects } from '../compile/dialects'
import { objectOf } from '../compile/print'
import { placed } from '../model/layout'
import { readNotation } from '../model/notation'
import { draw } from '../picture/draw'
import { read } from '../read/read'
import { parse } from '../yaml/parse'
import { writtenBack } from './write-back'

/** A design's objects, with ports and gateways as somebody else writes them. */
function written(design: Parameters<typeof compile>[0], portOf: (protocol: string, number: string) => string, isMeshLast: boolean): string {
  const objects = compile(design, dialects['istio-v1']).map((resource) => structuredClone(objectOf(resource, 'networking.istio.io/v1')))
  for (const { kind, spec } of objects) {
    const of = asMap(spec)
    for (const each of kind === 'ServiceEntry' ? asList(of.ports) : []) {
      const port = each as Record<string, unknown>
      port.name = portOf(asText(port.protocol).toLowerCase(), String(port.number))
    }
    if (kind === 'VirtualService' && isMeshLast && asList(of.gateways).length > 1)
      (of.gateways as unknown[]).sort((a, b) => Number(a === 'mesh') - Number(b === 'mesh'))
  }
  return objects.map((object) => JSON.stringify(object)).join('\n---\n')
}

const styles: readonly ((protocol: string, number: string) => string)[] = [
  (protocol, number) => `${protocol}-port-${number}`,
  (protocol, number) => `egress-${protocol}-${number}`,
  (protocol, number) => `${protocol}${number}`,
]

test('ports are named and gateways listed as those beside them', () => {
  let news = 0
  fc.assert(
    fc.property(anySoundDesign, fc.constantFrom(...styles), fc.boolean(), (design, portOf, isMeshLast) => {
      const text = written(design, portOf, isMeshLast)
      const { documents } = parse(text)
      const before = draw(documents, read(documents), null).design
      const after = placed(readNotation('sleep HTTP -> istio-egressgateway ISTIO_MUTUAL -> brand.new.example.org SIMPLE', before).design)
      const result = writtenBack(text, before, after)
      if ('refused' in result) return
      const old = new Set(documents.map(({ kind, namespace, name }) => `${kind} ${namespace}/${name}`))
      const hasPorts = documents.some(({ kind }) => kind === 'ServiceEntry')
      const hasGateways = documents.some(({ object }) => asList(asMap(asMap(object).spec).gateways).length > 1)
      for (const { kind, namespace, name, object } of parse(result.text).documents) {
        if (old.has(`${kind} ${namespace}/${name}`)) continue
        const spec = asMap(asMap(object).spec)
        if (kind === 'ServiceEntry' && hasPorts) {
          for (const port of asList(spec.ports).map(asMap))
            expect(port.name).toBe(portOf(asText(port.protocol).toLowerCase(), String(port.number)))
          news++
        }
        if (kind === 'VirtualService' && hasGateways) expect(asList(spec.gateways).indexOf('mesh')).toBe(isMeshLast ? 1 : 0)
      }
    }),
    runs(30),
  )
  expect(news).toBeGreaterThan(runs(30).numRuns / 10)
})
