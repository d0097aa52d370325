/** What surrounds the YAML when a request is traced: pods, gateways, servers and hosts that no text of ours names. */

import { isIP } from '../base/ip'
import type { Labels } from '../base/labels'
import { asFlag, asLabels, asList, asMap, asNumber, asOneOf, asText, asTexts, entriesOf, has, isMap, type Loose } from '../base/loose'
import { isServiceHost } from './host-name'
import type { SecretAccess } from './mesh'
import { type OutboundMode, outboundModes, type Visibility, visibilities } from './mesh-config'

export interface Surroundings {
  outbound: OutboundMode
  root: string
  istio: string
  /** Who may know ServiceEntries at all, in mesh configuration; null: whoever their `exportTo` says. */
  serviceEntryVisibility: ServiceEntryVisibility | null
  pods: Workload[]
  gateways: (Workload & { ports: { number: number; targetPort: number }[] })[]
  /** Services in the cluster without a sidecar. */
  servers: Server[]
  /** Outside hosts, by name. One that a request names and that is not listed serves HTTP on 80 and HTTPS on 443. */
  hosts: Record<string, Outside>
  namespaceLabels: Record<string, Labels>
  /** Secrets with a client certificate and its CA. */
  secrets: SecretThere[]
  /** Files in proxies: path -> what it is; for all (`files`) or by `namespace/pod`. */
  files: Record<string, FileIs>
  filesOf: Record<string, Record<string, FileIs>>
  /** What pods ask for, as far as it is known: who drew a picture says it, no YAML does. */
  calls: readonly Call[]
}

export interface Server {
  namespace: string
  service: string
  labels: Labels
  ports: Record<string, Serving>
  names: string[]
  impostor: boolean
  /** Of its Service, where somebody says it. */
  address?: string
}

/** A request of a pod. */
export interface Call {
  /** `namespace/pod` */
  from: string
  url: string
  /** Further arguments of curl, as a lab case gives them. */
  curl: readonly string[]
}

/** How far ServiceEntries of a namespace may be seen: the first policy whose labels its namespace has, else the default. */
export interface ServiceEntryVisibility {
  defaultVisibility: Visibility
  policies: { visibility: Visibility; namespaceLabels: Labels }[]
  /** Left out, only ambient's proxies obey it. */
  applyToSidecars: boolean
}

export interface SecretThere {
  namespace: string
  name: string
  wrongCA: boolean
  bothCAs: boolean
  /** Nobody says that it is there: it is taken to be, as long as no text says where a Secret of this name lies. */
  assumed?: true
}

export interface Workload {
  namespace: string
  name: string
  serviceAccount: string
  labels: Labels
  annotations: Labels
  sidecar: boolean
}

/** A workload as selectors and visibility see it. */
export type WorkloadRef = Pick<Workload, 'namespace' | 'labels'>

/** What answers on a port. `optional` takes a client certificate and asks for none; `mutual` asks for one and has a certificate of the private CA; `none`: refused. */
export type Serving = 'plain' | 'tls' | 'mutual' | 'optional' | 'none'
export type FileIs = 'client.crt' | 'client.key' | 'ca.crt' | 'public-ca.crt' | 'both-ca.crt'

export interface Outside {
  ports: Record<string, Serving>
  /** Further names in its certificate. */
  names: string[]
  /** Its certificate has another name than its own. */
  impostor: boolean
  redirects: boolean
  addresses: string[]
}

/** The Secrets that are there. `grants`: those that a text has; where one is only assumed, and the text has it elsewhere, it lies there alone. */
export function secretsThere({ secrets }: Surroundings, grants: readonly SecretAccess[]): SecretThere[] {
  return secrets.flatMap((secret) => {
    const written = secret.assumed ? grants.filter(({ by, name }) => by === 'Secret' && name === secret.name) : []
    return written.length > 0 ? written.map(({ namespace }) => ({ ...secret, namespace })) : [secret]
  })
}

/** The gateway that Istio's own installation makes (istio/README 1; lab `case.go`, defaultGateways). */
const installedGateway: Surroundings['gateways'][number] = {
  namespace: 'istio-system',
  name: 'istio-egressgateway',
  serviceAccount: 'istio-egressgateway-service-account',
  labels: { app: 'istio-egressgateway', istio: 'egressgateway' },
  annotations: {},
  sidecar: true,
  ports: [
    { number: 80, targetPort: 8080 },
    { number: 443, targetPort: 8443 },
  ],
}

/** What the lab has where a case says nothing: a client in `default`, Istio's own gateway, and hosts as they are asked for. */
export const labSurroundings: Surroundings = {
  outbound: 'ALLOW_ANY',
  root: 'istio-system',
  // The newest that schemas and rules know; the lab itself plays 1.31.
  istio: '1.32',
  serviceEntryVisibility: null,
  pods: [{ namespace: 'default', name: 'sleep', serviceAccount: 'sleep', labels: { app: 'sleep' }, annotations: {}, sidecar: true }],
  gateways: [installedGateway],
  servers: [],
  hosts: {},
  namespaceLabels: {},
  secrets: [],
  files: {},
  filesOf: {},
  calls: [],
}

const servings: readonly Serving[] = ['plain', 'tls', 'mutual', 'optional', 'none']
const fileKinds: readonly FileIs[] = ['client.crt', 'client.key', 'ca.crt', 'public-ca.crt', 'both-ca.crt']

/**
 * What a case of the lab has around its YAML (e2e/mesh/README.md, `case.go`). What is left out is as in the lab; what is of the wrong type
 * counts as left out, and it never throws.
 */
export function surroundingsOfCase(value: unknown): Surroundings {
  const of = asMap(value)
  const pods = asList(of.pods).filter(isMap)
  const gateways = asList(of.gateways).filter(isMap)
  const workloads = pods.length > 0 ? pods.map(workloadFrom) : labSurroundings.pods
  return {
    ...labSurroundings,
    outbound: asOneOf(of.outbound, outboundModes, 'ALLOW_ANY'),
    serviceEntryVisibility: visibilityFrom(of.serviceEntryVisibility),
    pods: workloads,
    gateways: Array.isArray(of.gateways) ? gateways.map(gatewayFrom) : labSurroundings.gateways,
    servers: asList(of.servers).filter(isMap).map(serverFrom),
    hosts: { ...askedHosts(of), ...mapped(of.hosts, (host) => outsideFrom(asMap(host))) },
    namespaceLabels: mapped(of.namespaceLabels, asLabels),
    secrets: asList(of.secrets)
      .filter(isMap)
      .map((secret) => ({
        namespace: asText(secret.namespace),
        name: asText(secret.name),
        wrongCA: asFlag(secret.wrongCA),
        bothCAs: asFlag(secret.bothCAs),
      })),
    files: filesFrom(of.files),
    filesOf: mapped(of.filesOf, filesFrom),
    calls: asList(of.requests)
      .filter(isMap)
      .map((request) => callFrom(request, workloads)),
  }
}

/** A request of a case; the first pod sends it unless another is named. */
function callFrom(request: Loose, [first]: readonly Workload[]): Call {
  const from = asText(request.from, first ? `${first.namespace}/${first.name}` : '')
  return { from, url: asText(request.url), curl: asTexts(request.curl) }
}

/** Hosts that requests name and nobody in the cluster has: DNS knows them all, whichever request is traced (lab `mesh.go`, addRequestedHosts). */
function askedHosts(of: Loose): Record<string, Outside> {
  const names = asList(of.requests).flatMap((request) => /^https?:\/\/([^/:?#]+)/i.exec(asText(asMap(request).url))?.[1] ?? [])
  const outside = names.filter((name) => !isIP(name) && !isServiceHost(name)).map((name) => [name.toLowerCase(), outsideFrom({})] as const)
  return Object.fromEntries(outside)
}

const visibilityOf = (value: unknown): Visibility => asOneOf(value, visibilities, 'PUBLIC')

/** As mesh configuration says it (Istio `mesh/v1alpha1/config.proto`, ServiceEntryVisibility); a policy without rules is for every namespace. */
function visibilityFrom(value: unknown): ServiceEntryVisibility | null {
  if (!isMap(value)) return null
  const policies = asList(value.policies).filter(isMap)
  return {
    defaultVisibility: visibilityOf(value.defaultVisibility),
    policies: policies.map(({ visibility, matchingRules }) => ({
      visibility: visibilityOf(visibility),
      namespaceLabels: Object.assign(
        {},
        ...asList(matchingRules).map((rule) => asLabels(asMap(asMap(asMap(rule).namespaceSelector).matchLabels))),
      ) as Labels,
    })),
    applyToSidecars: asFlag(value.applyToSidecars),
  }
}

const mapped = <T>(value: unknown, each: (item: unknown) => T): Record<string, T> =>
  Object.fromEntries(entriesOf(value).map(([key, item]) => [key, each(item)]))

function workloadFrom(pod: Loose): Workload {
  const name = asText(pod.name)
  return {
    namespace: asText(pod.namespace),
    name,
    serviceAccount: asText(pod.serviceAccount, name),
    labels: has(pod, 'labels') ? asLabels(pod.labels) : { app: name },
    annotations: asLabels(pod.annotations),
    sidecar: !asFlag(pod.noSidecar),
  }
}

function gatewayFrom(gateway: Loose): Surroundings['gateways'][number] {
  const ports = entriesOf(gateway.ports).map(([number, targetPort]) => ({
    number: Number(number),
    targetPort: asNumber(targetPort) ?? Number(number),
  }))
  return { ...workloadFrom(gateway), sidecar: true, ports }
}

const servingFrom = (value: unknown): Record<string, Serving> => mapped(value, (serving) => asOneOf(serving, servings, 'plain'))

/** A server in the cluster: `ports`, or one `port` that is plain unless it says `tls` or `mutual`. */
function serverFrom(server: Loose): Surroundings['servers'][number] {
  const service = asText(server.service)
  const ports = servingFrom(server.ports)
  const alone: Serving = asFlag(server.mutual) ? 'mutual' : asFlag(server.tls) ? 'tls' : 'plain'
  return {
    namespace: asText(server.namespace),
    service,
    labels: has(server, 'labels') ? asLabels(server.labels) : { run: service },
    ports: Object.keys(ports).length > 0 ? ports : { [asNumber(server.port) ?? 0]: alone },
    names: asTexts(server.names),
    impostor: asFlag(server.impostor),
  }
}

/** A host outside: HTTP on 80 and HTTPS on 443 unless it says otherwise. */
function outsideFrom(host: Loose): Outside {
  const tls: Serving = asFlag(host.mutual) ? 'mutual' : 'tls'
  const plainOn = asNumber(host.plainOn)
  const tlsOn = asNumber(host.tlsOn)
  return {
    ports: { 80: 'plain', 443: tls, ...(plainOn && { [plainOn]: 'plain' }), ...(tlsOn && { [tlsOn]: tls }), ...servingFrom(host.ports) },
    names: asTexts(host.names),
    impostor: asFlag(host.impostor),
    redirects: asFlag(host.redirects),
    addresses: asTexts(host.addresses),
  }
}

const filesFrom = (value: unknown): Record<string, FileIs> =>
  Object.fromEntries(
    entriesOf(value).flatMap(([path, what]): [string, FileIs][] => (fileKinds.includes(what as FileIs) ? [[path, what as FileIs]] : [])),
  )
