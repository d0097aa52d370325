/** TLS modes as the text colours them: Istio's word, and the name that its tokens carry. */
import { tlsKinds } from '../core/model/tls'
import { styleOf } from '../ui/Wire'

export const tlsModes = Object.values(tlsKinds).map(({ id }) => ({ mode: id, style: styleOf(id) }))
