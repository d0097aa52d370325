import type { Learner } from './kind'

const http = 'http://edition.cnn.com/politics'

export const tlsOrigination: Learner = {
  lesson: 'tls-origination',
  steps: [
    { acts: [{ send: { url: http } }] },
    {
      acts: [
        { edit: 'host: edition.cnn.com, port: {number: 80}', by: 'host: edition.cnn.com, port: {number: 443}' },
        { send: { url: http } },
      ],
    },
    {
      wrong: [{ edit: 'loadBalancer: {simple: ROUND_ROBIN}', by: 'portLevelSettings: [{port: {number: 80}, tls: {mode: SIMPLE}}]' }],
      acts: [{ edit: 'portLevelSettings: [{port: {number: 80}', by: 'portLevelSettings: [{port: {number: 443}' }],
    },
    { acts: [{ send: { url: 'https://edition.cnn.com/politics' } }, { fix: 'L6' }] },
    {
      wrong: [
        {
          edit: '{port: {number: 80, name: http, protocol: HTTP}, hosts: [edition.cnn.com]}',
          by: '{port: {number: 80, name: https, protocol: HTTPS}, hosts: [edition.cnn.com], tls: {mode: ISTIO_MUTUAL}}',
        },
      ],
      acts: [
        {
          edit: '{name: cnn}',
          by: '{name: cnn, trafficPolicy: {portLevelSettings: [{port: {number: 80}, tls: {mode: ISTIO_MUTUAL, sni: edition.cnn.com}}]}}',
        },
      ],
    },
  ],
}
