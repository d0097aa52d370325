/** Other ways to write what a gateway listens for: Gateway objects and their servers split, merged, and moved. */
import { isWildcarded, subsetOf } from '../../core/istio/host-name'
import { fits } from '../../core/istio/selector'
import { labelsOf, namespaceOf } from '../../core/model/design'
import {
  alike,
  all,
  fullName,
  type Gateway,
  gatewayLists,
  gatewayName,
  isTaken,
  type Rewriting,
  renameIn,
  rulesOf,
  type Server,
  spaceOf,
  type VirtualService,
  type Written,
} from './kind'

/** Whether a list of a VirtualService names a Gateway. */
const names = (service: VirtualService, list: readonly string[], gateway: Gateway): boolean =>
  list.some((name) => gatewayName(name, spaceOf(service)) === fullName(gateway))

const boundTo = (written: Written, gateway: Gateway): VirtualService[] =>
  all(written, 'VirtualService').filter((service) => gatewayLists(service).some((list) => names(service, list, gateway)))

/** Each server in an object of its own; routes name those that are for their hosts, on the port that they ask for. */
const gatewaysSplit: Rewriting = {
  name: 'gateways-split',
  rewrite(written) {
    const whole = all(written, 'Gateway').filter(({ spec }) => spec.servers.length > 1)
    for (const gateway of whole) {
      const parts = gateway.spec.servers.map(
        (server, index): Gateway => ({
          ...gateway,
          metadata: { ...gateway.metadata, name: `${gateway.metadata.name}-${index + 1}` },
          spec: { ...gateway.spec, servers: [server] },
        }),
      )
      for (const service of boundTo(written, gateway)) bindToParts(service, gateway, parts)
      written.objects = written.objects.flatMap((object) => (object === gateway ? parts : [object]))
    }
    return whole.length > 0
  },
}

function bindToParts(service: VirtualService, gateway: Gateway, parts: readonly Gateway[]): void {
  const suits = (part: Gateway, port: number | undefined) =>
    part.spec.servers.some((server) => (port === undefined || server.port.number === port) && isFor(server, service))
  const reference = (list: string[], port: number | undefined) => {
    const named = list.map((name) =>
      gatewayName(name, spaceOf(service)) === fullName(gateway)
        ? parts
            .filter((part) => suits(part, port))
            .map(({ metadata }) => (name.includes('/') ? `${spaceOf(gateway)}/${metadata.name}` : metadata.name))
        : [name],
    )
    list.splice(0, list.length, ...new Set(named.flat()))
  }
  if (service.spec.gateways) reference(service.spec.gateways, undefined)
  for (const { match } of rulesOf(service)) for (const each of match ?? []) if (each.gateways) reference(each.gateways, each.port)
}

const isFor = ({ hosts }: Server, { spec }: VirtualService): boolean =>
  hosts.some((host) => spec.hosts.some((own) => subsetOf(own, host.split('/').at(-1) ?? '')))

/** Gateways for the same pods in one namespace become one. */
const gatewaysMerged: Rewriting = {
  name: 'gateways-merged',
  after: ['gateways-split'],
  rewrite(written) {
    let changed = false
    for (const first of all(written, 'Gateway')) {
      const others = all(written, 'Gateway').filter(
        (other) => other !== first && spaceOf(other) === spaceOf(first) && alike(other.spec.selector, first.spec.selector),
      )
      if (others.length === 0 || !written.objects.includes(first)) continue
      for (const other of others) {
        for (const service of all(written, 'VirtualService'))
          for (const list of gatewayLists(service))
            renameIn(list, (name) =>
              gatewayName(name, spaceOf(service)) === fullName(other)
                ? gatewayName(first.metadata.name, spaceOf(first)).slice(name.includes('/') ? 0 : spaceOf(first).length + 1)
                : name,
            )
        first.spec.servers.push(...other.spec.servers)
      }
      numbered(first)
      written.objects = written.objects.filter((object) => !others.some((other) => object === other))
      changed = true
    }
    return changed
  },
}

/** Names of servers are unique in their object. */
function numbered({ spec }: Gateway): void {
  const seen = new Set<string>()
  for (const [index, { port }] of spec.servers.entries()) {
    if (seen.has(port.name)) port.name = `${port.name}-${index}`
    seen.add(port.name)
  }
}

/** Servers of one port and mode become one for all their hosts, but not where `tcp` routes count behind them, which know no host. */
const serversMerged: Rewriting = {
  name: 'servers-merged',
  rewrite(written) {
    let changed = false
    for (const { spec } of all(written, 'Gateway')) {
      const made = new Map<string, Server>()
      for (const server of spec.servers) {
        const tcp = server.port.protocol === 'TCP' || (server.port.protocol === 'TLS' && server.tls?.mode !== 'PASSTHROUGH')
        const key = JSON.stringify([server.port.number, server.port.protocol, server.tls ?? null, tcp && server.hosts])
        const before = made.get(key)
        if (before) before.hosts = [...new Set([...before.hosts, ...server.hosts])]
        else made.set(key, server)
      }
      changed ||= made.size < spec.servers.length
      spec.servers = [...made.values()]
    }
    return changed
  },
}

/** Plain HTTP is told apart by its routes: one server may be for whatever comes. */
const anyHost: Rewriting = {
  name: 'any-host',
  rewrite(written) {
    const gateways = all(written, 'Gateway')
    let changed = false
    for (const gateway of gateways)
      for (const server of gateway.spec.servers) {
        const same = gateways
          .filter(({ spec }) => overlap(spec.selector, gateway.spec.selector))
          .flatMap(({ spec }) => spec.servers.filter(({ port }) => port.number === server.port.number))
        if (server.port.protocol !== 'HTTP' || same.length > 1 || alike(server.hosts, ['*'])) continue
        server.hosts = ['*']
        changed = true
      }
    return changed
  },
}

/** Whether one pod may be selected by both: only different values of one label keep them apart. */
const overlap = (a: Record<string, string>, b: Record<string, string>): boolean =>
  Object.entries(a).every(([key, value]) => b[key] === undefined || b[key] === value)

/** `./H` or `*` and a slash before a host: whose routes may bind. */
const hostsWithNamespace: Rewriting = {
  name: 'server-hosts-with-namespace',
  rewrite(written, chance) {
    let changed = false
    for (const gateway of all(written, 'Gateway')) {
      const here = boundTo(written, gateway).every((service) => spaceOf(service) === spaceOf(gateway))
      for (const server of gateway.spec.servers)
        server.hosts = server.hosts.map((host) => {
          if (host.includes('/')) return host
          changed = true
          return `${here ? chance.pick(['.', '*', spaceOf(gateway)]) : '*'}/${host}`
        })
    }
    return changed
  },
}

/** Gateways beside the pods that they are for. */
const besideItsPods: Rewriting = {
  name: 'gateway-beside-its-pods',
  rewrite(written) {
    let changed = false
    for (const gateway of all(written, 'Gateway')) {
      const pods = written.design.nodes.filter((node) => node.kind === 'gateway' && fits(gateway.spec.selector, labelsOf(node)))
      const space = pods[0] && namespaceOf(pods[0])
      if (pods.length !== 1 || !space || space === spaceOf(gateway) || isTaken(written, 'Gateway', space, gateway.metadata.name)) continue
      if (gateway.spec.servers.some(({ hosts }) => hosts.some((host) => /^(\.|[^*/]+)\//.test(host)))) continue
      for (const service of boundTo(written, gateway))
        for (const list of gatewayLists(service))
          renameIn(list, (name) => (gatewayName(name, spaceOf(service)) === fullName(gateway) ? `${space}/${gateway.metadata.name}` : name))
      gateway.metadata.namespace = space
      changed = true
    }
    return changed
  },
}

/** A server for all hosts of a domain takes those of which the routes speak. */
const wildcardServer: Rewriting = {
  name: 'wildcard-server',
  rewrite(written) {
    let changed = false
    const gateways = all(written, 'Gateway')
    const claimed = gateways.flatMap(({ spec }) => spec.servers.flatMap(({ hosts }) => hosts))
    for (const { spec } of gateways)
      for (const server of spec.servers) {
        const [host, ...others] = server.hosts
        if (!host || others.length > 0 || isWildcarded(host) || host.includes('/') || server.port.protocol === 'TCP') continue
        const wild = host.replace(/^[^.]+/, '*')
        const below = claimed.filter((other) => subsetOf(other, wild))
        if (wild.split('.').length < 3 || below.length > 1) continue
        server.hosts = [wild]
        changed = true
      }
    return changed
  },
}

export const gateways: readonly Rewriting[] = [
  gatewaysSplit,
  gatewaysMerged,
  serversMerged,
  anyHost,
  hostsWithNamespace,
  besideItsPods,
  wildcardServer,
]
