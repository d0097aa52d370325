/** A drawn path as a request, and whether a trace goes along it: the same proxies, the same TLS, the same port of the same host. */
import { hostBelow, serviceHost } from '../core/istio/host-name'
import { carriesTls, needsClientCertificate, originatesTls, type TlsMode, usesIstioCertificates } from '../core/istio/tls-mode'
import { namespaceOf, type Speaks, type TlsFields } from '../core/model/design'
import type { Path } from '../core/model/path'
import { tlsKinds } from '../core/model/tls'
import { callOf } from '../core/picture/drawn-surroundings'
import type { HopLine, Request, Trace } from '../core/trace/outcome'
import { titleOf } from '../core/trace/ref'

/** What an app of the path asks for. */
export const requestAlong = (path: Path): Request => callOf(path)

/** What of a path other clients have alike. */
export const roadOf = ({ speaks, dialled, gateway, mesh, host, outside }: Path): string =>
  JSON.stringify([
    speaks,
    dialled,
    gateway && mesh ? [namespaceOf(gateway), gateway.name, mesh.tls] : null,
    host.name,
    outside.tls,
    outside.port,
    said(outside.tls, outside.fields, host.name, speaks),
  ])

/** What the fields of a hop make the proxy do, in a steady order. */
const said = (tls: TlsMode, fields: TlsFields, host: string, speaks: Speaks): unknown =>
  Object.entries(tlsKinds[tls].client(fields, { host, speaks }) ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1))

/** Whose cluster a proxy sent to. */
const hostOf = (line: HopLine | undefined): string | undefined => (line?.cluster && 'host' in line.cluster ? line.cluster.host : undefined)

/** Sentences about where a trace leaves the path; none if it goes along it and arrives. */
export function leaves(path: Path, { outcome, unknown }: Trace): string[] {
  const { hops, server, exit, status } = outcome
  const wrong: string[] = []
  const want = (what: string, expected: unknown, got: unknown) => {
    if (expected !== got) wrong.push(`${what}: drawn ${JSON.stringify(expected)}, traced ${JSON.stringify(got)}`)
  }
  if (unknown) return [`unknown: ${unknown.en}`]
  const { gateway, mesh, outside, host } = path
  const proxies = [
    `sidecar ${namespaceOf(path.pod)}/${path.pod.name}`,
    ...(gateway ? [`gateway ${namespaceOf(gateway)}/${gateway.name}`] : []),
  ]
  want('proxies', proxies.join(', '), hops.map(({ proxy }) => titleOf(proxy)).join(', '))
  want('host', host.name, hostOf(hops.at(-1)))
  const [first, second] = hops
  if (gateway && mesh && first && second) {
    const mutual = usesIstioCertificates(mesh.tls)
    want('gateway', serviceHost(gateway.name, namespaceOf(gateway)), hostOf(first))
    want('identity at the gateway', mutual, second.peer !== '' && second.peer !== '-')
    want('TLS at the gateway', mutual, second.tls.startsWith('TLS'))
  }
  const starts = originatesTls(outside.tls)
  want('exit', 0, exit)
  want('status', 200, status)
  if (!server) return [...wrong, 'nothing arrives']
  want('port', outside.port, server.port)
  want('TLS outside', carriesTls(outside.tls), server.tls !== '')
  want('sni outside', carriesTls(outside.tls) ? (starts && outside.fields.sni) || hostBelow(host.name, 'one') : '', server.sni)
  want('client certificate', needsClientCertificate(outside.tls), server.clientCert !== '')
  return wrong
}
