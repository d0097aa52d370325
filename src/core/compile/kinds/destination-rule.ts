/** DestinationRule: TLS of the hop to a gateway, with a subset per host (compile/README 4), and TLS that starts towards a host (compile/README 6). */

import { listed } from '../../base/collect'
import { memoLastBy } from '../../base/memo'
import { both } from '../../base/text'
import { needsClientCertificate } from '../../istio/tls-mode'
import { type Node, namespaceOf, serviceHostOf } from '../../model/design'
import { tlsKinds } from '../../model/tls'
import { fileNeed } from '../mounts'
import { secretNeed } from '../needs'
import type { Lane } from '../plan/lanes'
import type { HostPlan } from '../plan/plan'
import type { Need, Origin, Resource } from '../resource'
import type { ResourceKind, Writing } from './kind'
import { originationOf } from './origination'
import type { OriginationRule, PortTls } from './origination-rules'

const group = 'networking.istio.io'

export const destinationRule: ResourceKind = {
  group,
  kind: 'DestinationRule',
  ofDesign: hopRules,
  ofHost: (host, by) => originationOf(host, by).rules.map((rule) => originationRule(host, rule, by)),
}

function hopRules(by: Writing): Resource[] {
  const lanes = new Map<Node, Map<Node, Lane[]>>()
  for (const lane of by.plan.lanes) {
    const hosts = lanes.get(lane.gateway) ?? new Map<Node, Lane[]>()
    lanes.set(lane.gateway, hosts)
    listed(hosts, lane.host, lane)
  }
  return [...lanes].map(([gateway, hosts]) => hopRule(gateway, hosts, by))
}

function hopRule(gateway: Node, hosts: Map<Node, Lane[]>, by: Writing): Resource {
  const place = by.style.hopRule(gateway)
  const subsets = [...hosts].map(([host, lanes]) => subsetFor(by.style.subset(host), lanes))
  return {
    group,
    kind: 'DestinationRule',
    ...place,
    body: { spec: { host: serviceHostOf(gateway), subsets } },
    says: both(
      `How sidecars speak to ${gateway.name}, a subset for each host.`,
      `Sidecar 如何与 ${gateway.name} 通信，每个主机一个 subset。`,
    ),
    notes: by.style.hopNotes(gateway),
    needs: [],
    origins: [
      { path: [], ids: [gateway.id] },
      ...[...hosts].map(
        ([host, lanes], index): Origin => ({
          path: ['spec', 'subsets', index],
          ids: [...new Set([host.id, ...lanes.flatMap((lane) => lane.paths.flatMap((path) => path.mesh?.hop ?? []))])],
        }),
      ),
    ],
  }
}

/** One host's subset; the same object while its lanes are, so that a thousand others need not be written again. */
const subsetFor = (name: string, lanes: readonly Lane[]): object => subsetOf(lanes[0] as Lane, name, lanes)

const subsetOf = memoLastBy((_: Lane, name: string, lanes: readonly Lane[]): object => {
  const ports = lanes.flatMap((lane) => {
    const tls = tlsKinds[lane.mesh].client({}, { host: lane.host.name, speaks: lane.speaks })
    return tls ? [{ port: { number: lane.port }, tls }] : []
  })
  return { name, ...(ports.length > 0 && { trafficPolicy: { portLevelSettings: ports } }) }
})

function originationRule(host: HostPlan, rule: OriginationRule, by: Pick<Writing, 'style'>): Resource {
  const policy = (ports: readonly PortTls[]) => ({ portLevelSettings: ports.map(({ port, tls }) => ({ port: { number: port }, tls })) })
  const who = [...rule.gateways.map((gateway) => gateway.name), ...(rule.pods.length > 0 ? ['sidecar'] : [])].join(', ')
  const note = by.style.originate(host).note
  return {
    group,
    kind: 'DestinationRule',
    name: rule.name,
    namespace: rule.namespace,
    body: {
      spec: {
        host: host.host.name,
        ...(rule.exportTo.length > 0 && { exportTo: rule.exportTo }),
        ...(rule.selector && { workloadSelector: { matchLabels: rule.selector } }),
        ...(rule.whole.length > 0 && { trafficPolicy: policy(rule.whole) }),
        ...(rule.subsets.length > 0 && { subsets: rule.subsets.map(({ name, ports }) => ({ name, trafficPolicy: policy(ports) })) }),
      },
    },
    says: both(`TLS to ${host.host.name} starts here: ${who}.`, `从这里向 ${host.host.name} 发起 TLS：${who}。`),
    notes: note && rule.gateways.length > 0 ? [note] : [],
    needs: needsOf(rule),
    origins: originsOf(host, rule),
  }
}

/** Secrets and files that the proxies need which start the TLS, each once. */
function needsOf(rule: OriginationRule): Need[] {
  const needs = new Map<string, Need>()
  const settings = [...rule.whole, ...rule.subsets.flatMap((subset) => subset.ports)]
  for (const { tls, paths } of settings) {
    for (const proxy of new Set(paths.map((path) => path.gateway ?? path.pod))) {
      const namespace = namespaceOf(proxy)
      // A program would take such a name for an option.
      if ([namespace, proxy.name, tls.credentialName ?? ''].some((name) => name.startsWith('-'))) continue
      const made = tls.credentialName ? secretNeed(namespace, tls.credentialName, needsClientCertificate(tls.mode)) : fileNeed(proxy, tls)
      if (made) needs.set(made.run, made)
    }
  }
  return [...needs.values()]
}

function originsOf(host: HostPlan, rule: OriginationRule): Origin[] {
  const hops = (ports: readonly PortTls[]) => [...new Set(ports.flatMap((port) => port.paths.map((path) => path.outside.hop)))]
  return [
    { path: [], ids: [host.host.id] },
    ...(rule.whole.length > 0 ? [{ path: ['spec', 'trafficPolicy'], ids: hops(rule.whole) }] : []),
    ...rule.subsets.map((subset, index): Origin => ({ path: ['spec', 'subsets', index], ids: hops(subset.ports) })),
  ]
}
