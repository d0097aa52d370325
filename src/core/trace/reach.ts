/** What a connection to an address meets: who has the address, and the NetworkPolicy that does not let it through. */

import type { NetworkPolicy } from '../istio/mesh'
import { blockedBy } from '../istio/network-policy'
import { type AddressOwner, ownerOf } from './addresses'
import type { Connection, TraceContext } from './context'

export interface Reached {
  owner: AddressOwner
  /** The port that it arrives at: a Service may lead to another one. */
  port: number
  blockedBy: NetworkPolicy | null
}

/** Where a connection would arrive, before anything is sent over it. */
export function reached({ push, app }: Pick<TraceContext, 'push' | 'app'>, to: Pick<Connection, 'from' | 'ip' | 'port'>): Reached {
  const owner = ownerOf(push, app.host, to.ip, to.port)
  const there = owner.is === 'gateway' || owner.is === 'pod' ? owner.pod.ip : owner.is === 'server' ? owner.ip : to.ip
  const port = owner.is === 'nothing' ? to.port : owner.port
  return { owner, port, blockedBy: blockedBy(push, to.from.pod, there, port, 'TCP') }
}

/** Whether somebody takes the connection. */
export const establishes = ({ owner, blockedBy }: Reached): boolean =>
  blockedBy === null && (owner.is === 'server' || owner.is === 'gateway')
