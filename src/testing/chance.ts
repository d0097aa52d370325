/** Chance from a seed: the same draws for the same seed, on any machine. */
export interface Chance {
  /** 0 to n - 1. */
  int(n: number): number
  /** Whether something happens that happens `one` time in `of`. */
  one(of: number): boolean
  pick<T>(list: readonly T[]): T
  /** Some of a list, in its order. */
  some<T>(list: readonly T[], most: number): T[]
  shuffled<T>(list: readonly T[]): T[]
}

/** mulberry32. */
export function chanceOf(seed: number): Chance {
  let state = Math.imul(seed, 2654435761) >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  const int = (n: number) => Math.floor(next() * n)
  const shuffled = <T>(list: readonly T[]): T[] => {
    const copy = [...list]
    for (let i = copy.length - 1; i > 0; i--) {
      const j = int(i + 1)
      const [a, b] = [copy[i] as T, copy[j] as T]
      copy[i] = b
      copy[j] = a
    }
    return copy
  }
  return {
    int,
    one: (of) => int(of) === 0,
    pick: (list) => list[int(list.length)] as never,
    some: (list, most) => {
      const kept = new Set(shuffled([...list.keys()]).slice(0, most))
      return list.filter((_, index) => kept.has(index))
    },
    shuffled,
  }
}
