/** Other ways to say how a host is dialled: with and without subsets, at the top or per port. */
import { isServiceHost } from '../../core/istio/host-name'
import { namespaceOf } from '../../core/model/design'
import {
  alike,
  all,
  type Destination,
  type DestinationRule,
  destinationsOf,
  exportedTo,
  type Policy,
  type Rewriting,
  type Written,
} from './kind'

/** Destinations of a host by a subset; empty: those without one. */
const towards = (written: Written, host: string, subset: string): Destination[] =>
  destinationsOf(written).filter((to) => to.host === host && (to.subset ?? '') === subset)

const rulesFor = (written: Written, host: string): DestinationRule[] =>
  all(written, 'DestinationRule').filter(({ spec }) => spec.host === host)

/** All settings of a policy are the same TLS: that TLS. */
function oneTls({ portLevelSettings: settings = [] }: Policy): Policy['tls'] | null {
  const [first] = settings
  return first?.tls && settings.every(({ tls }) => alike(tls, first.tls)) ? first.tls : null
}

function toTop(policy: Policy | undefined): boolean {
  const tls = policy && oneTls(policy)
  if (!policy || !tls || policy.tls) return false
  policy.tls = tls
  delete policy.portLevelSettings
  return true
}

/** A subset is dialled on the ports that its routes name, and on no others. */
const tlsAtTop: Rewriting = {
  name: 'tls-at-top',
  rewrite(written) {
    let changed = false
    for (const { spec } of all(written, 'DestinationRule'))
      for (const subset of spec.subsets ?? []) {
        const ports = new Set(subset.trafficPolicy?.portLevelSettings?.map(({ port }) => port.number))
        const fits = towards(written, spec.host, subset.name).every(({ port }) => port && ports.has(port.number))
        if (fits && toTop(subset.trafficPolicy)) changed = true
      }
    return changed
  },
}

const tlsPerPort: Rewriting = {
  name: 'tls-per-port',
  after: ['tls-at-top'],
  rewrite(written) {
    let changed = false
    for (const { spec } of all(written, 'DestinationRule'))
      for (const subset of spec.subsets ?? []) {
        const tls = subset.trafficPolicy?.tls
        const ports = [...new Set(towards(written, spec.host, subset.name).map(({ port }) => port?.number))]
        if (!subset.trafficPolicy || !tls || ports.length === 0 || ports.includes(undefined)) continue
        subset.trafficPolicy.portLevelSettings = ports.map((number) => ({ port: { number: number as number }, tls }))
        delete subset.trafficPolicy.tls
        changed = true
      }
    return changed
  },
}

/** Whether pods may call a host without a subset: where no route speaks, sidecars do, and to Services too; nobody calls a gateway so. */
const isCalled = ({ design }: Written, host: string): boolean =>
  !isServiceHost(host) || design.nodes.some(({ kind, name }) => kind === 'host' && name === host)

/** A subset without a policy of its own has that of its rule. */
const policyAboveSubset: Rewriting = {
  name: 'policy-above-subset',
  rewrite(written) {
    let changed = false
    for (const { spec } of all(written, 'DestinationRule')) {
      const [subset, ...others] = spec.subsets ?? []
      const free = !spec.trafficPolicy && others.length === 0 && towards(written, spec.host, '').length === 0
      if (!subset?.trafficPolicy || !free || isCalled(written, spec.host) || rulesFor(written, spec.host).length > 1) continue
      spec.trafficPolicy = subset.trafficPolicy
      delete subset.trafficPolicy
      changed = true
    }
    return changed
  },
}

/** Bare subsets set nothing. */
const bareSubsetsDropped: Rewriting = {
  name: 'bare-subsets-dropped',
  rewrite(written) {
    let changed = false
    for (const rule of all(written, 'DestinationRule')) {
      const { spec } = rule
      if (rulesFor(written, spec.host).length > 1) continue
      for (const subset of (spec.subsets ?? []).filter(({ trafficPolicy }) => !trafficPolicy)) {
        for (const to of towards(written, spec.host, subset.name)) delete to.subset
        spec.subsets = spec.subsets?.filter((other) => other !== subset) ?? []
        changed = true
      }
      if (spec.subsets?.length === 0) delete spec.subsets
    }
    written.objects = written.objects.filter(
      (object) =>
        object.kind !== 'DestinationRule' || !!(object as DestinationRule).spec.subsets || !!(object as DestinationRule).spec.trafficPolicy,
    )
    return changed
  },
}

/** A rule with one subset that everybody takes needs none. */
const oneSubsetDropped: Rewriting = {
  name: 'one-subset-dropped',
  rewrite(written) {
    let changed = false
    for (const { spec } of all(written, 'DestinationRule')) {
      const [subset, ...others] = spec.subsets ?? []
      const alone = !spec.trafficPolicy && others.length === 0 && towards(written, spec.host, '').length === 0
      if (!subset?.trafficPolicy || !alone || isCalled(written, spec.host) || rulesFor(written, spec.host).length > 1) continue
      for (const to of towards(written, spec.host, subset.name)) delete to.subset
      spec.trafficPolicy = subset.trafficPolicy
      delete spec.subsets
      changed = true
    }
    return changed
  },
}

/** What only gateways see may hold for the whole host, as the older tutorials write it, where no pod lives beside them. */
const originationWithoutSubset: Rewriting = {
  name: 'origination-without-subset',
  rewrite(written) {
    const pods = new Set(written.design.nodes.filter(({ kind }) => kind === 'pod').map(namespaceOf))
    let changed = false
    for (const rule of all(written, 'DestinationRule')) {
      const { spec } = rule
      const [subset, ...others] = spec.subsets ?? []
      const seen = exportedTo(rule)
      const free = others.length === 0 && !spec.trafficPolicy && !spec.workloadSelector && rulesFor(written, spec.host).length === 1
      const ports = subset?.trafficPolicy?.portLevelSettings?.map(({ port }) => port.number) ?? []
      // Whoever sends on the app's own TLS to the same port would encrypt it twice.
      const everyPort = subset?.trafficPolicy?.tls !== undefined
      const shared = towards(written, spec.host, '').some(({ port }) => everyPort || !port || ports.includes(port.number))
      if (!subset?.trafficPolicy || !free || shared || isServiceHost(spec.host)) continue
      if (!seen || [...seen].some((space) => pods.has(space))) continue
      for (const to of towards(written, spec.host, subset.name)) delete to.subset
      spec.trafficPolicy = subset.trafficPolicy
      delete spec.subsets
      changed = true
    }
    return changed
  },
}

export const dials: readonly Rewriting[] = [
  tlsAtTop,
  tlsPerPort,
  policyAboveSubset,
  bareSubsetsDropped,
  oneSubsetDropped,
  originationWithoutSubset,
]
