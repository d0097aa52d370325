/** Other names for what people name as they like. */
import { serviceOf } from '../../core/istio/host-name'
import { fits } from '../../core/istio/selector'
import { labelsOf } from '../../core/model/design'
import type { Chance } from '../chance'
import { all, destinationsOf, gatewayLists, gatewayName, type Rewriting, rulesOf, spaceOf, type Thing, type Written } from './kind'

const firsts = ['egress', 'ext', 'my', 'outbound', 'prod', 'istio', 'se', 'gw', 'to', 'direct', 'external', 'through', 'via', 'team-b']
const seconds = ['api', 'svc', 'partner', 'web', 'saas', 'google', 'route', 'traffic', 'host', 'tls', 'internet', 'rule', 'v2', 'mail']

/** As many new names as there are different old ones, in the order of these: istiod orders objects of one age by their names. */
function renamed(names: readonly string[], chance: Chance): Map<string, string> {
  const old = [...new Set(names)].toSorted()
  const made = new Set<string>()
  while (made.size < old.length) {
    const name = [chance.pick(firsts), chance.pick(seconds), ...(chance.one(2) ? [String(chance.int(90))] : [])].join('-')
    made.add(name)
  }
  const fresh = [...made].toSorted()
  return new Map(old.map((name, index) => [name, fresh[index] as string]))
}

function renameAll(objects: readonly Thing[], chance: Chance): Map<string, string> {
  const names = renamed(
    objects.map(({ metadata }) => metadata.name),
    chance,
  )
  for (const { metadata } of objects) metadata.name = names.get(metadata.name) ?? metadata.name
  return names
}

function renameGateways(written: Written, chance: Chance): boolean {
  const gateways = all(written, 'Gateway')
  const names = renameAll(gateways, chance)
  const to = (name: string): string => {
    const [last = '', space] = name.split('/').toReversed()
    return name === 'mesh' ? name : `${space === undefined ? '' : `${space}/`}${names.get(last) ?? last}`
  }
  for (const service of all(written, 'VirtualService'))
    for (const list of gatewayLists(service)) list.splice(0, list.length, ...list.map(to))
  return gateways.length > 0
}

const objectsRenamed: Rewriting = {
  name: 'objects-renamed',
  rewrite(written, chance) {
    for (const kind of ['ServiceEntry', 'VirtualService', 'DestinationRule'] as const) renameAll(all(written, kind), chance)
    renameAll(
      written.objects.filter(({ kind }) => kind === 'NetworkPolicy'),
      chance,
    )
    renameGateways(written, chance)
    return written.objects.length > 0
  },
}

const subsetsRenamed: Rewriting = {
  name: 'subsets-renamed',
  rewrite(written, chance) {
    const rules = all(written, 'DestinationRule').filter(({ spec }) => spec.subsets?.length)
    for (const host of new Set(rules.map(({ spec }) => spec.host))) {
      const subsets = rules.filter(({ spec }) => spec.host === host).flatMap(({ spec }) => spec.subsets ?? [])
      const names = renamed(
        subsets.map(({ name }) => name),
        chance,
      )
      for (const subset of subsets) subset.name = names.get(subset.name) ?? subset.name
      for (const destination of destinationsOf(written))
        if (destination.host === host && destination.subset) destination.subset = names.get(destination.subset) ?? destination.subset
    }
    return rules.length > 0
  },
}

const portName: Record<string, readonly string[]> = {
  HTTP: ['http', 'web', 'http-port', 'plain', 'a'],
  HTTPS: ['https', 'tls', 'https-port-for-tls-origination', 'secure', 'web'],
  TLS: ['tls', 'https', 'tls-egress', 'b'],
  TCP: ['tcp', 'tcp-db', 'data', 'tls-tcp'],
}

/** Names of ports say nothing where the protocol is written. */
const portsRenamed: Rewriting = {
  name: 'ports-renamed',
  rewrite(written, chance) {
    for (const { spec } of all(written, 'ServiceEntry'))
      for (const port of spec.ports) {
        const name = `${chance.pick(portName[port.protocol] ?? ['port'])}-${port.number}`
        for (const endpoint of spec.endpoints ?? []) {
          if (endpoint.ports?.[port.name] === undefined) continue
          endpoint.ports = { ...endpoint.ports, [name]: endpoint.ports[port.name] as number }
          delete endpoint.ports[port.name]
        }
        port.name = name
      }
    for (const { spec } of all(written, 'Gateway'))
      for (const [index, { port }] of spec.servers.entries()) port.name = `${chance.pick(portName[port.protocol] ?? ['port'])}-${index}`
    return all(written, 'ServiceEntry').length > 0
  },
}

/** `default/egress` in place of `egress`. */
const gatewaysNamedInFull: Rewriting = {
  name: 'gateways-named-in-full',
  rewrite(written) {
    let changed = false
    for (const service of all(written, 'VirtualService'))
      for (const list of gatewayLists(service)) {
        const before = list.join()
        list.splice(0, list.length, ...list.map((name) => gatewayName(name, spaceOf(service))))
        changed ||= before !== list.join()
      }
    return changed
  },
}

/** A Service beside the object needs no namespace in its name. */
const shortHosts: Rewriting = {
  name: 'short-hosts',
  rank: 2,
  rewrite(written) {
    let changed = false
    const shorter = (host: string, space: string): string => {
      const service = serviceOf(host)
      if (service?.namespace !== space) return host
      changed = true
      return service.name
    }
    for (const service of all(written, 'VirtualService'))
      for (const rule of rulesOf(service))
        for (const { destination } of rule.route) destination.host = shorter(destination.host, spaceOf(service))
    for (const rule of all(written, 'DestinationRule')) rule.spec.host = shorter(rule.spec.host, spaceOf(rule))
    return changed
  },
}

const namespaceLeftOut: Rewriting = {
  name: 'namespace-left-out',
  rewrite({ objects }) {
    const there = objects.filter(({ metadata, kind }) => metadata.namespace === 'default' && kind !== 'Namespace')
    for (const { metadata } of there) delete metadata.namespace
    return there.length > 0
  },
}

/** A selector with all labels of the gateway's pods. */
const fullerSelector: Rewriting = {
  name: 'fuller-selector',
  rewrite(written) {
    let changed = false
    for (const { spec } of all(written, 'Gateway')) {
      const there = written.design.nodes.filter((node) => node.kind === 'gateway' && fits(spec.selector, labelsOf(node)))
      const labels = there.length === 1 && there[0] ? labelsOf(there[0]) : spec.selector
      changed ||= Object.keys(labels).length > Object.keys(spec.selector).length
      spec.selector = { ...labels }
    }
    return changed
  },
}

export const names: readonly Rewriting[] = [
  objectsRenamed,
  subsetsRenamed,
  portsRenamed,
  gatewaysNamedInFull,
  shortHosts,
  namespaceLeftOut,
  fullerSelector,
]
