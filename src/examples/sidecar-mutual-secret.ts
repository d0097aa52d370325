/** Example: The sidecar starts mutual TLS, from a Secret. */
import { both } from '../core/base/text'
import { drawn, wire, withFields } from './draw'
import type { Example } from './kind'

export const sidecarMutualSecret: Example = {
  id: 'sidecar-mutual-secret',
  title: both('The sidecar starts mutual TLS, from a Secret', '由 Sidecar 发起双向 TLS，使用 Secret'),
  story: both(
    'The sidecar takes the client certificate from a Secret in the app’s namespace. Istio asks for two things: a rule that selects the workload, and the right of its service account to list Secrets.',
    'Sidecar 从应用所在命名空间的 Secret 中取得客户端证书。Istio 要求两点：规则必须选中该工作负载，其服务账号必须有权列出 Secret。',
  ),
  design: withFields(
    drawn('sidecar-mutual-secret', {
      pod: { name: 'sleep' },
      call: { speaks: 'HTTP' },
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
      says: both('nginx sees the certificate from the Secret.', 'nginx 看到来自 Secret 的证书。'),
    },
  ],
}
