/**
 * What the core costs, each figure beside a floor of the same run: work on the same data that nobody can do without. Runs in Node and in a
 * browser alike. Times are the middle of several runs in milliseconds.
 */
import { dump, loadAll } from 'js-yaml'
import { lint } from '../../src/core/check/lint'
import { compile } from '../../src/core/compile/compile'
import { dialects } from '../../src/core/compile/dialects'
import { objectOf, print, textOf } from '../../src/core/compile/print'
import { type Design, isWireHop } from '../../src/core/model/design'
import { setTls } from '../../src/core/model/edit'
import { readNotation } from '../../src/core/model/notation'
import { draw } from '../../src/core/picture/draw'
import { surroundingsOf } from '../../src/core/picture/drawn-surroundings'
import { read } from '../../src/core/read/read'
import { trace } from '../../src/core/trace/trace'
import { parse } from '../../src/core/yaml/parse'

export interface Figure {
  name: string
  hosts: number
  /** Milliseconds. */
  time: number
  /** What the floor does, and its milliseconds. */
  floor: string
  floorTime: number
}

const dialect = dialects['istio-v1']
const printing = { comments: false, lang: 'en' } as const

/** A design of so many hosts behind one gateway; `salt` makes its names new, so that nothing of an earlier run can be reused. */
function designOf(hosts: number, salt: number): Design {
  const lines = Array.from(
    { length: hosts },
    (_, at) => `sleep HTTP -> istio-egressgateway ISTIO_MUTUAL -> h${at}-${salt}.example.com SIMPLE`,
  )
  return readNotation(lines.join('\n')).design
}

export const middle = (times: readonly number[]): number => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0

/** Runs per figure: enough for a middle, and no minutes at the largest size. */
const runsAt = (hosts: number): number => (hosts <= 100 ? 15 : hosts <= 1000 ? 7 : 5)

interface Prepared {
  design: Design
  salt: number
}

interface Measured {
  name: string
  floor: string
  /** Gives the work and its floor, over data that was made before the clock starts. */
  prepare(of: Prepared): { work(): unknown; least(): unknown }
}

const textFor = (design: Design): string => textOf(print(compile(design, dialect), dialect, printing))
const urlOf = (at: number, salt: number): string => `http://h${at}-${salt}.example.com/`

const measured: readonly Measured[] = [
  {
    name: 'compile',
    floor: 'JSON.stringify of the objects',
    prepare: ({ design }) => {
      const resources = compile(structuredClone(design), dialect)
      return { work: () => compile(design, dialect), least: () => JSON.stringify(resources) }
    },
  },
  {
    name: 'print',
    floor: 'dump of the same objects',
    prepare: ({ design }) => {
      const resources = compile(design, dialect)
      const objects = resources.map((resource) => objectOf(resource, dialect.version(resource.group)))
      return { work: () => textOf(print(resources, dialect, printing)), least: () => objects.map((object) => dump(object)).join('---\n') }
    },
  },
  {
    name: 'parse',
    floor: 'loadAll of the same text',
    prepare: ({ design }) => {
      const text = textFor(design)
      return { work: () => parse(text), least: () => loadAll(text) }
    },
  },
  {
    name: 'read',
    floor: 'structuredClone of the objects',
    prepare: ({ design }) => {
      const { documents } = parse(textFor(design))
      const objects = documents.map(({ object }) => object)
      return { work: () => read(documents), least: () => structuredClone(objects) }
    },
  },
  {
    name: 'lint',
    floor: 'structuredClone of the objects',
    prepare: ({ design }) => {
      const { documents } = parse(textFor(design))
      const of = { documents, mesh: read(documents), around: surroundingsOf(design) }
      const objects = documents.map(({ object }) => object)
      return { work: () => lint(of), least: () => structuredClone(objects) }
    },
  },
  {
    name: 'draw',
    floor: 'structuredClone of the objects',
    prepare: ({ design }) => {
      const { documents } = parse(textFor(design))
      const mesh = read(documents)
      const objects = documents.map(({ object }) => object)
      return { work: () => draw(documents, mesh, null), least: () => structuredClone(objects) }
    },
  },
  {
    name: 'first trace',
    floor: 'structuredClone of the objects',
    prepare: ({ design, salt }) => {
      const { documents } = parse(textFor(design))
      const [mesh, around] = [read(documents), surroundingsOf(design)]
      const objects = documents.map(({ object }) => object)
      return {
        work: () => trace(mesh, around, { from: 'default/sleep', url: urlOf(7, salt), curl: [] }),
        least: () => structuredClone(objects),
      }
    },
  },
  {
    name: 'next trace',
    floor: 'structuredClone of the trace',
    prepare: ({ design, salt }) => {
      const { documents } = parse(textFor(design))
      const [mesh, around] = [read(documents), surroundingsOf(design)]
      const send = (at: number) => trace(mesh, around, { from: 'default/sleep', url: urlOf(at, salt), curl: [] })
      const first = send(7)
      return { work: () => send(8), least: () => structuredClone(first) }
    },
  },
  {
    name: 'an edit',
    floor: 'dump of the objects that it changes',
    prepare: ({ design }) => {
      const resources = compile(design, dialect)
      print(resources, dialect, printing)
      const hop = design.hops.filter(isWireHop).at(-1)?.id ?? ''
      const after = compile(setTls(design, hop, 'DISABLE'), dialect, resources)
      const changed = after.filter((each) => !resources.includes(each)).map((each) => objectOf(each, dialect.version(each.group)))
      return {
        work: () => textOf(print(compile(setTls(design, hop, 'DISABLE'), dialect, resources), dialect, printing)),
        least: () => changed.map((object) => dump(object)).join('---\n'),
      }
    },
  },
]

export const names: readonly string[] = measured.map(({ name }) => name)

/** One figure: the middle time of its work, and of its floor, over fresh data each run. `now` is a clock in milliseconds. */
export function figureOf(name: string, hosts: number, now: () => number): Figure {
  const of = measured.find((each) => each.name === name)
  if (!of) throw new Error(`There is no figure ${name}.`)
  const [times, floors]: [number[], number[]] = [[], []]
  // The first run warms the engine up and does not count.
  for (let run = 0; run <= runsAt(hosts); run++) {
    const salt = run + hosts * 1000
    const { work, least } = of.prepare({ design: designOf(hosts, salt), salt })
    const floorTime = timed(least, now)
    const time = timed(work, now)
    if (run === 0) continue
    times.push(time)
    floors.push(floorTime)
  }
  return { name, hosts, time: middle(times), floor: of.floor, floorTime: middle(floors) }
}

function timed(work: () => unknown, now: () => number): number {
  const begun = now()
  work()
  return now() - begun
}
