/** What was chosen for a picture before an edit and is not chosen anew after it: a person's text has it, and the edit does not speak of it. */
import type { Id } from '../../base/id'
import type { Speaks } from '../../model/design'

export interface Keeps {
  /** Where the objects of a host are. */
  namespaces: ReadonlyMap<Id, string>
  /** Ports of gateways, by `laneKey`, by `roadKey` for lanes that go on to the host in another way now, by `mannerKey` for new ones. */
  ports: ReadonlyMap<string, number>
  /** Of a host, the subset in which TLS starts, by `startKey`. */
  subsets: ReadonlyMap<Id, ReadonlyMap<string, string>>
  /** Of a host, the dials that a VirtualService leads straight to another port, by `dialKey`: no target port comes in its place. */
  routes: ReadonlyMap<Id, ReadonlySet<string>>
  /** Of a host, how its rules that start TLS lie: they go on to lie so, though nobody would need it. */
  rules: ReadonlyMap<Id, RulesKept>
}

/** Whether gateways and sidecars have one rule, one for each of the two, or one for each namespace. */
export type Layout = 'together' | 'apart' | 'each'

export interface RulesKept {
  /** Namespaces in which each rule selects its workloads. */
  selecting: ReadonlySet<string>
  /** Null: there was only one of the two. */
  layout: Layout | null
}

export const dialKey = (port: number, speaks: Speaks): string => `${port} ${speaks}`
export const startKey = (port: number, tls: unknown): string => `${port} ${JSON.stringify(tls)}`
