/** The lens shows the paths along what is looked at, all of them and no other. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyDesign } from '../../testing/odd-design'
import { runs } from '../../testing/runs'
import { unfit } from '../compile/plan/fit'
import { lanesOf } from '../compile/plan/lanes'
import { pathsOf } from '../model/path'
import { pathSays } from '../model/path-words'
import { figureOf } from './figure'
import { lensOf } from './lens'
import { rowKey } from './rows'

test('of a node or hop: each of its paths as a whole, and nothing else but itself', () => {
  fc.assert(
    fc.property(anyDesign, fc.nat(), (design, nth) => {
      const things = [...design.nodes, ...design.hops].map(({ id }) => id)
      const id = things[nth % things.length]
      if (id === undefined) return
      const { lanes } = lanesOf(design, pathsOf(design))
      const { paths, lit } = lensOf(design, lanes, { ids: [id] })
      const idsOf = (path: (typeof paths)[number]) =>
        [path.pod.id, path.sidecar.id, path.gateway?.id, path.host.id, ...path.hops].filter((each) => each !== undefined)
      expect(paths).toEqual(pathsOf(design).filter((path) => idsOf(path).includes(id)))
      expect(new Set(lit)).toEqual(new Set([id, ...paths.flatMap(idsOf)]))
    }),
    runs(80),
  )
})

test('the rows of gateways divide the paths that go through gateways', () => {
  fc.assert(
    fc.property(anyDesign, (design) => {
      const fit = pathsOf(design).filter((path) => unfit(path) === null)
      const { lanes } = lanesOf(design, fit)
      const { cards } = figureOf(design, lanes)
      const rows = cards.flatMap(({ node, rows: own }) => (node.kind === 'gateway' ? own.map((row) => rowKey(node.id, row)) : []))
      const through = rows.flatMap((row) => {
        const lens = lensOf(design, lanes, { row })
        expect(lens.rows).toContain(row)
        expect(lens.paths).not.toEqual([])
        return lens.paths.map(({ id }) => id)
      })
      expect(through.toSorted()).toEqual(lanes.flatMap(({ paths }) => paths.map(({ id }) => id)).toSorted())
    }),
    runs(80),
  )
})

test('a path is a sentence in both languages that names whoever it passes', () => {
  fc.assert(
    fc.property(anyDesign, (design) => {
      for (const path of pathsOf(design))
        for (const says of Object.values(pathSays(path))) {
          for (const name of [path.pod.name, path.gateway?.name ?? '', path.host.name, path.speaks]) expect(says).toContain(name)
          expect(says).toMatch(/[.。]$/)
        }
    }),
    runs(80),
  )
})
