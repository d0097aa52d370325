/** PeerAuthentication: whether a workload takes plain connections. It does not make a sidecar speak mTLS to a gateway (istio/README 7.5). */

import { asMap, asOneOf, entriesOf } from '../../base/loose'
import type { PeerAuthentication } from '../../istio/mesh'
import type { Document } from '../../yaml/document'
import { matchLabels, specOf, writtenAt } from '../loose'
import type { Reader } from './kind'

export const peerAuthentication: Reader = {
  group: 'security.istio.io',
  kind: 'PeerAuthentication',
  read: (document) => ({ peerAuthentications: [peerFrom(document)] }),
}

const modes = ['UNSET', 'DISABLE', 'PERMISSIVE', 'STRICT'] as const

function peerFrom(document: Document): PeerAuthentication {
  const spec = specOf(document)
  return {
    ...writtenAt(document),
    selector: matchLabels(spec, 'selector'),
    mode: asOneOf(asMap(spec.mtls).mode, modes, 'UNSET'),
    ports: Object.fromEntries(entriesOf(spec.portLevelMtls).map(([port, mtls]) => [port, asOneOf(asMap(mtls).mode, modes, 'UNSET')])),
  }
}
