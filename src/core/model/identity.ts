/** A name as it is typed on a card: of what runs in a namespace also `namespace/name`, as in flow notation. Pure. */
import type { Node } from './design'
import type { Complaint } from './field'
import { nodeKinds } from './nodes'

export interface Identity {
  name: string
  namespace?: string
}

/** Takes what was typed for a node; gives its new name, or what is wrong with it by the checks of the kind's fields. */
export function identityOf({ kind }: Pick<Node, 'kind'>, typed: string): { is: Identity } | { wrong: Complaint } {
  const text = typed.trim()
  const { fields, namespaced } = nodeKinds[kind]
  const slash = namespaced ? text.indexOf('/') : -1
  const is: Identity = slash < 0 ? { name: text } : { namespace: text.slice(0, slash).trim(), name: text.slice(slash + 1).trim() }
  for (const [id, value] of Object.entries(is)) {
    const wrong = fields.find((field) => field.id === id)?.check?.(value)
    if (wrong) return { wrong }
  }
  return { is }
}
