/** Puts right a field of the drawing with the value that a finding offers, as its form does: one step of the history. */
import { type Design, type Hop, isAppHop, nodeOf, type TlsFields } from '../../core/model/design'
import type { Field } from '../../core/model/field'
import { nodeKinds } from '../../core/model/nodes'
import { tlsKinds } from '../../core/model/tls'
import { setWire } from '../../store/actions/actions'
import type { Offer } from '../problems/problem-rows'
import { setPort } from './CallForm'
import { commit, valueOf } from './NodeForm'
import { isListed, parsed, printed, repaired, troubles } from './values'

/** What takes the offer; null where the drawing has no such field, or the value cannot be in it. */
export function offered(design: Design, offer: Offer): (() => void) | null {
  const node = nodeOf(design, offer.on)
  if (node) {
    const field = nodeKinds[node.kind].fields.find(({ id }) => id === offer.field)
    const result = field && mended(field, valueOf(node, field), offer.value)
    return field && result ? () => commit(node, field, result.value, '') : null
  }
  const hop = design.hops.find(({ id }) => id === offer.on)
  return hop ? onHop(hop, offer) : null
}

function onHop(hop: Hop, { field: id, value }: Offer): (() => void) | null {
  if (id === 'port') {
    const port = Number(value)
    if (!Number.isInteger(port)) return null
    return () => (isAppHop(hop) ? setPort(hop, port, null) : setWire(hop.id, { port }))
  }
  if (isAppHop(hop)) return null
  const field = tlsKinds[hop.wire.tls].fields.find((each) => each.id === id)
  const result = field && mended(field, hop.wire.fields[id as keyof TlsFields], value)
  return result ? () => setWire(hop.id, { fields: { [id]: result.value } }) : null
}

/** The field's value with the offer in it: in place of the entry that it mends; beside the others of a list where it mends none. */
export function mended(field: Field, now: unknown, offer: string): { value: unknown } | null {
  const typed = printed(field, now)
  const wrong = troubles(field, typed, true).find((trouble) => trouble.offer === offer)
  return parsed(field, wrong ? repaired(field, typed, wrong.entry, offer) : isListed(field) && typed ? `${typed}, ${offer}` : offer)
}
