/**
 * What a lesson is: data, without code, so that a teacher can write one as a file (`lessons/README.md`, `read.ts`). What its goals mean is in
 * `goals/`.
 */

import type { Lang, Text } from '../core/base/text'
import type { WayId } from '../core/trace/bypass'

/**
 * What the learner has before them: flow notation (`core/notation.ts`) for the picture and the World; `yaml`, where a text of their own is in
 * the editor. Then the flows say only what no YAML can: pods, labels, the outbound policy.
 */
export interface Scene {
  flows: string
  yaml?: string
}

/** A request, as the Trace panel sends it. */
export interface Asks {
  /** `namespace/pod`; left out: `default/sleep`. */
  from?: string
  url: string
  /** Further arguments of curl. */
  curl?: readonly string[]
}

/** A line of an access log, as far as it matters; what is left out may be anything. */
export interface Hop {
  /** `sidecar ns/pod` or `gateway ns/name`, or only the first word. */
  proxy: string
  code?: number
  /** Envoy's flags, one of which must be there; `-` for none. */
  flags?: string
  /** Whether TLS came in that this proxy ended. */
  tls?: boolean
  /** Whether the caller's identity is known. */
  peer?: boolean
  sni?: string
  /** The cluster's name has this in it. */
  cluster?: string
}

/** How a request ends. Every field that is given must hold. */
export interface Ends {
  /** An answer of the host: 2xx or 3xx, or for HTTPS and TCP that the connection stood. */
  arrives?: boolean
  status?: number
  exit?: number
  /** The gateway that it passes, as `namespace/name`; `any`: one or another; `none`: it passes no gateway. */
  gateway?: string
  hops?: readonly Hop[]
  /** What the host saw. */
  server?: { port?: number; tls?: boolean; sni?: string; clientCert?: boolean }
}

/** An object of the YAML. `where`: path -> value, `*` for any item of a list; `null`: nothing is there. */
export interface ObjectIs {
  kind: string
  name?: string
  namespace?: string
  where?: Readonly<Record<string, string | number | boolean | null>>
}

/** A condition on what the learner has made: the picture, the YAML, or the way of a request. */
export type Goal =
  | { request: Asks; ends: Ends }
  /** The learner has sent it in the Trace panel, whatever came of it. */
  | { sent: Asks }
  | { object: ObjectIs }
  | { outbound: 'ALLOW_ANY' | 'REGISTRY_ONLY' }
  /** Whether an ordinary request of a pod can reach a host without a gateway; of a `way` of the bypass verdict: whether it is open. */
  | { bypass: { from?: string; host: string; way?: WayId }; can: boolean }
  /** A problem of this code is told; `none`: no error and no warning. */
  | { problem: string }
  | { all: readonly Goal[] }
  | { any: readonly Goal[] }
  | { not: Goal }

/** A control that a step points at. */
export type Point = { node: string } | { hop: readonly [from: string, to: string] } | { control: Control }

/** Controls by the names that they have in the page (`data-control`). */
export const controls = ['palette', 'yaml', 'trace', 'problems', 'inspector', 'runbook', 'outbound', 'download'] as const
export type Control = (typeof controls)[number]

/** Here and below, `Says` is what a sentence is: both languages where a lesson is written, one where it is taken. */
export interface Wrong<Says = Text> {
  is: Goal
  says: Says
  /** A scene that went this way: the tests hold `is` against it. */
  such?: Scene
}

export interface Step<Says = Text> {
  title: Says
  /** What to do, and why; paragraphs are parted by an empty line, `code` and **bold** are marked so. */
  says: Says
  goals: readonly { says: Says; is: Goal }[]
  /** Wrong ways that are common, and what is wrong with them; told when the learner checks. */
  wrong?: readonly Wrong<Says>[]
  points?: readonly Point[]
  hint: Says
  /** What Show me makes: a right end of the step, which the next one begins with. Left out: the scene stays, and only requests are sent. */
  show?: Scene
  /** Sent by Show me. */
  sends?: Asks
  /** What was learned, told once the goals hold. */
  after: Says
}

/** A tutorial's YAML beside today's. */
export interface Comparison<Says = Text> {
  title: Says
  original: string
  today: string
  /** Why they differ: `at` is a piece of a line of either side where the difference is. */
  reasons: readonly { at: string; says: Says }[]
}

export interface Lesson<Says = Text> {
  id: string
  /** A lesson of the tutorials, one of what goes wrong, or one from a file. */
  part: 'tutorial' | 'mistake' | 'file'
  title: Says
  /** Two or three sentences: what it is about, and why one wants to know it. */
  story: Says
  start: Scene
  steps: readonly Step<Says>[]
  comparisons?: readonly Comparison<Says>[]
  /** Istio's issues on it. */
  issues?: readonly number[]
}

/** A lesson as it is taken: in one language, without its comparisons, which are loaded when somebody looks at them. */
export interface TakenLesson extends Omit<Lesson<string>, 'comparisons'> {
  lang: Lang
  /** It has comparisons. */
  compares: boolean
}

/** A lesson as the list shows it. */
export interface ListedLesson extends Pick<Lesson<string>, 'id' | 'part' | 'title' | 'story'> {
  steps: number
}
