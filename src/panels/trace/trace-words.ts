/** A step of a trace in few words: the facts on the wire. Pure. */
import type { Layer, TraceStep } from '../../core/trace/outcome'
import type { Words } from '../../words/kind'

export interface Fact {
  word: string
  value: string
}

/** SNI, peer, Host and port of the stretch behind a step; the outermost TLS is the one that proxies read. */
export function factsOf({ wire, to }: Pick<TraceStep, 'wire' | 'to'>, words: Pick<Words['strip'], 'peer' | 'to'>): Fact[] {
  const tls = wire.filter((layer): layer is Layer & { is: 'TLS' | 'mTLS' } => layer.is === 'TLS' || layer.is === 'mTLS')
  const names = tls.map(({ sni }) => sni).filter(Boolean)
  const peers = tls.map(({ peer }) => peer).filter(Boolean)
  const http = wire.find((layer): layer is Layer & { is: 'HTTP' } => layer.is === 'HTTP')
  return [
    ...(names.length > 0 ? [{ word: 'SNI', value: names.join(' › ') }] : []),
    ...(peers.length > 0 ? [{ word: words.peer, value: peers.join(' › ') }] : []),
    ...(http?.host ? [{ word: 'Host', value: http.host }] : []),
    ...(to ? [{ word: words.to, value: `${to.host}:${to.port}` }] : []),
  ]
}
