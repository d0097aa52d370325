/** Example: Several hosts behind one gateway. */
import { both } from '../core/base/text'
import { drawn, egress, wire } from './draw'
import type { Example } from './kind'

export const manyHosts: Example = {
  id: 'many-hosts',
  title: both('Several hosts behind one gateway', '一个网关后的多个主机'),
  story: both(
    'One gateway serves hosts in different ways: one over TLS that it starts, one whose TLS goes through, one inside of a second TLS, and one in plaintext. Each host has a server of its own, and what cannot share a port takes another one.',
    '同一个网关以不同方式服务多个主机：一个由网关发起 TLS，一个透传 TLS，一个 TLS 套 TLS，一个明文。每个主机有自己的 server，不能共用端口的会使用另一个端口。',
  ),
  design: drawn(
    'many-hosts',
    { pod: { name: 'sleep' }, call: { speaks: 'HTTP' }, gateway: egress('ISTIO_MUTUAL'), host: 'edition.cnn.com', wire: wire('SIMPLE') },
    { pod: { name: 'sleep' }, call: { speaks: 'HTTPS' }, gateway: egress('DISABLE'), host: 'www.wikipedia.org', wire: wire('PASSTHROUGH') },
    {
      pod: { name: 'sleep' },
      call: { speaks: 'HTTPS' },
      gateway: egress('ISTIO_MUTUAL'),
      host: 'api.github.com',
      wire: wire('PASSTHROUGH'),
    },
    { pod: { name: 'sleep' }, call: { speaks: 'HTTP' }, gateway: egress('DISABLE'), host: 'httpbin.org', wire: wire('DISABLE') },
  ),
  requests: [
    {
      from: 'default/sleep',
      url: 'http://edition.cnn.com/politics',
      ends: 'arrives',
      says: both('TLS starts at the gateway.', '由网关发起 TLS。'),
    },
    { from: 'default/sleep', url: 'https://www.wikipedia.org/', ends: 'arrives', says: both('Goes through untouched.', '原样透传。') },
    {
      from: 'default/sleep',
      url: 'https://api.github.com/',
      ends: 'arrives',
      says: both('TLS in TLS up to the gateway.', '到网关为止是 TLS 套 TLS。'),
    },
    { from: 'default/sleep', url: 'http://httpbin.org/get', ends: 'arrives', says: both('Plaintext all the way.', '全程明文。') },
  ],
}
