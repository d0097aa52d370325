/** Objects in other namespaces, where who needs them still sees them. */
import { isServiceHost, serviceOf } from '../../core/istio/host-name'
import { namespaceOf } from '../../core/model/design'
import { pathsOf } from '../../core/model/path'
import {
  all,
  type DestinationRule,
  exportedTo,
  gatewayLists,
  gatewayName,
  isTaken,
  type Rewriting,
  type ServiceEntry,
  spaceOf,
  type Thing,
  type VirtualService,
  type Written,
} from './kind'

const elsewhere = ['egress-config', 'infra', 'istio-config', 'shop'] as const

/** Short names of gateways mean those beside the object: they become full before it moves. */
function settle(service: VirtualService, namespace: string): void {
  for (const list of gatewayLists(service)) list.splice(0, list.length, ...list.map((name) => gatewayName(name, spaceOf(service))))
  service.metadata.namespace = namespace
}

/** Whether servers of Gateways take routes of any namespace. */
const opensToAll = (written: Written): boolean =>
  all(written, 'Gateway').every(({ spec }) => spec.servers.every(({ hosts }) => hosts.every((host) => !/^(\.|[^*/]+)\//.test(host))))

/** A short name of a Service means one beside the object. */
const namesFully = (service: VirtualService): boolean => JSON.stringify(service.spec).match(/"host":"[^".*]+"/) === null

const virtualServiceElsewhere: Rewriting = {
  name: 'virtual-service-elsewhere',
  rewrite(written, chance) {
    let changed = false
    const space = chance.pick(elsewhere)
    if (!opensToAll(written)) return false
    for (const service of all(written, 'VirtualService')) {
      if (exportedTo(service) || space === spaceOf(service) || !namesFully(service)) continue
      if (isTaken(written, 'VirtualService', space, service.metadata.name)) continue
      settle(service, space)
      changed = true
    }
    return changed
  },
}

/** All objects of a host, its ServiceEntry first; null where one of them holds for its own namespace alone. */
function objectsOf(written: Written, entry: ServiceEntry): (ServiceEntry | VirtualService | DestinationRule)[] | null {
  const about = (hosts: readonly string[]) => hosts.some((host) => entry.spec.hosts.includes(host))
  const entries = all(written, 'ServiceEntry').filter(({ spec }) => about(spec.hosts))
  const services = all(written, 'VirtualService').filter(({ spec }) => about(spec.hosts))
  const rules = all(written, 'DestinationRule').filter(({ spec }) => about([spec.host]))
  const own = (object: ServiceEntry | VirtualService | DestinationRule) => exportedTo(object)?.has(spaceOf(object))
  if (entries.some(({ spec }) => spec.workloadSelector)) return null
  const apart = [...entries, ...services, ...rules].some((object) => spaceOf(object) !== spaceOf(entry) || own(object))
  const bound = rules.some(({ spec }) => spec.workloadSelector)
  const local = [...entries, ...services].some((object) => exportedTo(object))
  return apart || bound || local || services.some((service) => !namesFully(service)) ? null : [...entries, ...services, ...rules]
}

const allOfHostElsewhere: Rewriting = {
  name: 'all-of-a-host-elsewhere',
  rewrite(written, chance) {
    let changed = false
    if (!opensToAll(written)) return false
    for (const entry of all(written, 'ServiceEntry')) {
      const space = chance.pick(elsewhere)
      const objects = space === spaceOf(entry) ? null : objectsOf(written, entry)
      if (!objects || objects.some(({ kind, metadata }) => isTaken(written, kind, space, metadata.name))) continue
      // Rules beside a pod are read before those beside the host, for every host that they are for.
      if (written.design.nodes.some((node) => node.kind === 'pod' && namespaceOf(node) === space)) continue
      for (const object of objects)
        if (object.kind === 'VirtualService') settle(object as VirtualService, space)
        else object.metadata.namespace = space
      changed = true
    }
    return changed
  },
}

/** The rule for the hop beside its clients, as the tutorials have it, where all of them live in one namespace. */
const hopRuleBesideClients: Rewriting = {
  name: 'hop-rule-beside-clients',
  rewrite(written) {
    let changed = false
    for (const rule of all(written, 'DestinationRule')) {
      const service = isServiceHost(rule.spec.host) ? serviceOf(rule.spec.host) : null
      const users = pathsOf(written.design).filter(
        ({ gateway }) => gateway && gateway.name === service?.name && namespaceOf(gateway) === service.namespace,
      )
      const spaces = [...new Set(users.map(({ pod }) => namespaceOf(pod)))]
      const [space] = spaces
      if (!space || spaces.length > 1 || space === spaceOf(rule) || isTaken(written, 'DestinationRule', space, rule.metadata.name)) continue
      if (all(written, 'DestinationRule').filter(({ spec }) => spec.host === rule.spec.host).length > 1) continue
      rule.metadata.namespace = space
      changed = true
    }
    return changed
  },
}

const hopRuleInRoot: Rewriting = {
  name: 'hop-rule-in-root',
  rewrite(written) {
    let changed = false
    for (const rule of all(written, 'DestinationRule')) {
      const { root } = written.design.world
      if (!isServiceHost(rule.spec.host) || spaceOf(rule) === root || rule.spec.exportTo || rule.spec.workloadSelector) continue
      const others = all(written, 'DestinationRule').filter(({ spec }) => spec.host === rule.spec.host)
      if (others.length > 1 || isTaken(written, 'DestinationRule', root, rule.metadata.name)) continue
      if (all(written, 'ServiceEntry').some(({ spec }) => spec.hosts.includes(rule.spec.host))) continue
      rule.metadata.namespace = root
      changed = true
    }
    return changed
  },
}

/** What says nothing of who sees it. A rule that selects workloads holds for its own namespace, and Istio's webhook lets it say no other. */
const openOf = (written: Written) => [
  ...all(written, 'ServiceEntry').filter(({ spec }) => !spec.exportTo),
  ...all(written, 'VirtualService').filter(({ spec }) => !spec.exportTo),
  ...all(written, 'DestinationRule').filter(({ spec }) => !spec.exportTo && !spec.workloadSelector),
]

/** What everybody sees anyway, said. */
const exportedToAll: Rewriting = {
  name: 'exported-to-all',
  rewrite(written) {
    const open = openOf(written)
    for (const { spec } of open) spec.exportTo = ['*']
    return open.length > 0
  },
}

/** Every namespace that has a part in the design or the text, by name. */
const exportedByName: Rewriting = {
  name: 'exported-by-name',
  rewrite(written) {
    const spaces = [
      ...new Set([
        ...written.design.nodes.flatMap((node) => (node.kind === 'pod' || node.kind === 'gateway' ? [namespaceOf(node)] : [])),
        ...written.objects.map((object: Thing) => spaceOf(object)),
      ]),
    ].toSorted()
    const open = openOf(written)
    for (const { spec } of open) spec.exportTo = [...spaces]
    return open.length > 0
  },
}

export const places: readonly Rewriting[] = [
  virtualServiceElsewhere,
  allOfHostElsewhere,
  hopRuleBesideClients,
  hopRuleInRoot,
  exportedToAll,
  exportedByName,
]
