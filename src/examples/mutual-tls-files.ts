/** Example: The gateway starts mutual TLS, from mounted files. */
import { both } from '../core/base/text'
import { drawn, egress, wire, withFields } from './draw'
import type { Example } from './kind'

export const mutualTlsFiles: Example = {
  id: 'mutual-tls-files',
  title: both('The gateway starts mutual TLS, from mounted files', '由出口网关发起双向 TLS，使用挂载的文件'),
  story: both(
    'As before, but the certificate is in files that are mounted into the gateway. This is how the tutorials did it; a Secret named by credentialName needs no change of the gateway’s Deployment.',
    '与上例相同，但证书位于挂载到网关的文件中。教程就是这样做的；而用 credentialName 指定 Secret 则无需改动网关的 Deployment。',
  ),
  design: withFields(
    drawn('mutual-tls-files', {
      pod: { name: 'sleep' },
      call: { speaks: 'HTTP' },
      gateway: egress('ISTIO_MUTUAL', 443),
      host: 'nginx.example.com',
      wire: wire('MUTUAL', {
        clientCertificate: '/etc/nginx-client-certs/tls.crt',
        privateKey: '/etc/nginx-client-certs/tls.key',
        caCertificates: '/etc/nginx-ca-certs/ca.crt',
      }),
    }),
    'nginx.example.com',
    { testServer: true },
  ),
  requests: [
    {
      from: 'default/sleep',
      url: 'http://nginx.example.com/',
      ends: 'arrives',
      says: both('nginx sees the client certificate from the files.', 'nginx 看到来自文件的客户端证书。'),
    },
  ],
}
