/** What a dialect chose for a picture, so that an edit of the picture may keep it. */
import type { Design } from '../model/design'
import { namespaceOf } from '../model/design'
import type { Dialect } from './dialects/kind'
import { originationOf } from './kinds/origination'
import { dialKey, type Keeps, type RulesKept } from './plan/keeps'
import { laneKey, mannerKey, roadKey } from './plan/lanes'
import { type HostPlan, type Plan, plan as planOf } from './plan/plan'
import type { Resource } from './resource'
import type { Style } from './style'

/** The dialect as it is, but for what it chose for this picture: that stays where it still can. `was`: what it wrote for it, as far as the person has that. */
export function keeping(dialect: Dialect, design: Design, was: readonly Resource[]): Dialect {
  const plan = planOf(design, dialect)
  const style = dialect.style(design, plan)
  const keeps: Keeps = {
    namespaces: new Map(plan.hosts.map(({ host, namespace }) => [host.id, namespace])),
    ports: new Map(
      [mannerKey, roadKey, laneKey].flatMap((keyOf) => plan.lanes.toReversed().map((lane): [string, number] => [keyOf(lane), lane.port])),
    ),
    subsets: new Map(plan.hosts.map((host) => [host.host.id, originationOf(host, { style }).subsets])),
    routes: new Map(plan.hosts.filter((host) => hasRoute(host, style, was)).map((host) => [host.host.id, routesOf(host)])),
    rules: new Map(plan.hosts.map((host) => [host.host.id, rulesOf(host, style)])),
  }
  const names = namesOf(design, plan, style, was)
  const subsets = new Map(plan.hosts.map(({ host }) => [host.name, style.subset(host)]))
  // A rule beside its gateway is seen by every client: there it stays, whoever is left of them.
  const beside = new Set(
    plan.lanes.flatMap(({ gateway }) => (style.hopRule(gateway).namespace === namespaceOf(gateway) ? [gateway.id] : [])),
  )
  return {
    ...dialect,
    keeps,
    style: (now, planned) => {
      const made = dialect.style({ ...now, names: { ...names, ...now.names } }, planned)
      return {
        ...made,
        subset: (host) => subsets.get(host.name) ?? made.subset(host),
        hopRule: (gateway) => ({ ...made.hopRule(gateway), ...(beside.has(gateway.id) && { namespace: namespaceOf(gateway) }) }),
      }
    },
  }
}

function rulesOf(host: HostPlan, style: Style): RulesKept {
  const { rules, layout } = originationOf(host, { style })
  return { selecting: new Set(rules.flatMap(({ selector, namespace }) => (selector ? [namespace] : []))), layout }
}

const hasRoute = (host: HostPlan, style: Style, was: readonly Resource[]): boolean =>
  was.some(({ kind, name, namespace }) => kind === 'VirtualService' && name === style.routeName(host) && namespace === host.namespace)

/** The dials of a host that a route leads straight to another port. */
const routesOf = ({ dials }: HostPlan): ReadonlySet<string> =>
  new Set(dials.flatMap(({ port, speaks, ways }) => (ways.some(({ straight }) => straight?.by === 'route') ? [dialKey(port, speaks)] : [])))

/** The names of the objects that were written. A dialect that made new ones because of the objects beside them would rename them. */
function namesOf(design: Design, plan: Plan, style: Style, was: readonly Resource[]): Design['names'] {
  const written = new Set(was.map(({ kind, name }) => `${kind} ${name}`))
  const slots: [slot: string, kind: string, name: string][] = [
    ...plan.hosts.flatMap((host): typeof slots => [
      [`service-entry ${host.host.name}`, 'ServiceEntry', style.entryName(host)],
      [`virtual-service ${host.host.name}`, 'VirtualService', style.routeName(host)],
      [`originate ${host.host.name}`, 'DestinationRule', style.originate(host).name],
    ]),
    ...design.nodes
      .filter(({ kind }) => kind === 'gateway')
      .flatMap((gateway): typeof slots => {
        const slot = `${namespaceOf(gateway)}/${gateway.name}`
        return [
          [`gateway ${slot}`, 'Gateway', style.gatewayName(gateway, '')],
          [`hop-rule ${slot}`, 'DestinationRule', style.hopRule(gateway).name],
        ]
      }),
  ]
  return Object.fromEntries(slots.flatMap(([slot, kind, name]) => (written.has(`${kind} ${name}`) ? [[slot, name]] : [])))
}
