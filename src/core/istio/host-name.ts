/** How names of hosts, labels and addresses match, as istiod and Envoy compare them (Istio `pkg/config/host/name.go`, `model/config.go`). */
import { isIP } from '../base/ip'

export const isWild = (name: string): boolean => name.startsWith('*')

/** Whether two names have a host in common; `*.a.com` also meets `*.com`. */
export function meets(a: string, b: string): boolean {
  if (isWild(a) && isWild(b)) return a.length < b.length ? b.endsWith(a.slice(1)) : a.endsWith(b.slice(1))
  if (isWild(a)) return b.endsWith(a.slice(1))
  return isWild(b) ? a.endsWith(b.slice(1)) : a === b
}

/** Whether every host of `a` is one of `b`. */
export function within(a: string, b: string): boolean {
  if (!isWild(b)) return a === b
  return a.length >= (isWild(a) ? b.length : 0) && a.slice(isWild(a) ? 1 : 0).endsWith(b.slice(1))
}

/** What both lists name, each time the narrower of two. */
export function shared(these: readonly string[], those: readonly string[]): string[] {
  const found = new Set<string>()
  for (const a of these) {
    for (const b of those) {
      if (within(a, b)) found.add(a)
      else if (within(b, a)) found.add(b)
    }
  }
  return [...found]
}

/** What is kept under the most specific name that covers `name`: its own, else the longest wildcard. */
export function mostSpecific<T>(name: string, kept: ReadonlyMap<string, T>): T | undefined {
  const own = kept.get(name)
  if (own !== undefined) return own
  const rest = isWild(name) ? name.slice(1) : name
  for (let at = 0; at <= rest.length; at++) {
    const value = kept.get(`*${rest.slice(at)}`)
    if (value !== undefined) return value
  }
  return undefined
}

/** A short name lies in the object's own namespace (Istio `model/config.go`, ResolveShortnameToFQDN). */
export function fullHost(name: string, namespace: string): string {
  if (name === '' || name === '*' || name.includes('.') || isIP(name)) return name
  return `${name}.${namespace}.svc.cluster.local`
}

export const isWildcard = (host: string): boolean => host.startsWith('*.')

export const isClusterService = (host: string): boolean => host.endsWith('.svc.cluster.local')
