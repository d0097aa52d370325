/** Example: Straight to the host. */
import { both } from '../core/base/text'
import { drawn, wire } from './draw'
import type { Example } from './kind'

export const direct: Example = {
  id: 'direct',
  title: both('Straight to the host', '直接访问外部主机'),
  story: both(
    'No gateway: a ServiceEntry makes the host known to the mesh, and the sidecar goes there itself. Requests are logged and counted under the host’s name. HTTP and the app’s own HTTPS go side by side.',
    '不经过网关：ServiceEntry 让网格认识该主机，Sidecar 直接访问它。请求会以主机名记录和统计。HTTP 与应用自己的 HTTPS 并存。',
  ),
  design: drawn(
    'direct',
    { pod: { name: 'sleep' }, call: { speaks: 'HTTP' }, host: 'edition.cnn.com', wire: wire('DISABLE') },
    { pod: { name: 'sleep' }, call: { speaks: 'HTTPS' }, host: 'edition.cnn.com', wire: wire('PASSTHROUGH') },
  ),
  requests: [
    {
      from: 'default/sleep',
      url: 'http://edition.cnn.com/politics',
      ends: 'arrives',
      says: both('Goes straight to port 80.', '直接到达端口 80。'),
    },
    {
      from: 'default/sleep',
      url: 'https://edition.cnn.com/politics',
      ends: 'arrives',
      says: both('Goes straight to port 443.', '直接到达端口 443。'),
    },
  ],
}
