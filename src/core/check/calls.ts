/** What the pods of a text ask for: what is known of them, and beside it what its ServiceEntries and routes are there for. */

import { grouped } from '../base/collect'
import { memo } from '../base/memo'
import { sees } from '../istio/export-to'
import { hostBelow, isServiceHost } from '../istio/host-name'
import type { Match, Mesh, Routes, ServiceHost } from '../istio/mesh'
import { isHTTP, isTLS } from '../istio/protocol'
import { asSeen } from '../istio/service-entry-visibility'
import type { Call, Surroundings, Workload } from '../istio/surroundings'
import { matchesAt } from '../istio/virtual-service'

/** One URL, and the pods that ask for it. */
export interface Asked {
  url: string
  calls: readonly Call[]
  /** Somebody asks for it: each call has to arrive. Else it is there to be asked for, by whoever does: one call has to. */
  known: boolean
  /** The port takes whatever is sent: it need not be what is asked here. */
  bytes: boolean
}

/** So many pods at most ask for what nobody is known to ask for. */
const most = 6

/** Each URL once. Pods whose calls fare alike (same namespace, labels, account and annotations) ask once. */
export function askedIn({ mesh: written, around }: { mesh: Mesh; around: Surroundings }): Asked[] {
  const mesh = asSeen(written, around)
  const known = [...grouped(around.calls, ({ url }) => [url])].map(([url, calls]): Asked => ({ url, calls, known: true, bytes: false }))
  const said = new Set(known.map(({ url }) => url))
  const pods = unlike(around.pods.filter(({ sidecar }) => sidecar))
  const offered = new Map<string, ServiceHost | Routes>()
  for (const [url, by] of [...mesh.serviceHosts.flatMap(urlsOfEntry), ...mesh.routes.flatMap((routes) => urlsOfRoutes(mesh, routes))])
    if (!said.has(url) && !offered.has(url)) offered.set(url, by)
  return [
    ...known,
    ...[...offered].map(
      ([url, by]): Asked => ({
        url,
        calls: callsOf(pods, by).map((from) => ({ from, url, curl: [] })),
        known: false,
        bytes: hasBytes(by, url),
      }),
    ),
  ]
}

const hasBytes = (by: ServiceHost | Routes, url: string): boolean =>
  'ports' in by && by.ports.some(({ number, protocol }) => !isHTTP(protocol) && !isTLS(protocol) && url.endsWith(`:${number}/`))

const unlike = (pods: readonly Workload[]): Workload[] =>
  [
    ...new Map(
      pods.map((pod) => [JSON.stringify([pod.namespace, pod.labels, pod.serviceAccount, pod.annotations]), pod] as const).toReversed(),
    ).values(),
  ].toReversed()

/** Pods that see the object; those beside it first. */
function callsOf(pods: readonly Workload[], by: ServiceHost | Routes): string[] {
  const seeing = pods.filter(({ namespace }) => sees(namespace, by))
  return [...seeing.filter(({ namespace }) => namespace === by.namespace), ...seeing.filter(({ namespace }) => namespace !== by.namespace)]
    .slice(0, most)
    .map(({ namespace, name }) => `${namespace}/${name}`)
}

const urlAt = (secure: boolean, host: string, port: number): string => `${secure ? 'https' : 'http'}://${hostBelow(host, 'one')}:${port}/`

/** A port of TCP is asked for with the bytes of HTTP. Plain HTTP on 443 is for routes that lead there: no app asks for it. */
const urlsOfEntry = (entry: ServiceHost): [string, ServiceHost][] =>
  entry.by === 'ServiceEntry'
    ? entry.hosts.flatMap((host) =>
        entry.ports
          .filter(({ number, protocol }) => number !== 443 || !isHTTP(protocol))
          .map(({ number, protocol }) => [urlAt(isTLS(protocol), host, number), entry] as [string, ServiceHost]),
      )
    : []

const hostsOf = memo((mesh: Mesh): ReadonlySet<string> => new Set(mesh.serviceHosts.flatMap(({ hosts }) => hosts)))

/**
 * What routes in the mesh take that no entry has. A text without any entry is a part of a configuration: the rest of it may be
 * elsewhere, as the Services of the cluster may. */
function urlsOfRoutes(mesh: Mesh, routes: Routes): [string, Routes][] {
  const entered = hostsOf(mesh)
  if (routes.by !== 'VirtualService' || entered.size === 0) return []
  const url = (secure: boolean, host: string, match: Match | null): [string, Routes][] =>
    entered.has(host) || isServiceHost(host) ? [] : [[urlAt(secure, host, match?.port ?? (secure ? 443 : 80)), routes]]
  return [
    ...routes.http.flatMap((route) =>
      matchesAt(routes, route, 'mesh').flatMap((match) => routes.hosts.flatMap((host) => url(false, host, match))),
    ),
    ...routes.tls.flatMap((route) =>
      matchesAt(routes, route, 'mesh').flatMap((match) => (match?.sniHosts ?? []).flatMap((host) => url(true, host, match))),
    ),
  ]
}
