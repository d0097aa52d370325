/** The picture is true: what is drawn of other people's YAML is what their requests do, and nothing that leaves the mesh is left out. */
import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { leaves, requestAlong, roadOf } from '../../testing/along'
import { anyRestyled, type Restyled, rewritings } from '../../testing/any-restyled'
import { runs } from '../../testing/runs'
import { pathsOf } from '../model/path'
import { read } from '../read/read'
import { trace } from '../trace/trace'
import { parse } from '../yaml/parse'
import { draw } from './draw'
import { surroundingsOf } from './drawn-surroundings'

vi.setConfig({ testTimeout: 600_000 })

function readText(text: string) {
  const { documents, findings } = parse(text)
  return { documents, findings, mesh: read(documents) }
}

/** Where a rewriting would not keep the meaning, by the trace: each path of the design, in the design's own surroundings. */
function lost({ design, text }: Restyled): string[] {
  const { mesh } = readText(text)
  const around = surroundingsOf(design)
  return pathsOf(design).flatMap((path) => said(path, leaves(path, trace(mesh, around, requestAlong(path)))))
}

const said = (path: Parameters<typeof roadOf>[0], wrong: readonly string[]) =>
  wrong.length > 0 ? [`${path.pod.namespace}/${path.pod.name} ${roadOf(path)}`, ...wrong.map((line) => `  ${line}`)] : []

function untrue({ design, text }: Restyled): string[] {
  const { documents, mesh, findings } = readText(text)
  const drawn = draw(documents, mesh, null).design
  const around = surroundingsOf(drawn, true)
  const roads = new Set(pathsOf(drawn).map(roadOf))
  return [
    ...findings.filter(({ level }) => level === 'error').map(({ says }) => `parse: ${says.en}`),
    ...pathsOf(drawn).flatMap((path) => said(path, leaves(path, trace(mesh, around, requestAlong(path))))),
    ...pathsOf(design).flatMap((path) => (roads.has(roadOf(path)) ? [] : [`not drawn: ${roadOf(path)}`])),
  ]
}

if (process.env.SURVEY)
  test('survey', () => {
    const by = new Map<string, { tried: number; lost: number; untrue: number; shown: string[] }>()
    const only = process.env.ONLY?.split(',')
    for (const { name } of [{ name: '' }, ...rewritings].filter(({ name }) => !only || only.includes(name))) {
      const sum = { tried: 0, lost: 0, untrue: 0, shown: [] as string[] }
      by.set(name, sum)
      for (const one of fc.sample(anyRestyled(name ? [name] : ['objects-renamed'], name ? 1 : 0), { seed: Number(process.env.SEED ?? 1), numRuns: Number(process.env.SURVEY) })) {
        if (name && one.applied.length === 0) continue
        sum.tried++
        const a = lost(one)
        const b = process.env.LOST ? [] : untrue(one)
        if (a.length > 0) sum.lost++
        if (b.length > 0) sum.untrue++
        if ((a.length > 0 || b.length > 0) && sum.shown.length < Number(process.env.SHOW ?? 1)) sum.shown.push([...a.map((x) => `LOST ${x}`), ...b, ...(process.env.TEXT ? [fc.stringify(one).split('\n').slice(0, Number(process.env.TEXT)).join('\n')] : [])].join('\n'))
      }
    }
    for (const [name, { tried, lost, untrue, shown }] of by) console.log(`${name}: tried ${tried}, lost ${lost}, untrue ${untrue}\n${shown.join('\n')}`)
    expect(by.size).toBeGreaterThan(0)
  })

test.skipIf(process.env.SURVEY)('of what is written in any of these ways', () =>
  fc.assert(
    fc.property(anyRestyled(), (one) => {
      expect(lost(one)).toEqual([])
      expect(untrue(one)).toEqual([])
    }),
    runs(100),
  ),
)
