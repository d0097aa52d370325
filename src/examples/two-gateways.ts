/** Example: Two gateways. */
import { both } from '../core/base/text'
import { drawn, egress, wire } from './draw'
import type { Example } from './kind'

export const twoGateways: Example = {
  id: 'two-gateways',
  title: both('Two gateways', '两个网关'),
  story: both(
    'A second egress gateway in a namespace of its own, for the partners’ traffic: other labels, its own nodes, its own policies. Which host takes which gateway is drawn, and Istio’s objects follow.',
    '在独立命名空间中的第二个出口网关，专供合作伙伴的流量：不同的标签、专用节点、独立的策略。哪个主机走哪个网关，画出来即可，Istio 对象随之生成。',
  ),
  design: drawn(
    'two-gateways',
    { pod: { name: 'sleep' }, call: { speaks: 'HTTP' }, gateway: egress('ISTIO_MUTUAL'), host: 'edition.cnn.com', wire: wire('SIMPLE') },
    {
      pod: { name: 'sleep' },
      call: { speaks: 'HTTP' },
      gateway: { namespace: 'partner-egress', name: 'partner-gateway', tls: 'ISTIO_MUTUAL' },
      host: 'api.partner.example.com',
      wire: wire('SIMPLE'),
    },
    {
      pod: { name: 'sleep' },
      call: { speaks: 'HTTPS' },
      gateway: { namespace: 'partner-egress', name: 'partner-gateway', tls: 'DISABLE' },
      host: 'files.partner.example.com',
      wire: wire('PASSTHROUGH'),
    },
  ),
  requests: [
    {
      from: 'default/sleep',
      url: 'http://edition.cnn.com/politics',
      ends: 'arrives',
      says: both('Takes Istio’s own gateway.', '走 Istio 自带的网关。'),
    },
    {
      from: 'default/sleep',
      url: 'http://api.partner.example.com/',
      ends: 'arrives',
      says: both('Takes the partners’ gateway.', '走合作伙伴的网关。'),
    },
    {
      from: 'default/sleep',
      url: 'https://files.partner.example.com/',
      ends: 'arrives',
      says: both('So does its own TLS.', '应用自己的 TLS 也是如此。'),
    },
  ],
}
