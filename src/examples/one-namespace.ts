/** Example: One namespace through the gateway, another straight. */
import { both } from '../core/base/text'
import { drawn, egress, wire } from './draw'
import type { Example } from './kind'

export const oneNamespace: Example = {
  id: 'one-namespace',
  title: both('One namespace through the gateway, another straight', '一个命名空间经过网关，另一个直接访问'),
  story: both(
    'Two teams use one host. The first leaves through the gateway, the second goes there itself. A VirtualService is for every sidecar that sees it, so its match names who takes which way.',
    '两个团队使用同一主机。第一个团队经过网关离开，第二个直接访问。VirtualService 对所有看得到它的 Sidecar 生效，因此由匹配条件说明谁走哪条路。',
  ),
  design: drawn(
    'one-namespace',
    { pod: { name: 'sleep' }, call: { speaks: 'HTTP' }, gateway: egress('ISTIO_MUTUAL'), host: 'edition.cnn.com', wire: wire('SIMPLE') },
    { pod: { namespace: 'legacy', name: 'batch' }, call: { speaks: 'HTTP' }, host: 'edition.cnn.com', wire: wire('DISABLE') },
  ),
  requests: [
    {
      from: 'default/sleep',
      url: 'http://edition.cnn.com/politics',
      ends: 'arrives',
      says: both('Through the gateway, over TLS.', '经过网关，使用 TLS。'),
    },
    {
      from: 'legacy/batch',
      url: 'http://edition.cnn.com/politics',
      ends: 'arrives',
      says: both('Straight to the host, in plaintext.', '直接到达主机，明文。'),
    },
  ],
}
