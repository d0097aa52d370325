import type { Route } from './mesh'

const ranks = { exact: 3, prefix: 2, regex: 1 }

function keyOf({ matches: [match] }: Route): number[] {
  if (!match) return [-2, 0, 0, 0, 0]
  const { uri, method, headers, queryParams } = match
  return [uri ? ranks[uri.by] : -1, uri?.value.length ?? 0, method ? 1 : 0, headers.length, queryParams.length]
}

/** Exact paths before prefixes, longer before shorter, then by method, headers and query. Rules of several routes for one host are sorted together. */
export function sortedRules(rules: readonly Route[]): Route[] {
  const keys = new Map(rules.map((rule) => [rule, keyOf(rule)]))
  return rules.toSorted((a, b) => {
    const [one, two] = [keys.get(a) as number[], keys.get(b) as number[]]
    const differs = one.findIndex((value, index) => value !== two[index])
    return differs < 0 ? 0 : (two[differs] as number) - (one[differs] as number)
  })
}
