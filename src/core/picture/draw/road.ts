/** A road to be drawn: one client, one call, one way. */

import type { Labels } from '../../base/labels'
import type { Target } from '../../istio/mesh'
import { type ClientMode, originatesTls, type ServerMode, type TlsMode } from '../../istio/tls-mode'

import type { Call, Design, Node, Speaks, TlsFields } from '../../model/design'
import { labelsOf, namespaceOf } from '../../model/design'
import type { Place } from '../../yaml/document'

export interface Client {
  name: string
  namespace: string
  labels: Labels
  serviceAccount?: string
}

/** What client and gateway say of the hop between them; `server` is null for plain text. */
export interface Ends {
  client: ClientMode
  server: ServerMode | null
}

export interface Road {
  client: Client
  speaks: Speaks
  dialled: number
  gateway: { name: string; namespace: string; tls: TlsMode; port: number } | null
  host: string
  /** Null: nothing is known of the way behind the gateway, or it leads to another host. `nameless`: its TLS carries no SNI. */
  outside: { tls: TlsMode; port: number; fields: TlsFields; nameless?: boolean } | null
  /** Where the gateway sends it to, where that is neither the host that was asked for nor one below it. */
  elsewhere?: Target
  /** What client and gateway say of the hop between them, where they do not agree. */
  ends?: Ends
  /** Where each of its hops is written. */
  places: { app: readonly Place[]; mesh: readonly Place[]; outside: readonly Place[] }
}

export const clientOf = (pod: Node): Client => ({
  name: pod.name,
  namespace: namespaceOf(pod),
  labels: labelsOf(pod),
  ...(pod.fields.serviceAccount && { serviceAccount: pod.fields.serviceAccount }),
})

export const clientKey = ({ namespace, name }: Pick<Client, 'namespace' | 'name'>): string => `${namespace}/${name}`

const usual: Record<Speaks, number> = { HTTP: 80, HTTPS: 443, TCP: 0 }
export const callOf = ({ speaks, dialled }: Pick<Road, 'speaks' | 'dialled'>): Call => ({
  speaks,
  ...(usual[speaks] !== dialled && { port: dialled }),
})

/** A port is said only where it is not what follows by itself (`path.ts`, arrivalPort). */
export function wireOf(
  { tls, port, fields }: NonNullable<Road['outside']>,
  dialled: number,
): { tls: TlsMode; port?: number; fields: TlsFields } {
  const otherwise = originatesTls(tls) ? 443 : dialled
  return { tls, ...(port !== otherwise && { port }), fields }
}

export const podsOf = (design: Design | null): Node[] => (design?.nodes ?? []).filter((node) => node.kind === 'pod')
