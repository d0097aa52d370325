/** The value under a key that a user wrote, never one of the prototype. */
export const own = <T>(of: Readonly<Record<string, T>>, key: string): T | undefined => (Object.hasOwn(of, key) ? of[key] : undefined)

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

/** Items under each of their keys, in their order. */
export function grouped<K, T>(items: Iterable<T>, keysOf: (item: T) => Iterable<K>): Map<K, T[]> {
  const groups = new Map<K, T[]>()
  for (const item of items) for (const key of keysOf(item)) listed(groups, key, item)
  return groups
}

/** By bytes, as Go compares text. */
export const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
