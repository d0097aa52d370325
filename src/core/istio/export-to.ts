/** Who may see an object: its `exportTo` as istiod sorts it, into public, exported to a namespace, and private (istio/README 7.2; Istio `push_context.go`). */
import { listed } from '../base/collect'

export interface Exported {
  namespace: string
  exportTo: readonly string[]
}

/** Namespaces that see it: `*` for all, none for nobody. What is not written is for all. */
export function namespacesThatSee({ namespace, exportTo }: Exported): ReadonlySet<string> {
  if (exportTo.length === 0 || exportTo.includes('*')) return new Set(['*'])
  if (exportTo.includes('~')) return new Set()
  return new Set(exportTo.map((each) => (each === '.' ? namespace : each)))
}

export const sees = (namespace: string, of: Exported): boolean => {
  const by = namespacesThatSee(of)
  return by.has('*') || by.has(namespace)
}

/** Things by who sees them; each list keeps its order (Istio's serviceIndex and virtualServiceIndex). */
export interface VisibilityIndex<T> {
  public: T[]
  /** By namespace: what is exported to it from elsewhere. */
  exportedTo: Map<string, T[]>
  /** By namespace: what only it sees of its own. */
  private: Map<string, T[]>
}

export function visibilityIndex<T extends Exported>(things: readonly T[]): VisibilityIndex<T> {
  const index: VisibilityIndex<T> = { public: [], exportedTo: new Map(), private: new Map() }
  for (const thing of things) {
    const by = namespacesThatSee(thing)
    if (by.has('*')) index.public.push(thing)
    else for (const namespace of by) listed(namespace === thing.namespace ? index.private : index.exportedTo, namespace, thing)
  }
  return index
}

/** What a namespace sees: its own first, then what is exported to it, then what is public; each part in its order (initVirtualServices). */
export const visibleTo = <T>(
  index: VisibilityIndex<T>,
  namespace: string,
  inOrder: (part: readonly T[]) => readonly T[] = (part) => part,
): T[] => [...inOrder(index.private.get(namespace) ?? []), ...inOrder(index.exportedTo.get(namespace) ?? []), ...inOrder(index.public)]
