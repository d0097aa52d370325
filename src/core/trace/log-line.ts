/** A line of a proxy's access log: what it tells of the connection that came in, and of what became of it (istio/README 7.8). */

import type { Proxy } from '../istio/proxy'
import type { HopLine } from './outcome'

/** What a line tells of the TLS of the connection that came in. */
export type DownstreamTls = Pick<HopLine, 'tls' | 'sni' | 'peer'>
export const unseen: DownstreamTls = { tls: '', sni: '', peer: '' }

export type LogFields = Pick<HopLine, 'code' | 'flags'> & Partial<Pick<HopLine, 'details' | 'cluster' | 'failure' | 'ended'>>

/** The line that a proxy writes; fields that are left out are empty. The SNI is written as a log shows it. */
export const logLine = (
  proxy: Proxy,
  { tls, sni, peer }: DownstreamTls,
  { code, flags, details = '', cluster = null, failure = '', ended = '' }: LogFields,
): HopLine => ({
  proxy: proxy.ref,
  code,
  flags,
  details,
  tls,
  sni: shownSni(sni),
  peer,
  cluster,
  ...(failure && { failure }),
  ...(ended && { ended }),
})

/** Envoy writes no character that a name of a host cannot have (`common/common/utility.cc`, sanitizeInvalidHostname; kept/sni-of-a-wildcard). */
function shownSni(sni: string): string {
  const shown = sni.replace(/[^A-Za-z0-9._-]/g, '_')
  return shown === sni ? sni : `invalid:${shown}`
}
