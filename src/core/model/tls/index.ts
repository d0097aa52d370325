/** Every TLS mode, in the order of the picker. */

import type { TlsMode } from '../../istio/mesh'
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
