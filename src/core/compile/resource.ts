import type { Id } from '../base/id'
import type { Labels } from '../base/labels'
import type { Text } from '../base/text'

/** Which nodes and hops a part of a resource comes from; `path` leads to it inside the printed object, [] for all of it. */
export interface Origin {
  path: readonly (string | number)[]
  ids: readonly Id[]
}

/** Something that no YAML can bring along: a command to run before it is applied. Key material never is in it. */
export interface Need {
  says: Text
  run: string
  /** The same in a form that may run once more, when all of it is there already. */
  again: string
  /** What takes it back; whatever is gone already is no mistake. */
  undo: string
}

/** One Kubernetes object, without its API version: that is the dialect's. */
export interface Resource {
  group: string
  kind: string
  name: string
  /** Empty for objects without one. */
  namespace: string
  labels?: Labels
  /** What is beside kind and metadata: `spec`, or `data`, `rules`, `subjects`, ... */
  body: Record<string, unknown>
  /** One line: what this object is for. */
  says: Text
  /** What else has to be known here, such as a form of the tutorials that Istio no longer accepts. */
  notes: readonly Text[]
  needs: readonly Need[]
  origins: readonly Origin[]
}

/** A printed document: its text without the separator, how many lines it has, and which lines come from which nodes and hops. */
export interface Doc {
  of: Resource
  text: string
  lines: number
  /** Zero-based, both ends included, relative to the document. */
  marks: readonly { from: number; to: number; ids: readonly Id[] }[]
}
