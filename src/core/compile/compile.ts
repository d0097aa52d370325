/** Design x Dialect x last resources -> resources. Errors of the design are told by `check.ts` and the plan; what they do not touch is compiled. */
import { kept } from '../base/collect'
import { memoLastBy } from '../base/memo'
import type { Design } from '../model/design'
import type { Dialect } from './dialects/kind'
import type { ResourceKind } from './kinds/kind'
import { type HostPlan, plan as planOf } from './plan/plan'
import type { Resource } from './resource'
import type { Style } from './style'

/** What was written for one host's plan, by room; good while the style gives the same names. */
const written = memoLastBy<HostPlan, [stamp: string], Map<ResourceKind, Resource[]>>(() => new Map())

/**
 * All objects of a design, in the order in which they are applied. A resource that equals one of `last` is that very object, so that whoever
 * keeps something beside it (text, lines) may keep it by identity.
 */
export function compile(design: Design, dialect: Dialect, last: readonly Resource[] = []): Resource[] {
  const plan = planOf(design, dialect)
  const style = dialect.style(design, plan)
  const by = { design, plan, style }
  const stamps = plan.hosts.map((host) => stampOf(host, style))
  const resources = dialect.rooms.flatMap((room) => [
    ...(room.ofDesign?.(by) ?? []),
    ...(room.ofHost ? plan.hosts.flatMap((host, index) => hostResources(room, host, style, stamps[index] as string)) : []),
  ])
  const kept = new Set(last)
  const made = new Set(resources)
  // Only what is not the very object of before needs to be looked up by its name.
  const gone = new Map(last.filter((resource) => !made.has(resource)).map((resource) => [keyOf(resource), resource]))
  return resources.map((resource) => {
    if (kept.has(resource)) return resource
    const old = gone.get(keyOf(resource))
    return old && equal(old, resource) ? old : resource
  })
}

const hostResources = (room: ResourceKind, host: HostPlan, style: Style, stamp: string): Resource[] =>
  kept(written(host, stamp), room, () => room.ofHost?.(host, { style }) ?? [])

/** All that a style says of one host: with the same answers, the same objects are written. */
function stampOf(host: HostPlan, style: Style): string {
  const { name, subset, open, note } = style.originate(host)
  const doors = host.lanes.map((lane) => style.gatewayName(lane.gateway, host.namespace))
  const extra = style.entryExtra(host).map((port) => port.number)
  const ports = host.ports.map((port) => style.entryPortName(port.protocol, port.number))
  return [
    style.entryName(host),
    style.routeName(host),
    style.subset(host.host),
    name,
    subset,
    open,
    note?.en,
    ...style.routeNotes(host).map((said) => said.en),
    ...doors,
    ...extra,
    ...ports,
  ].join(' ')
}

/** The same plain data; objects that are one are not looked into. */
function equal(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((item, index) => equal(item, b[index]))
  const [one, other] = [Object.entries(a), b as Record<string, unknown>]
  return one.length === Object.keys(b).length && one.every(([key, value]) => key in other && equal(value, other[key]))
}

export const keyOf = (resource: Resource): string => `${resource.kind} ${resource.namespace}/${resource.name}`
