import type { Learner } from './kind'

export const httpGateway: Learner = {
  lesson: 'http-gateway',
  steps: [
    { acts: [{ send: { url: 'http://edition.cnn.com/politics' } }] },
    {
      wrong: [{ flow: 'sleep HTTP -> istio-egressgateway DISABLE -> edition.cnn.com SIMPLE' }],
      acts: [{ tls: 'DISABLE', from: 'gateway istio-egressgateway', to: 'host edition.cnn.com' }],
    },
  ],
}
