/** Example: The gateway starts TLS, mutual TLS on port 443. */
import { both } from '../core/base/text'
import { drawn, egress, wire } from './draw'
import type { Example } from './kind'

export const port443Mtls: Example = {
  id: 'port-443-mtls',
  title: both('The gateway starts TLS, mutual TLS on port 443', '由出口网关发起 TLS，在端口 443 上双向 TLS'),
  story: both(
    'As before, with mutual TLS between sidecar and gateway on port 443. On this port there may be other TLS traffic beside it: the gateway tells them apart by the server name.',
    '与上例相同，但 Sidecar 与网关之间在端口 443 上使用双向 TLS。该端口还可以承载其他 TLS 流量：网关根据服务器名称加以区分。',
  ),
  design: drawn('port-443-mtls', {
    pod: { name: 'sleep' },
    call: { speaks: 'HTTP' },
    gateway: egress('ISTIO_MUTUAL', 443),
    host: 'edition.cnn.com',
    wire: wire('SIMPLE'),
  }),
  requests: [
    {
      from: 'default/sleep',
      url: 'http://edition.cnn.com/politics',
      ends: 'arrives',
      says: both('Encrypted on each hop behind the sidecar.', '离开 Sidecar 之后每一跳都已加密。'),
    },
  ],
}
