import { both } from '../../base/text'
import type { TlsKind } from './kind'

export const istioMutual: TlsKind = {
  id: 'ISTIO_MUTUAL',
  title: both('Istio’s mutual TLS', 'Istio 双向 TLS'),
  says: both('Both sides show certificates that Istio gave them.', '双方都使用 Istio 签发的证书。'),
  carries: both('inside Istio’s mutual TLS', '包在 Istio 双向 TLS 中'),
  fields: [],
  fits: (leg) =>
    leg === 'mesh'
      ? true
      : both(
          'Only between sidecar and gateway: hosts outside have no Istio certificate.',
          '只用于 Sidecar 与网关之间：外部主机没有 Istio 证书。',
        ),
  // Without sni the gateway finds no filter chain: NR filter_chain_not_found (istio/README 7.5).
  client: (_, along) => ({ mode: 'ISTIO_MUTUAL', sni: along.host }),
  server: (speaks) =>
    speaks === 'HTTP'
      ? { protocol: 'HTTPS', mode: 'ISTIO_MUTUAL', routes: 'http' }
      : { protocol: 'TLS', mode: 'ISTIO_MUTUAL', routes: 'tcp' },
}
