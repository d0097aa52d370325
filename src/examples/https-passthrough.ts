/** Example: HTTPS through the gateway. */
import { both } from '../core/base/text'
import { drawn, egress, wire } from './draw'
import type { Example } from './kind'

export const httpsPassthrough: Example = {
  id: 'https-passthrough',
  title: both('HTTPS through the gateway', 'HTTPS 经过出口网关'),
  story: both(
    'The app speaks TLS itself. Sidecar and gateway pass it on untouched and find the way by the server name (SNI) alone. Use it when only the app may hold the keys of its connection.',
    '应用自己使用 TLS。Sidecar 和网关原样透传，只根据服务器名称（SNI）选择去向。适用于只允许应用自己持有连接密钥的场景。',
  ),
  design: drawn('https-passthrough', {
    pod: { name: 'sleep' },
    call: { speaks: 'HTTPS' },
    gateway: egress('DISABLE'),
    host: 'edition.cnn.com',
    wire: wire('PASSTHROUGH'),
  }),
  requests: [
    {
      from: 'default/sleep',
      url: 'https://edition.cnn.com/politics',
      ends: 'arrives',
      says: both('The app checks the certificate of the host itself.', '应用自己校验主机的证书。'),
    },
  ],
}
