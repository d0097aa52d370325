/** Hosts as the analyzers know them (analyzers/util/service_lookup.go): ServiceEntries and Services by the namespaces that see them. */

import { inside, itemsOf, type Loose, numberOf, textsOf } from '../base/loose'
import { namespacesThatSee } from '../istio/export-to'
import { convertHostToFQDN, isWildcarded, subsetOf } from '../istio/host-name'
import { type Seen, scopesOf, specOf } from './seen'

export interface KnownHost {
  ports: readonly number[]
  labels: Loose
  /** Several entries name the host with different ports: the analyzer keeps one of them, and not always the same. */
  others: readonly (readonly number[])[]
}

export interface KnownHosts {
  /** The host as an object in this namespace, with this exportTo, finds it. */
  find(namespace: string, exportTo: readonly string[], host: string): KnownHost | null
}

export function knownHosts(seen: Seen): KnownHosts {
  const byScope = new Map<string, KnownHost>()
  const wild: { scope: string; wildcard: string; known: KnownHost }[] = []
  const add = (scope: string, host: string, known: KnownHost) => {
    const before = byScope.get(`${scope}/${host}`)
    byScope.set(`${scope}/${host}`, before ? { ...known, others: [...before.others, before.ports] } : known)
    if (isWildcarded(host)) wild.push({ scope, wildcard: host, known })
  }
  for (const of of seen.all('ServiceEntry')) {
    const spec = specOf(of)
    const known = {
      ports: itemsOf(spec, 'ports').map(([, port]) => numberOf(port, 'number')),
      labels: inside(spec, 'workloadSelector', 'labels'),
      others: [],
    }
    for (const host of textsOf(spec, 'hosts')) for (const scope of scopesOf(of)) add(scope, convertHostToFQDN(host, of.namespace), known)
  }
  for (const { namespace, name, exportTo, ports } of seen.services) {
    const known = { ports: ports.map(({ number }) => number), labels: {}, others: [] }
    for (const scope of namespacesThatSee({ namespace, exportTo })) add(scope, convertHostToFQDN(name, namespace), known)
  }
  return { find: (namespace, exportTo, host) => find(byScope, wild, namespace, exportTo, host) }
}

function find(
  byScope: ReadonlyMap<string, KnownHost>,
  wild: readonly { scope: string; wildcard: string; known: KnownHost }[],
  namespace: string,
  exportTo: readonly string[],
  host: string,
): KnownHost | null {
  const name = convertHostToFQDN(host, namespace)
  const scopes = ['*', ...(exportTo.length === 0 ? [namespace] : namespacesThatSee({ namespace, exportTo }))]
  for (const scope of scopes) {
    const known = byScope.get(`${scope}/${name}`)
    if (known) return known
  }
  return wild.find(({ scope, wildcard }) => (scope === '*' || scope === namespace) && subsetOf(host, wildcard))?.known ?? null
}
