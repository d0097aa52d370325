/** Example: HTTP through the gateway. */
import { both } from '../core/base/text'
import { drawn, egress, wire } from './draw'
import type { Example } from './kind'

export const httpGateway: Example = {
  id: 'http-gateway',
  title: both('HTTP through the gateway', 'HTTP 经过出口网关'),
  story: both(
    'The app sends plain HTTP, and the sidecar leads it to the egress gateway, which passes it on. All outbound traffic leaves at one place where it can be watched. The hop to the gateway is plaintext here, so the gateway does not learn who calls.',
    '应用发送普通的 HTTP，Sidecar 把它引导到出口网关，再由网关转发。出口流量都从同一处离开，便于监控。通往网关的这一跳是明文，因此网关不知道调用方是谁。',
  ),
  design: drawn('http-gateway', {
    pod: { name: 'sleep' },
    call: { speaks: 'HTTP' },
    gateway: egress('DISABLE'),
    host: 'edition.cnn.com',
    wire: wire('DISABLE'),
  }),
  requests: [
    {
      from: 'default/sleep',
      url: 'http://edition.cnn.com/politics',
      ends: 'arrives',
      says: both('Passes the gateway and arrives on port 80.', '经过网关，到达端口 80。'),
    },
  ],
}
