import type { Learner } from './kind'

export const mistakeMeshMissing: Learner = {
  lesson: 'mistake-mesh-missing',
  steps: [
    { acts: [{ send: { url: 'http://edition.cnn.com/politics' } }] },
    {
      wrong: [{ outbound: 'REGISTRY_ONLY' }],
      acts: [{ outbound: 'ALLOW_ANY' }, { fix: 'L4' }, { send: { url: 'http://edition.cnn.com/politics' } }],
    },
    {
      wrong: [{ edit: '    - {gateways: [mesh], port: 80}', by: '    - {gateways: [mesh]}\n    - {gateways: [mesh], port: 443}' }],
      acts: [
        { edit: '    - {gateways: [mesh], port: 443}\n', by: '' },
        {
          edit: 'protocol: HTTP}, hosts: [edition.cnn.com]}',
          by: 'protocol: HTTP}, hosts: [edition.cnn.com]}\n  - {port: {number: 443, name: tls, protocol: TLS}, hosts: [edition.cnn.com], tls: {mode: PASSTHROUGH}}',
        },
        {
          edit: '    - destination: {host: edition.cnn.com, port: {number: 80}}',
          by: '    - destination: {host: edition.cnn.com, port: {number: 80}}\n  tls:\n  - match: [{gateways: [mesh], port: 443, sniHosts: [edition.cnn.com]}]\n    route: [{destination: {host: istio-egressgateway.istio-system.svc.cluster.local, port: {number: 443}}}]\n  - match: [{gateways: [cnn-gateway], port: 443, sniHosts: [edition.cnn.com]}]\n    route: [{destination: {host: edition.cnn.com, port: {number: 443}}}]',
        },
        { send: { url: 'https://edition.cnn.com/politics' } },
      ],
    },
  ],
}
