/** What stands where in one document: the tree that the events of a YAML parser tell, with Kubernetes' values and the offsets of each part. */
import type { Path } from '../document'

export interface YamlNode {
  kind: 'map' | 'list' | 'scalar'
  /** Offsets in the piece of text that was read. */
  from: number
  to: number
  value: unknown
  /** Of a map, as written; a key that stands twice is there twice. */
  entries: { key: YamlNode; name: string; node: YamlNode }[]
  items: YamlNode[]
  /** It is written elsewhere (`*name`): what lies in it has no place of its own here. */
  alias: boolean
  /** How it is written: a plain scalar, one in quotes or a block, or a collection in brackets. */
  style: 'plain' | 'quoted' | 'block' | 'flow'
}

/** Something to tell of a piece, at offsets in it and, where there is one, at a part of its object. */
export interface Remark {
  rule: string
  from: number
  to: number
  path: Path | null
  /** Words for the sentence. */
  word: string
  becomes?: unknown
}

/** How many values a tree has when every alias is written out, up to a limit, and how many without. Parts that are shared are counted once. */
export function weightOf(root: YamlNode, limit: number): { full: number; own: number } {
  const known = new Map<readonly unknown[], number>()
  let own = 0
  const weigh = (node: YamlNode): number => {
    const parts = node.kind === 'map' ? node.entries : node.items
    const before = node.alias ? known.get(parts) : undefined
    if (before !== undefined) return before
    if (!node.alias) own++
    let sum = 1
    for (const { node: child } of node.entries) sum += weigh(child)
    for (const child of node.items) sum += weigh(child)
    known.set(parts, Math.min(sum, limit))
    return Math.min(sum, limit)
  }
  return { full: weigh(root), own }
}
