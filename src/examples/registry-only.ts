/** Example: Only what is drawn. */

import { both } from '../core/base/text'
import { defaultWorld } from '../core/model/design'
import { drawn, egress, wire } from './draw'
import type { Example } from './kind'

export const registryOnly: Example = {
  id: 'registry-only',
  title: both('Only what is drawn', '只允许画出来的流量'),
  story: both(
    'With the outbound traffic policy REGISTRY_ONLY sidecars know the drawn hosts and nothing else. Unlike a NetworkPolicy it is enforced by the sidecar itself: an app that gets around its sidecar gets around it.',
    '出站流量策略为 REGISTRY_ONLY 时，Sidecar 只认识画出来的主机。与网络策略不同，它由 Sidecar 自己执行：绕过 Sidecar 的应用也就绕过了它。',
  ),
  design: {
    ...drawn(
      'registry-only',
      { pod: { name: 'sleep' }, call: { speaks: 'HTTP' }, gateway: egress('ISTIO_MUTUAL'), host: 'edition.cnn.com', wire: wire('SIMPLE') },
      { pod: { name: 'sleep' }, call: { speaks: 'HTTPS' }, host: 'www.wikipedia.org', wire: wire('PASSTHROUGH') },
    ),
    world: { ...defaultWorld, outbound: 'REGISTRY_ONLY' },
  },
  requests: [
    {
      from: 'default/sleep',
      url: 'http://edition.cnn.com/politics',
      ends: 'arrives',
      says: both('Drawn through the gateway.', '画成经过网关。'),
    },
    {
      from: 'default/sleep',
      url: 'https://www.wikipedia.org/',
      ends: 'arrives',
      says: both('Drawn straight to the host.', '画成直接访问。'),
    },
    {
      from: 'default/sleep',
      url: 'http://www.example.org/',
      ends: 'stops',
      says: both('Not drawn: the sidecar answers 502.', '没有画出：Sidecar 返回 502。'),
    },
    {
      from: 'default/sleep',
      url: 'https://www.example.org/',
      ends: 'stops',
      says: both('Not drawn: the connection is reset.', '没有画出：连接被重置。'),
    },
  ],
}
