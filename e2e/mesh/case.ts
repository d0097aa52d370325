/** A subject as a case of the lab: who runs where, what is served outside, and which secrets and files the proxies have. */

import { isIP } from '../../src/core/base/ip'
import { testServerAddress } from '../../src/core/compile/kinds/test-server-name'
import { isServiceHost, isWildcarded } from '../../src/core/istio/host-name'
import { carriesTls, needsClientCertificate, originatesTls } from '../../src/core/istio/tls-mode'
import { type Design, gatewayPortsOf, isAppHop, labelsOf, type Node, namespaceOf } from '../../src/core/model/design'
import { type Path, pathsOf } from '../../src/core/model/path'
import { concrete, type Subject } from './subject'

type PortKind = 'plain' | 'tls' | 'mutual' | 'optional' | 'none'

export interface LabCase {
  manifests: string[]
  outbound: string
  pods: object[]
  gateways?: object[]
  servers: object[]
  hosts: Record<string, { ports: Record<string, PortKind>; names: string[]; addresses?: string[]; impostor?: boolean }>
  secrets: object[]
  filesOf: Record<string, Record<string, string>>
  requests: { from: string; url: string; curl?: string[] }[]
}

export function caseOf(subject: Subject, manifest: string): LabCase {
  const { design } = subject
  const paths = pathsOf(design)
  const gateways = design.nodes.filter((node) => node.kind === 'gateway')
  const trusts = trustOf(paths)
  return {
    manifests: [manifest],
    outbound: design.world.outbound,
    pods: podsOf(design).map((pod) => ({
      ...place(pod),
      ...(pod.fields.serviceAccount && { serviceAccount: pod.fields.serviceAccount }),
      ...(!design.hops.some((hop) => isAppHop(hop) && hop.from === pod.id) && { noSidecar: true }),
    })),
    ...(gateways.length > 0 && {
      gateways: gateways.map((gateway) => ({
        ...place(gateway),
        ports: Object.fromEntries(gatewayPortsOf(gateway).map((port) => [port.number, port.targetPort])),
      })),
    }),
    servers: serversOf(subject, paths),
    hosts: hostsOf(subject, paths),
    secrets: secretsOf(paths).map((secret) => ({ ...secret, ...(trusts === 'both-ca.crt' && { bothCAs: true }) })),
    filesOf: filesOf(design, paths, trusts),
    requests: subject.asks.map(({ from, url, path }, index) => ({
      from,
      url: requestUrl(url, index),
      ...(!path && { curl: ['-m', '2'] }),
    })),
  }
}

export const podsOf = (design: Design): Node[] => design.nodes.filter((node) => node.kind === 'pod')
const place = (node: Node) => ({ namespace: namespaceOf(node), name: node.name, labels: labelsOf(node) })

/** TCP is played with HTTP's bytes; the path tells one request from another. */
export function requestUrl(url: string, index: number): string {
  const { protocol, host } = new URL(url)
  return `${protocol === 'https:' ? 'https:' : 'http:'}//${host}/${index}`
}

/** Whether a path's proxy trusts the operating system's CAs: then the server needs a certificate of the public one. */
function trustsPublic({ outside: { tls, fields } }: Path): boolean {
  return needsClientCertificate(tls) ? !fields.credentialName && !fields.caCertificates : carriesTls(tls)
}

/** One port may serve paths that bring a client certificate and others that bring none. */
function kindOf(paths: readonly Path[]): PortKind {
  const mutual = paths.some((path) => needsClientCertificate(path.outside.tls))
  const open = paths.some(trustsPublic)
  if (mutual) return open ? 'optional' : 'mutual'
  return open ? 'tls' : 'plain'
}

const by = <K, V>(items: readonly V[], key: (item: V) => K): Map<K, V[]> => {
  const groups = new Map<K, V[]>()
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item])
  return groups
}

function hostsOf(subject: Subject, paths: readonly Path[]): LabCase['hosts'] {
  const hosts: LabCase['hosts'] = {}
  for (const [host, own] of by(paths, (path) => path.host)) {
    if (isServiceHost(host.name)) continue
    const ports = portsOf(own)
    const names = namesOf(own)
    const addresses = host.fields.addresses?.length ? { addresses: host.fields.addresses } : {}
    const endpoints = endpointsOf(host)
    const asked = subject.asks.filter((ask) => ask.path?.host === host).map((ask) => new URL(ask.url).hostname)
    const called = isWildcarded(host.name) ? [...new Set([concrete(host.name), ...asked])] : [host.name]
    for (const name of called)
      hosts[name] = { ports: endpoints.length > 0 || host.fields.testServer ? nothing : ports, names, ...addresses, ...impostor(subject) }
    for (const endpoint of endpoints) {
      const place = isIP(endpoint) ? { addresses: [endpoint] } : {}
      const name = isIP(endpoint) ? `endpoint.${host.name}` : endpoint
      hosts[name] = {
        ports: { ...hosts[name]?.ports, ...ports },
        names: [...new Set([...(hosts[name]?.names ?? []), host.name, ...names])],
        ...place,
        ...impostor(subject),
      }
    }
  }
  return hosts
}

/** Where a host is really served, if not where the app finds it: there is nothing then. */
const endpointsOf = (host: Node): string[] => host.fields.endpoints ?? []
const nothing: Record<string, PortKind> = { 80: 'none', 443: 'none' }

const impostor = (subject: Subject) => (subject.impostor ? { impostor: true } : {})

/** What is on each port of a host that paths arrive at. */
const portsOf = (own: readonly Path[]): Record<string, PortKind> =>
  Object.fromEntries([...by(own, (path) => path.outside.port)].map(([port, users]) => [String(port), kindOf(users)]))

/** Names that clients check beside the host's own. */
const namesOf = (own: readonly Path[]): string[] => [
  ...new Set(own.flatMap(({ outside: { fields } }) => [...(fields.sni ? [fields.sni] : []), ...(fields.subjectAltNames ?? [])])),
]

/** Servers inside of the cluster, without a sidecar: Services that are drawn as hosts, and the test server. */
function serversOf(subject: Subject, paths: readonly Path[]): LabCase['servers'] {
  return [...by(paths, (path) => path.host)].flatMap(([host, own]) => {
    const [service = '', namespace = ''] = host.fields.testServer ? testServerAddress.split('.') : host.name.split('.')
    if (!host.fields.testServer && !isServiceHost(host.name)) return []
    // A Service of the cluster has the ports that apps dial, whether something answers there or a route leads on.
    const dialled = own.filter(() => !host.fields.testServer).map((path) => [String(path.dialled), 'none'])
    return [
      {
        namespace,
        service,
        ports: { ...Object.fromEntries(dialled), ...portsOf(own) },
        names: [host.name, ...namesOf(own)],
        ...impostor(subject),
      },
    ]
  })
}

const starter = (path: Path): Node => path.gateway ?? path.pod

function secretsOf(paths: readonly Path[]): { namespace: string; name: string }[] {
  const secrets = new Map<string, { namespace: string; name: string }>()
  for (const path of paths) {
    const name = needsClientCertificate(path.outside.tls) && path.outside.fields.credentialName
    if (name) secrets.set(`${namespaceOf(starter(path))}/${name}`, { namespace: namespaceOf(starter(path)), name })
  }
  return [...secrets.values()]
}

/** Proxies trust the private CA alone wherever no server of the case has a certificate of the public one. */
function trustOf(paths: readonly Path[]): string {
  const byPort = by(paths, (path) => `${path.host.id} ${path.outside.port}`)
  const mixed = [...byPort.values()].some(
    (users) =>
      kindOf(users) === 'optional' ||
      users.some(({ outside }) => originatesTls(outside.tls) && !needsClientCertificate(outside.tls) && outside.fields.caCertificates),
  )
  return mixed ? 'both-ca.crt' : 'ca.crt'
}

/** Only the workload that starts the TLS has them: a proxy that waits for files of another is a mistake. Its labels tell what is one workload. */
function filesOf(design: Design, paths: readonly Path[], ca: string): LabCase['filesOf'] {
  const all: LabCase['filesOf'] = {}
  for (const path of paths) {
    const { tls, fields } = path.outside
    if (!originatesTls(tls)) continue
    const files: Record<string, string> = {}
    if (fields.caCertificates) files[fields.caCertificates] = ca
    if (needsClientCertificate(tls) && fields.clientCertificate) files[fields.clientCertificate] = 'client.crt'
    if (needsClientCertificate(tls) && fields.privateKey) files[fields.privateKey] = 'client.key'
    const same = (node: Node) =>
      JSON.stringify(place(node).labels) === JSON.stringify(place(starter(path)).labels) && namespaceOf(node) === namespaceOf(starter(path))
    for (const { namespace, name } of design.nodes
      .filter((node) => node === starter(path) || (node.kind === starter(path).kind && same(node)))
      .map(place))
      all[`${namespace}/${name}`] = { ...all[`${namespace}/${name}`], ...files }
  }
  return all
}
