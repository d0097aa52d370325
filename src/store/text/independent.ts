/** Which of several fixes may be left out: those that touch the same part of an object come together. */
import type { Change, Fix, Path } from '../../core/yaml/document'
import { placeOf } from '../../core/yaml/patch/changed'

/** The fixes in groups, in their order: two are in one where a change of the one touches what a change of the other does. */
export function groupsOf(fixes: readonly Fix[]): Fix[][] {
  const groups: Fix[][] = []
  for (const fix of fixes) {
    const near = groups.filter((group) => group.some((other) => touch(fix, other)))
    const [first] = near
    if (!first) {
      groups.push([fix])
      continue
    }
    first.push(...near.slice(1).flat(), fix)
    for (const other of near.slice(1)) groups.splice(groups.indexOf(other), 1)
  }
  return groups
}

const touch = (a: Fix, b: Fix): boolean => a.changes.some((one) => b.changes.some((other) => overlap(one, other)))

function overlap(a: Change, b: Change): boolean {
  const [one, other] = [placeOf(a), placeOf(b)]
  if (!one || !other) return !one && !other && JSON.stringify(a) === JSON.stringify(b)
  return one.of.key === other.of.key && (isWithin(one.path, other.path) || isWithin(other.path, one.path))
}

const isWithin = (path: Path, of: Path): boolean => of.every((key, index) => path[index] === key)

/** All changes of these fixes; what two of them add alike comes once. */
export function changesOf(fixes: readonly Fix[]): Change[] {
  const seen = new Set<string>()
  return fixes
    .flatMap(({ changes }) => changes)
    .filter((change) => {
      const key = JSON.stringify(change)
      return !seen.has(key) && seen.add(key)
    })
}
