/** Why a proxy does not know a subset that a route names, and what makes it known (istio/README 7.4). */

import type { Labels } from '../base/labels'
import { cutTo } from '../base/slug'
import { both, type Text } from '../base/text'
import { sees } from '../istio/export-to'
import type { DestinationRule } from '../istio/mesh'
import type { WorkloadRef } from '../istio/surroundings'
import type { Documents } from '../rules/kind'
import type { Change, Fix, Place } from '../yaml/document'
import { valueAt } from '../yaml/place'
import { destinationRulesSeen } from './cluster'
import type { Ground } from './ground'
import { at, called, inside, list, setting } from './named'

/** A subset of a host that a proxy is sent to and has no cluster for. */
export interface Missing {
  proxy: WorkloadRef
  host: string
  subset: string
  port: number
  /** Where the route names the host. */
  to: Place
  /** The namespace of the host, where its rules are looked for behind the proxy's own. */
  home: string
  /** The TLS that the connection needs, as `tls` of a rule says it; null for none. */
  tls: object | null
  /** Labels that select the proxy, where it is a gateway. */
  labels?: Labels
}

export interface Cause {
  place: Place
  why: Text
  fix?: Fix
}

export function causeOf(documents: Documents, ground: Ground, missing: Missing): Cause {
  const { proxy, host, subset, home, to } = missing
  const rules = ground.destinationRulesOf(host)
  const owner = rules.find(({ subsets }) => subsets.some(({ name }) => name === subset))
  const [shadow] = destinationRulesSeen(ground, proxy, host)
  if (!owner)
    return {
      place: at(to, 'destination', 'subset'),
      why: both(`no DestinationRule for ${host} has it`, `没有任何针对 ${host} 的 DestinationRule 定义它`),
      fix: made(missing, shadow),
    }
  if (shadow) return shadowed(documents, missing, owner, shadow)
  const hider = rules.find(({ namespace, selector }) => namespace === proxy.namespace && selector)
  if (hider && owner.namespace !== proxy.namespace) return hidden(documents, missing, owner, hider)
  if ((owner.namespace === home || owner.namespace === proxy.namespace) && !sees(proxy.namespace, owner)) return unexported(missing, owner)
  return {
    place: inside(owner, 'metadata', 'namespace'),
    why: both(
      `${called(owner)} has it, but is looked for only in the proxy’s own namespace, ${proxy.namespace}, then in that of the host, ${home}`,
      `${called(owner)} 定义了它，但只会先在代理自己的命名空间 ${proxy.namespace}、再在主机所在的 ${home} 中查找`,
    ),
    fix: moved(owner, home),
  }
}

/** The subset in the rule that applies to the proxy, or in a rule of its own; where nothing is needed of it, the route does without. */
function made({ proxy, host, subset, port, to, tls }: Missing, rule: DestinationRule | undefined): Fix {
  const written = { name: subset, ...(tls && { trafficPolicy: { portLevelSettings: [{ port: { number: port }, tls }] } }) }
  if (rule?.by === 'DestinationRule')
    return setting(both(`Add subset ${subset} to ${called(rule)}`, `在 ${called(rule)} 中加上 subset ${subset}`), [
      inside(rule, 'spec', 'subsets', rule.subsets.length),
      written,
    ])
  if (!tls) return { says: both('Name no subset', '不写 subset'), changes: [{ remove: at(to, 'destination', 'subset') }] }
  const name = cutTo(`${subset}-of-${host.replace(/^\*\.?/, 'any-').replaceAll('.', '-')}`.toLowerCase())
  const metadata = { name, namespace: proxy.namespace }
  const add = { apiVersion: 'networking.istio.io/v1', kind: 'DestinationRule', metadata, spec: { host, subsets: [written] } }
  return { says: both(`Add a DestinationRule with subset ${subset}`, `添加含有 subset ${subset} 的 DestinationRule`), changes: [{ add }] }
}

function shadowed(documents: Documents, { subset }: Missing, owner: DestinationRule, shadow: DestinationRule): Cause {
  const own = owner.subsets.find(({ name }) => name === subset)
  const add =
    own &&
    setting(both(`Add subset ${subset} there`, `在那里加上 subset ${subset}`), [
      inside(shadow, 'spec', 'subsets', shadow.subsets.length),
      valueAt(documents, own.from),
    ])
  return {
    place: inside(shadow),
    why: both(
      `${called(owner)} has it, but ${called(shadow)} is found first and wins whole: rules of several namespaces are never merged`,
      `${called(owner)} 定义了它，但先找到的是 ${called(shadow)}，它整体生效：不同命名空间的规则从不合并`,
    ),
    ...(add && { fix: add }),
  }
}

/** A rule that selects workloads hides the rules of other namespaces from every proxy beside it, whomever it selects (istio/README 7.4). */
function hidden(documents: Documents, { proxy, labels }: Missing, owner: DestinationRule, hider: DestinationRule): Cause {
  const spec = valueAt(documents, inside(owner, 'spec'))
  const copied = labels && typeof spec === 'object' ? { ...spec, workloadSelector: { matchLabels: labels } } : null
  const { exportTo: _, ...own } = (copied ?? {}) as Record<string, unknown>
  const metadata = { name: owner.name, namespace: proxy.namespace }
  const add = { apiVersion: 'networking.istio.io/v1', kind: 'DestinationRule', metadata, spec: own }
  return {
    place: inside(hider, 'spec', 'workloadSelector'),
    why: both(
      `${called(owner)} has it, but ${called(hider)} selects workloads, and so hides rules of other namespaces from every proxy in ${proxy.namespace}`,
      `${called(owner)} 定义了它，但 ${called(hider)} 选择了工作负载，因此对 ${proxy.namespace} 中的每个代理都遮住了其他命名空间的规则`,
    ),
    ...(copied && { fix: { says: both('Give the gateway a rule of its own', '为网关单独设置规则'), changes: [{ add }] } }),
  }
}

function unexported({ proxy, home }: Missing, owner: DestinationRule): Cause {
  const place = inside(owner, 'spec', 'exportTo')
  return {
    place,
    why: both(
      `${called(owner)} has it, but exports itself to ${list(owner.exportTo)} only`,
      `${called(owner)} 定义了它，但只导出到 ${list(owner.exportTo)}`,
    ),
    fix:
      owner.namespace === home && home !== proxy.namespace
        ? { says: both('Export it to everybody', '导出给所有命名空间'), changes: [{ remove: place }] }
        : setting(both(`Export it to ${proxy.namespace} too`, `也导出到 ${proxy.namespace}`), [
            place,
            [...owner.exportTo, proxy.namespace],
          ]),
  }
}

function moved(owner: DestinationRule, home: string): Fix {
  const set: Change = { set: inside(owner, 'metadata', 'namespace'), value: home }
  const changes = owner.exportTo.length > 0 ? [set, { remove: inside(owner, 'spec', 'exportTo') }] : [set]
  return { says: both(`Move it to ${home}`, `移到 ${home}`), changes }
}
