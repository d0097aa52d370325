import type { Learner } from './kind'

const second = '    hosts:\n    - httpbin.org\n'

export const httpsPassthrough: Learner = {
  lesson: 'https-passthrough',
  steps: [
    { acts: [{ send: { url: 'https://edition.cnn.com/politics' } }] },
    {
      wrong: [{ flow: 'sleep HTTPS -> istio-egressgateway ISTIO_MUTUAL -> edition.cnn.com PASSTHROUGH' }],
      acts: [{ tls: 'DISABLE', from: 'sidecar sleep', to: 'gateway istio-egressgateway' }],
    },
    {
      wrong: [{ flow: 'sleep HTTPS -> httpbin.org PASSTHROUGH' }],
      acts: [{ connect: ['gateway istio-egressgateway', 'host httpbin.org'] }],
    },
    { acts: [{ outbound: 'REGISTRY_ONLY' }] },
    { acts: [{ edit: second, by: second.replace('httpbin', 'www.httpbin') }, { send: { url: 'https://httpbin.org/get' } }] },
    { acts: [{ edit: second.replace('httpbin', 'www.httpbin'), by: second }] },
  ],
}
