import type { Learner } from './kind'

const server = (protocol: string) => `name: tls, protocol: ${protocol}}\n    hosts`

export const mistakeTlsRouteBehindMutual: Learner = {
  lesson: 'mistake-tls-route-behind-mutual',
  steps: [
    { acts: [{ send: { url: 'https://www.wikipedia.org/' } }] },
    {
      wrong: [{ edit: server('TLS'), by: server('HTTPS') }],
      acts: [{ edit: server('HTTPS'), by: server('TLS') }, { fix: 'L3' }],
    },
    { acts: [{ flow: 'sleep HTTPS -> istio-egressgateway ISTIO_MUTUAL -> www.python.org PASSTHROUGH' }] },
  ],
}
