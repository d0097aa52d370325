/** What stands around the YAML when a request is traced: pods, gateways, servers and hosts that no text of ours names. */
import type { Labels } from './design'

export interface Surroundings {
  outbound: 'ALLOW_ANY' | 'REGISTRY_ONLY' | 'ALLOW_ANY_DYNAMIC_DNS'
  root: string
  istio: string
  pods: Workload[]
  gateways: (Workload & { ports: { number: number; targetPort: number }[] })[]
  /** Services in the cluster without a sidecar. */
  servers: { namespace: string; service: string; labels: Labels; ports: Record<string, Serving>; names: string[]; impostor: boolean }[]
  /** Outside hosts, by name. One that a request names and that is not listed serves HTTP on 80 and HTTPS on 443. */
  hosts: Record<string, Outside>
  namespaceLabels: Record<string, Labels>
  /** Secrets with a client certificate and its CA. */
  secrets: { namespace: string; name: string; wrongCA: boolean; bothCAs: boolean }[]
  /** Files in proxies: path -> what it is; for all (`files`) or by `namespace/pod`. */
  files: Record<string, FileIs>
  filesOf: Record<string, Record<string, FileIs>>
}

export interface Workload {
  namespace: string
  name: string
  serviceAccount: string
  labels: Labels
  annotations: Labels
  sidecar: boolean
}

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
