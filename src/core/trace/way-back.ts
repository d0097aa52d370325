/** The way back: how the end of an upstream connection becomes a proxy's own answer, and the line that it writes (istio/README 7.8, 7.9). */

import { both } from '../base/text'
import type { Hop, HttpHop, TcpHop } from './hop'
import { type LogFields, logLine } from './log-line'
import type { HopLine, Seen } from './outcome'
import { sameAt } from './ref'
import type { Ended } from './stage'
import { closed, type Fault } from './wire'

/** Seconds that Envoy waits for a connection. */
const connectTimeout = 10

/** What a hop makes of how its upstream connection ended. `patience`: seconds that the app waits. */
export const wayBack = (hop: Hop, upstream: Ended, patience: number): Ended => ({
  ...(hop.is === 'tcp-proxy' ? throughTcpProxy(hop, upstream, patience) : throughHttp(hop, upstream, patience)),
  ...(upstream.doubt && { doubt: upstream.doubt }),
})

/** What a TCP proxy writes and passes on. */
function throughTcpProxy({ proxy, downstream, cluster, began, reset }: TcpHop, { end, lines }: Ended, patience: number): Ended {
  const line = (flags: string, failure = ''): HopLine => logLine(proxy, downstream, { code: 0, flags, cluster, failure })
  // A proxy that waits for a connection reads nothing, so nobody before it sees that the app has gone.
  if (end.is === 'hung') return { end, lines: lines.length > 0 ? [line('-'), ...lines] : lines }
  if (end.is === 'fault' && (end.layer === null || end.layer === began)) {
    if (end.fault.is === 'timeout' && patience <= connectTimeout) return { end: { is: 'hung' }, lines }
    // What came meanwhile lies unread: closing resets it, unless a handshake was read.
    const unread = proxy.ref.kind === 'gateway' && downstream.tls === ''
    return { end: unread ? reset : closed, lines: outwards(line('UF,URX', end.fault.text), lines) }
  }
  if (end.is === 'closed' && (end.after === null || end.after === began))
    return { end: end.reset ? reset : closed, lines: outwards(line(end.reset ? 'UR' : '-'), lines) }
  return { end, lines: end.is === 'answer' ? [line('-'), ...lines] : outwards(line('-'), lines) }
}

/** What fails ends from within: a gateway that dials itself writes of the inner connection first. */
function outwards(own: HopLine, lines: readonly HopLine[]): HopLine[] {
  const inner = lines.findLastIndex(({ proxy }) => sameAt(proxy, own.proxy))
  return [...lines.slice(0, inner + 1), own, ...lines.slice(inner + 1)]
}

/** How it looks when who asked gives up: over HTTP/2 its stream ends, else its connection. */
const streamReset = { flags: 'DR', details: 'http2.remote_reset' }
const connectionClosed = { flags: 'DC', details: 'downstream_remote_disconnect' }

/** What an HTTP connection manager answers and writes. */
function throughHttp(hop: HttpHop, { end, lines }: Ended, patience: number): Ended {
  const { began, retries } = hop
  const gaveUp = (): Ended => ({
    end: { is: 'hung' },
    lines: [httpLine(hop, { code: 0, ...(hop.http2 ? streamReset : connectionClosed) }), ...lines],
  })
  if (end.is === 'answer') return answer(hop, { code: end.status, flags: '-', details: 'via_upstream' }, lines, end.seen)
  if (end.is === 'hung') return gaveUp()
  if (end.is === 'refused-stream')
    return answer(hop, { code: 503, flags: 'UR', details: 'upstream_reset_before_response_started{remote_reset}' }, lines)
  if (end.is === 'closed' || (end.layer !== null && end.layer !== began))
    return answer(hop, { code: 503, flags: 'UC', details: 'upstream_reset_before_response_started{connection_termination}' }, lines)
  const unread = Number.isNaN(retries.tries)
  const doubt = unread && { doubt: both('How often the route tries again is not read.', '不读取路由的重试次数。') }
  return { ...doubt, ...notConnected(hop, end.fault, lines, patience, gaveUp) }
}

/** It has tried to connect as often as it may. */
function notConnected(hop: HttpHop, fault: Fault, lines: readonly HopLine[], patience: number, gaveUp: () => Ended): Ended {
  const { tries, timeout } = hop.retries
  const times = tries || 1
  // An address without a way refuses the first attempt at once; the later attempts wait.
  if (fault.is === 'timeout' || (fault.is === 'unreachable' && times > 1)) {
    const seconds = connectTimeout * times
    if (timeout !== null && timeout > 0 && timeout < Math.min(seconds, patience))
      return answer(hop, { code: 504, flags: 'UT', details: 'response_timeout' }, lines)
    if (seconds >= patience) return gaveUp()
  }
  const behind = Array.from({ length: times }, () => lines).flat()
  return answer(hop, { code: 503, flags: times > 1 ? 'URX,UF' : 'UF', details: detailsOf(fault), failure: fault.text }, behind)
}

const detailsOf = ({ is, text }: Fault): string =>
  is === 'timeout'
    ? 'upstream_reset_before_response_started{connection_timeout}'
    : `upstream_reset_before_response_started{remote_connection_failure${text && `|${text}`}}`

const httpLine = ({ proxy, downstream, cluster }: HttpHop, fields: LogFields): HopLine => logLine(proxy, downstream, { ...fields, cluster })

const answer = (hop: HttpHop, fields: LogFields, behind: readonly HopLine[], seen: Seen | null = null): Ended => ({
  end: { is: 'answer', status: fields.code, seen },
  lines: [httpLine(hop, fields), ...behind],
})
