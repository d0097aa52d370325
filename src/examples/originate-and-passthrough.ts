/** Example: HTTP and HTTPS of one host. */
import { both } from '../core/base/text'
import { drawn, egress, wire } from './draw'
import type { Example } from './kind'

export const originateAndPassthrough: Example = {
  id: 'originate-and-passthrough',
  title: both('HTTP and HTTPS of one host', '同一主机的 HTTP 与 HTTPS'),
  story: both(
    'An app uses one host in two ways: as HTTP, for which the gateway starts TLS, and over its own TLS, which goes through. A rule for the whole host would encrypt the second one twice; here only the gateway’s route names the rule.',
    '应用以两种方式使用同一主机：HTTP 由网关发起 TLS，自己的 TLS 则透传。针对整个主机的规则会把后者加密两次；这里只有网关的路由引用该规则。',
  ),
  design: drawn(
    'originate-and-passthrough',
    { pod: { name: 'sleep' }, call: { speaks: 'HTTP' }, gateway: egress('ISTIO_MUTUAL'), host: 'edition.cnn.com', wire: wire('SIMPLE') },
    { pod: { name: 'sleep' }, call: { speaks: 'HTTPS' }, gateway: egress('DISABLE'), host: 'edition.cnn.com', wire: wire('PASSTHROUGH') },
  ),
  requests: [
    {
      from: 'default/sleep',
      url: 'http://edition.cnn.com/politics',
      ends: 'arrives',
      says: both('TLS starts at the gateway.', '由网关发起 TLS。'),
    },
    {
      from: 'default/sleep',
      url: 'https://edition.cnn.com/politics',
      ends: 'arrives',
      says: both('The app’s own TLS goes through.', '应用自己的 TLS 透传。'),
    },
  ],
}
