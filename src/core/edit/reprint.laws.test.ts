/** The meaning comes back: a text printed anew from its picture sends each request as the person's text does, or it is told beforehand. */
import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { leaves, requestAlong } from '../../testing/along'
import { anyRestyled } from '../../testing/any-restyled'
import { runs } from '../../testing/runs'
import { compile } from '../compile/compile'
import { dialectIds, dialects } from '../compile/dialects'
import { print, textOf } from '../compile/print'
import { pathsOf } from '../model/path'
import { draw } from '../picture/draw'
import { surroundingsOf } from '../picture/drawn-surroundings'
import { read } from '../read/read'
import { trace } from '../trace/trace'
import { parse } from '../yaml/parse'
import { costsOfPrinting } from './reprint'

vi.setConfig({ testTimeout: 600_000 })

const drawnOf = (text: string) => {
  const { documents } = parse(text)
  const mesh = read(documents)
  return { mesh, design: draw(documents, mesh, null).design }
}

test('of other people’s YAML, in each dialect', () => {
  let arrived = 0
  fc.assert(
    fc.property(anyRestyled(undefined, 6), fc.constantFrom(...dialectIds), ({ text }, dialect) => {
      const { mesh, design } = drawnOf(text)
      const of = dialects[dialect]
      const printed = read(parse(textOf(print(compile(design, of), of, { comments: false, lang: 'en' }))).documents)
      const around = surroundingsOf(design)
      const costs = costsOfPrinting(mesh, design, design, dialect)
      for (const { en } of costs) {
        const [now = '', then = ''] = en.startsWith('In another way') && !en.includes(' through ') ? en.slice(0, -1).split(', not ') : []
        if (then !== '') expect(now.endsWith(` ${then}`), en).toBe(false)
      }
      for (const path of pathsOf(design)) {
        const request = requestAlong(path)
        if (leaves(path, trace(mesh, around, request)).length > 0) continue
        arrived++
        const lost = leaves(path, trace(printed, around, request))
        const isTold = costs.some(({ en }) => en.includes(request.url) && en.includes(request.from))
        if (!isTold) expect(lost, request.url).toEqual([])
      }
    }),
    runs(40),
  )
  expect(arrived).toBeGreaterThan(0)
})

const entry = `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: cnn, namespace: default}
spec:
  hosts: [edition.cnn.com]
  ports: [{number: 80, name: http, protocol: HTTP}, {number: 443, name: https, protocol: HTTPS}]
  resolution: DNS
`
const routes = (match: string) => `---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cnn, namespace: default}
spec:
  hosts: [edition.cnn.com]
  http:
  - match: [${match}]
    route: [{destination: {host: edition.cnn.com, port: {number: 80}}}]
`
const says = (text: string) => {
  const { mesh, design } = drawnOf(text)
  return costsOfPrinting(mesh, design, design, 'istio-v1').map(({ en }) => en)
}

test('nothing is told of what the picture says whole', () => {
  expect(says(entry)).toEqual([])
})

test('a condition that no hop has is told by the calls that it decides', () => {
  expect(says(entry + routes('{port: 80, uri: {prefix: /politics}}'))).toEqual([
    'Let through, though not today: http://edition.cnn.com:80/ from default/sleep, any other pod of namespace default.',
  ])
})
