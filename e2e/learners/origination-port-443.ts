import type { Learner } from './kind'

export const originationPort443: Learner = {
  lesson: 'origination-port-443',
  steps: [
    {
      wrong: [{ edit: 'subset: cnn, port: {number: 80}', by: 'subset: cnn, port: {number: 443}' }],
      acts: [
        { edit: '{port: {number: 80, name: plain-http', by: '{port: {number: 443, name: plain-http' },
        { edit: '[istio-egressgateway], port: 80', by: '[istio-egressgateway], port: 443' },
      ],
    },
    { acts: [{ outbound: 'REGISTRY_ONLY' }, { send: { url: 'https://edition.cnn.com/politics' } }] },
    { wrong: [{ fix: 'L12' }], acts: [{ fix: 'L6' }] },
    {
      wrong: [
        {
          edit: '{name: cnn}',
          by: '{name: cnn, trafficPolicy: {portLevelSettings: [{port: {number: 443}, tls: {mode: ISTIO_MUTUAL, sni: edition.cnn.com}}]}}',
        },
      ],
      acts: [
        {
          edit: '{port: {number: 443, name: plain-http, protocol: HTTP}, hosts: [edition.cnn.com]}',
          by: '{port: {number: 443, name: https, protocol: HTTPS}, hosts: [edition.cnn.com], tls: {mode: ISTIO_MUTUAL}}',
        },
      ],
    },
  ],
}
