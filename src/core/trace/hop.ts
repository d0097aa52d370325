/** A proxy on a request's way: what it needs to know when its upstream connection has ended. */

import type { ClusterRef } from '../istio/cluster-ref'
import type { Proxy } from '../istio/proxy'
import type { Connection } from './context'
import type { DownstreamTls } from './log-line'
import type { End, TlsLayer } from './wire'

interface OfAnyHop {
  proxy: Proxy
  /** What it saw of the connection that came in. */
  downstream: DownstreamTls
  cluster: ClusterRef
  /** The TLS that its cluster began. */
  began: TlsLayer | null
}

export interface TcpHop extends OfAnyHop {
  is: 'tcp-proxy'
  /** How it looks downstream when it resets the connection. */
  reset: End
}

export interface HttpHop extends OfAnyHop {
  is: 'http-connection-manager'
  /** Whether the request came over HTTP/2. */
  http2: boolean
  /** How often it connects before it gives up, NaN where that is not read; and after how many seconds it answers by itself, null for never. */
  retries: { tries: number; timeout: number | null }
}

export type Hop = TcpHop | HttpHop

/** A proxy, or an app without one, has opened a connection. */
export interface Dialled {
  /** Null for the app itself. */
  hop: Hop | null
  upstream: Connection
}
