/** Example: HTTPS through the gateway, TLS in TLS. */
import { both } from '../core/base/text'
import { drawn, egress, wire } from './draw'
import type { Example } from './kind'

export const httpsPassthroughMtls: Example = {
  id: 'https-passthrough-mtls',
  title: both('HTTPS through the gateway, TLS in TLS', 'HTTPS 经过出口网关，TLS 套 TLS'),
  story: both(
    'The app’s own TLS travels inside of a second TLS between sidecar and gateway. The gateway takes off the outer one, learns who calls, and passes the inner one on untouched. Use it when passthrough is wanted and the gateway still has to know the caller.',
    '应用自己的 TLS 在 Sidecar 与网关之间再套上一层 TLS。网关去掉外层，得知调用方是谁，并原样透传内层。适用于既要透传、又要让网关知道调用方的场景。',
  ),
  design: drawn('https-passthrough-mtls', {
    pod: { name: 'sleep' },
    call: { speaks: 'HTTPS' },
    gateway: egress('ISTIO_MUTUAL'),
    host: 'edition.cnn.com',
    wire: wire('PASSTHROUGH'),
  }),
  requests: [
    {
      from: 'default/sleep',
      url: 'https://edition.cnn.com/politics',
      ends: 'arrives',
      says: both('Two layers up to the gateway, one behind it.', '到网关为止是两层 TLS，之后是一层。'),
    },
  ],
}
