/**
 * A hop of an outcome as Istio's default access log prints it (istio/README 7.9): the columns that are the same each
 * time are written out, times, sizes, addresses and ids are `…`.
 */
import { clusterName } from '../istio/cluster-ref'
import { isServiceHost } from '../istio/host-name'
import type { HopLine, Request } from './outcome'

const varies = '…'

/** What a request is by its URL and curl's arguments: what HTTP lines tell of it. */
interface Asked {
  method: string
  path: string
  authority: string
}

/**
 * The line of one hop. `before` is the hop that the connection came from; null for the first. Columns: time, request line, code, flags,
 * details, termination, transport failure, bytes in and out, duration, upstream time, forwarded for, user agent, id, authority, upstream,
 * cluster, upstream local, downstream local, downstream remote, SNI, route.
 */
export function accessLine(hop: HopLine, before: HopLine | null, request: Request): string {
  const cluster = hop.cluster ? clusterName(hop.cluster) : '-'
  const sni = hop.sni || '-'
  const flags = hop.flags || '-'
  const details = hop.details || '-'
  const http = isHttp(hop)
  const unread = details === 'http1.codec_error'
  const reached = hop.cluster !== null && !/\b(?:UH|NC|NR)\b/.test(flags)
  const upstream = reached ? `"${varies}"` : '"-"'
  const local = reached ? varies : '-'
  const { method, path, authority } = askedOf(request)
  const first = !http ? '"- - -"' : unread ? '"- - HTTP/1.1"' : `"${method} ${path} ${versionOf(hop, before)}"`
  const who =
    http && !unread
      ? [varies, `"${before && hop.proxy.kind === 'gateway' ? varies : '-'}"`, `"curl/${varies}"`, `"${varies}"`, `"${authority}"`]
      : ['-', '"-"', '"-"', '"-"', '"-"']
  const failure = `"${hop.failure || (/\b(?:UF|URX)\b/.test(flags) ? varies : '-')}"`
  const sizes = [varies, varies, varies]
  return [
    `[${varies}]`,
    first,
    http ? hop.code : 0,
    flags,
    details,
    endOf(hop),
    failure,
    ...sizes,
    ...who,
    upstream,
    cluster,
    local,
    varies,
    varies,
    sni,
    routeOf(hop, http),
  ].join(' ')
}

/** TCP lines have no code; a client that gives up leaves 0 in an HTTP line too (istio/README 7.8). */
const isHttp = ({ code, details }: HopLine): boolean => code !== 0 || details === 'downstream_remote_disconnect'

/** A denied connection tells the policy as its termination (istio/README 7.8). */
const endOf = ({ ended }: HopLine): string => ended || '-'

/** The gateway's Service calls port 80 http2 and port 443 https (istio/README 7.5). */
function versionOf(hop: HopLine, before: HopLine | null): string {
  if (!before || hop.proxy.kind === 'sidecar') return 'HTTP/1.1'
  const port = before.cluster && 'port' in before.cluster ? before.cluster.port : 0
  return port === 80 ? 'HTTP/2' : port === 443 ? 'HTTP/1.1' : `HTTP/${varies}`
}

/** Empty for routes of a VirtualService (istio/README 7.9); which of the others it was is told by the cluster. */
function routeOf({ cluster, details, proxy }: HopLine, http: boolean): string {
  if (!http) return '-'
  if (details === 'direct_response') return 'block_all'
  if (!cluster) return '-'
  if ('name' in cluster) return unmanagedRoutes[cluster.name]
  return proxy.kind === 'gateway' || cluster.subset || isServiceHost(cluster.host) ? '-' : varies
}

const unmanagedRoutes = {
  PassthroughCluster: 'allow_any',
  AllowAnyDynamicDNSCluster: 'allow_any_dynamic_dns',
  BlackHoleCluster: varies,
}

function askedOf({ url, curl }: Request): Asked {
  const found = /^(\w+):\/\/([^/?#]*)([^#]*)/.exec(url)
  const host = (found?.[2] ?? '').replace(/^.*@/, '')
  const authority = argument(curl, '-H', '--header')
    .flatMap((header) => /^host:\s*(\S.*)$/i.exec(header)?.[1] ?? [])
    .at(-1)
  return {
    method: argument(curl, '-X', '--request').at(-1) ?? (curl.includes('-I') || curl.includes('--head') ? 'HEAD' : 'GET'),
    path: (found?.[3] ?? '').replace(/^(?!\/)/, '/'),
    authority: authority ?? host.replace(found?.[1] === 'https' ? /:443$/ : /:80$/, ''),
  }
}

const argument = (curl: readonly string[], ...names: string[]): string[] =>
  curl.flatMap((one, index) => (names.includes(one) ? [curl[index + 1] ?? ''] : []))
