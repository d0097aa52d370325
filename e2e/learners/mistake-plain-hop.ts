import type { Learner } from './kind'

const strict = `apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata:
  name: default
  namespace: default
spec:
  mtls: {mode: STRICT}
---
`
const first = 'apiVersion: networking.istio.io/v1\nkind: ServiceEntry\n'

export const mistakePlainHop: Learner = {
  lesson: 'mistake-plain-hop',
  steps: [
    { acts: [{ send: { url: 'http://httpbin.org/get' } }] },
    {
      wrong: [{ edit: first, by: strict + first }],
      acts: [{ tls: 'ISTIO_MUTUAL', from: 'sidecar sleep', to: 'gateway istio-egressgateway' }],
    },
  ],
}
