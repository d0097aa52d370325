/** Example: The sidecar starts TLS. */
import { both } from '../core/base/text'
import { drawn, wire } from './draw'
import type { Example } from './kind'

export const sidecarOrigination: Example = {
  id: 'sidecar-origination',
  title: both('The sidecar starts TLS', '由 Sidecar 发起 TLS'),
  story: both(
    'No gateway: the app sends HTTP, and its sidecar starts TLS to the host. The simplest way to encrypt what an old app sends. The app’s own HTTPS to the same host stays possible beside it.',
    '不经过网关：应用发送 HTTP，由它的 Sidecar 向外部主机发起 TLS。这是为旧应用的出站流量加密的最简单办法。应用自己对同一主机的 HTTPS 仍然可用。',
  ),
  design: drawn(
    'sidecar-origination',
    { pod: { name: 'sleep' }, call: { speaks: 'HTTP' }, host: 'edition.cnn.com', wire: wire('SIMPLE') },
    { pod: { name: 'sleep' }, call: { speaks: 'HTTPS' }, host: 'edition.cnn.com', wire: wire('PASSTHROUGH') },
  ),
  requests: [
    {
      from: 'default/sleep',
      url: 'http://edition.cnn.com/politics',
      ends: 'arrives',
      says: both('Said as HTTP, arrives over TLS.', '以 HTTP 发出，以 TLS 到达。'),
    },
    {
      from: 'default/sleep',
      url: 'https://edition.cnn.com/politics',
      ends: 'arrives',
      says: both('The app’s own TLS is not encrypted twice.', '应用自己的 TLS 不会被再次加密。'),
    },
  ],
}
