/** What is left in a cluster when an edited text is applied. */
import type { Document } from '../yaml/document'

export const nameOf = ({ kind, namespace, name }: Pick<Document, 'kind' | 'namespace' | 'name'>): string => `${kind} ${namespace}/${name}`

/** Objects that the text no longer has: they stay in a cluster until somebody deletes them. */
export function goneOf(was: readonly Document[], is: readonly Document[]): Document[] {
  const now = new Set(is.map(nameOf))
  return was.filter((document) => !now.has(nameOf(document)))
}
