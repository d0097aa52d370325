/** The smallest steps from one value to another. */
import { isMap } from '../../base/loose'
import type { Path } from '../document'

export type Step =
  /** The value at a path, which may be missing as yet in its map. */
  | { is: 'value'; path: Path; value: unknown }
  | { is: 'remove'; path: Path }
  /** Before the item at the path's last number. */
  | { is: 'insert'; path: Path; value: unknown }

/** Whether two values say the same; the order of keys does not count, and a key without a value is none. */
export function alike(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, index) => alike(item, b[index]))
  if (!isMap(a) || !isMap(b)) return false
  const keys = Object.keys(a)
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && alike(a[key], b[key]))
}

/**
 * Steps in an order in which each can be made after the one before: changes of values first, then what comes and goes, each list from its end
 * to its beginning.
 */
export function refine(before: unknown, after: unknown, path: Path = []): Step[] {
  if (alike(before, after)) return []
  if (isMap(before) && isMap(after)) return ofMaps(before, after, path)
  if (Array.isArray(before) && Array.isArray(after) && before.length > 0 && after.length > 0) return ofLists(before, after, path)
  return [{ is: 'value', path, value: after }]
}

function ofMaps(before: Record<string, unknown>, after: Record<string, unknown>, path: Path): Step[] {
  const kept = Object.keys(before).filter((key) => Object.hasOwn(after, key))
  if (kept.length === 0) return [{ is: 'value', path, value: after }]
  const gone = Object.keys(before).filter((key) => !Object.hasOwn(after, key))
  const come = Object.keys(after).filter((key) => !Object.hasOwn(before, key))
  return [
    ...kept.flatMap((key) => refine(before[key], after[key], [...path, key])),
    ...come.map((key): Step => ({ is: 'value', path: [...path, key], value: after[key] })),
    ...gone.map((key): Step => ({ is: 'remove', path: [...path, key] })),
  ]
}

function ofLists(before: readonly unknown[], after: readonly unknown[], path: Path): Step[] {
  const inner: Step[] = []
  const outer: Step[] = []
  for (const run of runsOf(before, after)) {
    const shared = Math.min(run.old.length, run.new.length)
    for (let at = 0; at < shared; at++) inner.push(...refine(run.old[at], run.new[at], [...path, run.at + at]))
    for (let at = run.old.length - 1; at >= shared; at--) outer.unshift({ is: 'remove', path: [...path, run.at + at] })
    // Later entries of `outer` are nearer to the end of the list; those at one place come in the order of their insertion.
    for (const value of run.new.slice(shared)) outer.unshift({ is: 'insert', path: [...path, run.at + run.old.length], value })
  }
  return [...inner, ...descending(outer)]
}

/** From the end of the list to its beginning. What is inserted at one place is inserted last to first, since each goes before the one that is there. */
const descending = (steps: readonly Step[]): Step[] => steps.toSorted((a, b) => Number(b.path.at(-1)) - Number(a.path.at(-1)))

interface Run {
  /** Where the old items of the run are. */
  at: number
  old: readonly unknown[]
  new: readonly unknown[]
}

/** The stretches in which two lists differ, between items that are the same in both. */
function runsOf(before: readonly unknown[], after: readonly unknown[]): Run[] {
  const a = before.map((item) => JSON.stringify(item))
  const b = after.map((item) => JSON.stringify(item))
  const runs: Run[] = []
  let [i, j] = [0, 0]
  for (const [x, y] of [...commonOf(a, b), [a.length, b.length] as const]) {
    if (x > i || y > j) runs.push({ at: i, old: before.slice(i, x), new: after.slice(j, y) })
    i = x + 1
    j = y + 1
  }
  return runs
}

/** Pairs of equal items, in order: a longest sequence where the differing middle is small, else a greedy one. */
function commonOf(a: readonly string[], b: readonly string[]): (readonly [number, number])[] {
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start++
  let end = 0
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++
  const head = Array.from({ length: start }, (_, index) => [index, index] as const)
  const tail = Array.from({ length: end }, (_, index) => [a.length - end + index, b.length - end + index] as const)
  const [m, n] = [a.length - start - end, b.length - start - end]
  const middle =
    m * n <= 250_000
      ? longest(a.slice(start, start + m), b.slice(start, start + n))
      : greedy(a.slice(start, start + m), b.slice(start, start + n))
  return [...head, ...middle.map(([x, y]) => [x + start, y + start] as const), ...tail]
}

function longest(a: readonly string[], b: readonly string[]): (readonly [number, number])[] {
  const rows = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1))
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--) {
      const [row, below] = [rows[i] as Uint16Array, rows[i + 1] as Uint16Array]
      row[j] = a[i] === b[j] ? (below[j + 1] as number) + 1 : Math.max(below[j] as number, row[j + 1] as number)
    }
  const pairs: (readonly [number, number])[] = []
  let [i, j] = [0, 0]
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) pairs.push([i++, j++])
    else if ((rows[i + 1]?.[j] ?? 0) >= (rows[i]?.[j + 1] ?? 0)) i++
    else j++
  }
  return pairs
}

function greedy(a: readonly string[], b: readonly string[]): (readonly [number, number])[] {
  const places = new Map<string, number[]>()
  for (const [index, item] of b.entries()) places.set(item, [...(places.get(item) ?? []), index])
  const pairs: (readonly [number, number])[] = []
  let next = 0
  for (const [index, item] of a.entries()) {
    const at = places.get(item)?.find((place) => place >= next)
    if (at === undefined) continue
    pairs.push([index, at])
    next = at + 1
  }
  return pairs
}
