/** A gateway put onto a direct hop, and what its paths become when it is taken away. Pure. */
import type { Id } from '../base/id'
import { both } from '../base/text'
import { type Design, hopOf, isAppHop, isWireHop, nodeOf, type Point, type WireHop } from './design'
import { addNode, connect, remove } from './edit'
import { freeId } from './grow'
import { pathsOf } from './path'

/** Whether a hop leads from a sidecar straight to a host: a gateway may come between. */
export function isDirect(design: Design, id: Id): boolean {
  const hop = hopOf(design, id)
  return !!hop && nodeOf(design, hop.from)?.kind === 'sidecar' && nodeOf(design, hop.to)?.kind === 'host'
}

/**
 * Leads a direct hop through a gateway: a new one at that place, or one that nothing is connected to yet. The hop goes on from the gateway and
 * keeps all that is said of it. Null where the hop is not direct, or the gateway has hops of its own: they would carry more than this path.
 */
export function putBetween(design: Design, id: Id, place: { at: Point } | { gateway: Id }): { design: Design; id: Id } | null {
  const hop = hopOf(design, id)
  if (!hop || !isDirect(design, id)) return null
  if ('gateway' in place && design.hops.some(({ from, to }) => from === place.gateway || to === place.gateway)) return null
  const { design: added, id: gateway } = 'gateway' in place ? { design, id: place.gateway } : addNode(design, 'gateway', place)
  const led = { ...added, hops: added.hops.map((each) => (each.id === id ? { ...each, from: gateway } : each)) }
  const joined = connect(led, hop.from, gateway)
  return 'refused' in joined ? null : { design: joined.design, id: gateway }
}

/** How that is offered. */
export const straightSays = both('Connect its pods straight to its hosts', '把它的 Pod 直接连接到主机')

/** The design without a gateway, each of its paths led straight from its sidecar to its host; null where no path leads through it. */
export function withoutGateway(design: Design, gateway: Id): Design | null {
  const paths = pathsOf(design).filter((path) => path.gateway?.id === gateway)
  if (paths.length === 0) return null
  let next = remove(design, [gateway])
  for (const { sidecar, host, outside, hops } of paths) {
    const before = hopOf(design, outside.hop)
    const app = hopOf(design, hops[0] ?? '')
    if (!before || !isWireHop(before)) continue
    const id = freeId(`${sidecar.id}>${host.id}`, (taken) => hopOf(next, taken) !== undefined)
    const hop: WireHop = { id, from: sidecar.id, to: host.id, wire: before.wire, overrides: {}, except: [] }
    const own = app && isAppHop(app) ? app.overrides[outside.hop] : undefined
    const withOwn = next.hops.map((each) =>
      own && isAppHop(each) && each.id === app?.id ? { ...each, overrides: { ...each.overrides, [id]: own } } : each,
    )
    next = { ...next, hops: [...withOwn, hop] }
  }
  return next
}
