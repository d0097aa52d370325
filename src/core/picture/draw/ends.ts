/** Both ends of a hop to a gateway: a picture shows the client's mode, and the gateway's server may say another (istio/README 7.7). */

import { listed } from '../../base/collect'
import type { Id } from '../../base/id'
import type { GatewayServer } from '../../istio/mesh'
import { isHTTP } from '../../istio/protocol'
import {
  type ClientMode,
  carriesTls,
  isPassthrough,
  needsClientCertificate,
  originatesTls,
  usesIstioCertificates,
} from '../../istio/tls-mode'
import type { Design, Speaks } from '../../model/design'
import { pathsOf } from '../../model/path'
import { pathKey, roadKey } from './ports'
import type { Ends, Road } from './road'

/** Ends of a hop that do not agree, for what is dialled along it. */
export interface Disagreement extends Ends {
  host: string
  dialled: number
}

/** What client and server say where what the one sends is not what the other takes; null: they agree. */
export function disagreeing(client: ClientMode, speaks: Speaks, { protocol, tls }: Pick<GatewayServer, 'protocol' | 'tls'>): Ends | null {
  const begins = carriesTls(client)
  const appTls = !begins && speaks === 'HTTPS'
  const takes = (): boolean => {
    if (!tls) return !begins && !(appTls && isHTTP(protocol))
    if (isPassthrough(tls.mode)) return appTls
    if (usesIstioCertificates(tls.mode)) return usesIstioCertificates(client)
    return needsClientCertificate(tls.mode) ? needsClientCertificate(client) : originatesTls(client) || appTls
  }
  return takes() ? null : { client, server: tls?.mode ?? null }
}

/** Disagreements by the hop that they are on. */
export function disagreementsOf(design: Design, roads: readonly Road[]): Map<Id, Disagreement[]> {
  const apart = new Map(roads.flatMap((road) => (road.ends ? [[roadKey(road), road.ends] as const] : [])))
  const found = new Map<Id, Disagreement[]>()
  if (apart.size === 0) return found
  for (const path of pathsOf(design)) {
    const ends = apart.get(pathKey(path))
    if (!path.mesh || !ends) continue
    const [host, dialled] = [path.host.name, path.dialled]
    const isTold = found.get(path.mesh.hop)?.some((each) => each.host === host && each.dialled === dialled)
    if (!isTold) listed(found, path.mesh.hop, { host, dialled, ...ends })
  }
  return found
}
