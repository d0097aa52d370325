/** A connection to an address: what NetworkPolicies let out, and who answers there. */

import { both } from '../base/text'
import { blockedBy } from '../istio/network-policy'
import { spotAt } from './addresses'
import { atGateway } from './gateway-hop'
import { atServer } from './origin'
import { blockedSays, refusedSays } from './says'
import { type Dialling, doubt, fail, type Passage, step, type Walk } from './walk'
import { type Fault, faults, layersOf, type Wire } from './wire'

/** More proxies than this in a row are a circle that nothing ends. */
const deepest = 40

/** Dials an address and sends what the wire holds. */
export function connect(walk: Walk, from: Dialling, ip: string, port: number, wire: Wire): Passage {
  const spot = spotAt(walk.istiod, walk.asks.host, ip, port)
  const there = spot.is === 'gateway' || spot.is === 'pod' ? spot.pod.ip : spot.is === 'server' ? spot.ip : ip
  const at = spot.is === 'nothing' ? port : spot.port
  const barrier = blockedBy(walk.istiod, from.pod, there, at, 'TCP')
  const facts = { host: ip, port }
  if (barrier) {
    fail(walk, 'blocked', { ...facts, policy: `${barrier.namespace}/${barrier.name}` }, barrier.from)
    step(walk, from.title, 'policy', blockedSays(barrier.name, barrier.namespace, ip, at), barrier.from, { ok: false })
    return cut(faults.timeout)
  }
  if (spot.is === 'server') return atServer(walk, spot, wire)
  if (spot.is === 'gateway') {
    if (walk.depth >= deepest) {
      doubt(walk, both('It goes round in a circle of gateways.', '请求在网关之间兜圈子。'))
      return cut(faults.timeout)
    }
    walk.depth += 1
    return atGateway(walk, spot.pod, spot.port, wire, from)
  }
  const how = spot.is === 'pod' ? 'refused' : spot.how
  fail(walk, how, facts, null)
  step(walk, from.title, 'cluster', refusedSays(how, ip, port), null, { ok: false, to: facts, wire: layersOf(wire) })
  return cut(faults[how])
}

const cut = (fault: Fault): Passage => ({ end: { is: 'fault', layer: null, fault }, lines: [] })
