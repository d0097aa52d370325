/** Example: The gateway starts mutual TLS, from a Secret. */
import { both } from '../core/base/text'
import { drawn, egress, wire, withFields } from './draw'
import type { Example } from './kind'

export const mutualTlsOrigination: Example = {
  id: 'mutual-tls-origination',
  title: both('The gateway starts mutual TLS, from a Secret', '由出口网关发起双向 TLS，使用 Secret'),
  story: both(
    'The host asks for a client certificate. The gateway has one in a Secret of its namespace (credentialName) and shows it; the app knows nothing of it. The tutorials’ nginx comes along and answers for the host.',
    '外部主机要求客户端证书。网关从自己命名空间的 Secret（credentialName）中取得证书并出示；应用对此一无所知。教程中的 nginx 会一并导出，代表该主机应答。',
  ),
  design: withFields(
    drawn('mutual-tls-origination', {
      pod: { name: 'sleep' },
      call: { speaks: 'HTTP' },
      gateway: egress('ISTIO_MUTUAL', 443),
      host: 'nginx.example.com',
      wire: wire('MUTUAL', { credentialName: 'client-credential' }),
    }),
    'nginx.example.com',
    { testServer: true },
  ),
  requests: [
    {
      from: 'default/sleep',
      url: 'http://nginx.example.com/',
      ends: 'arrives',
      says: both('nginx sees the client certificate of the gateway.', 'nginx 看到网关的客户端证书。'),
    },
  ],
}
