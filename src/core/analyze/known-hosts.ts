/** Hosts as the analyzers know them (analyzers/util/service_lookup.go): ServiceEntries and Services by the namespaces that see them. */
import { entriesOf, type Fields, inside, numberOf, textsOf } from '../base/fields'
import { type Seen, specOf } from './seen'

export interface KnownHost {
  ports: readonly number[]
  labels: Fields
  /** Several entries name the host with different ports: the analyzer keeps one of them, and not always the same. */
  others: readonly (readonly number[])[]
}

export interface KnownHosts {
  /** The host as an object in this namespace, with this exportTo, finds it. */
  find(namespace: string, exportTo: readonly string[], host: string): KnownHost | null
}

/** A short name is a Service of the same namespace. */
export const fqdnOf = (host: string, namespace: string): string =>
  host.startsWith('*') || host.includes('.') ? host : `${host}.${namespace}.svc.cluster.local`

export function knownHosts(seen: Seen): KnownHosts {
  const byScope = new Map<string, KnownHost>()
  const wild: { scope: string; suffix: string; known: KnownHost }[] = []
  const add = (scope: string, host: string, known: KnownHost) => {
    const before = byScope.get(`${scope}/${host}`)
    byScope.set(`${scope}/${host}`, before ? { ...known, others: [...before.others, before.ports] } : known)
    if (host.startsWith('*')) wild.push({ scope, suffix: host.slice(1), known })
  }
  for (const of of seen.all('ServiceEntry')) {
    const spec = specOf(of)
    const known = {
      ports: entriesOf(spec, 'ports').map(([, port]) => numberOf(port, 'number')),
      labels: inside(spec, 'workloadSelector', 'labels'),
      others: [],
    }
    const to = textsOf(spec, 'exportTo')
    const scopes = to.length === 0 || to.includes('*') ? ['*'] : to.map((one) => (one === '.' ? of.namespace : one))
    for (const host of textsOf(spec, 'hosts')) for (const scope of scopes) add(scope, fqdnOf(host, of.namespace), known)
  }
  for (const { namespace, name, exportTo, ports } of seen.services) {
    const scopes = exportTo === '' ? ['*'] : exportTo.split(',').map((one) => (one.trim() === '.' ? namespace : one.trim()))
    const known = { ports: ports.map(({ number }) => number), labels: {}, others: [] }
    for (const scope of scopes) add(scope, fqdnOf(name, namespace), known)
  }
  return { find: (namespace, exportTo, host) => find(byScope, wild, namespace, exportTo, host) }
}

function find(
  byScope: ReadonlyMap<string, KnownHost>,
  wild: readonly { scope: string; suffix: string; known: KnownHost }[],
  namespace: string,
  exportTo: readonly string[],
  host: string,
): KnownHost | null {
  const name = fqdnOf(host, namespace)
  const scopes = ['*', ...(exportTo.length === 0 ? [namespace] : exportTo.map((one) => (one === '.' ? namespace : one)))]
  for (const scope of scopes) {
    const known = byScope.get(`${scope}/${name}`)
    if (known) return known
  }
  const bare = host.startsWith('*') ? host.slice(1) : host
  return wild.find(({ scope, suffix }) => (scope === '*' || scope === namespace) && bare.endsWith(suffix))?.known ?? null
}
