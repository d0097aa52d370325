/** Names that a person gave to resources, where they are not those that would be given anyway. */

import { memo } from '../../base/memo'
import { dialectOf, dialects } from '../../compile/dialects'
import { originationOf } from '../../compile/kinds/origination'
import type { HostPlan, Plan } from '../../compile/plan/plan'
import { plan } from '../../compile/plan/plan'
import type { Style } from '../../compile/style'
import type { PushContext } from '../../istio/push-context'
import { type Design, namespaceOf, serviceHostOf } from '../../model/design'
import type { DocumentId } from '../../yaml/document'
import { rulesFor } from './dial'
import type { Gateways } from './gateways'
import type { Guarded } from './guards'
import type { Legs } from './legs'

interface Sources {
  legs: Legs
  gateways: Gateways
  istiod: PushContext
  guards: readonly Guarded[]
}

/** `design` has no names yet. A name is compared with what the dialect of its own document would give. */
export function namesOf(design: Design, { legs, gateways, istiod, guards }: Sources): Record<string, string> {
  const names: Record<string, string> = {}
  const styleFor = styles(design)
  const given = new Set<string>()
  const put = (slot: string, of: DocumentId | undefined, usual: (style: Style, plan: Plan) => string | undefined) => {
    if (!of || Object.hasOwn(names, slot)) return
    // One object for several hosts gives its name to the first of them.
    const key = `${of.kind} ${of.namespace}/${of.name}`
    const { style, plan } = styleFor(of)
    if (usual(style, plan) !== of.name && !given.has(key)) names[slot] = of.name
    given.add(key)
  }
  const planOf = (of: Plan, host: string): HostPlan | undefined => plansOf(of).get(host)
  for (const { kind, name } of design.nodes) {
    if (kind !== 'host') continue
    const entry = legs.serviceHostsOf(name).find(({ by }) => by === 'ServiceEntry')
    put(`service-entry ${name}`, entry?.from.of, (style, of) => withPlan(planOf(of, name), style.entryName))
    const route =
      legs.inMesh(name).find(({ routes }) => routes.by === 'VirtualService') ??
      legs.atGateways(name).find(({ routes }) => routes.by === 'VirtualService')
    put(`virtual-service ${name}`, route?.routes.from.of, (style, of) => withPlan(planOf(of, name), style.routeName))
    putOrigination(name)
  }
  for (const node of design.nodes) {
    if (node.kind !== 'gateway') continue
    const gateway = gateways.at(serviceHostOf(node))
    const gatewayServer = gateway?.gatewayServers.find(({ by }) => by === 'Istio')
    put(`gateway ${namespaceOf(node)}/${node.name}`, gatewayServer?.from.of, (style) =>
      style.gatewayName(node, gatewayServer?.namespace ?? ''),
    )
    put(
      `hop-rule ${namespaceOf(node)}/${node.name}`,
      rulesFor(istiod, serviceHostOf(node))[0]?.from.of,
      (style) => style.hopRule(node).name,
    )
  }
  const guard = guards[0]?.networkPolicy.from.of
  // A NetworkPolicy has the same version in every dialect.
  const usual = Object.values(dialects).map((dialect) => dialect.style(design, plan(design)).guardName)
  if (guard && !usual.includes(guard.name)) names.guard = guard.name
  return names

  /** Several rules of one host are named after one word; only a lone one can have any name. */
  function putOrigination(name: string): void {
    const rules = rulesFor(istiod, name).filter((rule) => rule.by === 'DestinationRule')
    const [rule] = rules.toSorted((a, b) => a.name.length - b.name.length)
    if (!rule) return
    put(`originate ${name}`, rule.from.of, (style, of) => {
      const host = planOf(of, name)
      if (!host) return undefined
      const made = originationOf(host, { style }).rules.map((each) => each.name)
      const base = style.originate(host).name
      return rules.every((each) => made.includes(each.name) || (rules.length > 1 && each.name.includes(base))) ? rule.name : base
    })
  }
}

const withPlan = (host: HostPlan | undefined, name: (host: HostPlan) => string): string | undefined => host && name(host)

const plansOf = memo((of: Plan) => new Map(of.hosts.map((host) => [host.host.name, host])))

/** The style of the dialect that a document is written in. */
function styles(design: Design): (of: DocumentId) => { style: Style; plan: Plan } {
  const made = new Map<object, { style: Style; plan: Plan }>()
  return (document) => {
    const dialect = dialectOf(document)
    const before = made.get(dialect)
    if (before) return before
    const planned = plan(design, { preferRoute: dialect.preferRoute })
    const style = { style: dialect.style(design, planned), plan: planned }
    made.set(dialect, style)
    return style
  }
}
