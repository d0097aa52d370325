import type { Text } from '../../base/text'
import type { Design } from '../../model/design'
import type { ResourceKind } from '../kinds/kind'
import type { Plan } from '../plan/plan'
import type { Style } from '../style'

/** A way of writing the same mesh: API versions, names and places. */
export interface Dialect {
  id: string
  title: Text
  /** The kinds it speaks, in the order in which their documents are written. */
  rooms: readonly ResourceKind[]
  /** The API version of a group, such as networking.istio.io/v1. Core Kubernetes has the empty group. */
  version(group: string): string
  /** Direct roads to another port go by a VirtualService instead of a target port. */
  preferRoute: boolean
  style(design: Design, plan: Plan): Style
}
