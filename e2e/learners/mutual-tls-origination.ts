import type { Learner } from './kind'

const last = ['gateway istio-egressgateway', 'host nginx.example.com'] as const

export const mutualTlsOrigination: Learner = {
  lesson: 'mutual-tls-origination',
  steps: [
    { acts: [{ send: { url: 'http://nginx.example.com/' } }] },
    {
      wrong: [{ tls: 'MUTUAL', from: last[0], to: last[1] }],
      acts: [{ field: 'credentialName', of: last, value: 'client-credential' }],
    },
    { acts: [{ flow: 'host nginx.example.com testServer' }] },
    { acts: [{ field: 'sni', of: last, value: 'nginx.example.com' }] },
    {
      wrong: [
        { field: 'clientCertificate', of: last, value: '/etc/nginx-client-certs/tls.crt' },
        { field: 'privateKey', of: last, value: '/etc/nginx-client-certs/tls.key' },
        { field: 'caCertificates', of: last, value: '/etc/nginx-ca-certs/ca.crt' },
      ],
      acts: [{ field: 'credentialName', of: last, value: '' }],
    },
  ],
}
