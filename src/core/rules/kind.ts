import type { Labels } from '../base/labels'
import type { Text } from '../base/text'
import type { Mesh } from '../istio/mesh'
import type { Call, Surroundings } from '../istio/surroundings'
import type { Document } from '../yaml/document'
import type { Finding, Level } from '../yaml/finding'

export type Documents = readonly Document[]

/** What a rule looks at. It only looks and reports. */
export interface RuleInput {
  documents: Documents
  mesh: Mesh
  around: Surroundings
}

/** How a request ends, as far as a finding says it; every part that is there must hold. */
export interface End {
  /** What the app sees. */
  status?: number
  exit?: number
  /** It does not arrive. */
  fails?: true
  /** It leaves without a gateway. */
  direct?: true
  /** What is in some proxy's access log. */
  log?: { code?: number; flags?: string; details?: string; failure?: string }
}

/** What comes of it: requests of each of these clients to the URL end in one of these ways. */
export interface Foretelling {
  /** The outcome as a part of a sentence. */
  says: Text
  clients: readonly { namespace: string; labels: Labels }[]
  url: string
  /** The host of the URL is one of many below this wildcard. */
  wildcard?: string
  ends: readonly End[]
}

/**
 * A finding of a rule says what is wrong. What comes of it depends on all the rest of the text, so that a rule only foretells it: `lint` adds
 * it to the sentence where the tracer says the same.
 */
export interface RuleFinding extends Finding {
  foretells?: Foretelling
  /** No more than a remark while nobody is known to ask for what it breaks: a known call that does not arrive makes it a mistake. */
  ifAsked?: true
  /** Requests that it tells of, each as the trace has it. */
  calls?: readonly Call[]
}

/** A case of a rule, which the lab plays as well: YAML (several documents), and what around it differs from the lab's defaults. */
export interface Example {
  says: string
  yaml: string
  /** Parts of a lab case: pods, gateways, servers, hosts, secrets, outbound. */
  around?: Record<string, unknown>
  /** Of a good example: the request that must arrive; left out, that of the rule's first bad example. */
  url?: string
  from?: string
  /** Of a good example: the request arrives without a gateway. */
  direct?: true
}

export interface BadExample extends Example {
  /** Where the finding is: `Kind/name path.to.field`. */
  at: string
  /** How bad this one is, where that is not the rule's own level. */
  level?: Level
  /**
   * How the lab confirms it: `check` says a word of it, or a request ends otherwise than it should. `source`, for what is no error alone:
   * where Istio's source or documentation says what the lab cannot play.
   */
  shows: { check: string } | { source: string } | { url: string; from?: string; ends: { status?: number; exit?: number; direct?: true } }
}

export interface Rule {
  /** Such as L1; never used again for something else. */
  id: string
  level: Level
  /** Who says the same in a cluster; left out: nobody, it is our own advice. */
  authority?: 'webhook'
  /** `istioctl analyze` tells of the same by a code of its own, in place of IST0106 and IST0133. */
  analyzer?: true
  title: Text
  /** Why it is so, in a few sentences. */
  why: Text
  /** Where more is said: an issue of Istio or a page of its documentation, and the lesson that teaches it. */
  links: readonly string[]
  check(of: RuleInput): RuleFinding[]
  good: readonly Example[]
  bad: readonly BadExample[]
}
