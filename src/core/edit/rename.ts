/** A host that gets another name: each place of the text that says the old one says the new one, and nothing else changes. */
import { isMap } from '../base/loose'
import type { Design } from '../model/design'
import type { Change, Document, Path } from '../yaml/document'

export interface Renaming {
  from: string
  to: string
}

/** Hosts that have another name after the edit. */
export function renamingsOf(before: Design, after: Design): Renaming[] {
  const names = new Map(after.nodes.map(({ id, name }) => [id, name]))
  return before.nodes.flatMap(({ id, kind, name }) => {
    const to = names.get(id)
    return kind === 'host' && to !== undefined && to !== name ? [{ from: name, to }] : []
  })
}

/** The picture with the new names and nothing else of the edit. */
export const renamedIn = (before: Design, after: Design): Design => {
  const names = new Map(after.nodes.map(({ id, name }) => [id, name]))
  const nodes = before.nodes.map((node) => (node.kind === 'host' ? { ...node, name: names.get(node.id) ?? node.name } : node))
  return { ...before, nodes }
}

/** A host in a list may have its namespace before it: `shop/api.example.com`. Names of objects stay, as everybody refers to them. */
export const renames = (documents: readonly Document[], renamings: readonly Renaming[]): Change[] =>
  documents.flatMap((document) => {
    const own = isMap(document.object) ? document.object.spec : undefined
    return [...textsIn(own, ['spec'])].flatMap(([path, text]): Change[] => {
      const renaming = renamings.find(({ from }) => text === from || text.endsWith(`/${from}`))
      if (!renaming) return []
      const value = text.slice(0, text.length - renaming.from.length) + renaming.to
      return [{ set: { of: document.id, path }, value }]
    })
  })

function* textsIn(value: unknown, path: Path): Generator<[Path, string]> {
  if (typeof value === 'string') yield [path, value]
  else if (Array.isArray(value)) for (const [index, item] of value.entries()) yield* textsIn(item, [...path, index])
  else if (isMap(value)) for (const [key, part] of Object.entries(value)) yield* textsIn(part, [...path, key])
}
