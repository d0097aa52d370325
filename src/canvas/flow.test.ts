import { expect, test } from 'vitest'
import { plan } from '../core/compile/plan/plan'
import { heightOf } from '../core/figure/figure'
import { wallsOf } from '../core/figure/frames'
import { pointAt } from '../core/figure/route'
import { type Design, emptyDesign } from '../core/model/design'
import { connect, overrideWire } from '../core/model/edit'
import { placed } from '../core/model/layout'
import { readNotation } from '../core/model/notation'
import { draw, framesAround, type Picture } from './flow'

const drawing = (text: string): Design => placed(readNotation(text, emptyDesign).design)
const pictureOf = (design: Design, last?: Picture): Picture => draw(design, plan(design).lanes, last)
const one = drawing('sleep HTTP -> istio-egressgateway ISTIO_MUTUAL -> edition.cnn.com SIMPLE')
const two = drawing(
  'sleep HTTP -> istio-egressgateway ISTIO_MUTUAL -> edition.cnn.com SIMPLE\nsleep HTTPS -> istio-egressgateway ISTIO_MUTUAL -> api.partner.example PASSTHROUGH\nshop/batch HTTPS -> s3.example.com PASSTHROUGH',
)

test('every card has a known size, and ends for its wires', () => {
  for (const card of pictureOf(two).cards) {
    expect([card.width, card.height], card.id).toEqual([card.measured?.width, card.measured?.height])
    expect(card.handles?.map((handle) => handle.id)).toEqual(['in', 'out'])
    expect(card.height).toBe(heightOf(card.data.node.kind, card.data.rows.length))
  }
})

test('a sidecar hangs under its pod', () => {
  const { byId, partner } = pictureOf(one)
  const pod = byId.get('pod:default/sleep')
  const sidecar = byId.get(partner.get('pod:default/sleep') ?? '')
  expect(sidecar?.position).toEqual({ x: pod?.position.x, y: (pod?.position.y ?? 0) + 74 })
})

test('a single road is straight: each wire ends at its row, on the height it left', () => {
  for (const wire of pictureOf(one).wires) {
    const { byId } = pictureOf(one)
    const [from, to] = [byId.get(wire.source), byId.get(wire.target)]
    const leaves = (from?.position.y ?? 0) + (from?.type === 'sidecar' ? 21 : 24) + (wire.data?.leave ?? 0)
    expect(leaves, wire.id).toBe((to?.position.y ?? 0) + 24 + (wire.data?.arrive ?? 0))
    expect(wire.data?.bend).toBe(0)
  }
})

test('what did not change is the same object', () => {
  const before = pictureOf(two)
  const moved = {
    ...two,
    nodes: two.nodes.map((node) =>
      node.id === 'host:s3.example.com' && node.at ? { ...node, at: { x: node.at.x, y: node.at.y + 40 } } : node,
    ),
  }
  const after = pictureOf(moved, before)
  expect(after.cards.filter((card) => before.byId.get(card.id) !== card).map((card) => card.id)).toEqual(['host:s3.example.com'])
})

test('hops between the same two nodes do not lie on top of each other', () => {
  const twice = connect(one, 'gateway:istio-system/istio-egressgateway', 'host:edition.cnn.com')
  const design = 'design' in twice ? twice.design : one
  const wires = pictureOf(design).wires.filter((wire) => wire.target === 'host:edition.cnn.com')
  expect(wires).toHaveLength(2)
  const places = wires.map((wire) =>
    pointAt(
      { from: { x: 0, y: wire.data?.leave ?? 0 }, to: { x: 200, y: wire.data?.arrive ?? 0 }, bend: wire.data?.bend ?? 0 },
      wire.data?.at ?? 0,
    ),
  )
  const [a, b] = places
  expect(Math.hypot((a?.x ?? 0) - (b?.x ?? 0), (a?.y ?? 0) - (b?.y ?? 0))).toBeGreaterThan(24)
})

test('a host that differs gets a row of its own, and the hop reaches both', () => {
  const mesh = one.hops.find((hop) => hop.id.endsWith('istio-egressgateway'))?.id ?? ''
  const wider = drawing(
    'sleep HTTP -> istio-egressgateway ISTIO_MUTUAL -> edition.cnn.com SIMPLE\nsleep HTTP -> istio-egressgateway ISTIO_MUTUAL -> www.example.com SIMPLE',
  )
  const design = overrideWire(wider, mesh, wider.hops.find((hop) => hop.to === 'host:www.example.com')?.id ?? '', { tls: 'DISABLE' })
  const { byId, wires } = pictureOf(design)
  expect(byId.get('gateway:istio-system/istio-egressgateway')?.data.rows.map((row) => row.mode)).toContain('ISTIO_MUTUAL')
  expect(wires.find((wire) => wire.id === mesh)?.data?.also.map((row) => row.style)).toEqual(['disable'])
})

test('a frame is the room round the pods of a namespace, with gates in its wall', () => {
  const frames = framesAround(pictureOf(two).cards, [{ kind: 'NetworkPolicy', namespace: 'shop', dns: true }])
  expect(frames.map((frame) => [frame.namespace, frame.guard !== null])).toEqual([
    ['default', false],
    ['shop', true],
  ])
  for (const frame of frames) {
    expect([frame.width, frame.height]).toEqual([212, 192])
    for (const wall of wallsOf(frame)) for (const gate of frame.gates) expect(gate < wall.top || gate > wall.top + wall.height).toBe(true)
  }
})
