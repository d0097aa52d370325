import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anySoundDesign } from '../../testing/any-design'
import { runs } from '../../testing/runs'
import type { Design } from './design'
import { pathsOf } from './path'
import { isDirect, putBetween, withoutGateway } from './through'

/** Each path by what it is for its app and for its host, whatever is between. */
const meant = (design: Design): string[] =>
  pathsOf(design)
    .map(({ pod, host, speaks, dialled, outside }) =>
      [pod.id, host.id, speaks, dialled, outside.tls, outside.port, JSON.stringify(outside.fields)].join(' '),
    )
    .toSorted()

test('a gateway on a direct hop changes no path but in that it leads through it', () => {
  fc.assert(
    fc.property(anySoundDesign, (design) => {
      for (const { id } of design.hops) {
        const made = putBetween(design, id, { at: { x: 0, y: 0 } })
        expect(made !== null).toBe(isDirect(design, id))
        if (!made) continue
        expect(meant(made.design)).toEqual(meant(design))
        const through = pathsOf(made.design).filter(({ gateway }) => gateway?.id === made.id)
        expect(new Set(through.map(({ outside }) => outside.hop))).toEqual(
          new Set(pathsOf(design).some(({ outside }) => outside.hop === id) ? [id] : []),
        )
      }
    }),
    runs(60),
  )
})

test('without a gateway its paths go straight, and are the same for app and host', () => {
  fc.assert(
    fc.property(anySoundDesign, (design) => {
      for (const { id } of design.nodes.filter(({ kind }) => kind === 'gateway')) {
        const after = withoutGateway(design, id)
        expect(after !== null).toBe(pathsOf(design).some(({ gateway }) => gateway?.id === id))
        if (!after) continue
        expect(after.nodes.some((node) => node.id === id)).toBe(false)
        expect(meant(after)).toEqual(meant(design))
      }
    }),
    runs(60),
  )
})
