/** Example: Nobody bypasses the gateway. */
import { both } from '../core/base/text'
import { drawn, egress, wire } from './draw'
import type { Example } from './kind'

export const networkPolicy: Example = {
  id: 'network-policy',
  title: both('Nobody bypasses the gateway', '不允许绕过出口网关'),
  story: both(
    'Istio leads traffic to the gateway but cannot force an app to use it. A NetworkPolicy can: pods of both namespaces reach DNS, istiod and the gateway, nothing else. What is not drawn through the gateway times out.',
    'Istio 能把流量引导到网关，却不能强制应用使用它。网络策略可以：两个命名空间的 Pod 只能访问 DNS、istiod 和网关。没有画成经过网关的流量都会超时。',
  ),
  design: {
    ...drawn(
      'network-policy',
      { pod: { name: 'sleep' }, call: { speaks: 'HTTP' }, gateway: egress('ISTIO_MUTUAL'), host: 'edition.cnn.com', wire: wire('SIMPLE') },
      {
        pod: { namespace: 'test-egress', name: 'sleep' },
        call: { speaks: 'HTTP' },
        gateway: egress('ISTIO_MUTUAL'),
        host: 'edition.cnn.com',
        wire: wire('SIMPLE'),
      },
      {
        pod: { namespace: 'test-egress', name: 'sleep' },
        call: { speaks: 'HTTPS' },
        gateway: egress('DISABLE'),
        host: 'www.wikipedia.org',
        wire: wire('PASSTHROUGH'),
      },
    ),
    guards: [
      { kind: 'NetworkPolicy', namespace: 'default', dns: true },
      { kind: 'NetworkPolicy', namespace: 'test-egress', dns: true },
    ],
  },
  requests: [
    {
      from: 'default/sleep',
      url: 'http://edition.cnn.com/politics',
      ends: 'arrives',
      says: both('Through the gateway: allowed.', '经过网关：允许。'),
    },
    {
      from: 'test-egress/sleep',
      url: 'http://edition.cnn.com/politics',
      ends: 'arrives',
      says: both('The second namespace takes the same way.', '第二个命名空间走同一条路。'),
    },
    {
      from: 'test-egress/sleep',
      url: 'https://www.wikipedia.org/',
      ends: 'arrives',
      says: both('Its own HTTPS, through the gateway too.', '它自己的 HTTPS 也经过网关。'),
    },
    {
      from: 'default/sleep',
      url: 'http://www.example.org/',
      ends: 'stops',
      says: both('Not drawn, so it would bypass the gateway.', '没有画出，会绕过网关。'),
    },
    {
      from: 'test-egress/sleep',
      url: 'https://www.example.org/',
      ends: 'stops',
      says: both('TLS does not get past the policy either.', 'TLS 同样无法越过策略。'),
    },
  ],
}
