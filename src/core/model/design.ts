import type { Id } from '../base/id'
import type { Labels } from '../base/labels'
import { isWildcarded, serviceHost } from '../istio/host-name'
import type { Resolution } from '../istio/mesh'
import type { OutboundMode, Visibility } from '../istio/mesh-config'
import type { TlsMode } from '../istio/tls-mode'
/** What the app says to its sidecar; HTTPS means the app's own TLS. */
export type Speaks = 'HTTP' | 'HTTPS' | 'TCP'
/** Which part of a road a hop is; the kind of the node it comes from tells (`nodes/kind.ts`, `reaches`). */
export type Leg = 'app' | 'mesh' | 'outside'
/** As Istio’s installation calls its egress gateway. */
export const defaultGatewayName = 'istio-egressgateway'

export type NodeKindId = 'pod' | 'sidecar' | 'gateway' | 'host'

export interface Point {
  x: number
  y: number
}

/** A port of a gateway's Service, and where the pod listens for it. */
export interface ServicePort {
  number: number
  targetPort: number
}

/** What a node says of itself. Which of them a node has, its kind tells (`nodes/<kind>.ts`, `fields`). */
export interface Fields {
  /** pod, gateway: labels of the workload. A pod's default is `app: <name>`, a gateway's `app: <name>, istio: <name without "istio-">`. */
  labels?: Labels
  /** pod: default is the pod's name. */
  serviceAccount?: string
  /** gateway: ports of its Service; default 80 -> 8080 and 443 -> 8443 (istio/README 1). */
  ports?: ServicePort[]
  /** host: how its addresses are found; default DNS, for a wildcard NONE. */
  resolution?: Resolution
  /** host: its own IP addresses, which the ServiceEntry lists. TCP needs them to be told apart. */
  addresses?: string[]
  /** host: where it is really served, if not under its own name (names for DNS, IPs for STATIC). */
  endpoints?: string[]
  /** host: export the tutorials' nginx beside it and let it answer for this host. */
  testServer?: boolean
}

export interface Node {
  id: Id
  kind: NodeKindId
  /** pod, sidecar: the pod's name; gateway: its Service's name; host: a DNS name or `*.` and one. */
  name: string
  /** pod, sidecar, gateway: where it runs. host: where its objects are written (default: its first client's). */
  namespace?: string
  at?: Point
  fields: Fields
}

/** What an app says. Without a port: 80 for HTTP, 443 for HTTPS; TCP has no default. */
export interface Call {
  speaks: Speaks
  port?: number
}

export interface TlsFields {
  sni?: string
  subjectAltNames?: string[]
  credentialName?: string
  caCertificates?: string
  clientCertificate?: string
  privateKey?: string
  insecureSkipVerify?: boolean
}

/**
 * How a hop is spoken on the wire. The port is the one that the hop arrives at: on the mesh leg of the gateway's Service (unset: chosen
 * by `plan.ts`), on the outside leg of the host (unset: 443 for SIMPLE and MUTUAL, else what the app dials).
 */
export interface Wire {
  tls: TlsMode
  port?: number
  fields: TlsFields
}

/** pod -> sidecar. An override is keyed by the outside hop that it is for. */
export interface AppHop {
  id: Id
  from: Id
  to: Id
  call: Call
  overrides: Record<Id, Partial<Call>>
}

/** Every other hop. `overrides` and `except` belong to the mesh leg and are keyed by outside hops: what differs, and what does not come this way. */
export interface WireHop {
  id: Id
  from: Id
  to: Id
  wire: Wire
  overrides: Record<Id, { tls?: TlsMode; port?: number }>
  except: Id[]
}

export type Hop = AppHop | WireHop

/** Who may leave only through the gateway. */
export interface Guard {
  kind: 'NetworkPolicy'
  namespace: string
  /** DNS over UDP and TCP stays reachable. */
  dns: boolean
}

/** What our YAML does not say. The gateways' Services are on their nodes. */
export interface World {
  istio: string
  outbound: OutboundMode
  /** Istio's root namespace, where istiod runs. */
  root: string
  /** How far ServiceEntries may be seen at most, also by sidecars and gateways (`serviceEntryVisibility`, since Istio 1.31). */
  visibility: Visibility
}

export interface Design {
  name: string
  nodes: Node[]
  hops: Hop[]
  guards: Guard[]
  world: World
  /** Names that a user gave to resources, by slot (`names.ts`). */
  names: Record<string, string>
}

export { outboundModes, visibilities } from '../istio/mesh-config'
export const defaultWorld: World = { istio: '1.32', outbound: 'ALLOW_ANY', root: 'istio-system', visibility: 'PUBLIC' }
export const emptyDesign: Design = { name: 'egress', nodes: [], hops: [], guards: [], world: defaultWorld, names: {} }
export const defaultNamespace = 'default'
export const defaultGatewayPorts: ServicePort[] = [
  { number: 80, targetPort: 8080 },
  { number: 443, targetPort: 8443 },
]

export const isAppHop = (hop: Hop): hop is AppHop => 'call' in hop
export const isWireHop = (hop: Hop): hop is WireHop => 'wire' in hop

export function nodeOf(design: Design, id: Id): Node | undefined {
  return design.nodes.find((node) => node.id === id)
}

export function hopOf(design: Design, id: Id): Hop | undefined {
  return design.hops.find((hop) => hop.id === id)
}

export const namespaceOf = (node: Node): string => node.namespace || defaultNamespace

/** Labels of a pod or gateway as its workload carries them, defaults filled in. */
export function labelsOf(node: Node): Labels {
  if (node.fields.labels && Object.keys(node.fields.labels).length > 0) return node.fields.labels
  return node.kind === 'gateway' ? { app: node.name, istio: node.name.replace(/^istio-/, '') } : { app: node.name }
}

export const gatewayPortsOf = (gateway: Node): ServicePort[] => gateway.fields.ports ?? defaultGatewayPorts
export const resolutionOf = (host: Node): Resolution => host.fields.resolution ?? (isWildcarded(host.name) ? 'NONE' : 'DNS')
export const serviceHostOf = (gateway: Node): string => serviceHost(gateway.name, namespaceOf(gateway))
