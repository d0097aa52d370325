/** No dead ends: from whatever a few edits lead to, each neighbouring design can be reached by what the canvas and the inspector can do. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anySoundDesign } from '../../testing/any-design'
import { anyEdit } from '../../testing/any-edit'
import { runs } from '../../testing/runs'
import { check } from './check'
import { type Call, type Design, isWireHop } from './design'
import { fits, legOfHop, mayConnect, remove, setCall } from './edit'
import { readNotation } from './notation'
import { offersOfCall, offersToConnect, sendingFor } from './offers'
import { type Path, pathsOf } from './path'
import { tlsKinds, tlsModes } from './tls'

const errors = (design: Design) => check(design).filter(({ level }) => level === 'error').length
const calls: Call[] = [
  { speaks: 'HTTP' },
  { speaks: 'HTTPS' },
  { speaks: 'TCP', port: 9000 },
  { speaks: 'HTTP', port: 8080 },
  { speaks: 'HTTPS', port: 8443 },
]
const reached = (design: Design) => new Set(pathsOf(design).map(({ pod, host }) => `${pod.id} ${host.id}`))

/** Whether the call would be one that the drawing's rules let stand, if nobody shared the hop: a Service may not serve the port at all. */
function isSoundAlone(design: Design, pod: string, app: string, call: Call, outside: string): boolean {
  const others = design.nodes.filter(({ id, kind }) => kind === 'pod' && id !== pod).map(({ id }) => id)
  const alone = remove(design, others)
  const said = setCall(alone, app, call, outside)
  return 'design' in said && errors(said.design) <= errors(alone)
}

/** Which calls of a path are neither taken nor offered in another way. */
function deadCalls(design: Design, { pod, host, hops, outside }: Path): string[] {
  return calls.flatMap((call) => {
    const app = hops[0] as string
    if ('design' in setCall(design, app, call, outside.hop)) return []
    const offers = offersOfCall(design, app, call, outside.hop)
    for (const offer of offers) {
      const said = pathsOf(offer.design).filter((path) => path.pod.id === pod.id && path.host.id === host.id)
      expect(said.some(({ speaks }) => speaks === call.speaks)).toBe(true)
      expect(errors(offer.design)).toBeLessThanOrEqual(errors(design))
      expect([...reached(design)].filter((pair) => !reached(offer.design).has(pair))).toEqual([])
    }
    return offers.length > 0 || !isSoundAlone(design, pod.id, app, call, outside.hop)
      ? []
      : [`${pod.id} sends ${JSON.stringify(call)} to ${host.id}`]
  })
}

/** Which modes of a hop that an app could have are neither free nor a press away. */
function deadModes(design: Design): string[] {
  return design.hops.filter(isWireHop).flatMap((hop) => {
    const leg = legOfHop(design, hop)
    if (!leg || !pathsOf(design).some(({ hops }) => hops.includes(hop.id))) return []
    return tlsModes.flatMap((mode) => {
      if (fits(design, hop.id, mode) === true) return []
      const speaks = (['HTTP', 'HTTPS'] as const).find((said) => tlsKinds[mode].fits(leg, said) === true)
      if (!speaks) return []
      const after = sendingFor(design, hop.id, speaks, mode)
      if (!after) return [`${hop.id} ${mode}`]
      expect(fits(after, hop.id, mode)).toBe(true)
      expect(after.hops.find(({ id }) => id === hop.id)).toMatchObject({ wire: { tls: mode } })
      return []
    })
  })
}

/** The path through each gateway, or straight: what cannot be drawn. */
function deadWays(design: Design, { sidecar, gateway, host, outside }: Path): string[] {
  const ways = gateway
    ? [[sidecar, host]]
    : design.nodes
        .filter(({ kind }) => kind === 'gateway')
        .flatMap((other) => [
          [sidecar, other],
          [other, host],
        ])
  const dead = ways.flatMap(([from, to]) => {
    const there = design.hops.some((hop) => hop.from === from?.id && hop.to === to?.id)
    return there || (from && to && mayConnect(design, from.id, to.id) === true) ? [] : [`${from?.id} to ${to?.id}`]
  })
  return remove(design, [outside.hop]) === design ? [...dead, `${outside.hop} stays`] : dead
}

test('each call, each mode and each way past or through a gateway can be reached', { timeout: 240_000 }, () => {
  fc.assert(
    fc.property(anySoundDesign, fc.array(anyEdit, { maxLength: 5 }), (sound, edits) => {
      let design = sound
      for (const edit of [null, ...edits]) {
        const next = edit ? edit.of(design) : design
        if (edit && (next === design || errors(next) > 0)) continue
        design = next
        const paths = pathsOf(design)
        expect([...paths.flatMap((path) => [...deadCalls(design, path), ...deadWays(design, path)]), ...deadModes(design)]).toEqual([])
      }
    }),
    runs(60),
  )
})

test('a hop that may not be drawn is offered where another is meant', () => {
  fc.assert(
    fc.property(anySoundDesign, fc.nat(), fc.nat(), (design, one, other) => {
      const [from, to] = [design.nodes[one % design.nodes.length], design.nodes[other % design.nodes.length]]
      if (!from || !to || mayConnect(design, from.id, to.id) === true) return
      for (const offer of offersToConnect(design, from.id, to.id)) {
        expect(offer.design.hops.length).toBeGreaterThan(design.hops.length)
        expect([...reached(design)].filter((pair) => !reached(offer.design).has(pair))).toEqual([])
      }
      // From a pod to a host its sidecar is meant, whichever end the hand began at.
      const isPodAndHost = [from.kind, to.kind].toSorted().join() === 'host,pod'
      if (isPodAndHost) expect(offersToConnect(design, from.id, to.id)).toHaveLength(1)
    }),
    runs(200),
  )
})

test('two pods on one hop: both send the same, or each has a hop of its own', () => {
  const { design } = readNotation(
    'sleep HTTP -> istio-egressgateway ISTIO_MUTUAL -> a.example.com SIMPLE\nbilling HTTP -> istio-egressgateway ISTIO_MUTUAL -> a.example.com SIMPLE',
  )
  const app = design.hops.find(({ from }) => from === 'pod:default/sleep')?.id as string
  expect(setCall(design, app, { speaks: 'HTTPS' })).toHaveProperty('refused')
  const [both, own] = offersOfCall(design, app, { speaks: 'HTTPS' })
  expect([both?.says.en, own?.says.en]).toEqual([
    'sleep and billing send HTTPS to a.example.com',
    'Give sleep a hop of its own to a.example.com',
  ])
  const drawn = (of: Design | undefined) =>
    of &&
    pathsOf(of)
      .map(({ pod, speaks, outside }) => `${pod.name} ${speaks} ${outside.tls}`)
      .toSorted()
  expect(drawn(both?.design)).toEqual(['billing HTTPS PASSTHROUGH', 'sleep HTTPS PASSTHROUGH'])
  expect(drawn(own?.design)).toEqual(['billing HTTP SIMPLE', 'sleep HTTPS PASSTHROUGH'])
})
