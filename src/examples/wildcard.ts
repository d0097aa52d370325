/** Example: All hosts of a domain. */
import { both } from '../core/base/text'
import { drawn, wire } from './draw'
import type { Example } from './kind'

export const wildcard: Example = {
  id: 'wildcard',
  title: both('All hosts of a domain', '一个域名下的所有主机'),
  story: both(
    'A wildcard stands for every host of a domain. The sidecar sends each connection to the address that the app looked up, so it goes straight: a gateway would not know where to connect to.',
    '通配符代表一个域名下的所有主机。Sidecar 把每个连接发往应用解析到的地址，因此只能直接访问：网关不知道该连接到哪里。',
  ),
  design: drawn('wildcard', { pod: { name: 'sleep' }, call: { speaks: 'HTTPS' }, host: '*.wikipedia.org', wire: wire('PASSTHROUGH') }),
  requests: [
    { from: 'default/sleep', url: 'https://en.wikipedia.org/', ends: 'arrives', says: both('One of them.', '其中之一。') },
    { from: 'default/sleep', url: 'https://de.wikipedia.org/', ends: 'arrives', says: both('Another one.', '另一个。') },
  ],
}
