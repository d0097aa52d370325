import type { Design } from '../design'
import type { Document } from '../document'
import type { Mesh } from '../mesh'
import type { HostPlan, Plan } from '../plan/plan'
import type { Resource } from '../resource'
import type { Style } from '../style'

/** What a room needs to write its objects. */
export interface Writing {
  design: Design
  plan: Plan
  style: Style
}

/**
 * A kind of Kubernetes object and the one place that knows how it is written and read. What one host needs is written host by host
 * (`ofHost`), from nothing but the host's plan and the style's names: it is kept while both stay the same. The rest is written for the
 * whole design. `read` tells what proxies learn from a document of the kind, of any served version; a value of the wrong type counts as
 * not written, and nothing throws.
 */
export interface ResourceKind {
  group: string
  kind: string
  ofDesign?(by: Writing): Resource[]
  ofHost?(host: HostPlan, by: Pick<Writing, 'style'>): Resource[]
  read?(document: Document): Partial<Mesh>
}
