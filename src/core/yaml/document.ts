/** What a text of YAML holds: Kubernetes objects as its reader sees them, and where their parts are. */
import type { Text } from '../base/text'

export type Path = readonly (string | number)[]

/**
 * Which document of a text. It is plain data and means the same in another thread and after the text was read again: whoever has the text
 * finds the document by its `key`.
 */
export interface DocumentId {
  group: string
  version: string
  kind: string
  namespace: string
  name: string
  /** All of that but the version, as one text, and how many documents before it are called the same: no two of a text share a key. */
  key: string
}

/**
 * One object of a text, as Kubernetes' YAML reader makes it. The same text of a document gives the same object, so that whatever is derived
 * from it may be kept by identity.
 */
export interface Document {
  id: DocumentId
  /** Empty for core Kubernetes. */
  group: string
  version: string
  kind: string
  name: string
  /** As written, `default` where nothing is written; empty for kinds without one. */
  namespace: string
  labels: Readonly<Record<string, string>>
  annotations: Readonly<Record<string, string>>
  /** All of it, `apiVersion` and `metadata` included. */
  object: Readonly<Record<string, unknown>>
  /** Its own part of the text, without the separators. */
  text: string
}

/** A part of a document: `path` leads into its object, [] is all of it. Plain data. */
export interface Place {
  of: DocumentId
  path: Path
}

/** Offsets in the whole text, `to` not included. */
export interface Span {
  from: number
  to: number
}

/**
 * A change of what is written, said in objects; `patch.ts` makes it in the text. Places of several changes all mean the documents as they
 * are before the first of them.
 */
export type Change =
  /** `insert`: in a list, before the item there, which stays. */
  | { set: Place; value: unknown; insert?: boolean }
  | { rename: Place; to: string }
  /** A path of [] removes the document. */
  | { remove: Place }
  /** A new document at the end. */
  | { add: Readonly<Record<string, unknown>> }

/** What one press of a button mends. */
export interface Fix {
  says: Text
  changes: readonly Change[]
}
