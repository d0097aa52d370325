/** Every kind that is read, of whatever version. */
import { authorizationPolicy } from './authorization-policy'
import { backendTlsPolicy } from './backend-tls-policy'
import { destinationRule } from './destination-rule'
import { endpointSlice, endpoints } from './endpoint-slice'
import { envoyFilter } from './envoy-filter'
import { gateway } from './gateway'
import { grpcRoute, httpRoute } from './http-route'
import { k8sGateway } from './k8s-gateway'
import type { Reader } from './kind'
import { namespace } from './namespace'
import { networkPolicy } from './network-policy'
import { peerAuthentication } from './peer-authentication'
import { podTemplates } from './pod-template'
import { referenceGrant } from './reference-grant'
import { clusterRole, clusterRoleBinding, role, roleBinding } from './secret-access'
import { secret, service } from './service'
import { serviceEntry } from './service-entry'
import { sidecar } from './sidecar'
import { tcpRoute } from './tcp-route'
import { tlsRoute } from './tls-route'
import { virtualService } from './virtual-service'
import { workloadEntry } from './workload-entry'

export const readers: readonly Reader[] = [
  serviceEntry,
  workloadEntry,
  service,
  endpointSlice,
  endpoints,
  ...podTemplates,
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
  envoyFilter,
  namespace,
]
