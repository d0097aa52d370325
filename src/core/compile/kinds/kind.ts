import type { Design } from '../../model/design'
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
 * A kind of Kubernetes object and the one place that knows how it is written. What one host needs is written host by host (`ofHost`), from
 * nothing but the host's plan and the style's names: it is kept while both stay the same. The rest is written for the whole design.
 */
export interface ResourceKind {
  group: string
  kind: string
  ofDesign?(by: Writing): Resource[]
  ofHost?(host: HostPlan, by: Pick<Writing, 'style'>): Resource[]
}
