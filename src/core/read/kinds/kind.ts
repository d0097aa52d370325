import type { Mesh } from '../../istio/mesh'
import type { Document } from '../../yaml/document'

/**
 * How a kind of Kubernetes object is read: what proxies learn from a document of the kind, of any served version. A value of the
 * wrong type counts as not written, and nothing throws.
 */
export interface Reader {
  group: string
  kind: string
  read(document: Document): Partial<Mesh>
}
