/** What all routes of the Gateway API have: parents that they bind to, and backends (Istio `config/kube/gateway/conversion.go`). */

import { asNumber, asText, asTexts, type Loose } from '../../base/loose'
import { serviceHost } from '../../istio/host-name'
import type { Route, Routes, Target } from '../../istio/mesh'
import type { Document, Place } from '../../yaml/document'
import { items, specOf, writtenAt } from '../loose'
import { apiGroup } from './k8s-gateway'

type Parents = NonNullable<Routes['parents']>
const istioGroup = 'networking.istio.io'

/** A route without its rules. */
export function routesOf(document: Document, by: Routes['by']): Routes {
  const spec = specOf(document)
  return {
    ...writtenAt(document),
    by,
    hosts: asTexts(spec.hostnames),
    gateways: [],
    parents: parentsOf(spec, document),
    http: [],
    tls: [],
    tcp: [],
    exportTo: [],
  }
}

/** Parents of a kind that istiod does not know are left out. */
function parentsOf(spec: Loose, document: Document): Parents {
  return items(spec.parentRefs, document.id, 'spec', 'parentRefs').flatMap(({ item, from }): Parents => {
    const kind = parentKind(item)
    if (!kind) return []
    return [
      {
        kind,
        namespace: asText(item.namespace, document.namespace),
        name: asText(item.name),
        section: asText(item.sectionName),
        port: asNumber(item.port),
        from,
      },
    ]
  })
}

/** `core` and the empty group are the same. */
function parentKind(item: Loose): Parents[number]['kind'] | null {
  const group = typeof item.group === 'string' ? item.group.replace(/^core$/, '') : apiGroup
  const kind = asText(item.kind, 'Gateway')
  if (group === apiGroup) return kind === 'Gateway' ? kind : null
  if (group === '') return kind === 'Service' ? kind : null
  return group === istioGroup && kind === 'ServiceEntry' ? kind : null
}

/**
 * Where a rule sends to, without the backends of weight 0. Null where istiod drops the rule: a Service with a dotted name, a Hostname with a
 * namespace, a backend without port. A backend of an unknown kind is a destination without host: it answers 500.
 */
export function backendsOf(rule: Loose, at: Place): Target[] | null {
  const all = items(rule.backendRefs, at.of, ...at.path, 'backendRefs').filter(({ item }) => asNumber(item.weight) !== 0)
  const targets = all.map(({ item, from }) => backend(item, from))
  return targets.includes(null) ? null : (targets as Target[])
}

function backend(item: Loose, from: Place): Target | null {
  const group = asText(item.group).replace(/^core$/, '')
  const kind = asText(item.kind, 'Service')
  const name = asText(item.name)
  const port = asNumber(item.port)
  const target = (host: string): Target => ({ host, short: name, subset: '', port, weight: asNumber(item.weight) ?? 1, from })
  if (group === '' && kind === 'Service') {
    if (name.includes('.') || port === null) return null
    return target(serviceHost(name, asText(item.namespace, from.of.namespace)))
  }
  if (group === istioGroup && kind === 'Hostname') return 'namespace' in item || port === null ? null : target(name)
  return target('')
}

/** A rule of a TLSRoute or TCPRoute; null where istiod drops it. */
export function streamRule(rule: Loose, from: Place, matches: Route['matches']): Route | null {
  const to = backendsOf(rule, from)
  return to && { name: asText(rule.name), matches, to, answers: null, rewrite: null, extras: [], timeout: null, from }
}
