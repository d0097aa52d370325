/** Law P1: what is printed, parsed, read and drawn again means the same. */
import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { examples } from '../../examples'
import { anySoundDesign, isSound } from '../../testing/any-design'
import { meaningFor } from '../../testing/meaning'
import { runs } from '../../testing/runs'
import { compile } from '../compile/compile'
import { dialects } from '../compile/dialects'
import type { Dialect } from '../compile/dialects/kind'
import { print, textOf } from '../compile/print'
import { c1 } from '../lint/canon'
import { type Design, isWireHop, type World } from '../model/design'
import { remove } from '../model/edit'
import { placed } from '../model/layout'
import { readNotation } from '../model/notation'
import { pathsOf } from '../model/path'
import { read } from '../read/read'
import { parse } from '../yaml/parse'
import { draw } from './draw'

vi.setConfig({ testTimeout: 600_000 })
const each = Object.values(dialects).map((dialect) => [dialect.id, dialect] as const)

const textFor = (design: Design, dialect: Dialect): string =>
  textOf(print(compile(design, dialect), dialect, { comments: false, lang: 'en' }))

function again(design: Design, dialect: Dialect, before: Design | null) {
  const { documents, findings } = parse(textFor(design, dialect))
  expect(findings).toEqual([])
  return draw(documents, read(documents), before)
}

const owned = examples.map(({ design }) => textFor(design, dialects['istio-v1']))
/** Values in the wrong place: other types, names that objects have already, numbers out of range. */
const odd = fc.constantFrom(
  'null',
  '[]',
  '{}',
  '[{}]',
  '-1',
  '1e99',
  'true',
  '__proto__',
  'constructor',
  '"*"',
  '~',
  '*.x',
  '""',
  '[a, 1, {b: c}]',
)

test('a match counts only at a gateway that its VirtualService lists: without mesh in the list no road leads to the gateway', () => {
  const gatewaysOf = (yaml: string) => {
    const { documents } = parse(yaml)
    const { design } = draw(documents, read(documents), null)
    return design.hops.flatMap(({ to }) => design.nodes.filter(({ id, kind }) => id === to && kind === 'gateway'))
  }
  expect(gatewaysOf(c1)).toHaveLength(1)
  expect(gatewaysOf(c1.replace('gateways: [mesh, istio-egressgateway]', 'gateways: [istio-egressgateway]'))).toEqual([])
})

test('who calls a host sees its ServiceEntry, as far as the World shows it', () => {
  const podsOf = (visibility: World['visibility']) => {
    const { design } = readNotation(`sleep HTTP -> a.example.com DISABLE\nvisibility ${visibility}`)
    const text = textFor(
      readNotation('sleep HTTP -> a.example.com DISABLE\ninfra/batch HTTP -> b.example.com DISABLE').design,
      dialects['istio-v1'],
    )
    const { documents } = parse(text)
    return draw(documents, read(documents), design).design.nodes.flatMap(({ kind, namespace }) => (kind === 'pod' ? [namespace] : []))
  }
  expect([podsOf('PUBLIC'), podsOf('NAMESPACE')]).toEqual([['default'], ['default', 'infra']])
})

test('no text with some values damaged makes it throw, and what is drawn once is drawn again alike', () =>
  fc.assert(
    fc.property(fc.constantFrom(...owned), fc.array(fc.tuple(fc.nat(400), odd), { minLength: 1, maxLength: 4 }), (text, damages) => {
      const lines = text.split('\n')
      for (const [at, value] of damages) {
        const index = at % lines.length
        lines[index] = (lines[index] ?? '').replace(/(: |- )\S.*$/, `$1${value}`)
      }
      const { documents } = parse(lines.join('\n'))
      const { design } = draw(documents, read(documents), null)
      const twice = draw(documents, read(documents), design).design
      for (const dialect of Object.values(dialects)) expect(compile(twice, dialect).length).toBe(compile(design, dialect).length)
    }),
    runs(600),
  ))

test('hops that lead nowhere in a picture lead nowhere when it is drawn again', () =>
  fc.assert(
    fc.property(anySoundDesign, fc.nat(), fc.constantFrom(...each.map(([, dialect]) => dialect)), (design, index, dialect) => {
      const hops = design.hops.filter(isWireHop)
      const before = remove(design, [(hops[index % hops.length] as (typeof hops)[number]).id])
      fc.pre(isSound(before) && textFor(before, dialect) !== '')
      const roadsIn = (of: Design) =>
        new Set(
          pathsOf(of).map(({ pod, speaks, dialled, gateway, host, outside }) =>
            [pod.id, speaks, dialled, gateway?.id, host.name, outside.tls].join(),
          ),
        )
      expect([...roadsIn(again(before, dialect, before).design)].toSorted()).toEqual([...roadsIn(before)].toSorted())
    }),
    runs(150),
  ))

describe.each(each)('%s', (_, dialect) => {
  test.each(examples.map((example) => [example.id, example.design] as const))('%s drawn from its YAML alone', (_, design) => {
    const { design: drawn, notDrawn } = again(design, dialect, null)
    expect(meaningFor(drawn, dialect)).toEqual(meaningFor(design, dialect))
    expect(notDrawn.filter(({ call }) => !call)).toEqual([])
  })

  test.each(examples.map((example) => [example.id, example.design] as const))('%s drawn over itself is itself', (_, design) => {
    const before = placed(design)
    expect(again(before, dialect, before).design).toBe(before)
  })

  test('a pod without a sidecar has none afterwards', () => {
    const before = placed(readNotation('sleep HTTP -> edition.cnn.com DISABLE\npod legacy sidecar=false').design)
    expect(again(before, dialect, before).design).toBe(before)
    expect(before.nodes.map(({ kind, name }) => `${kind} ${name}`)).not.toContain('sidecar legacy')
  })

  test('any sound design, drawn over itself', () =>
    fc.assert(
      fc.property(anySoundDesign, (design) => {
        // A design without a whole road compiles to nothing, and from nothing its own nodes cannot be drawn again.
        fc.pre(textFor(design, dialect) !== '')
        expect(meaningFor(again(design, dialect, design).design, dialect, true)).toEqual(meaningFor(design, dialect, true))
      }),
      runs(150),
    ))
})
