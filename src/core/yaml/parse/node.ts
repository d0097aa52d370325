/** Where each part of one document is: the tree that the events of a YAML parser make, with Kubernetes' values and the offsets of each part. */
import type { Path } from '../document'

export interface YamlNode {
  kind: 'map' | 'list' | 'scalar'
  /** Offsets in the piece of text that was read. */
  from: number
  to: number
  value: unknown
  /** Of a map, as written; a key that occurs twice is there twice. */
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

export interface Weight {
  /** Values when every alias is written out, up to a limit. */
  full: number
  /** Levels that lie in one another then. */
  deep: number
}

/** How large a tree becomes when every alias is written out, and how many values it has without. Parts that are shared are weighed once. */
export function weightOf(root: YamlNode, limit: number): Weight & { own: number } {
  const known = new Map<readonly unknown[], Weight>()
  let own = 0
  const weigh = (node: YamlNode): Weight => {
    const parts = node.kind === 'map' ? node.entries : node.items
    const before = node.alias ? known.get(parts) : undefined
    if (before) return before
    if (!node.alias) own++
    const weight = { full: 1, deep: 0 }
    for (const part of [...node.entries.map((entry) => entry.node), ...node.items]) {
      const { full, deep } = weigh(part)
      weight.full = Math.min(limit, weight.full + full)
      weight.deep = Math.max(weight.deep, deep)
    }
    weight.deep++
    known.set(parts, weight)
    return weight
  }
  return { ...weigh(root), own }
}
