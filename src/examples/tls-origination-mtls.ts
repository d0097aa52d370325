/** The example of a first visit: the gateway starts TLS, mutual TLS inside. */
import { both } from '../core/base/text'
import { first } from './draw'
import type { Example } from './kind'

export const tlsOriginationMtls: Example = {
  id: 'tls-origination-mtls',
  title: both('The gateway starts TLS, mutual TLS inside', '由出口网关发起 TLS，网格内双向 TLS'),
  story: both(
    'The app sends HTTP. Sidecar and gateway speak Istio’s mutual TLS, so the hop is encrypted and the gateway knows who calls; from there TLS starts to the host. No hop behind the sidecar is plaintext, and the app knows nothing of it.',
    '应用发送 HTTP。Sidecar 与网关之间使用 Istio 双向 TLS，这一跳被加密，网关知道调用方是谁；再由网关向外部主机发起 TLS。离开 Sidecar 之后没有一跳是明文，而应用对此一无所知。',
  ),
  design: first,
  requests: [
    {
      from: 'default/sleep',
      url: 'http://edition.cnn.com/politics',
      ends: 'arrives',
      says: both('Said as HTTP, arrives on port 443 over TLS.', '以 HTTP 发出，通过 TLS 到达端口 443。'),
    },
  ],
}
