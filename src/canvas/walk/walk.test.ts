import { expect, test } from 'vitest'
import { lanesOf } from '../../core/compile/plan/lanes'
import { placed } from '../../core/model/layout'
import { pathsOf } from '../../core/model/path'
import { first } from '../../examples/draw'
import { draw } from '../flow'
import { litBy, numberOf, type Place, restAt, stopsOf, wayTo } from './walk'

const design = placed(first)
const picture = draw(design, lanesOf(design, pathsOf(design)).lanes)
const idOf = (kind: string) => design.nodes.find((node) => node.kind === kind)?.id ?? ''
const hopOf = (from: string, to: string) => design.hops.find((hop) => hop.from === idOf(from) && hop.to === idOf(to))?.id ?? ''
const places: Place[] = [
  { node: idOf('pod'), hop: hopOf('pod', 'sidecar') },
  { node: idOf('sidecar'), hop: hopOf('sidecar', 'gateway') },
  { node: idOf('sidecar'), hop: hopOf('sidecar', 'gateway') },
  { node: idOf('gateway'), hop: hopOf('gateway', 'host') },
  { node: null, hop: null },
]
const placeOf = (step: number) => places[step] ?? { node: null, hop: null }
const trace = { steps: places.map((_, index) => ({ ok: index !== 3 })) } as never

test('a card is one stop, with all its steps', () => {
  expect(stopsOf(trace, placeOf)).toEqual([
    { node: idOf('pod'), steps: [0], dead: false },
    { node: idOf('sidecar'), steps: [1, 2], dead: false },
    { node: idOf('gateway'), steps: [3], dead: true },
  ])
})

test('its number is the step that is shown, or all of them', () => {
  const stop = { node: '', steps: [1, 2], dead: false }
  expect(numberOf(stop, 2)).toBe('3')
  expect(numberOf(stop, 0)).toBe('2–3')
  expect(numberOf({ ...stop, steps: [4] }, 0)).toBe('5')
})

test('what it comes by is lit', () => {
  expect(litBy(trace, placeOf).has(hopOf('gateway', 'host'))).toBe(true)
  expect(litBy(trace, placeOf).has(idOf('host'))).toBe(false)
})

test('the dot goes along the wire from card to card, and stays where a card has several steps', () => {
  const way = wayTo(3, placeOf, picture)
  const [from, to] = [picture.byId.get(idOf('sidecar')), picture.byId.get(idOf('gateway'))]
  expect(way[0]?.x).toBe((from?.position.x ?? 0) + (from?.width ?? 0))
  expect(way.at(-1)?.x).toBe(to?.position.x)
  expect(wayTo(2, placeOf, picture)).toEqual([])
  expect(wayTo(1, placeOf, picture)).toHaveLength(2)
  expect(wayTo(4, placeOf, picture)).toEqual([])
  expect(restAt(3, placeOf, picture)).toEqual(way.at(-1))
  expect(restAt(2, placeOf, picture)).toEqual(restAt(1, placeOf, picture))
  expect(restAt(4, placeOf, picture)).toBeNull()
})
