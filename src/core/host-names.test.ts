/** A wildcard is for the same hosts whoever reads it: the tracer, the rules, the picture, the analyzers, the steps on the canvas. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { stretchOf } from '../store/derived/stretch'
import { foretell } from './analyze/analyze'
import { labSurroundings } from './istio/surroundings'
import { lintRules } from './lint'
import { c5 } from './lint/canon'
import { pathsOf } from './model/path'
import { draw } from './picture/draw'
import { read } from './read/read'
import { trace } from './trace/trace'
import { parse } from './yaml/parse'

const host = 'edition.cnn.com'
/**
 * Every ending of the host with a dot in it: Istio takes a word without one, `*com`, for a short name. `*edition.cnn.com` is left out, since an
 * Envoy asks for at least one character in place of the asterisk.
 */
const wildcards = Array.from({ length: host.lastIndexOf('.') }, (_, at) => `*${host.slice(at + 1)}`)

/** Places in the text where the host is replaced. A VirtualService that takes in more than a server does loses the rest there, which L4 reports. */
const places: Record<string, readonly string[]> = {
  'a server of the Gateway': ['    hosts: [edition.cnn.com]'],
  'the VirtualService and the server': ['  hosts: [edition.cnn.com]\n  gateways', '    hosts: [edition.cnn.com]'],
  'the DestinationRule': ['  host: edition.cnn.com\n  exportTo'],
}

const written = (places: readonly string[], wildcard: string): string =>
  places.reduce((yaml, place) => {
    expect(yaml).toContain(place)
    return yaml.replace(place, place.replace('edition.cnn.com', `"${wildcard}"`))
  }, c5)

/** What each part says of a request for the host. */
function views(yaml: string) {
  const { documents } = parse(yaml)
  const mesh = read(documents)
  const around = labSurroundings
  const of = { documents, mesh, around }
  const traced = trace(mesh, around, { url: `http://${host}/politics`, from: 'default/sleep', curl: [] })
  const drawn = draw(documents, mesh, null, around).design
  return {
    traced: traced.outcome.hops.map(({ proxy, code }) => `${proxy.kind} ${proxy.namespace}/${proxy.name} ${code}`),
    served: traced.outcome.server?.tls,
    rules: lintRules.flatMap((rule) => rule.check(of)).map(({ rule, says }) => `${rule} ${says.en}`),
    drawn: pathsOf(drawn).map(({ gateway, host: to, mesh: hop, outside }) => [gateway?.name, to.name, hop?.tls, outside.tls]),
    analyzed: foretell(of).filter(({ code }) => ['IST0101', 'IST0132'].includes(code)),
    shown: traced.steps.map((_, index) => stretchOf(drawn, traced, index).node !== null),
  }
}

const usual = views(c5)

test.each(Object.entries(places))('in %s', (_, at) => {
  expect(usual.traced).toHaveLength(2)
  fc.assert(
    fc.property(fc.constantFrom(...wildcards), (wildcard) => {
      expect({ wildcard, ...views(written(at, wildcard)) }).toEqual({ wildcard, ...usual })
    }),
  )
})

test('in a ServiceEntry', () => {
  fc.assert(
    fc.property(fc.constantFrom(...wildcards), (wildcard) => {
      const yaml = `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: all, namespace: default}
spec:
  hosts: ["${wildcard}"]
  ports: [{number: 80, name: http, protocol: HTTP}]
  resolution: NONE
`
      const seen = views(yaml)
      expect(seen.traced).toEqual(['sidecar default/sleep 200'])
      expect(seen.rules).toEqual([])
      expect(seen.drawn).toEqual([[undefined, wildcard, undefined, 'DISABLE']])
      expect(seen.shown).not.toContain(false)
    }),
  )
})
