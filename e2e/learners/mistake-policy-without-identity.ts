import type { Learner } from './kind'

const [by, byNamespace] = ['principals: [cluster.local/ns/default/sa/sleep]', 'namespaces: [default]']

export const mistakePolicyWithoutIdentity: Learner = {
  lesson: 'mistake-policy-without-identity',
  steps: [
    { acts: [{ send: { from: 'default/batch', url: 'http://httpbin.org/get' } }] },
    { acts: [{ fix: 'L13' }] },
    {
      wrong: [{ edit: by, by: byNamespace }],
      acts: [
        { edit: byNamespace, by },
        { tls: 'ISTIO_MUTUAL', from: 'sidecar sleep', to: 'gateway istio-egressgateway' },
        { tls: 'ISTIO_MUTUAL', from: 'sidecar batch', to: 'gateway istio-egressgateway' },
      ],
    },
  ],
}
