/** The TLS that a cluster begins: SNI, certificate, whom it trusts and which names it wants (istio/README 7.5; Istio `cluster_tls.go`). */

import { own } from '../base/collect'
import { both, type Text } from '../base/text'
import type { Cluster } from '../istio/cluster'
import type { ClientTls, Mesh } from '../istio/mesh'
import { identityOf, type Proxy } from '../istio/proxy'
import type { PushContext } from '../istio/push-context'
import { type FileIs, secretsThere } from '../istio/surroundings'
import { needsClientCertificate, usesIstioCertificates } from '../istio/tls-mode'
import { bareHost } from './route-match'
import { type Authority, certifies, notHost, notNamed, type ServerCertificate, sniOf, type TlsLayer, untrusted } from './wire'

/** The layer that a cluster begins, null for no TLS; `lacksSecret` where a certificate that it needs is not there. */
export interface UpstreamTls {
  layer: TlsLayer | null
  lacksSecret: boolean
  doubt: Text | null
}

/** `authority` is the Host header, null where the proxy reads no HTTP. */
export function upstreamTls(push: PushContext, proxy: Proxy, cluster: Cluster, authority: string | null): UpstreamTls {
  const { tls } = cluster
  if (!tls) return { layer: null, lacksSecret: false, doubt: null }
  if (usesIstioCertificates(tls.mode)) return { layer: meshLayer(push, proxy, cluster, tls), lacksSecret: false, doubt: null }
  const host = authority === null ? '' : bareHost(authority)
  const { trusts, doubt } = trustOf(push, proxy, tls)
  if (!trusts) return { layer: null, lacksSecret: true, doubt }
  const expected = cluster.checksHost && host !== '' ? host : null
  const layer: TlsLayer = {
    by: proxy.ref,
    mesh: false,
    sni: tls.sni || sniOf(host),
    identity: '',
    certificate: needsClientCertificate(tls.mode) ? clientName : '',
    signedBy: needsClientCertificate(tls.mode) ? 'private' : '',
    verify: verifier(tls.insecureSkipVerify ? null : trusts, expected, tls.subjectAltNames),
  }
  return { layer, lacksSecret: false, doubt }
}

/** The name in the lab's client certificate, which its private CA signed (lab `mesh.go`). */
export const clientName = 'client.example.com'

/** Mesh mTLS trusts the mesh's CA alone, and of a Service the accounts of its pods. */
function meshLayer(push: PushContext, proxy: Proxy, cluster: Cluster, tls: ClientTls): TlsLayer {
  const accounts = cluster.host.kubernetes ? accountsOf(push, cluster) : cluster.host.subjectAltNames
  const names = tls.subjectAltNames.length > 0 ? tls.subjectAltNames : accounts
  return {
    by: proxy.ref,
    mesh: true,
    sni: tls.sni || cluster.defaultSni,
    identity: proxy.identity,
    certificate: proxy.identity,
    signedBy: 'mesh',
    verify: verifier(['mesh'], null, names),
  }
}

const accountsOf = ({ pods }: PushContext, { host }: Cluster): string[] => {
  const addresses = new Set(host.endpoints.map(({ address }) => address))
  return pods.filter(({ ip, kind }) => addresses.has(ip) && kind !== 'server').map(({ pod }) => identityOf(pod))
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

/** Whom a Secret or files make a proxy trust; null where one that it needs is missing or must not be read. */
interface Trust {
  trusts: readonly Authority[] | null
  doubt: Text | null
}

const trusting = (trusts: Trust['trusts'], doubt: Trust['doubt'] = null): Trust => ({ trusts, doubt })

function trustOf(push: PushContext, proxy: Proxy, tls: ClientTls): Trust {
  if (tls.credentialName !== '') return trustOfSecret(push, proxy, tls.credentialName)
  const is = (path: string) => fileAt(push, proxy, path)
  if (needsClientCertificate(tls.mode) && (is(tls.clientCertificate) !== 'client.crt' || is(tls.privateKey) !== 'client.key'))
    return trusting(null)
  if (tls.caCertificates === '' || tls.caCertificates === 'system') return trusting(['public'])
  switch (is(tls.caCertificates)) {
    case 'ca.crt':
      return trusting(['private'])
    case 'public-ca.crt':
      return trusting(['public'])
    case 'both-ca.crt':
      return trusting(['private', 'public'])
    case 'client.crt':
      return trusting([])
    default:
      return trusting(tls.insecureSkipVerify ? [] : null)
  }
}

/** What a file of a proxy's pod is. */
export function fileAt({ around }: PushContext, { pod }: Proxy, path: string): FileIs | undefined {
  return own(own(around.filesOf, `${pod.namespace}/${pod.name}`) ?? {}, path) ?? own(around.files, path)
}

/** A Secret beside the pod, which its service account may read (istio/README 3.3, 3.4, 7.5). */
export function trustOfSecret({ around, mesh }: PushContext, proxy: Proxy, written: string): Trust {
  if (written.startsWith('configmap://'))
    return trusting(['public'], both('Which CA a ConfigMap holds is not known.', 'ConfigMap 里是哪个 CA 尚不可知。'))
  const parts = written.replace(/^kubernetes(-gateway)?:\/\//, '').split('/')
  const name = parts[parts.length - 1] as string
  const namespace = parts.length > 1 ? (parts[0] as string) : proxy.pod.namespace
  if (namespace !== proxy.pod.namespace || !mayRead(mesh, proxy)) return trusting(null)
  const secret = secretsThere(around, mesh.secretAccess).find((each) => each.name === name && each.namespace === namespace)
  if (secret) return trusting(secret.wrongCA ? ['other'] : secret.bothCAs ? ['private', 'public'] : ['private'])
  if (!mesh.secretAccess.some((grant) => grant.by === 'Secret' && grant.name === name && grant.namespace === namespace))
    return trusting(null)
  return trusting(['private'], both(`What Secret ${namespace}/${name} holds is not read.`, `不会读取 Secret ${namespace}/${name} 的内容。`))
}

/** Gateways may read Secrets of their namespace; a sidecar's account needs a RoleBinding. */
function mayRead({ secretAccess }: Mesh, { ref, pod }: Proxy): boolean {
  if (ref.kind === 'gateway') return true
  return secretAccess.some(
    (grant) =>
      grant.by === 'RoleBinding' &&
      grant.subjects.some(({ name, namespace }) => name === pod.serviceAccount && (namespace || grant.namespace) === pod.namespace),
  )
}
