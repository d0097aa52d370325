/** Which of some names was probably meant by a misspelled one. */

const bare = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '')

/** The likeliest of the names; null where none is near. Case, dashes and underscores do not count, a plural is nearly the same. */
export function nearest(name: string, names: readonly string[]): string | null {
  const wanted = bare(name)
  if (wanted === '') return null
  const same = names.find((one) => bare(one) === wanted)
  if (same) return same
  let best: string | null = null
  let least = Math.min(3, Math.floor(wanted.length / 3) + (wanted.length < 3 ? 0 : 1))
  for (const one of names) {
    const plain = bare(one)
    const distance = plain === `${wanted}s` || wanted === `${plain}s` ? 0.5 : distanceOf(wanted, plain, least)
    if (distance < least) {
      best = one
      least = distance
    }
  }
  return best
}

/** How many letters must be typed, left out, replaced or swapped; stops counting where the limit is passed. */
function distanceOf(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const swap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? (before[j - 2] as number) + 1 : Infinity
      row.push(
        Math.min((last[j] as number) + 1, (row[j - 1] as number) + 1, (last[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1), swap),
      )
    }
    before = last
    last = row
  }
  return last[b.length] as number
}
