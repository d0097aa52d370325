import type { Learner } from './kind'

const politics = 'http://edition.cnn.com/politics'
const legs = 'gateways:\n  - mesh\n  - istio-egressgateway\n  http:'
const gatewayLeg = '- istio-egressgateway\n      port: 80'

export const httpGateway: Learner = {
  lesson: 'http-gateway',
  steps: [
    { acts: [{ send: { url: politics } }] },
    {
      wrong: [{ flow: 'sleep HTTP -> istio-egressgateway DISABLE -> edition.cnn.com SIMPLE' }],
      acts: [{ tls: 'DISABLE', from: 'gateway istio-egressgateway', to: 'host edition.cnn.com' }],
    },
    { acts: [{ send: { url: 'http://edition.cnn.com/world' } }] },
    { acts: [{ send: { url: 'https://edition.cnn.com/politics' } }] },
    {
      wrong: [{ edit: gatewayLeg, by: gatewayLeg.replace('80', '8080') }],
      acts: [
        { edit: gatewayLeg.replace('80', '8080'), by: gatewayLeg },
        { edit: legs, by: legs.replace('  - mesh\n', '') },
        { send: { url: politics } },
      ],
    },
    { acts: [{ fix: 'L4' }] },
  ],
}
