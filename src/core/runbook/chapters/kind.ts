import type { Foretold } from '../../analyze/foretold'
import type { Text } from '../../base/text'
import type { Dialect } from '../../compile/dialects/kind'
import type { Plan } from '../../compile/plan/plan'
import type { Need, Resource } from '../../compile/resource'
import type { Design, Node } from '../../model/design'
import type { Path } from '../../model/path'
import type { Trace } from '../../trace/outcome'
import type { Document } from '../../yaml/document'
import type { Parsed } from '../../yaml/parse'

/** One thing to do: why, the commands, and what they print then. Each may be copied by itself. */
export interface Block {
  says: Text
  run: string
  /** What is printed; `…` stands for what differs from time to time. Left out where nothing is worth a look. */
  expect?: string
  /** How the script does it; left out: a person alone decides. */
  script?: Step
}

/** What a command needs to name an object. */
export type Named = Pick<Resource, 'kind' | 'group' | 'name' | 'namespace'>

/** Objects of a namespace, as a command names them; the namespace is empty for those that have none. */
export interface Written {
  namespace: string
  names: readonly string[]
}

/** A block's part in the script. */
export interface Step {
  part: 'check' | 'apply' | 'verify' | 'cleanup'
  /** The commands in a form that may run again and again; left out: those of the block. */
  run?: string
  /** What it writes or takes away, where that is whole objects: the script does so only with what it made itself. */
  objects?: readonly Written[]
  /** Those objects are taken away, not written. */
  removes?: true
  /** How the command ends; left out: 0. */
  exit?: number
  /** The lines that must be printed; left out: those of `expect`. */
  lines?: readonly string[]
  /** A host answers as it likes: 2xx and 3xx are as good as 200. */
  answers?: true
  /** Of a check: another answer is told, and does not stop the script. */
  advises?: true
  /** Looks again for some seconds: what is waited for comes later. */
  waits?: true
}

/** A request that shows a flow, and how it ends by what is written. */
export interface Flow {
  pod: Node
  url: string
  says: Text
  /** The drawn path that it takes; null: it goes where nothing is drawn. */
  path: Path | null
  /** What the app says is bytes of its own: nothing of HTTP is printed. */
  raw: boolean
  /** Where curl is told to connect, for a host that no DNS knows. */
  resolve: string | null
  trace: Trace
}

/** A text that a person wrote in place of what the design prints. */
export interface Own {
  parsed: Parsed
  /** What a cluster would not take of it. */
  refused: ReadonlySet<Document>
}

/** What chapters are written from: a design, and all that follows from it. */
export interface Subject {
  design: Design
  dialect: Dialect
  plan: Plan
  /** What is applied: compiled from the design, or the objects of the person's own text. */
  resources: readonly Resource[]
  /** What has to exist beside them, each once. */
  needs: readonly Need[]
  /** Null where the design writes the text. */
  own: Own | null
  /** What was in the text before and no longer is: it is left in a cluster. */
  gone: readonly Named[]
  flows: readonly Flow[]
  foretold: readonly Foretold[]
}

/** A chapter of the runbook: a question that a person has, in the order in which they come. */
export interface Chapter {
  id: string
  title: Text
  /** What it is about, in a sentence or two. */
  says: Text
  blocks(of: Subject): Block[]
}
