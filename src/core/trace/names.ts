/** How names of hosts, labels and addresses match, as istiod and Envoy compare them (Istio `pkg/config/host/name.go`, `model/config.go`). */
import type { Labels } from '../design'

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

/** Whether labels hold all that is wanted; nothing wanted fits everything. */
export const fits = (wanted: Labels | null, labels: Labels): boolean =>
  wanted === null || Object.entries(wanted).every(([key, value]) => Object.hasOwn(labels, key) && labels[key] === value)

/** The value under a key that a user wrote, never one of the prototype. */
export const own = <T>(of: Readonly<Record<string, T>>, key: string): T | undefined => (Object.hasOwn(of, key) ? of[key] : undefined)

const bitsOf = (ip: string): number | null => {
  const parts = ip.split('.').map(Number)
  if (parts.length !== 4 || parts.some((part) => !Number.isInteger(part) || part < 0 || part > 255)) return null
  return parts.reduce((all, part) => all * 256 + part, 0)
}

/** Whether an IPv4 address lies in a block such as `10.0.0.0/8`, or is the address itself. */
export function inBlock(ip: string, block: string): boolean {
  const [base = '', length = '32'] = block.trim().split('/')
  const [a, b, bits] = [bitsOf(ip), bitsOf(base), Number(length)]
  if (a === null || b === null || !(bits >= 0 && bits <= 32)) return ip === block
  const size = 2 ** (32 - bits)
  return Math.floor(a / size) === Math.floor(b / size)
}

/** Keeps what is computed for a key, so that it is computed once. */
export function kept<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const before = map.get(key)
  if (before !== undefined) return before
  const value = make()
  map.set(key, value)
  return value
}

/** Appends to the list under a key. */
export function listed<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const before = map.get(key)
  if (before) before.push(value)
  else map.set(key, [value])
}

/** By bytes, as Go compares text. */
export const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
