/** A connection to an address: what NetworkPolicies let out, and who has the address. */

import type { Connection, TraceContext } from './context'
import { circleSays, type ToGateway } from './gateway'
import { reached } from './reach'
import { blockedSays, refusedSays } from './says'
import { server } from './server'
import { type Decided, type Ended, ends, goesOn, step } from './stage'
import { type Fault, faults, layersOf } from './wire'

/** More gateways than this in a row are a circle that nothing ends. */
const deepest = 40

/** Takes a connection to the gateway that has its address, or ends it. `depth`: how many gateways the request has come to. */
export function connect(context: TraceContext, connection: Connection, depth: number): Decided<ToGateway> {
  const { from, ip, port, wire, lacksSecret } = connection
  if (lacksSecret) return ends(cut(faults.noSecret))
  const { owner, port: arrivesAt, blockedBy: policy } = reached(context, connection)
  const to = { host: ip, port }
  if (policy)
    return ends(cut(faults.timeout), {
      failure: { name: 'blocked', facts: { ...to, policy: `${policy.namespace}/${policy.name}` } },
      steps: [step(from.at, 'policy', blockedSays(policy.name, policy.namespace, ip, arrivesAt), policy.from, { ok: false })],
    })
  if (owner.is === 'server') return server(owner, wire)
  if (owner.is === 'gateway' && depth >= deepest) return ends(cut(faults.timeout), { doubt: circleSays })
  if (owner.is === 'gateway') return goesOn({ pod: owner.pod, port: owner.port, wire, from, depth: depth + 1 })
  const how = owner.is === 'pod' ? 'refused' : owner.how
  return ends(cut(faults[how]), {
    failure: { name: how, facts: to },
    steps: [step(from.at, 'cluster', refusedSays(how, ip, port), null, { ok: false, to, wire: layersOf(wire) })],
  })
}

const cut = (fault: Fault): Ended => ({ end: { is: 'fault', layer: null, fault }, lines: [] })
