import type { Learner } from './kind'

const rule = (namespace: string) => `---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: egressgateway-for-httpbin
  namespace: ${namespace}
spec:
  host: istio-egressgateway.istio-system.svc.cluster.local
  subsets:
  - name: httpbin
    trafficPolicy:
      portLevelSettings:
      - port: {number: 80}
        tls: {mode: ISTIO_MUTUAL, sni: httpbin.org}
`

export const mistakeSubsetElsewhere: Learner = {
  lesson: 'mistake-subset-elsewhere',
  steps: [
    { acts: [{ send: { from: 'payments/sleep', url: 'http://httpbin.org/get' } }] },
    {
      wrong: [{ edit: rule('default'), by: rule('payments') }],
      acts: [{ edit: rule('payments'), by: rule('default') + rule('payments') }],
    },
    { wrong: [{ edit: rule('payments'), by: rule('istio-system') }], acts: [{ edit: rule('default'), by: '' }] },
  ],
}
