/** Example: The gateway starts TLS. */
import { both } from '../core/base/text'
import { drawn, egress, wire } from './draw'
import type { Example } from './kind'

export const tlsOrigination: Example = {
  id: 'tls-origination',
  title: both('The gateway starts TLS', '由出口网关发起 TLS'),
  story: both(
    'The app sends HTTP, and the gateway starts TLS to the host: no certificate handling in the app, and no redirect to HTTPS. Because the gateway sees plain HTTP, it can route and log each request. The hop to the gateway is plaintext here.',
    '应用发送 HTTP，由网关向外部主机发起 TLS：应用不必处理证书，也不会被重定向到 HTTPS。网关看到的是明文 HTTP，因此可以逐个请求地路由和记录。通往网关的这一跳在此例中是明文。',
  ),
  design: drawn('tls-origination', {
    pod: { name: 'sleep' },
    call: { speaks: 'HTTP' },
    gateway: egress('DISABLE'),
    host: 'edition.cnn.com',
    wire: wire('SIMPLE'),
  }),
  requests: [
    {
      from: 'default/sleep',
      url: 'http://edition.cnn.com/politics',
      ends: 'arrives',
      says: both('Arrives on port 443 over TLS.', '通过 TLS 到达端口 443。'),
    },
  ],
}
