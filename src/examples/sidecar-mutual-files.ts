/** Example: The sidecar starts mutual TLS, from mounted files. */
import { both } from '../core/base/text'
import { drawn, wire, withFields } from './draw'
import type { Example } from './kind'

export const sidecarMutualFiles: Example = {
  id: 'sidecar-mutual-files',
  title: both('The sidecar starts mutual TLS, from mounted files', '由 Sidecar 发起双向 TLS，使用挂载的文件'),
  story: both(
    'The host asks for a client certificate, and the sidecar shows one that is mounted into it by annotations of the pod. Only this pod can use it.',
    '外部主机要求客户端证书，Sidecar 出示通过 Pod 注解挂载的证书。只有这个 Pod 能使用它。',
  ),
  design: withFields(
    drawn('sidecar-mutual-files', {
      pod: { name: 'sleep' },
      call: { speaks: 'HTTP' },
      host: 'nginx.example.com',
      wire: wire('MUTUAL', {
        clientCertificate: '/etc/istio/client-certs/tls.crt',
        privateKey: '/etc/istio/client-certs/tls.key',
        caCertificates: '/etc/istio/client-certs/ca.crt',
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
      says: both('nginx sees the certificate of the sidecar.', 'nginx 看到 Sidecar 的证书。'),
    },
  ],
}
