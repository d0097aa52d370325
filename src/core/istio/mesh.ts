/**
 * What the proxies have been told, in no dialect: Istio's own kinds and the Gateway API's come out alike. Lists keep the order of the text,
 * which says nothing of age: what is applied together is of one age, and istiod orders it by name (`trace/age.ts`). Every entry knows where
 * it is written.
 */

import type { Labels } from '../base/labels'
import type { Place } from '../yaml/document'
import type { Visibility } from './mesh-config'
import type { ClientMode, ServerMode } from './tls-mode'

export interface Mesh {
  serviceHosts: ServiceHost[]
  workloadEntries: WorkloadEntry[]
  endpointSlices: EndpointSlice[]
  podTemplates: PodTemplate[]
  gatewayServers: GatewayServer[]
  routes: Routes[]
  destinationRules: DestinationRule[]
  sidecars: Sidecar[]
  authorizationPolicies: AuthorizationPolicy[]
  networkPolicies: NetworkPolicy[]
  peerAuthentications: PeerAuthentication[]
  secretAccess: SecretAccess[]
  envoyFilters: EnvoyFilter[]
  namespaces: Namespace[]
}

export interface ConfigMeta {
  name: string
  namespace: string
  /** As written in its metadata; empty where it is not. */
  creationTimestamp: string
  from: Place
}

export type Protocol = 'HTTP' | 'HTTP2' | 'GRPC' | 'HTTPS' | 'TLS' | 'TCP' | 'MONGO' | 'MYSQL' | 'REDIS' | 'UDP' | 'UNSET'

export interface ServiceHostPort {
  number: number
  name: string
  protocol: Protocol
  targetPort?: number
  /** In a Service: the name of a container's port in place of a number. */
  targetName?: string
  from: Place
}

/** Hosts that the mesh knows: a ServiceEntry, or a Service of Kubernetes. */
export interface ServiceHost extends ConfigMeta {
  by: 'ServiceEntry' | 'Service'
  hosts: string[]
  addresses: string[]
  ports: ServiceHostPort[]
  resolution: Resolution
  external: boolean
  endpoints: { address: string; ports: Record<string, number>; labels: Labels; from: Place }[]
  /** Which workloads serve it; null for those listed in `endpoints`, or for the host's own name. */
  selector: Labels | null
  subjectAltNames: string[]
  /** As written; empty means everybody. */
  exportTo: string[]
  /** What of it mesh configuration narrowed `exportTo` to (`asSeen`). */
  narrowed?: Visibility
  /** Its own labels, by which a waypoint takes it over. */
  labels: Labels
}

/** A WorkloadEntry: a place that serves the hosts whose selector its labels fit. */
export interface WorkloadEntry extends ConfigMeta {
  address: string
  labels: Labels
  /** By the name of a port of the host. */
  ports: Record<string, number>
}

/** The pods of a Deployment or another controller, or a Pod by itself; called as what makes them. */
export interface PodTemplate extends ConfigMeta {
  labels: Labels
  annotations: Labels
  serviceAccount: string
  /** Whether they may have a sidecar: nothing of their own keeps them from it. */
  sidecar: boolean
  /** They are a gateway: their only container is the proxy. */
  gateway: boolean
}

/** An EndpointSlice, or a part of Endpoints, which Kubernetes mirrors as one: where a Service without a selector is served. */
export interface EndpointSlice extends ConfigMeta {
  service: string
  addresses: string[]
  /** By the name of a port of the Service. */
  ports: Record<string, number>
}

/** A server of a gateway: a port and the hosts it answers for (`servers[]` of Istio's Gateway, `listeners[]` of the Gateway API's). */
export interface GatewayServer extends ConfigMeta {
  by: 'Istio' | 'GatewayAPI'
  /** Labels of the pods that it is for, in every namespace; for the Gateway API those of the pods that istiod makes for it. */
  selector: Labels
  /** The listener's name, which a route's `sectionName` names. */
  section: string
  number: number
  portName: string
  protocol: Protocol
  /** As written: `H`, `*`, `ns/H`, `./H`. */
  hosts: string[]
  tls: {
    mode: ServerMode
    credentialName: string
    serverCertificate: string
    privateKey: string
    caCertificates: string
    httpsRedirect: boolean
  } | null
  /** Whose routes may bind: namespaces of the Gateway API's `allowedRoutes`; null for all. */
  allows: { same: boolean; selector: Labels | null; expressions?: Selector['expressions'] } | null
  /** Full names of Services that represent a Gateway of the Gateway API which istiod makes no pods for (`spec.addresses`). */
  services?: string[]
  /** Kinds of routes that may bind (`allowedRoutes.kinds`); left out: those that suit the protocol. */
  kinds?: string[]
}

/** Where a route sends to. Names are full: a short one has got its namespace. */
export interface Target {
  host: string
  /** As it was written, where that is shorter. */
  short: string
  subset: string
  port: number | null
  weight: number
  from: Place
}

export interface TextMatch {
  by: 'exact' | 'prefix' | 'regex'
  value: string
  /** A prefix of whole path segments, as the Gateway API means it. */
  segments?: true
}

/** One entry of a match list: all of it must hold. What is empty or null is not asked. */
export interface Match {
  /** Full names of gateways, or `mesh`; null where the list is left out. */
  gateways: string[] | null
  port: number | null
  sniHosts: string[]
  sourceLabels: Labels
  sourceNamespace: string
  uri: TextMatch | null
  ignoreUriCase: boolean
  method: TextMatch | null
  authority: TextMatch | null
  scheme: TextMatch | null
  headers: { name: string; match: TextMatch | null; not: boolean }[]
  queryParams: { name: string; match: TextMatch | null }[]
  destinationSubnets: string[]
  from: Place
}

export interface Route {
  name: string
  /** Empty: everything matches. */
  matches: Match[]
  to: Target[]
  /** In place of `to`: what is answered, or where the app is sent. */
  answers: { status: number; location?: string } | null
  rewrite: { uri?: string; authority?: string } | null
  /** What it does beside that: timeout, retries, fault, mirror, headers, delegate, ...: the names of the fields as written. */
  extras: string[]
  /** In seconds. */
  timeout: number | null
  /** What `retries` of a VirtualService says; `others` for fields beside these two. */
  retries?: { attempts: number; on: string; others: boolean }
  from: Place
}

/** Rules for some hosts at some gateways: a VirtualService, or a route of the Gateway API. */
export interface Routes extends ConfigMeta {
  by: 'VirtualService' | 'HTTPRoute' | 'TLSRoute' | 'TCPRoute' | 'GRPCRoute'
  /** Full names; for a route of the Gateway API those of `hostnames`, or none. */
  hosts: string[]
  /** `mesh` or `namespace/name`, as istiod reads them: a short name lies in the own namespace. For the Gateway API see `parents`. */
  gateways: string[]
  /** The Gateway API's parentRefs: a gateway and a listener of it, or a host in the mesh; null for a VirtualService. */
  parents:
    | {
        kind: 'Gateway' | 'Service' | 'ServiceEntry' | 'Hostname'
        namespace: string
        name: string
        section: string
        port: number | null
        from: Place
      }[]
    | null
  http: Route[]
  tls: Route[]
  tcp: Route[]
  exportTo: string[]
}

export interface ClientTls {
  mode: ClientMode
  sni: string
  subjectAltNames: string[]
  credentialName: string
  clientCertificate: string
  privateKey: string
  caCertificates: string
  insecureSkipVerify: boolean
  from: Place
}

/** What a traffic policy says of TLS; the rest of it matters only by being there. */
export interface TrafficPolicy {
  tls: ClientTls | null
  /** Fields beside tls and portLevelSettings, as written: connectionPool, loadBalancer, outlierDetection, tunnel, proxyProtocol. */
  others: string[]
  ports: { port: number; tls: ClientTls | null; others: string[]; from: Place }[]
  from: Place
}

/** How clusters of a host are dialled: a DestinationRule, or a BackendTLSPolicy. */
export interface DestinationRule extends ConfigMeta {
  by: 'DestinationRule' | 'BackendTLSPolicy'
  /** Full name, or a wildcard. Of a BackendTLSPolicy: empty, see `targets`. */
  host: string
  /** As it was written. */
  short: string
  policy: TrafficPolicy | null
  subsets: { name: string; labels: Labels; policy: TrafficPolicy | null; from: Place }[]
  exportTo: string[]
  selector: Labels | null
  /** A BackendTLSPolicy's targetRefs. */
  targets: { kind: string; name: string; section: string; group?: string }[]
}

/** A Sidecar: what proxies of its namespace, or of some workloads, know. */
export interface Sidecar extends ConfigMeta {
  selector: Labels | null
  /** `ns/host` as written; null where `egress` is left out. */
  egress: { hosts: string[]; port: number | null; protocol?: Protocol; bind: string; from: Place }[] | null
  outbound: 'ALLOW_ANY' | 'REGISTRY_ONLY' | null
}

/** An AuthorizationPolicy. */
export interface AuthorizationPolicy extends ConfigMeta {
  action: 'ALLOW' | 'DENY' | 'AUDIT' | 'CUSTOM'
  selector: Labels | null
  targets: { group: string; kind: string; name: string }[]
  rules: {
    from: Record<string, string[]>[]
    to: Record<string, string[]>[]
    when: { key: string; values: string[]; notValues: string[] }[]
    at: Place
  }[]
}

export interface Selector {
  labels: Labels
  expressions: { key: string; operator: string; values: string[] }[]
}

/** A NetworkPolicy. */
export interface NetworkPolicy extends ConfigMeta {
  pods: Selector
  egress: boolean
  ingress: boolean
  to: NetworkPolicyRule[]
  fromRules: NetworkPolicyRule[]
}

export interface NetworkPolicyRule {
  /** Empty: every peer. */
  peers: { pods: Selector | null; namespaces: Selector | null; cidr: string; except: string[] }[]
  /** Empty: every port. */
  ports: { protocol: string; port: number | string | null; endPort: number | null }[]
  from: Place
}

/** A PeerAuthentication. */
export interface PeerAuthentication extends ConfigMeta {
  selector: Labels | null
  mode: 'UNSET' | 'DISABLE' | 'PERMISSIVE' | 'STRICT'
  ports: Record<string, string>
}

/** An EnvoyFilter: whose configuration it changes. What it changes is not read. */
export interface EnvoyFilter extends ConfigMeta {
  /** Pods of its namespace, of the root namespace: of all; null for every proxy there. */
  selector: Labels | null
  /** It changes nothing but what a sidecar accepts (`SIDECAR_INBOUND`). */
  inbound: boolean
  /** Gateways of the Gateway API, GatewayClasses, Services or ServiceEntries that it names in place of a selector. */
  targets: { kind: string; name: string }[]
}

/** A Namespace, for its labels. */
export interface Namespace extends ConfigMeta {
  labels: Labels
}

/** Who may read Secrets: a RoleBinding whose Role lets it, and a Secret itself, without its data. */
export type SecretAccess = ConfigMeta &
  (
    | { by: 'Role'; reads: boolean }
    | { by: 'RoleBinding'; role: string; roleKind?: string; subjects: { kind: string; name: string; namespace: string }[] }
    | { by: 'Secret'; keys: string[] }
    | {
        by: 'ReferenceGrant'
        kinds: { from: { group: string; kind: string; namespace: string }[]; to: { group: string; kind: string; name: string }[] }
      }
  )

export const emptyMesh: Mesh = {
  serviceHosts: [],
  workloadEntries: [],
  endpointSlices: [],
  podTemplates: [],
  gatewayServers: [],
  routes: [],
  destinationRules: [],
  sidecars: [],
  authorizationPolicies: [],
  networkPolicies: [],
  peerAuthentications: [],
  secretAccess: [],
  envoyFilters: [],
  namespaces: [],
}

export type Resolution = 'DNS' | 'DNS_ROUND_ROBIN' | 'STATIC' | 'NONE' | 'DYNAMIC_DNS'

export const emptyMatch: Omit<Match, 'from'> = {
  gateways: null,
  port: null,
  sniHosts: [],
  sourceLabels: {},
  sourceNamespace: '',
  uri: null,
  ignoreUriCase: false,
  method: null,
  authority: null,
  scheme: null,
  headers: [],
  queryParams: [],
  destinationSubnets: [],
}
