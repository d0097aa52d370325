/** Every TLS mode, in the order of the picker. */

import { needsClientCertificate, type TlsMode } from '../../istio/tls-mode'
import type { Leg } from '../design'
import { disable } from './disable'
import { istioMutual } from './istio-mutual'
import type { TlsKind } from './kind'
import { mutual } from './mutual'
import { passthrough } from './passthrough'
import { simple } from './simple'

export const tlsKinds: Record<TlsMode, TlsKind> = {
  DISABLE: disable,
  ISTIO_MUTUAL: istioMutual,
  SIMPLE: simple,
  MUTUAL: mutual,
  PASSTHROUGH: passthrough,
}

/** Their names, in the order of the picker. */
export const tlsModes = Object.keys(tlsKinds) as TlsMode[]

/** Those that fit a hop of this leg, whatever the app says. */
export const modesOn = (leg: Leg): readonly TlsMode[] =>
  tlsModes.filter((mode) => (['HTTP', 'HTTPS', 'TCP'] as const).some((speaks) => tlsKinds[mode].fits(leg, speaks) === true))

/** What a hop is drawn with: the first mode that works before a field is filled in; DISABLE where none does. */
export const firstMode = (fits: (mode: TlsMode) => boolean): TlsMode => {
  const [none = 'DISABLE', ...rest] = tlsModes
  return rest.find((mode) => !needsClientCertificate(mode) && fits(mode)) ?? none
}
