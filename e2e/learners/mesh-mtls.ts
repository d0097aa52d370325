import type { Learner } from './kind'

/** Where the first object begins. */
const first = 'apiVersion: networking.istio.io/v1\nkind: ServiceEntry\n'
const policy = (namespace: string): string => `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata:
  name: only-sleep
  namespace: ${namespace}
spec:
  selector: {matchLabels: {istio: egressgateway}}
  action: ALLOW
  rules:
  - from: [{source: {principals: [cluster.local/ns/default/sa/sleep]}}]
`
const named = (namespace: string): string => `name: only-sleep\n  namespace: ${namespace}\n`

export const meshMtls: Learner = {
  lesson: 'mesh-mtls',
  steps: [
    { acts: [{ send: { url: 'http://edition.cnn.com/politics' } }] },
    { acts: [{ tls: 'ISTIO_MUTUAL', from: 'sidecar sleep', to: 'gateway istio-egressgateway' }] },
    { acts: [{ flow: 'sleep HTTPS -> istio-egressgateway ISTIO_MUTUAL -> edition.cnn.com PASSTHROUGH' }] },
    { acts: [{ send: { url: 'https://edition.cnn.com/world' } }] },
    {
      wrong: [{ edit: first, by: `${policy('default')}---\n${first}` }],
      acts: [{ edit: named('default'), by: named('istio-system') }],
    },
  ],
}
