/** Example: The gateway starts TLS, reached on port 443. */
import { both } from '../core/base/text'
import { drawn, egress, wire } from './draw'
import type { Example } from './kind'

export const port443: Example = {
  id: 'port-443',
  title: both('The gateway starts TLS, reached on port 443', '由出口网关发起 TLS，经由端口 443'),
  story: both(
    'The sidecar reaches the gateway on port 443 of its Service although the hop is plain HTTP. What a port carries is decided by the Gateway’s protocol and not by its number.',
    'Sidecar 通过网关 Service 的端口 443 到达网关，而这一跳仍是明文 HTTP。端口承载什么由 Gateway 中的协议决定，而不是由端口号决定。',
  ),
  design: drawn('port-443', {
    pod: { name: 'sleep' },
    call: { speaks: 'HTTP' },
    gateway: egress('DISABLE', 443),
    host: 'edition.cnn.com',
    wire: wire('SIMPLE'),
  }),
  requests: [
    {
      from: 'default/sleep',
      url: 'http://edition.cnn.com/politics',
      ends: 'arrives',
      says: both('Enters the gateway on port 443.', '从端口 443 进入网关。'),
    },
  ],
}
