/** Where client and gateway say different modes, the picture has both: its hop has the client's, and what it does not show is told beside it. */
import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { anyRestyled } from '../../testing/any-restyled'
import { runs } from '../../testing/runs'
import { but, c1, c6 } from '../lint/canon'
import { pathsOf } from '../model/path'
import { read } from '../read/read'
import { trace } from '../trace/trace'
import { parse } from '../yaml/parse'
import { draw } from './draw'
import { callOf, surroundingsOf } from './drawn-surroundings'

vi.setConfig({ testTimeout: 600_000 })

const drawn = (text: string) => {
  const { documents } = parse(text)
  const mesh = read(documents)
  return { mesh, ...draw(documents, mesh, null) }
}
const apart = (text: string) => [...drawn(text).disagreements.values()].flat()

test('a client that says nothing, and a server that wants mTLS', () => {
  const text = but(c6, ['{mode: ISTIO_MUTUAL, sni: edition.cnn.com}', '{mode: DISABLE}'])
  expect(apart(c6)).toEqual([])
  expect(apart(text)).toEqual([{ host: 'edition.cnn.com', dialled: 80, client: 'DISABLE', server: 'ISTIO_MUTUAL' }])
})

test('TLS to a server of plain text', () => {
  const text = but(c1, ['  - name: cnn\n', '  - name: cnn\n    trafficPolicy: {tls: {mode: SIMPLE}}\n'])
  expect(apart(text)).toEqual([{ host: 'edition.cnn.com', dialled: 80, client: 'SIMPLE', server: null }])
})

const modes = ['DISABLE', 'SIMPLE', 'MUTUAL', 'ISTIO_MUTUAL', 'PASSTHROUGH'] as const
/** How a hop between client and gateway fails where their modes differ. */
const ofModes = new Set<string | null>(['plain-to-tls', 'tls-to-plain', 'app-tls-to-plain', 'app-tls-in-https', 'gateway-certificate'])

test('a mode of a text changed: what disagrees does not arrive, and what fails by modes disagrees', () =>
  fc.assert(
    fc.property(anyRestyled(undefined, 3), fc.nat(), fc.constantFrom(...modes), ({ text }, nth, mode) => {
      expect(apart(text)).toEqual([])
      const places = [...text.matchAll(/mode: ["']?[A-Z_]+["']?/g)]
      const at = places[nth % Math.max(1, places.length)]
      if (!at) return
      const { mesh, design, disagreements } = drawn(`${text.slice(0, at.index)}mode: ${mode}${text.slice(at.index + at[0].length)}`)
      const around = surroundingsOf(design)
      for (const path of pathsOf(design)) {
        const told = path.mesh && disagreements.get(path.mesh.hop)
        const ends = told?.find(({ host, dialled }) => host === path.host.name && dialled === path.dialled)
        const { unknown, failure, outcome, says } = trace(mesh, around, callOf(path))
        if (!path.mesh || unknown) continue
        if (ends) expect(failure !== null || outcome.exit > 0, `${JSON.stringify(ends)} ${says.en}`).toBe(true)
        else expect(ofModes.has(failure), says.en).toBe(false)
      }
    }),
    runs(40),
  ))
