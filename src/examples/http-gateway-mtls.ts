/** Example: HTTP through the gateway, mutual TLS inside. */
import { both } from '../core/base/text'
import { drawn, egress, wire } from './draw'
import type { Example } from './kind'

export const httpGatewayMtls: Example = {
  id: 'http-gateway-mtls',
  title: both('HTTP through the gateway, mutual TLS inside', 'HTTP 经过出口网关，网格内双向 TLS'),
  story: both(
    'As before, but sidecar and gateway show each other the certificates that Istio gave them. The hop is encrypted, and the gateway knows the identity of the caller, so that policies can name it. Outside it is plaintext as the app said it.',
    '与上例相同，但 Sidecar 与网关互相出示 Istio 签发的证书。这一跳被加密，网关知道调用方的身份，策略可以据此区分。离开网格后仍是应用发送的明文。',
  ),
  design: drawn('http-gateway-mtls', {
    pod: { name: 'sleep' },
    call: { speaks: 'HTTP' },
    gateway: egress('ISTIO_MUTUAL'),
    host: 'edition.cnn.com',
    wire: wire('DISABLE'),
  }),
  requests: [
    {
      from: 'default/sleep',
      url: 'http://edition.cnn.com/politics',
      ends: 'arrives',
      says: both('The gateway sees the identity of sleep.', '网关看到 sleep 的身份。'),
    },
  ],
}
