/**
 * Names of hosts as Istio compares them (`pkg/config/host/name.go` and `names.go`, `pkg/config/model/config.go`). A wildcard is `*` and any
 * ending: `*`, `*.cnn.com`, and `*cnn.com`, which Istio serves too. Who compares hosts with wildcards asks here; a law of the house checks it.
 */
import { isIP } from '../base/ip'

const domain = 'svc.cluster.local'

/** Whether the name is for many hosts (`host.Name.IsWildCarded`). */
export const isWildcarded = (name: string): boolean => name.startsWith('*')

/** Whether two names have a host in common; `*.a.com` also matches `*.com` (`host.Name.Matches`). */
export function matches(one: string, other: string): boolean {
  if (isWildcarded(one) && isWildcarded(other))
    return one.length < other.length ? other.endsWith(one.slice(1)) : one.endsWith(other.slice(1))
  if (isWildcarded(one)) return other.endsWith(one.slice(1))
  return isWildcarded(other) ? one.endsWith(other.slice(1)) : one === other
}

/** Whether every host of the first name is one of the second (`host.Name.SubsetOf`). */
export function subsetOf(one: string, other: string): boolean {
  if (isWildcarded(one)) return isWildcarded(other) && one.length >= other.length && one.slice(1).endsWith(other.slice(1))
  return isWildcarded(other) ? one.endsWith(other.slice(1)) : one === other
}

/** What both lists name, each time the narrower of two (`host.Names.Intersection`). */
export function intersection(these: readonly string[], those: readonly string[]): string[] {
  const found = new Set<string>()
  for (const a of these) {
    for (const b of those) {
      if (subsetOf(a, b)) found.add(a)
      else if (subsetOf(b, a)) found.add(b)
    }
  }
  return [...found]
}

/** The names under which something can be kept that is for all of `name`: its own, then wildcards, the longest first. */
export function namesAbove(name: string): string[] {
  const rest = isWildcarded(name) ? name.slice(1) : name
  const wildcards = Array.from({ length: rest.length + 1 }, (_, at) => `*${rest.slice(at)}`)
  return isWildcarded(name) ? wildcards : [name, ...wildcards]
}

/** What is kept under the most specific name that covers `name`: its own, else the longest wildcard (`host.MostSpecificHostMatch`). */
export function mostSpecific<T>(name: string, kept: ReadonlyMap<string, T>): T | undefined {
  const own = kept.get(name)
  if (own !== undefined) return own
  const rest = isWildcarded(name) ? name.slice(1) : name
  // As `namesAbove`, of which no list is made: most names are found under none, and each request asks.
  for (let at = 0; at <= rest.length; at++) {
    const value = kept.get(`*${rest.slice(at)}`)
    if (value !== undefined) return value
  }
  return undefined
}

/** The name of a Service as everybody may write it. */
export const serviceHost = (name: string, namespace: string): string => `${name}.${namespace}.${domain}`

export const isServiceHost = (host: string): boolean => host.endsWith(`.${domain}`)

/** The Service that a host names in full; null for any other host. */
export function serviceOf(host: string): { name: string; namespace: string } | null {
  const [name, namespace, ...rest] = host.split('.')
  return name && namespace && rest.join('.') === domain && !isWildcarded(host) ? { name, namespace } : null
}

/** A name without dots is a Service of the object's own namespace (`ResolveShortnameToFQDN`). */
export function resolveShortname(name: string, namespace: string): string {
  return name === '' || name === '*' || name.includes('.') || isIP(name) ? name : serviceHost(name, namespace)
}

/** The same as the analyzers do it, who let wildcards be and take no address for one (`analyzers/util/hosts.go`, ConvertHostToFQDN). */
export const convertHostToFQDN = (host: string, namespace: string): string =>
  isWildcarded(host) || host.includes('.') ? host : serviceHost(host, namespace)

/** A host of a Gateway's server, which may say whose VirtualServices bind to it: `namespace/host`. */
export function serverHost(written: string): { namespace: string | null; host: string } {
  const slash = written.indexOf('/')
  return { namespace: slash < 0 ? null : written.slice(0, slash), host: written.slice(slash + 1) }
}

/** A host that an app can ask for: the name itself, or one below a wildcard. */
export function hostBelow(name: string, label: string): string {
  if (!isWildcarded(name)) return name
  const rest = name.slice(1)
  return rest === '' || rest.startsWith('.') ? `${label}${rest}` : `${label}.${rest}`
}
