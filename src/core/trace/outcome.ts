/** A request, its way step by step, and what is seen of it: by the app, in the access logs, by the server. */

import type { Text } from '../base/text'
import type { ClusterRef } from '../istio/cluster-ref'
import type { ProxyRef } from '../istio/proxy'
import type { Fix, Place } from '../yaml/document'

export interface Request {
  /** `namespace/pod` */
  from: string
  url: string
  /** Further arguments of curl, as a lab case gives them. */
  curl: readonly string[]
}

/** One line of one proxy's access log. */
export interface HopLine {
  proxy: ProxyRef
  code: number
  flags: string
  details: string
  /** Of the connection that came in: TLSv1.3, or -. */
  tls: string
  sni: string
  peer: string
  /** Where it was sent; null for nowhere. */
  cluster: ClusterRef | null
  /** Why the upstream connection failed, as Envoy says it; left out where it did not. */
  failure?: string
  /** Why the connection was ended, where a policy did. */
  ended?: string
}

export interface Seen {
  port: number
  tls: string
  sni: string
  clientCert: string
}

export interface Outcome {
  /** 0: no answer of HTTP. */
  status: number
  /** curl's exit status. */
  exit: number
  hops: HopLine[]
  server: Seen | null
}

/** What is spoken on a stretch, outermost layer first. */
export type Layer = { is: 'TLS' | 'mTLS'; sni: string; peer: string } | { is: 'HTTP'; host: string } | { is: 'TCP' }

export type Stage = 'app' | 'capture' | 'policy' | 'listener' | 'chain' | 'route' | 'cluster' | 'dial' | 'host'

/** Where a step is taken: in an app's pod, in a proxy, at a host. */
export type StepAt = { kind: 'pod'; namespace: string; name: string } | ProxyRef | { kind: 'host'; name: string }

export interface TraceStep {
  at: StepAt
  stage: Stage
  ok: boolean
  says: Text
  /** The stretch behind this step: where it goes and what is spoken there. */
  to: { host: string; port: number } | null
  wire: readonly Layer[]
  /** Envoy's, such as NR. */
  flag?: string
  because: Place | null
}

export interface Trace {
  request: Request
  steps: TraceStep[]
  outcome: Outcome
  /** Why it failed, as a name that rules and sentences go by (`trace/failures.ts`); null where it arrives. */
  failure: string | null
  /** What the app sees, in words; where it failed, why. */
  says: Text
  fix?: Fix
  /** Set where a construct is beyond the tracer: the outcome is then no prediction. */
  unknown: Text | null
}
