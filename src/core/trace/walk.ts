/** A request under way: what is known of it, the steps so far, and why it fails. */

import type { Text } from '../base/text'
import type { PushContext } from '../istio/push-context'
import type { Workload } from '../istio/surroundings'
import type { Place } from '../yaml/document'
import type { Asks } from './asks'
import type { Facts, FailureName } from './failures'
import type { HopLine, Layer, Stage, TraceStep } from './outcome'
import type { End, Wire } from './wire'

export interface Walk {
  istiod: PushContext
  asks: Asks
  steps: TraceStep[]
  failure: { name: FailureName; facts: Facts; from: Place | null } | null
  unknown: Text | null
  /** How many proxies it has passed. */
  depth: number
  /** Dials an address for a proxy or an app (see `connect.ts`), which lies behind everything that calls it. */
  connect: (walk: Walk, from: Dialling, ip: string, port: number, wire: Wire) => Passage
}

/** Who dials, as a step names it. */
export interface Dialling {
  title: string
  pod: Workload
  ip: string
}

/** How a connection ended, and the lines that proxies behind it wrote. */
export interface Passage {
  end: End
  lines: readonly HopLine[]
}

interface Said {
  ok?: boolean
  to?: { host: string; port: number } | null
  wire?: readonly Layer[]
  flag?: string
}

/** Rounds of a circle that are told. */
const toldRounds = 3

export function step(walk: Walk, at: string, stage: Stage, says: Text, because: Place | null, more: Said = {}): void {
  if (walk.depth > toldRounds) return
  walk.steps.push({
    at,
    stage,
    ok: more.ok ?? true,
    says,
    to: more.to ?? null,
    wire: more.wire ?? [],
    ...(more.flag && { flag: more.flag }),
    because,
  })
}

/** Why it fails: what is found first, the farthest on its way, counts. */
export function fail(walk: Walk, name: FailureName, facts: Facts, from: Place | null): void {
  walk.failure ??= { name, facts, from }
}

/** Something that the tracer cannot know; the first counts. */
export function doubt(walk: Walk, reason: Text): void {
  walk.unknown ??= reason
}
