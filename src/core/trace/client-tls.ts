/** The TLS that a cluster begins: SNI, certificate, whom it trusts and which names it wants (istio.md 7.5; Istio `cluster_tls.go`). */

import { own } from '../base/collect'
import { both } from '../base/text'
import type { ClientTls } from '../istio/mesh'
import { identityOf, type Proxy } from '../istio/proxy'
import { secretsThere } from '../istio/surroundings'
import type { Cluster } from './cluster'
import { bareHost } from './route'
import { doubt, type Walk } from './walk'
import {
  type Authority,
  certifies,
  type Fault,
  faults,
  notHost,
  notNamed,
  type ServerCertificate,
  sniOf,
  type TlsLayer,
  untrusted,
} from './wire'

/** The layer, or why it never begins; null for no TLS. `host` is the Host header's, where there is one. */
export function clientTls(walk: Walk, proxy: Proxy, cluster: Cluster, authority: string | null): TlsLayer | Fault | null {
  const { tls } = cluster
  if (!tls) return null
  if (tls.mode === 'ISTIO_MUTUAL') return meshLayer(walk, proxy, cluster, tls)
  const host = authority === null ? '' : bareHost(authority)
  const material = materialOf(walk, proxy, tls)
  if (!material) return faults.noSecret
  const expected = cluster.checksHost && host !== '' ? host : null
  return {
    by: proxy.title,
    mesh: false,
    sni: tls.sni || sniOf(host),
    identity: '',
    certificate: tls.mode === 'MUTUAL' ? clientName : '',
    signedBy: tls.mode === 'MUTUAL' ? 'private' : '',
    verify: verifier(tls.insecureSkipVerify ? null : material, expected, tls.subjectAltNames),
  }
}

/** The name in the lab's client certificate, which its private CA signed (lab `mesh.go`). */
export const clientName = 'client.example.com'

/** Mesh mTLS trusts the mesh's CA alone, and of a Service the accounts of its pods. */
function meshLayer(walk: Walk, proxy: Proxy, cluster: Cluster, tls: ClientTls): TlsLayer {
  const accounts = cluster.host.kubernetes ? accountsOf(walk, cluster) : cluster.host.subjectAltNames
  const names = tls.subjectAltNames.length > 0 ? tls.subjectAltNames : accounts
  return {
    by: proxy.title,
    mesh: true,
    sni: tls.sni || cluster.defaultSni,
    identity: proxy.identity,
    certificate: proxy.identity,
    signedBy: 'mesh',
    verify: verifier(['mesh'], null, names),
  }
}

const accountsOf = ({ istiod }: Walk, { host }: Cluster): string[] => {
  const addresses = new Set(host.endpoints.map(({ address }) => address))
  return istiod.pods.filter(({ ip, kind }) => addresses.has(ip) && kind !== 'server').map(({ pod }) => identityOf(pod))
}

/** The CA first, then the Host header, then the list of names; null trusts everybody. */
function verifier(trusts: readonly Authority[] | null, host: string | null, names: readonly string[]): TlsLayer['verify'] {
  return (certificate: ServerCertificate) => {
    if (!trusts) return null
    if (!trusts.includes(certificate.ca)) return untrusted
    if (host !== null && !certifies(certificate, host)) return notHost(host, certificate)
    return names.length > 0 && !names.some((name) => certifies(certificate, name)) ? notNamed(certificate) : null
  }
}

/** Whom it trusts; null where a file or Secret that it needs is missing or must not be read. */
function materialOf(walk: Walk, proxy: Proxy, tls: ClientTls): readonly Authority[] | null {
  if (tls.credentialName !== '') return secretOf(walk, proxy, tls.credentialName)
  const is = (path: string) =>
    own(own(walk.istiod.around.filesOf, `${proxy.pod.namespace}/${proxy.pod.name}`) ?? {}, path) ?? own(walk.istiod.around.files, path)
  if (tls.mode === 'MUTUAL' && (is(tls.clientCertificate) !== 'client.crt' || is(tls.privateKey) !== 'client.key')) return null
  if (tls.caCertificates === '' || tls.caCertificates === 'system') return ['public']
  switch (is(tls.caCertificates)) {
    case 'ca.crt':
      return ['private']
    case 'public-ca.crt':
      return ['public']
    case 'both-ca.crt':
      return ['private', 'public']
    case 'client.crt':
      return []
    default:
      return tls.insecureSkipVerify ? [] : null
  }
}

/** A Secret beside the pod, which its service account may read (istio.md 3.3, 3.4, 7.5). */
export function secretOf(walk: Walk, proxy: Proxy, written: string): readonly Authority[] | null {
  const { around, mesh } = walk.istiod
  if (written.startsWith('configmap://')) {
    doubt(walk, both('Which CA a ConfigMap holds is not known.', 'ConfigMap 里是哪个 CA 尚不可知。'))
    return ['public']
  }
  const parts = written.replace(/^kubernetes(-gateway)?:\/\//, '').split('/')
  const name = parts[parts.length - 1] as string
  const namespace = parts.length > 1 ? (parts[0] as string) : proxy.pod.namespace
  if (namespace !== proxy.pod.namespace || !mayRead(walk, proxy)) return null
  const secret = secretsThere(around, mesh.secretAccess).find((each) => each.name === name && each.namespace === namespace)
  if (secret) return secret.wrongCA ? ['other'] : secret.bothCAs ? ['private', 'public'] : ['private']
  if (!mesh.secretAccess.some((grant) => grant.by === 'Secret' && grant.name === name && grant.namespace === namespace)) return null
  doubt(walk, both(`What Secret ${namespace}/${name} holds is not read.`, `不会读取 Secret ${namespace}/${name} 的内容。`))
  return ['private']
}

/** Gateways may read Secrets of their namespace; a sidecar's account needs a RoleBinding. */
function mayRead({ istiod }: Walk, { kind, pod }: Proxy): boolean {
  if (kind === 'gateway') return true
  return istiod.mesh.secretAccess.some(
    (grant) =>
      grant.by === 'RoleBinding' &&
      grant.subjects.some(({ name, namespace }) => name === pod.serviceAccount && (namespace || grant.namespace) === pod.namespace),
  )
}
