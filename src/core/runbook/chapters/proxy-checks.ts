/** `istioctl proxy-config` for the proxies on the way: clusters, endpoints, listeners, routes and secrets that the traces name. */

import { kept } from '../../base/collect'
import { both } from '../../base/text'
import type { Lane } from '../../compile/plan/lanes'
import { clusterName, type HostCluster } from '../../istio/cluster-ref'
import { isWildcarded } from '../../istio/host-name'
import { needsClientCertificate, originatesTls, usesIstioCertificates } from '../../istio/tls-mode'
import { gatewayPortsOf, type Node } from '../../model/design'
import { titleOf } from '../../trace/ref'
import type { Block, Subject } from './kind'
import { command, proxy, refOf } from './shell'

/** The checks of each proxy: the sidecar first, then the gateway. */
export function proxyChecks(of: Subject): Block[] {
  const nodes = of.design.nodes.filter((node) => node.kind === 'pod' || node.kind === 'gateway')
  const clusters = clustersOf(of)
  return nodes.flatMap((node) => {
    const mine = [...(clusters.get(titleOf(refOf(node)))?.values() ?? [])]
    const gateway = node.kind === 'gateway'
    return [
      ...(gateway ? listenersOf(of, node) : []),
      ...routesOf(of, node),
      ...mine.map((cluster) => clusterBlock(node, cluster)),
      ...mine.filter(({ host }) => !isWildcarded(host)).map((cluster) => endpointBlock(node, cluster)),
      ...secretsOf(of, node),
    ]
  })
}

/** Clusters that istiod made, each once and by its name, by the proxy that used them. */
function clustersOf({ flows }: Subject): Map<string, Map<string, HostCluster>> {
  const all = new Map<string, Map<string, HostCluster>>()
  for (const { trace } of flows)
    for (const { proxy, cluster } of trace.outcome.hops)
      if (cluster && 'host' in cluster) kept(all, titleOf(proxy), () => new Map()).set(clusterName(cluster), cluster)
  return all
}

function clusterBlock(node: Node, cluster: HostCluster): Block {
  const { port, subset, host } = cluster
  const name = clusterName(cluster)
  return {
    says: both(`${node.name} knows the cluster ${name}.`, `${node.name} 的 Envoy 中有 cluster ${name}。`),
    run: command('istioctl', 'proxy-config', 'clusters', proxy(node), '--fqdn', host, '--port', String(port)),
    expect: `SERVICE FQDN     PORT     SUBSET     DIRECTION     TYPE     DESTINATION RULE\n${host}     ${port}     ${subset || '-'}     outbound     …`,
  }
}

const endpointBlock = (node: Node, cluster: HostCluster): Block => ({
  says: both(`It has addresses for ${cluster.host}, and they are healthy.`, `它知道 ${cluster.host} 的地址，并且状态健康。`),
  run: command('istioctl', 'proxy-config', 'endpoints', proxy(node), '--cluster', clusterName(cluster)),
  expect: `ENDPOINT     STATUS     OUTLIER CHECK     CLUSTER\n…     HEALTHY     OK     ${clusterName(cluster)}`,
})

/** Where the pod of a gateway listens for a port of its Service. */
export const podPortOf = ({ gateway, port }: Lane): number =>
  gatewayPortsOf(gateway).find(({ number }) => number === port)?.targetPort ?? port

/** Server ports, each once. */
function listenersOf({ plan }: Subject, gateway: Node): Block[] {
  const ports = new Set(plan.lanes.filter((lane) => lane.gateway.id === gateway.id).map(podPortOf))
  return [...ports].map((port) => ({
    says: both(
      `${gateway.name} listens on ${port}: it is its pod’s port, not its Service’s.`,
      `${gateway.name} 在 ${port} 上监听：这是 Pod 的端口，不是 Service 的端口。`,
    ),
    run: command('istioctl', 'proxy-config', 'listeners', proxy(gateway), '--port', String(port)),
    expect: `ADDRESSES     PORT     MATCH     DESTINATION\n…     ${port}     …`,
  }))
}

/** Virtual hosts of HTTP that a VirtualService decides for; of TLS and TCP the listeners tell. */
function routesOf({ plan, resources }: Subject, node: Node): Block[] {
  const gateway = node.kind === 'gateway'
  const lanes = plan.lanes.filter(
    (lane) => lane.speaks === 'HTTP' && (gateway ? lane.gateway.id === node.id : lane.paths.some((path) => path.pod.id === node.id)),
  )
  const rules = new Map(
    resources
      .filter(({ kind }) => kind === 'VirtualService')
      .flatMap((rule) => hostsOf(rule.body.spec).map((host) => [host, `${rule.name}.${rule.namespace}`])),
  )
  const rows = [...new Set(lanes.map(({ host }) => host.name))].flatMap((host) => {
    const rule = rules.get(host)
    return rule ? [`…     ${host}…     …     ${rule}`] : []
  })
  if (rows.length === 0) return []
  return [
    {
      says: both(`The routes of ${node.name} come from your VirtualService.`, `${node.name} 的路由来自你的 VirtualService。`),
      run: command('istioctl', 'proxy-config', 'routes', proxy(node)),
      expect: ['NAME     VHOST NAME     DOMAINS     MATCH     VIRTUAL SERVICE', '…', ...rows].join('\n'),
    },
  ]
}

function hostsOf(spec: unknown): string[] {
  const hosts = typeof spec === 'object' && spec !== null && 'hosts' in spec ? spec.hosts : []
  return Array.isArray(hosts) ? hosts.filter((host) => typeof host === 'string') : []
}

/** Its own certificate where the hop is mTLS, and those that it starts TLS with. */
function secretsOf({ plan }: Subject, node: Node): Block[] {
  const mine = plan.paths.filter((path) => path.pod.id === node.id || path.gateway?.id === node.id)
  const mesh = mine.some((path) => usesIstioCertificates(path.mesh?.tls))
  const started = mine.filter((path) => (path.gateway ?? path.pod).id === node.id)
  const names = new Set(started.flatMap(({ outside }) => secretNames(outside)))
  if (!mesh && names.size === 0) return []
  const rows = mesh ? ['default     Cert Chain     ACTIVE     true     …', 'ROOTCA     CA     ACTIVE     true     …'] : []
  return [
    {
      says: both(
        `${node.name} has its certificates${mesh ? ': “default” is its own, for the hop in the mesh' : ''}.`,
        `${node.name} 已有证书${mesh ? '：“default” 是它自己的，用于网格内的一跳' : ''}。`,
      ),
      run: command('istioctl', 'proxy-config', 'secret', proxy(node)),
      expect: [
        'RESOURCE NAME     TYPE     STATUS     VALID CERT     …',
        ...rows,
        ...[...names].map((name) => `${name}     …     ACTIVE     true     …`),
      ].join('\n'),
    },
  ]
}

/** As istiod names them (pilot/pkg/model/credentials; security/pkg, `file-cert`). */
function secretNames({ tls, fields }: Lane['outside']): string[] {
  if (!originatesTls(tls)) return []
  if (fields.credentialName) return [`kubernetes://${fields.credentialName}`]
  const client =
    needsClientCertificate(tls) && fields.clientCertificate ? [`file-cert:${fields.clientCertificate}~${fields.privateKey ?? ''}`] : []
  return [...client, ...(fields.caCertificates ? [`file-root:${fields.caCertificates}`] : [])]
}
