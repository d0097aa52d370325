/** Who may see an object: its `exportTo` as istiod sorts it, into public, given to a namespace, and private (istio.md 7.2). */
import { listed } from '../base/collect'

export interface Exported {
  namespace: string
  exportTo: readonly string[]
}

/** Namespaces that see it: `*` for all, none for nobody. What is not written is for all. */
export function seenBy({ namespace, exportTo }: Exported): ReadonlySet<string> {
  if (exportTo.length === 0 || exportTo.includes('*')) return new Set(['*'])
  if (exportTo.includes('~')) return new Set()
  return new Set(exportTo.map((each) => (each === '.' ? namespace : each)))
}

export const sees = (namespace: string, of: Exported): boolean => {
  const by = seenBy(of)
  return by.has('*') || by.has(namespace)
}

/** Things by who sees them; each list keeps its order. */
export interface Shelf<T> {
  all: T[]
  /** By namespace: what is given to it from elsewhere. */
  given: Map<string, T[]>
  /** By namespace: what is its own alone. */
  alone: Map<string, T[]>
}

export function shelved<T extends Exported>(things: readonly T[]): Shelf<T> {
  const shelf: Shelf<T> = { all: [], given: new Map(), alone: new Map() }
  for (const thing of things) {
    const by = seenBy(thing)
    if (by.has('*')) shelf.all.push(thing)
    else for (const namespace of by) listed(namespace === thing.namespace ? shelf.alone : shelf.given, namespace, thing)
  }
  return shelf
}

/** What a namespace sees: its own first, then what it was given, then what is everybody's (Istio `push_context.go`, initVirtualServices). */
export const visibleTo = <T>({ all, given, alone }: Shelf<T>, namespace: string): T[] => [
  ...(alone.get(namespace) ?? []),
  ...(given.get(namespace) ?? []),
  ...all,
]
