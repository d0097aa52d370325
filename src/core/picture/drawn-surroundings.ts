/** What surrounds a drawing: its pods and gateways, and hosts that serve what the drawn paths arrive with. */

import { grouped, own } from '../base/collect'
import { isIP } from '../base/ip'
import { testServerAddress } from '../compile/kinds/test-server-name'
import { hostBelow, isServiceHost } from '../istio/host-name'
import type { Mesh, PodTemplate } from '../istio/mesh'
import {
  type Call,
  type FileIs,
  labSurroundings,
  type Outside,
  type Serving,
  type Surroundings,
  type Workload,
} from '../istio/surroundings'
import { carriesTls, needsClientCertificate, originatesTls } from '../istio/tls-mode'
import { type Design, gatewayPortsOf, isAppHop, labelsOf, type Node, namespaceOf } from '../model/design'
import { type Path, pathsOf } from '../model/path'
import { clientWorkloads } from './client-workloads'
import { firstOf, writtenHosts } from './written-surroundings'

/**
 * The pods, gateways, hosts, Secrets and files that a drawing needs, as if all of them were there. Traced in it, a request ends by what the
 * YAML says alone. A drawing without pods or gateways gets the lab's. `written`: what a person's text says, which may be a mistake, and the
 * drawing then shows what the text does, not what hosts serve; a host without endpoints serves HTTP on 80 and TLS on 443, as hosts do. The
 * text's own workloads are pods too.
 */
export function surroundingsOf(design: Design, written: Mesh | null = null): Surroundings {
  const paths = pathsOf(design)
  const pods = design.nodes.filter((node) => node.kind === 'pod')
  const gateways = design.nodes.filter((node) => node.kind === 'gateway')
  const callers = new Set(design.hops.filter(isAppHop).map((hop) => hop.from))
  const workloads = written ? clientWorkloads(written, gateways.length > 0 ? gateways.map(workloadOf) : labSurroundings.gateways) : []
  const drawn = pods.map((pod) => ({ ...workloadOf(pod), sidecar: callers.has(pod.id) }))
  const clients = withWorkloads(drawn, workloads)
  return {
    ...labSurroundings,
    outbound: design.world.outbound,
    root: design.world.root,
    istio: design.world.istio,
    serviceEntryVisibility: visibilityOf(design.world),
    pods: clients.length > 0 ? clients : labSurroundings.pods,
    gateways:
      gateways.length > 0
        ? gateways
            .map((gateway) => ({ ...workloadOf(gateway), ports: [...gatewayPortsOf(gateway)] }))
            .filter((gateway) => !written || !isManaged(written, gateway))
        : labSurroundings.gateways,
    ...servedFor(paths, written),
    ...materialOf(paths),
    calls: paths.map((path) => callOf(path)),
  }
}

/** What the app of a path asks for; below a wildcard for the label. TCP is asked for with HTTP's bytes. */
export const callOf = ({ pod, speaks, host, dialled }: Path, label = 'one'): Call => ({
  from: `${namespaceOf(pod)}/${pod.name}`,
  url: `${speaks === 'HTTPS' ? 'https' : 'http'}://${hostBelow(host.name, label)}:${dialled}/`,
  curl: [],
})

/** How far a drawn mesh shows its ServiceEntries; null: to all. */
export const visibilityOf = ({ visibility }: Design['world']): Surroundings['serviceEntryVisibility'] =>
  visibility === 'PUBLIC' ? null : { defaultVisibility: visibility, policies: [], applyToSidecars: true }

/** Those that are drawn first. */
const withWorkloads = (drawn: readonly Workload[], written: readonly PodTemplate[]): Workload[] => {
  const known = new Set(drawn.map(({ namespace, name }) => `${namespace}/${name}`))
  return [...drawn, ...written.filter(({ namespace, name }) => !known.has(`${namespace}/${name}`)).map(workloadFrom)]
}

/** A pod of a workload. */
export const workloadFrom = ({ namespace, name, serviceAccount, labels, annotations, sidecar }: PodTemplate): Workload => ({
  namespace,
  name,
  serviceAccount,
  labels,
  annotations,
  sidecar,
})

/** istiod makes its pods for a Gateway of the Gateway API, with labels and ports of its own choice. */
const isManaged = ({ gatewayServers }: Mesh, { namespace, name }: Workload): boolean =>
  gatewayServers.some((each) => each.by === 'GatewayAPI' && !each.services && each.namespace === namespace && `${each.name}-istio` === name)

const workloadOf = (node: Node): Workload => ({
  namespace: namespaceOf(node),
  name: node.name,
  serviceAccount: node.fields.serviceAccount || node.name,
  labels: labelsOf(node),
  annotations: {},
  sidecar: true,
})

const starts = ({ outside: { tls } }: Path): boolean => originatesTls(tls)

/** A host that asks for a client certificate has its own from a private CA, unless the proxy trusts the system's CAs alone. */
function servingOf(paths: readonly Path[]): Serving {
  const mutual = paths.some((path) => needsClientCertificate(path.outside.tls))
  const open = paths.some(({ outside: { tls, fields } }) =>
    needsClientCertificate(tls) ? !fields.credentialName && !fields.caCertificates : carriesTls(tls),
  )
  if (mutual) return open ? 'optional' : 'mutual'
  return open ? 'tls' : 'plain'
}

/** Hosts outside, and Services of the cluster. Where a host has endpoints, it is they who serve. */
function servedFor(paths: readonly Path[], written: Mesh | null): Pick<Surroundings, 'hosts' | 'servers'> {
  const hosts: [string, Outside][] = []
  const servers: Surroundings['servers'] = []
  for (const [host, its] of grouped(paths, (path) => [path.host])) {
    const ports = Object.fromEntries([...grouped(its, (path) => [path.outside.port])].map(([port, users]) => [port, servingOf(users)]))
    const names = [
      ...new Set(its.flatMap(({ outside: { fields } }) => [...(fields.sni ? [fields.sni] : []), ...(fields.subjectAltNames ?? [])])),
    ]
    const [service = '', namespace = ''] = (host.fields.testServer ? testServerAddress : host.name).split('.')
    if (host.fields.testServer || isServiceHost(host.name)) {
      // A Service has the ports that apps dial, whether something answers there or a route leads on.
      const dialled = host.fields.testServer ? [] : its.map((path): [number, Serving] => [path.dialled, 'none'])
      const all = { ...Object.fromEntries(dialled), ...ports } as Record<string, Serving>
      // An address that a text gives a Service of the cluster is the Service's own.
      const [address] = (host.fields.addresses ?? []).map(firstOf)
      const is = { namespace, service, labels: { run: service }, names: [host.name, ...names], impostor: false }
      servers.push({ ...is, ports: all, ...(address !== undefined && !host.fields.testServer && { address }) })
      if (!host.fields.testServer) continue
    }
    const endpoints = host.fields.endpoints ?? []
    const asHostsDo = written && endpoints.length === 0 ? { 80: 'plain', ...(ports[443] === 'plain' && { 443: 'tls' }) } : {}
    const served = { 80: 'plain', 443: 'tls', ...ports, ...asHostsDo } as Record<string, Serving>
    const outside = { ports: served, names, impostor: false, redirects: false }
    hosts.push([host.name, { ...outside, addresses: (host.fields.addresses ?? []).map(firstOf) }])
    for (const [nth, endpoint] of endpoints.entries())
      hosts.push([
        isIP(endpoint) ? `endpoint-${nth + 1}.${host.name}` : endpoint,
        { ...outside, names: [host.name, ...names], addresses: isIP(endpoint) ? [endpoint] : [] },
      ])
  }
  return { hosts: withWritten(Object.fromEntries(hosts), written), servers }
}

/** What the text says to be there is there too; where it is drawn, the drawing says what it serves. */
function withWritten(drawn: Record<string, Outside>, written: Mesh | null): Record<string, Outside> {
  if (!written) return drawn
  const all = { ...drawn }
  const byAddress = grouped(Object.entries(drawn), ([, { addresses }]) => addresses)
  for (const [name, more] of Object.entries(writtenHosts(written))) {
    const [there] = more.addresses.flatMap((address) => byAddress.get(address) ?? [])
    const key = own(drawn, name) ? name : (there?.[0] ?? name)
    const before = own(drawn, key)
    all[key] = before
      ? { ...before, ports: { ...more.ports, ...before.ports }, names: [...new Set([...before.names, ...more.names])] }
      : more
  }
  return all
}

/** Secrets and files in the proxies that start TLS. */
function materialOf(paths: readonly Path[]): Pick<Surroundings, 'secrets' | 'filesOf'> {
  const secrets = new Map<string, Surroundings['secrets'][number]>()
  const filesOf = new Map<string, Record<string, FileIs>>()
  // A port for clients with a certificate and others alike shows one of the public CA (`servingOf`).
  const shared = [...grouped(paths, ({ host, outside }) => [`${host.id} ${outside.port}`]).values()].some(
    (users) => servingOf(users) === 'optional',
  )
  const bothCAs = shared || paths.some((path) => starts(path) && !path.outside.fields.credentialName)
  for (const path of paths.filter(starts)) {
    const { fields, tls } = path.outside
    const proxy = path.gateway ?? path.pod
    const namespace = namespaceOf(proxy)
    if (needsClientCertificate(tls) && fields.credentialName)
      secrets.set(`${namespace}/${fields.credentialName}`, {
        namespace,
        name: fields.credentialName,
        wrongCA: false,
        bothCAs,
        assumed: true,
      })
    const files: [string | undefined, FileIs][] = [
      [fields.caCertificates, 'both-ca.crt'],
      [needsClientCertificate(tls) ? fields.clientCertificate : undefined, 'client.crt'],
      [needsClientCertificate(tls) ? fields.privateKey : undefined, 'client.key'],
    ]
    const key = `${namespace}/${proxy.name}`
    const named = files.filter((file): file is [string, FileIs] => !!file[0])
    if (named.length > 0) filesOf.set(key, { ...filesOf.get(key), ...Object.fromEntries(named) })
  }
  return { secrets: [...secrets.values()], filesOf: Object.fromEntries(filesOf) }
}
