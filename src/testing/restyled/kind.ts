/** What a rewriting is, and the objects as rewritings see them: their common shapes, with whatever else they hold. */

import type { DialectId } from '../../core/compile/dialects'
import { namespacesThatSee } from '../../core/istio/export-to'
import type { Design } from '../../core/model/design'
import type { Chance } from '../chance'

type Loose = Record<string, unknown>

export interface Thing extends Loose {
  apiVersion: string
  kind: string
  metadata: Loose & { name: string; namespace?: string; labels?: Record<string, string>; annotations?: Record<string, string> }
}
export interface Setting extends Loose {
  port: { number: number }
  tls?: Loose & { mode: string }
}
export interface Policy extends Loose {
  tls?: Loose & { mode: string }
  portLevelSettings?: Setting[]
}
export interface Subset extends Loose {
  name: string
  trafficPolicy?: Policy
}
export interface DestinationRule extends Thing {
  spec: Loose & { host: string; trafficPolicy?: Policy; subsets?: Subset[]; exportTo?: string[]; workloadSelector?: Loose }
}
export interface EntryPort extends Loose {
  number: number
  name: string
  protocol: string
  targetPort?: number
}
export interface EntryEndpoint extends Loose {
  address?: string
  ports?: Record<string, number>
}
export interface ServiceEntry extends Thing {
  spec: Loose & {
    hosts: string[]
    addresses?: string[]
    ports: EntryPort[]
    resolution: string
    location?: string
    endpoints?: EntryEndpoint[]
    workloadSelector?: Loose
    exportTo?: string[]
  }
}
export interface Server extends Loose {
  port: { number: number; name: string; protocol: string }
  hosts: string[]
  tls?: Loose & { mode: string }
}
export interface Gateway extends Thing {
  spec: Loose & { selector: Record<string, string>; servers: Server[] }
}
export interface Match extends Loose {
  gateways?: string[]
  port?: number
  sniHosts?: string[]
  sourceNamespace?: string
}
export interface Destination extends Loose {
  host: string
  subset?: string
  port?: { number: number }
}
export interface Rule extends Loose {
  match?: Match[]
  route: (Loose & { destination: Destination })[]
}
export interface VirtualService extends Thing {
  spec: Loose & { hosts: string[]; gateways?: string[]; http?: Rule[]; tls?: Rule[]; tcp?: Rule[]; exportTo?: string[] }
}

/** How objects become text. */
export interface Layout {
  /** From this depth on everything is written in braces; -1: nowhere. */
  flow: number
  indent: number
  /** Lists lie at the depth of their key. */
  flatLists: boolean
  quoted: boolean
  comments: boolean
  sorted: boolean
  /** One `List` for all of them. */
  list: boolean
  json: boolean
  /** Empty documents, and separators where none is needed. */
  separators: boolean
  carriageReturns: boolean
  /** As `helm template` prints the files of a chart: each begins with a separator and says where it is from. */
  chart: boolean
  /** As several files are put one behind the other: each is laid out in its own way. */
  files: boolean
  /** Lists and maps that come again are written as aliases. */
  aliases: boolean
}

/** What is written, before it is text: a rewriting gets a copy of its own, and changes it. */
export interface Written {
  objects: Thing[]
  layout: Layout
  /** Who is there: pods, gateways and hosts. Rewritings change what is said of them, never themselves. */
  design: Design
  dialect: DialectId
}

/** One way in which other people write the same. */
export interface Rewriting {
  name: string
  /** Rewritings that make room for this one: they are applied before it. */
  after?: readonly string[]
  /** It is applied behind those of a lower rank, which need not know of it; without one the rank is 0. */
  rank?: 1 | 2
  /** False: there is nothing here to rewrite so, and nothing was changed. */
  rewrite(written: Written, chance: Chance): boolean
}

interface Kinds {
  ServiceEntry: ServiceEntry
  Gateway: Gateway
  VirtualService: VirtualService
  DestinationRule: DestinationRule
}

/** Istio's objects of a kind. */
export const all = <Kind extends keyof Kinds>({ objects }: Pick<Written, 'objects'>, kind: Kind): Kinds[Kind][] =>
  objects.filter((object) => object.kind === kind && object.apiVersion.startsWith('networking.istio.io/')) as Kinds[Kind][]

export const spaceOf = ({ metadata }: Thing): string => metadata.namespace ?? 'default'
export const fullName = (object: Thing): string => `${spaceOf(object)}/${object.metadata.name}`
export const isTaken = ({ objects }: Written, kind: string, namespace: string, name: string): boolean =>
  objects.some((object) => object.kind === kind && spaceOf(object) === namespace && object.metadata.name === name)

export const routeKinds = ['http', 'tls', 'tcp'] as const
export const rulesOf = ({ spec }: VirtualService): Rule[] => routeKinds.flatMap((kind) => spec[kind] ?? [])
export const matchesOf = (service: VirtualService): Match[] => rulesOf(service).flatMap(({ match }) => match ?? [])

/** Every destination of every route. */
export const destinationsOf = (written: Written): Destination[] =>
  all(written, 'VirtualService')
    .flatMap(rulesOf)
    .flatMap(({ route }) => route.map(({ destination }) => destination))

/** A Gateway as a VirtualService of that namespace names it, in full. */
export const gatewayName = (name: string, namespace: string): string =>
  name === 'mesh' || name.includes('/') ? name : `${namespace}/${name}`

/** Every list of gateways in a VirtualService: its own, and those of matches. */
export const gatewayLists = (service: VirtualService): string[][] =>
  [service.spec.gateways, ...matchesOf(service).map(({ gateways }) => gateways)].filter((list) => list !== undefined)

/** Changes each name in a list, keeping its order; what becomes the same comes once. */
export function renameIn(list: string[], rename: (name: string) => string): void {
  const names = [...new Set(list.map(rename))]
  list.splice(0, list.length, ...names)
}

/** The namespaces that see an object; null: all. */
export function exportedTo(of: ServiceEntry | VirtualService | DestinationRule): ReadonlySet<string> | null {
  const spaces = namespacesThatSee({ namespace: spaceOf(of), exportTo: of.spec.exportTo ?? [] })
  return spaces.has('*') ? null : spaces
}

export const alike = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)
