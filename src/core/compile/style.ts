import type { Labels } from '../base/labels'
import type { Text } from '../base/text'
import type { Node } from '../model/design'
import type { Lane } from './plan/lanes'
import type { HostPlan } from './plan/plan'

/** Everything in which dialects differ, decided once for a design: the rooms ask, and never ask which dialect it is. */
export interface Style {
  entryName(host: HostPlan): string
  entryPortName(protocol: string, port: number): string
  /** Ports of a ServiceEntry beyond those that a path uses. */
  entryExtra(host: HostPlan): readonly { number: number; protocol: 'HTTPS' }[]
  routeName(host: HostPlan): string
  routeNotes(host: HostPlan): readonly Text[]
  /** The Gateway object of a gateway in a namespace. */
  gatewayName(gateway: Node, namespace: string): string
  gatewayNotes(lanes: readonly Lane[]): readonly Text[]
  /** Of a gateway's labels, those that its Gateway object selects it by. */
  selector(labels: Labels): Labels
  serverName(lane: Lane, siblings: readonly Lane[]): string
  /** The DestinationRule for a gateway's Service: its name, and where it lies. */
  hopRule(gateway: Node): { name: string; namespace: string }
  hopNotes(gateway: Node): readonly Text[]
  /** A host's subset of its gateway's Service. */
  subset(host: Node): string
  /**
   * The rule that starts TLS to a host. `subset`: named by the gateway's route alone; null: for the whole host. `open`: every namespace sees it.
   */
  originate(host: HostPlan): { name: string; subset: string | null; open: boolean; note: Text | null }
  guardName: string
}
