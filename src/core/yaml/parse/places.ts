/** From a path to its place in a tree, and back. */
import type { Path, Span } from '../document'
import type { YamlNode } from './node'

/** The span of a path's value; where it is not there that of the nearest ancestor's key, or of the item. A collection ends with its last letter. */
export function nodeOf(tree: YamlNode, path: Path, text: string): Span {
  let node = tree
  let label: Span = tree
  for (const key of path) {
    const pair = node.kind === 'map' ? node.entries.findLast(({ name }) => name === String(key)) : undefined
    const next = pair ? pair.node : node.kind === 'list' && typeof key === 'number' ? node.items[key] : undefined
    // What an alias or a merge brings has no place here but that of the alias.
    if (!next || node.alias) return node.alias ? node : label
    label = pair ? pair.key : next
    node = next
  }
  if (node.from === node.to && node !== tree) return label
  let { to } = node
  while (to > node.from + 1 && /\s/.test(text[to - 1] ?? '')) to--
  return { from: node.from, to }
}

/** The path of the innermost part at an offset; [] where only the document as a whole is there. */
export function pathAt(tree: YamlNode, at: number): Path {
  const path: (string | number)[] = []
  let node: YamlNode | undefined = tree
  while (node && !node.alias) {
    const pair: YamlNode['entries'][number] | undefined = node.entries.find(
      ({ key, node: { to } }) => key.from <= at && at <= Math.max(key.to, to),
    )
    const index: number = node.items.findIndex(({ from, to }) => from <= at && at <= to)
    if (pair) path.push(pair.name)
    else if (index >= 0) path.push(index)
    node = pair ? pair.node : node.items[index]
  }
  return path
}
