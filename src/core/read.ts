/** Documents as the proxies are told of them: what Istio's kinds and the Gateway API's say, in one form. */
import type { Document } from './document'
import { emptyMesh, type Mesh } from './mesh'
import { authorizationPolicy } from './resources/authorization-policy'
import { backendTlsPolicy } from './resources/backend-tls-policy'
import { destinationRule } from './resources/destination-rule'
import { gateway } from './resources/gateway'
import { grpcRoute, httpRoute } from './resources/http-route'
import { k8sGateway } from './resources/k8s-gateway'
import type { ResourceKind } from './resources/kind'
import { networkPolicy } from './resources/network-policy'
import { peerAuthentication } from './resources/peer-authentication'
import { referenceGrant } from './resources/reference-grant'
import { clusterRole, clusterRoleBinding, role, roleBinding } from './resources/secret-role'
import { secret, service } from './resources/service'
import { serviceEntry } from './resources/service-entry'
import { sidecar } from './resources/sidecar'
import { tcpRoute } from './resources/tcp-route'
import { tlsRoute } from './resources/tls-route'
import { virtualService } from './resources/virtual-service'

/** Every kind that is read, of whatever version. */
export const readKinds: readonly ResourceKind[] = [
  serviceEntry,
  service,
  gateway,
  virtualService,
  destinationRule,
  sidecar,
  authorizationPolicy,
  peerAuthentication,
  networkPolicy,
  role,
  clusterRole,
  roleBinding,
  clusterRoleBinding,
  secret,
  k8sGateway,
  httpRoute,
  grpcRoute,
  tlsRoute,
  tcpRoute,
  backendTlsPolicy,
  referenceGrant,
]

const readers = new Map(readKinds.map((kind) => [`${kind.group} ${kind.kind}`, kind.read]))
const kept = new WeakMap<Document, Partial<Mesh>>()

/** Whether a document tells proxies something; all else is kept and never read. */
export const isRead = (document: Pick<Document, 'group' | 'kind'>): boolean => readers.has(`${document.group} ${document.kind}`)

function readOne(document: Document): Partial<Mesh> {
  const known = kept.get(document)
  if (known) return known
  const mesh = readers.get(`${document.group} ${document.kind}`)?.(document) ?? {}
  kept.set(document, mesh)
  return mesh
}

/**
 * The Mesh of some documents, in their order. A value of the wrong type counts as not written, a kind that is not read adds nothing; it
 * never throws. The same Document gives the same entries again.
 */
export function read(documents: readonly Document[]): Mesh {
  const parts = documents.map(readOne)
  const all = <K extends keyof Mesh>(key: K): Mesh[K] => parts.flatMap((part) => (part[key] ?? []) as Mesh[K][number][]) as Mesh[K]
  return Object.fromEntries((Object.keys(emptyMesh) as (keyof Mesh)[]).map((key) => [key, all(key)])) as unknown as Mesh
}
