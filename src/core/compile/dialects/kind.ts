import type { Text } from '../../base/text'
import type { Design } from '../../model/design'
import type { DocumentId } from '../../yaml/document'
import type { ResourceKind } from '../kinds/kind'
import type { Keeps } from '../plan/keeps'
import type { Plan } from '../plan/plan'
import type { Style } from '../style'

/** A port of a ServiceEntry, as far as a dialect looks at it. */
export interface ListedPort {
  number: number
  protocol: string
}

/** A way of writing the same mesh: API versions, names and places. */
export interface Dialect<Id extends string = string> {
  id: Id
  title: Text
  /** The kinds it speaks, in the order in which their documents are written. */
  rooms: readonly ResourceKind[]
  /** The API version of a group, such as networking.istio.io/v1. Core Kubernetes has the empty group. */
  version(group: string): string
  /** Whether a person's document is in this dialect: then names are compared with those that this dialect gives. */
  recognises(document: DocumentId): boolean
  /** Whether it lists this port of a ServiceEntry even where nobody dials it: then the port alone makes no path. */
  listsUnused(port: ListedPort, ports: readonly ListedPort[]): boolean
  /** Direct roads to another port use a VirtualService instead of a target port. */
  preferRoute: boolean
  /** What it chose before an edit, and keeps. */
  keeps?: Keeps
  style(design: Design, plan: Plan): Style
}
